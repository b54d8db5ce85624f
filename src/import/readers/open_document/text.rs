//! The paragraphs and tables of a text.

use crate::import::SourceFormat;
use std::collections::BTreeSet;

use quick_xml::events::BytesStart;

use super::visitor::{Visitor, attribute, count_attribute, visit};
use crate::import::readers::source_builder::SourceBuilder;
use crate::import::source::{Source, SourcePart};
use crate::import::{ImportError, limits};

/// The most blanks that one element stands for.
const BLANKS: usize = 100;

/// Reads a text.
///
/// # Errors
/// Returns an error if it is broken, or is larger or more deeply nested than any report.
pub fn read(content: &str, hidden: BTreeSet<String>) -> Result<Source, ImportError> {
    let mut reader = TextReader { hidden, ..TextReader::default() };
    visit(content, &mut reader)?;
    Ok(Source { format: SourceFormat::Odt, parts: reader.builder.finish() })
}

#[derive(Default)]
struct TextReader {
    builder: SourceBuilder,
    hidden: BTreeSet<String>,
    /// The number of the paragraph, from 1.
    paragraph: usize,
    /// How many paragraphs are open: a text box or a note inside one has its own.
    open: usize,
    /// Notes and text boxes that are open, from outside in, and the text of the innermost.
    beside: Vec<&'static str>,
    aside: String,
}

impl TextReader {
    fn write(&mut self, text: &str) -> Result<(), ImportError> {
        if self.open == 0 {
            return Ok(());
        }
        if self.beside.is_empty() {
            return self.builder.write(text, self.paragraph);
        }
        self.aside.push_str(text);
        Ok(())
    }

    fn end_line(&mut self) -> Result<(), ImportError> {
        let Some(what) = self.beside.last() else {
            self.builder.end_paragraph();
            return Ok(());
        };
        let text = std::mem::take(&mut self.aside);
        match text.trim() {
            "" => Ok(()),
            text => self.builder.add_aside(self.paragraph, format!("（{what}）{text}")),
        }
    }
}

impl Visitor for TextReader {
    fn open(&mut self, tag: &BytesStart) -> Result<bool, ImportError> {
        let style = || attribute(tag, "text:style-name").is_some_and(|name| self.hidden.contains(&name));
        match tag.name().as_ref() {
            "text:p" | "text:h" => {
                if style() {
                    return Ok(true);
                }
                self.paragraph += usize::from(self.beside.is_empty());
                self.open += 1;
            }
            "text:span" => return Ok(style()),
            // A cell that another one covers is not seen.
            "table:covered-table-cell" => return Ok(true),
            "text:s" => {
                let count = count_attribute(tag, "text:c").min(BLANKS);
                self.write(&" ".repeat(count))?;
            }
            "text:tab" => self.write("\t")?,
            "text:line-break" => self.end_line()?,
            "text:note" => self.beside.push("脚注"),
            "draw:text-box" | "draw:custom-shape" => self.beside.push("文本框"),
            "draw:image" if self.beside.is_empty() => {
                self.builder.add_parts([SourcePart::Picture { line: self.paragraph }]);
            }
            // A table beside the text is no table of the report; its cells are read one after the other.
            _ if !self.beside.is_empty() => {}
            "table:table" => self.builder.open_table(self.paragraph + 1)?,
            "table:table-row" => self.builder.open_row(self.paragraph + 1)?,
            "table:table-cell" => {
                let rows = count_attribute(tag, "table:number-rows-spanned");
                let columns = count_attribute(tag, "table:number-columns-spanned");
                // Blank cells side by side may be written once.
                for _ in 1..count_attribute(tag, "table:number-columns-repeated").min(limits::COLUMNS) {
                    self.builder.open_cell(self.paragraph + 1, rows, columns)?;
                }
                self.builder.open_cell(self.paragraph + 1, rows, columns)?;
            }
            _ => {}
        }
        Ok(false)
    }

    fn close(&mut self, name: &str) -> Result<(), ImportError> {
        match name {
            "text:p" | "text:h" => {
                self.end_line()?;
                self.open = self.open.saturating_sub(1);
            }
            "text:note" | "draw:text-box" | "draw:custom-shape" => {
                self.end_line()?;
                self.beside.pop();
            }
            _ if !self.beside.is_empty() => {}
            "table:table-cell" | "table:table-row" => self.builder.close_cell(),
            "table:table" => self.builder.close_table(),
            _ => {}
        }
        Ok(())
    }

    fn text(&mut self, text: &str) -> Result<(), ImportError> {
        // Line ends and runs of blanks between the words of the file are one blank.
        let mut shown = String::with_capacity(text.len());
        for c in text.chars() {
            let c = if matches!(c, '\n' | '\r' | '\t') { ' ' } else { c };
            if c != ' ' || !shown.ends_with(' ') {
                shown.push(c);
            }
        }
        self.write(&shown)
    }
}
