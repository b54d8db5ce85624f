//! A table: headings that stay, short or whole labels, cells with their marks.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;
use std::collections::HashMap;

use super::look::{Look, mark};
use super::paint;
use crate::check::Weight;
use crate::editor::block;
use crate::editor::desk::{Desk, Entry};
use crate::editor::sheet::{Head, Kind, Row, Sheet};
use crate::form::FieldId;

/// How a cell is marked.
#[derive(Clone, Copy)]
struct Marked {
    weight: Weight,
    /// It is what the finding is about, not just a part of the sum.
    named: bool,
}

/// Draws the cells of the tab; the place of the cursor.
pub fn draw(desk: &Desk, compare: bool, area: Rect, look: &Look, buffer: &mut Buffer) -> Option<(u16, u16)> {
    let sheet = desk.sheet(usize::from(area.width))?;
    let marks = marks(desk);
    let chosen = if block::is_selecting(desk) { block::selected(desk).concat() } else { Vec::new() };
    let spot = desk.spot();
    let mut cursor = None;
    for (y, &at) in sheet.view(spot.top, usize::from(area.height)).iter().enumerate() {
        let y = u16::try_from(y).unwrap_or(u16::MAX);
        let line = &sheet.lines[at];
        match &line.kind {
            Kind::Caption(words) | Kind::Group(words) => {
                paint::put(buffer, area, 0, y, words, look.strong());
            }
            Kind::More(words) => {
                paint::put(buffer, area, 0, y, words, look.plain());
            }
            Kind::Heads(heads) => {
                for head in heads {
                    draw_head(&sheet, line.block, head, spot.left, area, y, look, buffer);
                }
                if heads.iter().all(|head| head.columns == 1) {
                    aside(&sheet, line.block, spot.left, area, y, look, buffer);
                }
            }
            Kind::Row(number, label) => {
                let here = *number == spot.row && !desk.in_text();
                // The label of the row is the same wherever the cursor is: a move sends few bytes.
                let style = look.plain();
                let label_area = Rect { width: width(sheet.label).min(area.width), ..area };
                paint::put(buffer, label_area, 0, y, label, style);
                let row = &sheet.rows[*number];
                if let Some(x) =
                    cells(desk, &sheet, row, here, &marks, &chosen, compare, area, y, look, buffer)
                {
                    cursor = Some((area.x + x, area.y + y));
                }
            }
        }
    }
    cursor
}

/// Where column `at` of a block is drawn and how wide it is, if it is in view.
fn columns(sheet: &Sheet, block: usize, at: usize, left: usize) -> Option<(u16, u16)> {
    sheet.column(block, at, left).map(|(start, wide)| (width(start), width(wide)))
}

/// `<` and `>` beside the headings where columns stand outside the window.
fn aside(sheet: &Sheet, block: usize, left: usize, area: Rect, y: u16, look: &Look, buffer: &mut Buffer) {
    let widths = sheet.widths.get(block).map_or(&[][..], Vec::as_slice);
    if left > 0 {
        paint::put(buffer, area, width(sheet.label).saturating_sub(1), y, "<", look.strong());
    }
    let shown: usize = widths.iter().skip(left).sum();
    if sheet.label + shown > usize::from(area.width) + 1 {
        // A wide character of a heading that reaches into this place is blanked whole.
        let last = area.width.saturating_sub(1);
        paint::clear(buffer, Rect { x: area.x + last, y: area.y + y, width: 1, height: 1 });
        paint::put(buffer, area, last, y, ">", look.strong());
    }
}

#[expect(clippy::too_many_arguments, reason = "a painter's place, look and canvas")]
fn draw_head(
    sheet: &Sheet,
    block: usize,
    head: &Head,
    left: usize,
    area: Rect,
    y: u16,
    look: &Look,
    buffer: &mut Buffer,
) {
    let first = head.first.max(left);
    let last = head.first + head.columns - 1;
    let (Some((start, _)), Some((end, wide))) =
        (columns(sheet, block, first, left), columns(sheet, block, last.max(first), left))
    else {
        return;
    };
    // No heading stands over a column whose cells do not fit.
    if last < left || head.columns == 1 && start + wide > area.width + 1 {
        return;
    }
    let end = (end + wide - 1).min(area.width);
    let room = usize::from(end.saturating_sub(start));
    let words = paint::fitted(&head.words, room);
    let text = if head.columns > 1 {
        // A rule on both sides shows what the heading covers.
        let blank = room.saturating_sub(usize::from(paint::columns(&words)));
        format!("{}{words}{}", "-".repeat(blank / 2), "-".repeat(blank - blank / 2))
    } else {
        words.into_owned()
    };
    paint::put_right(buffer, area, end, y, &text, look.strong());
}

#[expect(clippy::too_many_arguments, reason = "a painter's place, look and canvas")]
fn cells(
    desk: &Desk,
    sheet: &Sheet,
    row: &Row,
    here: bool,
    marks: &HashMap<&FieldId, Marked>,
    chosen: &[FieldId],
    compare: bool,
    area: Rect,
    y: u16,
    look: &Look,
    buffer: &mut Buffer,
) -> Option<u16> {
    let spot = desk.spot();
    let mut cursor = None;
    for (at, id) in row.cells.iter().enumerate() {
        let Some((x, wide)) = columns(sheet, row.block, at, spot.left) else { continue };
        if x + wide > area.width + 1 {
            break;
        }
        let focus = here && at == spot.column.min(row.cells.len() - 1);
        let typing = desk.entry.as_ref().filter(|entry| entry.field == *id);
        let marked = marks.get(id);
        let style = style(desk, id, marked, focus && typing.is_none() || chosen.contains(id), look);
        let room = wide.saturating_sub(1);
        if focus || chosen.contains(id) {
            let cell = Rect { x: area.x + x, y: area.y + y, width: room.min(area.width - x), height: 1 };
            buffer.set_style(cell, style);
        }
        if sheet.is_text {
            cursor = cursor.or(text_cell(
                desk,
                id,
                typing,
                focus,
                Rect { x: area.x + x, width: room, ..area },
                y,
                style,
                buffer,
            )
            .map(|c| x + c));
            if let Some(marked) = marked {
                paint::put(
                    buffer,
                    area,
                    x.saturating_sub(1),
                    y,
                    mark(marked.weight),
                    look.weight(marked.weight),
                );
            }
            continue;
        }
        let shown = if compare { desk.change(id).unwrap_or_default() } else { desk.shown(id) };
        let shown = paint::fitted(&shown, usize::from(room));
        paint::put_right(buffer, area, x + room, y, &shown, style);
        let beside = desk.shows_last_year(usize::from(area.width)) && !compare;
        if let Some(last) = desk.last_year(id).filter(|_| beside) {
            let own = paint::columns(&shown).max(8);
            paint::put_right(buffer, area, (x + room).saturating_sub(own + 1), y, &last, look.quiet());
        }
        if let Some(marked) = marked.filter(|marked| marked.named) {
            paint::put(buffer, area, x + room, y, mark(marked.weight), look.weight(marked.weight));
        }
        if focus {
            let after = typing.map_or(0, |entry| paint::columns(entry.line.after()));
            cursor = Some((x + room).saturating_sub(after).max(x));
        }
    }
    cursor
}

/// A line of the cover, drawn from the left; the caret's column within it.
#[expect(clippy::too_many_arguments, reason = "a painter's place, look and canvas")]
fn text_cell(
    desk: &Desk,
    id: &FieldId,
    typing: Option<&Entry>,
    focus: bool,
    area: Rect,
    y: u16,
    style: Style,
    buffer: &mut Buffer,
) -> Option<u16> {
    let Some(entry) = typing else {
        let shown = desk.shown(id);
        let end = paint::put(buffer, area, 0, y, &paint::fitted(&shown, usize::from(area.width)), style);
        return focus.then_some(end.min(area.width.saturating_sub(1)));
    };
    // Show the part around the caret where the line is longer than its place.
    let mut before = entry.line.before();
    while paint::columns(before) + 1 > area.width {
        let mut letters = before.chars();
        letters.next();
        before = letters.as_str();
    }
    let caret = paint::put(buffer, area, 0, y, before, style);
    paint::put(buffer, area, caret, y, entry.line.after(), style);
    Some(caret)
}

fn style(desk: &Desk, id: &FieldId, marked: Option<&Marked>, focus: bool, look: &Look) -> Style {
    let mut style = if desk.computes(id) { look.quiet() } else { look.plain() };
    if let Some(marked) = marked {
        style = style.patch(if marked.named { look.weight(marked.weight) } else { look.involved() });
    }
    if focus { style.patch(look.bar()) } else { style }
}

/// The cells that open findings are about, and those that take part in the finding under the
/// cursor. Where a finding names a whole row or column, it is about its total, or its suspect.
fn marks(desk: &Desk) -> HashMap<&FieldId, Marked> {
    let mut marks: HashMap<&FieldId, Marked> = HashMap::new();
    let here = desk.findings_here().first().copied();
    for (number, finding) in desk.findings.iter().enumerate().filter(|(_, finding)| finding.is_open()) {
        for (at, id) in finding.fields.iter().enumerate() {
            let named = match &finding.suspect {
                Some(suspect) => suspect == id,
                None => at == 0 || finding.fields.len() <= 4,
            };
            if !named && here != Some(number) {
                continue;
            }
            let new = Marked { weight: finding.weight, named };
            let old = marks.entry(id).or_insert(new);
            if (new.named, new.weight) > (old.named, old.weight) {
                *old = new;
            }
        }
    }
    marks
}

fn width(columns: usize) -> u16 {
    u16::try_from(columns).unwrap_or(u16::MAX)
}
