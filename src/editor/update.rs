//! [`update`] passes each message to its handler, and alone carries out the [`Action`]s that come back.

use super::action::{Action, notify};
use super::change;
use super::command::Scope;
use super::event::{Event, MouseKind};
use super::key::Key;
use super::layer::Layer;
use super::msg::{Effect, Msg};
use super::state::{Editor, Page};
use super::target::{ClickTarget, target_at};
use super::{
    cell_edit, compiled, conflict, cursor, dispatch, file, file_list, file_preview, folder, home_input,
    import_export, last_year, layer_input, likeness, mouse, narrative, paste, report_state, selection,
    versions,
};
use crate::text::ambiguous::WidthMode;

/// Handles what happened and returns what is to be done outside.
pub fn update(editor: &mut Editor, msg: Msg) -> Vec<Effect> {
    let actions = handle_msg(editor, msg);
    let mut effects = perform(editor, actions);
    cursor::scroll_to_cursor(editor);
    folder::scroll_to_selected(editor);
    effects.extend(compiled::refresh_units(editor));
    effects.extend(file_preview::refresh_preview(editor));
    let events = editor.document_mut().map(|document| document.history.drain_events()).unwrap_or_default();
    if !events.is_empty() {
        // First of all: what was typed is safe before anything else is done, or painted.
        effects.insert(0, Effect::Journal(events));
    }
    effects
}

/// Carries out actions in their order; returns what is to be done outside. An edit that the draft must not take
/// ends them: what was to follow it would claim that it was made.
pub(super) fn perform(editor: &mut Editor, actions: Vec<Action>) -> Vec<Effect> {
    let mut effects = Vec::new();
    let mut actions = actions.into_iter();
    while let Some(action) = actions.next() {
        if let (Action::Edit(edit), Some(document)) = (&action, editor.document()) {
            let message = || {
                let notification = |action: &Action| match action {
                    Action::Notify(text) => Some(text.clone()),
                    _ => None,
                };
                actions.as_slice().iter().find_map(notification).unwrap_or_default()
            };
            if let Some(instead) = report_state::refuse_edit(document, edit, message()) {
                effects.extend(perform(editor, instead));
                break;
            }
        }
        effects.extend(perform_one(editor, action));
    }
    effects
}

fn perform_one(editor: &mut Editor, action: Action) -> Vec<Effect> {
    if ends_cell_edit(editor, &action) {
        commit_cell(editor);
    }
    let next = match action {
        Action::Effect(effect) => return vec![effect],
        Action::Run(scope, command) => dispatch::run_command(editor, scope, command),
        Action::Save => file::save(editor),
        Action::SaveTo(path) => file::save_to(editor, path, false),
        Action::ExportTo(format, path) => import_export::export_to(editor, format, path, false),
        Action::ExportTable(path) => folder::export_table(editor, &path, false),
        Action::Leave(target) => file::request_leave(editor, target),
        Action::LeaveUnsaved(target) => file::leave_now(editor, target),
        Action::Push(layer) => {
            editor.layers.push(layer);
            Vec::new()
        }
        Action::Notify(text) => {
            editor.notification = text;
            Vec::new()
        }
        change => {
            perform_change(editor, change);
            Vec::new()
        }
    };
    perform(editor, next)
}

/// Whether an action ends typing into a cell before it is carried out.
fn ends_cell_edit(editor: &Editor, action: &Action) -> bool {
    let cell = editor.view().and_then(|view| view.cell_edit.as_ref());
    match action {
        Action::Save | Action::SaveTo(_) | Action::Leave(_) | Action::Push(_) | Action::GoTo(..) => true,
        // A change from elsewhere may be of this very cell.
        Action::Edit(_) | Action::Merge { .. } | Action::Undo | Action::Redo => true,
        Action::Run(Scope::Typing, command) => {
            !cell.is_some_and(|cell| command.keeps_cell_edit(cell.in_place))
        }
        Action::Run(..) => true,
        _ => false,
    }
}

/// Carries out an action that changes the open report or moves its cursor.
fn perform_change(editor: &mut Editor, action: Action) {
    let Editor { page: Page::Document(document, view), library, notification, .. } = editor else { return };
    match action {
        Action::Edit(edit) => change::apply_edit(document, view, edit, library),
        Action::Type(edit) => change::apply_typing(document, view, edit),
        Action::Merge { edit, saved } => change::apply_merge(document, view, edit, saved, library),
        Action::SetReadOnly => document.read_only = true,
        Action::AwaitUnits => document.pending_update = true,
        Action::CloseGroup => document.history.close_group(),
        Action::CancelGroup => change::cancel_group(document, view),
        Action::GoTo(field, byte) => view.go_to_field(document, &field, byte),
        Action::Undo | Action::Redo => {
            let undo = matches!(action, Action::Undo);
            if !document.read_only {
                let nothing = if undo { "已无可撤销的操作" } else { "已无可重做的操作" };
                let said = change::undo_or_redo(document, view, undo, library);
                *notification = said.unwrap_or_else(|| nothing.into());
            }
        }
        _ => {}
    }
}

/// Ends typing into a cell, which keeps what was typed.
fn commit_cell(editor: &mut Editor) {
    let said = editor.open_report_mut().and_then(|(document, view)| change::commit_edit(document, view));
    if let Some(said) = said {
        editor.notification = said;
    }
}

fn handle_msg(editor: &mut Editor, msg: Msg) -> Vec<Action> {
    match msg {
        Msg::Event(event) => return handle_event(editor, event),
        Msg::Opened(Ok(opened)) => file::on_opened(editor, *opened),
        Msg::Opened(Err(why)) => return file::on_open_failed(editor, why),
        Msg::LastYear(last) => return last_year::on_last_year_read(editor, last),
        Msg::LastYearChosen(name, last) => return last_year::on_last_year_chosen(editor, name, last),
        Msg::Missing(path) => return file::on_missing(editor, path),
        Msg::Damaged { why, version } => return file::on_damaged(editor, &why, version),
        Msg::Compiled { output, unit, result } => return folder::on_compiled(editor, output, unit, result),
        Msg::TableWritten(path, result) => return folder::on_table_written(editor, path, result),
        Msg::ForeignFile(path, kind) => return file::on_foreign_file(path, &kind),
        Msg::FilesListed(folder, files) => file_list::on_files_listed(editor, &folder, files),
        Msg::FilesRead(read) => file_list::on_files_read(editor, read),
        Msg::PreviewRead(path, content) => file_preview::on_preview_read(editor, &path, content),
        Msg::Saved(path, result) => return file::on_saved(editor, path, result),
        Msg::Exported(format, path, result) => {
            return import_export::on_exported(editor, format, path, result);
        }
        Msg::Imported(imported) => return import_export::on_imported(editor, *imported),
        Msg::Recoverable { lines, outdated } => return conflict::ask_recovery(&lines, outdated),
        Msg::JournalUnreadable(lines) => {
            return vec![Layer::Message { title: "恢复记录".into(), lines, top: 0 }.into()];
        }
        Msg::JournalError(why) => editor.journal_error = why,
        Msg::Recovered(opened, history) => conflict::on_recovered(editor, *opened, history),
        Msg::LockedBy(owner) => return conflict::ask_about_owner(&owner),
        Msg::Diverged { base, theirs, origin, then_save } => {
            return conflict::merge_theirs(editor, (*base, *theirs), origin, then_save);
        }
        Msg::Versions(versions) => return versions::on_versions_listed(versions),
        Msg::Recent(recent) => home_input::on_recent_listed(editor, recent),
        Msg::RecentProgress(path, progress) => home_input::on_progress_read(editor, &path, progress),
        Msg::FolderKnown(path, roster) => folder::on_folder_known(editor, path, roster),
        Msg::TwinRead { section, note, other } => {
            return likeness::on_twin_read(editor, &section, note, other);
        }
        Msg::DocumentSettings(settings) => file::on_settings_read(editor, settings),
        Msg::FolderSettings(settings) => folder::on_settings_read(editor, settings),
        Msg::Carried(opened) => return file::on_carried(editor, *opened),
        Msg::FolderOpened { path, roster, words } => folder::on_folder_opened(editor, path, roster, words),
        Msg::UnitsRead(path, gathered) => return compiled::on_units_read(editor, &path, *gathered),
        Msg::FolderImport(import) => return folder::on_folder_import(editor, import),
        Msg::FolderFiles { filed, ended } => folder::on_files_read(editor, filed, ended),
        Msg::Notify(text) => return notify(text),
    }
    Vec::new()
}

fn handle_event(editor: &mut Editor, event: Event) -> Vec<Action> {
    editor.follows_cursor |= matches!(event, Event::Key(_) | Event::Paste(_) | Event::Resize { .. });
    match event {
        Event::Key(key) => return handle_key(editor, key),
        Event::Paste(text) => return paste(editor, &text),
        Event::PasteIncomplete => {
            let stop = if editor.notification.is_empty() { "" } else { "。" };
            editor.notification += &format!("{stop}粘贴中断过，请核对贴进来的内容是否完整");
        }
        Event::Resize { columns, rows } => (editor.width, editor.height) = (columns, rows),
        Event::Mouse(mouse) if editor.mouse => {
            recheck_suppressed(editor);
            // What was on the screen is what was clicked: ending a cell may lay it out anew.
            let is_press = matches!(mouse.kind, MouseKind::Press | MouseKind::DoublePress);
            let target = is_press.then(|| target_at(editor, mouse.column, mouse.row)).flatten();
            if mouse.kind == MouseKind::Press {
                // The second press of a double click leaves what was said about the first.
                editor.notification.clear();
            }
            editor.follows_cursor |= is_press;
            if is_press && editor.layers.is_empty() && !matches!(target, Some(ClickTarget::OpenCell(..))) {
                commit_cell(editor);
            }
            return mouse::handle_mouse(editor, mouse, target);
        }
        Event::WidthReport { wide } => {
            editor.width_mode = WidthMode { wide, box_lines: !wide && !editor.ascii };
        }
        Event::BackgroundReport(background) => editor.background = Some(background),
        Event::Mouse(_) | Event::Focus(_) | Event::CharsetReport { .. } => {}
        Event::Timeout | Event::Wakeup | Event::Resumed => {}
    }
    Vec::new()
}

/// Judges what was half typed: something else than typing has happened.
fn recheck_suppressed(editor: &mut Editor) {
    if let Some((document, view)) = editor.open_report_mut() {
        change::recheck_suppressed(document, view);
    }
}

fn handle_key(editor: &mut Editor, key: Key) -> Vec<Action> {
    editor.notification.clear();
    let scope = editor.scope();
    let command = editor.keys.command(scope, key);
    // A letter is a command only where nothing can be typed, or where the cell cannot hold it.
    let types = key.typed_char().filter(|_| types(editor, scope, command.is_some()));
    if types.is_none() {
        recheck_suppressed(editor);
    }
    match (types, command) {
        (Some(c), _) => type_text(editor, scope, c.encode_utf8(&mut [0; 4])),
        (None, Some(command)) if scope == Scope::Window => layer_input::run_layer_command(editor, command),
        (None, Some(command)) => vec![Action::Run(scope, command)],
        (None, None) => Vec::new(),
    }
}

/// Whether a character goes into the cell or the text; `is_command` says that it is a command too,
/// as `?` and the space are in tables.
fn types(editor: &Editor, scope: Scope, is_command: bool) -> bool {
    match scope {
        _ if scope.accepts_text() => true,
        Scope::Table => !is_command || editor.open_report().is_some_and(cell_edit::is_text_cell),
        _ => !is_command,
    }
}

fn type_text(editor: &mut Editor, scope: Scope, text: &str) -> Vec<Action> {
    match scope {
        Scope::Table | Scope::Typing => return cell_edit::type_text(editor, text),
        Scope::Text => return narrative::type_text(editor, text),
        Scope::Window => return layer_input::type_text(editor, text),
        Scope::Folder => folder::type_text(editor, text),
        Scope::Home | Scope::Findings | Scope::Everywhere => {}
    }
    Vec::new()
}

fn paste(editor: &mut Editor, text: &str) -> Vec<Action> {
    editor.notification.clear();
    let scope = editor.scope();
    if scope == Scope::Home {
        return vec![Effect::ImportText(text.into()).into()];
    }
    let in_cells = matches!(scope, Scope::Table | Scope::Typing);
    if in_cells && paste::is_multi_cell(text) && !editor.open_report().is_some_and(cell_edit::is_text_cell) {
        commit_cell(editor);
        return selection::paste_cells(editor, text);
    }
    type_text(editor, scope, text)
}
