//! The graphemes of a text and their widths in columns.
//!
//! Nearly all characters of a report never combine with a neighbour: Chinese characters, digits,
//! punctuation, drawn lines. Those are recognized by their ranges; only the rest is looked up in Unicode's tables, which
//! would cost more than everything else in drawing a line.

use unicode_segmentation::UnicodeSegmentation;
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

use super::invisible::has_hidden;

/// Returns the graphemes of a text in order, each with its width in columns.
pub fn graphemes(text: &str) -> impl Iterator<Item = (&str, usize)> {
    let mut rest = text;
    // The known width of the first character of the rest, if its neighbour needed it.
    let mut ahead = None;
    std::iter::from_fn(move || {
        if let &[b' '..=b'~', ref behind @ ..] = rest.as_bytes()
            && matches!(behind, [] | [b' '..=b'~', ..])
        {
            let (piece, behind) = rest.split_at(1);
            (rest, ahead) = (behind, None);
            return Some((piece, 1));
        }
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

/// Returns the width of a grapheme on the screen, in columns. One with something invisible is shown as a
/// mark of one.
fn grapheme_width(piece: &str) -> usize {
    // Half-width sound marks belong to the grapheme before them but take a column of their own.
    let marks = || piece.chars().filter(|c| matches!(c, '\u{ff9e}' | '\u{ff9f}')).count();
    if has_hidden(piece) { 1 } else { piece.width() + marks() }
}

/// Returns the width of a text, in columns.
pub fn display_width(text: &str) -> usize {
    if is_plain(text) {
        return text.len();
    }
    let known: Option<usize> = text.chars().map(known_width).sum();
    known.unwrap_or_else(|| graphemes(text).map(|(_, columns)| columns).sum())
}

/// Returns `true` if a text is of printable ASCII alone, as numbers are: a byte is a column then, and all of
/// it is seen.
pub fn is_plain(text: &str) -> bool {
    text.bytes().all(|byte| matches!(byte, b' '..=b'~'))
}

/// Returns the width of a character by itself, in columns; 0 if it is drawn over its neighbour.
pub fn char_width(c: char) -> usize {
    c.width().unwrap_or(0)
}

/// Returns the width of a character that is certainly a grapheme of its own between others of its kind,
/// in columns; `None` if Unicode's tables are needed.
fn known_width(c: char) -> Option<usize> {
    match c {
        ' '..='~' | '·' | '×' | '÷' | '\u{2010}'..='\u{2027}' => Some(1),
        // What lines and bars are drawn with.
        '\u{2500}'..='\u{259f}' => Some(1),
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
    fn known_widths_agree_with_the_tables() {
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
