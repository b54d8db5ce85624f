//! All state of one sitting, and what a key does to it.
//!
//! [`update`] turns a message into edits of the draft and returns the reading and writing it asks
//! for; it knows no terminal and touches no file. It only routes: windows in `window`, movement in
//! `cursor`, cells in `cell`, narratives in `text`, the rest of the commands in `run`.

mod adjustments;
mod cell_edit;
mod cell_layout;
pub(crate) mod command;
pub(crate) mod compiled;
pub(crate) mod conflict;
pub(crate) mod cursor;
mod dispatch;
mod figure_hint;
mod file;
pub(crate) mod findings_list;
pub(crate) mod folder;
mod help;
pub(crate) mod hint;
pub(crate) mod home;
pub(crate) mod import_export;
pub mod key;
mod key_row;
mod keymap;
mod last_year;
pub(crate) mod layer;
mod layer_input;
pub(crate) mod layout;
pub(crate) mod line_input;
pub(crate) mod list_cursor;
mod mouse;
mod msg;
mod narrative;
pub(crate) mod narrative_editor;
pub(crate) mod open_document;
mod paste;
pub(crate) mod picker;
pub(crate) mod selection;
mod suppress;
pub(crate) mod tab_line;
pub(crate) mod table_layout;
#[cfg(test)]
pub(crate) mod tests;
pub(crate) mod tutorial;
pub(crate) mod versions;

pub use command::{Command, Scope};
pub use home::RecentEntry;
pub use import_export::Imported;
pub use key_row::KeyBinding;
pub use keymap::{KeyFileError, Keymap};
pub use layout::MIN_SIZE;
pub use msg::{Effect, MergeOrigin, Msg, Opened, RecoveryAnswer, SaveError};
pub use versions::SavedVersion;

use jiff::civil::Date;
use std::path::PathBuf;
use std::sync::Arc;

use crate::draft::Draft;
use crate::edit::History;
use crate::form::{FieldId, Form, Library};
use crate::text::ambiguous::WidthMode;
use folder::Folder;
use home::HomeScreen;
use key::{Event, Key};
use layer::{Layer, LeaveTarget};
use open_document::OpenDocument;

/// What the screen shows: the first screen, the units of a folder, or an open report.
#[derive(Clone, Debug)]
pub(crate) enum Page {
    Home(HomeScreen),
    Folder,
    Document(Box<OpenDocument>),
}

/// Where leaving a report leads back to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum BackTarget {
    /// To the folder it was opened from.
    Folder,
    /// To a compiled report that it is a unit of, and the cell that was looked at there.
    Compiled(PathBuf, Option<FieldId>),
}

/// All state of one sitting.
#[derive(Clone, Debug)]
pub struct Editor {
    pub(crate) library: Library,
    pub(crate) keys: Keymap,
    pub(crate) width: u16,
    pub(crate) height: u16,
    pub(crate) today: Option<Date>,
    pub(crate) page: Page,
    /// The folder that is looked over, also while one of its reports is open.
    pub(crate) folder: Option<Box<Folder>>,
    /// Where leaving the report on the desk leads back to, the nearest last.
    pub(crate) back_stack: Vec<BackTarget>,
    pub(crate) layers: Vec<Layer>,
    /// What just happened, until the next key.
    pub(crate) notification: String,
    /// Why changes are not recorded for a recovery, as long as they are not.
    pub(crate) journal_error: Option<String>,
    pub(crate) recent: Vec<RecentEntry>,
    /// Whether Enter goes along the row instead of down the column.
    pub(crate) enter_moves_right: bool,
    /// Whether cells show their change since last year.
    pub(crate) show_changes: bool,
    /// Whether borders are wanted in ASCII even where the terminal could draw lines.
    pub ascii: bool,
    /// Whether colours may be used (`NO_COLOR` unset and the terminal has some).
    pub colour: bool,
    /// How text is measured on this terminal.
    pub(crate) width_mode: WidthMode,
    clipboard: String,
    /// Where to go once the save that is under way has succeeded.
    leave_after_save: Option<LeaveTarget>,
    /// Where the report that is being opened will lead back to.
    return_after_open: Option<BackTarget>,
    /// The field to go to in the report that is being opened.
    goto_after_open: Option<FieldId>,
}

impl Editor {
    /// A sitting at the first screen.
    pub fn new(library: Library, keys: Keymap, width: u16, height: u16, today: Option<Date>) -> Self {
        Editor {
            library,
            keys,
            width,
            height,
            today,
            page: Page::Home(HomeScreen::default()),
            folder: None,
            back_stack: Vec::new(),
            layers: Vec::new(),
            notification: String::new(),
            journal_error: None,
            recent: Vec::new(),
            enter_moves_right: false,
            show_changes: false,
            ascii: false,
            colour: true,
            width_mode: WidthMode::default(),
            clipboard: String::new(),
            leave_after_save: None,
            return_after_open: None,
            goto_after_open: None,
        }
    }

    /// The file of the open draft, if it has one.
    pub fn path(&self) -> Option<PathBuf> {
        self.document().and_then(|document| document.path.clone())
    }

    /// The form of the open draft.
    pub fn form(&self) -> Option<Arc<Form>> {
        self.document().map(|document| document.form.clone())
    }

    /// The draft on the desk, if one is open.
    pub fn draft(&self) -> Option<&Draft> {
        self.document().map(|document| &document.draft)
    }

    /// The draft on the desk with its form.
    pub fn form_and_draft(&self) -> Option<(&Form, &Draft)> {
        self.document().map(|document| (&*document.form, &document.draft))
    }

    /// The open draft with its form and its history, as a journal records them.
    pub fn journal_snapshot(&self) -> Option<(&Form, &Draft, &History)> {
        self.document().map(|document| (&*document.form, &document.draft, &document.history))
    }

    /// Whether the open draft differs from its file.
    pub fn is_modified(&self) -> bool {
        self.document().is_some_and(|document| document.history.is_modified())
    }

    pub(crate) fn document(&self) -> Option<&OpenDocument> {
        if let Page::Document(document) = &self.page { Some(document) } else { None }
    }

    pub(crate) fn document_mut(&mut self) -> Option<&mut OpenDocument> {
        if let Page::Document(document) = &mut self.page { Some(document) } else { None }
    }

    /// Where the hands are.
    pub(crate) fn scope(&self) -> Scope {
        if !self.layers.is_empty() {
            return Scope::Window;
        }
        match self.document() {
            Some(document) if document.cell_edit.is_some() => Scope::Typing,
            _ => self.scope_below_layers(),
        }
    }

    /// The place under the windows, as if no cell were being typed.
    pub(crate) fn scope_below_layers(&self) -> Scope {
        match self.document() {
            None if matches!(self.page, Page::Folder) => Scope::Folder,
            None => Scope::Home,
            Some(document) if document.is_list() => Scope::Findings,
            Some(document) if document.in_text() => Scope::Text,
            Some(_) => Scope::Table,
        }
    }
}

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
    if let Some(document) = editor.document_mut() {
        document.recheck_suppressed();
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
        Scope::Table => !is_command || editor.document().is_some_and(cell_edit::is_text_cell),
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
    if in_cells && paste::is_multi_cell(text) && !editor.document().is_some_and(cell_edit::is_text_cell) {
        selection::paste_cells(editor, text);
        return Vec::new();
    }
    type_text(editor, scope, text)
}
