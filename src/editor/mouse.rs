//! The mouse, where the terminal has one: tabs, cells, the caret, findings, the wheel. All of it can be
//! done with keys too.

use super::action::Action;
use super::command::Command;
use super::document::Document;
use super::findings_list::{FindingsList, ListLine};
use super::key::{Mouse, MouseKind};
use super::table_layout::LayoutLineKind;
use super::view::{Tab, View};
use super::{
    Editor, Page, cursor, findings_list, folder, footer, home_input, layer_input, layout, selection, tab_line,
};

/// How many rows a step of the wheel moves.
const WHEEL_ROWS: usize = 3;

/// Takes what the mouse did.
pub fn handle_mouse(editor: &mut Editor, mouse: Mouse) -> Vec<Action> {
    if !editor.layers.is_empty() {
        return handle_layer_mouse(editor, mouse);
    }
    match mouse.kind {
        MouseKind::WheelUp => scroll(editor, Command::Up),
        MouseKind::WheelDown => scroll(editor, Command::Down),
        MouseKind::Press => click(editor, mouse),
        MouseKind::Drag | MouseKind::Release => Vec::new(),
    }
}

fn handle_layer_mouse(editor: &mut Editor, mouse: Mouse) -> Vec<Action> {
    match mouse.kind {
        MouseKind::WheelUp => layer_input::run_layer_command(editor, Command::Up),
        MouseKind::WheelDown => layer_input::run_layer_command(editor, Command::Down),
        MouseKind::Press => layer_input::click_layer(editor, mouse.column, mouse.row),
        MouseKind::Drag | MouseKind::Release => Vec::new(),
    }
}

fn scroll(editor: &Editor, command: Command) -> Vec<Action> {
    let scope = editor.scope();
    vec![Action::Run(scope, command); WHEEL_ROWS]
}

fn click(editor: &mut Editor, mouse: Mouse) -> Vec<Action> {
    let areas = layout::screen_areas(editor.width, editor.height);
    let keys =
        if mouse.row + 1 == editor.height { footer::footer_keys(editor, editor.width) } else { Vec::new() };
    if let Some(key) = keys.iter().find(|key| (key.x..key.end).contains(&mouse.column)) {
        return vec![Action::Run(editor.scope(), key.command)];
    }
    let (document, view) = match &mut editor.page {
        Page::Home(_) => return home_input::click(editor, mouse.column, mouse.row),
        Page::Folder => return folder::click(editor, mouse.column, mouse.row),
        Page::Document(document, view) => (&**document, &mut **view),
    };
    if mouse.row == areas.tabs.y {
        let line = tab_line::tab_labels(document, view, areas.tabs.width);
        if let Some(at) = line.iter().rposition(|tab| tab.x <= mouse.column) {
            view.tab = at;
        }
        return vec![Action::CloseGroup];
    }
    let body = areas.of_tab(view.is_list());
    if body.contains((mouse.column, mouse.row).into()) {
        let (x, y) = (usize::from(mouse.column), usize::from(mouse.row - body.y));
        click_body(document, view, x, y, usize::from(body.width), usize::from(body.height));
    }
    vec![Action::CloseGroup]
}

fn click_body(document: &Document, view: &mut View, x: usize, y: usize, width: usize, height: usize) {
    if view.tabs[view.tab] == Tab::Findings {
        click_finding(document, view, y, width, height);
        return;
    }
    let cells_height = cursor::cells_height(document, view, width, height);
    let above = view.table_layout(document, width).map_or(0, |_| cells_height + 1);
    if let Some(table) = view.table_layout(document, width)
        && let Some(&line) = table.visible_lines(view.cursor().top, cells_height).get(y)
    {
        if let LayoutLineKind::Row(row, _) = table.lines[line].kind {
            let left = view.cursor().left;
            let column = (left..table.rows[row].cells.len()).find(|&at| {
                table
                    .column_span(table.rows[row].block, at, left)
                    .is_some_and(|(start, wide)| x < start + wide)
            });
            selection::clear_selection(view);
            let cursor = view.cursor_mut();
            cursor.in_text = false;
            (cursor.row, cursor.column) = (row, column.unwrap_or(cursor.column));
        }
        return;
    }
    if view.narrative_section(document).is_some() && y >= above {
        view.cursor_mut().in_text = true;
        if let Some(narrative) = view.narrative_editor_mut(document) {
            let rows = narrative.rows(width);
            let byte = narrative.byte_at_line(&rows, narrative.top + y - above, x);
            narrative.clear_selection();
            narrative.set_caret(byte);
        }
    }
}

/// Chooses the entry that stands in a row, and jumps to its place when it was the one already; folds or unfolds
/// the group whose heading stands there.
fn click_finding(document: &Document, view: &mut View, row: usize, width: usize, height: usize) {
    let list = FindingsList::new(document, view, u16::try_from(width).unwrap_or(u16::MAX));
    match list.lines.get(list.top(view, height) + row) {
        Some(ListLine::Heading(group, _)) => findings_list::toggle_fold(view, *group),
        Some(ListLine::Entry(entry, _)) => {
            let entry = &list.entries[*entry];
            if entry.findings.contains(&view.current_finding) {
                cursor::go_to_finding(document, view, entry.lead());
            }
            view.current_finding = entry.lead();
        }
        Some(ListLine::Gap) | None => {}
    }
}
