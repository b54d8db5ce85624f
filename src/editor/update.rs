//! [`update`]: what every message does. It only routes, and does what every message needs around that.

use super::change;
use super::command::Scope;
use super::key::{Event, Key};
use super::layer::Layer;
use super::msg::{Effect, Msg};
use super::state::Editor;
use super::{
    cell_edit, compiled, conflict, cursor, dispatch, file, folder, import_export, last_year, layer_input,
    mouse, narrative, paste, selection, versions,
};
use crate::text::ambiguous::WidthMode;

/// Takes in what happened and returns what is to be done outside.
pub fn update(editor: &mut Editor, msg: Msg) -> Vec<Effect> {
    let mut effects = match msg {
        Msg::Event(event) => handle_event(editor, event),
        Msg::Opened(Ok(opened)) => file::on_opened(editor, *opened),
        Msg::Opened(Err(words)) => file::on_open_failed(editor, words),
        Msg::LastYear(last) => last_year::on_last_year_read(editor, last),
        Msg::Missing(path) => file::on_missing(editor, path),
        Msg::Saved(path, result) => file::on_saved(editor, path, result),
        Msg::Exported(format, path, result) => {
            import_export::on_exported(editor, format, path, result);
            Vec::new()
        }
        Msg::Imported(imported) => import_export::on_imported(editor, *imported),
        Msg::Recoverable { lines, outdated } => conflict::ask_recovery(editor, &lines, outdated),
        Msg::JournalUnreadable(lines) => {
            editor.layers.push(Layer::Message { title: "恢复记录".into(), lines, top: 0 });
            Vec::new()
        }
        Msg::JournalError(why) => {
            editor.journal_error = why;
            Vec::new()
        }
        Msg::Recovered(opened, history) => conflict::on_recovered(editor, *opened, history),
        Msg::LockedBy(owner) => conflict::ask_about_owner(editor, &owner),
        Msg::Diverged { base, theirs, origin, then_save } => {
            conflict::merge_theirs(editor, (*base, *theirs), origin, then_save)
        }
        Msg::Versions(versions) => versions::on_versions_listed(editor, versions),
        Msg::Recent(recent) => {
            editor.recent = recent;
            Vec::new()
        }
        Msg::FolderOpened { path, roster, words } => folder::on_folder_opened(editor, path, roster, words),
        Msg::UnitsRead(path, gathered) => {
            compiled::on_units_read(editor, &path, *gathered);
            Vec::new()
        }
        Msg::FolderFiles { filed, ended } => {
            folder::on_files_read(editor, filed, ended);
            Vec::new()
        }
        Msg::Notify(words) => {
            editor.notification = words;
            Vec::new()
        }
    };
    cursor::scroll_to_cursor(editor);
    folder::scroll_to_selected(editor);
    effects.extend(compiled::refresh_units(editor));
    let events = editor.document_mut().map(|document| document.history.drain_events()).unwrap_or_default();
    if !events.is_empty() {
        // First of all: what was typed is safe before anything else is done, or painted.
        effects.insert(0, Effect::Journal(events));
    }
    effects
}

fn handle_event(editor: &mut Editor, event: Event) -> Vec<Effect> {
    match event {
        Event::Key(key) => handle_key(editor, key),
        Event::Paste(text) => paste(editor, &text),
        Event::PasteIncomplete => {
            let stop = if editor.notification.is_empty() { "" } else { "。" };
            editor.notification += &format!("{stop}粘贴中断过，请核对贴进来的内容是否完整");
            Vec::new()
        }
        Event::Resize { columns, rows } => {
            (editor.width, editor.height) = (columns, rows);
            Vec::new()
        }
        Event::Mouse(mouse) => {
            recheck_suppressed(editor);
            mouse::handle_mouse(editor, mouse)
        }
        Event::WidthReport { wide } => {
            editor.width_mode = WidthMode { wide, box_lines: !wide && !editor.ascii };
            Vec::new()
        }
        Event::Focus(_) | Event::CharsetReport { .. } => Vec::new(),
        Event::Timeout | Event::Wakeup | Event::Resumed => Vec::new(),
    }
}

/// The hands have done something else than typing on.
fn recheck_suppressed(editor: &mut Editor) {
    if let Some((document, view)) = editor.open_mut() {
        change::recheck_suppressed(document, view);
    }
}

fn handle_key(editor: &mut Editor, key: Key) -> Vec<Effect> {
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
        (None, Some(command)) => dispatch::run_command(editor, scope, command),
        (None, None) => Vec::new(),
    }
}

/// Whether a character goes into the cell or the text; `is_command` says that it is a command too,
/// as `?` and the space are in tables.
fn types(editor: &Editor, scope: Scope, is_command: bool) -> bool {
    match scope {
        _ if scope.accepts_text() => true,
        Scope::Table => !is_command || editor.open().is_some_and(cell_edit::is_text_cell),
        _ => !is_command,
    }
}

fn type_text(editor: &mut Editor, scope: Scope, text: &str) -> Vec<Effect> {
    match scope {
        Scope::Window => layer_input::type_text(editor, text),
        Scope::Table | Scope::Typing => cell_edit::type_text(editor, text),
        Scope::Text => narrative::type_text(editor, text),
        Scope::Folder => folder::type_text(editor, text),
        Scope::Home | Scope::Findings | Scope::Everywhere => {}
    }
    Vec::new()
}

fn paste(editor: &mut Editor, text: &str) -> Vec<Effect> {
    editor.notification.clear();
    let scope = editor.scope();
    if scope == Scope::Home {
        return vec![Effect::ImportText(text.into())];
    }
    let in_cells = matches!(scope, Scope::Table | Scope::Typing);
    if in_cells && paste::is_multi_cell(text) && !editor.open().is_some_and(cell_edit::is_text_cell) {
        if let Some((document, view)) = editor.open_mut() {
            change::commit_edit(document, view);
        }
        selection::paste_cells(editor, text);
        return Vec::new();
    }
    type_text(editor, scope, text)
}
