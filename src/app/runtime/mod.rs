//! The editor with its surroundings, as the application that the event loop drives.
//!
//! This file holds the state; the files below it perform what the editor asks for, and send the results
//! back to it as messages.

mod deferred;
mod effects;
mod open;
mod recovery;
mod save;

use std::path::PathBuf;

use jiff::civil::Date;
use ratatui::buffer::Buffer;
use ratatui::layout::Position;

use super::draft_guard::DraftGuard;
use super::environment::{home_dir, keys, themes, uses_mouse};
use super::event_loop::{Application, ExitReason, Request};
use super::jobs::BackgroundJobs;
use crate::cli;
use crate::editor::event::Event;
use crate::editor::{Command, Editor, Effect, ListedKind, Msg, Scope};
use crate::form::Library;
use crate::store::journal::{OrphanJournal, Recovery};
use crate::store::{AppDirs, StoreError, recent};
use crate::terminal::capabilities::Capabilities;
use crate::terminal::locale::maybe_not_utf8_notice;
use crate::terminal::{WakeReceiver, clipboard_text};
use crate::ui;

/// The user's own files, as they were read when the program started.
pub struct UserData {
    /// Where settings and journals are kept; `None` if the user has no home directory.
    pub dirs: Option<AppDirs>,
    /// The forms.
    pub library: Library,
    /// What is wrong with the user's own forms, as messages.
    pub warnings: Vec<String>,
}

/// The editor on this machine.
pub struct Runtime {
    editor: Editor,
    themes: ui::Themes,
    library: Library,
    dirs: Option<AppDirs>,
    session: DraftGuard,
    jobs: BackgroundJobs,
    /// The folder from the command line, and the list of the units that have to report there.
    roster: Option<(PathBuf, PathBuf)>,
    today: Date,
    /// What an earlier session left, while the clerk is asked about it.
    leftover: Option<OfferedRecovery>,
    /// Why changes are not recorded, as last reported.
    reported_fault: Option<StoreError>,
    /// What waits until the draft is on the screen.
    deferred: Option<Deferred>,
    /// Whether the home screen waits for how far its drafts are, and for its folder.
    reads_recent: bool,
    /// A large file to be read once it is said on the screen that it is.
    slow_read: Option<SlowRead>,
    /// The file of which something is shown once the frame with its name is on the screen.
    wanted_preview: Option<(PathBuf, ListedKind)>,
}

/// What an earlier session left, and the clerk is asked about.
struct OfferedRecovery {
    /// The file for which it was found; `None` for a draft that was never saved.
    path: Option<PathBuf>,
    orphan: OrphanJournal,
    recovery: Recovery,
}

/// Work for a draft that has been opened, which its first frame does not need.
struct Deferred {
    path: PathBuf,
    recent: recent::RecentDraft,
    /// The name of last year's report, until that is read.
    last_year: Option<String>,
}

/// A file whose reading may take long.
enum SlowRead {
    /// A draft to open.
    Draft(PathBuf),
    /// A published report to import.
    Report(PathBuf),
}

impl Runtime {
    /// Creates the editor with the draft to open, or with the home screen. `maybe_not_utf8` warns that
    /// the terminal may not show UTF-8.
    pub fn new(
        args: &cli::EditorArgs,
        today: Date,
        user: UserData,
        capabilities: Capabilities,
        maybe_not_utf8: bool,
    ) -> Self {
        let UserData { dirs, library, mut warnings } = user;
        let keys = keys(dirs.as_ref(), &mut warnings);
        let themes = themes(dirs.as_ref(), &mut warnings);
        let scope = if args.draft.is_some() { Scope::Everywhere } else { Scope::Home };
        let quit = keys.label(scope, Command::Quit);
        warnings.extend(maybe_not_utf8.then(|| maybe_not_utf8_notice(quit.as_deref())));
        let mut editor = Editor::new(library.clone(), keys, 80, 24, Some(today));
        editor.ascii = capabilities.ascii;
        editor.mouse = uses_mouse(dirs.as_ref());
        editor.home_dir = home_dir();
        editor.current_dir = std::env::current_dir().unwrap_or_default();
        let mut runtime = Runtime {
            editor,
            themes,
            library,
            session: DraftGuard::new(dirs.clone()),
            dirs,
            jobs: BackgroundJobs::default(),
            roster: args.draft.clone().zip(args.roster.clone()),
            today,
            leftover: None,
            reported_fault: None,
            deferred: None,
            reads_recent: false,
            slow_read: None,
            wanted_preview: None,
        };
        let request = &mut Request::default();
        match &args.draft {
            Some(path) => {
                runtime.run_effect(Effect::Open(path.clone()), request);
                // What could not be opened leaves the home screen, with all that it offers.
                if runtime.editor.draft().is_none() && runtime.editor.folder.is_none() {
                    runtime.list_recent();
                }
            }
            None => {
                runtime.list_recent();
                runtime.offer_recovery(None, request);
            }
        }
        if let Some(warning) = warnings.into_iter().next() {
            runtime.deliver(Msg::Notify(warning), request);
        }
        runtime
    }
}

impl Runtime {
    /// Returns what the key that pastes stands for where the program itself has to ask the desktop for its
    /// clipboard: the text that it holds.
    fn as_paste(&self, event: &Event) -> Option<Event> {
        let Event::Key(key) = event else { return None };
        let pastes = |scope| self.editor.keys.command(scope, *key) == Some(Command::Paste);
        let is_paste = pastes(Scope::Table) || pastes(Scope::Text);
        is_paste.then(clipboard_text).flatten().map(Event::Paste)
    }
}

impl Application for Runtime {
    fn uses_mouse(&self) -> bool {
        self.editor.mouse
    }

    fn update(&mut self, events: Vec<Event>) -> Request {
        let mut request = Request::default();
        let paused = events.contains(&Event::Timeout);
        let is_active =
            events.iter().any(|event| matches!(event, Event::Key(_) | Event::Focus(true) | Event::Resumed));
        for event in events {
            // What was typed ahead is meant for what is being read.
            if matches!(event, Event::Key(_) | Event::Paste(_) | Event::Mouse(_)) {
                self.finish_slow_read(&mut request);
            }
            let event = self.as_paste(&event).unwrap_or(event);
            let messages =
                if event == Event::Wakeup { self.jobs.take_messages() } else { vec![Msg::Event(event)] };
            for msg in messages {
                self.deliver(msg, &mut request);
            }
        }
        if is_active {
            self.poll_file(&mut request);
        }
        self.session.sync(paused);
        self.report_fault(&mut request);
        if request.quit {
            self.flush_deferred();
        }
        request.pause = self.session.due();
        request
    }

    fn draw(&mut self, frame: &mut Buffer) -> Option<Position> {
        ui::draw(&self.editor, &self.themes, frame)
    }

    fn on_idle(&mut self) -> bool {
        self.run_next()
    }

    fn on_shutdown(&mut self, _: ExitReason) {
        self.session.sync(true);
    }

    fn wake_receiver(&self) -> Option<&WakeReceiver> {
        self.jobs.wake_receiver()
    }

    fn panic_message(&self) -> String {
        self.session.journal_path().map_or(String::new(), |path| {
            format!("未保存的改动都记录在 {}。再次打开这份草稿时可以选择恢复。", path.display())
        })
    }
}
