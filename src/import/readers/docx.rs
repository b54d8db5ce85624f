//! Word files: the paragraphs and tables of the main document.
//!
//! Text boxes, headers and footers, footnotes and endnotes are beside the text: they are kept apart, no field
//! is read from them. Left out: hidden text, tracked deletions, field codes, comments. Pictures are noted.
//! Nothing but the parts with these texts and the styles is opened, so macros and links do nothing.

use crate::import::SourceFormat;
use std::collections::{BTreeMap, BTreeSet};

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use super::super::ImportError;
use super::super::source::{Source, SourcePart};
use super::archive::Archive;
use super::asides::Asides;
use super::source_builder::SourceBuilder;
use super::xml::{XmlEvents, reference_text};

/// Reads a Word file.
///
/// # Errors
/// Returns an error if the file is not a Word file, is broken, or is larger or more deeply nested than any
/// report.
pub fn read(bytes: &[u8]) -> Result<Source, ImportError> {
    let mut archive = Archive::open(bytes)?;
    let xml = archive.read_text("word/document.xml")?.ok_or(ImportError::Broken("这个 Word 文件"))?;
    let styles = hidden_styles(&archive.read_text("word/styles.xml")?.unwrap_or_default());
    let mut parts = visible_parts(&xml, styles.clone())?;
    let mut asides = Asides::default();
    for name in archive.names() {
        let Some((_, what)) = BESIDE.iter().find(|(start, _)| name.starts_with(start)) else { continue };
        let Some(xml) = archive.read_text(&name)?.filter(|_| name.ends_with(".xml")) else { continue };
        asides.add(what, visible_parts(&xml, styles.clone())?);
    }
    parts.append(&mut asides.parts);
    Ok(Source { format: SourceFormat::Docx, parts })
}

/// The beginnings of the names of the parts beside the main document, and what they hold.
const BESIDE: [(&str, &str); 4] =
    [("word/header", "页眉"), ("word/footer", "页脚"), ("word/footnotes", "脚注"), ("word/endnotes", "尾注")];

/// Returns the ids of the styles whose text is hidden, by themselves or by a style they are based on. What
/// comes after broken XML is not read.
pub fn hidden_styles(xml: &str) -> BTreeSet<String> {
    let mut reader = Reader::from_str(xml);
    reader.config_mut().check_end_names = false;
    // Each style's own word on the matter, and what it is based on.
    let mut styles: BTreeMap<String, (Option<bool>, String)> = BTreeMap::new();
    let mut current = String::new();
    while let Ok(event) = reader.read_event() {
        let (Event::Start(tag) | Event::Empty(tag)) = event else {
            if matches!(event, Event::Eof) {
                break;
            }
            continue;
        };
        match tag.local_name().as_ref() {
            "style" => current = attribute(&tag, "styleId").unwrap_or_default(),
            "vanish" => styles.entry(current.clone()).or_default().0 = Some(is_on(&tag)),
            "basedOn" => {
                styles.entry(current.clone()).or_default().1 = val_attribute(&tag).unwrap_or_default()
            }
            _ => {}
        }
    }
    let is_hidden = |id: &&String| {
        let mut id = *id;
        // A chain of styles can be a ring.
        for _ in 0..styles.len() {
            match styles.get(id) {
                Some((Some(hidden), _)) => return *hidden,
                Some((None, base)) => id = base,
                None => return false,
            }
        }
        false
    };
    styles.keys().filter(is_hidden).cloned().collect()
}

/// Elements whose content is not part of the text as printed.
const HIDDEN: [&str; 10] = [
    "del",
    "moveFrom",
    "txbxContent",
    "Fallback",
    "instrText",
    "delText",
    "delInstrText",
    "pPr",
    "sectPr",
    "tblGrid",
];

/// Returns what the text inside an element is called, if it stands beside the line it is in.
fn boxed_kind(name: &str) -> Option<&'static str> {
    match name {
        "txbxContent" => Some("文本框"),
        "footnote" => Some("脚注"),
        "endnote" => Some("尾注"),
        _ => None,
    }
}

/// Returns the parts of a main document.
///
/// # Errors
/// Returns an error if the XML is broken or nested too deeply.
pub fn parts(xml: &str) -> Result<Vec<SourcePart>, ImportError> {
    visible_parts(xml, BTreeSet::new())
}

/// Returns the parts of a main document whose styles are known.
///
/// # Errors
/// Returns an error in the same cases as [`parts`].
pub fn visible_parts(xml: &str, hidden_styles: BTreeSet<String>) -> Result<Vec<SourcePart>, ImportError> {
    let mut events = XmlEvents::of(xml, ImportError::Broken("这个 Word 文件"));
    let mut word = DocxReader { hidden_styles, ..DocxReader::default() };
    // The depth at which hidden content began, and the paragraph being read if it is a text box.
    let mut hidden: Option<usize> = None;
    let mut boxed: Option<(&str, String)> = None;
    while let Some(event) = events.next_event()? {
        match event {
            Event::Start(tag) => {
                let name = tag.local_name();
                if hidden.is_some() {
                    word.in_text |= boxed.is_some() && name.as_ref() == "t";
                    word.read_style(&tag);
                } else if word.is_hidden(&tag) {
                    hidden = Some(events.depth());
                    boxed = boxed_kind(name.as_ref()).map(|what| (what, String::new()));
                } else {
                    word.open_tag(&tag)?;
                }
            }
            Event::Empty(tag) if hidden.is_some() => word.read_style(&tag),
            Event::Empty(tag) if hidden.is_none() && !word.is_hidden(&tag) => {
                word.open_tag(&tag)?;
                word.close_tag(tag.local_name().as_ref());
            }
            Event::End(tag) => match hidden {
                Some(since) if since == events.depth() => {
                    (hidden, boxed) = (None, None);
                    word.in_properties = false;
                }
                Some(_) if tag.local_name().as_ref() == "t" => word.in_text = false,
                Some(_) if tag.local_name().as_ref() == "p" => {
                    if let Some((what, text)) = boxed.as_mut().filter(|(_, text)| !text.trim().is_empty()) {
                        let text = format!("（{what}）{}", std::mem::take(text).trim());
                        word.builder.add_aside(word.paragraph, text)?;
                    }
                }
                Some(_) => {}
                None => word.close_tag(tag.local_name().as_ref()),
            },
            Event::Text(text) if word.in_text => word.write(&text, &mut boxed)?,
            Event::CData(text) if word.in_text => word.write(&text, &mut boxed)?,
            Event::GeneralRef(name) if word.in_text => word.write(&reference_text(&name), &mut boxed)?,
            _ => {}
        }
    }
    Ok(word.builder.finish())
}

#[derive(Default)]
struct DocxReader {
    builder: SourceBuilder,
    /// The number of the paragraph, from 1.
    paragraph: usize,
    in_text: bool,
    /// In the properties of a row, where `del` means the whole row.
    in_row: bool,
    /// The properties of the open cells: columns covered, whether they continue the one above, and whether
    /// the width is applied.
    cells: Vec<(usize, bool, bool)>,
    row_deleted: bool,
    /// In the properties of a paragraph.
    in_properties: bool,
    hidden_styles: BTreeSet<String>,
    /// Whether the style of the paragraph hides its text, and whether the run is hidden.
    paragraph_hidden: bool,
    run_hidden: bool,
    /// In a line of text.
    in_line: bool,
    /// The open content controls: whether each shows the words that ask to fill it in.
    controls: Vec<bool>,
}

impl DocxReader {
    fn is_hidden(&mut self, tag: &BytesStart) -> bool {
        let name = tag.local_name();
        if self.in_row && (name.as_ref() == "del" || name.as_ref() == "hidden" && is_on(tag)) {
            self.row_deleted = true;
        }
        self.in_properties |= name.as_ref() == "pPr";
        // In the older single file a note stands in the line that refers to it, and a change says its kind.
        let is_note = self.in_line && boxed_kind(name.as_ref()).is_some();
        let is_taken_back = name.as_ref() == "annotation"
            && attribute(tag, "type").is_some_and(|kind| kind == "Word.Deletion" || kind == "Word.Comment");
        is_note || is_taken_back || HIDDEN.contains(&name.as_ref())
    }

    /// Takes the style of the paragraph from its properties.
    fn read_style(&mut self, tag: &BytesStart) {
        if self.in_properties && tag.local_name().as_ref() == "pStyle" {
            self.paragraph_hidden = self.is_hidden_style(tag);
        }
    }

    fn is_hidden_style(&self, tag: &BytesStart) -> bool {
        val_attribute(tag).is_some_and(|style| self.hidden_styles.contains(&style))
    }

    /// Adds text to the paragraph being read, of the text box if one is open.
    fn write(&mut self, text: &str, boxed: &mut Option<(&str, String)>) -> Result<(), ImportError> {
        if let Some((_, paragraph)) = boxed {
            paragraph.push_str(text);
            return Ok(());
        }
        if self.run_hidden || self.controls.contains(&true) {
            return Ok(());
        }
        self.apply_cell_width();
        self.builder.write(text, self.paragraph)
    }

    fn open_tag(&mut self, tag: &BytesStart) -> Result<(), ImportError> {
        match tag.local_name().as_ref() {
            "p" => {
                self.paragraph += 1;
                self.paragraph_hidden = false;
            }
            "r" => (self.run_hidden, self.in_line) = (self.paragraph_hidden, true),
            "rStyle" => self.run_hidden |= self.is_hidden_style(tag),
            "vanish" => self.run_hidden = is_on(tag),
            "sdt" => self.controls.push(false),
            "showingPlcHdr" => {
                let shown = is_on(tag);
                self.controls.last_mut().into_iter().for_each(|control| *control = shown);
            }
            "t" => self.in_text = true,
            "tab" => self.write("\t", &mut None)?,
            "noBreakHyphen" => self.write("-", &mut None)?,
            "br" | "cr" => {
                self.apply_cell_width();
                self.builder.end_paragraph();
            }
            "tbl" => {
                self.apply_cell_width();
                self.builder.open_table(self.paragraph + 1)?;
            }
            "tr" => {
                self.row_deleted = false;
                self.builder.open_row(self.paragraph + 1)?;
            }
            "trPr" => self.in_row = true,
            "gridBefore" => {
                self.builder.open_cell(
                    self.paragraph,
                    1,
                    val_attribute(tag).and_then(|n| n.parse().ok()).unwrap_or(1),
                )?;
                self.builder.close_cell();
            }
            "tc" => {
                self.builder.open_cell(self.paragraph + 1, 1, 1)?;
                self.cells.push((1, false, false));
            }
            "gridSpan" => {
                if let Some(cell) = self.cells.last_mut() {
                    cell.0 = val_attribute(tag).and_then(|number| number.parse().ok()).unwrap_or(1);
                }
            }
            "vMerge" | "vmerge" => {
                if let Some(cell) = self.cells.last_mut() {
                    cell.1 = val_attribute(tag).is_none_or(|word| word != "restart");
                }
            }
            "blip" | "imagedata" if !self.run_hidden => {
                self.apply_cell_width();
                self.builder.add_parts([SourcePart::Picture { line: self.paragraph }]);
            }
            _ => {}
        }
        Ok(())
    }

    /// Sets the width of the open cell, once its properties have been read.
    fn apply_cell_width(&mut self) {
        if let Some(cell) = self.cells.last_mut().filter(|cell| !cell.2) {
            cell.2 = true;
            self.builder.set_cell_columns(cell.0);
        }
    }

    fn close_tag(&mut self, name: &str) {
        match name {
            "p" => {
                self.apply_cell_width();
                self.builder.end_paragraph();
            }
            "t" => self.in_text = false,
            "sdt" => {
                self.controls.pop();
            }
            "r" => (self.run_hidden, self.in_line) = (false, false),
            "trPr" => self.in_row = false,
            "tc" => {
                self.apply_cell_width();
                match self.cells.pop() {
                    Some((_, true, _)) => self.builder.close_merged_cell(),
                    _ => self.builder.close_cell(),
                }
            }
            "tr" if self.row_deleted => {
                self.builder.drop_row();
                self.row_deleted = false;
            }
            "tbl" => self.builder.close_table(),
            _ => {}
        }
    }
}

/// Returns whether a property that can be switched off is on.
fn is_on(tag: &BytesStart) -> bool {
    val_attribute(tag).is_none_or(|value| !["0", "false", "off"].contains(&value.as_str()))
}

/// Returns the attribute `w:val`.
fn val_attribute(tag: &BytesStart) -> Option<String> {
    attribute(tag, "val")
}

fn attribute(tag: &BytesStart, name: &str) -> Option<String> {
    tag.attributes()
        .with_checks(false)
        .flatten()
        .find(|attribute| attribute.key.local_name().as_ref() == name)
        .map(|attribute| attribute.value.to_string())
}
