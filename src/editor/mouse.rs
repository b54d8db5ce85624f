//! The mouse, where the terminal has one: what is pressed, dragged and scrolled. All of it can be done with keys
//! too.

use super::action::Action;
use super::choices::option_labels;
use super::command::{Command, Scope};
use super::drag::{ClickedScreen, Drag};
use super::event::{Mouse, MouseKind};
use super::layer::{Layer, LeaveTarget};
use super::narrative_editor::Motion;
use super::scrollbar;
use super::target::{self, ClickTarget};
use super::{
    Editor, Page, cell_edit, conflict, cursor, findings_list, folder, home_input, layer_edge, layer_input,
    layout, selection,
};

/// How many lines a step of the wheel moves.
const WHEEL_LINES: usize = 3;

/// Takes what the mouse did on what stands there.
pub fn handle_mouse(editor: &mut Editor, mouse: Mouse, target: Option<ClickTarget>) -> Vec<Action> {
    match mouse.kind {
        MouseKind::WheelUp | MouseKind::WheelDown => {
            turn_wheel(editor, mouse);
            Vec::new()
        }
        MouseKind::Press | MouseKind::DoublePress => {
            let screen = ClickedScreen {
                windows: editor.layers.len(),
                tab: editor.view().map(|view| view.tab),
                is_folder: matches!(editor.page, Page::Folder),
            };
            let before = editor.clicked_screen.replace(screen);
            editor.drag = None;
            let is_double = mouse.kind == MouseKind::DoublePress;
            match target.filter(|_| !is_double || before == Some(screen)) {
                Some(target) => press(editor, target, is_double),
                None => Vec::new(),
            }
        }
        MouseKind::Drag => {
            if let Some(drag) = editor.drag {
                drag_to(editor, drag, mouse.column, mouse.row);
            }
            Vec::new()
        }
        MouseKind::Release => {
            editor.drag = None;
            Vec::new()
        }
    }
}

/// Scrolls what the mouse is over; where all of it is shown, nothing. On the home screen the choice moves.
fn turn_wheel(editor: &mut Editor, mouse: Mouse) {
    let at = (mouse.column, mouse.row).into();
    let down = mouse.kind == MouseKind::WheelDown;
    let area = scrollbar::scroll_areas(editor).into_iter().find(|area| area.area.contains(at));
    if let Some(area) = area {
        let top = if down { area.top + WHEEL_LINES } else { area.top.saturating_sub(WHEEL_LINES) };
        let top = top.min(area.last_top());
        if top != area.top {
            scrollbar::scroll_to(editor, area.pane, top);
        }
    } else if matches!(editor.page, Page::Home(_)) && editor.layers.is_empty() {
        home_input::run_home_command(editor, if down { Command::Down } else { Command::Up });
    }
}

fn press(editor: &mut Editor, target: ClickTarget, is_double: bool) -> Vec<Action> {
    match target {
        ClickTarget::Command(Scope::Window, command) => {
            return layer_input::run_layer_command(editor, command);
        }
        ClickTarget::Command(scope, command) => return vec![Action::Run(scope, command)],
        ClickTarget::Scrollbar(pane, top) => {
            editor.drag = Some(Drag::Scrollbar(pane));
            scrollbar::scroll_to(editor, pane, top);
            return Vec::new();
        }
        ClickTarget::HomeLine(at) => return home_input::click(editor, at),
        ClickTarget::Unit(at) => return folder::click_unit(editor, at),
        ClickTarget::UnitColumn(column) => {
            folder::click_column(editor, column);
            return Vec::new();
        }
        ClickTarget::Place(field, byte) => return vec![Action::CloseGroup, Action::GoTo(field, byte)],
        ClickTarget::UnitDraft(path) => return vec![Action::Leave(LeaveTarget::Unit(path))],
        ClickTarget::Choice(at) => return layer_input::click_choice(editor, at),
        ClickTarget::Side(at, ours) => {
            conflict::choose_side(editor, at, ours);
            return Vec::new();
        }
        ClickTarget::Field(at, column) => {
            click_field(editor, at, column);
            return Vec::new();
        }
        ClickTarget::Option(at) => return cell_edit::choose_option_at(editor, at),
        ClickTarget::Cell(..) if is_double => {
            let has_options = editor
                .open_report()
                .is_some_and(|(document, view)| !option_labels(document, view).is_empty());
            let command = if has_options { Command::NextChoice } else { Command::EditCell };
            return vec![Action::Run(Scope::Table, command)];
        }
        ClickTarget::Fix(at) => {
            if let Some((_, view)) = editor.open_view_mut() {
                view.current_finding = at;
            }
            return vec![Action::Run(Scope::Findings, Command::ApplyFix)];
        }
        _ => {}
    }
    let Some((document, view)) = editor.open_view_mut() else { return Vec::new() };
    let mut drag = None;
    match target {
        ClickTarget::Tab(at) => view.tab = at,
        ClickTarget::Cell(row, column) => {
            selection::select_cell(view, row, column);
            drag = Some(Drag::Cells);
        }
        ClickTarget::OpenCell(column, columns) => {
            let ruler = view.width_mode;
            if let Some(open) = &mut view.cell_edit {
                open.input.move_to_column(column, columns, ruler);
                open.in_place = true;
            }
            return Vec::new();
        }
        ClickTarget::Row(row) => {
            selection::select_rows(view, row, row);
            drag = Some(Drag::Rows(row));
        }
        ClickTarget::Columns(rows, columns) => {
            selection::select_columns(view, rows, columns);
            drag = Some(Drag::Columns(columns));
        }
        ClickTarget::Text(byte) => {
            view.cursor_mut().in_text = true;
            if let Some(narrative) = view.narrative_editor_mut(document) {
                narrative.clear_selection();
                narrative.set_caret(byte);
                if is_double {
                    narrative.move_caret(Motion::ClauseRight, false, 0);
                    narrative.move_caret(Motion::ClauseLeft, true, 0);
                }
            }
            drag = Some(Drag::Text);
        }
        ClickTarget::Group(group) => findings_list::toggle_fold(view, group),
        ClickTarget::Finding(at) => {
            let chosen = view.findings_at_cursor(document);
            if chosen.contains(&at) {
                cursor::go_to_finding(document, view, at);
            }
            view.current_finding = at;
        }
        _ => {}
    }
    editor.drag = drag;
    vec![Action::CloseGroup]
}

/// Puts the caret of the top window where it was clicked.
fn click_field(editor: &mut Editor, at: usize, column: usize) {
    let areas = editor.layers.last().map(|layer| layer_edge::field_areas(editor, layer)).unwrap_or_default();
    // One column is kept for the caret.
    let columns = areas.get(at).map_or(0, |area| usize::from(area.width.saturating_sub(1)));
    let ruler = editor.width_mode;
    let Some(layer) = editor.layers.last_mut() else { return };
    if let Layer::Prompt { at: chosen, .. } = layer {
        *chosen = at;
    }
    if let Some(line) = layer.input_mut() {
        line.move_to_column(column, columns, ruler);
    }
}

/// Follows the mouse while its button is held, also outside of what it was pressed on.
fn drag_to(editor: &mut Editor, drag: Drag, column: u16, row: u16) {
    if let Drag::Scrollbar(pane) = drag {
        let area = scrollbar::scroll_areas(editor).into_iter().find(|area| area.pane == pane);
        if let Some(area) = area {
            scrollbar::scroll_to(editor, pane, area.top_at(row).min(area.last_top()));
        }
        return;
    }
    if !editor.layers.is_empty() {
        return;
    }
    let areas = layout::screen_areas(editor.width, editor.height);
    let Some((document, view)) = editor.open_view_mut() else { return };
    let (cells, text) = cursor::section_areas(document, view, areas.body);
    if drag == Drag::Text {
        let above = row < text.y;
        if let Some(narrative) = view.narrative_editor_mut(document).filter(|_| above) {
            narrative.top = narrative.top.saturating_sub(1);
        }
        if let Some(byte) = target::text_byte(document, view, text, column, row.min(text.bottom()))
            && let Some(narrative) = view.narrative_editor_mut(document)
        {
            narrative.select_to(byte);
        }
        return;
    }
    let under = target::cell_near(document, view, cells, column, row);
    match (drag, under) {
        (Drag::Cells, Some(ClickTarget::Cell(row, column))) => selection::extend_to(view, row, column),
        (Drag::Cells, Some(ClickTarget::Row(row))) => selection::extend_to(view, row, 0),
        // Headings that stay over the rows: further up.
        (Drag::Cells, Some(ClickTarget::Columns(..))) => {
            let (row, column) = (view.cursor().row.saturating_sub(1), view.cursor().column);
            selection::extend_to(view, row, column);
        }
        (Drag::Rows(first), Some(ClickTarget::Cell(row, _) | ClickTarget::Row(row))) => {
            selection::select_rows(view, first, row);
        }
        (Drag::Columns(from), Some(ClickTarget::Columns(rows, to))) => {
            selection::select_columns(view, rows, [from[0].min(to[0]), from[1].max(to[1])]);
        }
        _ => {}
    }
}
