//! The list of findings, in the order of the form.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Modifier;

use super::paint::draw_text;
use super::theme::{Theme, severity_mark};
use crate::editor::document::Document;
use crate::editor::view::View;
use crate::editor::{Editor, findings_list};

/// Draws the list, and returns the position of the selected finding.
pub fn draw(
    editor: &Editor,
    document: &Document,
    view: &View,
    area: Rect,
    theme: &Theme,
    buffer: &mut Buffer,
) -> Option<(u16, u16)> {
    if document.findings.is_empty() {
        draw_text(buffer, area, 1, 1, "没有发现问题。", theme.plain());
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
        let mut style = if finding.is_open() { theme.severity(finding.severity) } else { theme.dimmed() };
        if !finding.is_open() {
            style = style.add_modifier(Modifier::CROSSED_OUT);
        }
        if chosen {
            cursor = Some((area.x, area.y + y));
        }
        for (number, line) in lines.iter().enumerate() {
            let head = number == 0;
            let style = if head && chosen {
                style.patch(theme.bar())
            } else if head {
                style
            } else {
                theme.plain()
            };
            let x = if head {
                draw_text(buffer, area, 0, y, severity_mark(finding.severity), style) + 1
            } else {
                findings_list::INDENT
            };
            draw_text(buffer, area, x, y, line, style);
            y += 1;
        }
        if y >= area.height {
            break;
        }
    }
    cursor
}
