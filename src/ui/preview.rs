//! The report as it will be printed: a page, with the marks of the findings beside it.

use super::canvas::Canvas;
use super::theme::{severity_mark, severity_role};
use super::theme_file::StyleRole;
use crate::check::Severity;
use crate::editor::document::Document;
use crate::editor::preview_page::page_area;
use crate::editor::view::View;
use crate::export::preview::PreviewLine;

/// Draws the visible part of the page, and returns the cursor at its top.
pub fn draw(document: &Document, view: &View, canvas: &mut Canvas) -> Option<(u16, u16)> {
    let area = canvas.area();
    let page = page_area(area.width);
    let lines = view.preview_lines(document, usize::from(area.width));
    let [top_left, top_right, end_left, end_right] = canvas.signs().corners;
    let (horizontal, vertical) = (canvas.signs().horizontal, canvas.signs().vertical);
    let edge = horizontal.repeat(usize::from(page.width.saturating_sub(2)));
    // The page begins and ends with its edge.
    let rows = lines.len() + 2;
    for (y, at) in (0..area.height).zip(view.preview_top..rows) {
        let line = at.checked_sub(1).and_then(|at| lines.get(at));
        let Some(line) = line else {
            let (left, right) = if at == 0 { (top_left, top_right) } else { (end_left, end_right) };
            canvas.text(page.x, y, &format!("{left}{edge}{right}"), StyleRole::Rule);
            continue;
        };
        canvas.text(page.x, y, vertical, StyleRole::Rule);
        canvas.text(page.right() - 1, y, vertical, StyleRole::Rule);
        canvas.text(page.x + 2, y, &line.text, StyleRole::Text);
        let above = at.checked_sub(2).and_then(|at| lines.get(at));
        if let Some(severity) = line_severity(document, line, above) {
            canvas.text(page.x - 1, y, severity_mark(severity), severity_role(severity));
        }
    }
    canvas.scrollbar(area.width.saturating_sub(1), view.preview_top, rows);
    Some((area.x + page.x, area.y))
}

/// Returns the heaviest open finding that is about something which begins on the line: a text is marked once,
/// not all the way down.
fn line_severity(document: &Document, line: &PreviewLine, above: Option<&PreviewLine>) -> Option<Severity> {
    let about = |finding: &&crate::check::Finding| {
        let target = finding.suspect.as_ref().or(finding.fields.first());
        let shows = |line: &PreviewLine| line.shown_fields.iter().any(|it| Some(&it.field) == target);
        finding.is_open() && shows(line) && !above.is_some_and(shows)
    };
    document.findings.iter().filter(about).map(|finding| finding.severity).max()
}
