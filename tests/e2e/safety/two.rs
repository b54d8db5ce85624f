//! Two clerks with one draft open: whoever saves first, the work of both is in the file, and they are
//! asked only for what both changed.

use std::path::PathBuf;

use super::session::TestSession;
use crate::pty::Pty;

/// The second sitting is told who has the draft, and works on it together with the first.
fn join(desk: &TestSession) -> Pty {
    let mut pty = desk.open();
    pty.until_text("您在另一个窗口已打开").until_text("同时编辑").keys("Right Enter").until_gone("同时编辑");
    pty
}

/// Fills a cell of the first table or of the second, and changes one of two paragraphs.
fn edit(pty: &mut Pty, second: bool) {
    if second {
        pty.keys("Alt+2 Ctrl+Home").text("77").keys("Enter").until_text("77");
        pty.keys("Alt+5 Ctrl+End").text("乙的话").until_text("乙的话");
    } else {
        pty.keys("Alt+3 Ctrl+Home").text("111").keys("Enter").until_text("111");
        pty.keys("Alt+5 Ctrl+Home").text("甲的话").until_text("甲的话");
    }
    pty.until_text("*未保存");
}

fn save(pty: &mut Pty) {
    pty.keys("Ctrl+S").until_gone("*未保存");
}

/// What of the four changes is in the file.
#[track_caller]
fn check(desk: &TestSession, what: &str) {
    let draft = desk.draft();
    let problems = draft.text("problems");
    let cells =
        [draft.get("requests.new.natural").typed(), draft.get("disclosure.regulations.issued").typed()];
    assert_eq!(cells.each_ref().map(|cell| cell.as_ref()), ["111", "77"], "{what}");
    assert!(
        problems.starts_with("甲的话存在") && problems.ends_with("公开目录。乙的话"),
        "{what}: {problems}"
    );
}

#[test]
fn two_clerks_lose_nothing_in_any_order_of_saves() {
    // A and B type, a and b save.
    for order in ["AaBb", "ABab", "ABba", "BAab", "BAba", "BbAa"] {
        let desk = TestSession::new();
        let mut first = desk.open();
        let mut second = join(&desk);
        for act in order.chars() {
            match act {
                'A' => edit(&mut first, false),
                'B' => edit(&mut second, true),
                'a' => save(&mut first),
                _ => save(&mut second),
            }
        }
        check(&desk, order);
        // Whoever saved first saves again: what the other did since is not taken back.
        for pty in [&mut first, &mut second] {
            pty.keys("Alt+6 Ctrl+End").text("又一句").until_text("*未保存");
            save(pty);
            check(&desk, order);
        }
        for pty in [&mut first, &mut second] {
            pty.keys("Ctrl+Q");
            assert!(pty.end().success(), "{order}");
        }
        check(&desk, order);
        assert_eq!(desk.journals(), Vec::<PathBuf>::new(), "{order}");
    }
}

#[test]
fn saves_at_the_very_same_time_do_not_pass_over_each_other() {
    let desk = TestSession::new();
    let mut first = desk.open();
    let mut second = join(&desk);
    first.keys("Alt+3 Ctrl+Home").until_text("本年新收");
    second.keys("Alt+2 Ctrl+Home").until_text("规章");
    for round in 100..112 {
        for pty in [&mut first, &mut second] {
            pty.text(&round.to_string()).keys("Enter Up Ctrl+S");
        }
    }
    for pty in [&mut first, &mut second] {
        pty.until_text("111").until_gone("*未保存").settle();
    }
    save(&mut first);
    save(&mut second);
    let draft = desk.draft();
    for cell in ["requests.new.natural", "disclosure.regulations.issued"] {
        assert_eq!(draft.get(cell).typed(), "111", "{cell}");
    }
}

#[test]
fn what_both_changed_is_saved_as_it_is_chosen() {
    for (choice, kept) in [("Enter", "222"), ("Right Enter", "111")] {
        let desk = TestSession::new();
        let mut first = desk.open();
        let mut second = join(&desk);
        first.keys("Alt+3 Ctrl+Home").text("111").keys("Enter").until_text("111");
        second.keys("Alt+3 Ctrl+Home").text("222").keys("Enter").until_text("222");
        save(&mut first);
        second.keys("Ctrl+S").until_text("两处修改不一致");
        second.until_text("本机修改：222").until_text("对方修改：111");
        assert_eq!(desk.draft().get("requests.new.natural").typed(), "111", "nothing is written unasked");
        second.keys(choice).until_gone("两处修改不一致").until_gone("*未保存");
        assert_eq!(desk.draft().get("requests.new.natural").typed(), kept);
    }
}

#[test]
fn a_journal_of_an_older_file_is_merged_into_it() {
    let desk = TestSession::new();
    let mut first = desk.open();
    edit(&mut first, false);
    first.kill();
    // Somebody without the journal, such as on another machine, saves meanwhile.
    let elsewhere = TestSession::with(desk.text().as_bytes());
    let mut other = elsewhere.open();
    edit(&mut other, true);
    save(&mut other);
    std::fs::copy(&elsewhere.file, &desk.file).expect("the file comes back");
    assert!(desk.recover(), "the journal is offered");
    check(&desk, "merged");
}

#[test]
fn who_only_looks_changes_nothing_and_sees_what_the_other_saved() {
    let desk = TestSession::new();
    let mut first = desk.open();
    let mut second = desk.open();
    second.until_text("只读").keys("Enter").until_gone("同时编辑").until_text("只读方式");
    second.keys("Alt+3 Ctrl+Home").text("9").until_text("如需修改请重新打开");
    edit(&mut first, false);
    save(&mut first);
    second.keys("Ctrl+S").until_text("打开，未保存").keys("Ctrl+Q");
    assert!(second.end().success());
    assert_eq!(desk.draft().get("requests.new.natural").typed(), "111");
}

#[test]
fn a_comment_in_the_file_is_kept_as_a_version() {
    let desk = TestSession::new();
    let mut pty = desk.open();
    edit(&mut pty, false);
    let theirs = format!("{}// 李四：这一格要核实\n", desk.text());
    std::fs::write(&desk.file, &theirs).expect("somebody else writes the file");
    pty.keys("Ctrl+S").until_text("1 处批注");
    assert_eq!(desk.text(), theirs, "nothing is written before the answer");
    pty.keys("Right Enter").until_gone("1 处批注").until_text("*未保存");
    assert_eq!(desk.text(), theirs);
    pty.text("的").until_text("甲的话的");
    save(&mut pty);
    assert!(desk.draft().text("problems").starts_with("甲的话的") && !desk.text().contains("核实"));
    let folder = desk.home.path().join("state/nianbao/backups");
    let versions = nianbao::store::backups::list_backups(&folder, &desk.file);
    let texts: Vec<_> =
        versions.iter().map(|v| std::fs::read_to_string(&v.path).expect("a version")).collect();
    assert!(texts.contains(&theirs), "their version is kept");
    // Opened again with a comment in it: told at once.
    pty.keys("Ctrl+Q").end();
    std::fs::write(&desk.file, &theirs).expect("the file");
    desk.open().until_text("1 处批注");
}
