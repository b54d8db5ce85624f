//! Files of LibreOffice and others in OpenDocument: texts (`.odt`, `.fodt`) and sheets (`.ods`, `.fods`).
//!
//! Left out: tracked deletions, comments, hidden text and sheets. Notes and text boxes are beside the text.

mod sheet;
mod text;

use std::collections::BTreeSet;

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use super::super::source::Source;
use super::super::{ImportError, limits};
use super::archive::Archive;

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

/// Elements whose content is not part of what is printed.
const HIDDEN: [&str; 14] = [
    "text:tracked-changes",
    "office:annotation",
    "text:hidden-text",
    "text:hidden-paragraph",
    "text:note-citation",
    "text:ruby-text",
    "text:index-title-template",
    "office:forms",
    "office:scripts",
    "office:settings",
    "office:automatic-styles",
    "office:styles",
    "svg:title",
    "svg:desc",
];

/// Passes over the elements of a document that are shown.
trait Visitor {
    /// An element begins; returns `true` if it is not shown.
    fn open(&mut self, tag: &BytesStart) -> Result<bool, ImportError>;
    /// An element ends.
    fn close(&mut self, name: &str) -> Result<(), ImportError>;
    /// Text.
    fn text(&mut self, text: &str) -> Result<(), ImportError>;
}

fn visit(xml: &str, visitor: &mut impl Visitor) -> Result<(), ImportError> {
    let mut reader = Reader::from_str(xml);
    reader.config_mut().check_end_names = false;
    let mut depth = 0usize;
    let mut hidden: Option<usize> = None;
    loop {
        match reader.read_event().map_err(|_| ImportError::Broken("这个文件"))? {
            Event::Eof => return Ok(()),
            Event::Start(tag) => {
                depth += 1;
                if depth > limits::DEPTH {
                    return Err(ImportError::TooLarge("文件的结构层层嵌套太深"));
                }
                if hidden.is_none() && (HIDDEN.contains(&tag.name().as_ref()) || visitor.open(&tag)?) {
                    hidden = Some(depth);
                }
            }
            Event::Empty(tag) => {
                let name = tag.name();
                if hidden.is_none() && !HIDDEN.contains(&name.as_ref()) && !visitor.open(&tag)? {
                    visitor.close(name.as_ref())?;
                }
            }
            Event::End(tag) => {
                if hidden.is_none() {
                    visitor.close(tag.name().as_ref())?;
                } else if hidden == Some(depth) {
                    hidden = None;
                }
                depth = depth.saturating_sub(1);
            }
            Event::Text(text) if hidden.is_none() => visitor.text(&text)?,
            Event::CData(text) if hidden.is_none() => visitor.text(&text)?,
            Event::GeneralRef(name) if hidden.is_none() => {
                let c = name.resolve_char_ref().ok().flatten();
                match (c, quick_xml::escape::resolve_xml_entity(&name)) {
                    (Some(c), _) => visitor.text(c.encode_utf8(&mut [0; 4]))?,
                    (None, Some(text)) => visitor.text(text)?,
                    (None, None) => {}
                }
            }
            _ => {}
        }
    }
}

fn attribute(tag: &BytesStart, name: &str) -> Option<String> {
    let mut attributes = tag.attributes();
    let found = attributes.with_checks(false).flatten().find(|attribute| attribute.key.as_ref() == name);
    let value = found?.value;
    Some(quick_xml::escape::unescape(&value).map_or_else(|_| value.to_string(), |text| text.into_owned()))
}

/// Returns the whole number in an attribute, or 1 if there is none.
fn count_attribute(tag: &BytesStart, name: &str) -> usize {
    attribute(tag, name).and_then(|number| number.parse().ok()).unwrap_or(1)
}
