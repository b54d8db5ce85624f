//! What one draft costs beside the check: reading its text, writing it, saving the file, and drawing
//! it, in a small window and in a large one.
//!
//! `cargo bench --bench draft`
#![allow(clippy::unwrap_used, reason = "a measurement stops where it cannot go on")]

mod report;

use nianbao::editor::event::Event;
use nianbao::editor::key::Key;
use nianbao::editor::{Editor, Keymap, Msg, Opened, update};
use nianbao::form::Library;
use nianbao::store::{self, atomic::Expected};
use nianbao::terminal::glyph::AmbiguousWidth;
use nianbao::terminal::screen::Screen;
use nianbao::terminal::sgr::Colours;
use nianbao::ui;
use ratatui::layout::Size;
use report::sample;

fn main() {
    divan::main();
}

#[divan::bench]
fn keys_as_shipped(bencher: divan::Bencher) {
    bencher.bench(Keymap::shipped);
}

#[divan::bench]
fn form_as_shipped(bencher: divan::Bencher) {
    bencher.bench(|| Library::new().get("2021"));
}

#[divan::bench]
fn parse(bencher: divan::Bencher) {
    let (form, draft, _) = sample();
    let (text, library) = (store::to_ron(&form, &draft), Library::new());
    bencher.bench(|| store::parse("2025.ron", divan::black_box(text.as_bytes()), &library));
}

#[divan::bench]
fn write(bencher: divan::Bencher) {
    let (form, draft, _) = sample();
    bencher.bench(|| store::to_ron(&form, divan::black_box(&draft)));
}

/// Beside the old file, flushed, renamed: most of it is the disk.
#[divan::bench]
fn save(bencher: divan::Bencher) {
    let (form, draft, _) = sample();
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("2025.ron");
    bencher.bench(|| store::save_expected(&path, &form, &draft, Expected::Anything));
}

/// A move in the table: update, draw, and the bytes that change the screen.
#[divan::bench(args = [(80, 24), (100, 30), (200, 60)])]
fn a_move_and_its_frame(bencher: divan::Bencher, (columns, rows): (u16, u16)) {
    let mut editor = opened(columns, rows);
    let mut screen = Screen::new(Size::new(columns, rows), Colours::Sixteen, AmbiguousWidth::Narrow, true);
    let themes = ui::Themes::shipped();
    press(&mut editor, "Alt+3");
    let mut down = false;
    bencher.bench_local(|| {
        down = !down;
        press(&mut editor, if down { "Down" } else { "Up" });
        screen.paint(|frame| ui::draw(&editor, &themes, frame))
    });
}

/// A move in a narrative: the passage at the caret is shown as it was read.
#[divan::bench]
fn a_move_in_a_narrative_and_its_frame(bencher: divan::Bencher) {
    in_a_narrative(bencher, ["Left", "Right"]);
}

/// A character of a narrative, typed and taken back: all is checked, all figures are read again.
#[divan::bench]
fn a_character_of_a_narrative_and_its_frame(bencher: divan::Bencher) {
    in_a_narrative(bencher, ["字", "Backspace"]);
}

fn in_a_narrative(bencher: divan::Bencher, keys: [&str; 2]) {
    let mut editor = opened(100, 30);
    let mut screen = Screen::new(Size::new(100, 30), Colours::Sixteen, AmbiguousWidth::Narrow, true);
    let themes = ui::Themes::shipped();
    press(&mut editor, "Alt+1");
    press(&mut editor, "Ctrl+End");
    let mut turn = 0;
    bencher.bench_local(|| {
        press(&mut editor, keys[turn % 2]);
        turn += 1;
        screen.paint(|frame| ui::draw(&editor, &themes, frame))
    });
}

fn opened(columns: u16, rows: u16) -> Editor {
    let (form, draft, last) = sample();
    let today = jiff::civil::date(2026, 1, 12);
    let mut editor = Editor::new(Library::new(), Keymap::shipped(), columns, rows, Some(today));
    let last = Some((form.clone(), last));
    let opened =
        Opened { path: Some("2025.ron".into()), form, draft, last_year: last, message: String::new() };
    update(&mut editor, Msg::Opened(Ok(Box::new(opened))));
    editor
}

fn press(editor: &mut Editor, key: &str) {
    let key: Key = key.parse().expect("a key");
    update(editor, Msg::Event(Event::Key(key)));
}
