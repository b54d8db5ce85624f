//! Tables whose cells and rows end with marks in the running text, as `.doc` and `.rtf` have them.
//!
//! Both say at the end of a row where the edges of its cells are, not how many columns a cell covers. The
//! columns of a table are found here once all its rows are known.

use super::super::{ImportError, limits};
use super::source_builder::SourceBuilder;
use crate::import::source::SourcePart;

/// Edges no further apart than this are one, in twips: a millimetre.
const TOLERANCE: i32 = 57;

/// What a paragraph mark ends.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Mark {
    /// A paragraph.
    Paragraph,
    /// A cell, and the last paragraph in it.
    Cell,
    /// A row.
    Row(RowLayout),
    /// A row that a tracked change deleted.
    DeletedRow,
}

/// Where the cells of a row stand.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RowLayout {
    /// The edges of the cells from left to right, in twips: one more than there are cells.
    pub edges: Vec<i32>,
    /// How each cell is merged with others.
    pub merges: Vec<Merge>,
}

/// How a cell is merged with others.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Merge {
    /// 0 if it is merged with no neighbour in its row; the first cell of a merged run and those it covers
    /// have two different numbers.
    pub across: u8,
    /// Whether it continues the cell above.
    pub continues: bool,
}

/// Collects paragraphs and their marks, and makes tables of them.
#[derive(Default)]
pub struct MarkedTables {
    page: Vec<Block>,
    open: Vec<Table>,
    /// What belongs to the paragraph being read.
    current: Vec<Block>,
    text: String,
    paragraph: usize,
    count: limits::LimitCounter,
}

enum Block {
    Paragraph(usize, String),
    Picture(usize),
    Table(Table),
}

#[derive(Default)]
struct Table {
    line: usize,
    rows: Vec<Row>,
    /// The cells of the row being read, and the content of the cell being read.
    cells: Vec<Cell>,
    blocks: Vec<Block>,
}

struct Row {
    cells: Vec<Cell>,
    layout: RowLayout,
}

struct Cell {
    line: usize,
    blocks: Vec<Block>,
}

impl MarkedTables {
    /// Adds text to the paragraph being read.
    ///
    /// # Errors
    /// Returns an error if there is more text than in any report.
    pub fn write(&mut self, text: &str) -> Result<(), ImportError> {
        self.count.add_text(text)?;
        self.text.push_str(text);
        Ok(())
    }

    /// Ends a line of the paragraph being read.
    pub fn break_line(&mut self) {
        let text = std::mem::take(&mut self.text);
        if !text.trim().is_empty() {
            self.current.push(Block::Paragraph(self.paragraph + 1, text));
        }
    }

    /// Notes a picture in the paragraph being read.
    ///
    /// # Errors
    /// Returns an error if there are more of them than cells in any report.
    pub fn add_picture(&mut self) -> Result<(), ImportError> {
        self.count.add_cells(1)?;
        self.break_line();
        self.current.push(Block::Picture(self.paragraph + 1));
        Ok(())
    }

    /// Ends the paragraph being read, inside so many tables.
    ///
    /// # Errors
    /// Returns an error if tables are nested deeper, or have more cells, than in any report.
    pub fn end_paragraph(&mut self, depth: usize, mark: Mark) -> Result<(), ImportError> {
        self.count.add_cells(1)?;
        self.break_line();
        self.paragraph += 1;
        if depth > limits::TABLES {
            return Err(ImportError::TooLarge("表格层层嵌套太深"));
        }
        while self.open.len() > depth {
            self.close_table();
        }
        while self.open.len() < depth {
            // A table costs more than a cell, and a few marks can open many.
            self.count.add_cells(10)?;
            self.open.push(Table { line: self.paragraph, ..Table::default() });
        }
        let blocks = std::mem::take(&mut self.current);
        let Some(table) = self.open.last_mut() else {
            self.page.extend(blocks);
            return Ok(());
        };
        table.blocks.extend(blocks);
        match mark {
            Mark::Paragraph => {}
            Mark::Cell => table.end_cell(self.paragraph),
            Mark::Row(layout) => table.end_row(layout, self.paragraph),
            Mark::DeletedRow => (table.cells, table.blocks) = (Vec::new(), Vec::new()),
        }
        Ok(())
    }

    fn close_table(&mut self) {
        let Some(mut table) = self.open.pop() else { return };
        table.end_row(RowLayout::default(), self.paragraph);
        let outside = self.open.last_mut().map_or(&mut self.page, |outer| &mut outer.blocks);
        outside.push(Block::Table(table));
    }

    /// Returns everything read as the parts of a source.
    ///
    /// # Errors
    /// Returns an error if there is more of it than in any report.
    pub fn finish(mut self) -> Result<Vec<SourcePart>, ImportError> {
        self.end_paragraph(0, Mark::Paragraph)?;
        let mut builder = SourceBuilder::default();
        write_blocks(self.page, &mut builder)?;
        Ok(builder.finish())
    }
}

impl Table {
    fn end_cell(&mut self, line: usize) {
        let blocks = std::mem::take(&mut self.blocks);
        self.cells.push(Cell { line, blocks });
    }

    /// Ends the row; text that no mark has ended is a cell of it.
    fn end_row(&mut self, layout: RowLayout, line: usize) {
        if !self.blocks.is_empty() {
            self.end_cell(line);
        }
        let cells = std::mem::take(&mut self.cells);
        if !cells.is_empty() {
            self.rows.push(Row { cells, layout });
        }
    }
}

/// The columns of a table: where each begins, from left to right.
struct Columns(Vec<i32>);

impl Columns {
    fn of(rows: &[Row]) -> Self {
        let placed = rows.iter().filter(|row| row.is_placed());
        let mut edges: Vec<i32> = placed.flat_map(|row| row.layout.edges.iter().copied()).collect();
        edges.sort_unstable();
        let mut columns: Vec<i32> = Vec::new();
        for edge in edges {
            if columns.last().is_none_or(|last| i64::from(edge) - i64::from(*last) > i64::from(TOLERANCE)) {
                columns.push(edge);
            }
        }
        Columns(columns)
    }

    /// Returns the column that begins at an edge.
    fn at(&self, edge: i32) -> usize {
        self.0.partition_point(|start| *start <= edge).saturating_sub(1)
    }
}

impl Row {
    /// Whether its layout is that of its cells.
    fn is_placed(&self) -> bool {
        let RowLayout { edges, merges } = &self.layout;
        edges.len() == self.cells.len() + 1 && merges.len() == self.cells.len() && edges.is_sorted()
    }
}

fn write_blocks(blocks: Vec<Block>, builder: &mut SourceBuilder) -> Result<(), ImportError> {
    for block in blocks {
        match block {
            Block::Paragraph(line, text) => {
                builder.write(&text, line)?;
                builder.end_paragraph();
            }
            Block::Picture(line) => builder.add_parts([SourcePart::Picture { line }]),
            Block::Table(table) => write_table(table, builder)?,
        }
    }
    Ok(())
}

fn write_table(table: Table, builder: &mut SourceBuilder) -> Result<(), ImportError> {
    let columns = Columns::of(&table.rows);
    builder.open_table(table.line)?;
    for row in table.rows {
        builder.open_row(row.cells.first().map_or(table.line, |cell| cell.line))?;
        let placed = row.is_placed();
        let Row { cells, layout } = row;
        let edge = |at: usize| layout.edges.get(at).map_or(0, |edge| columns.at(*edge));
        if placed && edge(0) > 0 {
            builder.open_cell(table.line, 1, edge(0))?;
            builder.close_cell();
        }
        let is_covered = covered_cells(&layout.merges, &cells);
        for (at, cell) in cells.into_iter().enumerate() {
            if is_covered.get(at) == Some(&true) {
                continue;
            }
            let last = is_covered.iter().skip(at + 1).take_while(|covered| **covered).count() + at + 1;
            let width = if placed { edge(last).saturating_sub(edge(at)) } else { 1 };
            builder.open_cell(cell.line, 1, width)?;
            write_blocks(cell.blocks, builder)?;
            match layout.merges.get(at) {
                Some(merge) if placed && merge.continues => builder.close_merged_cell(),
                _ => builder.close_cell(),
            }
        }
    }
    builder.close_table();
    Ok(())
}

/// Returns for each cell whether one at its left covers it; a cell with content of its own stays one. The
/// first cell of a run has one number and those it covers another; which has which differs between
/// programs.
fn covered_cells(merges: &[Merge], cells: &[Cell]) -> Vec<bool> {
    let mut covered = vec![false; cells.len()];
    let mut first = 0;
    for (at, cell) in cells.iter().enumerate() {
        let across = merges.get(at).map_or(0, |merge| merge.across);
        if across == 0 {
            first = 0;
        } else if first == 0 {
            first = across;
        } else {
            covered[at] = across != first && cell.blocks.is_empty();
        }
    }
    covered
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A row: its edges, and its cells with how they are merged.
    type TestRow<'a> = (&'a [i32], &'a [(&'a str, u8, bool)]);

    fn table(rows: &[TestRow]) -> Vec<Vec<(String, usize, usize)>> {
        let mut tables = MarkedTables::default();
        for (edges, cells) in rows {
            let mut layout = RowLayout { edges: edges.to_vec(), merges: Vec::new() };
            for (text, across, continues) in *cells {
                tables.write(text).unwrap();
                tables.end_paragraph(1, Mark::Cell).unwrap();
                layout.merges.push(Merge { across: *across, continues: *continues });
            }
            tables.end_paragraph(1, Mark::Row(layout)).unwrap();
        }
        let parts = tables.finish().unwrap();
        let [SourcePart::Table(table)] = &parts[..] else { panic!("{parts:?}") };
        let cells = |row: &crate::import::SourceRow| {
            row.cells.iter().map(|cell| (cell.text.clone(), cell.rows, cell.columns)).collect()
        };
        table.rows.iter().map(cells).collect()
    }

    #[test]
    fn a_cell_covers_the_columns_between_its_edges() {
        let rows = table(&[
            (&[0, 1000, 3000], &[("甲", 0, false), ("乙", 0, false)]),
            (&[10, 980, 2000, 3005], &[("丙", 0, false), ("1", 0, false), ("2", 0, false)]),
            (&[1000, 2000, 3000], &[("3", 0, false), ("4", 0, false)]),
        ]);
        let cell = |text: &str, columns| (text.to_string(), 1, columns);
        assert_eq!(rows[0], [cell("甲", 1), cell("乙", 2)]);
        assert_eq!(rows[1], [cell("丙", 1), cell("1", 1), cell("2", 1)]);
        assert_eq!(rows[2], [cell("", 1), cell("3", 1), cell("4", 1)], "it begins at the second column");
    }

    #[test]
    fn merged_cells_are_one_unless_they_hold_text() {
        let edges = &[0, 1000, 2000, 3000][..];
        let rows = table(&[
            (edges, &[("甲", 1, false), ("", 2, false), ("1", 0, false)]),
            (edges, &[("", 0, true), ("2", 1, false), ("3", 2, false)]),
        ]);
        let cell = |text: &str, rows, columns| (text.to_string(), rows, columns);
        assert_eq!(rows[0], [cell("甲", 1, 2), cell("1", 1, 1)]);
        assert_eq!(rows[1], [cell("", 1, 1), cell("2", 1, 1), cell("3", 1, 1)]);
        let rows = table(&[(&[0, 1, 2000], &[("甲", 0, false)])]);
        assert_eq!(rows[0], [cell("甲", 1, 1)], "edges of other cells than there are say nothing");
    }
}
