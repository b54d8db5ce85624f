//! The clerk's seat: the editor with its surroundings. Performs what the editor asks for and brings
//! the answer back as a message.

use std::path::{Path, PathBuf};
use std::time::Duration;

use crossterm::Command;
use crossterm::clipboard::CopyToClipboard;
use ratatui::Frame;

use super::{End, Sitting, Wishes};
use crate::draft::Draft;
use crate::editor::key::Event;
use crate::editor::{Editor, Effect, Keymap, Msg, Opened, Recent, SaveFault, update};
use crate::form::{Form, Library};
use crate::store::{self, Fault, Places, recent};
use crate::ui;

/// The sample report that is built in.
const SAMPLE: &str = include_str!("../../assets/sample.ron");

/// The longest text that is put on the terminal's clipboard; many terminals drop longer ones.
const LONGEST_COPY: usize = 70_000;

/// One sitting of the editor on this machine.
pub struct Seat {
    editor: Editor,
    library: Library,
    places: Option<Places>,
}

impl Seat {
    /// A seat with a draft to open, or at the first screen.
    pub fn new(draft: Option<&Path>, today: jiff::civil::Date, colour: bool) -> Self {
        let places = Places::of_user();
        let (library, mistakes) =
            places.as_ref().map_or_else(|| (Library::new(), Vec::new()), Places::library);
        let mut words: Vec<String> = mistakes.iter().map(ToString::to_string).collect();
        let keys = keys(places.as_ref(), &mut words);
        let mut editor = Editor::new(library.clone(), keys, 80, 24, Some(today));
        editor.colour = colour;
        let mut seat = Seat { editor, library, places };
        match draft {
            Some(path) => seat.perform(Effect::Open(path.into()), &mut Wishes::default()),
            None => seat.list_recent(),
        }
        if let Some(words) = words.into_iter().next() {
            seat.tell(Msg::Say(words), &mut Wishes::default());
        }
        seat
    }

    fn tell(&mut self, msg: Msg, wishes: &mut Wishes) {
        for effect in update(&mut self.editor, msg) {
            self.perform(effect, wishes);
        }
    }

    fn perform(&mut self, effect: Effect, wishes: &mut Wishes) {
        let answer = match effect {
            Effect::Open(path) => self.open(&at_home(&path)),
            Effect::OpenSample => self.sample(),
            Effect::Save { path, form, draft, overwrite } => {
                let path = at_home(&path);
                let result = self.save(&path, &form, &draft, overwrite);
                Msg::Saved(path, result)
            }
            Effect::Copy(text) => return wishes.say.extend(clipboard(&text)),
            Effect::Suspend => return wishes.suspend = true,
            Effect::Redraw => return wishes.redraw = true,
            Effect::Recent => return self.list_recent(),
            Effect::Quit => return wishes.quit = true,
        };
        self.tell(answer, wishes);
    }

    fn open(&self, path: &Path) -> Msg {
        let loaded = match store::load(path, &self.library) {
            Ok(loaded) => loaded,
            Err(error) if error.fault == Fault::Missing => return Msg::Missing(path.into()),
            Err(error) => return Msg::Opened(Err(error.to_string())),
        };
        self.remember(path, &loaded.draft);
        let mut words: Vec<String> = loaded.remarks.iter().map(ToString::to_string).collect();
        let last = self.last(path, &loaded.draft, &mut words);
        Msg::Opened(Ok(Box::new(Opened {
            path: Some(path.into()),
            form: loaded.form,
            draft: loaded.draft,
            last,
            words: words.join("；"),
        })))
    }

    /// Last year's report, where the draft names one.
    fn last(
        &self,
        path: &Path,
        draft: &Draft,
        words: &mut Vec<String>,
    ) -> Option<(std::sync::Arc<Form>, Draft)> {
        let name = draft.last.as_ref()?;
        let folder = path.parent().unwrap_or(Path::new(""));
        match store::load(&folder.join(name), &self.library) {
            Ok(last) => Some((last.form, last.draft)),
            Err(error) => {
                words.push(format!("上年的报告读不出：{error}"));
                None
            }
        }
    }

    fn sample(&self) -> Msg {
        let opened = store::parse("示例报告", SAMPLE.as_bytes(), &self.library).map(|loaded| {
            Box::new(Opened {
                path: None,
                form: loaded.form,
                draft: loaded.draft,
                last: None,
                words: "示例报告：有两处对不上。按 F8 找到它，按 F9 改正或自己改；保存时另起文件名".into(),
            })
        });
        Msg::Opened(opened.map_err(|error| error.to_string()))
    }

    fn save(&self, path: &Path, form: &Form, draft: &Draft, overwrite: bool) -> Result<(), SaveFault> {
        if !overwrite && path.symlink_metadata().is_ok() {
            return Err(SaveFault::Exists);
        }
        store::save(path, form, draft).map_err(|error| SaveFault::Failed(error.to_string()))?;
        self.remember(path, draft);
        Ok(())
    }

    /// The list of recent drafts is a convenience: that it cannot be written stops nothing.
    fn remember(&self, path: &Path, draft: &Draft) {
        let Some(places) = &self.places else { return };
        let path = std::path::absolute(path).unwrap_or_else(|_| path.into());
        let opened = jiff::Zoned::now().strftime("%Y-%m-%d %H:%M").to_string();
        let _ = recent::remember(
            &places.recent(),
            recent::Recent { path, unit: draft.unit().into(), year: draft.year(), opened },
        );
    }

    fn list_recent(&mut self) {
        let Some(places) = &self.places else { return };
        let title = |known: &recent::Recent| {
            let year = known.year.map_or(String::new(), |year| format!(" {year}"));
            format!("{}{year}", known.unit)
        };
        let list = recent::list(&places.recent());
        let list = list.into_iter().map(|known| Recent { title: title(&known), path: known.path }).collect();
        self.tell(Msg::Recent(list), &mut Wishes::default());
    }
}

impl Sitting for Seat {
    fn update(&mut self, events: Vec<Event>) -> Wishes {
        let mut wishes = Wishes { pause: None::<Duration>, ..Wishes::default() };
        for event in events {
            self.tell(Msg::Event(event), &mut wishes);
        }
        wishes
    }

    fn draw(&mut self, frame: &mut Frame) {
        ui::draw(&self.editor, frame);
    }

    fn part(&mut self, _: End) {}

    fn last_words(&self) -> String {
        String::new()
    }
}

/// The keys as shipped, with the user's own file over them where it can be used.
fn keys(places: Option<&Places>, words: &mut Vec<String>) -> Keymap {
    let shipped = Keymap::shipped();
    let own = match places.map(Places::read_keys) {
        Some(Ok(own)) => own,
        Some(Err(error)) => {
            words.push(error.to_string());
            None
        }
        None => None,
    };
    match own.map(|own| shipped.clone().with(&own)) {
        Some(Ok(keys)) => keys,
        Some(Err(error)) => {
            words.push(format!("{error}。先用原来的按键"));
            shipped
        }
        None => shipped,
    }
}

/// A path with a leading `~/` taken from the home directory, as shells do.
fn at_home(path: &Path) -> PathBuf {
    let home = || directories::BaseDirs::new().map(|dirs| dirs.home_dir().to_path_buf());
    match path.strip_prefix("~") {
        Ok(rest) => home().map_or_else(|| path.into(), |home| home.join(rest)),
        Err(_) => path.into(),
    }
}

/// The bytes that put a text on the terminal's clipboard (OSC 52), over SSH too.
fn clipboard(text: &str) -> Vec<u8> {
    if text.len() > LONGEST_COPY {
        return Vec::new();
    }
    let mut bytes = String::new();
    // Writing to a String cannot fail.
    let _ = CopyToClipboard::to_clipboard_from(text).write_ansi(&mut bytes);
    bytes.into_bytes()
}
