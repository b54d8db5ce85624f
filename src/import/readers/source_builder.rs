//! Assembles text, cells and tables for the readers of web pages and Word files.
//!
//! Both have the same problems: tables inside tables that only lay a page out, cells that are never closed,
//! merged cells. They are solved here once.

use super::super::source::{MAX_COLUMNS, SourceCell, SourcePart, SourceRow, SourceTable};
use super::super::{ImportError, limits};

/// A cell with more text than any label or number has: its table lays out a page.
const LAYOUT_CHARS: usize = 300;
/// A cell with more paragraphs than any label has.
const LAYOUT_PARAGRAPHS: usize = 8;

/// Collects the parts of a source while it is being read.
#[derive(Default)]
pub struct SourceBuilder {
    tables: Vec<TableFrame>,
    /// The text outside all tables.
    page: TextFlow,
    /// What is beside the text.
    asides: Vec<SourcePart>,
    count: limits::LimitCounter,
}

/// Running text: finished parts, and the paragraph being written.
#[derive(Default)]
struct TextFlow {
    parts: Vec<SourcePart>,
    text: String,
    line: usize,
}

/// A table being read.
#[derive(Default)]
struct TableFrame {
    line: usize,
    rows: Vec<RowFrame>,
    cell: Option<CellFrame>,
    /// For each column, the row and cell that merged cells of later rows continue.
    above: Vec<Option<(usize, usize)>>,
    column: usize,
}

#[derive(Default)]
struct RowFrame {
    line: usize,
    cells: Vec<CellFrame>,
}

struct CellFrame {
    flow: TextFlow,
    rows: usize,
    columns: usize,
}

impl TextFlow {
    fn write(&mut self, text: &str, line: usize) {
        if self.text.is_empty() {
            self.line = line;
        }
        self.text.push_str(text);
    }

    fn end_paragraph(&mut self) {
        let text = std::mem::take(&mut self.text);
        if !text.trim().is_empty() {
            self.parts.push(SourcePart::Paragraph { line: self.line, text: text.trim().to_string() });
        }
    }
}

impl SourceBuilder {
    fn flow(&mut self) -> &mut TextFlow {
        self.tables
            .iter_mut()
            .rev()
            .find_map(|frame| frame.cell.as_mut())
            .map_or(&mut self.page, |cell| &mut cell.flow)
    }

    /// Adds text to the paragraph being written.
    ///
    /// # Errors
    /// Returns an error if there is more text than in any report.
    pub fn write(&mut self, text: &str, line: usize) -> Result<(), ImportError> {
        self.count.add_text(text)?;
        self.flow().write(text, line);
        Ok(())
    }

    /// Returns whether the paragraph being written is empty or ends in a blank.
    pub fn ends_in_blank(&mut self) -> bool {
        self.flow().text.chars().next_back().is_none_or(char::is_whitespace)
    }

    /// Ends the paragraph.
    pub fn end_paragraph(&mut self) {
        self.flow().end_paragraph();
    }

    /// Adds a paragraph that is printed beside the text.
    ///
    /// # Errors
    /// Returns an error if there is more text than in any report.
    pub fn add_aside(&mut self, line: usize, text: String) -> Result<(), ImportError> {
        self.count.add_text(&text)?;
        self.asides.push(SourcePart::Aside { line, text });
        Ok(())
    }

    /// Adds whole parts in order, between paragraphs.
    pub fn add_parts(&mut self, parts: impl IntoIterator<Item = SourcePart>) {
        let flow = self.flow();
        flow.end_paragraph();
        flow.parts.extend(parts);
    }

    /// Opens a table inside whatever is open.
    ///
    /// # Errors
    /// Returns an error if tables are nested deeper than in any page.
    pub fn open_table(&mut self, line: usize) -> Result<(), ImportError> {
        self.end_paragraph();
        if self.tables.len() >= limits::TABLES {
            return Err(ImportError::TooLarge("表格层层嵌套太深"));
        }
        self.tables.push(TableFrame { line, ..TableFrame::default() });
        Ok(())
    }

    /// Opens a row of the innermost table, closing the one before.
    ///
    /// # Errors
    /// Returns an error if there are more rows and cells than in any report.
    pub fn open_row(&mut self, line: usize) -> Result<(), ImportError> {
        self.close_cell();
        self.count.add_cells(1)?;
        if let Some(frame) = self.tables.last_mut() {
            frame.rows.push(RowFrame { line, ..RowFrame::default() });
            frame.column = 0;
        }
        Ok(())
    }

    /// Opens a cell of the innermost table, closing the one before.
    ///
    /// # Errors
    /// Returns an error if there are more cells than in any report.
    pub fn open_cell(&mut self, line: usize, rows: usize, columns: usize) -> Result<(), ImportError> {
        self.close_cell();
        self.count.add_cells(1)?;
        if let Some(frame) = self.tables.last_mut() {
            if frame.rows.is_empty() {
                frame.rows.push(RowFrame { line, ..RowFrame::default() });
            }
            frame.cell = Some(CellFrame {
                flow: TextFlow::default(),
                rows: rows.clamp(1, limits::ROWS),
                columns: columns.clamp(1, limits::COLUMNS),
            });
        }
        Ok(())
    }

    /// Says how many columns the open cell covers.
    pub fn set_cell_columns(&mut self, columns: usize) {
        if let Some(cell) = self.tables.last_mut().and_then(|frame| frame.cell.as_mut()) {
            cell.columns = columns.clamp(1, limits::COLUMNS);
        }
    }

    /// Closes the open cell of the innermost table; text after it is not part of a cell.
    pub fn close_cell(&mut self) {
        self.finish_cell(false);
    }

    /// Closes the open cell as the continuation of the cell above it (Word's vertical merge).
    pub fn close_merged_cell(&mut self) {
        self.finish_cell(true);
    }

    fn finish_cell(&mut self, continued: bool) {
        let Some(frame) = self.tables.last_mut() else { return };
        let Some(mut cell) = frame.cell.take() else { return };
        cell.flow.end_paragraph();
        // Beyond what is laid out no cell has another below it.
        let (from, to) = (frame.column.min(MAX_COLUMNS), (frame.column + cell.columns).min(MAX_COLUMNS));
        frame.column += cell.columns;
        frame.above.resize(frame.above.len().max(to), None);
        let anchor = frame.above.get(from).copied().flatten();
        if continued && let Some((row, at)) = anchor {
            let above = frame.rows.get_mut(row).and_then(|row| row.cells.get_mut(at));
            // A continuation with text of its own stays a cell: nothing printed is dropped.
            if let Some(above) = above.filter(|above| above.columns == cell.columns)
                && cell.flow.parts.is_empty()
            {
                above.rows = (above.rows + 1).min(limits::ROWS);
                return;
            }
        }
        let row_number = frame.rows.len().saturating_sub(1);
        if let Some(row) = frame.rows.last_mut() {
            row.cells.push(cell);
            let at = row.cells.len() - 1;
            frame.above[from..to].fill(Some((row_number, at)));
        }
    }

    /// Drops the row being read (a row that a tracked change deleted).
    pub fn drop_row(&mut self) {
        if let Some(frame) = self.tables.last_mut() {
            frame.cell = None;
            frame.rows.pop();
        }
    }

    /// Closes the innermost table. One that only lays out the page is replaced by its parts.
    pub fn close_table(&mut self) {
        self.close_cell();
        let Some(frame) = self.tables.pop() else { return };
        let layout = frame.rows.iter().flat_map(|row| &row.cells).any(is_layout_cell);
        let parts: Vec<SourcePart> = if layout {
            frame.rows.into_iter().flat_map(|row| row.cells).flat_map(|cell| cell.flow.parts).collect()
        } else {
            vec![SourcePart::Table(to_table(frame))]
        };
        self.add_parts(parts);
    }

    /// Returns everything read, tables that were never closed included.
    pub fn finish(mut self) -> Vec<SourcePart> {
        while !self.tables.is_empty() {
            self.close_table();
        }
        self.page.end_paragraph();
        self.page.parts.append(&mut self.asides);
        self.page.parts
    }
}

/// Returns whether a cell holds a piece of the page, not a cell of the report's tables.
fn is_layout_cell(cell: &CellFrame) -> bool {
    let mut chars = 0;
    for part in &cell.flow.parts {
        match part {
            SourcePart::Table(_) => return true,
            SourcePart::Paragraph { text, .. } => chars += text.chars().count(),
            SourcePart::Picture { .. } | SourcePart::Aside { .. } => {}
        }
    }
    chars > LAYOUT_CHARS || cell.flow.parts.len() > LAYOUT_PARAGRAPHS
}

fn to_table(frame: TableFrame) -> SourceTable {
    let text = |cell: &CellFrame| {
        let mut text = String::new();
        for part in &cell.flow.parts {
            let piece = match part {
                SourcePart::Paragraph { text, .. } => text.as_str(),
                SourcePart::Picture { .. } => "（图片）",
                SourcePart::Table(_) | SourcePart::Aside { .. } => "",
            };
            if !text.is_empty() {
                text.push('\n');
            }
            text.push_str(piece);
        }
        text
    };
    let rows = frame
        .rows
        .iter()
        .map(|row| SourceRow {
            line: row.line,
            cells: row
                .cells
                .iter()
                .map(|cell| SourceCell { text: text(cell), rows: cell.rows, columns: cell.columns })
                .collect(),
        })
        .collect();
    SourceTable { line: frame.line, ragged: false, sparse: false, rows }
}
