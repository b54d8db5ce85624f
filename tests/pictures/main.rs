//! The pictures of the README, drawn by the program itself: `BLESS=1 cargo test --test pictures`
//! writes them; without it a picture that no longer shows what the program shows is a failure.

mod svg;

use std::fs;
use std::path::Path;

use nianbao::editor::key::Event;
use nianbao::editor::{Editor, Effect, Keymap, Msg, Opened, update};
use nianbao::form::Library;
use nianbao::store;
use ratatui::Terminal;
use ratatui::backend::TestBackend;

const SAMPLE: &str = include_str!("../../assets/sample.ron");

/// One picture: its file, what it shows for those who cannot see it, the window, and what is pressed:
/// a key, or `type TEXT`.
struct Picture {
    file: &'static str,
    shows: &'static str,
    window: (u16, u16),
    keys: &'static [&'static str],
}

const PICTURES: [Picture; 4] = [
    Picture {
        file: "home.svg", shows: "首页：新建报告、打开文件、看示例报告", window: (80, 16), keys: &[]
    },
    Picture {
        file: "table.svg",
        shows: "第三部分的表格：一格填错，光标停在这一格，下面写明哪里对不上、相差多少",
        window: (100, 32),
        keys: &["s", "Alt+3", "F8"],
    },
    Picture {
        file: "narrative.svg",
        shows: "第一部分的文字：与表格对不上的数有标记，下面写明两处各是多少；标点不在行首，右下是字数",
        window: (90, 20),
        keys: &["s", "Alt+1", "Ctrl+End", "type 全年收到政府信息公开申请86件。", "Left", "Left", "Left"],
    },
    Picture {
        file: "findings.svg",
        shows: "检查页：全部问题按表格顺序列出，每条写明规则、位置、数字和改法",
        window: (100, 21),
        keys: &["s", "Alt+7"],
    },
];

impl Picture {
    /// The picture as it is now, through the real `update` and `draw`.
    fn draw(&self) -> String {
        let (width, height) = self.window;
        let today = Some(jiff::civil::date(2026, 1, 12));
        let mut editor = Editor::new(Library::new(), Keymap::shipped(), width, height, today);
        for &line in self.keys {
            let typed = line.strip_prefix("type ").map(|text| text.chars().map(String::from).collect());
            for key in typed.unwrap_or_else(|| vec![line.to_string()]) {
                let key = key.parse().unwrap_or_else(|error| panic!("{}: {key}: {error}", self.file));
                tell(&mut editor, Msg::Event(Event::Key(key)));
            }
        }
        let mut terminal = Terminal::new(TestBackend::new(width, height)).unwrap();
        terminal.draw(|frame| nianbao::ui::draw(&editor, frame)).unwrap();
        let cursor = terminal.get_cursor_position().unwrap();
        svg::svg(terminal.backend().buffer(), cursor, self.shows)
    }
}

/// Tells the editor something and answers the one thing that the pictures ask for.
fn tell(editor: &mut Editor, msg: Msg) {
    for effect in update(editor, msg) {
        if let Effect::OpenSample = effect {
            let loaded = store::parse("示例.ron", SAMPLE.as_bytes(), &Library::new()).unwrap();
            let path = Some("示例市水务局-2025.ron".into());
            let opened =
                Opened { path, form: loaded.form, draft: loaded.draft, last: None, words: String::new() };
            tell(editor, Msg::Opened(Ok(Box::new(opened))));
        }
    }
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
fn the_picture_of_the_table_shows_a_mistake_and_what_is_wrong_there() {
    let table = PICTURES.iter().find(|picture| picture.file == "table.svg").unwrap();
    let drawn = table.draw();
    assert!(drawn.contains("相差"), "no sentence about the mistake");
    assert!(drawn.contains(svg::RED), "no mark on the cell");
}
