//! A narrative being edited. The text-area crate keeps text, caret and selection, and is named in
//! this file only; what is seen of it are the rows of [`rows`], wrapped so that no punctuation opens a line.

mod rows;

use std::ops::Range;
use std::sync::Arc;
use tui_textarea::{CursorMove, TextArea};
use unicode_segmentation::UnicodeSegmentation;

use super::list_cursor::scrolled;
use crate::text::ambiguous::WidthMode;
use crate::text::character_count;
use crate::text::invisible;
pub use rows::VisualRow;
use rows::{WrapCache, WrapKey, row_at_line};

/// Where the caret goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Motion {
    /// One character to the left.
    Left,
    /// One character to the right.
    Right,
    /// To the clause before, ended by `，。；` and the like, or the word before in Latin text.
    ClauseLeft,
    /// To the clause after.
    ClauseRight,
    /// Visual rows up (negative) or down, in the column where the movement began; more than one are lines of
    /// the screen.
    Rows(isize),
    /// The start of the visual row.
    RowStart,
    /// The end of the visual row.
    RowEnd,
    /// The start of the text.
    Start,
    /// The end of the text.
    End,
}

/// The state of one narrative on the screen.
#[derive(Clone, Debug)]
pub struct NarrativeEditor {
    area: TextArea<'static>,
    /// The column that up and down keep to.
    goal: Option<usize>,
    /// Whether a selection was started with the mark key.
    extending: bool,
    /// How its text is measured on this terminal.
    pub width_mode: WidthMode,
    /// Whether an empty line is shown between paragraphs.
    pub gaps: bool,
    /// The first line on the screen.
    pub top: usize,
    /// The rows as they were last wrapped.
    wrap_cache: Option<WrapCache>,
}

impl NarrativeEditor {
    /// A narrative with the caret at its start.
    pub fn new(text: &str) -> Self {
        let mut area = TextArea::new(text.split('\n').map(String::from).collect());
        area.set_max_histories(0);
        NarrativeEditor {
            area,
            goal: None,
            extending: false,
            width_mode: WidthMode::default(),
            gaps: false,
            top: 0,
            wrap_cache: None,
        }
    }

    /// The whole text, paragraphs joined by `\n`.
    pub fn text(&self) -> String {
        self.area.lines().join("\n")
    }

    /// The paragraphs.
    pub fn paragraphs(&self) -> &[String] {
        self.area.lines()
    }

    /// Puts another text in its place and the caret at a byte of it.
    pub fn replace_all(&mut self, text: &str, caret: usize) {
        let NarrativeEditor { top, width_mode, gaps, .. } = *self;
        *self = NarrativeEditor { top, width_mode, gaps, ..NarrativeEditor::new(text) };
        self.set_caret(caret);
    }

    /// Shows another text, with the caret behind what differs; leaves the same text as it is.
    pub fn follow(&mut self, text: &str) {
        let shown = self.text();
        if text != shown {
            let same_end = text.bytes().rev().zip(shown.bytes().rev()).take_while(|(a, b)| a == b).count();
            let start = text.bytes().zip(shown.bytes()).take_while(|(a, b)| a == b).count();
            let mut caret = (text.len() - same_end).max(start).min(text.len());
            while !text.is_char_boundary(caret) {
                caret += 1;
            }
            self.replace_all(text, caret);
        }
    }

    /// Types text at the caret, in place of what is selected.
    pub fn insert(&mut self, text: &str) {
        self.invalidate();
        self.area.insert_str(invisible::strip_paragraphs(text));
    }

    /// Begins a paragraph at the caret.
    pub fn newline(&mut self) {
        self.invalidate();
        self.area.insert_newline();
    }

    /// Deletes what is selected, or the character before (after) the caret.
    pub fn erase(&mut self, right: bool) {
        self.invalidate();
        if right {
            self.area.delete_next_char()
        } else {
            self.area.delete_char()
        };
    }

    /// What a change of the text undoes.
    fn invalidate(&mut self) {
        (self.goal, self.extending) = (None, false);
        if let Some(wrapped) = &mut self.wrap_cache {
            wrapped.forget_rows();
        }
    }

    /// What is selected; empty where nothing is.
    pub fn selected(&self) -> String {
        let text = self.text();
        self.selection().map_or(String::new(), |bytes| text[bytes].to_string())
    }

    /// The selected bytes of the whole text.
    pub fn selection(&self) -> Option<Range<usize>> {
        let (from, to) = self.area.selection_range()?;
        let range = self.byte_of(from)..self.byte_of(to);
        (!range.is_empty()).then_some(range)
    }

    /// Deletes what is selected and gives it back.
    pub fn cut(&mut self) -> String {
        let selected = self.selected();
        if !selected.is_empty() {
            self.erase(false);
        }
        selected
    }

    /// Starts a selection at the caret that every movement carries along, or ends it.
    pub fn toggle_extending(&mut self) {
        self.extending = !self.extending;
        if self.extending { self.area.start_selection() } else { self.area.cancel_selection() }
    }

    /// Whether movement without Shift carries the selection along.
    pub fn is_extending(&self) -> bool {
        self.extending
    }

    /// Forgets the selection.
    pub fn clear_selection(&mut self) {
        self.extending = false;
        self.area.cancel_selection();
    }

    /// Selects the whole text.
    pub fn select_all(&mut self) {
        self.area.select_all();
    }

    /// Where the caret is: a byte of the whole text.
    pub fn caret(&self) -> usize {
        self.byte_of(self.area.cursor())
    }

    /// Puts the caret at a byte of the whole text.
    pub fn set_caret(&mut self, byte: usize) {
        let mut rest = byte;
        for (row, line) in self.area.lines().iter().enumerate() {
            if rest <= line.len() {
                let column = line.char_indices().take_while(|(at, _)| *at < rest).count();
                return self.set_cursor(row, column);
            }
            rest -= line.len() + 1;
        }
        self.area.move_cursor(CursorMove::Bottom);
        self.area.move_cursor(CursorMove::End);
    }

    /// Puts the caret at a byte of the whole text, and selects from where it was.
    pub fn select_to(&mut self, byte: usize) {
        if !self.area.is_selecting() {
            self.area.start_selection();
        }
        self.goal = None;
        self.set_caret(byte);
    }

    /// Moves the caret; `select` carries the selection along, else it ends.
    pub fn move_caret(&mut self, motion: Motion, select: bool, width: usize) {
        match (select, self.area.is_selecting()) {
            (true, false) => self.area.start_selection(),
            (false, true) => self.area.cancel_selection(),
            _ => {}
        }
        let goal = self.goal.take();
        let (row, column) = self.area.cursor();
        match motion {
            Motion::Left => self.move_by_character(false),
            Motion::Right => self.move_by_character(true),
            Motion::Start => self.set_caret(0),
            Motion::End => self.set_caret(usize::MAX),
            Motion::ClauseLeft if column == 0 => self.area.move_cursor(CursorMove::Back),
            Motion::ClauseLeft => {
                let stops = self.clause_ends(row);
                self.set_cursor(row, stops.into_iter().rev().find(|&stop| stop < column).unwrap_or(0));
            }
            Motion::ClauseRight => {
                let stop = self.clause_ends(row).into_iter().find(|&stop| stop > column);
                match stop {
                    Some(stop) => self.set_cursor(row, stop),
                    None if row + 1 < self.area.lines().len() => self.set_cursor(row + 1, 0),
                    None => self.area.move_cursor(CursorMove::End),
                }
            }
            Motion::Rows(_) | Motion::RowStart | Motion::RowEnd => self.move_by_rows(motion, goal, width),
        }
    }

    /// Returns the text as it is seen in this width; one column is kept free for the caret.
    pub fn rows(&self, width: usize) -> Arc<[VisualRow]> {
        let key = self.wrap_key(width);
        let kept = self.wrap_cache.as_ref().and_then(|cache| cache.rows(key));
        kept.or_else(|| WrapCache::renewed(None, self.area.lines(), key).rows(key)).unwrap_or_default()
    }

    /// Returns the same rows, kept for the next time.
    fn ensure_rows(&mut self, width: usize) -> Arc<[VisualRow]> {
        let key = self.wrap_key(width);
        let kept = self.wrap_cache.as_ref().and_then(|cache| cache.rows(key));
        kept.unwrap_or_else(|| {
            let cache = WrapCache::renewed(self.wrap_cache.take(), self.area.lines(), key);
            self.wrap_cache.insert(cache).rows(key).unwrap_or_default()
        })
    }

    fn wrap_key(&self, width: usize) -> WrapKey {
        WrapKey { width, width_mode: self.width_mode, gaps: self.gaps }
    }

    fn move_by_rows(&mut self, motion: Motion, goal: Option<usize>, width: usize) {
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

    /// How many characters there are, blanks left out (字数).
    pub fn count_characters(&self) -> usize {
        self.area.lines().iter().map(|line| character_count(line)).sum()
    }

    fn move_by_character(&mut self, right: bool) {
        self.area.move_cursor(if right { CursorMove::Forward } else { CursorMove::Back });
    }

    fn set_cursor(&mut self, row: usize, column: usize) {
        let short = |number: usize| u16::try_from(number).unwrap_or(u16::MAX);
        self.area.move_cursor(CursorMove::Jump(short(row), short(column)));
    }

    /// The columns (in characters) after which a clause or a Latin word ends in a paragraph.
    fn clause_ends(&self, row: usize) -> Vec<usize> {
        let letters: Vec<char> = self.area.lines()[row].chars().collect();
        let is_stop = |c: char| "，。；：、！？…”）》,.;:!?) ".contains(c);
        (1..=letters.len())
            .filter(|&at| at == letters.len() || (is_stop(letters[at - 1]) && !is_stop(letters[at])))
            .collect()
    }

    fn byte_of(&self, (row, column): (usize, usize)) -> usize {
        let lines = self.area.lines();
        let before: usize = lines.iter().take(row).map(|line| line.len() + 1).sum();
        let line = lines.get(row).map_or("", String::as_str);
        before + line.char_indices().nth(column).map_or(line.len(), |(at, _)| at)
    }
}

#[cfg(test)]
mod tests;
