//! How one open report is looked at: its tabs, where the cursor is, what is being typed.

use super::line_input::LineInput;
use super::table_layout::TableLayout;
use crate::form::FieldId;
use crate::text::ambiguous::WidthMode;

/// What one tab shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Tab {
    /// Cells of the section, and the narrative under them, by their numbers in the form.
    Section { cells: Option<usize>, text: Option<usize> },
    /// The list of findings.
    Findings,
    /// The report as it will be printed.
    Preview,
}

/// Where the cursor is in a tab.
#[derive(Clone, Debug, Default)]
pub struct CursorState {
    /// The row of cells.
    pub row: usize,
    /// The column.
    pub column: usize,
    /// The first line on the screen.
    pub top: usize,
    /// The first column on the screen.
    pub left: usize,
    /// Whether the cursor is in the narrative of the tab.
    pub in_text: bool,
    /// Where a selection of cells was started.
    pub anchor: Option<(usize, usize)>,
    /// Whether movement without Shift carries the selection along.
    pub extending: bool,
    /// The column where Tab was pressed first, and the cell where Tab has come to since.
    pub tab_origin: Option<(usize, (usize, usize))>,
}

/// A cell being typed.
#[derive(Clone, Debug)]
pub struct CellEdit {
    /// Which field.
    pub field: FieldId,
    /// What is typed.
    pub input: LineInput,
    /// Whether Left and Right move in the text (after F2) or go on to the next cell.
    pub in_place: bool,
}

/// A tab as it was laid out, and for what: many keys move over a layout that stays.
#[derive(Clone, Debug)]
pub(super) struct CachedLayout {
    pub(super) key: LayoutKey,
    pub(super) layout: TableLayout,
}

/// What a layout depends on beside the values, whose change undoes it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct LayoutKey {
    pub(super) tab: usize,
    pub(super) width: usize,
    pub(super) width_mode: WidthMode,
    /// The cell being typed, and its columns.
    pub(super) edited_cell: Option<(FieldId, usize)>,
}
