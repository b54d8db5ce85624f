//! The report as it will be printed, with the marks of the findings in the margin.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::paint;
use super::theme::{Theme, severity_mark};
use crate::check::Severity;
use crate::editor::document::Document;
use crate::editor::view::View;
use crate::export::preview::PreviewLine;

/// Columns of the margin.
const GUTTER: u16 = 2;

/// Draws the part that is in view; the cursor stands at its top.
pub fn draw(
    document: &Document,
    view: &View,
    area: Rect,
    theme: &Theme,
    buffer: &mut Buffer,
) -> Option<(u16, u16)> {
    let lines = view.preview_lines(document, usize::from(area.width));
    for (y, line) in (0..area.height).zip(lines.iter().skip(view.preview_top)) {
        paint::draw_text(buffer, area, GUTTER, y, &line.text, theme.plain());
        if let Some(weight) = line_severity(document, line) {
            paint::draw_text(buffer, area, 0, y, severity_mark(weight), theme.severity(weight));
        }
    }
    Some((area.x, area.y))
}

/// The heaviest open finding that is about something on the line.
fn line_severity(document: &Document, line: &PreviewLine) -> Option<Severity> {
    let about = |finding: &&crate::check::Finding| {
        let target = finding.suspect.as_ref().or(finding.fields.first());
        finding.is_open() && line.shown_fields.iter().any(|shows| Some(&shows.field) == target)
    };
    document.findings.iter().filter(about).map(|finding| finding.severity).max()
}
