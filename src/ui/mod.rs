//! What the clerk sees. Drawing changes nothing but the frame.

mod findings;
mod folder;
mod home;
mod layers;
mod narrative;
mod paint;
mod preview;
mod status;
mod table;
#[cfg(test)]
mod tests;
mod theme;
mod title;
mod wide;

use ratatui::buffer::Buffer;
use ratatui::layout::Position;

use crate::editor::document::Document;
use crate::editor::view::{Tab, View};
use crate::editor::{Editor, Page, cursor, layout};
use crate::text::line_break;
use paint::draw_text;
use theme::Theme;

/// Draws the whole screen into an empty frame, and returns where the terminal's cursor belongs.
pub fn draw(editor: &Editor, frame: &mut Buffer) -> Option<Position> {
    let area = frame.area;
    let theme = Theme { colour: editor.colour };
    // The window may have shrunk before the editor learned of it: nothing is laid out for less.
    if layout::too_small(area.width, area.height) || layout::too_small(editor.width, editor.height) {
        let (width, height) = layout::MIN_SIZE;
        let message = format!("窗口太小：现在 {}×{}，至少要 {width}×{height}", area.width, area.height);
        for (y, row) in
            line_break::wrap(&message, usize::from(area.width), editor.width_mode).into_iter().enumerate()
        {
            let y = u16::try_from(y).unwrap_or(u16::MAX);
            draw_text(frame, area, 0, y, &message[row], theme.plain());
        }
        return None;
    }
    let cursor = match &editor.page {
        Page::Home(chosen) => home::draw(editor, chosen, &theme, frame),
        Page::Folder => folder::draw(editor, &theme, frame),
        Page::Document(document, view) => draw_document(editor, document, view, &theme, frame),
    };
    let over = layers::draw(editor, &theme, frame);
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
    theme: &Theme,
    frame: &mut Buffer,
) -> Option<(u16, u16)> {
    let areas = layout::screen_areas(editor.width, editor.height);
    title::draw(editor, document, view, &areas, theme, frame);
    let cursor = match view.tabs[view.tab] {
        Tab::Preview => preview::draw(document, view, areas.body, theme, frame),
        Tab::Findings => findings::draw(editor, document, view, areas.body, theme, frame),
        Tab::Section { .. } => {
            let (mut cells, mut below) = (areas.body, areas.body);
            let lines =
                cursor::cells_height(document, view, usize::from(cells.width), usize::from(cells.height));
            cells.height = u16::try_from(lines).unwrap_or(u16::MAX);
            let in_cells = table::draw(document, view, editor.show_changes, cells, theme, frame);
            if view.cell_section(document).is_some() {
                let offset = (cells.height + 1).min(below.height);
                below.y += offset;
                below.height -= offset;
            }
            let in_text = narrative::draw(document, view, below, theme, frame);
            if view.in_text() { in_text } else { in_cells }
        }
    };
    status::draw(editor, document, view, &areas, theme, frame);
    cursor
}
