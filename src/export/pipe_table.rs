//! Tables of Markdown: a heading of one row, and each cell with its column.

use std::ops::Range;

use super::escape::escape_markdown as safe;
use super::layout::PrintedTable;
use crate::form::Role;

/// Returns a block of a table: its caption, and the pipe table under it.
pub(super) fn pipe_table(table: &PrintedTable, rows: Range<usize>) -> Vec<String> {
    let mut parts = Vec::new();
    let caption = table.row(rows.start).find(|cell| cell.role == Role::Caption);
    if let Some(caption) = caption {
        parts.push(format!("**{}**", safe(&caption.text)));
    }
    let first = rows.start + usize::from(caption.is_some());
    let is_head =
        |row: &usize| table.cell(*row, table.grid.columns - 1).is_some_and(|c| c.role == Role::Heading);
    let body = (first..rows.end).find(|row| !is_head(row)).unwrap_or(rows.end);
    let columns = heading_columns(table, first..body);
    let mut lines = Vec::new();
    let heads = columns.iter().map(|column| safe(&heading_path(table, first..body, *column, &columns)));
    lines.push(pipe_row(heads));
    let rule = columns.iter().map(|column| if *column < table.grid.label_columns { "---" } else { ":---:" });
    lines.push(pipe_row(rule.map(String::from)));
    for at in body..rows.end {
        let texts = columns.iter().map(|column| {
            let here = table.cell(at, *column).filter(|cell| (cell.row, cell.column) == (at, *column));
            here.map_or(String::new(), |cell| safe(&cell.text))
        });
        lines.push(pipe_row(texts));
    }
    parts.push(lines.join("\n"));
    parts
}

/// Returns the columns of the grid at which a heading of the lowest level begins, label columns included.
fn heading_columns(table: &PrintedTable, heads: Range<usize>) -> Vec<usize> {
    let lowest = heads.end.saturating_sub(1);
    let begins = |column: &usize| {
        *column < table.grid.label_columns
            || table.cell(lowest, *column).is_some_and(|cell| cell.column == *column)
    };
    (0..table.grid.columns).filter(begins).collect()
}

/// Returns the levels of a column's heading from top to bottom, without those that all columns share.
pub(super) fn heading_path(
    table: &PrintedTable,
    heads: Range<usize>,
    column: usize,
    columns: &[usize],
) -> String {
    let values = columns.iter().filter(|other| **other >= table.grid.label_columns).count();
    let mut levels: Vec<&str> = Vec::new();
    let mut above = None;
    for row in heads {
        let Some(cell) = table.cell(row, column).filter(|cell| above != Some((cell.row, cell.column))) else {
            continue;
        };
        above = Some((cell.row, cell.column));
        let covered =
            columns.iter().filter(|other| (cell.column..cell.column + cell.columns).contains(other));
        let shared = cell.column >= table.grid.label_columns && values > 1 && covered.count() == values;
        let begins = column >= table.grid.label_columns || cell.column == column;
        if !shared && begins {
            levels.push(&cell.text);
        }
    }
    levels.join("·")
}

fn pipe_row(cells: impl Iterator<Item = String>) -> String {
    format!("| {} |", cells.collect::<Vec<_>>().join(" | "))
}
