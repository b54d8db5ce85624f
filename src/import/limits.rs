//! How much a source may hold. A report is a few pages; what is far beyond that is refused in a
//! sentence before it costs time or memory.

use super::ImportError;
use super::source::{Part, Source};

/// The largest file, in bytes.
pub const FILE: usize = 64 << 20;
/// The largest text taken out of a file, in bytes: a page, or one part of an archive unpacked.
pub const TEXT: u64 = 24 << 20;
/// How many times larger than its packed form a part of an archive may be, once it is large at all.
pub const RATIO: u64 = 250;
/// From which unpacked size on the ratio is looked at, in bytes.
pub const RATIO_FROM: u64 = 4 << 20;
/// The most entries of an archive.
pub const ENTRIES: usize = 4_000;
/// The deepest nesting of tables, and of XML elements inside each other.
pub const TABLES: usize = 24;
/// The deepest nesting of XML elements.
pub const DEPTH: usize = 400;
/// The most parts, and the most cells of all tables together.
pub const CELLS: usize = 200_000;
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
/// The sentence for the clerk.
pub fn file_size(bytes: usize) -> Result<(), ImportError> {
    if bytes > FILE { Err(ImportError::TooLarge("文件超过 64 MB")) } else { Ok(()) }
}

/// Refuses a text of more lines than any report has.
///
/// # Errors
/// The sentence for the clerk.
pub fn lines(text: &str) -> Result<(), ImportError> {
    let count = text.bytes().filter(|byte| matches!(byte, b'\n' | b'\r')).take(2 * LINES + 1).count();
    if count > 2 * LINES { Err(TOO_MANY) } else { Ok(()) }
}

/// Refuses a source with more paragraphs and rows than any report has.
///
/// # Errors
/// The sentence for the clerk.
pub fn parts(source: Source) -> Result<Source, ImportError> {
    let rows = |part: &Part| if let Part::Table(table) = part { table.rows.len() } else { 1 };
    if source.parts.iter().map(rows).sum::<usize>() > LINES { Err(TOO_MANY) } else { Ok(source) }
}

const TOO_MANY: ImportError = ImportError::TooLarge("段落和表格的行数太多");
