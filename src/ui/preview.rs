//! The report as it will be printed, with the marks of the findings in the margin.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::look::{Look, mark};
use super::paint;
use crate::check::Weight;
use crate::editor::desk::Desk;
use crate::export::preview::Line;

/// Columns of the margin.
const MARGIN: u16 = 2;

/// Draws the part that is in view; the cursor stands at its top.
pub fn draw(desk: &Desk, area: Rect, look: &Look, buffer: &mut Buffer) -> Option<(u16, u16)> {
    let lines = desk.preview(usize::from(area.width));
    for (y, line) in (0..area.height).zip(lines.iter().skip(desk.preview_top)) {
        paint::put(buffer, area, MARGIN, y, &line.text, look.plain());
        if let Some(weight) = weight(desk, line) {
            paint::put(buffer, area, 0, y, mark(weight), look.weight(weight));
        }
    }
    Some((area.x, area.y))
}

/// The heaviest open finding that is about something on the line.
fn weight(desk: &Desk, line: &Line) -> Option<Weight> {
    let about = |finding: &&crate::check::Finding| {
        let target = finding.suspect.as_ref().or(finding.fields.first());
        finding.is_open() && line.shows.iter().any(|shows| Some(&shows.field) == target)
    };
    desk.findings.iter().filter(about).map(|finding| finding.weight).max()
}
