//! A narrative: wrapped rows, the selection, and the words that findings and quoted numbers are about.

use std::ops::Range;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

use super::paint::{draw_text, to_u16};
use super::theme::{Theme, severity_mark};
use crate::check::Severity;
use crate::editor::document::Document;
use crate::editor::figures::{TextMarkKind, text_marks};
use crate::editor::narrative_editor::{NarrativeEditor, VisualRow};
use crate::editor::view::View;

/// Draws the narrative of the tab, and returns the position of the caret.
pub fn draw(
    document: &Document,
    view: &View,
    area: Rect,
    theme: &Theme,
    buffer: &mut Buffer,
) -> Option<(u16, u16)> {
    let section = view.narrative_section(document)?;
    let mut area = area;
    if view.cell_section(document).is_some() && area.height > 0 {
        // The narrative under the cells has its name over it.
        let over = Rect { y: area.y.saturating_sub(1), height: 1, ..area };
        draw_text(buffer, over, 0, 0, &section.title, theme.strong());
    }
    area.height = area.height.min(buffer.area().height.saturating_sub(area.y));
    let narrative = view.narrative_editor(document)?;
    let rows = narrative.rows(usize::from(area.width));
    let lines = narrative.top..narrative.top + usize::from(area.height);
    let shown: Vec<&VisualRow> = rows.iter().filter(|row| lines.contains(&row.line)).collect();
    let start = shown.first().map_or(0, |row| row.offset);
    let end = shown.last().map_or(0, |row| row.offset + row.bytes.len());
    let marks = text_marks(document, &section.id, start..end);
    let selection = narrative.selection().unwrap_or_default();
    for row in shown {
        let y = to_u16(row.line - narrative.top);
        let text = narrative.row_text(row);
        let bytes = row.offset..row.offset + text.len();
        let touches = |other: &Range<usize>| other.start < bytes.end && bytes.start < other.end;
        let worst = marks.iter().filter(|mark| touches(&mark.bytes)).filter_map(|mark| mark.kind.severity());
        if let Some(severity) = worst.max() {
            draw_text(buffer, area, 0, y, severity_mark(severity), theme.severity(severity));
        }
        let mut x = to_u16(row.indent);
        if !touches(&selection) && !marks.iter().any(|mark| touches(&mark.bytes)) {
            draw_text(buffer, area, x, y, &narrative.width_mode.with_placeholders(text), theme.plain());
            continue;
        }
        for (at, piece, _) in narrative.width_mode.graphemes(text) {
            let byte = row.offset + at;
            let mark = marks.iter().find(|mark| mark.bytes.contains(&byte));
            let mut style = mark.map_or(theme.plain(), |mark| mark_style(mark.kind, theme));
            if selection.contains(&byte) {
                style = style.patch(theme.bar());
            }
            x = draw_text(buffer, area, x, y, &narrative.width_mode.with_placeholders(piece), style);
        }
    }
    caret_position(narrative, &rows, area)
}

/// Returns the style of marked words: what agrees is faint, a number that does not is wrong.
fn mark_style(kind: TextMarkKind, theme: &Theme) -> Style {
    let style = match kind {
        TextMarkKind::Agrees => theme.dimmed(),
        TextMarkKind::Differs(_) => theme.severity(Severity::Error),
        TextMarkKind::Finding(severity) => theme.severity(severity),
    };
    style.patch(theme.related())
}

fn caret_position(narrative: &NarrativeEditor, rows: &[VisualRow], area: Rect) -> Option<(u16, u16)> {
    let (row, column) = narrative.caret_position(rows);
    let y = to_u16(rows.get(row)?.line.checked_sub(narrative.top)?);
    let x = to_u16(column).min(area.width.saturating_sub(1));
    (y < area.height).then_some((area.x + x, area.y + y))
}
