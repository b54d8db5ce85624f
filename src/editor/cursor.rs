//! Movement: over cells, through text, along lists, between tabs and findings.

use super::command::Command;
use super::desk::{Desk, Spot, Tab};
use super::list_cursor::moved;
use super::prose::Motion;
use super::{Editor, layout};
use crate::check::Finding;
use crate::form::FieldId;

/// Moves the cursor in a table or on the cover.
///
/// `along` says that Enter goes along the row.
pub fn in_cells(desk: &mut Desk, command: Command, height: usize, along: bool) {
    let rows = desk.rows();
    let Some(last) = rows.len().checked_sub(1) else { return };
    let wide = rows.get(desk.spot().row).map_or(1, |row| row.len());
    let end = (last, rows[last].len().saturating_sub(1));
    let to_fill = last_to_fill(desk, &rows);
    let page = height.saturating_sub(4).max(1);
    let has_text = desk.narrative().is_some();
    let spot = desk.spot_mut();
    let here = spot.column.min(wide - 1);
    match command {
        Command::Down if spot.row == last && has_text => spot.in_text = true,
        Command::Left => spot.column = here.saturating_sub(1),
        Command::Right => spot.column = (here + 1).min(wide - 1),
        Command::RowStart => spot.column = 0,
        Command::RowEnd => to_the_end(spot, if here == to_fill { wide - 1 } else { to_fill }),
        Command::Start => (spot.row, spot.column) = (0, 0),
        Command::End => (spot.row, spot.column) = end,
        Command::Up | Command::Down | Command::PageUp | Command::PageDown => {
            spot.row = moved(spot.row, command, last + 1, page)
        }
        Command::Enter if along => along_the_row(desk, true),
        Command::Enter => {
            back_to_where_tab_began(spot);
            down_the_column(desk);
        }
        Command::NextCell | Command::PreviousCell => tab(desk, command == Command::NextCell),
        _ => {}
    }
}

/// The last column of the cursor's row that is not computed.
fn last_to_fill(desk: &Desk, rows: &[&[FieldId]]) -> usize {
    let cells = rows.get(desk.spot().row).copied().unwrap_or_default();
    cells.iter().rposition(|id| !desk.computes(id)).unwrap_or(cells.len().saturating_sub(1))
}

/// The column where Tab was pressed first, if nothing else has moved the cursor since.
fn tab_began(spot: &Spot) -> Option<usize> {
    spot.tabbed.filter(|(_, at)| *at == (spot.row, spot.column)).map(|(from, _)| from)
}

/// Along the row by Tab, which remembers the column where it began.
fn tab(desk: &mut Desk, forward: bool) {
    let from = tab_began(desk.spot()).unwrap_or(desk.spot().column);
    along_the_row(desk, forward);
    let spot = desk.spot_mut();
    spot.tabbed = Some((from, (spot.row, spot.column)));
}

/// To a column further on; a row of Tabs goes on with it.
fn to_the_end(spot: &mut Spot, column: usize) {
    let began = tab_began(spot);
    spot.column = column;
    spot.tabbed = began.map(|from| (from, (spot.row, column)));
}

/// Enter after a row of Tabs goes on under the cell where they began, as in every spreadsheet.
fn back_to_where_tab_began(spot: &mut Spot) {
    spot.column = tab_began(spot).unwrap_or(spot.column);
    spot.tabbed = None;
}

/// Down to the next cell to fill; from the end of a column to the top of the next. Computed totals
/// are passed over.
fn down_the_column(desk: &mut Desk) {
    let rows = desk.rows();
    let most = rows.iter().map(|row| row.len()).max().unwrap_or(1);
    // By columns within a block of rows that are alike; the blocks of section 二 follow each other.
    let order = (0..most).flat_map(|c| (0..rows.len()).map(move |r| (r, c)));
    let places: Vec<(usize, usize)> = order.filter(|&(r, c)| c < rows[r].len()).collect();
    let next = next(desk, &rows, &places, true);
    go_on(desk, next, true);
}

/// To the next (previous) cell of the row; from its end to the start of the next row.
fn along_the_row(desk: &mut Desk, forward: bool) {
    let rows = desk.rows();
    let places: Vec<(usize, usize)> =
        (0..rows.len()).flat_map(|r| (0..rows[r].len()).map(move |c| (r, c))).collect();
    let next = next(desk, &rows, &places, forward);
    go_on(desk, next, forward);
}

/// The next (previous) of these places whose cell is not computed.
fn next(
    desk: &Desk,
    rows: &[&[FieldId]],
    places: &[(usize, usize)],
    forward: bool,
) -> Option<(usize, usize)> {
    let Spot { row, column, .. } = *desk.spot();
    let here = (row, column.min(rows.get(row)?.len().saturating_sub(1)));
    let at = places.iter().position(|&place| place == here)?;
    let open = |&&(r, c): &&(usize, usize)| !desk.computes(&rows[r][c]);
    let next =
        if forward { places[at + 1..].iter().find(open) } else { places[..at].iter().rev().find(open) };
    next.copied()
}

/// To a place; from the last one into the text under the table.
fn go_on(desk: &mut Desk, place: Option<(usize, usize)>, forward: bool) {
    match place {
        Some((row, column)) => {
            let spot = desk.spot_mut();
            (spot.row, spot.column) = (row, column);
        }
        None if forward && desk.narrative().is_some() => desk.spot_mut().in_text = true,
        None => {}
    }
}

/// Moves the caret in a narrative. From its first row up goes to the cells over it.
pub fn in_text(desk: &mut Desk, command: Command, width: usize, height: usize) {
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
        _ => return,
    };
    desk.history.close_group();
    let has_cells = desk.cells().is_some();
    let Some(prose) = desk.prose() else { return };
    let first_row = prose.caret_place(&prose.rows(width)).0 == 0;
    if command == Up && has_cells && first_row && !prose.is_held() {
        desk.spot_mut().in_text = false;
        return;
    }
    // A mark set by key stays while the caret moves, as Shift does; plain movement ends a
    // selection that was made with Shift.
    prose.go(motion, select || prose.is_held(), width);
}

/// Goes along the list of findings.
pub fn in_findings(desk: &mut Desk, command: Command, height: usize) {
    if desk.tabs[desk.tab] == Tab::Preview {
        return in_preview(desk, command, height);
    }
    let page = (height / 2).max(1);
    desk.finding = moved(desk.finding, command, desk.findings.len(), page);
}

/// Scrolls the preview; how far is for [`follow`] to limit.
fn in_preview(desk: &mut Desk, command: Command, height: usize) {
    desk.preview_top = moved(desk.preview_top, command, usize::MAX, height.saturating_sub(1).max(1));
}

/// Goes to a finding: to its words in a text, else to the first cell it names.
pub fn to_finding(desk: &mut Desk, at: usize) {
    let Some(finding) = desk.findings.get(at) else { return };
    let span = finding.span.clone();
    let field = target(finding).cloned();
    desk.finding = at;
    if let Some(field) = field {
        desk.go(&field, span.map(|span| span.start));
    }
}

/// The field that a finding leads to: where its words are, the likely place, or the first it names.
pub fn target(finding: &Finding) -> Option<&FieldId> {
    finding.span.as_ref().map(|span| &span.field).or(finding.suspect.as_ref()).or(finding.fields.first())
}

/// The next (previous) open finding from where the cursor is, in the order of the form, around.
pub fn next_finding(desk: &Desk, forward: bool) -> Option<usize> {
    let open: Vec<usize> = (0..desk.findings.len()).filter(|&at| desk.findings[at].is_open()).collect();
    let target = |at: usize| target(&desk.findings[at]);
    let here = desk.field().filter(|_| !desk.is_list());
    let at_current =
        here.is_none() || (here.as_ref() == target(desk.finding.min(desk.findings.len().checked_sub(1)?)));
    let next = if at_current {
        let mut after =
            open.iter().filter(|&&at| if forward { at > desk.finding } else { at < desk.finding });
        if forward { after.next() } else { after.next_back() }.copied()
    } else {
        let place = |id: &FieldId| desk.form.position(id.as_str());
        let now = here.as_ref().and_then(place);
        let mut side = open.iter().filter(|&&at| {
            let there = target(at).and_then(place);
            if forward { there >= now } else { there < now }
        });
        if forward { side.next() } else { side.next_back() }.copied()
    };
    next.or(if forward { open.first() } else { open.last() }.copied())
}

/// Keeps what the cursor is on within the window.
pub fn follow(editor: &mut Editor) {
    let body = layout::areas(editor.width, editor.height).body;
    let (width, height) = (usize::from(body.width), usize::from(body.height));
    let ruler = editor.ruler;
    let Some(desk) = editor.desk_mut() else { return };
    desk.ruler = ruler;
    desk.proses.values_mut().for_each(|prose| prose.ruler = ruler);
    if desk.tabs[desk.tab] == Tab::Preview {
        let lines = desk.preview(width).len();
        desk.preview_top = desk.preview_top.min(lines.saturating_sub(height));
    }
    desk.lay(width);
    if let Some(sheet) = desk.sheet(width) {
        let &Spot { row, column, top, left, .. } = desk.spot();
        let columns = sheet.rows.get(row).map_or(1, |row| row.cells.len());
        let column = column.min(columns.saturating_sub(1));
        let seen = (sheet.follow(top, row, height), sheet.follow_column(left, row, column, width));
        let spot = desk.spot_mut();
        (spot.top, spot.left) = seen;
    }
    let above = desk.cells().map_or(0, |_| text_offset(desk, width));
    if let Some(prose) = desk.prose() {
        prose.ruler = ruler;
        prose.follow(width, height.saturating_sub(above));
    }
}

/// How many lines of the body stand above the narrative of a tab that has cells too.
pub fn text_offset(desk: &Desk, width: usize) -> usize {
    desk.sheet(width).map_or(0, |sheet| sheet.lines.len() + 1)
}
