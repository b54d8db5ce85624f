//! Breaking Chinese text into lines by the rules of print (禁则): no line begins with a closing mark,
//! none ends with an opening one, and no number or Latin word is cut while it fits on a line.

use std::ops::Range;
use unicode_width::UnicodeWidthChar;

use super::super::plain;

/// Marks that may not begin a line.
const CLOSING: &str = "。，、；：？！）》〉」』】〕”’…—％‰℃·,.;:?!)]}%～";
/// Marks that may not end a line.
const OPENING: &str = "（《〈「『【〔“‘([{";

/// A line of a wrapped text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wrapped {
    /// Its words as shown, without the blanks at its ends.
    pub text: String,
    /// The bytes of the text that it shows.
    pub bytes: Range<usize>,
}

/// One character as shown.
#[derive(Clone, Copy)]
struct Shown {
    c: char,
    width: usize,
    start: usize,
    end: usize,
}

/// Breaks a text into lines of at most `room` columns (2 at least); the first is `indent` columns
/// shorter. An empty text gives no line. Only a run of marks longer than a line breaks the rules.
pub fn wrap(text: &str, room: usize, indent: usize) -> Vec<Wrapped> {
    let room = room.max(2);
    let shown: Vec<Shown> = text
        .char_indices()
        .filter_map(|(at, raw)| {
            // Without the mark that makes some symbols wide, every width here is a character's own.
            let c = plain::shown(raw).filter(|c| *c != '\u{fe0f}')?;
            Some(Shown { c, width: c.width().unwrap_or(0), start: at, end: at + raw.len_utf8() })
        })
        .collect();
    let mut lines = Vec::new();
    let mut first = 0;
    while first < shown.len() {
        let space = if lines.is_empty() { room.saturating_sub(indent).max(2) } else { room };
        let end = line_end(&shown, first, space);
        let line = shown.get(first..end).unwrap_or_default();
        let words: String = line.iter().map(|it| it.c).collect();
        let blank = |it: &&Shown| it.c.is_whitespace();
        if let (Some(from), Some(to)) =
            (line.iter().find(|it| !blank(it)), line.iter().rev().find(|it| !blank(it)))
        {
            lines.push(Wrapped { text: words.trim().into(), bytes: from.start..to.end });
        }
        first = end;
    }
    lines
}

/// Where the line that begins at `first` ends: the last place where it may break and still fits.
fn line_end(shown: &[Shown], first: usize, space: usize) -> usize {
    let mut width = 0;
    let mut full = first;
    while let Some(it) = shown.get(full) {
        // Blanks at the end of a line take no room.
        if width + it.width > space && !it.c.is_whitespace() {
            break;
        }
        width += it.width;
        full += 1;
    }
    if full >= shown.len() {
        return shown.len();
    }
    let full = full.max(first + 1);
    (first + 1..=full).rev().find(|at| may_break(shown, *at)).unwrap_or_else(|| {
        // Nothing fits the rules: keep at least what belongs to one glyph together.
        (first + 1..=full).rev().find(|at| shown.get(*at).is_none_or(|it| it.width > 0)).unwrap_or(full)
    })
}

/// Whether a line may end before the character at `at`.
fn may_break(shown: &[Shown], at: usize) -> bool {
    let (Some(before), Some(after)) = (at.checked_sub(1).and_then(|at| shown.get(at)), shown.get(at)) else {
        return true;
    };
    let word =
        |it: &Shown| it.c.is_ascii_alphanumeric() || matches!(it.c, '.' | ',' | '-' | '/' | '%' | '_' | '@');
    let cut = word(before) && word(after);
    // —— and …… are one mark each.
    let pair = before.c == after.c && matches!(after.c, '—' | '…');
    !cut && !pair && after.width > 0 && !CLOSING.contains(after.c) && !OPENING.contains(before.c)
}
