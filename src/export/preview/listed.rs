//! A table as a list, for a screen too narrow to draw it: each row's label, and under it the columns
//! by name with their values.

use super::super::layout::Table;
use super::Shows;
use super::boxed::Drawn;
use super::wrap::wrap;
use crate::form::{GridCell, Role};
use crate::text::width::columns;

/// The table as lines at most `room` columns wide.
pub fn list(table: &Table, room: usize) -> Vec<Drawn> {
    let mut lines = Vec::new();
    for row in 0..table.grid.rows {
        for cell in table.row(row) {
            match &cell.role {
                Role::Caption => words(&mut lines, &cell.text, 0, room),
                Role::Stub => words(&mut lines, &cell.text, 2 * cell.column, room),
                Role::Heading => {}
                Role::Value(field) => {
                    let from = lines.len();
                    let text = format!("{}：{}", heading(table, cell), cell.text);
                    words(&mut lines, &text, 2 * table.grid.label_columns + 2, room);
                    for line in lines.iter_mut().skip(from) {
                        let columns = 0..columns(&line.text);
                        line.shows.push(Shows { field: field.clone(), columns, bytes: None });
                    }
                }
            }
        }
    }
    lines
}

fn words(lines: &mut Vec<Drawn>, text: &str, indent: usize, room: usize) {
    for line in wrap(text, room.saturating_sub(indent), 0) {
        lines.push(Drawn { text: " ".repeat(indent) + &line.text, shows: Vec::new() });
    }
}

/// The headings over a value from top to bottom, without a level that stands over all columns and
/// has others under it.
fn heading(table: &Table, value: &GridCell) -> String {
    let mut levels: Vec<&str> = Vec::new();
    let above = (0..value.row).rev().filter_map(|row| table.cell(row, value.column));
    let mut last = None;
    for cell in above.skip_while(|cell| cell.role != Role::Heading).take_while(|c| c.role == Role::Heading) {
        let over_all = cell.columns == table.grid.columns - table.grid.label_columns && !levels.is_empty();
        if last != Some((cell.row, cell.column)) && !over_all {
            levels.insert(0, &cell.text);
        }
        last = Some((cell.row, cell.column));
    }
    levels.join("·")
}
