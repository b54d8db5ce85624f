//! Files of LibreOffice and others in OpenDocument: texts (`.odt`, `.fodt`) and sheets (`.ods`, `.fods`).
//!
//! Left out: tracked deletions, comments, hidden text and sheets. Notes and text boxes are beside the text.

mod sheet;
mod text;
mod visitor;

use std::collections::BTreeSet;

use quick_xml::Reader;
use quick_xml::events::Event;

use super::super::ImportError;
use super::super::source::Source;
use super::archive::Archive;
use visitor::attribute;

/// Reads a text or a sheet in an archive.
///
/// # Errors
/// Returns an error if it is encrypted, broken, neither of the two, or larger than any report.
pub fn read(archive: &mut Archive) -> Result<Source, ImportError> {
    let manifest = archive.read_text("META-INF/manifest.xml")?.unwrap_or_default();
    if manifest.contains(":encryption-data") {
        return Err(super::doc::ENCRYPTED);
    }
    let content = archive.read_text("content.xml")?.ok_or(ImportError::Broken("这个文件"))?;
    let styles = archive.read_text("styles.xml")?.unwrap_or_default();
    read_xml(&content, &styles)
}

/// Reads a text or a sheet that is one XML file, or its content and styles.
///
/// # Errors
/// Returns an error in the same cases as [`read`].
pub fn read_xml(content: &str, styles: &str) -> Result<Source, ImportError> {
    let mut hidden = hidden_styles(styles);
    hidden.extend(hidden_styles(content));
    if content.contains("<office:spreadsheet") {
        return sheet::read(content, &hidden);
    }
    if content.contains("<office:text") {
        return text::read(content, hidden);
    }
    Err(ImportError::Unsupported("这个文件不是文字文档，也不是表格。请另存为 .docx 或 .xlsx 再导入。"))
}

/// Returns the names of the styles whose text, or whose sheet, is not shown. What comes after broken XML is
/// not read.
fn hidden_styles(xml: &str) -> BTreeSet<String> {
    let mut reader = Reader::from_str(xml);
    reader.config_mut().check_end_names = false;
    let (mut hidden, mut current) = (BTreeSet::new(), String::new());
    while let Ok(event) = reader.read_event() {
        let (Event::Start(tag) | Event::Empty(tag)) = event else {
            if matches!(event, Event::Eof) {
                break;
            }
            continue;
        };
        match tag.name().as_ref() {
            "style:style" => current = attribute(&tag, "style:name").unwrap_or_default(),
            "style:text-properties" if attribute(&tag, "text:display").is_some_and(|it| it == "none") => {
                hidden.insert(current.clone());
            }
            "style:table-properties" if attribute(&tag, "table:display").is_some_and(|it| it == "false") => {
                hidden.insert(current.clone());
            }
            "office:body" => break,
            _ => {}
        }
    }
    hidden
}
