//! Whether a table stands on an upright page or a turned one, and how wide its columns are there.

use super::super::column_widths::column_widths;
use super::super::layout::PrintedTable;
use crate::text::width;

/// Space on both sides of a cell's text together, in twentieths of a point.
const PADDING: usize = 100;

/// Tables of up to this many rows fit on a portrait page, and are kept on one.
pub(super) const MAX_ROWS_KEPT_TOGETHER: usize = 36;

/// Tables of this many rows or more fill most of a page.
const MIN_ROWS_FOR_OWN_PAGE: usize = 24;

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
    pub(super) fn column_widths(self, table: &PrintedTable) -> Vec<usize> {
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
pub(super) fn is_small(table: &PrintedTable) -> bool {
    table.grid.columns > 6
}

/// Returns the width of a half-width character, in twentieths of a point: 小五 is 9 points, 五号 10.5.
pub(super) fn character_width(table: &PrintedTable) -> usize {
    if is_small(table) { 90 } else { 105 }
}
