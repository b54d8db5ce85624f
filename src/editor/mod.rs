//! All state of one sitting, and what a key does to it.
//!
//! [`update`] turns a message into edits of the draft and returns the reading and writing it asks
//! for; it knows no terminal and touches no file. It only routes: windows in `window`, movement in
//! `cursor`, cells in `cell`, narratives in `text`, the rest of the commands in `run`.

pub mod ambiguous;
pub(crate) mod block;
mod cell;
pub(crate) mod clean;
mod command;
pub(crate) mod conflict;
pub(crate) mod cursor;
pub(crate) mod desk;
mod file;
pub(crate) mod guide;
pub(crate) mod hand;
mod help;
pub(crate) mod home;
pub mod key;
mod keymap;
mod last;
pub(crate) mod layer;
pub(crate) mod layout;
pub(crate) mod line;
pub(crate) mod listing;
mod mouse;
mod paste;
pub(crate) mod pick;
pub(crate) mod prose;
mod run;
pub(crate) mod sheet;
pub(crate) mod tabs;
#[cfg(test)]
mod tests;
mod text;
pub(crate) mod versions;
mod window;
mod wrap;

pub use clean::is_hidden;
pub use command::{Command, Scope};
pub use hand::Imported;
pub use home::Recent;
pub use keymap::{KeyFileError, Keymap, Row};
pub use layout::SMALLEST;
pub use versions::Version;
pub use wrap::rows as wrapped_rows;

use jiff::civil::Date;
use std::path::PathBuf;
use std::sync::Arc;

use crate::draft::Draft;
use crate::edit::{Deed, History};
use crate::export::Format;
use crate::form::{Form, Library};
use desk::Desk;
use home::Home;
use key::{Event, Key};
use layer::{Layer, Leave};

/// Something that the editor asks its surroundings to do. The answer comes back as a [`Msg`].
#[derive(Clone, Debug)]
pub enum Effect {
    /// Read a draft.
    Open(PathBuf),
    /// Open the sample report.
    OpenSample,
    /// Write the draft. `overwrite` is false for a name that the clerk has just chosen.
    Save {
        /// Where.
        path: PathBuf,
        /// Its form.
        form: Arc<Form>,
        /// What.
        draft: Box<Draft>,
        /// Whether a file that is there may be replaced.
        overwrite: bool,
    },
    /// Write the report in a format.
    Export {
        /// Which.
        format: Format,
        /// Where.
        path: PathBuf,
        /// Its form.
        form: Arc<Form>,
        /// What.
        draft: Box<Draft>,
        /// Whether a file that is there may be replaced.
        overwrite: bool,
    },
    /// Read a published report from a file.
    Import(PathBuf),
    /// Read a published report from pasted text.
    ImportText(String),
    /// Put text on the clipboard of the terminal.
    Copy(String),
    /// Write these changes into the recovery journal, before the next frame is painted.
    Journal(Vec<Deed>),
    /// A new report is on the desk, with this state to start from.
    Started {
        /// The file it will be saved to, where one was named.
        path: Option<PathBuf>,
        /// Its form.
        form: Arc<Form>,
        /// What it starts from.
        draft: Box<Draft>,
    },
    /// Take up what an earlier sitting left in its journal, or throw it away.
    Recover(bool),
    /// The report was left on purpose: nothing of it has to be kept safe any more.
    Close,
    /// List the saved versions of this file.
    Versions(PathBuf),
    /// Stop until the shell brings the program back.
    Suspend,
    /// Paint the whole screen anew.
    Redraw,
    /// List the recent drafts anew, for the first screen.
    Recent,
    /// End the program.
    Quit,
}

/// Why a draft could not be saved.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SaveFault {
    /// There is a file of that name already.
    Exists,
    /// The file has this many names; only one of them would get the new content.
    Linked(u64),
    /// Somebody else has written so many comments into the file, for which a draft has no place.
    Comments(usize),
    /// Somebody else has changed the file; what is in it has been told, and nothing was written.
    Changed,
    /// What failed and what to do, in the clerk's words.
    Failed(String),
}

/// A draft as it was opened.
#[derive(Clone, Debug)]
pub struct Opened {
    /// Its file; none for the sample.
    pub path: Option<PathBuf>,
    /// Its form.
    pub form: Arc<Form>,
    /// The draft.
    pub draft: Draft,
    /// Last year's report, where the draft names one that could be read.
    pub last: Option<(Arc<Form>, Draft)>,
    /// What the clerk should know, such as totals that were not believed.
    pub words: String,
}

/// What happened.
#[derive(Clone, Debug)]
pub enum Msg {
    /// A key, a paste, the mouse, the window.
    Event(Event),
    /// The answer to [`Effect::Open`]; the words of the error say what to do.
    Opened(Result<Box<Opened>, String>),
    /// The file to open does not exist: a new report of that name.
    Missing(PathBuf),
    /// The answer to [`Effect::Save`].
    Saved(PathBuf, Result<(), SaveFault>),
    /// The recent drafts, newest first.
    Recent(Vec<Recent>),
    /// The answer to [`Effect::Export`].
    Exported(Format, PathBuf, Result<(), SaveFault>),
    /// The answer to [`Effect::Import`].
    Imported(Box<Imported>),
    /// An earlier sitting ended badly and left changes: what they are, in words.
    Recoverable(Vec<String>),
    /// What the journal held, with its undo history.
    Recovered(Box<Opened>, History),
    /// Somebody else has the draft open: who, in words.
    Taken(String),
    /// Somebody else has changed the file since `base` was read from it.
    Theirs {
        /// The draft as it was read or saved here last.
        base: Box<Draft>,
        /// The draft as it is in the file now.
        theirs: Box<Draft>,
        /// Whether the clerk was about to save.
        then_save: bool,
    },
    /// The answer to [`Effect::Versions`], the last saved first.
    Versions(Vec<Version>),
    /// Words for the clerk from outside, such as a key file that cannot be used.
    Say(String),
}

/// What the screen shows: the first screen, or an open report.
#[derive(Clone, Debug)]
pub(crate) enum Page {
    Home(Home),
    Desk(Box<Desk>),
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
    pub(crate) layers: Vec<Layer>,
    /// What just happened, until the next key.
    pub(crate) notice: String,
    pub(crate) recent: Vec<Recent>,
    /// Whether Enter goes along the row instead of down the column.
    pub(crate) along: bool,
    /// Whether cells show their change since last year.
    pub(crate) compare: bool,
    /// Whether colours may be used (`NO_COLOR` unset and the terminal has some).
    pub colour: bool,
    clipboard: String,
    /// Where to go once the save that is under way has succeeded.
    leaving: Option<Leave>,
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
            layers: Vec::new(),
            notice: String::new(),
            recent: Vec::new(),
            along: false,
            compare: false,
            colour: true,
            clipboard: String::new(),
            leaving: None,
        }
    }

    /// The draft on the desk, if one is open.
    pub fn draft(&self) -> Option<&Draft> {
        self.desk().map(|desk| &desk.draft)
    }

    /// The draft on the desk with its form.
    pub fn report(&self) -> Option<(&Form, &Draft)> {
        self.desk().map(|desk| (&*desk.form, &desk.draft))
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
            None => Scope::Home,
            Some(desk) if desk.entry.is_some() => Scope::Typing,
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
        Msg::Missing(path) => file::missing(editor, path),
        Msg::Saved(path, result) => file::saved(editor, path, result),
        Msg::Exported(format, path, result) => {
            hand::exported(editor, format, path, result);
            Vec::new()
        }
        Msg::Imported(imported) => hand::imported(editor, *imported),
        Msg::Recoverable(words) => conflict::recoverable(editor, &words),
        Msg::Recovered(opened, history) => conflict::recovered(editor, *opened, history),
        Msg::Taken(owner) => conflict::taken(editor, &owner),
        Msg::Theirs { base, theirs, then_save } => conflict::merge(editor, *base, *theirs, then_save),
        Msg::Versions(versions) => versions::arrived(editor, versions),
        Msg::Recent(recent) => {
            editor.recent = recent;
            Vec::new()
        }
        Msg::Say(words) => {
            editor.notice = words;
            Vec::new()
        }
    };
    cursor::follow(editor);
    let deeds = editor.desk_mut().map(|desk| desk.history.take_deeds()).unwrap_or_default();
    if !deeds.is_empty() {
        // First of all: what was typed is safe before anything else is done, or painted.
        effects.insert(0, Effect::Journal(deeds));
    }
    effects
}

fn take(editor: &mut Editor, event: Event) -> Vec<Effect> {
    match event {
        Event::Key(key) => press(editor, key),
        Event::Paste(text) => paste(editor, &text),
        Event::Resize { columns, rows } => {
            (editor.width, editor.height) = (columns, rows);
            Vec::new()
        }
        Event::Mouse(mouse) => mouse::take(editor, mouse),
        Event::Focus(_) | Event::WidthReport { .. } | Event::CharsetReport { .. } => Vec::new(),
        Event::Pause | Event::Resumed => Vec::new(),
    }
}

fn press(editor: &mut Editor, key: Key) -> Vec<Effect> {
    editor.notice.clear();
    let scope = editor.scope();
    let command = editor.keys.command(scope, key);
    // A letter is a command only where nothing can be typed, or where the cell cannot hold it.
    let types = key.typed().filter(|&c| command.is_none() || text_takes(editor, scope, c));
    match (types, command) {
        (Some(c), _) => type_in(editor, scope, c.encode_utf8(&mut [0; 4])),
        (None, Some(command)) if scope == Scope::Window => window::run(editor, command),
        (None, Some(command)) => run::run(editor, scope, command),
        (None, None) => Vec::new(),
    }
}

/// Whether a character that is also a command (`?`, a space) is typed all the same.
fn text_takes(editor: &Editor, scope: Scope, _: char) -> bool {
    match scope {
        Scope::Text | Scope::Typing => true,
        Scope::Window => true,
        Scope::Table => editor.desk().is_some_and(cell::is_line_of_text),
        Scope::Home | Scope::Findings | Scope::Everywhere => false,
    }
}

fn type_in(editor: &mut Editor, scope: Scope, text: &str) -> Vec<Effect> {
    match scope {
        Scope::Window => window::type_in(editor, text),
        Scope::Table | Scope::Typing => cell::type_in(editor, text),
        Scope::Text => text::type_in(editor, text),
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
