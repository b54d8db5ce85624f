//! Web pages: tables with merged cells, layout tables around them, labels split over many spans.
//!
//! Only a tokenizer is used, no tree: the time is linear in the size of the page however deep it nests, and
//! nothing that a page links to is ever fetched.

use crate::import::SourceFormat;
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
    Ok(Source { format: SourceFormat::Html, parts: parts(page, 1)? })
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
    skipped: Option<Skipped>,
    /// The text of the `pre` being read, and its first line.
    pre: Option<(String, usize)>,
    line: usize,
}

/// An element whose content is not shown.
struct Skipped {
    name: Vec<u8>,
    /// How many elements of its name are open.
    depth: usize,
    /// How many tables are open inside it.
    tables: usize,
}

impl Skipped {
    fn new(name: &[u8]) -> Self {
        Skipped { name: name.to_vec(), depth: 1, tables: 0 }
    }

    fn open_tag(&mut self, name: &[u8]) {
        self.depth += usize::from(*self.name == *name);
        self.tables += usize::from(name == b"table");
    }

    /// Returns `true` if it has no end tag and ends where that element begins.
    fn ends_before(&self, next: &[u8]) -> bool {
        match (&self.name[..], next) {
            // Many pages leave the end tag out.
            (b"head", b"body") => true,
            (b"td" | b"th", b"td" | b"th" | b"tr") | (b"tr", b"tr") | (b"p", b"p") => self.tables == 0,
            _ => false,
        }
    }

    /// Takes an end tag, and returns `true` if it ends here.
    fn ends_with(&mut self, name: &[u8]) -> bool {
        self.depth -= usize::from(*self.name == *name);
        let is_cell = matches!(&self.name[..], b"td" | b"th" | b"tr");
        let outer = is_cell && self.tables == 0 && matches!(name, b"tr" | b"table");
        self.tables = self.tables.saturating_sub(usize::from(name == b"table"));
        self.depth == 0 || outer
    }
}

/// Elements whose content is never a part of the text. What is struck out was taken back.
const HIDDEN: [&[u8]; 13] = [
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
    b"del",
    b"s",
    b"strike",
];

/// Elements that a style may hide. Larger ones are kept whatever their style says: a page shows them when
/// one of its tabs is clicked.
const HIDEABLE: [&[u8]; 12] =
    [b"a", b"b", b"em", b"font", b"i", b"label", b"p", b"span", b"strong", b"td", b"th", b"tr"];

/// Elements that are inside a line; every other one ends a paragraph.
const INLINE: [&[u8]; 20] = [
    b"a", b"abbr", b"b", b"big", b"cite", b"code", b"em", b"font", b"i", b"ins", b"label", b"mark", b"o:p",
    b"small", b"span", b"strong", b"sub", b"sup", b"u", b"wbr",
];

impl HtmlReader {
    fn open_tag(&mut self, tag: &StartTag<usize>) -> Result<(), ImportError> {
        let name: &[u8] = &tag.name;
        if let Some(skipped) = &mut self.skipped {
            if !skipped.ends_before(name) {
                skipped.open_tag(name);
                return Ok(());
            }
            self.skipped = None;
        }
        let line = self.line;
        match name {
            _ if HIDEABLE.contains(&name) && is_hidden(tag) => self.skipped = Some(Skipped::new(name)),
            // The number of a footnote is no digit of the number that it stands behind.
            b"sup" | b"sub" => self.push_text(" ")?,
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
            _ if HIDDEN.contains(&name) && !tag.self_closing => self.skipped = Some(Skipped::new(name)),
            b"input" => self.push_text(&shown_value(tag))?,
            _ if INLINE.contains(&name) => {}
            _ => self.builder.end_paragraph(),
        }
        Ok(())
    }

    fn close_tag(&mut self, name: &[u8]) -> Result<(), ImportError> {
        if let Some(skipped) = &mut self.skipped {
            let inside = !skipped.ends_with(name);
            let own = *skipped.name == *name;
            if !inside {
                self.skipped = None;
            }
            if inside || own {
                return Ok(());
            }
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

/// Returns `true` if the element says that it is not shown.
fn is_hidden(tag: &StartTag<usize>) -> bool {
    let style = tag.attributes.get(&b"style"[..]).map(|style| &style.value[..]).unwrap_or_default();
    let style: Vec<u8> =
        style.iter().filter(|byte| !byte.is_ascii_whitespace()).map(u8::to_ascii_lowercase).collect();
    let says = |rule: &[u8]| style.windows(rule.len()).any(|part| part == rule);
    !tag.self_closing
        && (tag.attributes.contains_key(&b"hidden"[..])
            || says(b"display:none")
            || says(b"visibility:hidden"))
}

/// Returns the text that a page shows in a field to be filled in: some print their numbers in such.
fn shown_value(tag: &StartTag<usize>) -> String {
    let attribute = |name: &[u8]| {
        tag.attributes.get(name).map(|it| String::from_utf8_lossy(&it.value).trim().to_string())
    };
    let kind = attribute(b"type").unwrap_or_default().to_ascii_lowercase();
    let is_shown = matches!(&kind[..], "" | "text" | "number") && !is_hidden(tag);
    attribute(b"value").filter(|_| is_shown).unwrap_or_default()
}

/// Returns the whole number in an attribute, or 1 if there is none.
fn span_attribute(tag: &StartTag<usize>, name: &[u8]) -> usize {
    tag.attributes
        .get(name)
        .and_then(|value| std::str::from_utf8(&value.value).ok()?.trim().parse().ok())
        .unwrap_or(1)
}
