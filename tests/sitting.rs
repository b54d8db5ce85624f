//! The editor in a real terminal: from the shell to the screen, from the keys to the file.

mod pty;

use pty::Pty;
use rustix::process::Signal;
use std::path::Path;
use tempfile::TempDir;

/// The editor with a home of its own, on a copy of the sample where a name is given.
fn open(home: &TempDir, draft: Option<&str>) -> Pty {
    let at = |folder: &str| home.path().join(folder);
    let mut command = Pty::command(env!("CARGO_BIN_EXE_nianbao"))
        .current_dir(home.path())
        .env("HOME", home.path())
        .env("XDG_STATE_HOME", at("state"))
        .env("XDG_CONFIG_HOME", at("config"))
        .env("XDG_DATA_HOME", at("data"));
    if let Some(name) = draft {
        let sample = Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/sample.ron");
        std::fs::copy(sample, at(name)).expect("the sample is copied");
        command = command.arg(name);
    }
    let mut pty = Pty::start(command, 100, 30);
    // The terminal says how it draws: nothing is asked twice.
    pty.until_text("年报").send(b"\x1b[2;2R").settle();
    pty
}

fn home() -> TempDir {
    tempfile::tempdir().expect("a folder for the test")
}

#[test]
fn the_first_screen_opens_and_leaves_the_terminal_as_it_was() {
    let home = home();
    let mut pty = open(&home, None);
    assert!(pty.emulated().alternate_screen());
    pty.keys("Ctrl+Q");
    assert!(pty.end().success());
    assert!(!pty.emulated().alternate_screen() && !pty.emulated().hide_cursor());
}

#[test]
fn what_is_typed_is_in_the_file_after_saving() {
    let home = home();
    let mut pty = open(&home, Some("draft.ron"));
    pty.keys("Alt+3").until_text("本年新收");
    pty.text("4321").keys("Enter").until_text("4321");
    pty.keys("Ctrl+S").until_gone("未保存");
    pty.keys("Ctrl+Q");
    assert!(pty.end().success());
    let saved = std::fs::read_to_string(home.path().join("draft.ron")).expect("the draft");
    assert!(saved.contains("4321"), "{saved}");
}

#[test]
fn a_held_arrow_key_is_painted_once_and_an_idle_editor_is_silent() {
    let home = home();
    let mut pty = open(&home, Some("draft.ron"));
    pty.keys("Alt+3").until_text("本年新收").settle();
    pty.forget_bytes().settle();
    assert!(pty.bytes.is_empty(), "{:?}", String::from_utf8_lossy(&pty.bytes));
    pty.forget_bytes().keys(&"Down Up ".repeat(100)).settle();
    assert!(pty.bytes.len() <= 200, "{:?}", String::from_utf8_lossy(&pty.bytes));
}

#[test]
fn a_dropped_line_and_sigterm_end_the_editor() {
    let home = home();
    let mut pty = open(&home, Some("draft.ron"));
    pty.hang_up();
    assert!(!pty.end().success());
    let mut pty = open(&home, Some("other.ron"));
    pty.signal(Signal::TERM);
    assert!(!pty.end().success());
    assert!(!pty.emulated().alternate_screen());
}

#[test]
fn where_there_is_no_full_screen_the_editor_says_so_and_draws_nothing() {
    let command = Pty::command(env!("CARGO_BIN_EXE_nianbao")).env("TERM", "dumb");
    let mut pty = Pty::start(command, 80, 24);
    assert_eq!(pty.end().code(), Some(2));
    assert!(pty.screen().contains("nianbao") && !pty.bytes.contains(&0x1b));
}
