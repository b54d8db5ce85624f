//! A table as a list, for a screen too narrow to draw it: each row's label, and under it the columns
//! by name with their values.

use super::super::layout::PrintedTable;
use super::drawn_table::TableLine;
use super::line::ShownField;
use super::wrap::wrap_text;
use crate::form::{GridCell, Role};
use crate::text::width::display_width;

/// Returns the table as lines at most `available` columns wide.
pub fn list_table(table: &PrintedTable, available: usize) -> Vec<TableLine> {
    let mut lines = Vec::new();
    for row in 0..table.grid.rows {
        for cell in table.row(row) {
            match &cell.role {
                Role::Caption => push_wrapped(&mut lines, &cell.text, 0, available),
                Role::RowLabel => push_wrapped(&mut lines, &cell.text, 2 * cell.column, available),
                Role::Heading => {}
                Role::Value(field) => {
                    let from = lines.len();
                    let text = format!("{}：{}", heading_path(table, cell), cell.text);
                    push_wrapped(&mut lines, &text, 2 * table.grid.label_columns + 2, available);
                    for line in lines.iter_mut().skip(from) {
                        let columns = 0..display_width(&line.text);
                        line.shown_fields.push(ShownField { field: field.clone(), columns, bytes: None });
                    }
                }
            }
        }
    }
    lines
}

fn push_wrapped(lines: &mut Vec<TableLine>, text: &str, indent: usize, available: usize) {
    for line in wrap_text(text, available.saturating_sub(indent), 0) {
        lines.push(TableLine { text: " ".repeat(indent) + &line.text, shown_fields: Vec::new() });
    }
}

/// Returns the headings over a value from top to bottom, without a level that is over all columns and has
/// others under it.
fn heading_path(table: &PrintedTable, value: &GridCell) -> String {
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
