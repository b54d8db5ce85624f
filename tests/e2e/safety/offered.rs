//! What an earlier session left is offered in every situation: the draft open elsewhere, its folder
//! renamed, two journals of one draft.

use std::path::PathBuf;

use super::session::TestSession;
use crate::pty::Pty;

const CELLS: [&str; 2] = ["requests.new.natural", "requests.new.business"];

/// Types a number into one of the first cells of the third table.
fn type_into(pty: &mut Pty, cell: usize, number: &str) {
    pty.keys("Alt+3 Ctrl+Home").keys(&"Right ".repeat(cell)).until_text("本年新收");
    pty.text(number).keys("Enter").until_text(number).until_text("*未保存");
}

fn typed_and_killed(desk: &TestSession) {
    let mut pty = desk.open();
    type_into(&mut pty, 0, "4321");
    pty.kill();
}

#[track_caller]
fn saves(pty: &mut Pty, desk: &TestSession, numbers: [&str; 2]) {
    pty.keys("Ctrl+S").until_gone("*未保存");
    let draft = desk.draft();
    assert_eq!(CELLS.map(|cell| draft.get(cell).typed().into_owned()), numbers, "{}", pty.screen());
}

fn value(desk: &TestSession, cell: usize) -> String {
    desk.draft().get(CELLS[cell]).typed().into_owned()
}

#[test]
fn a_draft_open_elsewhere_is_offered_to_who_works_on_it() {
    let desk = TestSession::new();
    let second = value(&desk, 1);
    typed_and_killed(&desk);
    // Somebody with another home has the draft open, who knows nothing of the journal.
    let elsewhere = desk.command(env!("CARGO_BIN_EXE_nianbao")).arg("draft.ron");
    let mut other = desk.start(elsewhere.env("XDG_STATE_HOME", desk.home.path().join("elsewhere")));
    // Who only looks is not asked, and nothing is lost by it.
    let mut pty = desk.open();
    pty.until_text("您在另一个窗口已打开").keys("Enter").until_gone("您在另一个窗口已打开").settle();
    assert!(!pty.screen().contains("没有正常退出"), "{}", pty.screen());
    pty.keys("Ctrl+Q");
    assert!(pty.end().success());
    assert_eq!(desk.journals().len(), 1);
    // Who works on it is.
    let mut pty = desk.open();
    pty.until_text("同时编辑").keys("Right Enter").until_gone("同时编辑").until_text("没有正常退出");
    pty.keys("Enter").until_text("已恢复");
    saves(&mut pty, &desk, ["4321", &second]);
    pty.keys("Ctrl+Q");
    assert!(pty.end().success());
    other.keys("Ctrl+Q");
    assert!(other.end().success());
    assert_eq!(desk.journals(), Vec::<PathBuf>::new());
}

#[test]
fn after_the_folder_was_renamed_it_is_offered() {
    let mut desk = TestSession::new();
    let second = value(&desk, 1);
    typed_and_killed(&desk);
    let (old, new) = (desk.folder().to_path_buf(), desk.home.path().join("moved"));
    std::fs::rename(&old, &new).expect("another name");
    desk.file = new.join("draft.ron");
    let mut pty = desk.open();
    pty.until_text("没有正常退出").until_text("这份草稿原来在").keys("Enter").until_text("已恢复");
    // Killed again: it goes on under the new name.
    pty.kill();
    let mut pty = desk.open();
    pty.until_text("没有正常退出").keys("Enter").until_text("已恢复");
    saves(&mut pty, &desk, ["4321", &second]);
    pty.keys("Ctrl+Q");
    assert!(pty.end().success());
    assert!(!old.exists(), "nothing is saved where it was");
    assert_eq!(desk.journals(), Vec::<PathBuf>::new());
}

#[test]
fn a_draft_that_was_copied_is_not_taken_for_a_renamed_one() {
    let mut desk = TestSession::new();
    typed_and_killed(&desk);
    let copy = desk.folder().join("copy.ron");
    std::fs::copy(&desk.file, &copy).expect("a copy");
    let original = std::mem::replace(&mut desk.file, copy);
    let mut pty = desk.start(desk.command(env!("CARGO_BIN_EXE_nianbao")).arg("copy.ron"));
    pty.until_text("copy.ron").settle();
    assert!(!pty.screen().contains("没有正常退出"), "{}", pty.screen());
    pty.keys("Ctrl+Q");
    assert!(pty.end().success());
    desk.file = original;
    assert!(desk.recover());
}

/// Two sessions that were killed, the second of which put off what the first had left.
fn two_left(second: (usize, &str)) -> TestSession {
    let desk = TestSession::new();
    typed_and_killed(&desk);
    let mut pty = desk.open();
    pty.until_text("以后再决定").keys("Right Right Enter").until_gone("没有正常退出");
    type_into(&mut pty, second.0, second.1);
    pty.kill();
    assert_eq!(desk.journals().len(), 2);
    desk
}

#[test]
fn of_two_journals_the_newer_is_offered_first() {
    let desk = two_left((1, "8765"));
    let mut pty = desk.open();
    pty.until_text("没有正常退出").until_text("最后改动在").keys("Enter");
    pty.until_text("较早的恢复记录").until_text("保留文件内容").until_text("合并恢复");
    pty.until_text("记录“4321”").until_text("现在“8765”");
    pty.keys("Right Enter").until_gone("合并恢复").until_text("已并入较早的恢复记录");
    saves(&mut pty, &desk, ["4321", "8765"]);
    pty.keys("Ctrl+Q");
    assert!(pty.end().success());
    assert_eq!(desk.journals(), Vec::<PathBuf>::new());
}

#[test]
fn what_is_older_is_never_what_enter_takes() {
    let desk = two_left((0, "8765"));
    let second = value(&desk, 1);
    let mut pty = desk.open();
    pty.until_text("没有正常退出").keys("Enter").until_text("较早的恢复记录");
    pty.keys("Enter").until_gone("较早的恢复记录");
    saves(&mut pty, &desk, ["8765", &second]);
    pty.keys("Ctrl+Q");
    assert!(pty.end().success());
    assert_eq!(desk.journals().len(), 1, "what was not decided about stays");
    // It is offered again, as older than the file; merged, the newer number is the default.
    let mut pty = desk.open();
    pty.until_text("较早的恢复记录").keys("Right Enter").until_text("两处修改不一致").keys("Enter");
    pty.until_gone("两处修改不一致").settle();
    if pty.screen().contains("*未保存") {
        pty.keys("Ctrl+S").until_gone("*未保存");
    }
    assert_eq!(value(&desk, 0), "8765");
    pty.keys("Ctrl+Q");
    assert!(pty.end().success());
    assert_eq!(value(&desk, 0), "8765");
}

#[test]
fn what_is_given_up_does_not_come_back() {
    let desk = TestSession::new();
    typed_and_killed(&desk);
    let before = desk.text();
    let mut pty = desk.open();
    pty.until_text("放弃这些改动").keys("Right Enter").until_gone("没有正常退出").keys("Ctrl+Q");
    assert!(pty.end().success());
    assert_eq!((desk.journals(), desk.text()), (Vec::new(), before));
    assert!(!desk.recover());
}
