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
mod place;
mod sheet;
mod sniff;
mod source;
#[cfg(test)]
mod tests;
mod text;

pub use sniff::read_source;
pub use source::{Cell, Part, Row, Source, Table};

use crate::draft::{Draft, Forms, Provenance};
use crate::form::{FieldId, Library};

/// What a source gave.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Import {
    /// The draft, its totals typed: the source's own mistakes show as findings.
    pub draft: Draft,
    /// How many cells were read.
    pub read: usize,
    /// Cells and narratives that are blank in the source or have no certain value, in the form's order.
    pub open: Vec<Open>,
    /// What has no place in the form, in the order of the source.
    pub unplaced: Vec<Unplaced>,
}

impl Default for Import {
    fn default() -> Self {
        Import { draft: Draft::empty(Forms::same("")), read: 0, open: Vec::new(), unplaced: Vec::new() }
    }
}

/// A field that the source leaves open.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Open {
    /// The field.
    pub field: FieldId,
    /// Why it is open.
    pub state: State,
    /// What it could be, where the source leaves a few ways.
    pub candidates: Vec<String>,
    /// The line of the source where it was looked for; 0 where there is none.
    pub line: usize,
    /// That line's text, or why it does not help.
    pub text: String,
}

/// Why a field is open.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// Its place is there and nothing stands in it.
    Blank,
    /// Its place is not there.
    NotFound,
    /// Something stands there that can be read in more than one way.
    Ambiguous,
}

impl State {
    /// The word in JSON.
    pub fn word(self) -> &'static str {
        match self {
            State::Blank => "blank",
            State::NotFound => "not_found",
            State::Ambiguous => "ambiguous",
        }
    }
}

/// Something in the source that has no place in the form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unplaced {
    /// Where it stands.
    pub line: usize,
    /// What it is.
    pub text: String,
}

/// Reads a published report. `name` is the file's name without its folder, empty for the clipboard;
/// `today` is the day of the import, `2026-01-20`, kept as the draft's provenance.
///
/// # Errors
/// A source that cannot be read at all; one that can but is no report gives a draft full of open cells.
pub fn import(name: &str, bytes: &[u8], today: &str, library: &Library) -> Result<Import, ImportError> {
    let source = read_source(name, bytes)?;
    if source.parts.is_empty() {
        return Err(ImportError::Empty);
    }
    let mut import = place::place(&source, library);
    import.draft.provenance =
        Some(Provenance { file: name.into(), format: source.format, date: today.into() });
    Ok(import)
}

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
