//! A text as the characters that are seen (graphemes), each with the columns it takes.
//!
//! Nearly all that stands in a report are characters that join with no neighbour: Chinese ones,
//! digits, punctuation. Those are told apart by their ranges; the rest is asked of Unicode's tables,
//! which cost more than everything else in drawing a line.

use unicode_segmentation::UnicodeSegmentation;
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

use super::invisible::has_hidden;

/// The characters of a text that are seen, in their order, each with its columns.
pub fn graphemes(text: &str) -> impl Iterator<Item = (&str, usize)> {
    let mut rest = text;
    // What is known of the first character of the rest, where its neighbour has asked for it.
    let mut ahead = None;
    std::iter::from_fn(move || {
        let first = rest.chars().next()?;
        let known = ahead.take().unwrap_or_else(|| known_width(first));
        let (piece, behind) = rest.split_at(first.len_utf8());
        let next = behind.chars().next().map(known_width);
        if let Some(columns) = known
            && next.is_none_or(|next| next.is_some())
        {
            (rest, ahead) = (behind, next);
            return Some((piece, columns));
        }
        let length = rest.graphemes(true).next().map_or(rest.len(), str::len);
        let (piece, behind) = rest.split_at(length);
        rest = behind;
        Some((piece, grapheme_width(piece)))
    })
}

/// The columns that a grapheme takes on the screen; one that hides something is shown as a mark of one.
fn grapheme_width(piece: &str) -> usize {
    // Half-width sound marks join the character before them, and are drawn in a column of their own.
    let marks = || piece.chars().filter(|c| matches!(c, '\u{ff9e}' | '\u{ff9f}')).count();
    if has_hidden(piece) { 1 } else { piece.width() + marks() }
}

/// The columns that a text takes.
pub fn display_width(text: &str) -> usize {
    graphemes(text).map(|(_, columns)| columns).sum()
}

/// The columns that a character takes by itself; none for one that is drawn over its neighbour.
pub fn char_width(c: char) -> usize {
    c.width().unwrap_or(0)
}

/// The columns of a character that is sure to be seen by itself between others of its kind; none
/// where the tables have to be asked.
fn known_width(c: char) -> Option<usize> {
    match c {
        ' '..='~' | '·' | '×' | '÷' | '\u{2010}'..='\u{2027}' => Some(1),
        '\u{3000}'..='\u{3029}' | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' => Some(2),
        '\u{ff01}'..='\u{ff60}' => Some(2),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn by_the_tables(text: &str) -> Vec<(&str, usize)> {
        text.graphemes(true).map(|piece| (piece, grapheme_width(piece))).collect()
    }

    #[test]
    fn what_is_taken_for_alone_is_so_by_the_tables() {
        for c in ('\0'..='\u{ffff}').filter(|c| known_width(*c).is_some()) {
            for text in [format!("{c}"), format!("{c}申"), format!("a{c}"), format!("{c}{c}")] {
                assert_eq!(graphemes(&text).collect::<Vec<_>>(), by_the_tables(&text), "{c:?}");
            }
        }
    }

    proptest! {
        #[test]
        fn pieces_are_the_graphemes_of_unicode(
            text in "(.|[依法公开0-9，。（）“”—…]|[\u{301}\u{200d}\u{fe0f}\u{600}\u{1f468}\u{302a}\u{ff9e}]){0,30}"
        ) {
            prop_assert_eq!(graphemes(&text).collect::<Vec<_>>(), by_the_tables(&text));
        }
    }
}
