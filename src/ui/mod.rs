//! What the clerk sees. Drawing changes nothing but the frame.

mod canvas;
mod file_list;
mod file_preview;
mod findings;
mod folder;
mod home;
mod import_review;
mod layer_frame;
mod layer_lists;
mod layers;
mod narrative;
mod preview;
mod progress;
mod side;
mod side_by_side;
mod status;
mod table;
#[cfg(test)]
mod tests;
mod theme;
mod theme_file;
mod title;
mod wide;

use ratatui::buffer::Buffer;
use ratatui::layout::Position;

use crate::editor::document::Document;
use crate::editor::view::{Tab, View};
use crate::editor::{Editor, Page, cursor, layout};
use crate::text::line_break;
use canvas::Canvas;
use theme_file::StyleRole;

pub use theme::{ThemeFileError, Themes};

/// Draws the whole screen into an empty frame, and returns where the terminal's cursor belongs.
pub fn draw(editor: &Editor, themes: &Themes, frame: &mut Buffer) -> Option<Position> {
    let area = frame.area;
    let mut canvas = Canvas::new(frame, themes.on(editor.background), editor.width_mode);
    // The window may have shrunk before the editor learned of it: nothing is laid out for less.
    if layout::too_small(area.width, area.height) || layout::too_small(editor.width, editor.height) {
        let (width, height) = layout::MIN_SIZE;
        let message = format!("窗口太小：当前 {}×{}，至少需要 {width}×{height}", area.width, area.height);
        for (y, row) in
            line_break::wrap(&message, usize::from(area.width), editor.width_mode).into_iter().enumerate()
        {
            let y = u16::try_from(y).unwrap_or(u16::MAX);
            canvas.text(0, y, &message[row], StyleRole::Text);
        }
        return None;
    }
    let cursor = match &editor.page {
        Page::Home(_) => home::draw(editor, &mut canvas),
        Page::Folder => folder::draw(editor, &mut canvas),
        Page::Document(document, view) => draw_document(editor, document, view, &mut canvas),
    };
    let over = layers::draw(editor, &mut canvas);
    let mut cursor = over.or(cursor);
    if editor.width_mode.wide {
        wide::widen_ambiguous(frame, &mut cursor);
    }
    cursor.map(|(x, y)| Position::new(x.min(area.width - 1), y.min(area.height - 1)))
}

fn draw_document(
    editor: &Editor,
    document: &Document,
    view: &View,
    canvas: &mut Canvas,
) -> Option<(u16, u16)> {
    let areas = layout::screen_areas(editor.width, editor.height);
    title::draw(editor, document, view, &areas, canvas);
    let cursor = match view.tabs[view.tab] {
        Tab::Preview => preview::draw(document, view, &mut canvas.within(areas.page)),
        Tab::Findings => findings::draw(editor, document, view, &mut canvas.within(areas.page)),
        Tab::Section { .. } => {
            let (cells, text) = cursor::section_areas(document, view, areas.body);
            let in_cells = table::draw(document, view, editor.show_changes, &mut canvas.within(cells));
            let in_text = narrative::draw(document, view, &mut canvas.within(text));
            if view.in_text() { in_text } else { in_cells }
        }
    };
    if !view.is_list() {
        side::draw(editor, document, view, &areas, canvas);
    }
    status::draw(editor, document, view, &areas, canvas);
    cursor
}
