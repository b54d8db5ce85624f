//! The pictures of the README and the manual, drawn by the program itself: `BLESS=1 cargo test --test pictures`
//! writes them; without it a picture that no longer shows what the program shows is a failure.
#![allow(clippy::unwrap_used, reason = "a test stops where it cannot go on")]

mod gallery;
mod svg;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use std::fs;
use std::path::Path;

use jiff::civil::{Date, date};
use nianbao::compile::UnitFile;
use nianbao::draft::{FilledCells, ReportState};
use nianbao::editor::event::{Background, Event};
use nianbao::editor::{
    DraftDetail, DraftProgress, Editor, Effect, Imported, Keymap, ListedFile, ListedKind, Msg, Opened,
    PreviewContent, RecentEntry, update,
};
use nianbao::export::Format;
use nianbao::form::Library;
use nianbao::import;
use nianbao::store;
use nianbao::units;

const SAMPLE: &str = include_str!("../../assets/sample.ron");
const COMPILED: &str = include_str!("../stories/shares/draft.ron");
const TODAY: Date = date(2026, 1, 12);

/// One picture: its file, what it shows for those who cannot see it, the window, and what is pressed:
/// a key, or `type TEXT`.
struct Picture {
    file: &'static str,
    shows: &'static str,
    window: (u16, u16),
    ground: Background,
    keys: &'static [&'static str],
}

const PICTURES: [Picture; 7] = [
    Picture {
        file: "home.svg",
        shows: "首页：新建报告、打开文件、看示例报告",
        window: (80, 16),
        ground: Background::Dark,
        keys: &[],
    },
    Picture {
        file: "table.svg",
        shows: "第三部分的表格：一格填错，光标停在这一格，下面写明哪里对不上、相差多少",
        window: (100, 32),
        ground: Background::Dark,
        keys: &["s", "Alt+3", "F8"],
    },
    Picture {
        file: "narrative.svg",
        shows: "第一部分的文字：与表格对不上的数有标记，下面写明两处各是多少；标点不在行首，右下是字数",
        window: (90, 20),
        ground: Background::Dark,
        keys: &["s", "Alt+1", "Ctrl+End", "type 全年收到政府信息公开申请86件。", "Left", "Left", "Left"],
    },
    Picture {
        file: "findings.svg",
        shows: "检查页：全部问题按表格顺序列出，每条写明规则、位置、数字和改法",
        window: (100, 21),
        ground: Background::Dark,
        keys: &["s", "Alt+7"],
    },
    Picture {
        file: "import.svg",
        shows: "读入已公开的报告以后：待核对的格一条条列出来，写明原文，选一条就跳到那一格",
        window: (90, 18),
        ground: Background::Dark,
        keys: &["i", "type 报告.txt", "Enter"],
    },
    Picture {
        file: "units.svg",
        shows: "单位一览：未报送的排在最前，哪份有错，新收比上年增减多少",
        window: (100, 18),
        ground: Background::Dark,
        keys: &["d", "type 各单位", "Enter", "Down"],
    },
    Picture {
        file: "shares.svg",
        shows: "汇总的一格：各单位各填多少、占多少，调整和缺报的单位列在后面",
        window: (80, 16),
        ground: Background::Dark,
        keys: &["o", "type 汇总.ron", "Enter", "Alt+3", "Alt+U"],
    },
];

impl Picture {
    /// The picture as it is now, through the real `update` and `draw`.
    fn draw(&self) -> String {
        let (width, height) = self.window;
        let mut editor = Editor::new(Library::new(), Keymap::shipped(), width, height, Some(TODAY));
        // Lines are drawn, and the ground is known.
        for news in [Event::WidthReport { wide: false }, Event::BackgroundReport(self.ground)] {
            dispatch(&mut editor, Msg::Event(news));
        }
        if self.file == "home" {
            dispatch(&mut editor, Msg::Recent(recent_drafts()));
        }
        for &line in self.keys {
            let typed = line.strip_prefix("type ").map(|text| text.chars().map(String::from).collect());
            for key in typed.unwrap_or_else(|| vec![line.to_string()]) {
                let key = key.parse().unwrap_or_else(|error| panic!("{}: {key}: {error}", self.file));
                dispatch(&mut editor, Msg::Event(Event::Key(key)));
            }
        }
        let mut frame = Buffer::empty(Rect::new(0, 0, width, height));
        let cursor =
            nianbao::ui::draw(&editor, &nianbao::ui::Themes::shipped(), &mut frame).unwrap_or_default();
        svg::svg(&frame, cursor, self.shows, self.ground)
    }
}

/// Tells the editor something and answers what the pictures ask for: the sample, a report compiled from
/// the units of `tests/fixtures/各单位`, and these units.
fn dispatch(editor: &mut Editor, msg: Msg) {
    let library = Library::new();
    let tests = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures");
    for effect in update(editor, msg) {
        match effect {
            Effect::OpenSample => open(editor, "示例市水务局-2025.ron", SAMPLE),
            Effect::Import(path) => import(editor, &path),
            Effect::Open(path) => open(editor, &path.display().to_string(), COMPILED),
            Effect::ReadFolder(path) => {
                let real = tests.join(&path);
                let roster = units::find_roster(None, &real).unwrap();
                dispatch(editor, Msg::FolderOpened { path: path.clone(), roster, words: None });
                let mut filed = Vec::new();
                units::scan_folder(&real, &library, TODAY, |one| {
                    let file = path.join(one.file.strip_prefix(&real).unwrap());
                    filed.push(UnitFile { file, saved_at: None, ..one });
                    true
                });
                dispatch(editor, Msg::FolderFiles { filed, ended: true });
            }
            Effect::ReadUnits { path, form, draft } => {
                let now = units::read_units(&tests.join(&path), &form, &draft, &library, true).unwrap();
                dispatch(editor, Msg::UnitsRead(path, Box::new(now)));
            }
            Effect::ReadPreview(path, _) => {
                let sample = store::parse("示例.ron", SAMPLE.as_bytes(), &library).unwrap();
                let mut detail = DraftDetail::of(&sample.form, &sample.draft);
                detail.saved_at = Some(TODAY.at(11, 2, 0, 0));
                let content = PreviewContent::Draft(Box::new(detail));
                dispatch(editor, Msg::PreviewRead(path, content));
            }
            Effect::ListFiles(folder) => {
                let names = [("示例市水务局-2024.ron", 6), ("示例市水务局-2025.ron", 7)];
                let listed = names.map(|(name, kilobytes)| ListedFile {
                    path: folder.join(name),
                    kind: ListedKind::Draft,
                    bytes: kilobytes << 10,
                    saved_at: Some(TODAY.at(11, 2, 0, 0)),
                    summary: None,
                });
                dispatch(editor, Msg::FilesListed(folder, Ok(listed.into())));
            }
            _ => {}
        }
    }
}

/// A draft under way and a finished one.
fn recent_drafts() -> Vec<RecentEntry> {
    let recent = |name: &str, year, filled, (errors, state)| RecentEntry {
        path: name.into(),
        unit: "示例市水务局".into(),
        year: Some(year),
        opened: Some(TODAY.at(11, 2, 0, 0)),
        progress: Some(DraftProgress {
            cells: FilledCells { filled, all: 200 },
            errors,
            warnings: 0,
            due: Some(date(2026, 1, 31)),
            state,
        }),
        fault: None,
    };
    vec![
        recent("示例市水务局-2025.ron", 2025, 200, (2, ReportState::Filling)),
        recent("示例市水务局-2024.ron", 2024, 200, (0, ReportState::Final)),
    ]
}

/// The sample as a copy of it might be published: a row has lost its empty cells.
fn published() -> String {
    let sample = store::parse("示例.ron", SAMPLE.as_bytes(), &Library::new()).unwrap();
    let text = Format::Text.write(&sample.form, &sample.draft).unwrap();
    let text = String::from_utf8(text).unwrap();
    text.replace("1\t0\t0\t0\t1\t0\t2", "1\t1\t2")
}

fn import(editor: &mut Editor, path: &Path) {
    let found = import::import("报告.txt", published().as_bytes(), "2026-01-12", &Library::new()).unwrap();
    let form = found.draft.form(&Library::new()).unwrap();
    let opened = Opened { path: None, form, draft: found.draft, last_year: None, message: String::new() };
    let name = path.with_extension("ron").display().to_string();
    let (read, open, unplaced) = (found.read_count, found.open, found.unplaced);
    dispatch(
        editor,
        Msg::Imported(Box::new(Imported {
            opened,
            name,
            cells_read: read,
            open_cells: open,
            decided_by_sums: Vec::new(),
            unplaced,
        })),
    );
}

fn open(editor: &mut Editor, name: &str, text: &str) {
    let loaded = store::parse(name, text.as_bytes(), &Library::new()).unwrap();
    let path = Some(name.into());
    let opened =
        Opened { path, form: loaded.form, draft: loaded.draft, last_year: None, message: String::new() };
    dispatch(editor, Msg::Opened(Ok(Box::new(opened))));
}

#[test]
fn every_picture_shows_what_the_program_shows() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/pictures");
    let mut stale = Vec::new();
    for picture in &PICTURES {
        let (file, drawn) = (folder.join(picture.file), picture.draw());
        if std::env::var_os("BLESS").is_some() {
            fs::create_dir_all(&folder).unwrap();
            fs::write(&file, drawn).unwrap();
        } else if fs::read_to_string(&file).unwrap_or_default() != drawn {
            stale.push(picture.file);
        }
    }
    assert!(stale.is_empty(), "stale, write them with BLESS=1 cargo test --test pictures: {stale:?}");
}

#[test]
fn the_picture_of_an_import_lists_what_is_open() {
    let import = PICTURES.iter().find(|picture| picture.file == "import.svg").unwrap();
    let drawn = import.draw();
    assert!(drawn.contains("待核对") && !drawn.contains("示例 "), "{drawn}");
    let left = Picture { keys: &["i", "type 报告.txt", "Enter", "Esc"], ..*import }.draw();
    assert!(!left.contains("1/4"), "{left}");
}

#[test]
fn the_picture_of_the_table_explains_a_mistake() {
    let table = PICTURES.iter().find(|picture| picture.file == "table.svg").unwrap();
    let drawn = table.draw();
    assert!(drawn.contains("相差"), "no sentence about the mistake");
    assert!(drawn.contains(svg::RED), "no mark on the cell");
}
