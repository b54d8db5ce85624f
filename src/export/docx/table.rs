//! A table with every merged heading of the form.

use super::super::layout::PrintedTable;
use super::cell::{CELL_PADDING, write_cell_paragraph};
use super::page_orientation::{MAX_ROWS_KEPT_TOGETHER, PageOrientation};
use crate::form::{GridCell, Role};

/// In other tables, labels over up to this many rows are kept on one page.
const MAX_GROUP_ROWS: usize = 10;

/// The table; its heading rows are repeated on each page, no row is split between two.
pub fn write_table(out: &mut String, table: &PrintedTable, page: PageOrientation) {
    if table.grid.rows == 0 || table.grid.columns == 0 {
        return;
    }
    let columns = page.column_widths(table);
    let width: usize = columns.iter().sum();
    out.push_str(&format!(
        "<w:tbl><w:tblPr><w:tblW w:w=\"{width}\" w:type=\"dxa\"/><w:jc w:val=\"center\"/><w:tblBorders>"
    ));
    for side in ["top", "left", "bottom", "right", "insideH", "insideV"] {
        out.push_str(&format!("<w:{side} w:val=\"single\" w:sz=\"4\" w:space=\"0\" w:color=\"000000\"/>"));
    }
    out.push_str("</w:tblBorders><w:tblLayout w:type=\"fixed\"/><w:tblCellMar>");
    for (side, width) in
        [("top", 15), ("left", CELL_PADDING / 2), ("bottom", 15), ("right", CELL_PADDING / 2)]
    {
        out.push_str(&format!("<w:{side} w:w=\"{width}\" w:type=\"dxa\"/>"));
    }
    out.push_str("</w:tblCellMar></w:tblPr><w:tblGrid>");
    for column in &columns {
        out.push_str(&format!("<w:gridCol w:w=\"{column}\"/>"));
    }
    out.push_str("</w:tblGrid>");
    for row in 0..table.grid.rows {
        write_row(out, table, page, &columns, row);
    }
    out.push_str("</w:tbl>");
}

/// Returns whether a row and the next share a label that would be cut by a page break between them. The
/// label over nearly all rows (三、本年度办理结果) cannot be kept whole.
fn is_in_group(table: &PrintedTable, row: usize) -> bool {
    let shares = |cell: &GridCell| (cell.row..cell.row + cell.rows - 1).contains(&row);
    let mut stubs =
        table.grid.cells.iter().filter(|cell| cell.role == Role::RowLabel && cell.rows <= MAX_GROUP_ROWS);
    stubs.any(shares)
}

fn write_row(out: &mut String, table: &PrintedTable, page: PageOrientation, columns: &[usize], row: usize) {
    let is_head = row < table.grid.heading_rows;
    let header = if is_head { "<w:tblHeader/>" } else { "" };
    out.push_str(&format!("<w:tr><w:trPr><w:cantSplit/>{header}</w:trPr>"));
    let last = row + 1 == table.grid.rows;
    let whole = page == PageOrientation::Portrait && table.grid.rows <= MAX_ROWS_KEPT_TOGETHER;
    let keep = !last && (is_head || whole || is_in_group(table, row));
    let mut column = 0;
    while column < table.grid.columns {
        let found = table.cell(row, column);
        let span = found.map_or(1, |cell| cell.column + cell.columns - column);
        let width: usize = columns.iter().skip(column).take(span).sum();
        out.push_str(&format!("<w:tc><w:tcPr><w:tcW w:w=\"{width}\" w:type=\"dxa\"/>"));
        if span > 1 {
            out.push_str(&format!("<w:gridSpan w:val=\"{span}\"/>"));
        }
        let begins = found.filter(|cell| cell.row == row);
        if found.is_some_and(|cell| cell.rows > 1) {
            out.push_str(if begins.is_some() { "<w:vMerge w:val=\"restart\"/>" } else { "<w:vMerge/>" });
        }
        out.push_str("<w:vAlign w:val=\"center\"/></w:tcPr>");
        write_cell_paragraph(out, table, begins, keep, width);
        out.push_str("</w:tc>");
        column += span;
    }
    out.push_str("</w:tr>");
}
