//! The mouse in a real terminal: what it sends, as xterm writes it (SGR), and what the editor does.

use crate::pty::Pty;
use std::path::Path;
use tempfile::TempDir;

fn open(home: &TempDir) -> Pty {
    let at = |folder: &str| home.path().join(folder);
    let sample = Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/sample.ron");
    std::fs::copy(sample, at("draft.ron")).expect("the sample is copied");
    let command = Pty::command(env!("CARGO_BIN_EXE_nianbao"))
        .current_dir(home.path())
        .env("HOME", home.path())
        .env("XDG_STATE_HOME", at("state"))
        .env("XDG_CONFIG_HOME", at("config"))
        .env("XDG_DATA_HOME", at("data"))
        .arg("draft.ron");
    let mut pty = Pty::start(command, 100, 30);
    // The terminal says how it draws: nothing is asked twice.
    pty.until_text("年度").send(b"\x1b[2;2R").settle();
    pty
}

/// What the mouse sends for a button or the wheel at a place counted from 0.
fn report(button: u8, (column, row): (u16, u16), down: bool) -> String {
    format!("\x1b[<{button};{};{}{}", column + 1, row + 1, if down { 'M' } else { 'm' })
}

fn click(pty: &mut Pty, at: (u16, u16)) {
    pty.text(&(report(0, at, true) + &report(0, at, false)));
}

/// Where a text stands on the screen.
#[track_caller]
fn place(pty: &Pty, text: &str) -> (u16, u16) {
    let screen = pty.screen();
    let (row, line) = screen.lines().enumerate().find(|(_, line)| line.contains(text)).expect(text);
    let before = line.split(text).next().unwrap_or_default();
    let column = unicode_width::UnicodeWidthStr::width(before);
    (u16::try_from(column).expect("a column"), u16::try_from(row).expect("a row"))
}

#[test]
fn tabs_cells_and_footer_keys_answer_a_real_mouse() {
    let home = tempfile::tempdir().expect("a folder for the test");
    let mut pty = open(&home);
    let tab = place(&pty, "三 申请公开");
    click(&mut pty, tab);
    pty.until_text("本年新收").settle();
    let cell = place(&pty, "58");
    click(&mut pty, (cell.0, cell.1 + 1));
    pty.until_text("2/25");
    // Two presses that arrive together are a double click: the number is edited in place.
    click(&mut pty, cell);
    click(&mut pty, cell);
    pty.text("9").until_text("589").keys("Esc").until_gone("589");
    let help = place(&pty, "F1 帮助");
    click(&mut pty, help);
    pty.until_text("帮助：按键和符号").keys("Esc").until_gone("帮助：按键和符号");
    pty.keys("Ctrl+Q");
    assert!(pty.end().success());
}

#[test]
fn dragging_selects_and_the_wheel_scrolls_in_a_real_terminal() {
    let home = tempfile::tempdir().expect("a folder for the test");
    let mut pty = open(&home);
    pty.keys("Alt+3").until_text("本年新收").settle();
    let (column, row) = place(&pty, "58");
    let drag = report(0, (column, row), true)
        + &report(32, (column, row + 1), true)
        + &report(32, (column + 9, row + 1), true)
        + &report(0, (column + 9, row + 1), false);
    pty.text(&drag).until_text("选中 2 行，4 格");
    pty.text(&report(65, (column, row), true).repeat(4)).until_gone("一、本年新收");
    pty.text(&report(64, (column, row), true).repeat(9)).until_text("一、本年新收");
    pty.keys("Ctrl+Q");
    assert!(pty.end().success());
}

#[test]
fn the_mouse_stays_off_in_the_next_session() {
    const ON: &str = "\u{1b}[?1002h";
    const OFF: &str = "\u{1b}[?1002l";
    let sent = |pty: &Pty| String::from_utf8_lossy(&pty.bytes).into_owned();
    let home = tempfile::tempdir().expect("a folder for the test");
    let mut pty = open(&home);
    assert!(sent(&pty).contains(ON));
    pty.forget_bytes().keys("Ctrl+P").until_text("全部命令").text("shubiao").until_text("鼠标：");
    pty.keys("Enter").until_text("鼠标已停用").settle();
    assert!(sent(&pty).contains(OFF), "the terminal has the mouse at once");
    pty.keys("Ctrl+Q");
    assert!(pty.end().success());
    let mut pty = open(&home);
    assert!(!sent(&pty).contains(ON), "it is not asked for again");
    pty.keys("Ctrl+P").until_text("全部命令").text("shubiao").until_text("鼠标：");
    pty.keys("Enter").until_text("鼠标已启用").settle();
    assert!(sent(&pty).contains(ON));
    pty.keys("Ctrl+Q");
    assert!(pty.end().success());
}
