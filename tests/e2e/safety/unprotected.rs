//! Where changes cannot be written down, the title says so as long as it is so.

use super::session::TestSession;

const MARK: &str = "!无恢复记录";

#[test]
fn without_a_journal_the_title_says_so_until_there_is_one() {
    let desk = TestSession::new();
    // Nobody, not even root, makes a folder below a file.
    let state = desk.home.path().join("state");
    std::fs::write(&state, "a file").expect("a file");
    let mut pty = desk.open();
    pty.keys("Alt+3 Ctrl+Home").until_text("本年新收");
    assert!(!pty.screen().contains(MARK), "nothing is typed yet");
    pty.text("4321").keys("Enter").until_text("4321").until_text(MARK);
    for key in ["Down", "Alt+6", "Alt+3", "Ctrl+Z", "Ctrl+Y", "F1", "Esc"] {
        pty.keys(key).settle();
        assert!(key == "F1" || pty.row(0).contains(MARK), "after {key}: {}", pty.screen());
    }
    pty.keys("Ctrl+S").until_gone("*未保存").settle();
    assert!(pty.row(0).contains(MARK), "a save does not make it a journal");
    assert_eq!(desk.draft().get("requests.new.natural").typed(), "4321");
    // The next key writes all of it down once that can be done.
    std::fs::remove_file(&state).expect("the way is free");
    pty.keys("Down Down").text("765").keys("Enter").until_text("765").until_gone(MARK);
    pty.kill();
    assert!(desk.recover());
    assert_eq!(desk.draft().get("requests.new.natural").typed(), "4321");
    assert!(desk.draft().values().any(|(_, value)| value.typed() == "765"));
}

#[test]
fn a_journal_that_cannot_grow_is_told_and_written_anew_in_time() {
    let desk = TestSession::new();
    let mut pty = desk.open();
    pty.keys("Alt+3 Ctrl+Home").until_text("本年新收").text("4321").keys("Enter").until_text("4321");
    // The journal is taken away under the program, folder and all, and a file stands there.
    let folder = desk.home.path().join("state/nianbao/journal");
    let aside = desk.home.path().join("aside");
    std::fs::rename(&folder, &aside).expect("the folder goes");
    std::fs::write(&folder, "a file").expect("a file");
    pty.text("765").keys("Enter").until_text("765").until_text(MARK);
    pty.keys("Down").settle();
    assert!(pty.row(0).contains(MARK), "{}", pty.screen());
    std::fs::remove_file(&folder).expect("the way is free");
    std::fs::rename(&aside, &folder).expect("the folder is back");
    pty.text("98").keys("Enter").until_text("98").until_gone(MARK);
    pty.kill();
    assert!(desk.recover());
    let draft = desk.draft();
    for number in ["4321", "765", "98"] {
        assert!(draft.values().any(|(_, value)| value.typed() == number), "{number}");
    }
}
