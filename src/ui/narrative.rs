//! A narrative: wrapped rows, the selection, and the words that findings and quoted numbers are about.

use std::ops::Range;

use ratatui::layout::Rect;

use super::canvas::{Canvas, to_u16};
use super::theme::{severity_mark, severity_role};
use super::theme_file::StyleRole;
use crate::check::Severity;
use crate::editor::document::Document;
use crate::editor::figures::{TextMarkKind, text_marks};
use crate::editor::narrative_editor::{NarrativeEditor, VisualRow};
use crate::editor::search;
use crate::editor::view::View;

/// Draws the narrative of the tab, and returns the position of the caret.
pub fn draw(document: &Document, view: &View, canvas: &mut Canvas) -> Option<(u16, u16)> {
    let section = view.narrative_section(document)?;
    let area = canvas.area();
    if view.cell_section(document).is_some() && area.height > 0 {
        // The narrative under the cells has its name over it.
        let over = Rect { y: area.y.saturating_sub(1), height: 1, ..area };
        let role = if view.in_text() { StyleRole::Heading } else { StyleRole::PaneTitle };
        canvas.within(over).text(1, 0, &section.title, role);
    }
    let narrative = view.narrative_editor(document)?;
    let rows = narrative.rows(usize::from(area.width));
    let lines = narrative.top..narrative.top + usize::from(area.height);
    let shown: Vec<&VisualRow> = rows.iter().filter(|row| lines.contains(&row.line)).collect();
    let start = shown.first().map_or(0, |row| row.offset);
    let end = shown.last().map_or(0, |row| row.offset + row.bytes.len());
    let marks = text_marks(document, &section.id, start..end);
    let selection = narrative.selection().unwrap_or_default();
    let (found, caret) = (search::lit_ranges(view, &narrative.text()), narrative.caret());
    for row in shown {
        let y = to_u16(row.line - narrative.top);
        let text = narrative.row_text(row);
        let bytes = row.offset..row.offset + text.len();
        let touches = |other: &Range<usize>| other.start < bytes.end && bytes.start < other.end;
        let worst = marks.iter().filter(|mark| touches(&mark.bytes)).filter_map(|mark| mark.kind.severity());
        if let Some(severity) = worst.max() {
            canvas.text(0, y, severity_mark(severity), severity_role(severity));
        }
        let mut x = to_u16(row.indent);
        if !touches(&selection)
            && !found.iter().any(touches)
            && !marks.iter().any(|mark| touches(&mark.bytes))
        {
            canvas.text(x, y, &narrative.width_mode.with_stand_ins(text), StyleRole::Text);
            continue;
        }
        for (at, piece, _) in narrative.width_mode.graphemes(text) {
            let byte = row.offset + at;
            let mark = marks.iter().find(|mark| mark.bytes.contains(&byte));
            let mut style = canvas.style(mark.map_or(StyleRole::Text, |mark| mark_role(mark.kind)));
            if let Some(hit) = found.iter().find(|bytes| bytes.contains(&byte)) {
                // The one that the caret is on stands out from the others.
                let is_current = hit.start == caret && view.in_text();
                let role = if is_current { StyleRole::Selection } else { StyleRole::Found };
                style = style.patch(canvas.style(role));
            }
            if selection.contains(&byte) {
                style = style.patch(canvas.style(StyleRole::Selection));
            }
            x = canvas.text(x, y, &narrative.width_mode.with_stand_ins(piece), style);
        }
    }
    let total = rows.last().map_or(0, |row| row.line + 1);
    canvas.scrollbar(area.width.saturating_sub(1), narrative.top, total);
    caret_position(narrative, &rows, area)
}

/// Returns the role of marked words. A number that is not the table's is wrong, whatever its finding is.
fn mark_role(kind: TextMarkKind) -> StyleRole {
    match kind {
        TextMarkKind::Agrees => StyleRole::QuoteAgree,
        TextMarkKind::Differs(_) | TextMarkKind::Finding(Severity::Error) => StyleRole::QuoteWrong,
        TextMarkKind::Finding(severity) => severity_role(severity),
    }
}

fn caret_position(narrative: &NarrativeEditor, rows: &[VisualRow], area: Rect) -> Option<(u16, u16)> {
    let (row, column) = narrative.caret_position(rows);
    let y = to_u16(rows.get(row)?.line.checked_sub(narrative.top)?);
    let x = to_u16(column).min(area.width.saturating_sub(1));
    (y < area.height).then_some((area.x + x, area.y + y))
}
