//! Goes through the elements of a document, without those that are not printed.

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use crate::import::{ImportError, limits};

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
pub trait Visitor {
    /// An element begins; returns `true` if it is not shown.
    fn open(&mut self, tag: &BytesStart) -> Result<bool, ImportError>;
    /// An element ends.
    fn close(&mut self, name: &str) -> Result<(), ImportError>;
    /// Text.
    fn text(&mut self, text: &str) -> Result<(), ImportError>;
}

/// Shows a visitor all of a document that is shown.
///
/// # Errors
/// Returns the visitor's error, or one if the XML is broken or nested too deep.
pub fn visit(xml: &str, visitor: &mut impl Visitor) -> Result<(), ImportError> {
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

/// Returns an attribute of an element.
pub fn attribute(tag: &BytesStart, name: &str) -> Option<String> {
    let mut attributes = tag.attributes();
    let found = attributes.with_checks(false).flatten().find(|attribute| attribute.key.as_ref() == name);
    let value = found?.value;
    Some(quick_xml::escape::unescape(&value).map_or_else(|_| value.to_string(), |text| text.into_owned()))
}

/// Returns the whole number in an attribute, or 1 if there is none.
pub fn count_attribute(tag: &BytesStart, name: &str) -> usize {
    attribute(tag, name).and_then(|number| number.parse().ok()).unwrap_or(1)
}
