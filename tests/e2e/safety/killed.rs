//! Ended in the middle of typing: by a kill, by a dropped line, by SIGTERM. What was painted is there
//! when the draft is opened again.

use nianbao::editor::event::Event;
use rustix::process::Signal;

use super::script::{After, Lot, bytes, keys, play};
use super::session::{SAMPLE, SIZE, TestSession, read};
use crate::pty::Pty;

/// How many keys a script has.
const KEYS: usize = 300;

/// A script, and what there is after each of its keys.
struct Outcome {
    keys: Vec<Event>,
    after: Vec<After>,
}

fn outcome_of(lot: &mut Lot) -> Outcome {
    let keys = keys(lot, KEYS);
    let after = play(SAMPLE, &keys);
    Outcome { keys, after }
}

fn send(pty: &mut Pty, keys: &[Event]) {
    let all: Vec<u8> = keys.iter().flat_map(bytes).collect();
    pty.send(&all);
}

/// Waits until the screen is the one after so many keys.
#[track_caller]
fn until_painted(pty: &mut Pty, told: &Outcome, count: usize) {
    let After { screen, cursor, .. } = &told.after[count];
    let what = format!("the screen after {count} keys, the cursor at {cursor:?}:\n{screen}");
    pty.until(&what, |pty| pty.cursor() == Some(*cursor) && rows(pty) == *screen);
}

fn rows(pty: &Pty) -> String {
    (0..SIZE.1).map(|row| format!("{}\n", pty.row(row).trim_end())).collect()
}

/// Types up to a key, sees that painted, types some more unseen, ends the program with `end`, and
/// looks at what the next sitting gets back.
#[track_caller]
fn ended(told: &Outcome, painted: usize, more: usize, end: impl Fn(&mut Pty)) {
    let desk = TestSession::new();
    let mut pty = desk.open();
    until_painted(&mut pty, told, 0);
    // Most of them in one burst, the last ones as a hand types.
    let burst = painted.saturating_sub(5);
    send(&mut pty, &told.keys[..burst]);
    until_painted(&mut pty, told, burst);
    for count in burst..painted {
        send(&mut pty, &told.keys[count..=count]);
        until_painted(&mut pty, told, count + 1);
    }
    let sent = (painted + more).min(KEYS);
    send(&mut pty, &told.keys[painted..sent]);
    end(&mut pty);
    let gone = rustix::process::test_kill_process(pty.pid());
    assert!(gone.is_err(), "the process is still there");
    let torn = std::fs::read_to_string(&desk.file).expect("the file");
    assert_eq!(torn, SAMPLE, "the file was touched without a save");
    desk.recover();
    let now = desk.draft();
    // A key that changed nothing to be seen may not have been taken when its frame seemed to be there.
    let seen = &told.after[painted];
    let first = (0..=painted).rev().take_while(|&count| told.after[count].looks_like(seen)).last();
    let fits = (first.unwrap_or(painted)..=sent).any(|count| read(&told.after[count].text).1 == now);
    let wanted = &told.after[painted].text;
    assert!(fits, "after {painted} keys:\n{wanted}\nrecovered:\n{}", desk.text());
}

#[test]
fn after_a_kill_at_any_key_all_that_was_painted_is_back() {
    let mut lot = Lot::new("killed");
    let told = outcome_of(&mut lot);
    let points: Vec<_> = (0..30).map(|_| (lot.below(KEYS + 1), lot.below(4))).collect();
    let (one, two) = points.split_at(15);
    let all = |points: &[(usize, usize)]| {
        for &(painted, more) in points {
            ended(&told, painted, more, |pty| {
                pty.kill();
            });
        }
    };
    std::thread::scope(|scope| {
        scope.spawn(|| all(one));
        all(two);
    });
}

#[test]
fn a_dropped_line_and_sigterm_lose_nothing_and_leave_no_process() {
    let mut lot = Lot::new("hung up");
    let told = outcome_of(&mut lot);
    for _ in 0..3 {
        ended(&told, lot.below(KEYS + 1), lot.below(4), |pty| {
            assert!(!pty.hang_up().end().success());
        });
        ended(&told, lot.below(KEYS + 1), lot.below(4), |pty| {
            assert!(!pty.signal(Signal::TERM).end().success());
            assert!(!pty.emulated().alternate_screen());
        });
    }
}

#[test]
fn the_undo_history_is_recovered_to_its_first_step_and_back() {
    let mut lot = Lot::new("undone");
    let told = outcome_of(&mut lot);
    let desk = TestSession::new();
    let mut pty = desk.open();
    send(&mut pty, &told.keys);
    until_painted(&mut pty, &told, KEYS);
    pty.kill();
    let mut pty = desk.open();
    pty.until_text("没有正常退出").keys("Enter").until_text("已恢复上次的改动");
    pty.keys(&"Ctrl+Z ".repeat(KEYS)).until_text("已无可撤销的操作").keys("Ctrl+S").until_text("已保存");
    assert_eq!(desk.draft(), read(SAMPLE).1);
    // Killed once more: what was undone can still be made again.
    pty.kill();
    assert_eq!(desk.draft(), read(SAMPLE).1);
}

#[test]
fn a_report_that_has_a_name_and_was_never_saved_is_recovered() {
    let desk = TestSession::new();
    std::fs::remove_file(&desk.file).expect("no file yet");
    let mut pty = desk.open();
    pty.until_text("找不到文件")
        .keys("Right Enter")
        .until_text("单位名称")
        .text("示例县某局")
        .keys("Enter Enter")
        .until_text("已新建报告");
    pty.keys("Alt+3 Ctrl+Home").text("4321").keys("Enter").until_text("4321");
    pty.kill();
    assert!(!desk.file.exists());
    assert!(desk.recover(), "the journal is offered");
    let draft = desk.draft();
    assert_eq!((draft.unit(), &*draft.get("requests.new.natural").typed()), ("示例县某局", "4321"));
}
