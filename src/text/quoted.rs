//! Quoted strings: what is escaped, so that `cat` of a draft never speaks to the terminal.

use std::fmt::{self, Display, Formatter};

use super::invisible::alters_display;

/// Displays a text as a RON string. Control characters, bidirectional controls, characters without
/// width and the line separators U+2028 and U+2029 are written as `\u{…}`; Chinese stays as it is.
pub struct RonText<'t>(pub &'t str);

impl Display for RonText<'_> {
    fn fmt(&self, f: &mut Formatter) -> fmt::Result {
        f.write_str("\"")?;
        let mut done = 0;
        let escaped = |c: char| matches!(c, '"' | '\\') || alters_display(c);
        for (at, c) in self.0.char_indices().filter(|(_, c)| escaped(*c)) {
            // Most of a text needs no escape: it is copied in whole stretches.
            f.write_str(self.0.get(done..at).unwrap_or_default())?;
            done = at + c.len_utf8();
            match c {
                '"' => f.write_str("\\\"")?,
                '\\' => f.write_str("\\\\")?,
                '\n' => f.write_str("\\n")?,
                '\t' => f.write_str("\\t")?,
                c => write!(f, "\\u{{{:x}}}", u32::from(c))?,
            }
        }
        f.write_str(self.0.get(done..).unwrap_or_default())?;
        f.write_str("\"")
    }
}

/// Returns a short piece of a file for a message: at most 40 characters, hidden ones as `\u{…}`.
pub fn quoted(text: &str) -> String {
    let short: String = text.chars().take(40).collect();
    let out = RonText(&short).to_string();
    let inner = out.trim_start_matches('"');
    let inner = inner.strip_suffix('"').unwrap_or(inner);
    let more = if short.len() < text.len() { "…" } else { "" };
    format!("“{inner}{more}”")
}
