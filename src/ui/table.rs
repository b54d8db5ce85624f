//! A table: headings that stay, short or whole labels, the row and the column of the cursor, cells with their
//! marks.

use foldhash::fast::RandomState;
use ratatui::layout::Rect;
use ratatui::style::Style;
use std::collections::HashMap;

use super::canvas::{Canvas, LineSigns, text_width, to_u16, truncated};
use super::theme::severity_mark;
use super::theme_file::StyleRole;
use crate::check::Severity;
use crate::draft::Amount;
use crate::edit::Edit;
use crate::editor::document::Document;
use crate::editor::last_year::last_year_fits;
use crate::editor::table_layout::{LayoutHeading, LayoutLineKind, LayoutRow, TableLayout};
use crate::editor::view::{CellEdit, View};
use crate::editor::{alarm, search, selection};
use crate::form::FieldId;

/// The cells that are wrong or to be looked at. Every cell of a frame is looked up.
type CellMarks<'d> = HashMap<&'d FieldId, Severity, RandomState>;

/// What is drawn, and what of it is marked.
struct TableView<'d> {
    document: &'d Document,
    view: &'d View,
    table: &'d TableLayout,
    marks: CellMarks<'d>,
    chosen: Vec<FieldId>,
    /// Whether cells show their change since last year.
    compare: bool,
    /// The block and the column of the cursor; none while it is in the text under the cells.
    cursor: Option<(usize, usize)>,
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
    let position = view.cursor();
    let here = table.rows.get(position.row).filter(|_| !view.in_text());
    let cursor = here.map(|row| (row.block, position.column.min(row.cells.len().saturating_sub(1))));
    let marks = cell_marks(document, view);
    let shown = TableView { document, view, table: &table, marks, chosen, compare, cursor };
    let mut cursor = None;
    for (y, &at) in table.visible_lines(position.top, usize::from(area.height)).iter().enumerate() {
        let y = to_u16(y);
        let line = &table.lines[at];
        match &line.kind {
            LayoutLineKind::Caption(text) => {
                canvas.text(1, y, text, StyleRole::Heading);
            }
            LayoutLineKind::Group(text) => shown.draw_group(line.block, text, y, canvas),
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
                let row = &table.rows[*number];
                shown.draw_label(row.block, label, here, y, canvas);
                if let Some(x) = shown.draw_cells(row, here, y, canvas) {
                    cursor = Some((area.x + x, area.y + y));
                }
            }
        }
    }
    canvas.scrollbar(area.width.saturating_sub(1), position.top, table.lines.len());
    cursor
}

impl TableView<'_> {
    /// Returns where column `at` of a block is drawn and how wide it is, if it is in view.
    fn column_span(&self, block: usize, at: usize) -> Option<(u16, u16)> {
        let left = self.view.cursor().left;
        self.table.column_span(block, at, left).map(|(start, wide)| (to_u16(start), to_u16(wide)))
    }

    /// Returns the column behind the last one of a block that is in view.
    fn block_end(&self, block: usize, canvas: &Canvas) -> u16 {
        let columns = self.table.column_widths.get(block).map_or(0, Vec::len);
        let ends = (0..columns).filter_map(|at| self.column_span(block, at)).map(|(x, wide)| x + wide);
        ends.filter(|end| *end < canvas.width()).max().unwrap_or(canvas.width().saturating_sub(1))
    }

    /// The label of a group of rows, and a line from it to the end of the table, on a band of its own: the cursor never
    /// comes there, so that it costs nothing to move it.
    fn draw_group(&self, block: usize, label: &str, y: u16, canvas: &mut Canvas) {
        canvas.ground(0, y, self.block_end(block, canvas), StyleRole::Band);
        let end = canvas.text(0, y, label, StyleRole::Heading);
        canvas.line(to_u16(self.table.label_width).max(end + 1), self.block_end(block, canvas), y);
    }

    /// The label of a row; the one of the cursor has a mark before it, and its ground goes on to the end.
    fn draw_label(&self, block: usize, label: &str, here: bool, y: u16, canvas: &mut Canvas) {
        let role = if here { StyleRole::RowLabel } else { StyleRole::Text };
        if here {
            canvas.ground(0, y, self.block_end(block, canvas), StyleRole::TintRow);
        }
        let area = canvas.area();
        let labels = Rect { width: to_u16(self.table.label_width).min(area.width), ..area };
        let mut labels = canvas.within(labels);
        labels.text(0, y, label, role);
        if here {
            labels.text(0, y, labels.signs().row_mark, StyleRole::Accent);
        }
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
        if self.table.label_width + shown >= usize::from(area.width) {
            // A wide character of a heading that reaches into this place is blanked whole.
            let last = area.width.saturating_sub(2);
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
        if last < left || head.columns == 1 && start + wide >= canvas.width() {
            return;
        }
        let end = (end + wide).min(self.block_end(block, canvas)).saturating_sub(1);
        let available = usize::from(end.saturating_sub(start));
        let is_here = self.cursor.is_some_and(|(at, column)| at == block && column == head.first);
        if head.columns == 1 {
            let role = if is_here { StyleRole::Heading } else { StyleRole::Text };
            canvas.text_right(end, y, &truncated(&head.text, available), role);
            return;
        }
        // A line on both sides shows what the heading covers.
        let text = format!(" {} ", truncated(&head.text, available.saturating_sub(4)));
        let LineSigns { corners: [top_left, top_right, ..], .. } = canvas.signs();
        let (from, own) = (start + 1, text_width(&text));
        if from + own + 2 > end {
            canvas.text(from, y, &truncated(&head.text, available.saturating_sub(1)), StyleRole::Text);
            return;
        }
        let at = from + (end - from - own) / 2;
        canvas.line(from, end, y);
        canvas.text(from, y, top_left, StyleRole::Rule);
        canvas.text(end - 1, y, top_right, StyleRole::Rule);
        canvas.text(at, y, &text, StyleRole::Text);
    }

    /// Draws a row of cells, and returns the column of the cursor, if it is there.
    fn draw_cells(&self, row: &LayoutRow, here: bool, y: u16, canvas: &mut Canvas) -> Option<u16> {
        let (view, area) = (self.view, canvas.area());
        let mut cursor = None;
        for (at, id) in row.cells.iter().enumerate() {
            let Some((x, wide)) = self.column_span(row.block, at) else { continue };
            // The column at the edge is the scrollbar's.
            if x + wide >= area.width {
                break;
            }
            let in_column = self.cursor == Some((row.block, at));
            let focus = here && in_column;
            let typing = view.cell_edit.as_ref().filter(|entry| entry.field == *id);
            self.draw_ground(id, x, y, wide, in_column && !here, canvas);
            let marked = self.marks.get(id).copied();
            let style = self.cell_style(id, marked, (focus, typing.is_some()), canvas);
            let available = wide.saturating_sub(1);
            if focus || self.chosen.contains(id) {
                canvas.ground(x, y, available, style);
            }
            let cell = Rect { x: area.x + x, y: area.y + y, width: available, height: 1 };
            let mut cell = canvas.within(cell);
            if let Some(entry) = typing {
                cursor = Some(x + draw_open_cell(view, entry, self.table.is_text, style, &mut cell));
            } else if self.table.is_text {
                let shown = view.display_text(self.document, id);
                let inferred = self.document.draft.inferred(id.as_str());
                let end = match inferred {
                    // What the rules take it for until something is chosen.
                    Some(value) if shown.is_empty() => {
                        cell.text(0, 0, &format!("{value}（按单位名称推断）"), StyleRole::Note);
                        0
                    }
                    _ => cell.text(0, 0, &truncated(&shown, usize::from(available)), style),
                };
                cursor = cursor.or(focus.then_some(x + end.min(available.saturating_sub(1))));
            } else {
                self.draw_number(id, style, area.width, &mut cell);
                cursor = cursor.or(focus.then_some(x + available));
            }
            if let Some(severity) = marked {
                let beside = if self.table.is_text { x.saturating_sub(1) } else { x + available };
                canvas.text(beside, y, severity_mark(severity), mark_role(severity, false));
            }
        }
        cursor
    }

    /// The ground of a cell that is not under the cursor: its column's, or that of a computed total.
    fn draw_ground(&self, id: &FieldId, x: u16, y: u16, wide: u16, in_column: bool, canvas: &mut Canvas) {
        let own = wide.saturating_sub(1);
        if self.table.is_text {
            return;
        }
        if self.document.is_computed(id) {
            canvas.ground(x, y, own, StyleRole::Computed);
        }
        if in_column {
            canvas.ground(x, y, own, StyleRole::TintColumn);
        }
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
        let shown = if shown.is_empty() {
            cell.signs().blank.into()
        } else {
            truncated(&shown, usize::from(cell.width()))
        };
        cell.text_right(cell.width(), 0, &shown, style);
        let beside = last_year_fits(document, usize::from(table_width)) && !self.compare;
        if let Some(last) = beside.then(|| document.last_year_text(id)).flatten() {
            let own = text_width(&shown).max(8);
            cell.text_right(cell.width().saturating_sub(own + 1), 0, &last, StyleRole::Note);
        }
    }

    /// The style of a cell: what it holds, over that what is wrong with it, over that where the cursor is.
    fn cell_style(
        &self,
        id: &FieldId,
        marked: Option<Severity>,
        (focus, is_open): (bool, bool),
        canvas: &Canvas,
    ) -> Style {
        if is_open {
            return canvas.style(StyleRole::Edit);
        }
        if focus {
            return canvas.style(marked.map_or(StyleRole::Cursor, |severity| mark_role(severity, true)));
        }
        let role = marked.map_or_else(|| self.value_role(id), |severity| mark_role(severity, false));
        match self.chosen.contains(id) {
            true => canvas.style((role, StyleRole::Selection)),
            false if self.is_found(id) => canvas.style((role, StyleRole::Found)),
            false => canvas.style(role),
        }
    }

    /// Returns `true` if the cell holds what was searched for.
    fn is_found(&self, id: &FieldId) -> bool {
        self.view.search.is_some()
            && !search::lit_ranges(self.view, &self.view.display_text(self.document, id)).is_empty()
    }

    fn value_role(&self, id: &FieldId) -> StyleRole {
        if self.table.is_text {
            return StyleRole::Text;
        }
        if self.compare {
            return if self
                .document
                .change_since_last_year(id)
                .is_some_and(|change| change.contains(|c| matches!(c, '1'..='9')))
            {
                StyleRole::Text
            } else {
                StyleRole::Zero
            };
        }
        match self.document.ledger.amount(&self.document.form, id.as_str()) {
            Amount::Blank => StyleRole::Blank,
            Amount::Known(number) if number.is_zero() => StyleRole::Zero,
            Amount::Unknown if self.document.draft.get(id.as_str()).unread().is_some() => {
                StyleRole::Attention
            }
            _ if self.document.form.is_total(id.as_str()) => StyleRole::Total,
            _ => StyleRole::Text,
        }
    }
}

/// The role of a cell that a finding is about, and of its mark.
fn mark_role(severity: Severity, is_cursor: bool) -> StyleRole {
    match (severity, is_cursor) {
        (Severity::Error, false) => StyleRole::Wrong,
        (Severity::Error, true) => StyleRole::WrongCursor,
        (_, false) => StyleRole::Attention,
        (_, true) => StyleRole::AttentionCursor,
    }
}

/// Draws the cell that is being edited, and returns the caret's column within it. Whatever is compared,
/// marked or selected, it shows its text and nothing else, scrolled to the caret where it is too long.
fn draw_open_cell(view: &View, entry: &CellEdit, is_text: bool, style: Style, cell: &mut Canvas) -> u16 {
    // Behind a number the caret stands in the column between two cells; a text has none behind it.
    let columns = cell.width().saturating_sub(u16::from(is_text));
    let ruler = view.width_mode;
    let (before, after) = entry.input.visible_parts(usize::from(columns), ruler);
    let (before, after) = (ruler.with_stand_ins(before), ruler.with_stand_ins(after));
    let own = text_width(&before) + text_width(&after);
    let start = if is_text { 0 } else { cell.width().saturating_sub(own) };
    let caret = cell.text(start, 0, &before, style);
    cell.text(caret, 0, &after, style);
    caret
}

/// Returns the cells that are wrong or to be looked at: of each finding the one number that it is about, its
/// suspect or its first, never the other parts of a sum. What is only unfinished is no alarm.
fn cell_marks<'d>(document: &'d Document, view: &View) -> CellMarks<'d> {
    let mut marks = CellMarks::default();
    for finding in &document.findings {
        // A corrected cell is not what is wrong, nor are those beside it: its total is.
        let total = finding.fix.iter().filter(|_| finding.has_follow_ups()).flat_map(Edit::fields).next();
        let first = finding.fields.iter().find(|id| finding.changed.as_ref() != Some(id));
        let about = finding.suspect.as_ref().or(total).or(first);
        if let Some(id) = about
            && finding.severity > Severity::Remark
            && alarm::is_alarm(document, view, finding)
        {
            let mark = marks.entry(id).or_insert(finding.severity);
            *mark = finding.severity.max(*mark);
        }
    }
    marks
}
