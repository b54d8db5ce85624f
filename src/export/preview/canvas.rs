//! The lines of a drawn table.

use unicode_segmentation::UnicodeSegmentation;

use super::super::layout::PrintedTable;
use super::border::BorderStyle;
use crate::text::width::display_width;

/// The screen the table is drawn on: one glyph a place, empty after a wide one.
pub(super) struct Canvas {
    pub(super) width: usize,
    pub(super) glyphs: Vec<String>,
}

impl Canvas {
    pub(super) fn set_glyph(&mut self, x: usize, y: usize, glyph: &str) {
        if x < self.width
            && let Some(place) = self.glyphs.get_mut(y * self.width + x)
        {
            glyph.clone_into(place);
        }
    }

    pub(super) fn write(&mut self, x: usize, y: usize, text: &str) {
        let mut at = x;
        for glyph in text.graphemes(true) {
            self.set_glyph(at, y, glyph);
            for beside in 1..display_width(glyph) {
                self.set_glyph(at + beside, y, "");
            }
            at += display_width(glyph);
        }
    }
}

/// Returns where the lines between the parts are, the outer ones too.
pub(super) fn edges(sizes: &[usize]) -> Vec<usize> {
    let mut at = 0;
    std::iter::once(0)
        .chain(sizes.iter().map(|size| {
            at += size + 1;
            at
        }))
        .collect()
}

/// Draws the lines between cells that differ.
pub(super) fn draw_lines(
    canvas: &mut Canvas,
    table: &PrintedTable,
    left: &[usize],
    top: &[usize],
    rules: BorderStyle,
) {
    let (columns, rows) = (table.grid.columns, table.grid.rows);
    let cell = |row: Option<usize>, column: Option<usize>| {
        table.cell(row?, column?).map(|cell| (cell.row, cell.column))
    };
    // The cells around the corner at (row, column): a line runs where two of them differ.
    for row in 0..=rows {
        for column in 0..=columns {
            let (above, before) = (row.checked_sub(1), column.checked_sub(1));
            let (here_row, here_column) = (Some(row), Some(column));
            let [nw, ne, sw, se] = [
                cell(above, before),
                cell(above, here_column),
                cell(here_row, before),
                cell(here_row, here_column),
            ];
            let (Some(x), Some(y)) = (left.get(column).copied(), top.get(row).copied()) else { continue };
            canvas.set_glyph(x, y, rules.corner(nw != ne, sw != se, nw != sw, ne != se));
            if ne != se {
                let end = left.get(column + 1).copied().unwrap_or(x + 1);
                (x + 1..end).for_each(|x| canvas.set_glyph(x, y, rules.horizontal()));
            }
            if sw != se {
                let end = top.get(row + 1).copied().unwrap_or(y + 1);
                (y + 1..end).for_each(|y| canvas.set_glyph(x, y, rules.vertical()));
            }
        }
    }
}
