//! Published reports read into drafts: Word, web page, spreadsheet, text.
//!
//! Each format has one reader that takes a source apart into paragraphs and tables; one matcher
//! places them. A cell that cannot be placed with certainty is named as open, never guessed.

mod archive;
mod build;
mod csv;
mod docx;
mod encoding;
mod html;
pub mod json;
mod limits;
mod markdown;
mod sheet;
mod sniff;
mod source;
#[cfg(test)]
mod tests;
mod text;

pub use sniff::read_source;
pub use source::{Cell, Part, Row, Source, Table};

/// Why a source could not be read at all.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ImportError {
    /// Larger, deeper or more packed than any report.
    #[error("{0}，不像一份年度报告，没有读入。")]
    TooLarge(&'static str),
    /// Not what its name or first bytes say, or damaged.
    #[error("{0}已损坏或不是这种格式，读不出来。请重新下载，或另存一次再试。")]
    Broken(&'static str),
    /// A format that is not read here; what to do instead.
    #[error("{0}")]
    Unsupported(&'static str),
    /// Nothing in it looks like a report.
    #[error("文件里没有可以读的文字。如果是扫描件或图片，请先转成文字。")]
    Empty,
}
