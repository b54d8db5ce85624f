//! Computes the fewest bytes that bring the terminal to a new frame.
//!
//! The painter remembers every column of the screen. So it can pass over unchanged columns by writing them
//! again if that is shorter than moving the cursor, and erase to the end of a line. It uses nothing that a
//! terminal might lack: no repeat (unknown to PuTTY, screen and the Linux console), no erase in a colour
//! (not all fill with it).

use super::cursor::{CursorPosition, move_cursor};
use super::glyph::{self, AmbiguousWidth, Glyph};
use super::scroll::{self, Scroll};
use super::sgr::{Colours, Sgr};
use ratatui::buffer::{Buffer, Cell};
use ratatui::layout::Position;
use ratatui::style::Color;

const CLEAR: &[u8] = b"\x1b[m\x1b[H\x1b[2J";
const ERASE: &[u8] = b"\x1b[K";
const SHOW_CURSOR: &[u8] = b"\x1b[?25h";
const HIDE_CURSOR: &[u8] = b"\x1b[?25l";
/// Save and restore the position of the cursor and the style (DECSC and DECRC, as old as the VT100).
const SAVE: &[u8] = b"\x1b7";
const RESTORE: &[u8] = b"\x1b8";

/// Which glyphs a pass over the rows paints.
type Pass = fn(&Glyph) -> bool;

/// All of them, row by row.
const ONE_PASS: [Pass; 1] = [|_| true];
/// Those without a ground first: where columns change their ground, the ground is then switched once for all
/// rows, not twice for each.
const BY_GROUND: [Pass; 2] = [|glyph| !glyph.sgr.has_ground(), |glyph| glyph.sgr.has_ground()];
/// So many rows must change before painting by ground is tried.
const MANY_ROWS: usize = 4;

/// What the terminal shows, and the bytes that change it.
#[derive(Debug)]
pub struct Painter {
    columns: usize,
    /// The cells of the last frame, to skip unchanged rows; empty before the first frame.
    last: Vec<Cell>,
    /// What each column of the screen shows, row by row.
    shown: Vec<Glyph>,
    pen: Sgr,
    at: CursorPosition,
    cursor_visible: Option<bool>,
    /// Where the cursor belongs after this frame, and the style and the length of `out` when it was there.
    target: CursorPosition,
    passed: Option<(Sgr, usize)>,
    out: Vec<u8>,
    /// The row being compared; kept to reuse its memory.
    row: Vec<Glyph>,
    colours: Colours,
    ambiguous: AmbiguousWidth,
}

impl Painter {
    /// Creates a painter for a screen with unknown content.
    pub fn new(colours: Colours, ambiguous: AmbiguousWidth) -> Self {
        Self {
            columns: 0,
            last: Vec::new(),
            shown: Vec::new(),
            pen: Sgr::PLAIN,
            at: CursorPosition::default(),
            cursor_visible: None,
            target: CursorPosition::default(),
            passed: None,
            out: Vec::new(),
            row: Vec::new(),
            colours,
            ambiguous,
        }
    }

    /// Forgets what the screen shows, so that the next frame is painted completely.
    pub fn forget(&mut self) {
        self.shown.clear();
        self.cursor_visible = None;
    }

    /// Sets how the terminal draws ambiguous characters. If they are narrow, what was drawn so far stays.
    pub fn set_ambiguous(&mut self, ambiguous: AmbiguousWidth) {
        if self.ambiguous != ambiguous {
            self.ambiguous = ambiguous;
            if ambiguous != AmbiguousWidth::Narrow {
                self.forget();
            }
        }
    }

    /// Writes bytes that draw nothing and move nothing.
    pub fn write_raw(&mut self, bytes: &[u8]) {
        self.out.extend_from_slice(bytes);
    }

    /// Returns the bytes since the last call; they are empty if nothing has changed.
    pub fn take(&mut self) -> Vec<u8> {
        std::mem::take(&mut self.out)
    }

    /// Writes what changes the screen into this frame; [`cursor`](Self::cursor) follows. Keeps the cells of
    /// the frame and leaves those of the last one in their place, to reuse their memory.
    pub fn cells(&mut self, frame: &mut Buffer, cursor: Option<Position>) {
        (self.target, self.passed) =
            (cursor.map_or_else(Default::default, |it| CursorPosition::at(it.x, it.y)), None);
        let cells = &frame.content;
        let columns = usize::from(frame.area.width);
        if columns == 0 {
            return;
        }
        if columns != self.columns || self.shown.len() != cells.len() {
            self.columns = columns;
            self.shown = vec![Glyph::BLANK; cells.len()];
            self.last.clear();
            self.out.extend_from_slice(CLEAR);
            (self.pen, self.at) = (Sgr::PLAIN, CursorPosition::at(0, 0));
        }
        let mut changed = self.changed(cells);
        if let Some(scroll) = scroll::find(&self.last, cells, columns, &changed) {
            self.scroll(scroll);
            changed = self.changed(cells);
        }
        let many = !self.last.is_empty() && changed.iter().filter(|it| **it).count() >= MANY_ROWS;
        let has_grounds = || cells.iter().any(|cell| cell.bg != Color::Reset);
        let by_ground = many && self.colours == Colours::Many && has_grounds();
        let before = by_ground.then(|| (self.shown.clone(), self.pen, self.at));
        let start = self.out.len();
        self.paint_rows(cells, &changed, &ONE_PASS);
        if let Some((shown, pen, at)) = before {
            let (once, ended) = (self.out.split_off(start), (self.pen, self.at, self.passed.take()));
            (self.shown, self.pen, self.at) = (shown, pen, at);
            self.paint_rows(cells, &changed, &BY_GROUND);
            if self.out.len() - start >= once.len() {
                self.out.truncate(start);
                self.out.extend_from_slice(&once);
                (self.pen, self.at, self.passed) = ended;
            }
        }
        std::mem::swap(&mut self.last, &mut frame.content);
    }

    /// Writes what turns the rows that have changed into those of the frame, in one pass or more.
    fn paint_rows(&mut self, cells: &[Cell], changed: &[bool], passes: &[Pass]) {
        let mut row = std::mem::take(&mut self.row);
        let mut shown = std::mem::take(&mut self.shown);
        for (pass, is_last) in passes.iter().zip((1..=passes.len()).map(|n| n == passes.len())) {
            let rows = shown.chunks_mut(self.columns).zip(cells.chunks(self.columns)).zip(changed);
            for (y, ((old, next), changed)) in (0u16..).zip(rows) {
                if *changed {
                    glyph::row(next, self.ambiguous, self.colours, &mut row);
                    self.paint_row(y, old, &row, *pass);
                    if is_last {
                        old.copy_from_slice(&row);
                    } else {
                        keep_painted(old, &row, *pass);
                    }
                }
            }
        }
        (self.row, self.shown) = (row, shown);
    }

    /// Returns for each row whether it differs from the last frame; all do if that had another size.
    fn changed(&self, cells: &[Cell]) -> Vec<bool> {
        if self.last.len() != cells.len() {
            return vec![true; cells.len() / self.columns];
        }
        self.last
            .chunks(self.columns)
            .zip(cells.chunks(self.columns))
            .map(|(last, next)| !last.iter().zip(next).all(|(last, next)| same(last, next)))
            .collect()
    }

    /// Moves the cursor to a position and shows it, or hides it.
    ///
    /// Where the cursor has been there while the frame was painted, it is sent back: what is typed at that
    /// place is then written in the style that it already has.
    pub fn cursor(&mut self, position: Option<Position>) {
        if let Some(Position { x, y }) = position {
            let start = self.out.len();
            move_cursor(self.at, x, y, &mut self.out);
            self.at = CursorPosition::at(x, y);
            if let Some((pen, passed)) = self.passed.take().filter(|_| self.at == self.target)
                && self.out.len() - start > SAVE.len() + RESTORE.len()
            {
                self.out.truncate(start);
                self.out.extend_from_slice(RESTORE);
                self.out.splice(passed..passed, SAVE.iter().copied());
                self.pen = pen;
            }
        }
        if self.cursor_visible != Some(position.is_some()) {
            self.cursor_visible = Some(position.is_some());
            self.out.extend_from_slice(if position.is_some() { SHOW_CURSOR } else { HIDE_CURSOR });
        }
    }

    /// Lets the terminal move rows up or down.
    fn scroll(&mut self, scroll: Scroll) {
        self.set_sgr(self.pen.for_blank(Sgr::PLAIN));
        scroll.write(&mut self.out);
        self.at = CursorPosition::at(0, 0);
        scroll.apply(&mut self.shown, self.columns, Glyph::BLANK);
        scroll.apply(&mut self.last, self.columns, Cell::EMPTY);
    }

    /// Writes what turns the glyphs of a pass in a row that shows `old` into those of `next`.
    fn paint_row(&mut self, y: u16, old: &[Glyph], next: &[Glyph], pass: Pass) {
        let changed = |at: &usize| differs(old, next, *at) && next.get(*at).is_some_and(pass);
        let Some(last) = (0..next.len()).rev().find(changed) else { return };
        let blanks = next.iter().rev().take_while(|glyph| **glyph == Glyph::BLANK).count();
        let tail = next.len() - blanks;
        // The row is painted up to this column; what is between it and the next change stays.
        let mut done = None;
        let mut covered = false;
        for (at, glyph) in next.iter().enumerate().filter(|(_, glyph)| !glyph.is_half()) {
            if !covered && (at > last || !changed(&at)) {
                continue;
            }
            if let Some(between) = done.and_then(|done| next.get(done..at)) {
                self.skip(between);
            }
            let column = u16::try_from(at).unwrap_or(u16::MAX);
            move_cursor(self.at, column, y, &mut self.out);
            self.at = CursorPosition::at(column, y);
            if at >= tail && last >= at + ERASE.len() {
                self.set_sgr(self.pen.for_blank(Sgr::PLAIN));
                self.out.extend_from_slice(ERASE);
                return;
            }
            self.write_glyph(glyph);
            done = Some(at + usize::from(glyph.columns));
            // If it is wide after all, it has covered the next glyph, which is then written again.
            covered = !glyph.width_known && glyph.columns == 1;
        }
    }

    /// Passes over unchanged glyphs by writing them again, if that is shorter than moving the cursor.
    fn skip(&mut self, between: &[Glyph]) {
        let glyphs = || between.iter().filter(|glyph| !glyph.is_half());
        let needs_no_sgr = |glyph: &Glyph| glyph.width_known && self.sgr_for(glyph) == self.pen;
        let bytes: usize = glyphs().map(Glyph::bytes).sum();
        let move_bytes = match between.len() {
            0 | 1 => 3,
            2..=9 => 4,
            _ => 5,
        };
        if self.at.column.is_some() && bytes <= move_bytes && glyphs().all(needs_no_sgr) {
            glyphs().for_each(|glyph| self.write_glyph(glyph));
        }
    }

    fn set_sgr(&mut self, pen: Sgr) {
        self.pen.write_transition(pen, &mut self.out);
        self.pen = pen;
    }

    fn sgr_for(&self, glyph: &Glyph) -> Sgr {
        if glyph.is_blank() { self.pen.for_blank(glyph.sgr) } else { glyph.sgr }
    }

    /// Writes a glyph at the cursor.
    fn write_glyph(&mut self, glyph: &Glyph) {
        self.set_sgr(self.sgr_for(glyph));
        glyph.write(&mut self.out);
        let after = self.at.column.map(|column| column + u16::from(glyph.columns));
        self.at.column = after.filter(|column| glyph.width_known && usize::from(*column) < self.columns);
        if self.at == self.target {
            self.passed.get_or_insert((self.pen, self.out.len()));
        }
    }
}

/// Returns `true` if two cells look the same.
///
/// Most of a frame is unchanged, and every cell of it is compared: for blanks, ASCII and Chinese characters
/// this is faster than `==`.
fn same(a: &Cell, b: &Cell) -> bool {
    let symbols = match (a.symbol().as_bytes(), b.symbol().as_bytes()) {
        ([a], [b]) => a == b,
        ([a, b, c], [d, e, f]) => a == d && b == e && c == f,
        (a, b) => a == b,
    };
    symbols && a.fg == b.fg && a.bg == b.bg && a.modifier == b.modifier
}

/// Returns `true` if the glyph that covers this column differs from what is shown there.
fn differs(old: &[Glyph], next: &[Glyph], at: usize) -> bool {
    let other = |at: usize| old.get(at) != next.get(at);
    match next.get(at) {
        Some(glyph) if glyph.columns == 2 => other(at) || other(at + 1),
        _ => other(at),
    }
}

/// Notes in `old` what a pass has painted: its glyphs, and both columns of a wide one.
fn keep_painted(old: &mut [Glyph], next: &[Glyph], pass: Pass) {
    let mut was_painted = false;
    for (old, next) in old.iter_mut().zip(next) {
        was_painted = if next.is_half() { was_painted } else { pass(next) };
        if was_painted {
            *old = *next;
        }
    }
}

#[cfg(test)]
mod tests;
