//! The report as it will be printed, with the marks of the findings beside it.

use super::canvas::Canvas;
use super::theme::{severity_mark, severity_role};
use super::theme_file::StyleRole;
use crate::check::Severity;
use crate::editor::document::Document;
use crate::editor::view::View;
use crate::export::preview::PreviewLine;

/// Columns for the marks.
const GUTTER: u16 = 2;

/// Draws the visible part, and returns the cursor at its top.
pub fn draw(document: &Document, view: &View, canvas: &mut Canvas) -> Option<(u16, u16)> {
    let area = canvas.area();
    let lines = view.preview_lines(document, usize::from(area.width));
    for (y, line) in (0..area.height).zip(lines.iter().skip(view.preview_top)) {
        canvas.text(GUTTER, y, &line.text, StyleRole::Text);
        if let Some(severity) = line_severity(document, line) {
            canvas.text(0, y, severity_mark(severity), severity_role(severity));
        }
    }
    Some((area.x, area.y))
}

/// Returns the heaviest open finding that is about something on the line.
fn line_severity(document: &Document, line: &PreviewLine) -> Option<Severity> {
    let about = |finding: &&crate::check::Finding| {
        let target = finding.suspect.as_ref().or(finding.fields.first());
        finding.is_open() && line.shown_fields.iter().any(|shows| Some(&shows.field) == target)
    };
    document.findings.iter().filter(about).map(|finding| finding.severity).max()
}
