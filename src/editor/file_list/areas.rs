//! Where the parts of the list of files stand: pure functions that `draw`, keys and mouse call.

use ratatui::layout::Rect;

use super::listing::FileList;
use super::rows::file_rows;
use crate::editor::Editor;
use crate::editor::layer_layout::ListArea;
use crate::editor::layout::layer_area;
use crate::editor::list_cursor::scrolled;

/// The widest that the list becomes, in columns of content.
const MAX_WIDTH: u16 = 160;
/// From so many columns on, what is in the file chosen is shown beside the list.
const PREVIEW_FROM: u16 = 114;
/// The columns between the list and what is shown beside it, with the line that stands there.
const GAP: u16 = 3;

/// The parts of the list, from the top down.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FileListAreas {
    /// All of them.
    pub inside: Rect,
    /// The folder.
    pub folder: Rect,
    /// The line that is typed.
    pub line: Rect,
    /// The files.
    pub list: ListArea,
    /// What is in the file chosen; empty in a narrow window, and where a name is typed.
    pub preview: Rect,
    /// The file chosen in words.
    pub detail: Rect,
}

/// The parts of a list with so many rows.
pub fn file_list_areas(editor: &Editor, list: &FileList, count: usize) -> FileListAreas {
    let inside = layer_area(editor.width, editor.height, MAX_WIDTH, u16::MAX);
    let row = |y: u16, height: u16| Rect { y: inside.y + y, height, ..inside }.intersection(inside);
    let rows = row(2, inside.height.saturating_sub(3));
    let beside =
        if inside.width < PREVIEW_FROM || list.purpose.is_naming() { 0 } else { inside.width * 2 / 5 };
    let preview = Rect { x: rows.right() - beside, width: beside, ..rows };
    let gap = if beside == 0 { 0 } else { GAP };
    let rows = Rect { width: rows.width - beside - gap, ..rows };
    let top = scrolled(0, list.at.unwrap_or(0), usize::from(rows.height));
    FileListAreas {
        inside,
        folder: row(0, 1),
        line: row(1, 1),
        list: ListArea { area: rows, top, count },
        preview,
        detail: row(inside.height.saturating_sub(1), 1),
    }
}

/// The row that stands at a place of the screen.
pub fn row_at(editor: &Editor, list: &FileList, column: u16, row: u16) -> Option<usize> {
    file_list_areas(editor, list, file_rows(list).len()).list.line_at(column, row)
}
