//! The clerk's seat: the editor with its surroundings. Performs what the editor asks for and brings
//! the answer back as a message.

mod deferred;
mod save;

use std::os::fd::BorrowedFd;
use std::path::{Path, PathBuf};

use jiff::civil::Date;
use ratatui::buffer::Buffer;
use ratatui::layout::Position;

use super::capabilities::Capabilities;
use super::host::{clipboard, expand_tilde, export, keys, now, read, versions};
use super::jobs::BackgroundJobs;
use super::locale::at_the_foot;
use super::recent_summary;
use super::recovery::OfferedRecovery;
use super::session::DraftSession;
use super::sgr::Colours;
use super::{Application, ExitReason, Request};
use crate::cli;
use crate::editor::key::Event;
use crate::editor::{Command, Editor, Effect, Imported, Msg, Opened, SaveError, Scope, update};
use crate::form::Library;
use crate::import::import;
use crate::store::atomic::Written;
use crate::store::{self, AppDirs, Fault, StoreError};
use crate::text::safe_file_name;
use crate::ui;
use deferred::Deferred;

/// The sample report that is built in.
const SAMPLE: &str = include_str!("../../assets/sample.ron");

/// What the user has at home, as it was read when the program began.
pub struct UserData {
    /// Where settings and journals are kept; none where the system knows no home.
    pub places: Option<AppDirs>,
    /// The forms.
    pub library: Library,
    /// What is wrong with the user's own, in words.
    pub warnings: Vec<String>,
}

/// One sitting of the editor on this machine.
pub struct Runtime {
    pub(super) editor: Editor,
    pub(super) library: Library,
    places: Option<AppDirs>,
    pub(super) session: DraftSession,
    jobs: BackgroundJobs,
    /// The folder that was named, and the list of the units that have to report there.
    roster: Option<(PathBuf, PathBuf)>,
    today: Date,
    /// What an earlier session left, while the clerk is asked about it.
    pub(super) leftover: Option<OfferedRecovery>,
    /// Why changes are not recorded, as it was told last.
    reported_fault: Option<StoreError>,
    /// What waits until the draft is on the screen.
    deferred: Option<Deferred>,
}

impl Runtime {
    /// A seat with a draft to open, or at the first screen; `doubtful` if its terminal may not show UTF-8.
    pub fn new(
        sitting: &cli::EditorArgs,
        today: Date,
        home: UserData,
        abilities: Capabilities,
        doubtful: bool,
    ) -> Self {
        let UserData { places, library, warnings: mut words } = home;
        let keys = keys(places.as_ref(), &mut words);
        let scope = if sitting.draft.is_some() { Scope::Everywhere } else { Scope::Home };
        let quit = keys.label(scope, Command::Quit);
        words.extend(doubtful.then(|| at_the_foot(quit.as_deref())));
        let mut editor = Editor::new(library.clone(), keys, 80, 24, Some(today));
        editor.colour = abilities.colours != Colours::None;
        editor.ascii = abilities.ascii;
        let session = DraftSession::new(places.clone());
        let (beside, roster) = (BackgroundJobs::default(), sitting.draft.clone().zip(sitting.roster.clone()));
        let (leftover, fault_told, later) = (None, None, None);
        let mut seat = Runtime {
            editor,
            library,
            places,
            session,
            jobs: beside,
            roster,
            today,
            leftover,
            reported_fault: fault_told,
            deferred: later,
        };
        let wishes = &mut Request::default();
        match &sitting.draft {
            Some(path) => seat.run_effect(Effect::Open(path.clone()), wishes),
            None => {
                seat.list_recent();
                seat.offer_recovery(None, wishes);
            }
        }
        if let Some(words) = words.into_iter().next() {
            seat.dispatch(Msg::Notify(words), wishes);
        }
        seat
    }

    pub(super) fn dispatch(&mut self, msg: Msg, wishes: &mut Request) {
        for effect in update(&mut self.editor, msg) {
            self.run_effect(effect, wishes);
        }
    }

    fn run_effect(&mut self, effect: Effect, wishes: &mut Request) {
        match effect {
            Effect::Open(path) => self.open(&expand_tilde(&path), wishes),
            Effect::OpenSample => self.open_sample(wishes),
            Effect::Save { path, form, draft, overwrite } => {
                let path = expand_tilde(&path);
                let result = self.save(&path, &form, &draft, overwrite, wishes);
                let lost = lost_message("已保存", &result);
                self.dispatch(Msg::Saved(path, result.map(drop)), wishes);
                lost.into_iter().for_each(|words| self.dispatch(Msg::Notify(words), wishes));
            }
            Effect::Journal(events) => {
                if let Some(now) = self.editor.journal_snapshot() {
                    self.session.record(events, now);
                    self.report_fault(wishes);
                }
            }
            Effect::StartJournal { path, form, draft } => {
                self.session.begin(path.as_deref(), (form, *draft), None, (&now(), &self.library));
                self.lock_draft(wishes);
            }
            Effect::Recover(answer) => self.recover(answer, wishes),
            Effect::CloseDocument => {
                self.leftover = None;
                self.session.close();
                self.report_fault(wishes);
            }
            Effect::Export { format, path, form, draft, overwrite } => {
                let path = expand_tilde(&path);
                let result = export(format, &path, &form, &draft, overwrite);
                let lost = lost_message("已导出", &result);
                self.dispatch(Msg::Exported(format, path, result.map(drop)), wishes);
                lost.into_iter().for_each(|words| self.dispatch(Msg::Notify(words), wishes));
            }
            Effect::Import(path) => {
                let path = expand_tilde(&path);
                match read(&path) {
                    Ok(bytes) => self.import(&path, &bytes, wishes),
                    Err(words) => self.dispatch(Msg::Opened(Err(words)), wishes),
                }
            }
            Effect::ImportText(text) => self.import(Path::new(""), text.as_bytes(), wishes),
            Effect::Copy(text) => wishes.raw.extend(clipboard(&text)),
            Effect::ListVersions(path) => {
                let versions = versions(self.places.as_ref(), &expand_tilde(&path), &self.library);
                self.dispatch(Msg::Versions(versions), wishes);
            }
            Effect::ReadFolder(path) => self.read_folder(expand_tilde(&path), wishes),
            Effect::ReadUnits { path, form, draft } => {
                if let Err(error) = self.jobs.read_units(path, form, *draft, &self.library) {
                    self.dispatch(Msg::Notify(format!("没有读各单位的草稿：{error}")), wishes);
                }
            }
            Effect::ReadUnitFile(path) => {
                let filed = vec![cli::read_unit_file(&path, &self.library, self.today)];
                self.dispatch(Msg::FolderFiles { filed, ended: false }, wishes);
            }
            Effect::Suspend => {
                // Nobody knows for how long.
                self.session.sync(true);
                wishes.suspend = true;
            }
            Effect::Redraw => wishes.redraw = true,
            Effect::ListRecent => self.list_recent(),
            Effect::Quit => wishes.quit = true,
        }
    }

    fn open(&mut self, path: &Path, wishes: &mut Request) {
        if path.is_dir() {
            return self.read_folder(path.into(), wishes);
        }
        let loaded = match store::load(path, &self.library) {
            Ok(loaded) => loaded,
            Err(error) if error.fault == Fault::Missing => {
                // It may have been typed and never saved.
                return if !self.offer_recovery(Some(path), wishes) {
                    self.dispatch(Msg::Missing(path.into()), wishes);
                };
            }
            Err(error) => return self.dispatch(Msg::Opened(Err(error.to_string())), wishes),
        };
        self.defer(path, &loaded.draft);
        let mut words: Vec<String> = loaded.ignored_totals.iter().map(ToString::to_string).collect();
        if loaded.comment_count > 0 {
            let kept = "保存后不再有，原文留在“历史版本”里";
            words.push(format!("文件里有 {} 处批注（//），{kept}", loaded.comment_count));
        }
        // Only now that this one can be read is the one before it left.
        self.leftover = None;
        self.session.close();
        let saved = (loaded.form.clone(), loaded.draft.clone());
        self.session.begin(Some(path), saved, Some(loaded.fingerprint), (&now(), &self.library));
        let opened = Opened {
            path: Some(path.into()),
            form: loaded.form,
            draft: loaded.draft,
            last_year: None,
            message: words.join("；"),
        };
        self.dispatch(Msg::Opened(Ok(Box::new(opened))), wishes);
        // What is asked last is answered first: who has the draft open decides whether it is recovered.
        self.offer_recovery(Some(path), wishes);
        self.lock_draft(wishes);
    }

    /// Shows the units of a folder; their drafts are read beside the sitting.
    fn read_folder(&mut self, path: PathBuf, wishes: &mut Request) {
        if !path.is_dir() {
            let words = format!("{}：没有这个文件夹，请核对位置", path.display());
            return self.dispatch(Msg::Opened(Err(words)), wishes);
        }
        let named = self.roster.as_ref().filter(|(folder, _)| expand_tilde(folder) == path);
        let (roster, words) = match cli::find_roster(named.map(|(_, roster)| roster.as_path()), &path) {
            Ok(roster) => (roster, None),
            Err(words) => (None, Some(words)),
        };
        self.dispatch(Msg::FolderOpened { path: path.clone(), roster, words }, wishes);
        if let Err(error) = self.jobs.read_folder(path, &self.library, self.today) {
            self.dispatch(Msg::Opened(Err(format!("读不了文件夹：{error}"))), wishes);
        }
    }

    /// Asks for the lock of the open draft, and tells the clerk where somebody else has it.
    pub(super) fn lock_draft(&mut self, wishes: &mut Request) {
        match self.session.lock(&now()) {
            Ok(()) => {}
            Err(Ok(owner)) => self.dispatch(Msg::LockedBy(owner), wishes),
            Err(Err(words)) => self.dispatch(Msg::Notify(words), wishes),
        }
    }

    /// Tells the clerk where changes are no longer recorded, or are again.
    fn report_fault(&mut self, wishes: &mut Request) {
        let fault = self.session.fault().cloned();
        if fault.is_some() == self.reported_fault.is_some() {
            return;
        }
        let why = fault.as_ref().map(ToString::to_string);
        self.reported_fault = fault;
        self.dispatch(Msg::JournalError(why.clone()), wishes);
        if let Some(why) = why {
            let save = self.editor.keys.press(Scope::Everywhere, Command::Save, "保存");
            self.dispatch(Msg::Notify(format!("改动没有记进恢复记录，请常{save}：{why}")), wishes);
        }
    }

    /// Reads a published report and puts it on the desk, to be saved under a name of its own.
    fn import(&mut self, path: &Path, bytes: &[u8], wishes: &mut Request) {
        let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        let today = jiff::ZonedDateTime::now().date().to_string();
        let found = match import(&name, bytes, &today, &self.library) {
            Ok(found) => found,
            Err(error) => return self.dispatch(Msg::Opened(Err(error.to_string())), wishes),
        };
        let form = match found.draft.form(&self.library) {
            Ok(form) => form,
            Err(id) => return self.dispatch(Msg::Opened(Err(format!("没有“{id}”这种格式"))), wishes),
        };
        let name = match path.file_stem() {
            None => "粘贴的报告.ron".into(),
            Some(stem) => safe_file_name(&stem.to_string_lossy(), ".ron"),
        };
        let opened = Opened { path: None, form, draft: found.draft, last_year: None, message: String::new() };
        let (read, open, unplaced) = (found.read_count, found.open, found.unplaced);
        self.dispatch(
            Msg::Imported(Box::new(Imported { opened, name, cells_read: read, open_cells: open, unplaced })),
            wishes,
        );
    }

    fn open_sample(&mut self, wishes: &mut Request) {
        let opened = store::parse("示例报告", SAMPLE.as_bytes(), &self.library);
        let opened = opened.map(|loaded| {
            let saved = (loaded.form.clone(), loaded.draft.clone());
            self.session.begin(None, saved, None, (&now(), &self.library));
            let words = "这是虚构的示例，随便改，不影响别的文件。照最下面一行做";
            Box::new(Opened {
                path: None,
                form: loaded.form,
                draft: loaded.draft,
                last_year: None,
                message: words.into(),
            })
        });
        self.dispatch(Msg::Opened(opened.map_err(|error| error.to_string())), wishes);
    }

    fn list_recent(&mut self) {
        self.flush_deferred();
        if let Some(places) = &self.places {
            let list = recent_summary::recent(places, &self.library);
            self.dispatch(Msg::Recent(list), &mut Request::default());
        }
    }
}

/// What the clerk should know of a file that was written.
fn lost_message(done: &str, result: &Result<Written, SaveError>) -> Option<String> {
    let words = result.as_ref().ok().and_then(Written::warning)?;
    Some(format!("{done}；{words}"))
}

impl Application for Runtime {
    fn update(&mut self, events: Vec<Event>) -> Request {
        let mut wishes = Request::default();
        let paused = events.contains(&Event::Timeout);
        let looks =
            events.iter().any(|event| matches!(event, Event::Key(_) | Event::Focus(true) | Event::Resumed));
        for event in events {
            let news =
                if event == Event::Wakeup { self.jobs.take_messages() } else { vec![Msg::Event(event)] };
            for msg in news {
                self.dispatch(msg, &mut wishes);
            }
        }
        if looks {
            self.poll_file(&mut wishes);
        }
        self.session.sync(paused);
        self.report_fault(&mut wishes);
        wishes.pause = self.session.due();
        wishes
    }

    fn draw(&mut self, frame: &mut Buffer) -> Option<Position> {
        ui::draw(&self.editor, frame)
    }

    fn on_idle(&mut self) -> bool {
        self.run_next()
    }

    fn on_shutdown(&mut self, _: ExitReason) {
        self.session.sync(true);
    }

    fn wake_fd(&self) -> Option<BorrowedFd<'_>> {
        self.jobs.wake_fd()
    }

    fn panic_message(&self) -> String {
        self.session.journal_path().map_or(String::new(), |path| {
            format!("没有保存的改动都记在 {}。再打开这份草稿时会问您要不要恢复。", path.display())
        })
    }
}
