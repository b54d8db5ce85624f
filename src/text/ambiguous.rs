//! Characters that some terminals draw one column wide and others two: “ ” ‘ ’ — … ① × · ─.
//!
//! Every width in the program comes from one table in which they are narrow. Where the terminal
//! draws them wide, texts are drawn with [`to_placeholders`] stand-ins that the same table calls wide, and
//! the terminal backend writes the real character for each stand-in ([`from_placeholder`]). Where text is broken
//! into rows a [`WidthMode`] measures it; single lines are laid out as if all were narrow, and the drawn
//! frame gives each wide one a second column at the cost of the blanks behind it. The answer of the
//! terminal may come at any time.

use super::width::graphemes;
use std::borrow::Cow;
use unicode_width::UnicodeWidthChar;

/// Measures text as this terminal draws it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct WidthMode {
    /// Whether ambiguous characters take two columns.
    pub wide: bool,
    /// Whether lines may be drawn with `│─┼`: they are known to take one column, and are wanted.
    pub box_lines: bool,
}

impl WidthMode {
    /// The characters of a text that are seen, each with its first byte and its columns.
    pub fn graphemes(self, text: &str) -> impl Iterator<Item = (usize, &str, usize)> {
        let mut at = 0;
        graphemes(text).map(move |(piece, columns)| {
            let byte = at;
            at += piece.len();
            let second = self.wide && piece.chars().next().is_some_and(has_placeholder);
            (byte, piece, columns + usize::from(second))
        })
    }

    /// The text as it is to be drawn.
    pub fn with_placeholders(self, text: &str) -> Cow<'_, str> {
        if self.wide { to_placeholders(text) } else { Cow::Borrowed(text) }
    }
}

/// Stand-ins are in a part of plane 3 that no character has been given, and whose every point has
/// the width 2.
const OFFSET: u32 = 0x3_C000;
/// The ambiguous characters that matter lie below this point.
const LIMIT: u32 = 0x4000;

/// Whether terminals disagree about the width of the character.
pub fn is_ambiguous(c: char) -> bool {
    !c.is_ascii() && c.width() == Some(1) && c.width_cjk() == Some(2)
}

/// The text with stand-ins of width 2 for its ambiguous characters, to be drawn where the terminal
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

/// The character that a stand-in means; `None` for every other character.
pub fn from_placeholder(c: char) -> Option<char> {
    u32::from(c).checked_sub(OFFSET).and_then(char::from_u32).filter(|c| has_placeholder(*c))
}

#[cfg(test)]
mod tests {
    use super::*;
    use unicode_width::UnicodeWidthStr;

    #[test]
    fn the_ambiguous_characters_of_a_report_are_known() {
        for c in "“”‘’—…①×÷·±°℃№→■□▲│─┌█√≥Ⅰ§".chars() {
            assert!(has_placeholder(c), "{c}");
        }
        for c in "a政〔（《％￥〇～，。１".chars() {
            assert!(!is_ambiguous(c), "{c}");
        }
    }

    #[test]
    fn every_stand_in_is_wide_and_gives_its_character_back() {
        for c in (0..LIMIT).filter_map(char::from_u32).filter(|c| is_ambiguous(*c)) {
            let other = to_placeholder(c);
            assert_eq!((other.width(), from_placeholder(other)), (Some(2), Some(c)), "{c}");
        }
        assert_eq!(from_placeholder('政'), None);
        assert_eq!(from_placeholder('\u{3ffff}'), None);
    }

    #[test]
    fn a_text_without_them_is_not_copied() {
        assert!(matches!(to_placeholders("公开12"), Cow::Borrowed(_)));
        assert_eq!(to_placeholders("“公开”…").width(), 4 + 6);
    }
}
