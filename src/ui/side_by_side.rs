//! Two texts that are nearly the same, side by side.

use super::canvas::{Canvas, truncated};
use super::layer_frame::{draw_frame, draw_scrollbar};
use super::theme_file::StyleRole;
use crate::editor::layer::SideBySide;
use crate::editor::{Editor, layer_layout, likeness};

/// Draws two texts side by side, what is the same marked by a sign and a style.
pub fn draw(editor: &Editor, both: &SideBySide, top: usize, canvas: &mut Canvas) -> (u16, u16) {
    let inside = layer_layout::tall_area(editor);
    draw_frame("文字对照（= 相同，~ 部分相同）", inside, canvas);
    let rows = likeness::side_rows(editor, both);
    let list = layer_layout::side_list(editor, both, rows.len(), top);
    let mut window = canvas.within(inside);
    let above = list.area.y - inside.y;
    for (y, line) in (0..above.saturating_sub(2)).zip(likeness::note_rows(editor, both)) {
        window.text(0, y, &line, StyleRole::Text);
    }
    let width = likeness::side_width(editor.width);
    let columns = [2, width + 6];
    for (x, name) in columns.into_iter().zip(&both.names) {
        window.text(x, above.saturating_sub(2), &truncated(name, usize::from(width)), StyleRole::Heading);
    }
    window.line(0, inside.width, above.saturating_sub(1));
    let mut window = canvas.within(list.area);
    for (y, row) in (0..list.area.height).zip(rows.iter().skip(list.top)) {
        for (x, side) in columns.into_iter().zip(row) {
            window.text(x - 2, y, likeness::side_sign(side), StyleRole::Note);
            let mut at = x;
            for (piece, is_same) in side {
                let role = if *is_same { StyleRole::Attention } else { StyleRole::Text };
                at = window.text(at, y, piece, role);
            }
        }
    }
    draw_scrollbar(list, canvas);
    (inside.x, list.area.y)
}
