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

#[test]
fn doctor_asks_the_terminal_and_tries_the_keys_that_the_clerk_presses() {
    let home = home();
    let command = Pty::command(env!("CARGO_BIN_EXE_nianbao"))
        .args(["doctor", "--keys"])
        .current_dir(home.path())
        .env("HOME", home.path());
    let mut pty = Pty::start(command, 100, 60);
    pty.until("the questions", |pty| pty.bytes.ends_with(b"\x1b[c"));
    pty.send(b"\x1b[1;5R").send(&b"\x1b[1;3R".repeat(5)).send(b"\x1b[?62;52c");
    pty.until_text("都是 2 格").until_text("终端也按 UTF-8 显示").until_text("也能粘贴");
    pty.until_text("F1（帮助）").keys("F1").until_text("到了");
    pty.until_text("Ctrl+S（保存）").keys("F2").until_text("到的是 F2").keys("Enter").until_text("没有到");
    pty.until_text("Ctrl+Z（撤销）").keys("Ctrl+C").until_text("Ctrl+S 不到，用 Ctrl+P，选“保存”");
    assert_eq!(pty.end().code(), Some(1));
}

#[test]
fn a_terminal_that_shows_no_utf8_is_left_with_words_that_can_be_read_there() {
    let home = home();
    let mut pty = open(&home, None);
    pty.send(b"\x1b[3;7R").until_text("this terminal does not show UTF-8");
    assert_eq!(pty.end().code(), Some(2));
    assert!(pty.screen().contains("nianbao doctor") && !pty.emulated().alternate_screen());
}

#[test]
fn on_the_linux_console_a_line_in_ascii_says_the_way_out() {
    let home = home();
    let command = Pty::command(env!("CARGO_BIN_EXE_nianbao")).env("TERM", "linux").env("HOME", home.path());
    let mut pty = Pty::start(command, 80, 24);
    pty.until_text("Unreadable? Ctrl+Q, then: nianbao doctor").keys("Ctrl+Q");
    assert!(pty.end().success());
}
