//! What the mouse is about while its button is held.

/// A part of the screen that scrolls by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ScrollPane {
    /// The cells of the tab.
    Cells,
    /// The narrative of the tab.
    Text,
    /// The list of findings.
    Findings,
    /// The report as it will be printed.
    Preview,
    /// The units of a folder.
    Units,
    /// The top window.
    Window,
}

/// What the button was pressed on, while it is held.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Drag {
    /// Cells, with the selection.
    Cells,
    /// Whole rows, from this one on.
    Rows(usize),
    /// Whole columns, from these on.
    Columns([usize; 2]),
    /// Text, with the selection.
    Text,
    /// A scrollbar.
    Scrollbar(ScrollPane),
}

/// Which screen was clicked: the second press of a double click counts only on the same one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ClickedScreen {
    /// How many windows are over it.
    pub windows: usize,
    /// The tab of the open report; `None` on another page.
    pub tab: Option<usize>,
    /// Whether it is the screen over a folder.
    pub is_folder: bool,
}
