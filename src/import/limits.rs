//! How much a source may hold. A report is a few pages; what is far beyond that is refused in a
//! sentence before it costs time or memory.

use super::ImportError;
use super::source::{Source, SourcePart};

/// The largest file, in bytes.
pub const FILE: usize = 64 << 20;
/// The largest text taken out of a file, in bytes: a page, or one part of an archive unpacked.
pub const TEXT: u64 = 24 << 20;
/// How many times larger than its packed form a part of an archive may be, once it is large at all.
pub const RATIO: u64 = 250;
/// The unpacked size from which on the ratio is checked, in bytes.
pub const RATIO_FROM: u64 = 4 << 20;
/// The most entries of an archive.
pub const ENTRIES: usize = 4_000;
/// The deepest nesting of tables.
pub const TABLES: usize = 24;
/// The deepest nesting of XML elements.
pub const DEPTH: usize = 400;
/// The most rows and cells of all tables together.
pub const CELLS: usize = 200_000;
/// The most characters of all paragraphs and cells together, of blanks four times as many; the longest
/// reports have a tenth of it. What else a page or a Word file holds is bounded by [`TEXT`] alone.
pub const CHARS: usize = 500_000;
/// The most lines of a text, and the most paragraphs and table rows of any source; a long report has
/// a tenth of it.
pub const LINES: usize = 30_000;
/// The most columns that one cell may cover.
pub const COLUMNS: usize = 64;
/// The most rows that one cell may cover.
pub const ROWS: usize = 1_000;

/// Refuses a file that is too large to be a report.
///
/// # Errors
/// Returns an error if so, with a message for the clerk.
pub fn check_file_size(bytes: usize) -> Result<(), ImportError> {
    if bytes > FILE { Err(ImportError::TooLarge("文件超过 64 MB")) } else { Ok(()) }
}

/// Counts what a source holds while it is read, so that too much never fills the memory.
#[derive(Default)]
pub struct LimitCounter {
    cells: usize,
    /// Quarters of characters: a blank is one.
    quarters: usize,
}

impl LimitCounter {
    /// Counts more rows or cells.
    ///
    /// # Errors
    /// Returns an error if there are more of them than in any report.
    pub fn add_cells(&mut self, more: usize) -> Result<(), ImportError> {
        self.cells = self.cells.saturating_add(more);
        if self.cells > CELLS { Err(ImportError::TooLarge("表格的行和单元格太多")) } else { Ok(()) }
    }

    /// Counts a piece of text.
    ///
    /// # Errors
    /// Returns an error if there is more text than in any report.
    pub fn add_text(&mut self, text: &str) -> Result<(), ImportError> {
        self.quarters += text.chars().map(|c| if c.is_whitespace() { 1 } else { 4 }).sum::<usize>();
        if self.quarters > 4 * CHARS { Err(ImportError::TooLarge("文字超过 50 万字")) } else { Ok(()) }
    }
}

/// Refuses a text in which a delimiter occurs more often than any report has cells.
///
/// # Errors
/// Returns an error if so, with a message for the clerk.
pub fn check_delimiters(text: &str, mark: u8) -> Result<(), ImportError> {
    LimitCounter::default().add_cells(text.bytes().filter(|byte| *byte == mark).take(CELLS + 1).count())
}

/// Refuses a text of more lines than any report has.
///
/// # Errors
/// Returns an error if so, with a message for the clerk.
pub fn check_lines(text: &str) -> Result<(), ImportError> {
    let count = text.bytes().filter(|byte| matches!(byte, b'\n' | b'\r')).take(2 * LINES + 1).count();
    if count > 2 * LINES { Err(TOO_MANY) } else { Ok(()) }
}

/// Refuses a source with more paragraphs, rows, cells or text than any report has.
///
/// # Errors
/// Returns an error if so, with a message for the clerk.
pub fn check_source(source: Source) -> Result<Source, ImportError> {
    let rows = |part: &SourcePart| if let SourcePart::Table(table) = part { table.rows.len() } else { 1 };
    if source.parts.iter().map(rows).sum::<usize>() > LINES {
        return Err(TOO_MANY);
    }
    let mut count = LimitCounter::default();
    for part in &source.parts {
        match part {
            SourcePart::Paragraph { text, .. } => count.add_text(text)?,
            SourcePart::Table(table) => {
                for cell in table.rows.iter().flat_map(|row| &row.cells) {
                    count.add_cells(1)?;
                    count.add_text(&cell.text)?;
                }
            }
            SourcePart::Aside { text, .. } => count.add_text(text)?,
            SourcePart::Picture { .. } => {}
        }
    }
    Ok(source)
}

const TOO_MANY: ImportError = ImportError::TooLarge("段落和表格的行数太多");
