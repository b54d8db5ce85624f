//! A table with every merged heading of the form.

use super::super::column_widths::column_widths;
use super::super::layout::PrintedTable;
use super::text_run::text_run;
use crate::form::{GridCell, Role};
use crate::text::width;

/// Space on both sides of a cell's text together, in twentieths of a point.
const PADDING: usize = 100;
/// The part of it that is the cell's padding; the rest is for the lines and for rounding.
const CELL_PADDING: usize = 64;
/// Tables of up to this many rows fit on a portrait page, and are kept on one.
const MAX_ROWS_KEPT_TOGETHER: usize = 36;
/// Tables of this many rows or more fill most of a page.
const MIN_ROWS_FOR_OWN_PAGE: usize = 24;
/// In other tables, labels over up to this many rows are kept on one page.
const MAX_GROUP_ROWS: usize = 10;

/// Which way a page lies.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PageOrientation {
    /// Upright.
    Portrait,
    /// Turned, for a table whose numbers do not fit upright.
    Landscape,
}

impl PageOrientation {
    /// Returns the page that a table needs.
    pub fn for_table(table: &PrintedTable) -> PageOrientation {
        let fits =
            column_widths(table, PageOrientation::Portrait.available_width(table), width_of_number).is_some();
        if fits { PageOrientation::Portrait } else { PageOrientation::Landscape }
    }

    /// Returns whether a table begins on a page of its own: one that fills most of it. Word would move it
    /// there whole; other programs would cut its labels in two.
    pub fn starts_page(table: &PrintedTable) -> bool {
        PageOrientation::for_table(table) == PageOrientation::Portrait
            && (MIN_ROWS_FOR_OWN_PAGE..=MAX_ROWS_KEPT_TOGETHER).contains(&table.grid.rows)
    }

    /// Returns the width between the margins, in twentieths of a point.
    fn width(self) -> usize {
        match self {
            PageOrientation::Portrait => 11906 - 1587 - 1474,
            PageOrientation::Landscape => 16838 - 2098 - 1984,
        }
    }

    /// Returns how many half-width characters the columns of a table have together.
    fn available_width(self, table: &PrintedTable) -> usize {
        self.width().saturating_sub(table.grid.columns * PADDING) / character_width(table)
    }

    /// Returns the width of each column, in twentieths of a point.
    fn column_widths(self, table: &PrintedTable) -> Vec<usize> {
        let count = table.grid.columns;
        match column_widths(table, self.available_width(table), width_of_number) {
            Some(widths) => {
                widths.into_iter().map(|width| width * character_width(table) + PADDING).collect()
            }
            // Some cell holds more than a number; its text breaks over lines.
            None => vec![self.width() / count.max(1); count],
        }
    }
}

/// Returns the width for a number: where Times New Roman is missing, digits may be a third wider.
fn width_of_number(value: &str) -> usize {
    width::display_width(value) + width::display_width(value).div_ceil(3)
}

/// Returns whether a table is set in the smaller size.
fn is_small(table: &PrintedTable) -> bool {
    table.grid.columns > 6
}

/// Returns the width of a half-width character, in twentieths of a point: 小五 is 9 points, 五号 10.5.
fn character_width(table: &PrintedTable) -> usize {
    if is_small(table) { 90 } else { 105 }
}

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

/// The paragraph that every cell must have, also one that a cell above covers. `width` is the cell's.
fn write_cell_paragraph(
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
