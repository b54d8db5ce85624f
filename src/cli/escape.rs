//! Text for a terminal: the content of a file must never control the terminal.

use std::fmt::Write;

use crate::text::invisible::alters_display;

/// Returns the text with what is hidden spelled out as `\u{…}`, but for the end of a line.
pub(super) fn escape_text(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if alters_display(c) && c != '\n' {
            // Writing to a String cannot fail.
            let _ = write!(out, "\\u{{{:x}}}", u32::from(c));
        } else {
            out.push(c);
        }
    }
    out
}

/// Returns the text on one line.
pub(super) fn escape_line(text: &str) -> String {
    escape_text(text).replace('\n', "⏎")
}
