//! A table: headings that stay, short or whole labels, cells with their marks.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;
use std::collections::HashMap;

use super::paint::{clear_area, draw_text, draw_text_right, text_width, to_u16, truncated};
use super::theme::{Theme, severity_mark};
use crate::check::Severity;
use crate::editor::document::Document;
use crate::editor::last_year::last_year_fits;
use crate::editor::selection;
use crate::editor::table_layout::{LayoutHeading, LayoutLineKind, LayoutRow, TableLayout};
use crate::editor::view::{CellEdit, View};
use crate::form::FieldId;

/// How a cell is marked.
#[derive(Clone, Copy)]
struct CellMark {
    severity: Severity,
    /// It is what the finding is about, not just a part of the sum.
    is_subject: bool,
}

/// Draws the cells of the tab, and returns the position of the cursor.
pub fn draw(
    document: &Document,
    view: &View,
    compare: bool,
    area: Rect,
    theme: &Theme,
    buffer: &mut Buffer,
) -> Option<(u16, u16)> {
    let table = view.table_layout(document, usize::from(area.width))?;
    // The switch outlives the report that it was used in.
    let compare = compare && document.last_year.is_some();
    let marks = cell_marks(document, view);
    let chosen = if selection::has_selection(view) {
        selection::selected_cells(document, view).concat()
    } else {
        Vec::new()
    };
    let position = view.cursor();
    let mut cursor = None;
    for (y, &at) in table.visible_lines(position.top, usize::from(area.height)).iter().enumerate() {
        let y = u16::try_from(y).unwrap_or(u16::MAX);
        let line = &table.lines[at];
        match &line.kind {
            LayoutLineKind::Caption(text) | LayoutLineKind::Group(text) => {
                draw_text(buffer, area, 0, y, text, theme.strong());
            }
            LayoutLineKind::Continuation(text) => {
                draw_text(buffer, area, 0, y, text, theme.plain());
            }
            LayoutLineKind::Headings(heads) => {
                for head in heads {
                    draw_heading(&table, line.block, head, position.left, area, y, theme, buffer);
                }
                if heads.iter().all(|head| head.columns == 1) {
                    draw_overflow_marks(&table, line.block, position.left, area, y, theme, buffer);
                }
            }
            LayoutLineKind::Row(number, label) => {
                let here = *number == position.row && !view.in_text();
                // The label of the row is the same wherever the cursor is: a move sends few bytes.
                let style = theme.plain();
                let label_area = Rect { width: to_u16(table.label_width).min(area.width), ..area };
                draw_text(buffer, label_area, 0, y, label, style);
                let row = &table.rows[*number];
                if let Some(x) = draw_cells(
                    document, view, &table, row, here, &marks, &chosen, compare, area, y, theme, buffer,
                ) {
                    cursor = Some((area.x + x, area.y + y));
                }
            }
        }
    }
    cursor
}

/// Returns where column `at` of a block is drawn and how wide it is, if it is in view.
fn column_span(table: &TableLayout, block: usize, at: usize, left: usize) -> Option<(u16, u16)> {
    table.column_span(block, at, left).map(|(start, wide)| (to_u16(start), to_u16(wide)))
}

/// `<` and `>` beside the headings where columns stand outside the window.
fn draw_overflow_marks(
    table: &TableLayout,
    block: usize,
    left: usize,
    area: Rect,
    y: u16,
    theme: &Theme,
    buffer: &mut Buffer,
) {
    let widths = table.column_widths.get(block).map_or(&[][..], Vec::as_slice);
    if left > 0 {
        draw_text(buffer, area, to_u16(table.label_width).saturating_sub(1), y, "<", theme.strong());
    }
    let shown: usize = widths.iter().skip(left).sum();
    if table.label_width + shown > usize::from(area.width) + 1 {
        // A wide character of a heading that reaches into this place is blanked whole.
        let last = area.width.saturating_sub(1);
        clear_area(buffer, Rect { x: area.x + last, y: area.y + y, width: 1, height: 1 });
        draw_text(buffer, area, last, y, ">", theme.strong());
    }
}

#[expect(clippy::too_many_arguments, reason = "a painter's place, look and canvas")]
fn draw_heading(
    table: &TableLayout,
    block: usize,
    head: &LayoutHeading,
    left: usize,
    area: Rect,
    y: u16,
    theme: &Theme,
    buffer: &mut Buffer,
) {
    let first = head.first.max(left);
    let last = head.first + head.columns - 1;
    let (Some((start, _)), Some((end, wide))) =
        (column_span(table, block, first, left), column_span(table, block, last.max(first), left))
    else {
        return;
    };
    // No heading is over a column whose cells do not fit.
    if last < left || head.columns == 1 && start + wide > area.width + 1 {
        return;
    }
    let end = (end + wide - 1).min(area.width);
    let available = usize::from(end.saturating_sub(start));
    let text = truncated(&head.text, available);
    let text = if head.columns > 1 {
        // A rule on both sides shows what the heading covers.
        let blank = available.saturating_sub(usize::from(text_width(&text)));
        format!("{}{text}{}", "-".repeat(blank / 2), "-".repeat(blank - blank / 2))
    } else {
        text.into_owned()
    };
    draw_text_right(buffer, area, end, y, &text, theme.strong());
}

#[expect(clippy::too_many_arguments, reason = "a painter's place, look and canvas")]
fn draw_cells(
    document: &Document,
    view: &View,
    table: &TableLayout,
    row: &LayoutRow,
    here: bool,
    marks: &HashMap<&FieldId, CellMark>,
    chosen: &[FieldId],
    compare: bool,
    area: Rect,
    y: u16,
    theme: &Theme,
    buffer: &mut Buffer,
) -> Option<u16> {
    let position = view.cursor();
    let mut cursor = None;
    for (at, id) in row.cells.iter().enumerate() {
        let Some((x, wide)) = column_span(table, row.block, at, position.left) else { continue };
        if x + wide > area.width + 1 {
            break;
        }
        let focus = here && at == position.column.min(row.cells.len() - 1);
        let typing = view.cell_edit.as_ref().filter(|entry| entry.field == *id);
        let marked = marks.get(id);
        let style = cell_style(document, id, marked, focus && typing.is_none() || chosen.contains(id), theme);
        let available = wide.saturating_sub(1);
        let cell = Rect { x: area.x + x, y: area.y + y, width: available, height: 1 };
        if focus || chosen.contains(id) {
            let cell = Rect { width: available.min(area.width - x), ..cell };
            buffer.set_style(cell, style);
        }
        if let Some(entry) = typing {
            cursor = Some(x + draw_open_cell(view, entry, cell, table.is_text, style, buffer));
        } else if table.is_text {
            let shown = view.display_text(document, id);
            let end = draw_text(buffer, cell, 0, 0, &truncated(&shown, usize::from(available)), style);
            cursor = cursor.or(focus.then_some(x + end.min(available.saturating_sub(1))));
        } else {
            draw_number(document, view, id, compare, cell, area.width, style, theme, buffer);
            cursor = cursor.or(focus.then_some(x + available));
        }
        if let Some(marked) = marked.filter(|marked| marked.is_subject || table.is_text) {
            let beside = if table.is_text { x.saturating_sub(1) } else { x + available };
            let mark = severity_mark(marked.severity);
            draw_text(buffer, area, beside, y, mark, theme.severity(marked.severity));
        }
    }
    cursor
}

/// Draws the cell that is being edited, and returns the caret's column within it. Whatever is compared,
/// marked or selected, it shows its text and nothing else, scrolled to the caret where it is too long.
fn draw_open_cell(
    view: &View,
    entry: &CellEdit,
    cell: Rect,
    is_text: bool,
    style: Style,
    buffer: &mut Buffer,
) -> u16 {
    // Behind a number the caret stands in the column between two cells; a text has none behind it.
    let columns = cell.width.saturating_sub(u16::from(is_text));
    let ruler = view.width_mode;
    let (before, after) = entry.input.visible_parts(usize::from(columns), ruler);
    let (before, after) = (ruler.with_placeholders(before), ruler.with_placeholders(after));
    let start = if is_text { 0 } else { cell.width.saturating_sub(text_width(&before) + text_width(&after)) };
    let caret = draw_text(buffer, cell, start, 0, &before, style);
    draw_text(buffer, cell, caret, 0, &after, style);
    caret
}

/// Draws what a cell of a table holds, or its change since last year; beside it last year's number, where
/// there is room for both.
#[expect(clippy::too_many_arguments, reason = "a painter's place, look and canvas")]
fn draw_number(
    document: &Document,
    view: &View,
    id: &FieldId,
    compare: bool,
    cell: Rect,
    table_width: u16,
    style: Style,
    theme: &Theme,
    buffer: &mut Buffer,
) {
    let shown = if compare {
        document.change_since_last_year(id).unwrap_or_default()
    } else {
        view.display_text(document, id)
    };
    let shown = truncated(&shown, usize::from(cell.width));
    draw_text_right(buffer, cell, cell.width, 0, &shown, style);
    let beside = last_year_fits(document, usize::from(table_width)) && !compare;
    if let Some(last) = document.last_year_text(id).filter(|_| beside) {
        let own = text_width(&shown).max(8);
        draw_text_right(buffer, cell, cell.width.saturating_sub(own + 1), 0, &last, theme.dimmed());
    }
}

fn cell_style(
    document: &Document,
    id: &FieldId,
    marked: Option<&CellMark>,
    focus: bool,
    theme: &Theme,
) -> Style {
    let mut style = if document.is_computed(id) { theme.dimmed() } else { theme.plain() };
    if let Some(marked) = marked {
        style =
            style.patch(if marked.is_subject { theme.severity(marked.severity) } else { theme.related() });
    }
    if focus { style.patch(theme.bar()) } else { style }
}

/// Returns the cells that open findings are about, and those that take part in the finding under the
/// cursor. Where a finding names a whole row or column, it is about its total, or its suspect.
fn cell_marks<'d>(document: &'d Document, view: &View) -> HashMap<&'d FieldId, CellMark> {
    let mut marks: HashMap<&FieldId, CellMark> = HashMap::new();
    let here = view.findings_at_cursor(document).first().copied();
    for (number, finding) in document.findings.iter().enumerate().filter(|(_, finding)| finding.is_open()) {
        for (at, id) in finding.fields.iter().enumerate() {
            let named = match &finding.suspect {
                Some(suspect) => suspect == id,
                None => at == 0 || finding.fields.len() <= 4,
            };
            if !named && here != Some(number) {
                continue;
            }
            let new = CellMark { severity: finding.severity, is_subject: named };
            let old = marks.entry(id).or_insert(new);
            if (new.is_subject, new.severity) > (old.is_subject, old.severity) {
                *old = new;
            }
        }
    }
    marks
}
