//! Where a paragraph wraps at the window's edge.
//!
//! Lines break where Unicode's line breaking (UAX #14) allows it, so that no `，` or `）` opens a
//! line and no `（` ends one; a piece longer than the line is cut between characters.

use std::ops::Range;
use unicode_linebreak::linebreaks;

use super::ambiguous::Ruler;

/// The visual rows of one paragraph, as byte ranges that cover it; an empty one has one empty row.
pub fn rows(text: &str, width: usize, ruler: Ruler) -> Vec<Range<usize>> {
    let width = width.max(2);
    // Most labels fit without a look at where they break: no character takes more than two columns.
    if 2 * text.chars().count() <= width {
        return std::iter::once(0..text.len()).collect();
    }
    let mut breaks = linebreaks(text).map(|(at, _)| at).peekable();
    let mut rows = Vec::new();
    let (mut start, mut used) = (0, 0);
    // The last place in this row where it may break, and the columns used up to there.
    let mut good: Option<(usize, usize)> = None;
    for (at, _, columns) in ruler.pieces(text) {
        while breaks.peek().is_some_and(|&place| place <= at) {
            if breaks.next() == Some(at) && at > start {
                good = Some((at, used));
            }
        }
        while used + columns > width && at > start {
            let (end, kept) = good.take().unwrap_or((at, used));
            rows.push(start..end);
            start = end;
            used -= kept;
        }
        used += columns;
    }
    rows.push(start..text.len());
    rows
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use unicode_width::UnicodeWidthStr;

    fn wrapped(text: &str, width: usize) -> Vec<&str> {
        rows(text, width, Ruler::default()).into_iter().map(|range| &text[range]).collect()
    }

    #[test]
    fn no_punctuation_opens_a_line_and_no_bracket_ends_one() {
        assert_eq!(wrapped("依法公开，接受监督。", 8), ["依法公", "开，接受", "监督。"]);
        assert_eq!(wrapped("根据条例（以下简称）", 10), ["根据条例", "（以下简", "称）"]);
    }

    #[test]
    fn numbers_and_words_stay_whole_where_they_fit() {
        assert_eq!(wrapped("全年共收到12345件", 12), ["全年共收到", "12345件"]);
        assert_eq!(wrapped("abcdefghij", 4), ["abcd", "efgh", "ij"]);
    }

    #[test]
    fn a_bracket_that_moves_down_with_its_word_leaves_no_row_too_wide() {
        assert!(wrapped("法—a依）", 3).iter().all(|row| row.width() <= 3));
    }

    #[test]
    fn an_empty_paragraph_has_one_row() {
        assert_eq!(wrapped("", 10), [""]);
    }

    proptest! {
        #[test]
        fn rows_cover_the_text_and_fit_the_width(text in "[a-z0-9 依法公开，。（）“”—…\u{301}]{0,200}", width in 2usize..60) {
            let rows = rows(&text, width, Ruler::default());
            prop_assert_eq!(rows.iter().map(|r| &text[r.clone()]).collect::<String>(), text.clone());
            for row in &rows {
                prop_assert!(text[row.clone()].width() <= width, "{:?}", &text[row.clone()]);
            }
        }
    }
}
