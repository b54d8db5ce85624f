//! A narrative: wrapped rows, the selection, and the text that findings are about.

use ratatui::layout::Rect;

use super::canvas::Canvas;
use super::theme::severity_role;
use super::theme_file::StyleRole;
use crate::check::Severity;
use crate::editor::document::Document;
use crate::editor::narrative_editor::NarrativeEditor;
use crate::editor::view::View;

/// Draws the narrative of the tab, and returns the position of the caret.
pub fn draw(document: &Document, view: &View, canvas: &mut Canvas) -> Option<(u16, u16)> {
    let section = view.narrative_section(document)?;
    let area = canvas.area();
    if view.cell_section(document).is_some() && area.height > 0 {
        // The narrative under the cells has its name over it.
        let over = Rect { y: area.y.saturating_sub(1), height: 1, ..area };
        canvas.within(over).text(0, 0, &section.title, StyleRole::Heading);
    }
    let narrative = view.narrative_editor(document)?;
    let rows = narrative.rows(usize::from(area.width));
    let spans: Vec<(usize, usize, Severity)> = document
        .findings
        .iter()
        .filter(|finding| finding.is_open())
        .filter_map(|finding| finding.span.as_ref().map(|span| (span, finding.severity)))
        .filter(|(span, _)| span.field.as_str() == section.id)
        .map(|(span, severity)| (span.start, span.end, severity))
        .collect();
    let selection = narrative.selection();
    let shown = rows.iter().enumerate().skip(narrative.top).take(usize::from(area.height));
    for (y, (_, row)) in shown.enumerate() {
        let y = u16::try_from(y).unwrap_or(u16::MAX);
        let text = &narrative.paragraphs()[row.paragraph][row.bytes.clone()];
        let bytes = row.offset..row.offset + text.len();
        let marked = |start: usize, end: usize| start < bytes.end && bytes.start < end;
        let is_plain = !spans.iter().any(|(start, end, _)| marked(*start, *end))
            && !selection.as_ref().is_some_and(|selected| marked(selected.start, selected.end));
        if is_plain {
            canvas.text(0, y, &narrative.width_mode.with_placeholders(text), StyleRole::Text);
            continue;
        }
        let mut x = 0;
        for (at, piece, _) in narrative.width_mode.graphemes(text) {
            let byte = row.offset + at;
            let mut style = canvas.style(StyleRole::Text);
            if let Some((.., severity)) = spans.iter().find(|(start, end, _)| (*start..*end).contains(&byte))
            {
                let wrong = if *severity == Severity::Error {
                    StyleRole::QuoteWrong
                } else {
                    severity_role(*severity)
                };
                style = style.patch(canvas.style(wrong));
            }
            if selection.as_ref().is_some_and(|selected| selected.contains(&byte)) {
                style = style.patch(canvas.style(StyleRole::Selection));
            }
            x = canvas.text(x, y, &narrative.width_mode.with_placeholders(piece), style);
        }
    }
    caret_position(narrative, &rows, area)
}

fn caret_position(
    narrative: &NarrativeEditor,
    rows: &[crate::editor::narrative_editor::VisualRow],
    area: Rect,
) -> Option<(u16, u16)> {
    let (row, column) = narrative.caret_position(rows);
    let y = u16::try_from(row.checked_sub(narrative.top)?).ok()?;
    let x = u16::try_from(column).ok()?;
    (y < area.height).then_some((area.x + x.min(area.width.saturating_sub(1)), area.y + y))
}
