//! What the clerk sees. Drawing only looks: it writes nothing but the frame.

mod findings;
mod folder;
mod home;
mod look;
mod paint;
mod preview;
mod prose;
mod status;
mod table;
#[cfg(test)]
mod tests;
mod title;
mod wide;
mod windows;

use ratatui::buffer::Buffer;
use ratatui::layout::Position;

use crate::editor::desk::{Desk, Tab};
use crate::editor::{Editor, Page, cursor, layout};
use crate::text::breaking;
use look::Look;

/// Draws the whole screen into an empty frame; where the next character goes, which is where the
/// terminal's cursor belongs.
pub fn draw(editor: &Editor, frame: &mut Buffer) -> Option<Position> {
    let area = frame.area;
    let look = Look { colour: editor.colour };
    // The window may have become another before the editor was told: nothing is laid out for less.
    if layout::too_small(area.width, area.height) || layout::too_small(editor.width, editor.height) {
        let (width, height) = layout::SMALLEST;
        let words = format!("窗口太小：现在 {}×{}，至少要 {width}×{height}", area.width, area.height);
        for (y, row) in breaking::rows(&words, usize::from(area.width), editor.ruler).into_iter().enumerate()
        {
            let y = u16::try_from(y).unwrap_or(u16::MAX);
            paint::put(frame, area, 0, y, &words[row], look.plain());
        }
        return None;
    }
    let cursor = match &editor.page {
        Page::Home(chosen) => home::draw(editor, chosen, &look, frame),
        Page::Folder => folder::draw(editor, &look, frame),
        Page::Desk(desk) => self::desk(editor, desk, &look, frame),
    };
    let over = windows::draw(editor, &look, frame);
    let mut cursor = over.or(cursor);
    if editor.ruler.wide {
        wide::spread(frame, &mut cursor);
    }
    cursor.map(|(x, y)| Position::new(x.min(area.width - 1), y.min(area.height - 1)))
}

fn desk(editor: &Editor, desk: &Desk, look: &Look, frame: &mut Buffer) -> Option<(u16, u16)> {
    let areas = layout::areas(editor.width, editor.height);
    title::draw(editor, desk, &areas, look, frame);
    let cursor = match desk.tabs[desk.tab] {
        Tab::Preview => preview::draw(desk, areas.body, look, frame),
        Tab::Findings => findings::draw(editor, desk, areas.body, look, frame),
        Tab::Section { .. } => {
            let in_cells = table::draw(desk, editor.compare, areas.body, look, frame);
            let mut below = areas.body;
            if desk.cells().is_some() {
                let offset = cursor::text_offset(desk, usize::from(areas.body.width));
                let offset = u16::try_from(offset).unwrap_or(u16::MAX).min(below.height);
                below.y += offset;
                below.height -= offset;
            }
            let in_text = prose::draw(desk, below, look, frame);
            if desk.in_text() { in_text } else { in_cells }
        }
    };
    status::draw(editor, desk, &areas, look, frame);
    cursor
}
