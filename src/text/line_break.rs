//! Where a paragraph breaks into lines, on the screen and in print.
//!
//! Lines break where Unicode's line breaking (UAX #14) allows it, so that no line starts with `，` or
//! `）` or ends with `（`, and no number or Latin word is cut while it fits. Where Unicode leaves a mark's
//! use open, Chinese typesetting decides: a line may break before “ and after ”, and none starts with
//! `—`, `…`, `·` or `℃`. Anything longer than a line is cut between characters.

use std::borrow::Cow;
use std::ops::Range;
use unicode_linebreak::linebreaks;

use super::ambiguous::WidthMode;

/// Marks that must not start a line in Chinese print, although Unicode allows it.
const NEVER_FIRST: &str = "—…·～‰℃";

/// Returns the visual rows of one paragraph, as byte ranges that cover it; an empty paragraph has one
/// empty row. `width`, in columns, must be at least 2, the width of the widest character.
pub fn wrap(text: &str, width: usize, ruler: WidthMode) -> Vec<Range<usize>> {
    wrap_indented(text, width, 0, ruler)
}

/// Returns the same rows where the first is `indent` columns shorter, but never narrower than 2.
pub fn wrap_indented(text: &str, width: usize, indent: usize, ruler: WidthMode) -> Vec<Range<usize>> {
    let width = width.max(2);
    wrap_ranges(text, width.saturating_sub(indent).max(2), width, ruler, false)
}

/// Returns the printed lines of one paragraph, as byte ranges that cover it. The first line is `indent`
/// columns shorter; blanks at the end of a line do not count.
pub fn wrap_printed(text: &str, width: usize, indent: usize) -> Vec<Range<usize>> {
    let width = width.max(2);
    wrap_ranges(text, width.saturating_sub(indent).max(2), width, WidthMode::default(), true)
}

/// Breaks a paragraph into a row of `first` columns and rows of `width`. With `hang`, blanks at the end
/// of a row may stand outside it.
fn wrap_ranges(text: &str, first: usize, width: usize, ruler: WidthMode, hang: bool) -> Vec<Range<usize>> {
    // Most labels fit as they are: no character takes more than two columns.
    if 2 * text.chars().count() <= first {
        return std::iter::once(0..text.len()).collect();
    }
    let marks = with_clear_marks(text);
    let opens_none = |at: usize| text.get(at..).is_some_and(|rest| rest.starts_with(is_never_first));
    let mut breaks = linebreaks(&marks).map(|(at, _)| at).filter(|at| !opens_none(*at)).peekable();
    let mut rows = Vec::new();
    let (mut start, mut used, mut width_here) = (0, 0, first);
    // The last allowed break in this row, and the columns used up to it.
    let mut good: Option<(usize, usize)> = None;
    for (at, piece, columns) in ruler.graphemes(text) {
        while breaks.peek().is_some_and(|&offset| offset <= at) {
            if breaks.next() == Some(at) && at > start {
                good = Some((at, used));
            }
        }
        let hangs = hang && piece.trim().is_empty();
        while used + columns > width_here && at > start && !hangs {
            let (end, kept) = good.take().unwrap_or((at, used));
            rows.push(start..end);
            (start, width_here) = (end, width);
            used -= kept;
        }
        used += columns;
    }
    rows.push(start..text.len());
    rows
}

fn is_never_first(c: char) -> bool {
    NEVER_FIRST.contains(c)
}

/// Returns the text with brackets in place of Chinese quotation marks, which Unicode allows neither at
/// the start nor at the end of a line, since other languages use them both ways; and with `/` in place of
/// `\`, so that paths break in the same places on every system. Byte offsets stay the same.
fn with_clear_marks(text: &str) -> Cow<'_, str> {
    if !text.contains(['“', '”', '‘', '’', '\\']) {
        return Cow::Borrowed(text);
    }
    let mut before = '\n';
    let mut rest = text.chars().peekable();
    let mut out = String::with_capacity(text.len());
    while let Some(c) = rest.next() {
        let apostrophe =
            before.is_ascii_alphanumeric() && rest.peek().is_some_and(char::is_ascii_alphanumeric);
        out.push(match c {
            '“' | '‘' => '「',
            '”' => '」',
            '’' if !apostrophe => '」',
            '\\' => '/',
            c => c,
        });
        before = c;
    }
    Cow::Owned(out)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use unicode_width::UnicodeWidthStr;

    fn wrapped(text: &str, width: usize) -> Vec<&str> {
        wrap(text, width, WidthMode::default()).into_iter().map(|range| &text[range]).collect()
    }

    #[test]
    fn punctuation_starts_no_line_and_an_open_bracket_ends_none() {
        assert_eq!(wrapped("依法公开，接受监督。", 8), ["依法公", "开，接受", "监督。"]);
        assert_eq!(wrapped("根据条例（以下简称）", 10), ["根据条例", "（以下简", "称）"]);
    }

    #[test]
    fn quotation_marks_stay_with_the_quoted_text() {
        assert_eq!(wrapped("公开信息“三公”经费", 10), ["公开信息", "“三公”经费"]);
        assert_eq!(wrapped("公开“最多跑一次”改革", 10), ["公开“最多", "跑一次”改", "革"]);
        assert_eq!(wrapped("政府‘一网’", 8), ["政府‘一", "网’"]);
        assert_eq!(wrapped("it don’t", 6), ["it ", "don’t"]);
    }

    #[test]
    fn paths_break_in_the_same_places_on_every_system() {
        let path = "存到“~/年报/2025/各单位/退回意见”。";
        for width in 4..30 {
            let rows = |text: &str| wrap(text, width, WidthMode::default());
            assert_eq!(rows(path), rows(&path.replace('/', "\\")), "{width}");
        }
        assert_eq!(wrapped(r"D:\年报\各单位", 9), [r"D:\年报\", "各单位"]);
    }

    #[test]
    fn no_joining_mark_starts_a_line() {
        assert_eq!(wrapped("公开信息——目录", 8), ["公开信", "息——目录"]);
        assert_eq!(wrapped("艾力·买买提", 4), ["艾", "力·", "买买", "提"]);
        assert_eq!(wrapped("公开信息……目录", 8), ["公开信", "息……目录"]);
    }

    #[test]
    fn printed_lines_are_indented_once_and_let_blanks_hang() {
        fn lines(text: &str, width: usize, indent: usize) -> Vec<&str> {
            wrap_printed(text, width, indent).into_iter().map(|range| &text[range]).collect()
        }
        assert_eq!(lines("公开信息目录", 8, 4), ["公开", "信息目录"]);
        assert_eq!(lines("公开信息　目录", 8, 0), ["公开信息　", "目录"]);
        assert_eq!(wrap("公开信息　目录", 8, WidthMode::default()).len(), 2);
    }

    #[test]
    fn numbers_and_latin_words_stay_whole_if_they_fit() {
        assert_eq!(wrapped("全年共收到12345件", 12), ["全年共收到", "12345件"]);
        assert_eq!(wrapped("abcdefghij", 4), ["abcd", "efgh", "ij"]);
    }

    #[test]
    fn a_bracket_that_moves_down_leaves_no_row_too_wide() {
        assert!(wrapped("法—a依）", 3).iter().all(|row| row.width() <= 3));
    }

    #[test]
    fn an_empty_paragraph_has_one_row() {
        assert_eq!(wrapped("", 10), [""]);
    }

    proptest! {
        #[test]
        fn rows_cover_the_text_and_fit_the_width(text in "[a-z0-9 依法公开，。（）“”—…\u{301}]{0,200}", width in 2usize..60) {
            let rows = wrap(&text, width, WidthMode::default());
            prop_assert_eq!(rows.iter().map(|r| &text[r.clone()]).collect::<String>(), text.clone());
            for row in &rows {
                prop_assert!(text[row.clone()].width() <= width, "{:?}", &text[row.clone()]);
            }
        }
    }
}
