//! Stories: a folder holds a draft, the keys pressed, the screen and the draft after. They run
//! through the real `update` and `draw`; `BLESS=1 cargo test --test stories` writes what is seen.
//!
//! `keys` begins with the window's size (`80x24`), then one key, `type TEXT` or `paste TEXT` a line;
//! `#` begins a remark. `draft.ron` may be missing (the first screen) or say `sample`.

use std::fs;
use std::path::Path;

use nianbao::editor::key::{Event, Key};
use nianbao::editor::{Editor, Effect, Keymap, Msg, Opened, update};
use nianbao::form::Library;
use nianbao::store;
use ratatui::Terminal;
use ratatui::backend::TestBackend;
use ratatui::buffer::{Buffer, CellWidth};
use ratatui::style::Modifier;

const SAMPLE: &str = include_str!("../assets/sample.ron");

struct Stage {
    editor: Editor,
    saved: Option<String>,
    ended: bool,
}

impl Stage {
    fn new(folder: &Path, width: u16, height: u16) -> Self {
        let library = Library::new();
        let today = jiff::civil::date(2026, 1, 12);
        let editor = Editor::new(library, Keymap::shipped(), width, height, Some(today));
        let mut stage = Stage { editor, saved: None, ended: false };
        if let Ok(text) = fs::read_to_string(folder.join("draft.ron")) {
            let text = if text.trim() == "sample" { SAMPLE.to_string() } else { text };
            stage.open(&text, "草稿.ron");
        }
        stage
    }

    fn open(&mut self, text: &str, name: &str) {
        let loaded = store::parse(name, text.as_bytes(), &Library::new()).unwrap();
        let opened = Opened {
            path: Some(name.into()),
            form: loaded.form,
            draft: loaded.draft,
            last: None,
            words: String::new(),
        };
        self.tell(Msg::Opened(Ok(Box::new(opened))));
    }

    fn tell(&mut self, msg: Msg) {
        for effect in update(&mut self.editor, msg) {
            match effect {
                Effect::Save { path, form, draft, .. } => {
                    self.saved = Some(store::to_ron(&form, &draft));
                    self.tell(Msg::Saved(path, Ok(())));
                }
                Effect::OpenSample => self.open(SAMPLE, "示例.ron"),
                Effect::Open(path) => self.tell(Msg::Missing(path)),
                Effect::Quit => self.ended = true,
                _ => {}
            }
        }
    }

    fn play(&mut self, line: &str) {
        let event = if let Some(text) = line.strip_prefix("paste ") {
            Event::Paste(text.replace("\\n", "\n").replace("\\t", "\t"))
        } else if let Some(text) = line.strip_prefix("type ") {
            for c in text.chars() {
                self.tell(Msg::Event(Event::Key(c.to_string().parse().unwrap_or_else(|_| panic!("{c}")))));
            }
            return;
        } else {
            Event::Key(line.parse::<Key>().unwrap_or_else(|error| panic!("{line}: {error}")))
        };
        self.tell(Msg::Event(event));
    }

    fn screen(&self, width: u16, height: u16) -> String {
        let mut terminal = Terminal::new(TestBackend::new(width, height)).unwrap();
        terminal.draw(|frame| nianbao::ui::draw(&self.editor, frame)).unwrap();
        let cursor = terminal.get_cursor_position().unwrap();
        let mut shown = text(terminal.backend().buffer());
        shown.push_str(&format!("cursor {},{}\n", cursor.x, cursor.y));
        if self.ended {
            shown.push_str("ended\n");
        }
        shown
    }
}

/// The screen as lines; under a line with reversed cells a line of `^` shows them.
fn text(buffer: &Buffer) -> String {
    let mut all = String::new();
    for y in 0..buffer.area.height {
        let (mut line, mut marks) = (String::new(), String::new());
        let mut skip = 0;
        for x in 0..buffer.area.width {
            let cell = &buffer[(x, y)];
            marks.push(if cell.modifier.contains(Modifier::REVERSED) { '^' } else { ' ' });
            if skip > 0 {
                skip -= 1;
                continue;
            }
            line.push_str(cell.symbol());
            skip = cell.cell_width().saturating_sub(1);
        }
        all.push_str(line.trim_end());
        all.push('\n');
        let whole = marks.trim_end().len() == usize::from(buffer.area.width) && !marks.contains(' ');
        if marks.contains('^') && !whole {
            all.push_str(marks.trim_end());
            all.push('\n');
        }
    }
    all
}

fn check(folder: &Path, name: &str, seen: &str, wrong: &mut Vec<String>) {
    let file = folder.join(name);
    if std::env::var_os("BLESS").is_some() {
        fs::write(&file, seen).unwrap();
        return;
    }
    let told = fs::read_to_string(&file).unwrap_or_default();
    if told != seen {
        let story = folder.file_name().unwrap_or_default().to_string_lossy();
        wrong.push(format!("== {story}/{name}\n-- told\n{told}\n-- seen\n{seen}"));
    }
}

#[test]
fn every_story_ends_as_it_is_told() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/stories");
    let mut folders: Vec<_> = fs::read_dir(root).unwrap().map(|entry| entry.unwrap().path()).collect();
    folders.sort();
    let mut wrong = Vec::new();
    for folder in folders.iter().filter(|folder| folder.is_dir()) {
        let keys = fs::read_to_string(folder.join("keys")).unwrap();
        let mut lines = keys.lines().filter(|line| !line.is_empty() && !line.starts_with("# "));
        let size = lines.next().and_then(|size| size.split_once('x')).expect("a size such as 80x24");
        let (width, height) = (size.0.parse().unwrap(), size.1.parse().unwrap());
        let mut stage = Stage::new(folder, width, height);
        for line in lines {
            stage.play(line);
        }
        check(folder, "screen", &stage.screen(width, height), &mut wrong);
        if let Some(draft) = stage.editor.draft() {
            let form = draft.form(&Library::new()).unwrap();
            check(folder, "after.ron", &store::to_ron(&form, draft), &mut wrong);
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    println!("{} stories", folders.len());
}
