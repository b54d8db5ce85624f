//! Movement: over cells, through text, along lists, between tabs and findings.

use ratatui::layout::Rect;

use super::command::Command;
use super::document::Document;
use super::findings_list::{self, FindingsList};
use super::list_cursor::moved;
use super::narrative_editor::Motion;
use super::view::{CursorState, Tab, View};
use super::{Editor, layout};
use crate::check::Finding;
use crate::form::FieldId;

/// Moves the cursor in a table or on the cover.
///
/// `along` says that Enter goes along the row.
pub fn move_in_cells(document: &Document, view: &mut View, command: Command, height: usize, along: bool) {
    let rows = view.cell_rows(document);
    let Some(last) = rows.len().checked_sub(1) else { return };
    let wide = rows.get(view.cursor().row).map_or(1, |row| row.len());
    let end = (last, rows[last].len().saturating_sub(1));
    let to_fill = last_editable_column(document, view, &rows);
    let page = height.saturating_sub(4).max(1);
    let has_text = view.narrative_section(document).is_some();
    let cursor = view.cursor_mut();
    let here = cursor.column.min(wide - 1);
    match command {
        Command::Down if cursor.row == last && has_text => cursor.in_text = true,
        Command::Left => cursor.column = here.saturating_sub(1),
        Command::Right => cursor.column = (here + 1).min(wide - 1),
        Command::RowStart => cursor.column = 0,
        Command::RowEnd => move_to_column(cursor, if here == to_fill { wide - 1 } else { to_fill }),
        Command::Start => (cursor.row, cursor.column) = (0, 0),
        Command::End => (cursor.row, cursor.column) = end,
        Command::Up | Command::Down | Command::PageUp | Command::PageDown => {
            cursor.row = moved(cursor.row, command, last + 1, page)
        }
        Command::Enter if along => move_along_row(document, view, true),
        Command::Enter => {
            return_to_tab_origin(cursor);
            move_down_column(document, view);
        }
        Command::NextCell | Command::PreviousCell => {
            move_by_tab(document, view, command == Command::NextCell)
        }
        _ => {}
    }
}

/// The last column of the cursor's row that is not computed.
fn last_editable_column(document: &Document, view: &View, rows: &[&[FieldId]]) -> usize {
    let cells = rows.get(view.cursor().row).copied().unwrap_or_default();
    cells.iter().rposition(|id| !document.is_computed(id)).unwrap_or(cells.len().saturating_sub(1))
}

/// The column where Tab was pressed first, if nothing else has moved the cursor since.
fn tab_origin_column(cursor: &CursorState) -> Option<usize> {
    cursor.tab_origin.filter(|(_, at)| *at == (cursor.row, cursor.column)).map(|(from, _)| from)
}

/// Along the row by Tab, which remembers the column where it began.
fn move_by_tab(document: &Document, view: &mut View, forward: bool) {
    let from = tab_origin_column(view.cursor()).unwrap_or(view.cursor().column);
    move_along_row(document, view, forward);
    let cursor = view.cursor_mut();
    cursor.tab_origin = Some((from, (cursor.row, cursor.column)));
}

/// To a column further on; a row of Tabs goes on with it.
fn move_to_column(cursor: &mut CursorState, column: usize) {
    let began = tab_origin_column(cursor);
    cursor.column = column;
    cursor.tab_origin = began.map(|from| (from, (cursor.row, column)));
}

/// Enter after a row of Tabs goes on under the cell where they began, as in every spreadsheet.
fn return_to_tab_origin(cursor: &mut CursorState) {
    cursor.column = tab_origin_column(cursor).unwrap_or(cursor.column);
    cursor.tab_origin = None;
}

/// Down to the next cell to fill; from the end of a column to the top of the next. Computed totals
/// are passed over.
fn move_down_column(document: &Document, view: &mut View) {
    let rows = view.cell_rows(document);
    let most = rows.iter().map(|row| row.len()).max().unwrap_or(1);
    // By columns within a block of rows that are alike; the blocks of section 二 follow each other.
    let order = (0..most).flat_map(|c| (0..rows.len()).map(move |r| (r, c)));
    let places: Vec<(usize, usize)> = order.filter(|&(r, c)| c < rows[r].len()).collect();
    let next = next_editable_cell(document, view, &rows, &places, true);
    move_to_cell(document, view, next, true);
}

/// To the next (previous) cell of the row; from its end to the start of the next row.
fn move_along_row(document: &Document, view: &mut View, forward: bool) {
    let rows = view.cell_rows(document);
    let places: Vec<(usize, usize)> =
        (0..rows.len()).flat_map(|r| (0..rows[r].len()).map(move |c| (r, c))).collect();
    let next = next_editable_cell(document, view, &rows, &places, forward);
    move_to_cell(document, view, next, forward);
}

/// The next (previous) of these places whose cell is not computed.
fn next_editable_cell(
    document: &Document,
    view: &View,
    rows: &[&[FieldId]],
    places: &[(usize, usize)],
    forward: bool,
) -> Option<(usize, usize)> {
    let CursorState { row, column, .. } = *view.cursor();
    let here = (row, column.min(rows.get(row)?.len().saturating_sub(1)));
    let at = places.iter().position(|&place| place == here)?;
    let open = |&&(r, c): &&(usize, usize)| !document.is_computed(&rows[r][c]);
    let next =
        if forward { places[at + 1..].iter().find(open) } else { places[..at].iter().rev().find(open) };
    next.copied()
}

/// To a place; from the last one into the text under the table.
fn move_to_cell(document: &Document, view: &mut View, place: Option<(usize, usize)>, forward: bool) {
    match place {
        Some((row, column)) => {
            let cursor = view.cursor_mut();
            (cursor.row, cursor.column) = (row, column);
        }
        None if forward && view.narrative_section(document).is_some() => view.cursor_mut().in_text = true,
        None => {}
    }
}

/// Moves the caret in a narrative, from its first row up to the cells over it. Returns whether the command
/// is a movement.
pub fn move_in_text(
    document: &Document,
    view: &mut View,
    command: Command,
    width: usize,
    height: usize,
) -> bool {
    use Command::*;
    let page = isize::try_from(height.saturating_sub(1).max(1)).unwrap_or(1);
    let (motion, select) = match command {
        Left => (Motion::Left, false),
        Right => (Motion::Right, false),
        Up => (Motion::Rows(-1), false),
        Down => (Motion::Rows(1), false),
        PageUp => (Motion::Rows(-page), false),
        PageDown => (Motion::Rows(page), false),
        RowStart => (Motion::RowStart, false),
        RowEnd => (Motion::RowEnd, false),
        Start => (Motion::Start, false),
        End => (Motion::End, false),
        ClauseLeft => (Motion::ClauseLeft, false),
        ClauseRight => (Motion::ClauseRight, false),
        SelectLeft => (Motion::Left, true),
        SelectRight => (Motion::Right, true),
        SelectUp => (Motion::Rows(-1), true),
        SelectDown => (Motion::Rows(1), true),
        SelectRowStart => (Motion::RowStart, true),
        SelectRowEnd => (Motion::RowEnd, true),
        _ => return false,
    };
    let has_cells = view.cell_section(document).is_some();
    let Some(narrative) = view.narrative_editor_mut(document) else { return true };
    let first_row = narrative.caret_position(&narrative.rows(width)).0 == 0;
    if command == Up && has_cells && first_row && !narrative.is_extending() {
        view.cursor_mut().in_text = false;
        return true;
    }
    // A mark set by key stays while the caret moves, as Shift does; plain movement ends a
    // selection that was made with Shift.
    narrative.move_caret(motion, select || narrative.is_extending(), width);
    true
}

/// Goes along the list of findings, folds and unfolds its groups.
pub fn move_in_findings(
    document: &Document,
    view: &mut View,
    command: Command,
    (width, height): (u16, usize),
) {
    if view.tabs[view.tab] == Tab::Preview {
        return scroll_preview(view, command, height);
    }
    if matches!(command, Command::Left | Command::Right) {
        return findings_list::fold_chosen(document, view, command == Command::Left);
    }
    let page = (height / 3).max(1);
    view.current_finding = FindingsList::new(document, view, width).moved(view, command, page);
}

/// Scrolls the preview; how far is for [`follow`] to limit.
fn scroll_preview(view: &mut View, command: Command, height: usize) {
    view.preview_top = moved(view.preview_top, command, usize::MAX, height.saturating_sub(1).max(1));
}

/// Goes to a finding: to its words in a text, else to the first cell it names.
pub fn go_to_finding(document: &Document, view: &mut View, at: usize) {
    let Some(finding) = document.findings.get(at) else { return };
    let span = finding.span.clone();
    let field = finding_target(finding).cloned();
    view.current_finding = at;
    if let Some(field) = field {
        view.go_to_field(document, &field, span.map(|span| span.start));
    }
}

/// The field that a finding leads to: where its words are, the likely place, or the first it names.
pub fn finding_target(finding: &Finding) -> Option<&FieldId> {
    finding.span.as_ref().map(|span| &span.field).or(finding.suspect.as_ref()).or(finding.fields.first())
}

/// The next (previous) open finding from where the cursor is, in the order of the form, around.
pub fn next_finding(document: &Document, view: &View, forward: bool) -> Option<usize> {
    let open: Vec<usize> =
        (0..document.findings.len()).filter(|&at| document.findings[at].is_open()).collect();
    let target = |at: usize| finding_target(&document.findings[at]);
    let here = view.current_field(document).filter(|_| !view.is_list());
    let at_current = here.is_none()
        || (here.as_ref() == target(view.current_finding.min(document.findings.len().checked_sub(1)?)));
    let next = if at_current {
        let mut after = open
            .iter()
            .filter(|&&at| if forward { at > view.current_finding } else { at < view.current_finding });
        if forward { after.next() } else { after.next_back() }.copied()
    } else {
        let place = |id: &FieldId| document.form.position(id.as_str());
        let now = here.as_ref().and_then(place);
        let mut side = open.iter().filter(|&&at| {
            let there = target(at).and_then(place);
            if forward { there >= now } else { there < now }
        });
        if forward { side.next() } else { side.next_back() }.copied()
    };
    next.or(if forward { open.first() } else { open.last() }.copied())
}

/// Keeps what the cursor is on within the window, unless the clerk has scrolled away from it.
pub fn scroll_to_cursor(editor: &mut Editor) {
    let areas = layout::screen_areas(editor.width, editor.height);
    let (ruler, editor_height, follows) = (editor.width_mode, editor.height, editor.follows_cursor);
    let Some((document, view)) = editor.open_view_mut() else { return };
    let body = areas.of_tab(view.is_list());
    let (width, height) = (usize::from(body.width), usize::from(body.height));
    (view.width_mode, view.shows_chosen) = (ruler, follows);
    view.narrative_editors.values_mut().for_each(|narrative| narrative.width_mode = ruler);
    if view.tabs[view.tab] == Tab::Preview {
        // The page begins and ends with its edge.
        let lines = view.preview_lines(document, width).len() + 2;
        view.preview_top = view.preview_top.min(lines.saturating_sub(height));
    }
    if view.tabs[view.tab] == Tab::Findings {
        view.findings_top = FindingsList::new(document, view, body.width).top(view, height);
    }
    view.ensure_layout(document, width);
    if !view.is_list() {
        view.ensure_side_preview(document, usize::from(layout::preview_columns(&areas)));
    }
    let (cells, text) = section_areas(document, view, body);
    let cells_height = usize::from(cells.height);
    if let Some(table) = view.table_layout(document, width).filter(|_| follows) {
        let &CursorState { row, column, top, left, .. } = view.cursor();
        let columns = table.rows.get(row).map_or(1, |row| row.cells.len());
        let column = column.min(columns.saturating_sub(1));
        let seen =
            (table.scroll_to_row(top, row, cells_height), table.scroll_to_column(left, row, column, width));
        let cursor = view.cursor_mut();
        (cursor.top, cursor.left) = seen;
    }
    // Under cells there are few lines.
    let gaps = text.height == body.height && layout::has_paragraph_gaps(editor_height);
    if let Some(narrative) = view.narrative_editor_mut(document) {
        (narrative.width_mode, narrative.gaps) = (ruler, gaps);
        if follows {
            narrative.scroll_to_caret(width, usize::from(text.height));
        }
    }
}

/// Where the cells of the tab stand in its body, and where its narrative does, under the line with its name.
pub fn section_areas(document: &Document, view: &View, body: Rect) -> (Rect, Rect) {
    let lines = cells_height(document, view, usize::from(body.width), usize::from(body.height));
    let height = u16::try_from(lines).unwrap_or(body.height);
    let above = if view.cell_section(document).is_some() { (height + 1).min(body.height) } else { 0 };
    let text = Rect { y: body.y + above, height: body.height - above, ..body };
    (Rect { height, ..body }, text)
}

/// The share of the body that a narrative under cells has while the cursor is not in it, its name included.
const TEXT_SHARE: usize = 5;

/// How many lines of a body of this height the cells of the tab have: all, unless a narrative is under
/// them, which gets half of it while the cursor is in it.
pub fn cells_height(document: &Document, view: &View, width: usize, height: usize) -> usize {
    if view.narrative_section(document).is_none() {
        return height;
    }
    let text = if view.in_text() { height / 2 } else { height / TEXT_SHARE };
    let lines = view.table_layout(document, width).map_or(0, |table| table.lines.len());
    lines.min(height.saturating_sub(text))
}
