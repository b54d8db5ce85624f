//! The clerk's seat: the editor with its surroundings. Performs what the editor asks for and brings
//! the answer back as a message.

mod later;
mod save;

use std::os::fd::BorrowedFd;
use std::path::{Path, PathBuf};

use jiff::civil::Date;
use ratatui::buffer::Buffer;
use ratatui::layout::Position;

use super::abilities::Abilities;
use super::beside::Beside;
use super::locale::at_the_foot;
use super::outlook;
use super::outside::{at_home, clipboard, export, keys, now, read, versions};
use super::pen::Colours;
use super::recovery::Offered;
use super::session::DraftSession;
use super::{End, Sitting, Wishes};
use crate::cli;
use crate::editor::key::Event;
use crate::editor::{Command, Editor, Effect, Imported, Msg, Opened, SaveFault, Scope, update};
use crate::form::Library;
use crate::import::import;
use crate::store::atomic::Written;
use crate::store::{self, Fault, Places, StoreError};
use crate::text::safe_file_name;
use crate::ui;
use later::Later;

/// The sample report that is built in.
const SAMPLE: &str = include_str!("../../assets/sample.ron");

/// What the user has at home, as it was read when the program began.
pub struct Home {
    /// Where settings and journals are kept; none where the system knows no home.
    pub places: Option<Places>,
    /// The forms.
    pub library: Library,
    /// What is wrong with the user's own, in words.
    pub words: Vec<String>,
}

/// One sitting of the editor on this machine.
pub struct Seat {
    pub(super) editor: Editor,
    pub(super) library: Library,
    places: Option<Places>,
    pub(super) session: DraftSession,
    beside: Beside,
    /// The folder that was named, and the list of the units that have to report there.
    roster: Option<(PathBuf, PathBuf)>,
    today: Date,
    /// What an earlier session left, while the clerk is asked about it.
    pub(super) leftover: Option<Offered>,
    /// Why changes are not recorded, as it was told last.
    fault_told: Option<StoreError>,
    /// What waits until the draft is on the screen.
    later: Option<Later>,
}

impl Seat {
    /// A seat with a draft to open, or at the first screen; `doubtful` if its terminal may not show UTF-8.
    pub fn new(
        sitting: &cli::Sitting,
        today: Date,
        home: Home,
        abilities: Abilities,
        doubtful: bool,
    ) -> Self {
        let Home { places, library, mut words } = home;
        let keys = keys(places.as_ref(), &mut words);
        let scope = if sitting.draft.is_some() { Scope::Everywhere } else { Scope::Home };
        let quit = keys.label(scope, Command::Quit);
        words.extend(doubtful.then(|| at_the_foot(quit.as_deref())));
        let mut editor = Editor::new(library.clone(), keys, 80, 24, Some(today));
        editor.colour = abilities.colours != Colours::None;
        editor.ascii = abilities.ascii;
        let session = DraftSession::new(places.clone());
        let (beside, roster) = (Beside::default(), sitting.draft.clone().zip(sitting.roster.clone()));
        let (leftover, fault_told, later) = (None, None, None);
        let mut seat =
            Seat { editor, library, places, session, beside, roster, today, leftover, fault_told, later };
        let wishes = &mut Wishes::default();
        match &sitting.draft {
            Some(path) => seat.perform(Effect::Open(path.clone()), wishes),
            None => {
                seat.list_recent();
                seat.offer(None, wishes);
            }
        }
        if let Some(words) = words.into_iter().next() {
            seat.tell(Msg::Say(words), wishes);
        }
        seat
    }

    pub(super) fn tell(&mut self, msg: Msg, wishes: &mut Wishes) {
        for effect in update(&mut self.editor, msg) {
            self.perform(effect, wishes);
        }
    }

    fn perform(&mut self, effect: Effect, wishes: &mut Wishes) {
        match effect {
            Effect::Open(path) => self.open(&at_home(&path), wishes),
            Effect::OpenSample => self.sample(wishes),
            Effect::Save { path, form, draft, overwrite } => {
                let path = at_home(&path);
                let result = self.save(&path, &form, &draft, overwrite, wishes);
                let lost = lost_words("已保存", &result);
                self.tell(Msg::Saved(path, result.map(drop)), wishes);
                lost.into_iter().for_each(|words| self.tell(Msg::Say(words), wishes));
            }
            Effect::Journal(events) => {
                if let Some(now) = self.editor.session() {
                    self.session.record(events, now);
                    self.tell_fault(wishes);
                }
            }
            Effect::Started { path, form, draft } => {
                self.session.begin(path.as_deref(), (form, *draft), None, (&now(), &self.library));
                self.claim(wishes);
            }
            Effect::Recover(answer) => self.recover(answer, wishes),
            Effect::Close => {
                self.leftover = None;
                self.session.close();
                self.tell_fault(wishes);
            }
            Effect::Export { format, path, form, draft, overwrite } => {
                let path = at_home(&path);
                let result = export(format, &path, &form, &draft, overwrite);
                let lost = lost_words("已导出", &result);
                self.tell(Msg::Exported(format, path, result.map(drop)), wishes);
                lost.into_iter().for_each(|words| self.tell(Msg::Say(words), wishes));
            }
            Effect::Import(path) => {
                let path = at_home(&path);
                match read(&path) {
                    Ok(bytes) => self.import(&path, &bytes, wishes),
                    Err(words) => self.tell(Msg::Opened(Err(words)), wishes),
                }
            }
            Effect::ImportText(text) => self.import(Path::new(""), text.as_bytes(), wishes),
            Effect::Copy(text) => wishes.say.extend(clipboard(&text)),
            Effect::Versions(path) => {
                let versions = versions(self.places.as_ref(), &at_home(&path), &self.library);
                self.tell(Msg::Versions(versions), wishes);
            }
            Effect::Folder(path) => self.look_over(at_home(&path), wishes),
            Effect::Gather { path, form, draft } => {
                if let Err(error) = self.beside.gather(path, form, *draft, &self.library) {
                    self.tell(Msg::Say(format!("没有读各单位的草稿：{error}")), wishes);
                }
            }
            Effect::Standing(path) => {
                let filed = vec![cli::standing(&path, &self.library, self.today)];
                self.tell(Msg::Filed { filed, ended: false }, wishes);
            }
            Effect::Suspend => {
                // Nobody knows for how long.
                self.session.sync(true);
                wishes.suspend = true;
            }
            Effect::Redraw => wishes.redraw = true,
            Effect::Recent => self.list_recent(),
            Effect::Quit => wishes.quit = true,
        }
    }

    fn open(&mut self, path: &Path, wishes: &mut Wishes) {
        if path.is_dir() {
            return self.look_over(path.into(), wishes);
        }
        let loaded = match store::load(path, &self.library) {
            Ok(loaded) => loaded,
            Err(error) if error.fault == Fault::Missing => {
                // It may have been typed and never saved.
                return if !self.offer(Some(path), wishes) {
                    self.tell(Msg::Missing(path.into()), wishes);
                };
            }
            Err(error) => return self.tell(Msg::Opened(Err(error.to_string())), wishes),
        };
        self.put_off(path, &loaded.draft);
        let mut words: Vec<String> = loaded.remarks.iter().map(ToString::to_string).collect();
        if loaded.comments > 0 {
            let kept = "保存后不再有，原文留在“历史版本”里";
            words.push(format!("文件里有 {} 处批注（//），{kept}", loaded.comments));
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
            last: None,
            words: words.join("；"),
        };
        self.tell(Msg::Opened(Ok(Box::new(opened))), wishes);
        // What is asked last is answered first: who has the draft open decides whether it is recovered.
        self.offer(Some(path), wishes);
        self.claim(wishes);
    }

    /// Shows the units of a folder; their drafts are read beside the sitting.
    fn look_over(&mut self, path: PathBuf, wishes: &mut Wishes) {
        if !path.is_dir() {
            let words = format!("{}：没有这个文件夹，请核对位置", path.display());
            return self.tell(Msg::Opened(Err(words)), wishes);
        }
        let named = self.roster.as_ref().filter(|(folder, _)| at_home(folder) == path);
        let (roster, words) = match cli::roster(named.map(|(_, roster)| roster.as_path()), &path) {
            Ok(roster) => (roster, None),
            Err(words) => (None, Some(words)),
        };
        self.tell(Msg::Folder { path: path.clone(), roster, words }, wishes);
        if let Err(error) = self.beside.read_folder(path, &self.library, self.today) {
            self.tell(Msg::Opened(Err(format!("读不了文件夹：{error}"))), wishes);
        }
    }

    /// Asks for the lock of the open draft, and tells the clerk where somebody else has it.
    pub(super) fn claim(&mut self, wishes: &mut Wishes) {
        match self.session.claim(&now()) {
            Ok(()) => {}
            Err(Ok(owner)) => self.tell(Msg::Taken(owner), wishes),
            Err(Err(words)) => self.tell(Msg::Say(words), wishes),
        }
    }

    /// Tells the clerk where changes are no longer recorded, or are again.
    fn tell_fault(&mut self, wishes: &mut Wishes) {
        let fault = self.session.fault().cloned();
        if fault.is_some() == self.fault_told.is_some() {
            return;
        }
        let why = fault.as_ref().map(ToString::to_string);
        self.fault_told = fault;
        self.tell(Msg::Unprotected(why.clone()), wishes);
        if let Some(why) = why {
            let save = self.editor.keys.press(Scope::Everywhere, Command::Save, "保存");
            self.tell(Msg::Say(format!("改动没有记进恢复记录，请常{save}：{why}")), wishes);
        }
    }

    /// Reads a published report and puts it on the desk, to be saved under a name of its own.
    fn import(&mut self, path: &Path, bytes: &[u8], wishes: &mut Wishes) {
        let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        let today = jiff::ZonedDateTime::now().date().to_string();
        let found = match import(&name, bytes, &today, &self.library) {
            Ok(found) => found,
            Err(error) => return self.tell(Msg::Opened(Err(error.to_string())), wishes),
        };
        let form = match found.draft.form(&self.library) {
            Ok(form) => form,
            Err(id) => return self.tell(Msg::Opened(Err(format!("没有“{id}”这种格式"))), wishes),
        };
        let name = match path.file_stem() {
            None => "粘贴的报告.ron".into(),
            Some(stem) => safe_file_name(&stem.to_string_lossy(), ".ron"),
        };
        let opened = Opened { path: None, form, draft: found.draft, last: None, words: String::new() };
        let (read, open, unplaced) = (found.read, found.open, found.unplaced);
        self.tell(Msg::Imported(Box::new(Imported { opened, name, read, open, unplaced })), wishes);
    }

    fn sample(&mut self, wishes: &mut Wishes) {
        let opened = store::parse("示例报告", SAMPLE.as_bytes(), &self.library);
        let opened = opened.map(|loaded| {
            let saved = (loaded.form.clone(), loaded.draft.clone());
            self.session.begin(None, saved, None, (&now(), &self.library));
            let words = "这是虚构的示例，随便改，不影响别的文件。照最下面一行做";
            Box::new(Opened {
                path: None,
                form: loaded.form,
                draft: loaded.draft,
                last: None,
                words: words.into(),
            })
        });
        self.tell(Msg::Opened(opened.map_err(|error| error.to_string())), wishes);
    }

    fn list_recent(&mut self) {
        self.catch_up();
        if let Some(places) = &self.places {
            let list = outlook::recent(places, &self.library);
            self.tell(Msg::Recent(list), &mut Wishes::default());
        }
    }
}

/// What the clerk should know of a file that was written.
fn lost_words(done: &str, result: &Result<Written, SaveFault>) -> Option<String> {
    let words = result.as_ref().ok().and_then(Written::words)?;
    Some(format!("{done}；{words}"))
}

impl Sitting for Seat {
    fn update(&mut self, events: Vec<Event>) -> Wishes {
        let mut wishes = Wishes::default();
        let paused = events.contains(&Event::Pause);
        let looks =
            events.iter().any(|event| matches!(event, Event::Key(_) | Event::Focus(true) | Event::Resumed));
        for event in events {
            let news = if event == Event::Bell { self.beside.news() } else { vec![Msg::Event(event)] };
            for msg in news {
                self.tell(msg, &mut wishes);
            }
        }
        if looks {
            self.look(&mut wishes);
        }
        self.session.sync(paused);
        self.tell_fault(&mut wishes);
        wishes.pause = self.session.due();
        wishes
    }

    fn draw(&mut self, frame: &mut Buffer) -> Option<Position> {
        ui::draw(&self.editor, frame)
    }

    fn after_frame(&mut self) -> bool {
        self.go_on()
    }

    fn part(&mut self, _: End) {
        self.session.sync(true);
    }

    fn ear(&self) -> Option<BorrowedFd<'_>> {
        self.beside.ear()
    }

    fn last_words(&self) -> String {
        self.session.journal_path().map_or(String::new(), |path| {
            format!("没有保存的改动都记在 {}。再打开这份草稿时会问您要不要恢复。", path.display())
        })
    }
}
