//! Goes through an XML document, no deeper than a report's can be.

use quick_xml::Reader;
use quick_xml::escape::resolve_xml_entity;
use quick_xml::events::{BytesRef, Event};

use crate::import::{ImportError, limits};

/// The events of an XML document, in order. Names of elements that are closed are not checked.
pub struct XmlEvents<'a> {
    reader: Reader<&'a [u8]>,
    broken: ImportError,
    depth: usize,
    /// Whether the last event ended an element, which still counts in the depth.
    is_closing: bool,
}

impl<'a> XmlEvents<'a> {
    /// Starts at the beginning; `broken` is what is said where this is no XML.
    pub fn of(xml: &'a str, broken: ImportError) -> Self {
        let mut reader = Reader::from_str(xml);
        reader.config_mut().check_end_names = false;
        XmlEvents { reader, broken, depth: 0, is_closing: false }
    }

    /// Returns the next event, or `None` at the end.
    ///
    /// # Errors
    /// Returns an error if this is no XML, or if elements are nested deeper than [`limits::DEPTH`].
    pub fn next_event(&mut self) -> Result<Option<Event<'a>>, ImportError> {
        self.depth = self.depth.saturating_sub(usize::from(std::mem::take(&mut self.is_closing)));
        let event = self.reader.read_event().map_err(|_| self.broken.clone())?;
        match &event {
            Event::Eof => return Ok(None),
            Event::Start(_) => {
                self.depth += 1;
                if self.depth > limits::DEPTH {
                    return Err(ImportError::TooLarge("文件的结构层层嵌套太深"));
                }
            }
            Event::End(_) => self.is_closing = true,
            _ => {}
        }
        Ok(Some(event))
    }

    /// Returns how many elements are open, with the one that the last event started or ended.
    pub fn depth(&self) -> usize {
        self.depth
    }
}

/// Returns the text of a reference: a character by its number, or one of XML's own names. Empty for any other.
pub fn reference_text(name: &BytesRef) -> String {
    match name.resolve_char_ref().ok().flatten() {
        Some(c) => c.to_string(),
        None => resolve_xml_entity(name).unwrap_or_default().to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const BROKEN: ImportError = ImportError::Broken("这个文件");

    /// How deep each start and end is, or the error.
    fn depths(xml: &str) -> Result<Vec<usize>, ImportError> {
        let (mut events, mut depths) = (XmlEvents::of(xml, BROKEN), Vec::new());
        while let Some(event) = events.next_event()? {
            if matches!(event, Event::Start(_) | Event::End(_)) {
                depths.push(events.depth());
            }
        }
        depths.push(events.depth());
        Ok(depths)
    }

    #[test]
    fn an_element_ends_as_deep_as_it_began() {
        assert_eq!(depths("<a><b/><c>x</c></a>").unwrap(), [1, 2, 2, 1, 0]);
        assert_eq!(depths("<a><b>").unwrap(), [1, 2, 2], "cut off inside");
    }

    #[test]
    fn elements_nested_without_end_are_refused() {
        assert!(depths(&"<a>".repeat(limits::DEPTH)).is_ok());
        assert!(matches!(depths(&"<a>".repeat(limits::DEPTH + 1)), Err(ImportError::TooLarge(_))));
    }
}
