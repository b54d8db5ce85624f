//! The widths of the columns of a printed table, for every format that needs them.

use super::layout::PrintedTable;
use crate::form::{GridCell, Role};
use crate::text::width::display_width;

/// The least width of a column that holds values: two Chinese characters of its heading.
const MIN_VALUE_WIDTH: usize = 4;
/// The least width of the innermost row label.
const MIN_LABEL_WIDTH: usize = 8;
/// The width that the innermost row label gets before headings are widened.
const FAIR_LABEL_WIDTH: usize = 24;

/// Returns the width of each column, in half-width characters, together exactly `available`. No value is
/// ever broken over two lines; headings and labels are. Returns `None` if the values do not fit.
///
/// `value` returns the width that a value needs: more than its own where the file does not decide which
/// font its reader has.
pub fn column_widths(
    table: &PrintedTable,
    available: usize,
    value: impl Fn(&str) -> usize,
) -> Option<Vec<usize>> {
    let grid = &table.grid;
    let labels = grid.label_columns;
    let mut least = vec![0; grid.columns];
    for (column, width) in least.iter_mut().enumerate() {
        *width = if column + 1 < labels {
            outer_label(table, column)
        } else if column < labels {
            MIN_LABEL_WIDTH
        } else {
            MIN_VALUE_WIDTH
        };
    }
    let values = |cell: &&GridCell| matches!(cell.role, Role::Value(_));
    for cell in grid.cells.iter().filter(values) {
        let covered = least.get_mut(cell.column..cell.column + cell.columns)?;
        let short = value(&cell.text).saturating_sub(covered.iter().sum());
        if let Some(last) = covered.last_mut() {
            *last += short;
        }
    }
    if least.is_empty() || least.iter().sum::<usize>() > available {
        return None;
    }
    let longest = longest_label(table);
    let mut widths = [12, 8, MIN_VALUE_WIDTH]
        .into_iter()
        .map(|word| widths_for_headings(table, &least, word, longest.min(FAIR_LABEL_WIDTH)))
        .find(|wished| wished.iter().sum::<usize>() <= available)
        .unwrap_or(least);
    let mut spare = available - widths.iter().sum::<usize>();
    if let Some(inner) = labels.checked_sub(1).and_then(|inner| widths.get_mut(inner)) {
        let more = longest.saturating_sub(*inner).min(spare);
        *inner += more;
        spare -= more;
    }
    let first = if labels < widths.len() { labels } else { 0 };
    let shares = widths.len() - first;
    for (at, width) in widths.iter_mut().skip(first).enumerate() {
        *width += spare / shares + usize::from(at < spare % shares);
    }
    Some(widths)
}

/// Returns the widths for headings of up to `word` and row labels of up to `label` half-width characters.
fn widths_for_headings(table: &PrintedTable, least: &[usize], word: usize, label: usize) -> Vec<usize> {
    let mut wished = least.to_vec();
    for (column, width) in wished.iter_mut().enumerate() {
        if column + 1 == table.grid.label_columns {
            *width = label.max(*width);
        } else if column >= table.grid.label_columns {
            let heads =
                table.grid.cells.iter().filter(|cell| cell.role == Role::Heading && cell.columns == 1);
            let heading =
                heads.filter(|cell| cell.column == column).map(|cell| display_width(&cell.text)).max();
            *width = heading.unwrap_or(0).min(word).max(*width);
        }
    }
    wished
}

/// Returns the width of an outer label column: one word where its labels run down many rows.
fn outer_label(table: &PrintedTable, column: usize) -> usize {
    let stubs = table.grid.cells.iter().filter(|cell| cell.role == Role::RowLabel && cell.columns == 1);
    let tall = |cell: &GridCell| if cell.rows >= display_width(&cell.text) { 4 } else { MIN_LABEL_WIDTH };
    stubs.filter(|cell| cell.column == column).map(tall).max().unwrap_or(4)
}

/// Returns the widest label that is in the innermost label column alone.
fn longest_label(table: &PrintedTable) -> usize {
    let Some(inner) = table.grid.label_columns.checked_sub(1) else { return 0 };
    let stubs = table.grid.cells.iter().filter(|cell| cell.role == Role::RowLabel && cell.columns == 1);
    stubs.filter(|cell| cell.column == inner).map(|cell| display_width(&cell.text)).max().unwrap_or(0)
}
