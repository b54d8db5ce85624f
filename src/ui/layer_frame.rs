//! What layers over the screen have in common: the frame, hints in its lower edge, the scrollbar, a line to
//! fill in.

use ratatui::layout::Rect;

use super::canvas::Canvas;
use super::theme_file::StyleRole;
use crate::editor::Editor;
use crate::editor::layer_edge::{self, FILTER_LABEL, WindowHint};
use crate::editor::layer_layout::ListArea;
use crate::editor::line_input::LineInput;
use crate::editor::scrollbar::with_scrollbar;

/// Draws a cleared area with a border and a title around a layer.
pub fn draw_frame(title: &str, inside: Rect, canvas: &mut Canvas) {
    let mut around = canvas.within(Rect {
        x: inside.x.saturating_sub(2),
        y: inside.y.saturating_sub(1),
        width: inside.width + 4,
        height: inside.height + 2,
    });
    around.clear();
    around.frame(title, true);
}

/// Writes into the lower edge of a layer which keys do what.
pub fn draw_edge_hint(editor: &Editor, inside: Rect, hints: &[WindowHint], canvas: &mut Canvas) {
    for hint in layer_edge::place_hints(editor, inside, hints) {
        let mut edge = canvas.within(hint.area);
        let x = edge.text(0, 0, &format!(" {}", hint.key), StyleRole::Key);
        edge.text(x, 0, &format!(" {} ", hint.purpose), StyleRole::Note);
    }
}

/// Draws the line that narrows the lines of a layer, and returns the position of its caret.
pub fn draw_filter(line: &LineInput, placeholder: &str, row: &mut Canvas) -> (u16, u16) {
    let x = row.text(0, 0, FILTER_LABEL, StyleRole::Note);
    let caret = draw_input(row, x, line, true);
    if line.text().is_empty() {
        row.text(x, 0, placeholder, StyleRole::Blank);
    }
    caret
}

/// Draws the scrollbar of a layer over its right edge.
pub fn draw_scrollbar(list: ListArea, canvas: &mut Canvas) {
    let area = with_scrollbar(list.area);
    canvas.within(area).scrollbar(area.width - 1, list.top, list.count);
}

/// Draws an input line from a column on, and returns the position of its caret.
pub fn draw_input(row: &mut Canvas, x: u16, line: &LineInput, is_chosen: bool) -> (u16, u16) {
    let area = row.area();
    if is_chosen {
        row.ground(x, 0, area.width.saturating_sub(x), StyleRole::TintRow);
    }
    // One column is kept for the caret.
    let columns = usize::from(area.width.saturating_sub(x + 1));
    let (before, after) = line.visible_parts(columns, row.width_mode());
    let caret = row.text(x, 0, before, StyleRole::Text);
    row.text(caret, 0, after, StyleRole::Text);
    (area.x + caret, area.y)
}
