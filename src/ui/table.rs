//! A table: headings that stay, short or whole labels, cells with their marks.

use ratatui::layout::Rect;
use ratatui::style::Style;
use std::collections::HashMap;

use super::canvas::{Canvas, text_width, to_u16, truncated};
use super::theme::{severity_mark, severity_role};
use super::theme_file::StyleRole;
use crate::check::Severity;
use crate::edit::Edit;
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

/// What is drawn, and what of it is marked.
struct TableView<'d> {
    document: &'d Document,
    view: &'d View,
    table: &'d TableLayout,
    marks: HashMap<&'d FieldId, CellMark>,
    chosen: Vec<FieldId>,
    /// Whether cells show their change since last year.
    compare: bool,
}

/// Draws the cells of the tab, and returns the position of the cursor.
pub fn draw(document: &Document, view: &View, compare: bool, canvas: &mut Canvas) -> Option<(u16, u16)> {
    let area = canvas.area();
    let table = view.table_layout(document, usize::from(area.width))?;
    // The switch outlives the report that it was used in.
    let compare = compare && document.last_year.is_some();
    let chosen = if selection::has_selection(view) {
        selection::selected_cells(document, view).concat()
    } else {
        Vec::new()
    };
    let shown =
        TableView { document, view, table: &table, marks: cell_marks(document, view), chosen, compare };
    let position = view.cursor();
    let mut cursor = None;
    for (y, &at) in table.visible_lines(position.top, usize::from(area.height)).iter().enumerate() {
        let y = to_u16(y);
        let line = &table.lines[at];
        match &line.kind {
            LayoutLineKind::Caption(text) | LayoutLineKind::Group(text) => {
                canvas.text(0, y, text, StyleRole::Heading);
            }
            LayoutLineKind::Continuation(text) => {
                canvas.text(0, y, text, StyleRole::Text);
            }
            LayoutLineKind::Headings(heads) => {
                for head in heads {
                    shown.draw_heading(line.block, head, y, canvas);
                }
                if heads.iter().all(|head| head.columns == 1) {
                    shown.draw_overflow_marks(line.block, y, canvas);
                }
            }
            LayoutLineKind::Row(number, label) => {
                let here = *number == position.row && !view.in_text();
                let labels = Rect { width: to_u16(table.label_width).min(area.width), ..area };
                canvas.within(labels).text(0, y, label, StyleRole::Text);
                if let Some(x) = shown.draw_cells(&table.rows[*number], here, y, canvas) {
                    cursor = Some((area.x + x, area.y + y));
                }
            }
        }
    }
    cursor
}

impl TableView<'_> {
    /// Returns where column `at` of a block is drawn and how wide it is, if it is in view.
    fn column_span(&self, block: usize, at: usize) -> Option<(u16, u16)> {
        let left = self.view.cursor().left;
        self.table.column_span(block, at, left).map(|(start, wide)| (to_u16(start), to_u16(wide)))
    }

    /// `<` and `>` beside the headings where columns stand outside the window.
    fn draw_overflow_marks(&self, block: usize, y: u16, canvas: &mut Canvas) {
        let left = self.view.cursor().left;
        let widths = self.table.column_widths.get(block).map_or(&[][..], Vec::as_slice);
        if left > 0 {
            canvas.text(to_u16(self.table.label_width).saturating_sub(1), y, "<", StyleRole::Accent);
        }
        let shown: usize = widths.iter().skip(left).sum();
        let area = canvas.area();
        if self.table.label_width + shown > usize::from(area.width) + 1 {
            // A wide character of a heading that reaches into this place is blanked whole.
            let last = area.width.saturating_sub(1);
            canvas.within(Rect { x: area.x + last, y: area.y + y, width: 1, height: 1 }).clear();
            canvas.text(last, y, ">", StyleRole::Accent);
        }
    }

    fn draw_heading(&self, block: usize, head: &LayoutHeading, y: u16, canvas: &mut Canvas) {
        let left = self.view.cursor().left;
        let first = head.first.max(left);
        let last = head.first + head.columns - 1;
        let (Some((start, _)), Some((end, wide))) =
            (self.column_span(block, first), self.column_span(block, last.max(first)))
        else {
            return;
        };
        // No heading is over a column whose cells do not fit.
        if last < left || head.columns == 1 && start + wide > canvas.width() + 1 {
            return;
        }
        let end = (end + wide - 1).min(canvas.width());
        let available = usize::from(end.saturating_sub(start));
        let text = truncated(&head.text, available);
        let text = if head.columns > 1 {
            // A rule on both sides shows what the heading covers.
            let blank = available.saturating_sub(usize::from(text_width(&text)));
            format!("{}{text}{}", "-".repeat(blank / 2), "-".repeat(blank - blank / 2))
        } else {
            text.into_owned()
        };
        canvas.text_right(end, y, &text, StyleRole::Heading);
    }

    /// Draws a row of cells, and returns the column of the cursor, if it is there.
    fn draw_cells(&self, row: &LayoutRow, here: bool, y: u16, canvas: &mut Canvas) -> Option<u16> {
        let (document, view, area) = (self.document, self.view, canvas.area());
        let position = view.cursor();
        let mut cursor = None;
        for (at, id) in row.cells.iter().enumerate() {
            let Some((x, wide)) = self.column_span(row.block, at) else { continue };
            if x + wide > area.width + 1 {
                break;
            }
            let focus = here && at == position.column.min(row.cells.len() - 1);
            let typing = view.cell_edit.as_ref().filter(|entry| entry.field == *id);
            let marked = self.marks.get(id);
            let is_chosen = self.chosen.contains(id);
            let style = self.cell_style(id, focus && typing.is_none() || is_chosen, canvas);
            let available = wide.saturating_sub(1);
            if focus || is_chosen {
                canvas.ground(x, y, available, style);
            }
            let cell = Rect { x: area.x + x, y: area.y + y, width: available, height: 1 };
            let mut canvas_of_cell = canvas.within(cell);
            if let Some(entry) = typing {
                cursor =
                    Some(x + draw_open_cell(view, entry, self.table.is_text, style, &mut canvas_of_cell));
            } else if self.table.is_text {
                let shown = view.display_text(document, id);
                let end = canvas_of_cell.text(0, 0, &truncated(&shown, usize::from(available)), style);
                cursor = cursor.or(focus.then_some(x + end.min(available.saturating_sub(1))));
            } else {
                self.draw_number(id, style, area.width, &mut canvas_of_cell);
                cursor = cursor.or(focus.then_some(x + available));
            }
            if let Some(marked) = marked.filter(|marked| marked.is_subject || self.table.is_text) {
                let beside = if self.table.is_text { x.saturating_sub(1) } else { x + available };
                canvas.text(beside, y, severity_mark(marked.severity), severity_role(marked.severity));
            }
        }
        cursor
    }

    /// Draws what a cell of a table holds, or its change since last year; beside it last year's number,
    /// where there is room for both.
    fn draw_number(&self, id: &FieldId, style: Style, table_width: u16, cell: &mut Canvas) {
        let document = self.document;
        let shown = if self.compare {
            document.change_since_last_year(id).unwrap_or_default()
        } else {
            self.view.display_text(document, id)
        };
        let shown = truncated(&shown, usize::from(cell.width()));
        cell.text_right(cell.width(), 0, &shown, style);
        let beside = last_year_fits(document, usize::from(table_width)) && !self.compare;
        if let Some(last) = document.last_year_text(id).filter(|_| beside) {
            let own = text_width(&shown).max(8);
            cell.text_right(cell.width().saturating_sub(own + 1), 0, &last, StyleRole::Note);
        }
    }

    fn cell_style(&self, id: &FieldId, focus: bool, canvas: &Canvas) -> Style {
        let marked = self.marks.get(id).filter(|mark| mark.is_subject);
        let role = match marked {
            Some(marked) => severity_role(marked.severity),
            None if self.document.is_computed(id) => StyleRole::Note,
            None => StyleRole::Text,
        };
        if focus { canvas.style((role, StyleRole::Cursor)) } else { canvas.style(role) }
    }
}

/// Draws the cell that is being edited, and returns the caret's column within it. Whatever is compared,
/// marked or selected, it shows its text and nothing else, scrolled to the caret where it is too long.
fn draw_open_cell(view: &View, entry: &CellEdit, is_text: bool, style: Style, cell: &mut Canvas) -> u16 {
    // Behind a number the caret stands in the column between two cells; a text has none behind it.
    let columns = cell.width().saturating_sub(u16::from(is_text));
    let ruler = view.width_mode;
    let (before, after) = entry.input.visible_parts(usize::from(columns), ruler);
    let (before, after) = (ruler.with_placeholders(before), ruler.with_placeholders(after));
    let own = text_width(&before) + text_width(&after);
    let start = if is_text { 0 } else { cell.width().saturating_sub(own) };
    let caret = cell.text(start, 0, &before, style);
    cell.text(caret, 0, &after, style);
    caret
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
                // A corrected cell is not what is wrong, nor are those beside it: its totals are.
                None if finding.has_follow_ups() => {
                    finding.fix.iter().flat_map(Edit::fields).any(|total| total == id)
                }
                None => finding.changed.as_ref() != Some(id) && (at == 0 || finding.fields.len() <= 4),
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
