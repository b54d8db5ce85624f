//! The report as it will be printed, as lines of a given width for a terminal. Each line says which
//! fields it shows and where, so that findings can be put beside it and on it.

mod boxed;
mod listed;
mod wrap;

use std::ops::Range;

use super::layout::{Level, Paragraph, Piece, Report, Table};
use crate::draft::Draft;
use crate::form::{FieldId, Form};
use crate::text::width::columns;

pub use wrap::{Wrapped, wrap};

/// With which characters tables are drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rules {
    /// `│─┼`; some terminals draw these two columns wide.
    Lines,
    /// `|-+`, one column wide everywhere.
    Ascii,
}

impl Rules {
    fn across(self) -> &'static str {
        if self == Rules::Lines { "─" } else { "-" }
    }

    fn down(self) -> &'static str {
        if self == Rules::Lines { "│" } else { "|" }
    }

    /// The corner from which lines run up, down, left and right.
    fn corner(self, up: bool, down: bool, left: bool, right: bool) -> &'static str {
        if self == Rules::Ascii {
            return match (up || down, left || right) {
                (false, false) => " ",
                (true, false) => "|",
                (false, true) => "-",
                (true, true) => "+",
            };
        }
        match (up, down, left, right) {
            (false, false, false, false) => " ",
            (false, false, _, _) => "─",
            (_, _, false, false) => "│",
            (false, true, false, true) => "┌",
            (false, true, true, false) => "┐",
            (true, false, false, true) => "└",
            (true, false, true, false) => "┘",
            (true, true, false, true) => "├",
            (true, true, true, false) => "┤",
            (false, true, true, true) => "┬",
            (true, false, true, true) => "┴",
            (true, true, true, true) => "┼",
        }
    }
}

/// A field that a line shows, or a part of one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shows {
    /// The field.
    pub field: FieldId,
    /// The columns of the line, from 0, that show it.
    pub columns: Range<usize>,
    /// For a line of a narrative: the bytes of the field's own text that stand in these columns.
    pub bytes: Option<Range<usize>>,
}

/// What a line of the preview is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LineKind {
    /// A line of text of that level.
    Text(Level),
    /// A line of a table.
    Table,
    /// An empty line between parts.
    Gap,
}

/// One line of the preview.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// Its words, at most as wide as was asked, nothing in it that a terminal would obey.
    pub text: String,
    /// What it is.
    pub kind: LineKind,
    /// The columns from 0 that hold a heading that runs into the text (`（一）主动公开。`).
    pub lead: Range<usize>,
    /// The fields it shows, from left to right.
    pub shows: Vec<Shows>,
}

/// The report as lines at most `width` columns wide (20 at least). A table whose values do not fit
/// is listed row by row instead of drawn.
pub fn preview(form: &Form, draft: &Draft, width: usize, rules: Rules) -> Vec<Line> {
    let width = width.max(20);
    let mut lines = Vec::new();
    for piece in &Report::new(form, draft).pieces {
        match piece {
            Piece::Text(it) => {
                let gap = matches!(it.level, Level::Section | Level::Signed);
                if gap && !lines.is_empty() {
                    lines.push(gap_line());
                }
                paragraph(&mut lines, it, draft, width);
                if it.level == Level::Title {
                    lines.push(gap_line());
                }
            }
            Piece::Table(it) => table(&mut lines, it, width, rules),
        }
    }
    lines
}

fn gap_line() -> Line {
    Line { text: String::new(), kind: LineKind::Gap, lead: 0..0, shows: Vec::new() }
}

fn paragraph(lines: &mut Vec<Line>, it: &Paragraph, draft: &Draft, width: usize) {
    // A narrative is wrapped from the field's own text, so that its bytes are known.
    let (text, start) = match (&it.source, it.fields.first()) {
        (Some(source), Some(field)) => {
            (draft.text(field.as_str()).get(source.clone()).unwrap_or_default(), source.start)
        }
        _ => (it.text.as_str(), 0),
    };
    let first = if matches!(it.level, Level::Sub | Level::Body) { 4 } else { 0 };
    let mut lead = columns(it.text.get(..it.lead).unwrap_or_default());
    for (at, line) in wrap(text, width, first).into_iter().enumerate() {
        let wide = columns(&line.text);
        let indent = match it.level {
            Level::Title | Level::Under => width.saturating_sub(wide) / 2,
            Level::Signed | Level::Dated => width.saturating_sub(wide + 4),
            Level::Section => 0,
            Level::Sub | Level::Body => first * usize::from(at == 0),
        };
        let bytes = it.source.is_some().then(|| start + line.bytes.start..start + line.bytes.end);
        let columns = indent..indent + wide;
        let show =
            |field: &FieldId| Shows { field: field.clone(), columns: columns.clone(), bytes: bytes.clone() };
        let headed = lead.min(wide);
        lead -= headed;
        lines.push(Line {
            text: " ".repeat(indent) + &line.text,
            kind: LineKind::Text(it.level),
            lead: indent..indent + headed,
            shows: it.fields.iter().map(show).collect(),
        });
    }
}

fn table(lines: &mut Vec<Line>, table: &Table, width: usize, rules: Rules) {
    let drawn = boxed::draw(table, width, rules).unwrap_or_else(|| listed::list(table, width));
    lines.extend(drawn.into_iter().map(|line| Line {
        text: line.text,
        kind: LineKind::Table,
        lead: 0..0,
        shows: line.shows,
    }));
}
