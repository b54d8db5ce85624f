//! The pane beside table or text: boxes about the place of the cursor, and the report as it will be printed.

use super::canvas::{Canvas, text_width, to_u16, truncated};
use super::theme_file::StyleRole;
use crate::editor::Editor;
use crate::editor::document::Document;
use crate::editor::layout::ScreenAreas;
use crate::editor::side_pane::{SideBox, SideKind, placed_boxes, within_gap};
use crate::editor::view::View;

/// Draws what there is room for.
pub fn draw(editor: &Editor, document: &Document, view: &View, areas: &ScreenAreas, canvas: &mut Canvas) {
    for (one, area) in placed_boxes(editor, document, view, areas) {
        draw_box(&one, &mut canvas.within(area));
    }
    let preview = within_gap(areas.preview);
    if preview.height > 2 {
        draw_preview(document, view, &mut canvas.within(preview));
    }
}

fn draw_box(one: &SideBox, canvas: &mut Canvas) {
    let inside = canvas.frame(one.title, false);
    let mut canvas = canvas.within(inside);
    let width = inside.width;
    for (y, line) in (0..).zip(&one.lines) {
        let role = match line.kind {
            SideKind::Text => StyleRole::Text,
            SideKind::Wrong => StyleRole::Wrong,
            SideKind::Attention => StyleRole::Attention,
            SideKind::Agree => StyleRole::Agree,
            SideKind::Note => StyleRole::Note,
            SideKind::Key => StyleRole::Accent,
        };
        let aside = truncated(&line.aside, usize::from(width / 2));
        let room = width.saturating_sub(text_width(&aside) + if aside.is_empty() { 2 } else { 3 });
        canvas.text(1, y, &truncated(&line.text, usize::from(room)), role);
        canvas.text_right(width - 1, y, &aside, role);
    }
}

/// The report as it will be printed, around what shows the field of the cursor.
fn draw_preview(document: &Document, view: &View, canvas: &mut Canvas) {
    let inside = canvas.frame("预览", false);
    let lines = view.side_preview();
    let height = usize::from(inside.height);
    let here = view.current_field(document);
    let shows = |id| lines.iter().position(|line| line.shown_fields.iter().any(|it| Some(&it.field) == id));
    let at = shows(here.as_ref()).unwrap_or(0);
    let top = at.saturating_sub(height / 2).min(lines.len().saturating_sub(height));
    let mut canvas = canvas.within(inside);
    for (y, line) in (0..inside.height).zip(lines.iter().skip(top)) {
        canvas.text(1, y, &line.text, StyleRole::Note);
        for field in line.shown_fields.iter().filter(|it| Some(&it.field) == here.as_ref()) {
            let (from, to) = (to_u16(field.columns.start), to_u16(field.columns.end));
            canvas.ground(1 + from, y, to.saturating_sub(from), StyleRole::Selection);
        }
    }
    canvas.scrollbar(inside.width.saturating_sub(1), top, lines.len());
}
