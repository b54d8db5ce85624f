//! Published reports read into drafts: Word, web page, spreadsheet, text.
//!
//! Each format has one reader that takes a source apart into paragraphs and tables; one matcher
//! places them. A cell that cannot be placed with certainty is named as open, never guessed.

mod align;
mod archive;
mod csv;
mod docx;
mod encoding;
mod html;
pub mod json;
mod limits;
mod markdown;
mod plain_text;
mod sniff;
mod source;
mod source_builder;
mod spreadsheet;
#[cfg(test)]
mod tests;

pub use docx::parts as read_document;
pub use sniff::read_source;
pub use source::{Source, SourceCell, SourcePart, SourceRow, SourceTable};

use crate::draft::{Draft, FormIds, Provenance};
use crate::form::{FieldId, Library};

/// What a source gave.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Import {
    /// The draft, its totals typed: the source's own mistakes show as findings.
    pub draft: Draft,
    /// How many cells were read.
    pub read_count: usize,
    /// Cells and narratives that are blank in the source or have no certain value, in the form's order.
    pub open: Vec<OpenField>,
    /// What has no place in the form, in the order of the source.
    pub unplaced: Vec<Unplaced>,
}

impl Default for Import {
    fn default() -> Self {
        Import {
            draft: Draft::empty(FormIds::same("")),
            read_count: 0,
            open: Vec::new(),
            unplaced: Vec::new(),
        }
    }
}

/// A field that the source leaves open.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OpenField {
    /// The field.
    pub field: FieldId,
    /// Why it is open.
    pub state: OpenState,
    /// What it could be, where the source leaves a few ways.
    pub candidates: Vec<String>,
    /// The line of the source where it was looked for; 0 where there is none.
    pub line: usize,
    /// That line's text, or why it does not help.
    pub text: String,
}

/// Why a field is open.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OpenState {
    /// Its place is there and nothing stands in it.
    Blank,
    /// Its place is not there.
    NotFound,
    /// Something stands there that can be read in more than one way.
    Ambiguous,
}

impl OpenState {
    /// The word in JSON.
    pub fn as_str(self) -> &'static str {
        match self {
            OpenState::Blank => "blank",
            OpenState::NotFound => "not_found",
            OpenState::Ambiguous => "ambiguous",
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

/// The largest file that is looked at, in bytes.
pub const LARGEST: usize = limits::FILE;

/// Reads a published report, or the JSON that an export wrote. `name` is the file's name without its
/// folder, empty for the clipboard; `today` is the day of the import, `2026-01-20`, kept as the
/// draft's provenance.
///
/// ```
/// use nianbao::{form::Library, import::import};
///
/// let page = "<h2>三、收到和处理政府信息公开申请情况</h2><table><tr><td>一、本年新收</td><td>约12件</td></tr></table>";
/// let found = import("report.html", page.as_bytes(), "2026-01-20", &Library::new())?;
/// assert!(found.read_count == 0 && !found.open.is_empty(), "nothing is guessed");
/// # Ok::<(), nianbao::import::ImportError>(())
/// ```
///
/// # Errors
/// A source that cannot be read at all; one that can but is no report gives a draft full of open cells.
pub fn import(name: &str, bytes: &[u8], today: &str, library: &Library) -> Result<Import, ImportError> {
    let provenance =
        |format: &str| Some(Provenance { file: name.into(), format: format.into(), date: today.into() });
    if let Some(text) = sniff::json_text(name, bytes) {
        let json::Reading { mut draft, remarks } = json::from_json(&text, library)?;
        if !name.is_empty() {
            draft.provenance = provenance("json");
        }
        let read = draft.values().count();
        let unplaced = remarks.into_iter().map(|json::Remark { line, words }| Unplaced { line, text: words });
        return Ok(Import { draft, read_count: read, open: Vec::new(), unplaced: unplaced.collect() });
    }
    let source = read_source(name, bytes)?;
    if source.parts.is_empty() {
        return Err(ImportError::Empty);
    }
    let mut import = align::align(&source, library);
    import.draft.provenance = provenance(&source.format);
    Ok(import)
}

/// Why a source could not be read at all.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ImportError {
    /// Larger, deeper or more packed than any report.
    #[error("{0}，不像一份年度报告，没有读入。请另存一份只有报告正文的文件，再导入。")]
    TooLarge(&'static str),
    /// Not what its name or first bytes say, or damaged.
    #[error("{0}已损坏或不是这种格式，读不出来。请重新下载，或另存一次再试。")]
    Broken(&'static str),
    /// A format that is not read here; what to do instead.
    #[error("{0}")]
    Unsupported(&'static str),
    /// JSON that is not a draft, with the place.
    #[error(transparent)]
    Json(#[from] json::JsonError),
    /// Nothing in it can be read as text.
    #[error("文件里没有可以读的文字。如果是扫描件或图片，请先转成文字。")]
    Empty,
}
