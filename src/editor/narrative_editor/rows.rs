//! A narrative as it is seen: rows with the first-line indent and the gaps between paragraphs.
//!
//! Indent, gaps and the column for marks are no part of the text: caret, selection and clicks know only
//! its bytes.

use foldhash::fast::RandomState;
use std::collections::HashMap;
use std::ops::Range;
use std::sync::Arc;
use unicode_segmentation::UnicodeSegmentation;

use super::{Motion, NarrativeEditor};
use crate::editor::list_cursor::scrolled;
use crate::text::ambiguous::WidthMode;
use crate::text::line_break;

/// The columns at the left of each row, for the mark of what is wrong in it.
const MARK_COLUMNS: usize = 2;
/// The indent of a paragraph's first row, in columns: two characters, as it is printed.
const FIRST_LINE_INDENT: usize = 4;

/// One row as it is seen: which paragraph, and which bytes of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VisualRow {
    /// The paragraph's number.
    pub paragraph: usize,
    /// The bytes of the paragraph.
    pub bytes: Range<usize>,
    /// The first byte in the whole text.
    pub offset: usize,
    /// The columns left free before the text.
    pub indent: usize,
    /// The number of its line on the screen, gaps counted.
    pub line: usize,
}

/// Rows, and what they were wrapped for: a caret moves many times over rows that stay, and typing
/// changes one paragraph.
#[derive(Clone, Debug)]
pub(super) struct WrapCache {
    key: WrapKey,
    /// The rows of the whole text; none since it was changed.
    rows: Option<Arc<[VisualRow]>>,
    /// The rows of each paragraph by its text.
    paragraphs: ParagraphRows,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct WrapKey {
    width: usize,
    width_mode: WidthMode,
    gaps: bool,
}

/// The rows of paragraphs by their texts.
type ParagraphRows = HashMap<String, Vec<Range<usize>>, RandomState>;

impl WrapCache {
    /// Forgets the rows of the whole text, since it was changed.
    pub fn forget_rows(&mut self) {
        self.rows = None;
    }
}

/// Returns the number of the row that stands on a line of the text, or over it where the line is a gap or
/// below the text.
fn row_at_line(rows: &[VisualRow], line: usize) -> usize {
    rows.partition_point(|row| row.line <= line).saturating_sub(1)
}

/// Returns the indent of a paragraph's first row. Blanks that its text begins with are not printed beside
/// the indent, so they are part of it.
fn first_indent(line: &str, ruler: WidthMode) -> usize {
    let blanks = &line[..line.len() - line.trim_start().len()];
    let typed: usize = ruler.graphemes(blanks).map(|(.., columns)| columns).sum();
    FIRST_LINE_INDENT.saturating_sub(typed)
}

impl NarrativeEditor {
    /// Returns the text as it is seen in this width; one column is kept free for the caret.
    pub fn rows(&self, width: usize) -> Arc<[VisualRow]> {
        self.cached_rows(width).unwrap_or_else(|| self.compute_rows(width, HashMap::default()).0)
    }

    fn wrap_key(&self, width: usize) -> WrapKey {
        WrapKey { width, width_mode: self.width_mode, gaps: self.gaps }
    }

    /// Returns the rows as they were kept, where they still hold.
    fn cached_rows(&self, width: usize) -> Option<Arc<[VisualRow]>> {
        self.wrap_cache.as_ref().filter(|wrapped| wrapped.key == self.wrap_key(width))?.rows.clone()
    }

    /// Returns the same rows, kept for the next time.
    fn ensure_rows(&mut self, width: usize) -> Arc<[VisualRow]> {
        self.cached_rows(width).unwrap_or_else(|| {
            let key = self.wrap_key(width);
            let known = self.wrap_cache.take().filter(|wrapped| wrapped.key == key);
            let known = known.map_or_else(HashMap::default, |wrapped| wrapped.paragraphs);
            let (rows, paragraphs) = self.compute_rows(width, known);
            self.wrap_cache = Some(WrapCache { key, rows: Some(rows.clone()), paragraphs });
            rows
        })
    }

    /// Returns the rows of the text and of each paragraph; a paragraph whose rows are known is not wrapped
    /// again.
    fn compute_rows(&self, width: usize, mut known: ParagraphRows) -> (Arc<[VisualRow]>, ParagraphRows) {
        let (mut offset, mut all, mut paragraphs) = (0, Vec::new(), HashMap::default());
        let available = width.saturating_sub(MARK_COLUMNS + 1);
        for (paragraph, line) in self.paragraphs().iter().enumerate() {
            let first = first_indent(line, self.width_mode);
            let (text, rows) = known.remove_entry(line).unwrap_or_else(|| {
                (line.clone(), line_break::wrap_indented(line, available, first, self.width_mode))
            });
            let gaps = if self.gaps { paragraph } else { 0 };
            for bytes in &rows {
                let indent = MARK_COLUMNS + if bytes.start == 0 { first } else { 0 };
                let (offset, line) = (offset + bytes.start, all.len() + gaps);
                all.push(VisualRow { paragraph, bytes: bytes.clone(), offset, indent, line });
            }
            offset += line.len() + 1;
            paragraphs.insert(text, rows);
        }
        (all.into(), paragraphs)
    }

    pub(super) fn move_by_rows(&mut self, motion: Motion, goal: Option<usize>, width: usize) {
        let rows = self.ensure_rows(width);
        let (at, column) = self.caret_position(&rows);
        let Motion::Rows(step) = motion else {
            let row = &rows[at];
            let last = self.row_end(&rows, at);
            return self.set_caret(if motion == Motion::RowStart { row.offset } else { last });
        };
        let goal = goal.unwrap_or(column);
        self.goal = Some(goal);
        let target = match step {
            -1 | 1 => at.saturating_add_signed(step).min(rows.len() - 1),
            _ => row_at_line(&rows, rows[at].line.saturating_add_signed(step)),
        };
        if target == at {
            // Nothing further up or down: the start or the end of the text, as other editors do.
            return self.set_caret(if step < 0 { 0 } else { usize::MAX });
        }
        let byte = self.byte_at(&rows, target, goal);
        self.set_caret(byte);
    }

    /// Returns the text of a row.
    pub fn row_text(&self, row: &VisualRow) -> &str {
        &self.paragraphs()[row.paragraph][row.bytes.clone()]
    }

    /// Returns the byte under a column of a visual row.
    pub fn byte_at(&self, rows: &[VisualRow], row: usize, column: usize) -> usize {
        let Some(place) = rows.get(row) else { return usize::MAX };
        let mut used = place.indent;
        for (at, _, columns) in self.width_mode.graphemes(self.row_text(place)) {
            used += columns;
            if used > column {
                return place.offset + at;
            }
        }
        self.row_end(rows, row)
    }

    /// Returns the byte under a column of a line of the text; its end below the last line.
    pub fn byte_at_line(&self, rows: &[VisualRow], line: usize, column: usize) -> usize {
        if rows.last().is_none_or(|last| last.line < line) {
            return usize::MAX;
        }
        self.byte_at(rows, row_at_line(rows, line), column)
    }

    /// Returns the last place of the caret in a visual row: its end, or where the paragraph goes on in the
    /// next row, before its last character.
    fn row_end(&self, rows: &[VisualRow], row: usize) -> usize {
        let place = &rows[row];
        let goes_on = rows.get(row + 1).is_some_and(|next| next.paragraph == place.paragraph);
        let last = self.row_text(place).graphemes(true).next_back().map_or(0, str::len);
        place.offset + place.bytes.len() - if goes_on { last } else { 0 }
    }

    /// Returns the visual row of the caret and its column, the indent counted.
    pub fn caret_position(&self, rows: &[VisualRow]) -> (usize, usize) {
        let caret = self.caret();
        let at = rows.iter().rposition(|row| row.offset <= caret).unwrap_or(0);
        let Some(row) = rows.get(at) else { return (at, 0) };
        let line = &self.paragraphs()[row.paragraph];
        let end = (row.bytes.start + caret - row.offset).min(line.len());
        let before = self.width_mode.graphemes(&line[row.bytes.start..end]);
        (at, row.indent + before.map(|(.., columns)| columns).sum::<usize>())
    }

    /// Scrolls so that the caret is seen.
    pub fn scroll_to_caret(&mut self, width: usize, height: usize) {
        let rows = self.ensure_rows(width);
        let (at, _) = self.caret_position(&rows);
        self.top = scrolled(self.top, rows.get(at).map_or(0, |row| row.line), height);
    }
}
