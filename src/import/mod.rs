//! Published reports read into drafts: Word, web page, spreadsheet, PDF, OFD, text.
//!
//! Each format has one reader, which splits a source into paragraphs and tables; one matcher aligns them
//! with the form. A cell that cannot be matched with certainty is reported as open, never guessed.

mod align;
mod encoding;
mod error;
mod file_kind;
mod guard;
mod limits;
mod outcome;
#[cfg(feature = "pdf")]
mod page;
mod readers;
mod sniff;
mod source;
mod source_format;
mod source_index;
#[cfg(test)]
mod tests;
mod title_hints;

pub use error::ImportError;
pub use file_kind::FileKind;
pub use guard::READER_THREAD;
pub use outcome::{Import, OpenField, OpenState, Unplaced};
pub use readers::docx::parts as read_document;
pub use readers::json;
pub use sniff::read_source;
pub use source::{Source, SourceCell, SourcePart, SourceRow, SourceTable};
pub use source_format::SourceFormat;

use std::collections::BTreeMap;

use crate::draft::{Provenance, heading_problems, is_heading};
use crate::form::Library;

/// The largest file that is read, in bytes.
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
/// Returns an error if the source cannot be read at all, if nothing of it is a report, or if it holds more
/// than one report.
pub fn import(name: &str, bytes: &[u8], today: &str, library: &Library) -> Result<Import, ImportError> {
    let provenance = |format: &str, headings| {
        Some(Provenance {
            file: name.into(),
            format: format.into(),
            date: today.into(),
            headings,
            rows: BTreeMap::new(),
        })
    };
    if let Some(text) = sniff::json_text(name, bytes) {
        let json::Reading { mut draft, remarks } = json::from_json(&text, library)?;
        if !name.is_empty() {
            draft.provenance = provenance("json", Vec::new());
        }
        let read = draft.values().count();
        let unplaced =
            remarks.into_iter().map(|json::Remark { line, message }| Unplaced { line, text: message });
        let unplaced = unplaced.collect();
        return Ok(Import { draft, read_count: read, unplaced, ..Import::default() });
    }
    let mut source = read_source(name, bytes)?;
    if source.parts.is_empty() {
        return Err(ImportError::Empty);
    }
    let index = source_index::SourceIndex::number(&mut source);
    let mut import = align::align(&source, library)?;
    let headings = section_headings(&source);
    // Those of the form need not be kept.
    let headings = if heading_problems(&headings).is_empty() { Vec::new() } else { headings };
    import.draft.provenance = provenance(source.format.as_str(), headings);
    index.resolve(&mut import);
    title_hints::apply_title_hints(name, bytes, &mut import);
    Ok(import)
}

/// Returns the first lines of a published report, to see what it is: paragraphs, and the rows of tables with
/// blanks between their cells.
///
/// # Errors
/// Returns an error if the source cannot be read at all.
pub fn first_lines(name: &str, bytes: &[u8], count: usize) -> Result<Vec<String>, ImportError> {
    let source = match sniff::json_text(name, bytes) {
        Some(text) => return Ok(text.lines().take(count).map(String::from).collect()),
        None => read_source(name, bytes)?,
    };
    let row = |row: &SourceRow| {
        let texts: Vec<&str> = row.cells.iter().map(|cell| cell.text.trim()).collect();
        texts.join("  ")
    };
    let lines = source.parts.iter().flat_map(|part| match part {
        SourcePart::Paragraph { text, .. } => vec![text.trim().to_string()],
        SourcePart::Table(table) => table.rows.iter().map(row).collect(),
        SourcePart::Picture { .. } | SourcePart::Aside { .. } => Vec::new(),
    });
    Ok(lines.filter(|line| !line.trim().is_empty()).take(count).collect())
}

/// Returns the paragraphs of a source that may be headings of sections.
fn section_headings(source: &Source) -> Vec<String> {
    let texts = source.parts.iter().filter_map(|part| match part {
        SourcePart::Paragraph { text, .. } => Some(text.trim()),
        _ => None,
    });
    texts.filter(|text| is_heading(text)).map(String::from).collect()
}
