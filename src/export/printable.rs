//! What may be in a document: characters that no document can hold are replaced, visibly.
//!
//! Drafts come from files and pastes of any origin. A control character would make a Word file
//! unreadable, reach a terminal, or break a row of a table in two.

use std::ops::Range;

use crate::text::invisible::Invisible;

/// Returns the character as documents show it. Control characters become their visible pictures (`␛`);
/// marks that turn the direction of writing and noncharacters become `�`; joiners and selectors shape what
/// is printed and stay; other invisible characters are left out.
pub fn printable_char(c: char) -> Option<char> {
    match Invisible::of(c) {
        _ if c == '\t' || is_paragraph_end(c) => Some(' '),
        None | Some(Invisible::Joiner | Invisible::Selector) => Some(c),
        Some(Invisible::Control) if c < ' ' => char::from_u32(0x2400 + u32::from(c)),
        Some(Invisible::Control) if c == '\u{7f}' => Some('␡'),
        Some(Invisible::Control | Invisible::Direction | Invisible::Noncharacter) => Some('\u{fffd}'),
        Some(Invisible::Empty) => None,
    }
}

/// Returns a text on one line, without surrounding blanks.
pub fn printable_line(text: &str) -> String {
    text.chars().filter_map(printable_char).collect::<String>().trim().into()
}

/// Returns whether a character ends a paragraph.
fn is_paragraph_end(c: char) -> bool {
    matches!(c, '\n' | '\r' | '\u{0b}' | '\u{0c}' | '\u{85}' | '\u{2028}' | '\u{2029}')
}

/// Returns the ranges of a narrative's paragraphs in its text, without surrounding blanks: bytes on
/// character borders, in order. Blank ones are left out.
pub fn paragraph_ranges(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut start = 0;
    for part in text.split(is_paragraph_end) {
        let end = start + part.len();
        let trimmed = part.trim();
        if !trimmed.is_empty() {
            let first = end - part.trim_start().len();
            found.push(first..first + trimmed.len());
        }
        start = end + text.get(end..).and_then(|rest| rest.chars().next()).map_or(0, char::len_utf8);
    }
    found
}
