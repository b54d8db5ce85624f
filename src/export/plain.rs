//! What may stand in a document: characters that no document can hold are replaced, visibly.
//!
//! Drafts come from files and pastes of any origin. A control character would make a Word file
//! unreadable, reach a terminal, or break a row of a table in two.

use std::ops::Range;

/// The character as documents show it. Control characters become their visible pictures (`␛`);
/// marks that turn the direction of writing and code points that are no characters become `�`;
/// marks that nobody can see are left out.
pub fn shown(c: char) -> Option<char> {
    match c {
        '\t' | '\n' | '\r' | '\u{0b}' | '\u{0c}' | '\u{85}' | '\u{2028}' | '\u{2029}' => Some(' '),
        '\0'..='\u{1f}' => char::from_u32(0x2400 + c as u32),
        '\u{7f}' => Some('␡'),
        '\u{200b}' | '\u{2060}' | '\u{feff}' | '\u{ad}' => None,
        '\u{80}'..='\u{9f}'
        | '\u{200e}'
        | '\u{200f}'
        | '\u{202a}'..='\u{202e}'
        | '\u{2066}'..='\u{2069}'
        | '\u{fff0}'..='\u{fff8}' => Some('\u{fffd}'),
        _ if c as u32 & 0xfffe == 0xfffe => Some('\u{fffd}'),
        _ => Some(c),
    }
}

/// A text on one line, without the blanks around it.
pub fn line(text: &str) -> String {
    text.chars().filter_map(shown).collect::<String>().trim().into()
}

/// Whether a character ends a paragraph.
fn ends(c: char) -> bool {
    matches!(c, '\n' | '\r' | '\u{0b}' | '\u{0c}' | '\u{85}' | '\u{2028}' | '\u{2029}')
}

/// Where the paragraphs of a narrative stand in its text, without the blanks around them: bytes on
/// character borders, in order. Blank ones are left out.
pub fn paragraphs(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut start = 0;
    for part in text.split(ends) {
        let end = start + part.len();
        let words = part.trim();
        if !words.is_empty() {
            let first = end - part.trim_start().len();
            found.push(first..first + words.len());
        }
        start = end + text.get(end..).and_then(|rest| rest.chars().next()).map_or(0, char::len_utf8);
    }
    found
}
