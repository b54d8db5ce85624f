//! A table as it is printed: every merged cell with its position and spans.
//!
//! Word, web page, Excel, text and the preview all draw from this one grid, so they cannot disagree.

use super::{Block, FieldId, Node, Section};

/// What a cell of the printed table is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Role {
    /// A caption over the whole width.
    Caption,
    /// A column heading, or the corner above the row labels.
    Heading,
    /// A row label.
    RowLabel,
    /// A field.
    Value(FieldId),
}

/// One cell of the printed table, merged over `rows` × `columns` positions.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GridCell {
    /// First row, from 0.
    pub row: usize,
    /// First column, from 0.
    pub column: usize,
    /// How many rows it covers, at least 1.
    pub rows: usize,
    /// How many columns it covers, at least 1.
    pub columns: usize,
    /// What it is.
    pub role: Role,
    /// The printed text; empty for a field, whose value is in the draft.
    pub text: String,
}

/// A table as it is printed. Its cells cover every position of `rows` × `columns` exactly once.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Grid {
    /// Number of rows.
    pub rows: usize,
    /// Number of columns, label columns included.
    pub columns: usize,
    /// How many rows at the top are headings of the whole table, to repeat on each page;
    /// 0 if each block has headings of its own.
    pub heading_rows: usize,
    /// How many columns at the left hold row labels.
    pub label_columns: usize,
    /// The cells, by row and then by column.
    pub cells: Vec<GridCell>,
}

impl Grid {
    /// Returns the printed table of a section; empty for the cover and the narratives.
    pub fn of(section: &Section) -> Grid {
        let blocks = section.blocks();
        let label_columns = blocks.iter().map(label_depth).max().unwrap_or(0);
        let value_columns = blocks.iter().map(block_width).max().unwrap_or(0);
        let columns = label_columns + value_columns;
        let mut grid = Grid { rows: 0, columns, heading_rows: 0, label_columns, cells: Vec::new() };
        for block in blocks {
            grid.push_block(block, section);
        }
        if let [block] = blocks
            && block.caption.is_empty()
        {
            grid.heading_rows = block.column_headings.iter().map(Node::depth).max().unwrap_or(0);
        }
        grid.cells.sort_by_key(|cell| (cell.row, cell.column));
        grid
    }

    fn push_block(&mut self, block: &Block, section: &Section) {
        if !block.caption.is_empty() {
            self.push_cell(self.rows, 0, 1, self.columns, Role::Caption, &block.caption);
            self.rows += 1;
        }
        let depth = block.column_headings.iter().map(Node::depth).max().unwrap_or(1);
        if self.label_columns > 0 {
            self.push_cell(self.rows, 0, depth, self.label_columns, Role::Heading, &block.corner);
        }
        let top = self.rows;
        self.push_headings(&block.column_headings, top, self.label_columns, depth, self.columns);
        self.rows += depth;
        if block.is_stacked() {
            let cells = block.rows.iter().flat_map(|line| &line.cells);
            for (at, field) in cells.enumerate() {
                self.push_cell(self.rows, at, 1, 1, Role::Value(field.clone()), "");
            }
            self.rows += 1;
        } else {
            self.push_row_labels(&block.row_labels, &section.id, block, 0);
        }
    }

    /// Adds the headings of a block; the last one reaches the right edge of the table.
    fn push_headings(&mut self, nodes: &[Node], row: usize, column: usize, depth: usize, edge: usize) {
        let mut at = column;
        for (number, node) in nodes.iter().enumerate() {
            let end = if number + 1 == nodes.len() { edge } else { at + node.leaf_count() };
            let rows = if node.children.is_empty() { depth } else { 1 };
            self.push_cell(row, at, rows, end - at, Role::Heading, &node.label.text);
            if !node.children.is_empty() {
                self.push_headings(&node.children, row + 1, at, depth - 1, end);
            }
            at = end;
        }
    }

    /// Adds the row labels from `column` on, with the fields of each row.
    fn push_row_labels(&mut self, nodes: &[Node], section: &str, block: &Block, column: usize) {
        for node in nodes {
            if node.children.is_empty() {
                let row = self.rows;
                self.push_cell(row, column, 1, self.label_columns - column, Role::RowLabel, &node.label.text);
                for (at, leaf) in block.columns.iter().enumerate() {
                    let first = self.label_columns + at;
                    let last = at + 1 == block.columns.len();
                    let span = if last { self.columns - first } else { 1 };
                    let field = FieldId::new(&format!("{section}.{}.{}", node.id, leaf.id));
                    self.push_cell(row, first, 1, span, Role::Value(field), "");
                }
                self.rows += 1;
            } else {
                let top = self.rows;
                self.push_row_labels(&node.children, section, block, column + 1);
                self.push_cell(top, column, self.rows - top, 1, Role::RowLabel, &node.label.text);
            }
        }
    }

    fn push_cell(&mut self, row: usize, column: usize, rows: usize, columns: usize, role: Role, text: &str) {
        self.cells.push(GridCell { row, column, rows, columns, role, text: text.into() });
    }
}

/// Returns how many label columns a block needs: the depth of its row labels, `None` if it is stacked.
fn label_depth(block: &Block) -> usize {
    block.row_labels.iter().map(Node::depth).max().unwrap_or(0)
}

/// Returns how many value columns a block prints.
fn block_width(block: &Block) -> usize {
    block.column_headings.iter().map(Node::leaf_count).sum()
}
