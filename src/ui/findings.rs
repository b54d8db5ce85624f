//! The list of findings, in the order of the form.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Modifier;

use super::look::{Look, mark};
use super::paint;
use crate::editor::desk::Desk;
use crate::editor::{Editor, listing};

/// Draws the list; the place of the chosen one.
pub fn draw(
    editor: &Editor,
    desk: &Desk,
    area: Rect,
    look: &Look,
    buffer: &mut Buffer,
) -> Option<(u16, u16)> {
    if desk.findings.is_empty() {
        paint::put(buffer, area, 1, 1, "没有发现问题。", look.plain());
        return Some((area.x + 1, area.y + 1));
    }
    let lines =
        listing::lines(desk, &listing::cure(&editor.keys, editor.scope_below()), usize::from(area.width));
    let first = listing::first_shown(&lines, desk.finding, usize::from(area.height));
    let mut y = 0;
    let mut cursor = None;
    for (at, (finding, lines)) in desk.findings.iter().zip(&lines).enumerate().skip(first) {
        let chosen = at == desk.finding;
        let mut style = if finding.is_open() { look.weight(finding.weight) } else { look.quiet() };
        if !finding.is_open() {
            style = style.add_modifier(Modifier::CROSSED_OUT);
        }
        if chosen {
            cursor = Some((area.x, area.y + y));
        }
        for (number, line) in lines.iter().enumerate() {
            let head = number == 0;
            let style = if head && chosen {
                style.patch(look.bar())
            } else if head {
                style
            } else {
                look.plain()
            };
            let x = if head {
                paint::put(buffer, area, 0, y, mark(finding.weight), style) + 1
            } else {
                listing::INDENT
            };
            paint::put(buffer, area, x, y, line, style);
            y += 1;
        }
        if y >= area.height {
            break;
        }
    }
    cursor
}
