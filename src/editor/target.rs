//! What stands at a place of the screen and answers the mouse: one pure function over the layouts that `draw`
//! paints.

use std::path::PathBuf;

use ratatui::layout::Rect;

use super::choices;
use super::command::{Command, Scope};
use super::document::Document;
use super::drag::ScrollPane;
use super::finding_entries::FindingGroup;
use super::findings_list::{self, FindingsList, ListLine};
use super::folder::FolderColumn;
use super::layer::Layer;
use super::scrollbar;
use super::side_pane::{self, SideTarget};
use super::table_layout::{LayoutHeading, LayoutLineKind, TableLayout};
use super::view::{Tab, View};
use super::{
    Editor, Page, cursor, folder, footer, home_input, layer_edge, layer_lines, layout, remedy, tab_line,
    tutorial,
};
use crate::form::FieldId;
use crate::text::width::display_width;

/// Something that answers a click.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ClickTarget {
    /// A key that is written on the screen.
    Command(Scope, Command),
    /// A tab, by its number.
    Tab(usize),
    /// A cell, by its row and column.
    Cell(usize, usize),
    /// The cell that is being typed: a column of its text, and how many are seen of it.
    OpenCell(usize, usize),
    /// The label of a row.
    Row(usize),
    /// A heading: its rows, and its columns; the last ones too.
    Columns([usize; 2], [usize; 2]),
    /// A byte of the narrative.
    Text(usize),
    /// What can be chosen for the cell under the cursor, by its number.
    Option(usize),
    /// A heading of the list of findings.
    Group(FindingGroup),
    /// A finding of the list.
    Finding(usize),
    /// The fix of a finding of the list.
    Fix(usize),
    /// A line of the home screen.
    HomeLine(usize),
    /// A unit of the folder.
    Unit(usize),
    /// A heading of the folder.
    UnitColumn(FolderColumn),
    /// A line or an answer of the top window.
    Choice(usize),
    /// Where a line of the pane beside the page leads: a field, and a byte of its text.
    Place(FieldId, Option<usize>),
    /// The draft of a unit of this compiled report.
    UnitDraft(PathBuf),
    /// A side of a conflict.
    Side(usize, bool),
    /// A line to fill in, and a column of it.
    Field(usize, usize),
    /// A scrollbar, and the first line to be shown.
    Scrollbar(ScrollPane, usize),
}

/// Returns what stands at a place of the screen; `None` where nothing answers.
pub fn target_at(editor: &Editor, column: u16, row: u16) -> Option<ClickTarget> {
    if layout::too_small(editor.width, editor.height) {
        return None;
    }
    let hint_is_shown = editor.layers.is_empty() && tutorial::tutorial_hint(editor).is_some();
    if row + 1 == editor.height && !hint_is_shown {
        let keys = footer::footer_keys(editor, editor.width);
        let key = keys.iter().find(|key| (key.x..key.end).contains(&column))?;
        return Some(ClickTarget::Command(editor.scope(), key.command));
    }
    let bar = scrollbar::scroll_areas(editor).into_iter().find(|area| area.has_bar_at(column, row));
    if let Some(bar) = bar {
        return Some(ClickTarget::Scrollbar(bar.pane, bar.top_at(row)));
    }
    if let Some(layer) = editor.layers.last() {
        return window_target(editor, layer, column, row);
    }
    match &editor.page {
        Page::Home(_)
            if home_input::open_hint(editor).is_some_and(|(_, area)| area.contains((column, row).into())) =>
        {
            Some(ClickTarget::Command(Scope::Home, Command::Enter))
        }
        Page::Home(_) => home_input::line_at(editor, column, row).map(ClickTarget::HomeLine),
        Page::Folder => folder_target(editor, column, row),
        Page::Document(document, view) => document_target(editor, document, view, column, row),
    }
}

fn window_target(editor: &Editor, layer: &Layer, column: u16, row: u16) -> Option<ClickTarget> {
    let at = (column, row);
    let hints = layer_edge::edge_hints(editor, layer);
    if let Some(hint) = hints.iter().find(|hint| hint.area.contains(at.into())) {
        return hint.command.map(|command| ClickTarget::Command(Scope::Window, command));
    }
    let fields = layer_edge::field_areas(editor, layer);
    if let Some(field) = fields.iter().position(|area| area.contains(at.into())) {
        return Some(ClickTarget::Field(field, usize::from(column - fields[field].x)));
    }
    if let Layer::Conflicts { .. } = layer {
        let line = layer_lines::scrolled_lines(editor, layer)?.line_at(column, row)?;
        let rows = layer_lines::CONFLICT_ROWS;
        return Some(ClickTarget::Side(line / rows, line % rows < rows - 1));
    }
    layer_lines::choice_at(editor, column, row).map(ClickTarget::Choice)
}

fn folder_target(editor: &Editor, column: u16, row: u16) -> Option<ClickTarget> {
    let areas = folder::folder_areas(editor.width, editor.height);
    let folder = editor.folder.as_deref()?;
    if areas.headings.contains((column, row).into()) {
        let places = folder.column_areas(editor.width);
        return places
            .iter()
            .rev()
            .find(|place| place.x <= column)
            .map(|place| ClickTarget::UnitColumn(place.column));
    }
    let at = folder.top + usize::from(row.checked_sub(areas.rows.y)?);
    (areas.rows.contains((column, row).into()) && at < folder.rows.len()).then_some(ClickTarget::Unit(at))
}

fn document_target(
    editor: &Editor,
    document: &Document,
    view: &View,
    column: u16,
    row: u16,
) -> Option<ClickTarget> {
    let areas = layout::screen_areas(editor.width, editor.height);
    let is_in = |area: Rect| area.contains((column, row).into());
    if is_in(areas.tabs) {
        let labels = tab_line::tab_line(&editor.keys, document, view, areas.tabs.width).labels;
        let tab = labels.iter().position(|tab| (tab.x..tab.x + tab.width).contains(&column));
        return tab.map(ClickTarget::Tab);
    }
    if let Some(option) = choices::option_at(document, view, areas.balance, column, row) {
        return Some(ClickTarget::Option(option));
    }
    if remedy::remedy_area(editor, document, view, &areas).is_some_and(is_in) {
        return Some(ClickTarget::Command(editor.scope_below_layers(), Command::ApplyFix));
    }
    if let Some((line, is_right)) = side_pane::line_at(editor, document, view, &areas, (column, row)) {
        return line.target.map(|target| match target {
            SideTarget::Place(field, byte) => ClickTarget::Place(field, byte),
            SideTarget::Unit(path) => ClickTarget::UnitDraft(path),
            SideTarget::Keys(left, right) => {
                ClickTarget::Command(editor.scope_below_layers(), if is_right { right } else { left })
            }
        });
    }
    match view.tabs[view.tab] {
        Tab::Preview => None,
        Tab::Findings => finding_target(editor, document, view, column, row),
        Tab::Section { .. } => {
            let (cells, text) = cursor::section_areas(document, view, areas.body);
            if is_in(cells) {
                let table = view.table_layout(document, usize::from(cells.width))?;
                let place = (usize::from(column - cells.x), usize::from(row - cells.y));
                return cell_target(view, &table, usize::from(cells.height), place);
            }
            is_in(text).then(|| text_byte(document, view, text, column, row)).flatten().map(ClickTarget::Text)
        }
    }
}

fn finding_target(
    editor: &Editor,
    document: &Document,
    view: &View,
    column: u16,
    row: u16,
) -> Option<ClickTarget> {
    let page = layout::screen_areas(editor.width, editor.height).page;
    if !page.contains((column, row).into()) {
        return None;
    }
    let list = FindingsList::new(document, view, page.width);
    let top = list.top(view, usize::from(page.height));
    match list.lines.get(top + usize::from(row - page.y))? {
        ListLine::Heading(group, _) => Some(ClickTarget::Group(*group)),
        ListLine::Entry(entry, line) => {
            let entry = &list.entries[*entry];
            let aside = findings_list::entry_aside(editor, document, entry, page.width);
            let is_fix = *line == 0 && (aside.fix_start..aside.fix_end).contains(&column);
            Some(if is_fix { ClickTarget::Fix(entry.lead()) } else { ClickTarget::Finding(entry.lead()) })
        }
        ListLine::Gap => None,
    }
}

/// What stands at a column and a line of a table.
fn cell_target(
    view: &View,
    table: &TableLayout,
    height: usize,
    (x, y): (usize, usize),
) -> Option<ClickTarget> {
    let left = view.cursor().left;
    let line = *table.visible_lines(view.cursor().top, height).get(y)?;
    match &table.lines[line].kind {
        LayoutLineKind::Row(row, _) => {
            let cells = &table.rows[*row].cells;
            if x < table.label_width {
                return Some(ClickTarget::Row(*row));
            }
            let span = |at: &usize| table.column_span(table.rows[*row].block, *at, left);
            let at = (left..cells.len()).find(|at| span(at).is_some_and(|(start, wide)| x < start + wide))?;
            if let Some(open) = view.cell_edit.as_ref().filter(|open| open.field == cells[at]) {
                let (start, wide) = span(&at)?;
                // As the cell is drawn: a number stands at the right, and the caret of a text has no column
                // behind it.
                let columns = (wide - 1).saturating_sub(usize::from(table.is_text));
                let (before, after) = open.input.visible_parts(columns, view.width_mode);
                let own = display_width(before) + display_width(after);
                let free = if table.is_text { 0 } else { (wide - 1).saturating_sub(own) };
                return Some(ClickTarget::OpenCell(x.saturating_sub(start + free), columns));
            }
            Some(ClickTarget::Cell(*row, at))
        }
        LayoutLineKind::Headings(heads) => {
            let block = table.lines[line].block;
            let ends = |head: &&LayoutHeading| {
                let last = head.first + head.columns - 1;
                last >= left
                    && table.column_span(block, last, left).is_some_and(|(start, wide)| x < start + wide)
            };
            let head = heads.iter().find(ends).filter(|_| x >= table.label_width)?;
            let mut rows = (0..table.rows.len()).filter(|row| table.rows[*row].block == block);
            let first = rows.next()?;
            let last = rows.next_back().unwrap_or(first);
            Some(ClickTarget::Columns([first, last], [head.first, head.first + head.columns - 1]))
        }
        LayoutLineKind::Caption(_) | LayoutLineKind::Group(_) | LayoutLineKind::Continuation(_) => None,
    }
}

/// What stands at a place of the cells, or nearest to it: outside of them the line at the edge, and one more, so
/// that the cells scroll.
pub fn cell_near(
    document: &Document,
    view: &View,
    cells: Rect,
    column: u16,
    row: u16,
) -> Option<ClickTarget> {
    let table = view.table_layout(document, usize::from(cells.width))?;
    let x = usize::from(column.clamp(cells.x, cells.right().saturating_sub(2)) - cells.x);
    if row < cells.y && view.cursor().row > 0 {
        return Some(ClickTarget::Cell(view.cursor().row - 1, view.cursor().column));
    }
    if row >= cells.bottom() {
        let row = (view.cursor().row + 1).min(table.rows.len().saturating_sub(1));
        return Some(ClickTarget::Cell(row, view.cursor().column));
    }
    let y = usize::from(row.max(cells.y) - cells.y);
    cell_target(view, &table, usize::from(cells.height), (x, y))
}

/// The byte of the narrative at a place of the screen, also above and below its lines.
pub fn text_byte(document: &Document, view: &View, text: Rect, column: u16, row: u16) -> Option<usize> {
    let narrative = view.narrative_editor(document)?;
    let rows = narrative.rows(usize::from(text.width));
    let line = (narrative.top + usize::from(row)).saturating_sub(usize::from(text.y));
    Some(narrative.byte_at_line(&rows, line, usize::from(column.saturating_sub(text.x))))
}
