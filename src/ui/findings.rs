//! The list of findings, in the order of the form.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Modifier;

use super::look::{Look, mark};
use super::paint;
use crate::check::Finding;
use crate::editor::desk::Desk;
use crate::editor::wrapped_rows;

/// Draws the list; the place of the chosen one.
pub fn draw(desk: &Desk, area: Rect, look: &Look, buffer: &mut Buffer) -> Option<(u16, u16)> {
    if desk.findings.is_empty() {
        paint::put(buffer, area, 1, 1, "没有发现问题。", look.plain());
        return Some((area.x + 1, area.y + 1));
    }
    let width = usize::from(area.width.saturating_sub(6));
    let lines: Vec<Vec<String>> = desk.findings.iter().map(|finding| lines(desk, finding, width)).collect();
    let first = first_shown(&lines, desk.finding, usize::from(area.height));
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
            paint::put(buffer, area, if head { 0 } else { 4 }, y, line, style);
            y += 1;
        }
        if y >= area.height {
            break;
        }
    }
    cursor
}

/// Where it is on one line, then what it is.
fn lines(desk: &Desk, finding: &Finding, width: usize) -> Vec<String> {
    let place = finding.fields.first().map_or("", |id| desk.form.place(id));
    let cure = if finding.cure.is_some() { "  〔F9 改正〕" } else { "" };
    let mut lines =
        vec![format!("{} {} {}  {place}{cure}", mark(finding.weight), finding.rule, finding.weight.say())];
    lines.extend(
        wrapped_rows(&finding.message, width).into_iter().map(|row| finding.message[row].to_string()),
    );
    if let Some(reason) = &finding.waived {
        lines.push(format!("不再提示，理由：{reason}"));
    }
    lines
}

/// The first finding shown so that the chosen one is whole in the window.
fn first_shown(lines: &[Vec<String>], chosen: usize, height: usize) -> usize {
    let mut used = 0;
    let before = lines.iter().take(chosen + 1).rev().take_while(|lines| {
        used += lines.len();
        used <= height
    });
    (chosen + 1).saturating_sub(before.count().max(1))
}
