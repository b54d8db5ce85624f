//! What an import could not tell, on the screen of the real program: asked again after a save, a
//! reopening and a crash.

use std::path::Path;

use tempfile::TempDir;

use crate::pty::Pty;

/// A page on which the cells are run together.
const PAGE: &str = include_str!("../fixtures/files/run-together.txt");

fn open(home: &Path, draft: Option<&str>) -> Pty {
    let mut command = Pty::command(env!("CARGO_BIN_EXE_nianbao")).current_dir(home).env("HOME", home);
    for variable in ["XDG_STATE_HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME"] {
        command = command.env(variable, home.join(variable));
    }
    if let Some(draft) = draft {
        command = command.arg(draft);
    }
    let mut pty = Pty::start(command, 100, 30);
    pty.until_text("年度").send(b"\x1b[2;2R").settle();
    pty
}

fn home() -> TempDir {
    let home = tempfile::tempdir().expect("a folder for the test");
    std::fs::write(home.path().join("page.txt"), PAGE).expect("the page");
    home
}

/// Imports the page on the screen; the list of what is open is on it then.
fn import(home: &TempDir) -> Pty {
    let mut pty = open(home.path(), None);
    pty.keys("i")
        .until_text("导入已公布的报告")
        .text("page.txt")
        .keys("Enter")
        .until_text("导入时待核对的内容");
    pty
}

/// Goes through what D2c asks for: the list is there, and nothing is filled.
fn is_asked(pty: &mut Pty) {
    pty.keys("Alt+7").until_text("D2c").keys("F9").until_text("导入时待核对的内容");
    pty.until_text("规章").keys("Esc").until_gone("导入时待核对的内容");
}

#[test]
fn unread_cells_are_asked_for_again_after_a_save() {
    let home = home();
    let mut pty = import(&home);
    pty.keys("Esc").until_gone("导入时待核对的内容").keys("Ctrl+S").until_text("另存为").keys("Enter");
    pty.until_text("已保存").keys("Ctrl+Q");
    assert!(pty.end().success());
    let saved = || std::fs::read_to_string(home.path().join("page.ron")).expect("the draft");
    let before = saved();
    assert!(before.contains("  unread: {\n"), "{before}");
    let mut pty = open(home.path(), Some("page.ron"));
    is_asked(&mut pty);
    // The key for zeros, in the row and the table: there is nothing blank.
    pty.keys("Alt+2 F4").until_text("没有空白单元格要填").keys("Ctrl+Q");
    assert!(pty.end().success());
    assert_eq!(saved(), before);
    let mut pty = open(home.path(), Some("page.ron"));
    pty.keys("Alt+7").until_text("D2c").keys("F9").until_text("按数字键选择").keys("1");
    pty.until_text("未保存").keys("Esc").until_gone("导入时待核对的内容");
    pty.keys("Ctrl+S").until_text("已保存").keys("Ctrl+Q");
    assert!(pty.end().success());
    assert_eq!(saved().matches("candidates").count() + 1, before.matches("candidates").count());
    assert!(saved().contains("regulations: (made: 0)"), "{}", saved());
}

#[test]
fn unread_cells_are_asked_for_again_after_a_crash() {
    let home = home();
    let mut pty = import(&home);
    pty.keys("Esc")
        .until_gone("导入时待核对的内容")
        .keys("Alt+2")
        .until_text("规章")
        .text("4321")
        .keys("Enter");
    pty.until_text("4321").settle();
    pty.kill();
    let mut pty = open(home.path(), None);
    pty.until_text("没有正常退出").keys("Enter").until_text("已恢复");
    pty.keys("Alt+2").until_text("4321");
    pty.keys("Alt+7").until_text("D2c").until_text("有 21 格");
    pty.keys("F9").until_text("导入时待核对的内容").keys("Esc").until_gone("导入时待核对的内容");
    pty.keys("Ctrl+Z").until_text("这一格导入时未能确认");
    pty.kill();
}
