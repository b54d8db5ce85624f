//! The paragraph in a cell of a Word table.

use super::super::layout::PrintedTable;
use super::page_orientation::{character_width, is_small};
use super::text_run::text_run;
use crate::form::{GridCell, Role};
use crate::text::width;

/// The padding at both sides of a cell together, in twentieths of a point.
pub(super) const CELL_PADDING: usize = 64;

/// The paragraph that every cell must have, also one that a cell above covers. `width` is the cell's.
pub(super) fn write_cell_paragraph(
    out: &mut String,
    table: &PrintedTable,
    cell: Option<&GridCell>,
    keep: bool,
    width: usize,
) {
    let style = if is_small(table) { "SmallCell" } else { "Cell" };
    let keep = if keep { "<w:keepNext/>" } else { "" };
    let mut properties = String::new();
    if let Some(cell) = cell {
        if cell.role == Role::RowLabel && cell.rows == 1 {
            properties.push_str("<w:jc w:val=\"left\"/>");
        } else if cell.role == Role::Heading && cell.columns == 1 {
            let side = balancing_indent(
                width::display_width(&cell.text) * character_width(table),
                width.saturating_sub(CELL_PADDING),
                character_width(table),
            );
            if side > 0 {
                properties.push_str(&format!("<w:ind w:left=\"{side}\" w:right=\"{side}\"/>"));
            }
        }
    }
    out.push_str(&format!("<w:p><w:pPr><w:pStyle w:val=\"{style}\"/>{keep}{properties}</w:pPr>"));
    if let Some(cell) = cell.filter(|cell| !cell.text.is_empty()) {
        text_run(out, "", &cell.text);
    }
    out.push_str("</w:p>");
}

/// Returns the indent at each side by which a heading of that length breaks into lines of equal length:
/// 结果/纠正 and not 结果纠/正. 0 where it is on one line.
fn balancing_indent(length: usize, available: usize, unit: usize) -> usize {
    let lines = length.div_ceil(available.max(1));
    if lines < 2 {
        return 0;
    }
    // Whole characters are two units wide; not quite one more must fit beside them.
    let line = length.div_ceil(lines).div_ceil(2 * unit) * 2 * unit + unit;
    available.saturating_sub(line) / 2
}
