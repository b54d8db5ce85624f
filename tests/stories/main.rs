//! Stories: a folder holds a draft, the keys pressed, the screens and the draft after. They run
//! through the real `update` and `draw`; `BLESS=1 cargo test --test stories` writes what is seen, `STORY=mouse` plays
//! only those whose names begin so.
//!
//! `keys` begins with the sizes of the window (`80x24 120x40`), each with a screen of its own; then
//! keys with blanks between them (digits are typed as they stand), `type TEXT` or `paste TEXT`, a line each; `# `
//! begins a remark. The mouse:
//! `click TEXT`, `double TEXT`, `drag TEXT -> TEXT`, `wheel down TEXT` and `wheel up TEXT`, where the text stands
//! on the screen; `TEXT#2` is its second place, `TEXT+3` three columns further on, `X,Y` any place.
//! `set` names a set of keys other than the usual ones, where there is such a file.
//! A file `last` says that the report of the year before is the sample with another number.
//! A file `wide` says that the terminal draws “ ” — … two columns wide, `ascii` that lines are drawn in ASCII.
//! `draft.ron` may be missing (the home screen), say `sample`, or `new 2025` for a new draft of that
//! year. `after.ron` is there where the draft is another one after the keys.
//!
//! The files of a story's disk: `有人.ron` is open elsewhere, `已有.ron` is there when something new
//! is to be saved, `坏的.ron` cannot be read, `满了.ron` lies on a full disk, `草稿.docx` is there.
//! Somebody wrote comments into `批注.ron`, `双名.ron` has two names, `移走.ron` is gone, and `只读.ron` is
//! marked as read-only, as the folder of `只读夹.ron` is.
//! `草稿.ron` was saved three times, the last time by a newer version of the program.
//! The folder `各单位` is `tests/fixtures/各单位`; the others are in `disk.rs`. Any other file is not there.
#![allow(clippy::unwrap_used, reason = "a test stops where it cannot go on")]

mod disk;
mod jobs;

use std::fs;
use std::path::{MAIN_SEPARATOR, Path, PathBuf};

use jiff::civil::{Date, date};
use nianbao::compile::UnitFile;
use nianbao::draft::Draft;
use nianbao::editor::event::Event;
use nianbao::editor::key::{Key, KeyCode};
use nianbao::editor::{Editor, Effect, Keymap, Msg, Opened, SaveError, update};
use nianbao::form::Library;
use nianbao::store;
use nianbao::text::ambiguous;
use nianbao::ui::Themes;
use nianbao::units::{self, map_in_order};
use ratatui::buffer::{Buffer, CellWidth};
use ratatui::layout::Rect;
use ratatui::style::Modifier;

const TODAY: Date = date(2026, 1, 12);

const SAMPLE: &str = include_str!("../../assets/sample.ron");

mod mouse;

struct Stage {
    editor: Editor,
    /// The draft as it came to the desk.
    first: Option<String>,
    /// What `草稿.ron` holds.
    saved: Option<String>,
    ended: bool,
}

impl Stage {
    fn new(folder: &Path, width: u16, height: u16) -> Self {
        let library = Library::new();
        let editor = Editor::new(library, Keymap::shipped(), width, height, Some(TODAY));
        let mut stage = Stage { editor, first: None, saved: None, ended: false };
        stage.editor.home_dir = Some(disk::HOME.into());
        stage.editor.current_dir = disk::HERE.into();
        stage.editor.ascii = folder.join("ascii").exists();
        stage.dispatch(Msg::Event(Event::WidthReport { wide: folder.join("wide").exists() }));
        stage.dispatch(Msg::Recent(disk::recent_drafts()));
        if let Ok(text) = fs::read_to_string(folder.join("draft.ron")) {
            let text = match text.trim().split_once(' ') {
                Some(("new", year)) => stage.new_draft(year.parse().unwrap()),
                _ if text.trim() == "sample" => SAMPLE.to_string(),
                _ => text,
            };
            stage.open(&text, "草稿.ron");
        }
        if folder.join("last").exists() {
            let last = SAMPLE.replace("2025", "2024").replace("natural: 58", "natural: 56");
            let last = store::parse("上年.ron", last.as_bytes(), &Library::new()).unwrap();
            stage.dispatch(Msg::LastYear(Ok(Box::new((last.form, last.draft)))));
        }
        stage.first = stage.written();
        stage.saved = stage.first.clone();
        stage
    }

    fn new_draft(&self, year: u16) -> String {
        let draft = Draft::new("示例县档案局", year, &Library::new());
        store::to_ron(&draft.form(&Library::new()).unwrap(), &draft)
    }

    /// The draft on the desk as its file would be.
    fn written(&self) -> Option<String> {
        let draft = self.editor.draft()?;
        Some(store::to_ron(&draft.form(&Library::new()).unwrap(), draft))
    }

    /// A folder is looked over; all of it is read before the next key.
    fn read_folder(&mut self, path: PathBuf) {
        let Some(real) = real(&path) else {
            let words = format!("{}：没有这个文件夹，请核对位置", path.display());
            return self.dispatch(Msg::Opened(Err(words)));
        };
        let roster = units::find_roster(None, &real).unwrap();
        self.dispatch(Msg::FolderOpened { path, roster, words: None });
        let mut all = Vec::new();
        units::scan_folder(&real, &Library::new(), TODAY, |filed| {
            all.push(named(filed));
            true
        });
        self.dispatch(Msg::FolderFiles { filed: all, ended: true });
    }

    fn open(&mut self, text: &str, name: &str) {
        self.put(text, name, Some(name.into()));
    }

    fn put(&mut self, text: &str, name: &str, path: Option<PathBuf>) {
        let loaded = store::parse(name, text.as_bytes(), &Library::new()).unwrap();
        let opened =
            Opened { path, form: loaded.form, draft: loaded.draft, last_year: None, message: String::new() };
        self.dispatch(Msg::Opened(Ok(Box::new(opened))));
    }

    fn dispatch(&mut self, msg: Msg) {
        for effect in update(&mut self.editor, msg) {
            match effect {
                Effect::Save { path, overwrite, .. } => {
                    let result = match disk::local(&path).to_str() {
                        Some("已有.ron") if !overwrite => Err(SaveError::Exists),
                        Some("批注.ron") if !overwrite => Err(SaveError::Comments(2)),
                        Some("移走.ron") if !overwrite => Err(SaveError::Gone),
                        Some("双名.ron") if !overwrite => Err(SaveError::HardLinked(2)),
                        Some("只读.ron") if !overwrite => Err(SaveError::ReadOnly { folder: false }),
                        Some("只读夹.ron") if !overwrite => Err(SaveError::ReadOnly { folder: true }),
                        Some("满了.ron") => Err(SaveError::Failed(
                            "满了.ron：磁盘已满，没有写进去。请腾出空间后再存。".into(),
                        )),
                        _ => Ok(()),
                    };
                    self.dispatch(Msg::Saved(path, result));
                }
                Effect::Export { format, path, overwrite, .. } => {
                    let there = disk::local(&path).to_str() == Some("草稿.docx") && !overwrite;
                    let result = if there { Err(SaveError::Exists) } else { Ok(()) };
                    self.dispatch(Msg::Exported(format, path, result));
                }
                Effect::Carry(path) => self.dispatch(Msg::Carried(Box::new(disk::carried(&path)))),
                Effect::Import(path) => self.dispatch(Msg::Imported(Box::new(disk::imported(&path)))),
                Effect::OpenSample => self.put(SAMPLE, "示例.ron", None),
                Effect::Open(path) => match disk::local(&path).to_str() {
                    Some("坏的.ron") => {
                        let words = store::parse(
                            "坏的.ron",
                            b"(\n  version: 1,\n  totals: automatic,\n)",
                            &Library::new(),
                        );
                        self.dispatch(Msg::Opened(Err(words.err().unwrap().to_string())));
                    }
                    Some("有人.ron") => {
                        self.open(SAMPLE, "有人.ron");
                        self.dispatch(Msg::LockedBy("您在另一个窗口已打开（10:05起）".into()));
                    }
                    Some("草稿.ron") if self.saved.is_some() => {
                        let text = self.saved.clone().unwrap();
                        self.open(&text, "草稿.ron");
                        self.first = self.written();
                    }
                    Some("示例市水务局-2025.ron") => self.open(SAMPLE, "示例市水务局-2025.ron"),
                    _ => match real(&path).map(|real| fs::read_to_string(real).unwrap()) {
                        Some(text) => {
                            let name = path.display().to_string();
                            match store::parse(&name, text.as_bytes(), &Library::new()) {
                                Ok(_) => {
                                    self.open(&text, &name);
                                    self.first = self.written();
                                }
                                Err(error) => self.dispatch(Msg::Opened(Err(error.to_string()))),
                            }
                        }
                        None if path.extension().is_some_and(|ending| ending == "docx") => {
                            self.dispatch(Msg::ForeignFile(path, " Word 文件".into()));
                        }
                        None => self.dispatch(Msg::Missing(path)),
                    },
                },
                Effect::ListVersions(path) => {
                    let kept = path.to_str() == Some("草稿.ron");
                    self.dispatch(Msg::Versions(if kept { disk::versions() } else { Vec::new() }));
                }
                Effect::ReadFolder(path) => self.read_folder(path),
                Effect::ListFiles(folder) => {
                    let files = disk::list(&folder);
                    let drafts = disk::summaries(files.iter().flatten());
                    self.dispatch(Msg::FilesListed(folder, files));
                    self.dispatch(Msg::FilesRead(drafts));
                }
                Effect::ReadPreview(path, kind) => {
                    let content = disk::preview(&path, kind);
                    self.dispatch(Msg::PreviewRead(path, content));
                }
                Effect::ReadUnits { path, form, draft } => {
                    // The units' files are named from where the draft is.
                    let place = units().with_file_name("草稿.ron");
                    if let Some(mut now) = units::read_units(&place, &form, &draft, &Library::new(), true) {
                        let here = format!("{}{MAIN_SEPARATOR}", place.parent().unwrap().display());
                        now.changes.unread.iter_mut().for_each(|unit| *unit = unit.replace(&here, ""));
                        self.dispatch(Msg::UnitsRead(path, Box::new(now)));
                    }
                }
                Effect::ReadUnitFile(path) => {
                    let filed =
                        real(&path).map(|real| named(units::read_unit_file(&real, &Library::new(), TODAY)));
                    self.dispatch(Msg::FolderFiles { filed: filed.into_iter().collect(), ended: false });
                }
                Effect::Compile { output, unit, again, .. } => {
                    let lines = [
                        "已汇总 5 个单位，写到 汇总-2025.ron",
                        "缺报，没有计入（3）：示例县民政局、示例县财政局、示例县住房和城乡建设局",
                        "有空白格，没有计入（1）：示例县水利局（2 格）",
                    ];
                    let there = disk::local(&output).ends_with("已有.ron") && !again;
                    let lines = lines.map(String::from).to_vec();
                    let result = if there { Err(SaveError::Exists) } else { Ok(lines) };
                    self.dispatch(Msg::Compiled { output, unit, result });
                }
                Effect::WriteTable { path, .. } => self.dispatch(Msg::TableWritten(path, Ok(()))),
                Effect::WriteNotes { files, .. } => {
                    self.dispatch(Msg::Notify(format!("已写 {} 份退回意见", files.len())));
                }
                Effect::ReadLastYear { last, .. } => {
                    let report = SAMPLE.replace("2025", "2024").replace("natural: 58", "natural: 56");
                    let report = store::parse("上年", report.as_bytes(), &Library::new()).unwrap();
                    let name = last.file_name().unwrap().to_string_lossy().into_owned();
                    self.dispatch(Msg::LastYearChosen(name, Box::new((report.form, report.draft))));
                }
                Effect::Quit => self.ended = true,
                _ => {}
            }
        }
    }

    fn play(&mut self, line: &str, size: (u16, u16)) {
        if self.use_mouse(line, size).is_some() {
            return;
        }
        let event = if let Some(text) = line.strip_prefix("paste ") {
            Event::Paste(text.replace("\\n", "\n").replace("\\t", "\t"))
        } else if let Some(text) = line.strip_prefix("type ") {
            for c in text.chars() {
                self.dispatch(Msg::Event(Event::Key(Key::plain(KeyCode::Char(c)))));
            }
            return;
        } else {
            for name in line.split_whitespace() {
                let key = name.parse::<Key>();
                match key {
                    Err(_) if name.chars().all(|c| c.is_ascii_digit()) => {
                        self.play(&format!("type {name}"), size)
                    }
                    key => {
                        let key = key.unwrap_or_else(|error| panic!("{name}: {error}"));
                        self.dispatch(Msg::Event(Event::Key(key)));
                    }
                }
            }
            return;
        };
        self.dispatch(Msg::Event(event));
    }

    fn screen(&self, width: u16, height: u16) -> String {
        let mut frame = Buffer::empty(Rect::new(0, 0, width, height));
        let cursor = nianbao::ui::draw(&self.editor, &Themes::shipped(), &mut frame).unwrap_or_default();
        let mut shown = text(&frame);
        shown.push_str(&format!("cursor {},{}\n", cursor.x, cursor.y));
        if self.ended {
            shown.push_str("ended\n");
        }
        shown
    }
}

/// Where a file of the folder `各单位` really lies.
pub fn real(path: &Path) -> Option<PathBuf> {
    let below = disk::local(path).strip_prefix("各单位").ok()?;
    Some(units().join(below)).filter(|path| path.exists())
}

fn units() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/各单位")
}

/// A file of the folder as the clerk knows it.
fn named(filed: UnitFile) -> UnitFile {
    let file = Path::new(disk::HERE).join("各单位").join(filed.file.strip_prefix(units()).unwrap());
    let fault = filed.error.map(|words| words.replace(&units().display().to_string(), "各单位"));
    UnitFile { file, error: fault, saved_at: Some(date(2026, 1, 11).at(16, 20, 0, 0)), ..filed }
}

/// The screen as lines; under a line with reversed cells a line of `^` shows them.
fn text(buffer: &Buffer) -> String {
    let mut all = String::new();
    for y in 0..buffer.area.height {
        let (mut line, mut marks) = (String::new(), String::new());
        let mut x = 0;
        while x < buffer.area.width {
            let cell = &buffer[(x, y)];
            let wide = cell.cell_width().max(1);
            let mark = if cell.modifier.contains(Modifier::REVERSED) { "^" } else { " " };
            marks.push_str(&mark.repeat(usize::from(wide)));
            line.extend(cell.symbol().chars().map(|c| ambiguous::from_stand_in(c).unwrap_or(c)));
            x += wide;
        }
        all.push_str(line.trim_end());
        all.push('\n');
        // A bar over the whole width needs no line of its own.
        let whole = !marks.contains(' ');
        if marks.contains('^') && !whole {
            all.push_str(marks.trim_end());
            all.push('\n');
        }
    }
    all
}

/// Compares with the file of the story, or writes it; `None` is no file.
fn check(folder: &Path, name: &str, seen: Option<&str>, wrong: &mut Vec<String>) {
    let file = folder.join(name);
    if std::env::var_os("BLESS").is_some() {
        match seen {
            Some(seen) => fs::write(&file, seen).unwrap(),
            None => drop(fs::remove_file(&file)),
        }
        return;
    }
    let told = fs::read_to_string(&file).ok();
    // Paths are shown as the system writes them.
    let plain = |text: &str| text.replace(MAIN_SEPARATOR, "/");
    if told.as_deref().map(plain) != seen.map(plain) {
        let story = folder.file_name().unwrap_or_default().to_string_lossy();
        let or_none = |text: Option<&str>| text.unwrap_or("(no such file)\n").to_string();
        let (told, seen) = (or_none(told.as_deref()), or_none(seen));
        wrong.push(format!("== {story}/{name}\n-- told\n{told}-- seen\n{seen}"));
    }
}

/// The sizes of the window and the lines of a script.
fn script(keys: &str) -> (Vec<&str>, Vec<&str>) {
    let mut lines = keys.lines().filter(|line| !line.is_empty() && !line.starts_with("# "));
    let sizes = lines.next().expect("sizes such as 80x24").split_whitespace().collect();
    (sizes, lines.collect())
}

fn play(folder: &Path, wrong: &mut Vec<String>) -> usize {
    let keys = fs::read_to_string(folder.join("keys")).unwrap();
    let (sizes, lines) = script(&keys);
    for size in &sizes {
        let (width, height) = size.split_once('x').expect("a size such as 80x24");
        let (width, height) = (width.parse().unwrap(), height.parse().unwrap());
        let mut stage = Stage::new(folder, width, height);
        for line in &lines {
            stage.play(line, (width, height));
        }
        check(folder, &format!("screen-{size}"), Some(&stage.screen(width, height)), wrong);
        let after = stage.written().filter(|after| Some(after) != stage.first.as_ref());
        check(folder, "after.ron", after.as_deref(), wrong);
    }
    sizes.len()
}

/// The folders of the stories, by name; with `STORY` in the environment those alone whose names begin so.
fn story_folders() -> Vec<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/stories");
    let entries = fs::read_dir(root).unwrap().map(|entry| entry.unwrap().path());
    let wanted = std::env::var("STORY").unwrap_or_default();
    let is_wanted =
        |path: &PathBuf| path.file_name().is_some_and(|name| name.to_string_lossy().starts_with(&wanted));
    let mut folders: Vec<PathBuf> = entries.filter(|path| path.is_dir()).filter(is_wanted).collect();
    folders.sort();
    folders
}

#[test]
fn every_story_ends_as_it_is_told() {
    let folders = story_folders();
    let (mut wrong, mut screens) = (Vec::new(), 0);
    let each = |folder: &PathBuf| {
        let mut wrong = Vec::new();
        (play(folder, &mut wrong), wrong)
    };
    map_in_order(folders.iter(), each, |(count, found)| {
        screens += count;
        wrong.extend(found);
        true
    });
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    println!("{} stories, {screens} screens", folders.len());
}
