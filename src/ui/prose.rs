//! A narrative: wrapped rows, the selection, and the words that findings are about.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::look::Look;
use super::paint;
use crate::check::Weight;
use crate::editor::desk::Desk;
use crate::editor::prose::Prose;

/// Draws the narrative of the tab; the place of the caret.
pub fn draw(desk: &Desk, area: Rect, look: &Look, buffer: &mut Buffer) -> Option<(u16, u16)> {
    let section = desk.narrative()?;
    let mut area = area;
    if desk.cells().is_some() && area.height > 0 {
        // The narrative under the cells has its name over it.
        let over = Rect { y: area.y.saturating_sub(1), height: 1, ..area };
        paint::put(buffer, over, 0, 0, &section.title, look.strong());
    }
    area.height = area.height.min(buffer.area().height.saturating_sub(area.y));
    let prose = desk.prose_shown()?;
    let rows = prose.rows(usize::from(area.width));
    let spans: Vec<(usize, usize, Weight)> = desk
        .findings
        .iter()
        .filter(|finding| finding.is_open())
        .filter_map(|finding| finding.span.as_ref().map(|span| (span, finding.weight)))
        .filter(|(span, _)| span.field.as_str() == section.id)
        .map(|(span, weight)| (span.start, span.end, weight))
        .collect();
    let selection = prose.selection();
    let shown = rows.iter().enumerate().skip(prose.top).take(usize::from(area.height));
    for (y, (_, row)) in shown.enumerate() {
        let y = u16::try_from(y).unwrap_or(u16::MAX);
        let text = &prose.paragraphs()[row.paragraph][row.bytes.clone()];
        let bytes = row.offset..row.offset + text.len();
        let marked = |start: usize, end: usize| start < bytes.end && bytes.start < end;
        let is_plain = !spans.iter().any(|(start, end, _)| marked(*start, *end))
            && !selection.as_ref().is_some_and(|selected| marked(selected.start, selected.end));
        if is_plain {
            paint::put(buffer, area, 0, y, &prose.ruler.drawn(text), look.plain());
            continue;
        }
        let mut x = 0;
        for (at, piece, _) in prose.ruler.pieces(text) {
            let byte = row.offset + at;
            let mut style = look.plain();
            if let Some((.., weight)) = spans.iter().find(|(start, end, _)| (*start..*end).contains(&byte)) {
                style = style.patch(look.weight(*weight)).patch(look.involved());
            }
            if selection.as_ref().is_some_and(|selected| selected.contains(&byte)) {
                style = style.patch(look.bar());
            }
            x = paint::put(buffer, area, x, y, &prose.ruler.drawn(piece), style);
        }
    }
    caret(prose, &rows, area)
}

fn caret(prose: &Prose, rows: &[crate::editor::prose::VisualRow], area: Rect) -> Option<(u16, u16)> {
    let (row, column) = prose.caret_place(rows);
    let y = u16::try_from(row.checked_sub(prose.top)?).ok()?;
    let x = u16::try_from(column).ok()?;
    (y < area.height).then_some((area.x + x.min(area.width.saturating_sub(1)), area.y + y))
}
