//! OFD files (GB/T 33190): characters and paths at their places, which [`page`](super::super::page) puts
//! together.
//!
//! An archive of XML. Fonts and pictures are not opened; a part that repeats, as a background that several
//! pages share, is read for each of them.

mod attributes;
mod content;
#[cfg(test)]
mod sample_file;
#[cfg(test)]
mod tests;

use crate::import::SourceFormat;
use std::collections::HashMap;

use quick_xml::events::Event;

use super::super::page::{self, Page};
use super::super::source::Source;
use super::super::{ImportError, limits};
use super::archive::Archive;
use super::xml::XmlEvents;
use attributes::{BROKEN, TOO_MUCH, attributes, numbers};
use content::OfdContent;

const SCANNED: ImportError = ImportError::Unsupported(
    "这份 OFD 是扫描的图片，里面没有文字，读不出数字。请向制作单位要 Word 版，或先用识别软件转成 .docx 再导入；识别的数要逐格核对。",
);

/// The most pages; no report has a tenth of it.
const PAGES: usize = 200;
/// The most bytes of XML that are read, those read again counted again.
const BYTES: usize = 64 << 20;

/// Returns whether an archive is an OFD file.
pub fn is_ofd(archive: &Archive) -> bool {
    archive.names().iter().any(|name| entry_key(name) == "ofd.xml")
}

/// Reads an OFD file.
///
/// # Errors
/// Returns an error if it is damaged, holds pictures instead of text, or more than any report.
pub fn read(bytes: &[u8]) -> Result<Source, ImportError> {
    let mut archive = Archive::open(bytes)?;
    let names = archive.names().into_iter().map(|name| (entry_key(&name), name)).collect();
    let mut file = OfdFile { archive: &mut archive, names, left: BYTES };
    let mut content = OfdContent::default();
    let mut pages: Vec<Page> = Vec::new();
    for root in elements(&file.text("ofd.xml")?, &["DocRoot"])? {
        let document = resolved("", &root.text);
        let structure = elements(&file.text(&document)?, &["PhysicalBox", "TemplatePage", "Page"])?;
        let area = structure.iter().find(|element| element.name == "PhysicalBox").and_then(|it| it.area());
        let templates: HashMap<&str, &str> = structure
            .iter()
            .filter(|element| element.name == "TemplatePage")
            .filter_map(|element| Some((element.attribute("ID")?, element.attribute("BaseLoc")?)))
            .collect();
        for element in structure.iter().filter(|element| element.name == "Page") {
            if pages.len() >= PAGES {
                return Err(ImportError::TooLarge("文件超过 200 页"));
            }
            let path = resolved(&document, element.attribute("BaseLoc").ok_or(BROKEN)?);
            let xml = file.text(&path)?;
            let own = elements(&xml, &["PhysicalBox", "Template"])?;
            let own_area = own.iter().find(|element| element.name == "PhysicalBox").and_then(|it| it.area());
            let mut page = content.page(pages.len() + 1, own_area.or(area).unwrap_or(A4));
            for template in own.iter().filter(|element| element.name == "Template") {
                let id = template.attribute("TemplateID").unwrap_or_default();
                let base = templates.get(id).ok_or(BROKEN)?;
                content.add(&mut page, &file.text(&resolved(&document, base))?)?;
            }
            content.add(&mut page, &xml)?;
            pages.push(page);
        }
    }
    if pages.is_empty() {
        return Err(BROKEN);
    }
    page::source(SourceFormat::Ofd, SCANNED, pages)
}

const A4: [f32; 4] = [0.0, 0.0, 210.0, 297.0];

/// The parts of an OFD file by their names.
struct OfdFile<'a, 'b> {
    archive: &'a mut Archive<'b>,
    /// The names in the archive by those that compare.
    names: HashMap<String, String>,
    left: usize,
}

impl OfdFile<'_, '_> {
    /// Returns the text of a part.
    fn text(&mut self, path: &str) -> Result<String, ImportError> {
        let name = self.names.get(&entry_key(path)).ok_or(BROKEN)?;
        let text = self.archive.read_text(name)?.ok_or(BROKEN)?;
        self.left = self.left.checked_sub(text.len()).ok_or(TOO_MUCH)?;
        Ok(text)
    }
}

/// Returns the name of a part as names compare: programs write backslashes, and not the case that they mean.
fn entry_key(name: &str) -> String {
    name.replace('\\', "/").trim_start_matches(['/', '.']).to_lowercase()
}

/// Returns the path that a part names, from the root of the archive.
fn resolved(part: &str, path: &str) -> String {
    let path = path.trim().replace('\\', "/");
    if path.starts_with('/') {
        return path;
    }
    let mut folders: Vec<&str> = part.split('/').collect();
    folders.pop();
    for step in path.split('/') {
        match step {
            ".." => {
                folders.pop();
            }
            "." | "" => {}
            step => folders.push(step),
        }
    }
    folders.join("/")
}

/// An element with its attributes and text.
struct OfdElement {
    name: String,
    attributes: Vec<(String, String)>,
    text: String,
}

impl OfdElement {
    fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(own, _)| own == name).map(|(_, value)| value.as_str())
    }

    /// Returns the area that its text is: left, top, width, height.
    fn area(&self) -> Option<[f32; 4]> {
        numbers(&self.text).filter(|[_, _, width, height]| {
            (1.0..10_000.0).contains(width) && (1.0..10_000.0).contains(height)
        })
    }
}

/// Returns the elements of some names, in order. What is inside them is not read.
fn elements(xml: &str, names: &[&str]) -> Result<Vec<OfdElement>, ImportError> {
    let mut events = XmlEvents::of(xml, BROKEN);
    let mut found: Vec<OfdElement> = Vec::new();
    let mut open = false;
    while let Some(event) = events.next_event()? {
        match &event {
            Event::Start(tag) | Event::Empty(tag) => {
                open = names.contains(&tag.local_name().as_ref());
                if open {
                    let attributes = attributes(tag);
                    found.push(OfdElement {
                        name: tag.local_name().as_ref().to_string(),
                        attributes,
                        text: String::new(),
                    });
                }
                open &= matches!(event, Event::Start(_));
            }
            Event::Text(text) if open => {
                if let Some(element) = found.last_mut() {
                    element.text.push_str(text);
                }
            }
            Event::End(_) => open = false,
            _ => {}
        }
        if found.len() > limits::LINES {
            return Err(TOO_MUCH);
        }
    }
    // A part that was cut ends inside its elements.
    if events.depth() == 0 { Ok(found) } else { Err(BROKEN) }
}
