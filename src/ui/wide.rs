//! The frame for terminals that draw “ ” — … ① two columns wide: each gets its second column at the
//! cost of the blanks behind it, so that the columns of a table stay where they are.

use ratatui::buffer::{Buffer, Cell, CellWidth};

use crate::text::ambiguous::to_stand_ins;

/// Gives every ambiguous character of the frame two columns; the cursor stays with its character.
pub fn widen_ambiguous(buffer: &mut Buffer, cursor: &mut Option<(u16, u16)>) {
    let area = *buffer.area();
    for y in area.top()..area.bottom() {
        let row: Vec<Cell> = (area.left()..area.right()).map(|x| buffer[(x, y)].clone()).collect();
        let Some((row, positions)) = widen_row(&row) else { continue };
        for (x, cell) in (area.left()..).zip(row) {
            buffer[(x, y)] = cell;
        }
        if let Some((x, _)) = cursor.as_mut().filter(|place| place.1 == y) {
            *x = positions.get(usize::from(*x)).map_or(*x, |place| u16::try_from(*place).unwrap_or(*x));
        }
    }
}

/// Returns the row with columns for its wide characters, and where each of its columns has moved, or `None`
/// if it has no such character.
fn widen_row(row: &[Cell]) -> Option<(Vec<Cell>, Vec<usize>)> {
    let is_changed = |cell: &Cell| to_stand_ins(cell.symbol()) != cell.symbol();
    row.iter().any(is_changed).then_some(())?;
    let mut out: Vec<Cell> = Vec::with_capacity(row.len());
    let (mut positions, mut owed, mut at) = (Vec::with_capacity(row.len()), 0usize, 0);
    while let Some(cell) = row.get(at) {
        let columns = usize::from(cell.cell_width().max(1));
        let after_blank = row.get(at + 1).is_none_or(|next| next.symbol() == " ");
        positions.extend((0..columns).map(|half| out.len() + half));
        if is_changed(cell) {
            let mut wide = cell.clone();
            wide.set_symbol(&to_stand_ins(cell.symbol()));
            let mut half = Cell::EMPTY;
            half.set_style(cell.style());
            out.extend([wide, half]);
            owed += 1;
        } else if owed > 0 && cell.symbol() == " " && after_blank {
            // One blank is left between what is side by side.
            owed -= 1;
        } else {
            out.extend(row.iter().skip(at).take(columns).cloned());
        }
        at += columns;
    }
    // What is pushed over the edge is cut, never in the middle of a character.
    let last = row.len().checked_sub(1).and_then(|last| out.get_mut(last));
    if let Some(last) = last.filter(|last| last.cell_width() > 1) {
        last.set_symbol(" ");
    }
    out.truncate(row.len());
    Some((out, positions))
}

#[cfg(test)]
mod tests {
    use super::*;
    use ratatui::style::Style;
    use unicode_width::UnicodeWidthStr;

    fn drawn(text: &str, width: u16) -> Buffer {
        let mut buffer = Buffer::empty(ratatui::layout::Rect::new(0, 0, width, 1));
        buffer.set_stringn(0, 0, text, usize::from(width), Style::new());
        buffer
    }

    /// Returns the row as a terminal that draws them wide shows it: its text, and the column of each `|`.
    fn shown(text: &str, width: u16, cursor: u16) -> (String, Option<(u16, u16)>) {
        let mut cursor = Some((cursor, 0));
        let mut buffer = drawn(text, width);
        widen_ambiguous(&mut buffer, &mut cursor);
        let mut row = String::new();
        let mut x = 0;
        while x < width {
            row.push_str(buffer[(x, 0)].symbol());
            x += buffer[(x, 0)].cell_width().max(1);
        }
        (row, cursor)
    }

    #[test]
    fn numbers_stay_in_their_columns_behind_a_wide_label() {
        let (row, cursor) = shown("3.危及“三安全一稳定”      12 |", 40, 27);
        assert_eq!(row.width(), 40);
        assert_eq!(row.find('|').map(|at| row[..at].width()), "3.危及“三安全一稳定”      12 ".width().into());
        assert_eq!(cursor, Some((27, 0)), "the cursor is at its digit");
    }

    #[test]
    fn the_cursor_goes_along_with_the_character_it_stands_on() {
        assert_eq!(shown("—甲乙", 20, 3).1, Some((4, 0)));
        assert_eq!(shown("甲—乙      ", 20, 3).1, Some((4, 0)));
    }

    #[test]
    fn a_row_too_long_is_cut_between_two_characters() {
        assert_eq!(shown("“政府信息”", 10, 0).0.width(), 10);
        assert_eq!(shown("——————", 6, 0).0.width(), 6);
        assert_eq!(shown("公开12", 6, 0).0, "公开12");
    }
}
