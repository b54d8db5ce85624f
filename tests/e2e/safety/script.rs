//! Three hundred keys drawn by lot, and what the draft and the screen are after each of them: the
//! same `update` and `draw` as the program's, without terminal, files or time.

use nianbao::editor::event::Event;
use nianbao::editor::key::Key;
use nianbao::editor::{Editor, Keymap, Msg, Opened, update};
use nianbao::form::Library;
use ratatui::buffer::{Buffer, CellWidth};
use ratatui::layout::Rect;

use super::session::{SIZE, read};
use crate::pty::typed;

/// Numbers drawn by lot from a seed (SplitMix64).
pub struct Lot(u64);

impl Lot {
    /// The same numbers in every run, so that a change is judged and not the lot; `NIANBAO_SEED`
    /// gives others. Printed, to be able to come back.
    pub fn new(test: &str) -> Self {
        let seed = std::env::var("NIANBAO_SEED").ok().and_then(|seed| seed.parse().ok()).unwrap_or(7);
        println!("{test}: NIANBAO_SEED={seed}");
        Lot(seed)
    }

    /// A number below this.
    pub fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        usize::try_from((z ^ (z >> 31)) % end as u64).expect("a small number")
    }

    fn of<'a>(&mut self, list: &[&'a str]) -> &'a str {
        list[self.below(list.len())]
    }
}

/// What a clerk does, a few keys each; `^` begins the name of a key.
const HABITS: [&str; 34] = [
    "^Alt+3 ^Down ^Down 4 2 ^Enter",
    "^Alt+3 ^Ctrl+Home 1 0 ^Tab 7 ^Tab 3 ^Enter",
    "^Alt+4 ^Right 5 ^Esc ^Right 6 ^Down",
    "^Alt+2 ^Ctrl+Home ^Down ^Right 9 9 ^Backspace ^Enter",
    "^Alt+0 ^Ctrl+Home ^F2 甲 乙 ^Left 丙 ^Enter",
    "^Alt+1 ^Ctrl+End 新 增 一 句 。",
    "^Alt+5 ^Ctrl+Home ^Right ^Right 问 题 ^Backspace ^Enter 二 是",
    "^Alt+6 ^Ctrl+End ， 另 有 3 件 ^Shift+Left ^Shift+Left ^Delete",
    "^Alt+6 ^Ctrl+End ^Enter 第 二 段 ， 第 三 段",
    "^Alt+1 ^Ctrl+Home ^Shift+Right ^Shift+Right ^Shift+Right ^Ctrl+X ^Ctrl+End ^Ctrl+V",
    "^Ctrl+Z",
    "^Ctrl+Z",
    "^Ctrl+Z ^Ctrl+Z ^Ctrl+Y",
    "^Ctrl+Z ^Ctrl+Z ^Ctrl+Z ^Ctrl+Y ^Ctrl+Y",
    "^Ctrl+Y",
    "^F6",
    "^F5",
    "^Alt+7 ^Down ^Enter",
    "^F8",
    "^F8 ^F9",
    "^F7",
    "^Alt+3 ^Delete",
    "^Alt+4 ^Delete ^F4",
    "^Alt+3 ^Right ^Delete ^Down ^Delete ^F4 ^F4",
    "^Alt+3 ^Shift+Down ^Shift+Right ^Ctrl+C ^Down ^Down ^Ctrl+V",
    "^Alt+3 ^Shift+Down ^Shift+Right ^Ctrl+X",
    "^Alt+4 ^F2 ^Home 1 ^Delete ^Right 2 ^Up",
    "^Alt+=",
    "^Alt+2 ^Down 减 4 ^Enter",
    "^Alt+2 ^Ctrl+End 1 2 . 5 万 元 ^Enter",
    "^F10 ^Esc",
    "^Alt+3 8 8",
    "^F3",
    "^Alt+5 ^Ctrl+End 完",
];

/// The events of a script of this many keys, beginning with this seed.
pub fn keys(lot: &mut Lot, count: usize) -> Vec<Event> {
    let mut keys = Vec::new();
    while keys.len() < count {
        for word in lot.of(&HABITS).split(' ') {
            match word.strip_prefix('^') {
                Some(name) => keys.push(key(name)),
                None => keys.extend(word.chars().map(|c| key(&c.to_string()))),
            }
        }
        if lot.below(12) == 0 {
            keys.push(Event::Paste(lot.of(&["粘贴的一句", "17", "5\t6\n7\t8", "一段\n又一段"]).into()));
        }
    }
    keys.truncate(count);
    keys
}

fn key(name: &str) -> Event {
    Event::Key(name.parse::<Key>().unwrap_or_else(|error| panic!("{name}: {error}")))
}

/// What a terminal sends for an event. Esc is named by its number: followed by another key at once
/// it would be the same bytes as that key with Alt.
pub fn bytes(event: &Event) -> Vec<u8> {
    match event {
        Event::Key(key) if *key == "Esc".parse().expect("a key") => b"\x1b[27u".to_vec(),
        Event::Key(key) => typed(*key),
        Event::Paste(text) => format!("\x1b[200~{text}\x1b[201~").into_bytes(),
        other => panic!("no terminal sends {other:?}"),
    }
}

/// The draft's text and the screen after some keys.
#[derive(Clone, PartialEq, Eq)]
pub struct After {
    /// The draft as its file would be.
    pub text: String,
    /// The screen's rows.
    pub screen: String,
    /// Where the cursor is, column and row.
    pub cursor: (u16, u16),
}

impl After {
    /// Whether somebody who looks at the screen cannot tell this from the other.
    pub fn looks_like(&self, other: &After) -> bool {
        (&self.screen, self.cursor) == (&other.screen, other.cursor)
    }
}

/// What there is before the first key and after each.
pub fn play(draft: &str, keys: &[Event]) -> Vec<After> {
    let (form, draft) = read(draft);
    let today = jiff::ZonedDateTime::now().date();
    let mut editor = Editor::new(Library::new(), Keymap::shipped(), SIZE.0, SIZE.1, Some(today));
    let words = String::new();
    let opened = Opened { path: Some("draft.ron".into()), form, draft, last_year: None, message: words };
    update(&mut editor, Msg::Opened(Ok(Box::new(opened))));
    // What the terminal of the tests answers.
    update(&mut editor, Msg::Event(Event::WidthReport { wide: false }));
    let mut all = vec![after(&editor)];
    for key in keys {
        update(&mut editor, Msg::Event(key.clone()));
        all.push(after(&editor));
    }
    all
}

fn after(editor: &Editor) -> After {
    let draft = editor.draft().expect("a draft is open");
    let form = draft.form(&Library::new()).expect("its form");
    let mut buffer = Buffer::empty(Rect::new(0, 0, SIZE.0, SIZE.1));
    let cursor = nianbao::ui::draw(editor, &nianbao::ui::Themes::shipped(), &mut buffer).unwrap_or_default();
    let mut screen = String::new();
    for y in 0..SIZE.1 {
        let (mut row, mut x) = (String::new(), 0);
        while x < SIZE.0 {
            let cell = &buffer[(x, y)];
            row.push_str(cell.symbol());
            x += cell.cell_width().max(1);
        }
        screen.push_str(row.trim_end());
        screen.push('\n');
    }
    After { text: nianbao::store::to_ron(&form, draft), screen, cursor: (cursor.x, cursor.y) }
}
