//! Quoted strings, escaped so that `cat` of a draft sends no control sequence to the terminal.

use std::fmt::Write;

use super::invisible::alters_display;

/// Appends a text as a RON string. Control characters, bidirectional controls, characters without
/// width and the line separators U+2028 and U+2029 are written as `\u{…}`; Chinese stays as it is.
pub fn put_quoted(out: &mut String, text: &str) {
    out.push('"');
    let mut done = 0;
    for (at, c) in text.char_indices().filter(|(_, c)| matches!(c, '"' | '\\') || alters_display(*c)) {
        // Most of a text needs no escape: whole runs are copied at once.
        out.push_str(text.get(done..at).unwrap_or_default());
        done = at + c.len_utf8();
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\t' => out.push_str("\\t"),
            // Writing to a String cannot fail.
            c => drop(write!(out, "\\u{{{:x}}}", u32::from(c))),
        }
    }
    out.push_str(text.get(done..).unwrap_or_default());
    out.push('"');
}

/// Returns an excerpt of a file for a message: at most 40 characters, hidden ones as `\u{…}`.
pub fn quoted(text: &str) -> String {
    let mut out = String::new();
    let short: String = text.chars().take(40).collect();
    put_quoted(&mut out, &short);
    let inner = out.trim_start_matches('"');
    let inner = inner.strip_suffix('"').unwrap_or(inner);
    let more = if short.len() < text.len() { "…" } else { "" };
    format!("“{inner}{more}”")
}
