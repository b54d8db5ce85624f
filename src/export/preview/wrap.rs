//! A text of the report as lines, each with the bytes of the text that it shows.

use std::ops::Range;

use super::super::printable::printable_char;
use crate::text::line_break;

/// A line of a wrapped text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WrappedLine {
    /// Its text as shown, without blanks at its ends.
    pub text: String,
    /// The bytes of the text that it shows.
    pub bytes: Range<usize>,
}

/// Breaks a text into lines of at most `available` columns (2 at least); the first is `indent` columns
/// shorter. An empty text gives no line.
pub fn wrap_text(text: &str, available: usize, indent: usize) -> Vec<WrappedLine> {
    let mut shown = String::with_capacity(text.len());
    // Where each character begins, as shown and in the text.
    let mut positions = Vec::new();
    for (at, raw) in text.char_indices() {
        if let Some(c) = printable_char(raw) {
            positions.push((shown.len(), at..at + raw.len_utf8()));
            shown.push(c);
        }
    }
    let source = |byte: usize| {
        let after = positions.partition_point(|(at, _)| *at <= byte);
        after.checked_sub(1).and_then(|at| positions.get(at)).map_or(0..0, |(_, bytes)| bytes.clone())
    };
    let lines = line_break::wrap_printed(&shown, available, indent).into_iter().filter_map(|row| {
        let line = shown.get(row.clone())?;
        let trimmed = line.trim();
        let start = row.start + line.len() - line.trim_start().len();
        let last = trimmed.chars().next_back()?;
        let bytes = source(start).start..source(start + trimmed.len() - last.len_utf8()).end;
        Some(WrappedLine { text: trimmed.into(), bytes })
    });
    lines.collect()
}
