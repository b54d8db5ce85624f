//! Characters that some terminals draw one column wide and others two: “ ” ‘ ’ — … ① × · ─.
//!
//! Every width in the program comes from one table in which they are narrow. Where the terminal draws them
//! wide, texts are drawn with stand-ins ([`to_stand_ins`]) that the same table calls wide, and the
//! terminal backend writes the real character for each stand-in ([`from_stand_in`]). Where text is
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
            let second = self.wide && piece.chars().next().is_some_and(has_stand_in);
            (byte, piece, columns + usize::from(second))
        })
    }

    /// Returns the text as it is to be drawn.
    pub fn with_stand_ins(self, text: &str) -> Cow<'_, str> {
        if self.wide { to_stand_ins(text) } else { Cow::Borrowed(text) }
    }
}

/// The stand-ins lie in an unassigned part of plane 3, where every code point is two columns wide.
const OFFSET: u32 = 0x3_C000;
/// All ambiguous characters that matter lie below this code point.
const LIMIT: u32 = 0x4000;

/// Returns `true` if terminals disagree about the width of the character.
pub fn is_ambiguous(c: char) -> bool {
    !c.is_ascii() && c.width() == Some(1) && c.width_cjk() == Some(2)
}

/// Returns the text with stand-ins of width 2 for its ambiguous characters, to be drawn where the terminal
/// draws those wide. Characters stay one to one, so an offset counted in characters stays right.
pub fn to_stand_ins(text: &str) -> Cow<'_, str> {
    if !text.chars().any(has_stand_in) {
        return Cow::Borrowed(text);
    }
    Cow::Owned(text.chars().map(to_stand_in).collect())
}

fn has_stand_in(c: char) -> bool {
    u32::from(c) < LIMIT && is_ambiguous(c)
}

fn to_stand_in(c: char) -> char {
    if has_stand_in(c) { char::from_u32(OFFSET + u32::from(c)).unwrap_or(c) } else { c }
}

/// Returns the character that a stand-in stands for; `None` for every other character.
pub fn from_stand_in(c: char) -> Option<char> {
    u32::from(c).checked_sub(OFFSET).and_then(char::from_u32).filter(|c| has_stand_in(*c))
}

#[cfg(test)]
mod tests {
    use super::*;
    use unicode_width::UnicodeWidthStr;

    #[test]
    fn ambiguous_characters_of_a_report_are_recognized() {
        for c in "“”‘’—…①×÷·±°℃№→■□▲│─┌█√≥Ⅰ§".chars() {
            assert!(has_stand_in(c), "{c}");
        }
        for c in "a政〔（《％￥〇～，。１".chars() {
            assert!(!is_ambiguous(c), "{c}");
        }
    }

    #[test]
    fn every_placeholder_is_wide_and_maps_back() {
        for c in (0..LIMIT).filter_map(char::from_u32).filter(|c| is_ambiguous(*c)) {
            let other = to_stand_in(c);
            assert_eq!((other.width(), from_stand_in(other)), (Some(2), Some(c)), "{c}");
        }
        assert_eq!(from_stand_in('政'), None);
        assert_eq!(from_stand_in('\u{3ffff}'), None);
    }

    #[test]
    fn text_without_ambiguous_characters_is_borrowed() {
        assert!(matches!(to_stand_ins("公开12"), Cow::Borrowed(_)));
        assert_eq!(to_stand_ins("“公开”…").width(), 4 + 6);
    }
}
