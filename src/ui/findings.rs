//! The list of findings, in the order of the form.

use super::canvas::Canvas;
use super::theme::{severity_mark, severity_role};
use super::theme_file::StyleRole;
use crate::editor::document::Document;
use crate::editor::view::View;
use crate::editor::{Editor, findings_list};

/// Draws the list, and returns the position of the selected finding.
pub fn draw(editor: &Editor, document: &Document, view: &View, canvas: &mut Canvas) -> Option<(u16, u16)> {
    let area = canvas.area();
    if document.findings.is_empty() {
        canvas.text(1, 1, "没有发现问题。", StyleRole::Text);
        return Some((area.x + 1, area.y + 1));
    }
    let lines = findings_list::finding_lines(
        document,
        view,
        &|finding| findings_list::fix_hint(&editor.keys, editor.scope_below_layers(), finding),
        usize::from(area.width),
    );
    let first = findings_list::first_shown(&lines, view.current_finding, usize::from(area.height));
    let mut y = 0;
    let mut cursor = None;
    for (at, (finding, lines)) in document.findings.iter().zip(&lines).enumerate().skip(first) {
        let chosen = at == view.current_finding;
        let own = if finding.is_open() { severity_role(finding.severity) } else { StyleRole::Ignored };
        if chosen {
            cursor = Some((area.x, area.y + y));
        }
        for (number, line) in lines.iter().enumerate() {
            let head = number == 0;
            let style = match (head, chosen) {
                (true, true) => canvas.style((own, StyleRole::Cursor)),
                (true, false) => canvas.style(own),
                _ => canvas.style(StyleRole::Text),
            };
            let x = if head {
                canvas.text(0, y, severity_mark(finding.severity), style) + 1
            } else {
                findings_list::INDENT
            };
            canvas.text(x, y, line, style);
            y += 1;
        }
        if y >= area.height {
            break;
        }
    }
    cursor
}
