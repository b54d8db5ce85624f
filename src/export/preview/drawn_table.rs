//! A printed table drawn with lines, every merged cell as the form has it.

use std::ops::Range;

use super::super::column_widths::column_widths;
use super::super::layout::PrintedTable;
use super::super::row_heights::row_heights;
use super::border::BorderStyle;
use super::canvas::{Canvas, draw_lines, edges};
use super::line::ShownField;
use super::wrap::wrap_text;
use crate::form::{GridCell, Role};
use crate::text::width::display_width;

/// A line of a drawn table and the fields it shows.
pub struct TableLine {
    /// The line.
    pub text: String,
    /// Each field with the columns of the screen that show it.
    pub shown_fields: Vec<ShownField>,
}

/// Draws a table `available` columns wide, or returns `None` if its values do not fit.
pub fn draw_table(table: &PrintedTable, available: usize, rules: BorderStyle) -> Option<Vec<TableLine>> {
    let grid = &table.grid;
    let inside = available.checked_sub(grid.columns + 1)?;
    let widths = column_widths(table, inside, display_width)?;
    let texts: Vec<Vec<String>> = grid
        .cells
        .iter()
        .map(|cell| {
            let wide = merged_size(&widths, cell.column..cell.column + cell.columns);
            wrap_text(&cell.text, wide, 0).into_iter().map(|line| line.text).collect()
        })
        .collect();
    let needs: Vec<usize> = texts.iter().map(Vec::len).collect();
    let heights = row_heights(table, 1, &needs);
    let left = edges(&widths);
    let top = edges(&heights);
    let (width, height) = (*left.last()? + 1, *top.last()? + 1);
    let mut canvas = Canvas { width, glyphs: vec![" ".into(); width * height] };
    draw_lines(&mut canvas, table, &left, &top, rules);
    let mut shows: Vec<Vec<ShownField>> = vec![Vec::new(); height];
    for (cell, text) in grid.cells.iter().zip(&texts) {
        let wide = merged_size(&widths, cell.column..cell.column + cell.columns);
        let tall = merged_size(&heights, cell.row..cell.row + cell.rows);
        let (x, y) = (*left.get(cell.column)? + 1, *top.get(cell.row)? + 1);
        let first = y + tall.saturating_sub(text.len()) / 2;
        for (at, line) in text.iter().enumerate() {
            let indent = if is_label(cell) { 0 } else { wide.saturating_sub(display_width(line)) / 2 };
            canvas.write(x + indent, first + at, line);
        }
        if let Role::Value(field) = &cell.role {
            for row in shows.iter_mut().skip(y).take(tall) {
                row.push(ShownField { field: field.clone(), columns: x..x + wide, bytes: None });
            }
        }
    }
    let rows = canvas.glyphs.chunks(width).map(|row| row.concat().trim_end().to_string());
    Some(rows.zip(shows).map(|(text, shows)| TableLine { text, shown_fields: shows }).collect())
}

/// Returns whether a cell is set at the left: a row label that is in one row.
fn is_label(cell: &GridCell) -> bool {
    cell.role == Role::RowLabel && cell.rows == 1
}

/// Returns the size of a merged cell: its parts and the lines between them.
fn merged_size(sizes: &[usize], covered: Range<usize>) -> usize {
    let between = covered.len().saturating_sub(1);
    sizes.iter().skip(covered.start).take(covered.len()).sum::<usize>() + between
}
