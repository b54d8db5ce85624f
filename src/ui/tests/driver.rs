//! Presses any keys, with an environment that answers: for the property tests.

use proptest::collection::vec;
use proptest::prelude::*;
use ratatui::buffer::{Buffer, CellWidth};
use ratatui::layout::{Position, Rect};
use std::path::PathBuf;

use crate::compile::{Contribution, CurrentUnits, Roster};
use crate::draft::{Amount, Compiled, CompiledUnit, Draft, FilledCells, ReportState, Totals, Unread, Value};
use crate::editor::event::{Event, Mouse, MouseKind};
use crate::editor::key::{Key, KeyCode};
use crate::editor::{
    DraftProgress, Editor, Effect, Keymap, MergeOrigin, Msg, Opened, RecentEntry, SaveError, SavedVersion,
    document::Document, folder::tests::unit_file, update,
};
use crate::form::{Form, Library};
use crate::text::invisible::has_hidden;
use crate::{store, ui};
const SAMPLE: &str = include_str!("../../../assets/sample.ron");

/// Where a session begins.
#[derive(Clone, Copy, Debug)]
pub enum StartState {
    /// The home screen.
    Home,
    /// A new draft of that year.
    New(u16),
    /// The sample.
    Sample,
    /// A folder of units.
    Folder,
    /// A report added up from units.
    Compiled,
    /// An imported report of which cells could not be told.
    Imported,
}

/// One input.
#[derive(Clone, Debug)]
pub enum UserInput {
    /// A key or a paste.
    Event(Event),
    /// The window gets another size.
    Resize(u16, u16),
    /// A command by its id, through the palette.
    Command(&'static str),
    /// Somebody else: has the draft open, has saved it meanwhile, has left a journal behind.
    OtherUser(u8),
}

/// Returns where a session may begin.
pub fn start() -> impl Strategy<Value = StartState> {
    prop_oneof![
        Just(StartState::Home),
        Just(StartState::New(2020)),
        Just(StartState::New(2025)),
        Just(StartState::Sample),
        Just(StartState::Sample),
        Just(StartState::Folder),
        Just(StartState::Compiled),
        Just(StartState::Imported)
    ]
}

/// Characters of all sorts: what a clerk types, what a terminal obeys, what hides.
pub fn character() -> impl Strategy<Value = char> {
    let of = |letters: &str| prop::sample::select(letters.chars().collect::<Vec<_>>());
    prop_oneof![
        6 => of("0123456789"),
        3 => of("+-减增↑./—无元万,，０１９＋。、：年月日 ?"),
        4 => of("依法公开政府信息申请件（）“”；，。…·①《》〔〕"),
        2 => of("abzXYZ~!@#&*()[]{}<>|\\\"'"),
        1 => of("\u{0}\u{7}\u{8}\t\u{1b}\u{7f}\u{9b}\u{a0}\u{ad}\u{200b}\u{200d}\u{202e}\u{2066}\u{2028}\u{feff}"),
        1 => of("\u{301}\u{fe0f}\u{20e3}👩🇨가각ｶﾞ\u{3000}\u{fffd}ไำﷺ\u{e0041}𠀀"),
        1 => any::<char>(),
    ]
}

/// Returns a text of all sorts, of several paragraphs sometimes.
fn text() -> impl Strategy<Value = String> {
    vec(prop_oneof![20 => character(), 1 => Just('\n'), 1 => Just('\t'), 1 => Just('\r')], 0..40)
        .prop_map(|letters| letters.into_iter().collect())
}

/// Keys with all modifiers; those that mean something come often.
fn key() -> impl Strategy<Value = Key> {
    let bound: Vec<Key> = Keymap::shipped().rows().iter().flat_map(|row| row.on.iter().copied()).collect();
    use KeyCode::*;
    let named =
        vec![Enter, Tab, Esc, Backspace, Delete, Insert, Home, End, PageUp, PageDown, Up, Down, Left, Right];
    let code = prop_oneof![
        3 => prop::sample::select(named),
        1 => (1u8..=24).prop_map(F),
        2 => character().prop_map(Char),
    ];
    prop_oneof![
        4 => prop::sample::select(bound),
        3 => character().prop_map(|c| Key::plain(Char(c))),
        2 => (code, any::<[bool; 3]>()).prop_map(|(code, [a, b, c])| Key::new(code, a, b, c)),
    ]
}

/// Returns a size of the window from nothing to a large one, mostly one that can be worked in.
pub fn size() -> impl Strategy<Value = (u16, u16)> {
    prop_oneof![
        3 => Just((80, 24)),
        1 => (60u16..130, 16u16..45),
        1 => (1u16..=250, 1u16..=80),
    ]
}

/// Returns the mouse anywhere, off the window too.
fn mouse() -> impl Strategy<Value = Mouse> {
    use MouseKind::*;
    let kind = prop::sample::select(vec![Press, DoublePress, Drag, Release, WheelUp, WheelDown]);
    let place = prop_oneof![6 => (0u16..90, 0u16..26), 1 => (0u16..300, 0u16..100)];
    (kind, place).prop_map(|(kind, (column, row))| Mouse { kind, column, row })
}

/// Any input.
pub fn user_inputs(most: usize) -> impl Strategy<Value = Vec<UserInput>> {
    // Every row of the palette that does not leave the report; leaving begins the story anew.
    let ids: Vec<&'static str> = vec![
        "save_as",
        "select_all",
        "zero_table",
        "zero_all",
        "switch_totals",
        "replace",
        "cure_all",
        "mouse",
        "skeleton",
        "insert_figure",
        "find",
        "why",
        "cure",
        "waive",
        "mark",
        "next_finding",
        "go_home",
        "export",
        "compare",
        "shares",
        "take_units",
        "tab_preview",
        "suspend",
        "versions",
        "open_cells",
    ];
    let deed = prop_oneof![
        16 => key().prop_map(|key| UserInput::Event(Event::Key(key))),
        3 => text().prop_map(|text| UserInput::Event(Event::Paste(text))),
        2 => mouse().prop_map(|mouse| UserInput::Event(Event::Mouse(mouse))),
        1 => size().prop_map(|(columns, rows)| UserInput::Resize(columns, rows)),
        2 => prop::sample::select(ids).prop_map(UserInput::Command),
        1 => (0u8..4).prop_map(UserInput::OtherUser),
    ];
    vec(deed, 1..most)
}

/// A session and its environment, which answers every effect.
#[derive(Clone)]
pub struct TestScreen {
    pub editor: Editor,
    answers: usize,
    /// The text of the draft when it was opened.
    pub first: Option<String>,
}

impl TestScreen {
    pub fn new(start: StartState) -> Self {
        let today = jiff::civil::date(2026, 1, 12);
        let editor = Editor::new(Library::new(), Keymap::shipped(), 80, 24, Some(today));
        let mut stage = TestScreen { editor, answers: 0, first: None };
        // One of the terminals draws “ ” — … wide.
        stage.send(Msg::Event(Event::WidthReport { wide: matches!(start, StartState::New(2025)) }));
        match start {
            StartState::Home => stage.send(Msg::Recent(vec![RecentEntry {
                path: "甲\u{1b}[2J.ron".into(),
                unit: "示例\u{202e}市水务局".into(),
                year: Some(2024),
                opened: None,
                progress: Some(DraftProgress {
                    cells: FilledCells { filled: 7, all: 9 },
                    errors: 1,
                    warnings: 2,
                    due: None,
                    state: ReportState::Final,
                }),
                fault: None,
            }])),
            StartState::New(year) => stage.open(Draft::new("示例市水务局", year, &Library::new())),
            StartState::Sample => stage.sample(),
            StartState::Compiled => stage.compiled(),
            StartState::Imported => stage.imported(),
            StartState::Folder => stage.open_folder("各单位".into()),
        }
        stage
    }

    fn sample(&mut self) {
        let loaded = store::parse("示例", SAMPLE.as_bytes(), &Library::new()).unwrap();
        self.open(loaded.draft);
    }

    /// Two units: one has changed its numbers since, one cannot be read, and one is missing.
    fn compiled(&mut self) {
        let mut draft = Draft::new("示例县人民政府", 2025, &Library::new());
        let part =
            |unit: &str| CompiledUnit { unit: unit.into(), file: format!("{unit}.ron"), print: "旧".into() };
        draft.compiled = Some(Compiled {
            units: vec![part("甲\u{202e}局"), part("乙局")],
            missing: vec!["丙\u{1b}镇".into()],
            adjustments: Vec::new(),
        });
        self.open(draft);
    }

    /// A report with typed totals, and cells of all tables of which the source says strange things.
    fn imported(&mut self) {
        let mut draft = Draft::new("示例市水务局", 2025, &Library::new());
        draft.totals = Totals::Typed;
        let form = draft.form(&Library::new()).unwrap();
        for field in form.fields().iter().filter(|field| field.kind.is_number()).step_by(3) {
            let candidates = vec!["1\u{1b}[2J".into(), "12\u{202e}".into(), String::new()];
            let unread = Unread { candidates, line: 7, text: "自然人\u{200b} 12\u{7}".repeat(9) };
            draft.set(field.id.clone(), Value::Unread(Box::new(unread)));
        }
        self.open(draft);
    }

    fn current_units(&self, form: &Form, draft: &Draft) -> CurrentUnits {
        let mut gathered = CurrentUnits::default();
        let Some(compiled) = &draft.compiled else { return gathered };
        for (at, part) in compiled.units.iter().enumerate() {
            let given = Contribution::of(form, draft);
            let read = if at == 1 { Err("没有\u{7}了".into()) } else { Ok(given) };
            gathered.add_unit(form, draft, part, read, true);
        }
        gathered.finish(form, compiled);
        gathered
    }

    fn open_folder(&mut self, path: PathBuf) {
        let roster =
            Some(Roster::parse("甲局\n乙\u{1b}局\n某某省某某市某某区某某街道办事处及其所属各事业单位"));
        self.send(Msg::FolderOpened { path, roster, words: None });
        let units = (0..40).map(|number| unit_file(&format!("第{number}\u{202e}局"), 2024 + number % 2, 7));
        let mut units: Vec<_> = units.collect();
        units[3].error = Some("读不出\u{1b}[2J".into());
        units[4].year = None;
        units[5].received = Amount::Unknown;
        units[6].before = Some(Amount::Known(u64::MAX.into()));
        self.send(Msg::FolderFiles { filed: units, ended: true });
    }

    fn open(&mut self, draft: Draft) {
        let form = draft.form(&Library::new()).unwrap();
        let path = Some(PathBuf::from("草稿.ron"));
        let opened = Opened { path, form, draft, last_year: None, message: String::new() };
        self.send(Msg::Opened(Ok(Box::new(opened))));
    }

    pub fn send(&mut self, msg: Msg) {
        for effect in update(&mut self.editor, msg) {
            // Every third answer is bad news.
            self.answers += 1;
            let bad = self.answers.is_multiple_of(3);
            match effect {
                Effect::Save { path, overwrite, .. } => {
                    let result = match (bad, overwrite) {
                        (true, false) => Err(SaveError::Exists),
                        (true, true) => Err(SaveError::Failed("磁盘已满".into())),
                        _ => Ok(()),
                    };
                    self.send(Msg::Saved(path, result));
                }
                Effect::Export { format, path, overwrite, .. } => {
                    let result = if bad && !overwrite { Err(SaveError::Exists) } else { Ok(()) };
                    self.send(Msg::Exported(format, path, result));
                }
                Effect::OpenSample => self.sample(),
                Effect::ListVersions(_) => {
                    let now = self
                        .editor
                        .document()
                        .map(|document| (document.form.clone(), Draft::clone(&document.draft)));
                    let sample = store::parse("示例", SAMPLE.as_bytes(), &Library::new()).unwrap();
                    let reports = [now.map(Box::new).ok_or("没有".into()), Err("读\u{202e}不出".into())];
                    let sample = Ok(Box::new((sample.form, sample.draft)));
                    let version =
                        |report| SavedVersion { saved_at: "2026-01-12 10:22".into(), bytes: 6000, report };
                    self.send(Msg::Versions(reports.into_iter().chain([sample]).map(version).collect()));
                }
                Effect::Open(path) if bad => self.send(Msg::Missing(path)),
                Effect::Open(_) if self.answers % 3 == 1 => self.sample(),
                Effect::ReadUnits { path, form, draft } => {
                    let gathered = self.current_units(&form, &draft);
                    self.send(Msg::UnitsRead(path, Box::new(gathered)));
                }
                Effect::ReadFolder(path) => self.open_folder(path),
                Effect::Open(_) => self.send(Msg::Opened(Err("甲.ron:1:1：读不出\n第二行".into()))),
                _ => {}
            }
        }
        self.first = match (self.editor.document(), self.first.take()) {
            (None, _) => None,
            (Some(_), Some(first)) => Some(first),
            (Some(document), None) => Some(draft_file(document)),
        };
    }

    pub fn press(&mut self, key: &str) {
        self.send(Msg::Event(Event::Key(key.parse().unwrap())));
    }

    pub fn input(&mut self, deed: &UserInput) {
        match deed {
            UserInput::Event(event) => self.send(Msg::Event(event.clone())),
            UserInput::Resize(columns, rows) => {
                self.send(Msg::Event(Event::Resize { columns: *columns, rows: *rows }));
            }
            UserInput::Command(id) => {
                self.close_windows();
                self.press("Ctrl+P");
                self.send(Msg::Event(Event::Paste((*id).into())));
                self.press("Enter");
            }
            UserInput::OtherUser(what) => self.other_user(*what),
        }
    }

    fn other_user(&mut self, what: u8) {
        let Some(document) = self.editor.document() else { return };
        let (base, mut theirs) = (Box::new(document.draft.clone()), Box::new(document.draft.clone()));
        theirs.set("requests.new.business", Value::Count(u64::from(what) + 40));
        theirs.set("overview", Value::Text("别人写的\u{202e}一段。\n第二段。".into()));
        let other = match what {
            0 => Msg::LockedBy("李四\u{1b}[2J".into()),
            1 => Msg::Recoverable {
                lines: vec!["上次没有保存的改动：3 处".into()], outdated: false
            },
            2 => Msg::Diverged { base, theirs, origin: MergeOrigin::File, then_save: false },
            _ => {
                let base = Box::new(Draft::empty(theirs.forms.clone()));
                Msg::Diverged { base, theirs, origin: MergeOrigin::File, then_save: true }
            }
        };
        self.send(other);
    }

    pub fn close_windows(&mut self) {
        for _ in 0..20 {
            if !self.editor.layers.is_empty() {
                self.press("Esc");
            }
        }
        assert!(self.editor.layers.is_empty(), "Esc does not close a window");
    }

    /// Draws into a frame of this size and checks every cell.
    pub fn check_frame(&self, (columns, rows): (u16, u16)) {
        let mut drawn = Buffer::empty(Rect::new(0, 0, columns, rows));
        let cursor = ui::draw(&self.editor, &ui::Themes::shipped(), &mut drawn);
        for cell in drawn.content() {
            assert!(!has_hidden(cell.symbol()), "hidden on the screen: {:?}", cell.symbol());
        }
        for (x, y) in (0..rows).flat_map(|y| (0..columns).map(move |x| (x, y))) {
            if drawn[(x, y)].cell_width() > 1 {
                assert!(x + 1 < columns, "a wide character is cut by the window at {x},{y}");
                let half = drawn[(x + 1, y)].symbol();
                assert_eq!(half, " ", "something stands on half of {} at {x},{y}", drawn[(x, y)].symbol());
            }
        }
        let Position { x, y } = cursor.unwrap_or_default();
        assert!(x < columns && y < rows, "the cursor is at {x},{y} of {columns}x{rows}");
    }

    /// What holds after every deed.
    pub fn check_invariants(&self) {
        let Some((document, view)) = self.editor.open_report() else { return };
        for (id, prose) in &view.narrative_editors {
            assert_eq!(
                prose.text(),
                document.draft.text(id.as_str()),
                "the screen and the draft differ in {id:?}"
            );
        }
        if document.draft.totals == Totals::Auto {
            let stored = document.draft.values().find(|(id, _)| document.form.is_total(id.as_str()));
            assert_eq!(stored, None, "a computed total is stored");
        }
    }
}

/// Returns the draft as its file would be.
pub fn draft_file(document: &Document) -> String {
    store::to_ron(&document.form, &document.draft)
}
