//! Words for a terminal: what a file holds must never speak to the terminal itself.

use std::fmt::Write;

/// The text with control characters (but for the end of a line) and those that turn the direction
/// of writing spelled out as `\u{…}`.
pub(super) fn shown(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        let turns = matches!(c, '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
        if (c.is_control() && c != '\n') || turns {
            // Writing to a String cannot fail.
            let _ = write!(out, "\\u{{{:x}}}", u32::from(c));
        } else {
            out.push(c);
        }
    }
    out
}

/// The text on one line.
pub(super) fn line(text: &str) -> String {
    shown(text).replace('\n', "⏎")
}
