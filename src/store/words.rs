//! Strings in draft files: what is escaped, so that `cat` of a draft never speaks to the terminal.

use std::fmt::Write;

/// Appends a text as a RON string. Control characters, bidirectional controls, characters without
/// width and the line separators U+2028 and U+2029 are written as `\u{…}`; Chinese stays as it is.
pub(super) fn put_quoted(out: &mut String, text: &str) {
    out.push('"');
    let mut done = 0;
    for (at, c) in text.char_indices().filter(|(_, c)| matches!(c, '"' | '\\') || is_hidden(*c)) {
        // What needs no escape is most of a text: it is taken over in whole stretches.
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

/// A short piece of a file for a sentence: at most 40 characters, hidden ones as `\u{…}`.
pub fn quoted(text: &str) -> String {
    let mut out = String::new();
    let short: String = text.chars().take(40).collect();
    put_quoted(&mut out, &short);
    let inner = out.trim_start_matches('"');
    let inner = inner.strip_suffix('"').unwrap_or(inner);
    let more = if short.len() < text.len() { "…" } else { "" };
    format!("“{inner}{more}”")
}

/// Whether a character does not show, or changes how others show: Unicode's Cc and Cf, the line and
/// paragraph separators, and the fillers and selectors that take no column.
pub fn is_hidden(c: char) -> bool {
    // Nearly all of a report: printable ASCII, Chinese and its punctuation from U+3000 on.
    if (' '..='~').contains(&c) || ('\u{3165}'..'\u{fe00}').contains(&c) {
        return false;
    }
    c.is_control()
        || (c > '\u{7f}'
            && matches!(c,
                '\u{ad}' | '\u{34f}' | '\u{600}'..='\u{605}' | '\u{61c}' | '\u{6dd}' | '\u{70f}'
                | '\u{890}'..='\u{891}' | '\u{8e2}' | '\u{115f}'..='\u{1160}' | '\u{17b4}'..='\u{17b5}'
                | '\u{180b}'..='\u{180f}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}'
                | '\u{2060}'..='\u{206f}' | '\u{3164}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}'
                | '\u{ffa0}' | '\u{fff0}'..='\u{fffb}' | '\u{110bd}' | '\u{110cd}'
                | '\u{13430}'..='\u{1343f}' | '\u{1bca0}'..='\u{1bca3}' | '\u{1d173}'..='\u{1d17a}'
                | '\u{e0000}'..='\u{e0fff}'))
}
