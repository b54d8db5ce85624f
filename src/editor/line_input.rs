//! One line of text with a caret: a cell being typed, a field of a window.

use unicode_segmentation::UnicodeSegmentation;

use crate::text::ambiguous::WidthMode;
use crate::text::invisible::strip_line;

/// A line being typed. The caret is a byte place on a character border.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LineInput {
    text: String,
    caret: usize,
}

impl LineInput {
    /// A line with the caret at its end.
    pub fn new(text: &str) -> Self {
        LineInput { text: text.into(), caret: text.len() }
    }

    /// What stands in it.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// What stands before the caret.
    pub fn before(&self) -> &str {
        &self.text[..self.caret]
    }

    /// What stands after the caret.
    pub fn after(&self) -> &str {
        &self.text[self.caret..]
    }

    /// Returns what of the line is seen in so many columns: the text before and the text after the caret,
    /// around which it scrolls. A line that fits is returned whole.
    pub fn visible_parts(&self, columns: usize, ruler: WidthMode) -> (&str, &str) {
        let (before, after) = (self.before(), self.after());
        let pieces: Vec<(usize, &str, usize)> = ruler.graphemes(before).collect();
        let next = ruler.graphemes(after).next().map_or(0, |(_, _, wide)| wide);
        let (mut start, mut used) = (before.len(), 0);
        for &(at, _, wide) in pieces.iter().rev() {
            if used + wide + next > columns {
                break;
            }
            (start, used) = (at, used + wide);
        }
        let mut end = 0;
        for (at, piece, wide) in ruler.graphemes(after) {
            if used + wide > columns {
                break;
            }
            (end, used) = (at + piece.len(), used + wide);
        }
        (&before[start..], &after[..end])
    }

    /// Puts the caret under a column of what [`visible_parts`](Self::visible_parts) shows in so many columns.
    pub fn move_to_column(&mut self, column: usize, columns: usize, ruler: WidthMode) {
        let (before, after) = self.visible_parts(columns, ruler);
        let (start, end) = (self.caret - before.len(), self.caret + after.len());
        let mut used = 0;
        let under = ruler.graphemes(&self.text[start..end]).find_map(|(at, _, wide)| {
            used += wide;
            (used > column).then_some(start + at)
        });
        self.caret = under.unwrap_or(end);
    }

    /// Puts text in at the caret.
    pub fn insert(&mut self, text: &str) {
        let text = strip_line(text);
        self.text.insert_str(self.caret, &text);
        self.caret += text.len();
    }

    /// Moves by one character; negative is left.
    pub fn move_by(&mut self, right: bool) {
        self.caret = if right { self.caret + self.next_len() } else { self.caret - self.previous_len() };
    }

    /// Moves to the start or the end.
    pub fn move_to_end(&mut self, end: bool) {
        self.caret = if end { self.text.len() } else { 0 };
    }

    /// Deletes the character before the caret.
    pub fn erase_left(&mut self) {
        let from = self.caret - self.previous_len();
        self.text.replace_range(from..self.caret, "");
        self.caret = from;
    }

    /// Deletes the character after the caret.
    pub fn erase_right(&mut self) {
        let to = self.caret + self.next_len();
        self.text.replace_range(self.caret..to, "");
    }

    fn previous_len(&self) -> usize {
        self.before().graphemes(true).next_back().map_or(0, str::len)
    }

    fn next_len(&self) -> usize {
        self.after().graphemes(true).next().map_or(0, str::len)
    }
}
