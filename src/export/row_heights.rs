//! The heights of the rows of a printed table, for every format that has to set them.

use super::layout::PrintedTable;

/// Returns the height of each row, in lines, so that every cell has as many as it needs: `needs` lists them
/// in the order of the cells. A cell has `gap` more lines between two rows that it covers.
pub fn row_heights(table: &PrintedTable, gap: usize, needs: &[usize]) -> Vec<usize> {
    let mut heights = vec![1; table.grid.rows];
    let cells = || table.grid.cells.iter().zip(needs);
    for (cell, need) in cells().filter(|(cell, _)| cell.rows == 1) {
        if let Some(height) = heights.get_mut(cell.row) {
            *height = (*need).max(*height);
        }
    }
    for (cell, need) in cells().filter(|(cell, _)| cell.rows > 1) {
        let covered: usize = heights.iter().skip(cell.row).take(cell.rows).sum();
        if let Some(last) = heights.get_mut(cell.row + cell.rows - 1) {
            *last += need.saturating_sub(covered + gap * (cell.rows - 1));
        }
    }
    heights
}
