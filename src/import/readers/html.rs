//! Web pages: tables with merged cells, layout tables around them, labels split over many spans.
//!
//! Only a tokenizer is used, no tree: the time is linear in the size of the page however deep it nests, and
//! nothing that a page links to is ever fetched.

use html5gum::{DefaultEmitter, StartTag, Token, Tokenizer};

use super::super::source::{Source, SourcePart};
use super::super::{ImportError, limits};
use super::plain_text;
use super::source_builder::SourceBuilder;
use crate::text::invisible::Invisible;

/// Reads a web page.
///
/// # Errors
/// Returns an error if the page is too large or its tables are nested too deeply.
pub fn read(page: &str) -> Result<Source, ImportError> {
    Ok(Source { format: "html".into(), parts: parts(page, 1)? })
}

/// Returns the parts of a piece of HTML whose first line is line `first` of its file.
///
/// # Errors
/// Returns an error in the same cases as [`read`].
pub fn parts(page: &str, first: usize) -> Result<Vec<SourcePart>, ImportError> {
    if page.len() as u64 > limits::TEXT {
        return Err(ImportError::TooLarge("网页超过 24 MB"));
    }
    let mut emitter = DefaultEmitter::<usize>::new_with_span();
    emitter.naively_switch_states(true);
    let mut reader = HtmlReader { builder: SourceBuilder::default(), skipped: None, pre: None, line: first };
    let mut counted = 0;
    for Ok(token) in Tokenizer::new_with_emitter(page, emitter) {
        let start = match &token {
            Token::StartTag(tag) => tag.span.start,
            Token::EndTag(tag) => tag.span.start,
            Token::String(text) => text.span.start,
            _ => continue,
        };
        if let Some(passed) = page.as_bytes().get(counted..start) {
            reader.line += passed.iter().filter(|byte| **byte == b'\n').count();
            counted = start;
        }
        match token {
            Token::StartTag(tag) => reader.open_tag(&tag)?,
            Token::EndTag(tag) => reader.close_tag(&tag.name)?,
            Token::String(text) => reader.push_text(&String::from_utf8_lossy(&text))?,
            _ => {}
        }
    }
    reader.close_pre()?;
    Ok(reader.builder.finish())
}

struct HtmlReader {
    builder: SourceBuilder,
    /// The element whose content is not shown, and how many of its name are open.
    skipped: Option<(Vec<u8>, usize)>,
    /// The text of the `pre` being read, and its first line.
    pre: Option<(String, usize)>,
    line: usize,
}

/// Elements whose content is never a part of the text.
const HIDDEN: [&[u8]; 10] = [
    b"script",
    b"style",
    b"noscript",
    b"template",
    b"select",
    b"button",
    b"svg",
    b"iframe",
    b"head",
    b"object",
];

/// Elements that are inside a line; every other one ends a paragraph.
const INLINE: [&[u8]; 22] = [
    b"a", b"abbr", b"b", b"big", b"cite", b"code", b"del", b"em", b"font", b"i", b"ins", b"label", b"mark",
    b"o:p", b"s", b"small", b"span", b"strong", b"sub", b"sup", b"u", b"wbr",
];

impl HtmlReader {
    fn open_tag(&mut self, tag: &StartTag<usize>) -> Result<(), ImportError> {
        let name: &[u8] = &tag.name;
        if let Some((skipped, depth)) = &mut self.skipped {
            // `<head>` has no end tag in many pages: the body ends it too.
            if name == b"body" && skipped == b"head" {
                self.skipped = None;
            } else {
                *depth += usize::from(name == skipped.as_slice());
            }
            return Ok(());
        }
        let line = self.line;
        match name {
            b"table" => self.builder.open_table(line)?,
            b"tr" => self.builder.open_row(line)?,
            b"td" | b"th" => {
                self.builder.open_cell(
                    line,
                    span_attribute(tag, b"rowspan"),
                    span_attribute(tag, b"colspan"),
                )?;
            }
            b"pre" if self.pre.is_none() => self.pre = Some((String::new(), line)),
            b"img" => self.builder.add_parts([SourcePart::Picture { line }]),
            _ if HIDDEN.contains(&name) && !tag.self_closing => self.skipped = Some((name.to_vec(), 1)),
            _ if INLINE.contains(&name) => {}
            _ => self.builder.end_paragraph(),
        }
        Ok(())
    }

    fn close_tag(&mut self, name: &[u8]) -> Result<(), ImportError> {
        if let Some((skipped, depth)) = &mut self.skipped {
            if name == skipped.as_slice() {
                *depth -= 1;
                if *depth == 0 {
                    self.skipped = None;
                }
            }
            return Ok(());
        }
        match name {
            b"table" => self.builder.close_table(),
            b"td" | b"th" | b"tr" => self.builder.close_cell(),
            b"pre" => self.close_pre()?,
            _ if INLINE.contains(&name) => {}
            _ => self.builder.end_paragraph(),
        }
        Ok(())
    }

    fn close_pre(&mut self) -> Result<(), ImportError> {
        if let Some((content, line)) = self.pre.take() {
            self.builder.add_parts(plain_text::parts(&content, line)?);
        }
        Ok(())
    }

    fn push_text(&mut self, text: &str) -> Result<(), ImportError> {
        if self.skipped.is_some() {
            return Ok(());
        }
        if let Some((content, _)) = &mut self.pre {
            content.push_str(text);
            return Ok(());
        }
        // A page's own line ends and runs of blanks are one blank; its `&nbsp;` too.
        let mut shown = String::with_capacity(text.len());
        let mut blank = self.builder.ends_in_blank();
        for c in text.chars().filter(|c| Invisible::of(*c) != Some(Invisible::Empty)) {
            let c = if c.is_whitespace() && c != '\u{3000}' { ' ' } else { c };
            if c != ' ' || !blank {
                shown.push(c);
            }
            blank = c == ' ';
        }
        if shown.is_empty() { Ok(()) } else { self.builder.write(&shown, self.line) }
    }
}

/// Returns the whole number in an attribute, or 1 if there is none.
fn span_attribute(tag: &StartTag<usize>, name: &[u8]) -> usize {
    tag.attributes
        .get(name)
        .and_then(|value| std::str::from_utf8(&value.value).ok()?.trim().parse().ok())
        .unwrap_or(1)
}
