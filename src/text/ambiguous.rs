//! Characters that some terminals draw one column wide and others two: “ ” ‘ ’ — … ① × · ─.
//!
//! Every width in the program comes from one table in which they are narrow. Where the terminal draws them
//! wide, texts are drawn with placeholders ([`to_placeholders`]) that the same table calls wide, and the
//! terminal backend writes the real character for each placeholder ([`from_placeholder`]). Where text is
//! broken into rows a [`WidthMode`] measures it; single lines are laid out as if all were narrow, and the
//! drawn frame gives each wide one a second column at the cost of the blanks behind it. The answer of the
//! terminal may come at any time.

use super::width::graphemes;
use std::borrow::Cow;
use unicode_width::UnicodeWidthChar;

/// Measures text as this terminal draws it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct WidthMode {
    /// Whether ambiguous characters take two columns.
    pub wide: bool,
    /// Whether lines may be drawn with `│─┼`: they are known to take one column, and the user wants them.
    pub box_lines: bool,
}

impl WidthMode {
    /// Returns the graphemes of a text, each with its byte offset and its width in columns.
    pub fn graphemes(self, text: &str) -> impl Iterator<Item = (usize, &str, usize)> {
        let mut at = 0;
        graphemes(text).map(move |(piece, columns)| {
            let byte = at;
            at += piece.len();
            let second = self.wide && piece.chars().next().is_some_and(has_placeholder);
            (byte, piece, columns + usize::from(second))
        })
    }

    /// Returns the text as it is to be drawn.
    pub fn with_placeholders(self, text: &str) -> Cow<'_, str> {
        if self.wide { to_placeholders(text) } else { Cow::Borrowed(text) }
    }
}

/// The placeholders lie in an unassigned part of plane 3, where every code point is two columns wide.
const OFFSET: u32 = 0x3_C000;
/// All ambiguous characters that matter lie below this code point.
const LIMIT: u32 = 0x4000;

/// Returns `true` if terminals disagree about the width of the character.
pub fn is_ambiguous(c: char) -> bool {
    !c.is_ascii() && c.width() == Some(1) && c.width_cjk() == Some(2)
}

/// Returns the text with placeholders of width 2 for its ambiguous characters, to be drawn where the terminal
/// draws those wide. Characters stay one to one, so an offset counted in characters stays right.
pub fn to_placeholders(text: &str) -> Cow<'_, str> {
    if !text.chars().any(has_placeholder) {
        return Cow::Borrowed(text);
    }
    Cow::Owned(text.chars().map(to_placeholder).collect())
}

fn has_placeholder(c: char) -> bool {
    u32::from(c) < LIMIT && is_ambiguous(c)
}

fn to_placeholder(c: char) -> char {
    if has_placeholder(c) { char::from_u32(OFFSET + u32::from(c)).unwrap_or(c) } else { c }
}

/// Returns the character that a placeholder stands for; `None` for every other character.
pub fn from_placeholder(c: char) -> Option<char> {
    u32::from(c).checked_sub(OFFSET).and_then(char::from_u32).filter(|c| has_placeholder(*c))
}

#[cfg(test)]
mod tests {
    use super::*;
    use unicode_width::UnicodeWidthStr;

    #[test]
    fn ambiguous_characters_of_a_report_are_recognized() {
        for c in "“”‘’—…①×÷·±°℃№→■□▲│─┌█√≥Ⅰ§".chars() {
            assert!(has_placeholder(c), "{c}");
        }
        for c in "a政〔（《％￥〇～，。１".chars() {
            assert!(!is_ambiguous(c), "{c}");
        }
    }

    #[test]
    fn every_placeholder_is_wide_and_maps_back() {
        for c in (0..LIMIT).filter_map(char::from_u32).filter(|c| is_ambiguous(*c)) {
            let other = to_placeholder(c);
            assert_eq!((other.width(), from_placeholder(other)), (Some(2), Some(c)), "{c}");
        }
        assert_eq!(from_placeholder('政'), None);
        assert_eq!(from_placeholder('\u{3ffff}'), None);
    }

    #[test]
    fn text_without_ambiguous_characters_is_borrowed() {
        assert!(matches!(to_placeholders("公开12"), Cow::Borrowed(_)));
        assert_eq!(to_placeholders("“公开”…").width(), 4 + 6);
    }
}
