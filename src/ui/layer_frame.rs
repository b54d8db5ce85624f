//! What windows over the screen have in common: the frame, hints in its lower edge, the scrollbar, a line to
//! fill in.

use ratatui::layout::Rect;

use super::canvas::{Canvas, text_width};
use super::theme_file::StyleRole;
use crate::editor::layer_layout::ListArea;
use crate::editor::line_input::LineInput;
use crate::editor::{Command, Editor, Scope};

/// Draws a cleared area with a border and a title around a window.
pub fn draw_frame(title: &str, inside: Rect, canvas: &mut Canvas) {
    let mut around = canvas.within(Rect {
        x: inside.x.saturating_sub(2),
        y: inside.y.saturating_sub(1),
        width: inside.width + 4,
        height: inside.height + 2,
    });
    around.clear();
    around.frame(title);
}

/// Writes into the lower edge of a window which keys do what.
pub fn draw_edge_hint(editor: &Editor, inside: Rect, hints: &[(&[Command], &str)], canvas: &mut Canvas) {
    let mut edge = canvas.within(Rect { y: inside.bottom(), height: 1, ..inside });
    let mut end = edge.width();
    for (commands, purpose) in hints.iter().rev() {
        let key = match commands {
            [one] => Some(editor.keys.key_label(Scope::Window, *one)).filter(|key| !key.is_empty()),
            all => editor.keys.labels(Scope::Window, all),
        };
        let Some(key) = key else { continue };
        end = edge.text_right(end, 0, &format!(" {purpose} "), StyleRole::Note);
        end = edge.text_right(end, 0, &format!(" {key}"), StyleRole::Key);
    }
}

/// Draws the scrollbar of a window into its right margin.
pub fn draw_scrollbar(list: ListArea, canvas: &mut Canvas) {
    let margin = Rect { width: list.area.width + 1, ..list.area };
    canvas.within(margin).scrollbar(list.area.width, list.top, list.count);
}

/// Draws an input line from a column on, and returns the position of its caret.
pub fn draw_input(row: &mut Canvas, x: u16, line: &LineInput, is_chosen: bool) -> (u16, u16) {
    let area = row.area();
    if is_chosen {
        row.ground(x, 0, area.width.saturating_sub(x), StyleRole::TintRow);
    }
    let mut before = line.before();
    while x + text_width(before) + 1 > area.width && !before.is_empty() {
        let mut letters = before.chars();
        letters.next();
        before = letters.as_str();
    }
    let caret = row.text(x, 0, before, StyleRole::Text);
    row.text(caret, 0, line.after(), StyleRole::Text);
    (area.x + caret, area.y)
}
