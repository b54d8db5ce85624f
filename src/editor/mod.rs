//! All state of one sitting, and what a key does to it.
//!
//! [`update`] turns a message into edits of the draft and returns the reading and writing it asks
//! for; it knows no terminal and touches no file. It only routes: windows in `window`, movement in
//! `cursor`, cells in `cell`, narratives in `text`, the rest of the commands in `run`.

mod adjust;
pub(crate) mod block;
mod cell;
mod cells;
pub(crate) mod command;
pub(crate) mod conflict;
pub(crate) mod cursor;
pub(crate) mod desk;
mod file;
pub(crate) mod folder;
pub(crate) mod guide;
mod half_typed;
pub(crate) mod hand;
mod help;
pub(crate) mod hint;
pub(crate) mod home;
pub mod key;
mod key_row;
mod keymap;
mod last;
pub(crate) mod layer;
pub(crate) mod layout;
pub(crate) mod line;
pub(crate) mod list_cursor;
pub(crate) mod listing;
mod mouse;
mod msg;
mod paste;
pub(crate) mod pick;
pub(crate) mod prose;
mod reading;
mod run;
pub(crate) mod sheet;
pub(crate) mod tabs;
#[cfg(test)]
pub(crate) mod tests;
mod text;
pub(crate) mod units;
pub(crate) mod versions;
mod window;

pub use command::{Command, Scope};
pub use hand::Imported;
pub use home::Recent;
pub use key_row::Row;
pub use keymap::{KeyFileError, Keymap};
pub use layout::SMALLEST;
pub use msg::{Effect, Msg, Opened, Origin, RecoveryAnswer, SaveFault};
pub use versions::Version;

use jiff::civil::Date;
use std::path::PathBuf;
use std::sync::Arc;

use crate::draft::Draft;
use crate::edit::History;
use crate::form::{FieldId, Form, Library};
use crate::text::ambiguous::Ruler;
use desk::Desk;
use folder::Folder;
use home::Home;
use key::{Event, Key};
use layer::{Layer, Leave};

/// What the screen shows: the first screen, the units of a folder, or an open report.
#[derive(Clone, Debug)]
pub(crate) enum Page {
    Home(Home),
    Folder,
    Desk(Box<Desk>),
}

/// Where leaving a report leads back to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Return {
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
    pub(crate) returns: Vec<Return>,
    pub(crate) layers: Vec<Layer>,
    /// What just happened, until the next key.
    pub(crate) notice: String,
    /// Why changes are not recorded for a recovery, as long as they are not.
    pub(crate) unprotected: Option<String>,
    pub(crate) recent: Vec<Recent>,
    /// Whether Enter goes along the row instead of down the column.
    pub(crate) along: bool,
    /// Whether cells show their change since last year.
    pub(crate) compare: bool,
    /// Whether borders are wanted in ASCII even where the terminal could draw lines.
    pub ascii: bool,
    /// Whether colours may be used (`NO_COLOR` unset and the terminal has some).
    pub colour: bool,
    /// How text is measured on this terminal.
    pub(crate) ruler: Ruler,
    clipboard: String,
    /// Where to go once the save that is under way has succeeded.
    leaving: Option<Leave>,
    /// Where the report that is being opened will lead back to.
    opening: Option<Return>,
    /// The field to go to in the report that is being opened.
    landing: Option<FieldId>,
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
            page: Page::Home(Home::default()),
            folder: None,
            returns: Vec::new(),
            layers: Vec::new(),
            notice: String::new(),
            unprotected: None,
            recent: Vec::new(),
            along: false,
            compare: false,
            ascii: false,
            colour: true,
            ruler: Ruler::default(),
            clipboard: String::new(),
            leaving: None,
            opening: None,
            landing: None,
        }
    }

    /// The file of the open draft, if it has one.
    pub fn path(&self) -> Option<PathBuf> {
        self.desk().and_then(|desk| desk.path.clone())
    }

    /// The form of the open draft.
    pub fn form(&self) -> Option<Arc<Form>> {
        self.desk().map(|desk| desk.form.clone())
    }

    /// The draft on the desk, if one is open.
    pub fn draft(&self) -> Option<&Draft> {
        self.desk().map(|desk| &desk.draft)
    }

    /// The draft on the desk with its form.
    pub fn report(&self) -> Option<(&Form, &Draft)> {
        self.desk().map(|desk| (&*desk.form, &desk.draft))
    }

    /// The open draft with its form and its history, as a journal records them.
    pub fn session(&self) -> Option<(&Form, &Draft, &History)> {
        self.desk().map(|desk| (&*desk.form, &desk.draft, &desk.history))
    }

    /// Whether the open draft differs from its file.
    pub fn is_modified(&self) -> bool {
        self.desk().is_some_and(|desk| desk.history.is_modified())
    }

    pub(crate) fn desk(&self) -> Option<&Desk> {
        if let Page::Desk(desk) = &self.page { Some(desk) } else { None }
    }

    pub(crate) fn desk_mut(&mut self) -> Option<&mut Desk> {
        if let Page::Desk(desk) = &mut self.page { Some(desk) } else { None }
    }

    /// Where the hands are.
    pub(crate) fn scope(&self) -> Scope {
        if !self.layers.is_empty() {
            return Scope::Window;
        }
        match self.desk() {
            Some(desk) if desk.entry.is_some() => Scope::Typing,
            _ => self.scope_below(),
        }
    }

    /// The place under the windows, as if no cell were being typed.
    pub(crate) fn scope_below(&self) -> Scope {
        match self.desk() {
            None if matches!(self.page, Page::Folder) => Scope::Folder,
            None => Scope::Home,
            Some(desk) if desk.is_list() => Scope::Findings,
            Some(desk) if desk.in_text() => Scope::Text,
            Some(_) => Scope::Table,
        }
    }
}

/// Takes in what happened and returns what is to be done outside.
pub fn update(editor: &mut Editor, msg: Msg) -> Vec<Effect> {
    let mut effects = match msg {
        Msg::Event(event) => take(editor, event),
        Msg::Opened(Ok(opened)) => file::opened(editor, *opened),
        Msg::Opened(Err(words)) => file::refused(editor, words),
        Msg::Last(last) => last::arrived(editor, last),
        Msg::Missing(path) => file::missing(editor, path),
        Msg::Saved(path, result) => file::saved(editor, path, result),
        Msg::Exported(format, path, result) => {
            hand::exported(editor, format, path, result);
            Vec::new()
        }
        Msg::Imported(imported) => hand::imported(editor, *imported),
        Msg::Recoverable { lines, outdated } => conflict::recoverable(editor, &lines, outdated),
        Msg::Unreadable(lines) => {
            editor.layers.push(Layer::Text { title: "恢复记录".into(), lines, top: 0 });
            Vec::new()
        }
        Msg::Unprotected(why) => {
            editor.unprotected = why;
            Vec::new()
        }
        Msg::Recovered(opened, history) => conflict::recovered(editor, *opened, history),
        Msg::Taken(owner) => conflict::taken(editor, &owner),
        Msg::Theirs { base, theirs, origin, then_save } => {
            conflict::merge(editor, (*base, *theirs), origin, then_save)
        }
        Msg::Versions(versions) => versions::arrived(editor, versions),
        Msg::Recent(recent) => {
            editor.recent = recent;
            Vec::new()
        }
        Msg::Folder { path, roster, words } => folder::opened(editor, path, roster, words),
        Msg::Gathered(path, gathered) => {
            units::gathered(editor, &path, *gathered);
            Vec::new()
        }
        Msg::Filed { filed, ended } => {
            folder::filed(editor, filed, ended);
            Vec::new()
        }
        Msg::Say(words) => {
            editor.notice = words;
            Vec::new()
        }
    };
    cursor::follow(editor);
    folder::follow(editor);
    effects.extend(units::follow(editor));
    let events = editor.desk_mut().map(|desk| desk.history.drain_events()).unwrap_or_default();
    if !events.is_empty() {
        // First of all: what was typed is safe before anything else is done, or painted.
        effects.insert(0, Effect::Journal(events));
    }
    effects
}

fn take(editor: &mut Editor, event: Event) -> Vec<Effect> {
    match event {
        Event::Key(key) => press(editor, key),
        Event::Paste(text) => paste(editor, &text),
        Event::PasteTorn => {
            let stop = if editor.notice.is_empty() { "" } else { "。" };
            editor.notice += &format!("{stop}粘贴中断过，请核对贴进来的内容是否完整");
            Vec::new()
        }
        Event::Resize { columns, rows } => {
            (editor.width, editor.height) = (columns, rows);
            Vec::new()
        }
        Event::Mouse(mouse) => {
            look_again(editor);
            mouse::take(editor, mouse)
        }
        Event::WidthReport { wide } => {
            editor.ruler = Ruler { wide, lines: !wide && !editor.ascii };
            Vec::new()
        }
        Event::Focus(_) | Event::CharsetReport { .. } => Vec::new(),
        Event::Pause | Event::Bell | Event::Resumed => Vec::new(),
    }
}

/// The hands have done something else than typing on.
fn look_again(editor: &mut Editor) {
    if let Some(desk) = editor.desk_mut() {
        desk.look_again();
    }
}

fn press(editor: &mut Editor, key: Key) -> Vec<Effect> {
    editor.notice.clear();
    let scope = editor.scope();
    let command = editor.keys.command(scope, key);
    // A letter is a command only where nothing can be typed, or where the cell cannot hold it.
    let types = key.typed().filter(|_| types(editor, scope, command.is_some()));
    if types.is_none() {
        look_again(editor);
    }
    match (types, command) {
        (Some(c), _) => type_in(editor, scope, c.encode_utf8(&mut [0; 4])),
        (None, Some(command)) if scope == Scope::Window => window::run(editor, command),
        (None, Some(command)) => run::run(editor, scope, command),
        (None, None) => Vec::new(),
    }
}

/// Whether a character goes into the cell or the text; `is_command` says that it is a command too,
/// as `?` and the space are in tables.
fn types(editor: &Editor, scope: Scope, is_command: bool) -> bool {
    match scope {
        _ if scope.is_typed_into() => true,
        Scope::Table => !is_command || editor.desk().is_some_and(cell::is_line_of_text),
        _ => !is_command,
    }
}

fn type_in(editor: &mut Editor, scope: Scope, text: &str) -> Vec<Effect> {
    match scope {
        Scope::Window => window::type_in(editor, text),
        Scope::Table | Scope::Typing => cell::type_in(editor, text),
        Scope::Text => text::type_in(editor, text),
        Scope::Folder => folder::type_in(editor, text),
        Scope::Home | Scope::Findings | Scope::Everywhere => {}
    }
    Vec::new()
}

fn paste(editor: &mut Editor, text: &str) -> Vec<Effect> {
    editor.notice.clear();
    let scope = editor.scope();
    if scope == Scope::Home {
        return vec![Effect::ImportText(text.into())];
    }
    let in_cells = matches!(scope, Scope::Table | Scope::Typing);
    if in_cells && paste::is_block(text) && !editor.desk().is_some_and(cell::is_line_of_text) {
        block::paste(editor, text);
        return Vec::new();
    }
    type_in(editor, scope, text)
}
