//! The text of a cell: its lines, joined where one went on in the next.

use super::lines::{TextLine, join_full_lines};
use super::page_table::PageCell;

/// How far text keeps from the sides of the cells of a table, in points.
#[derive(Clone, Copy, Debug)]
pub struct Padding(f32);

/// The widest padding that is believed, in points.
const WIDEST: f32 = 8.0;
/// A number of fewer digits is not broken to the next line.
const BROKEN_DIGITS: usize = 3;

impl Padding {
    /// Returns the padding of a table: the least distance of any text from the side of its cell.
    pub fn of(cells: &[PageCell]) -> Padding {
        let distance = |cell: &PageCell| {
            let lines = cell.lines.iter();
            lines.map(|line| (line.left() - cell.x.0).min(cell.x.1 - line.right())).fold(WIDEST, f32::min)
        };
        Padding(cells.iter().map(distance).fold(WIDEST, f32::min).max(0.0))
    }
}

/// Returns the text of a cell, and whether its last line is full, so that it may go on elsewhere.
pub fn cell_text(cell: &PageCell, padding: Padding) -> (String, bool) {
    let room = cell.x.1 - cell.x.0 - 2.0 * padding.0;
    let is_full = |line: &TextLine, next: f32| line.right() - line.left() + next > room + 0.1;
    let joined = join_full_lines(&cell.lines, |line, next| {
        is_full(line, next.first_width()) && !breaks_number(&cell.lines, line, next)
    });
    let last = cell.lines.last().is_some_and(|line| is_full(line, line.size));
    (joined, last)
}

/// Returns whether two lines of digits may be two numbers: joined they would be a third.
fn breaks_number(lines: &[TextLine], line: &TextLine, next: &TextLine) -> bool {
    let digits = |line: &TextLine| {
        let text = line.text();
        text.chars().all(|c| c.is_ascii_digit()).then_some(text.len())
    };
    let ends = line.glyphs.last().is_some_and(|glyph| glyph.c.is_ascii_digit());
    let begins = next.glyphs.first().is_some_and(|glyph| glyph.c.is_ascii_digit());
    if !(ends && begins) {
        return false;
    }
    // Only a number that fills line after line is one.
    let Some(first) = lines.first().and_then(digits) else {
        return lines.iter().all(|line| digits(line).is_some());
    };
    let full = &lines[..lines.len() - 1];
    let rest = lines.last().and_then(digits);
    !(first >= BROKEN_DIGITS
        && full.iter().all(|line| digits(line) == Some(first))
        && rest.is_some_and(|rest| rest <= first))
}
