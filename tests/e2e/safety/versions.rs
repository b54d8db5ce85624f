//! Versions that were saved: brought back on the screen as one step, and kept when the file is gone.

use super::session::{SAMPLE, TestSession, read};

#[test]
fn bringing_back_a_saved_version_can_be_undone() {
    let desk = TestSession::new();
    let mut pty = desk.open();
    for number in ["11", "22", "33"] {
        pty.keys("Alt+3 Ctrl+Home").text(number).keys("Enter").until_text("*未保存");
        pty.keys("Ctrl+S").until_gone("*未保存");
    }
    let now = desk.draft();
    // The version of 11 is the third; the last one is what was there before the first save.
    pty.keys("Ctrl+P").text("lsbb").keys("Enter").until_text("历史版本").keys("Down Down");
    pty.until_text("33 → 11").keys("Enter").until_text("已恢复").keys("Ctrl+S").until_gone("*未保存");
    assert_eq!(&*desk.draft().get("requests.new.natural").typed(), "11");
    pty.keys("Ctrl+Z").until_text("*未保存").keys("Ctrl+S").until_gone("*未保存");
    assert_eq!(desk.draft(), now);
    pty.keys("Ctrl+P").text("lsbb").keys("Enter").until_text("历史版本").keys("End").until_text("33 → 58");
    pty.keys("Enter").until_text("已恢复").keys("Ctrl+S").until_gone("*未保存");
    assert_eq!(desk.draft(), read(SAMPLE).1);
    pty.keys("Ctrl+Q");
    assert!(pty.end().success());
}
