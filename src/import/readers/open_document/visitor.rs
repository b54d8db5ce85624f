//! Goes through the elements of a document, without those that are not printed.

use quick_xml::events::{BytesStart, Event};

use super::super::xml::{XmlEvents, reference_text};
use crate::import::ImportError;

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
    let mut events = XmlEvents::of(xml, ImportError::Broken("这个文件"));
    let mut hidden: Option<usize> = None;
    while let Some(event) = events.next_event()? {
        match event {
            Event::Start(tag)
                if hidden.is_none() && (HIDDEN.contains(&tag.name().as_ref()) || visitor.open(&tag)?) =>
            {
                hidden = Some(events.depth());
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
                } else if hidden == Some(events.depth()) {
                    hidden = None;
                }
            }
            Event::Text(text) if hidden.is_none() => visitor.text(&text)?,
            Event::CData(text) if hidden.is_none() => visitor.text(&text)?,
            Event::GeneralRef(name) if hidden.is_none() => visitor.text(&reference_text(&name))?,
            _ => {}
        }
    }
    Ok(())
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
