//! Drives without locks: no save passes over another one, and no journal is taken from a living session.

use nianbao::draft::Draft;
use rustix::process::{Pid, Signal, kill_process};

use super::session::TestSession;
use crate::pty::Pty;
use crate::skipped::skipped;

/// Saves of each of the two.
const ROUNDS: usize = 8;

/// The editor on the draft of a desk, where every lock is refused with this error.
fn open(desk: &TestSession, error: &str) -> Pty {
    let inject = format!("inject=flock:error={error}");
    let mut command = desk.command("strace").args(["-f", "-o", "/dev/null", "-e", "trace=flock", "-e"]);
    command = command.arg(inject).arg(env!("CARGO_BIN_EXE_nianbao")).arg("draft.ron");
    desk.start(command)
}

/// How many of the numbers from this one on are in the draft.
fn found(draft: &Draft, from: u64) -> usize {
    let values: Vec<_> = draft.values().map(|(_, value)| value.typed().into_owned()).collect();
    (from..from + ROUNDS as u64).filter(|number| values.contains(&number.to_string())).count()
}

/// Whether strace is there and may trace.
fn may_trace() -> bool {
    let strace = std::process::Command::new("strace").args(["-o", "/dev/null", "true"]).status();
    let may = strace.is_ok_and(|status| status.success());
    if !may {
        skipped("no strace, or it may not trace");
    }
    may
}

/// Kills the program that strace has started, and waits for the end of both.
fn kill_traced(pty: &mut Pty) {
    let pid = pty.pid().as_raw_nonzero();
    let children = std::fs::read_to_string(format!("/proc/{pid}/task/{pid}/children")).expect("a list");
    let child = children.trim().parse().ok().and_then(Pid::from_raw).expect("one program");
    kill_process(child, Signal::KILL).expect("the program runs");
    pty.end();
}

#[test]
fn saves_at_the_same_time_without_locks_keep_the_work_of_both() {
    if !may_trace() {
        return;
    }
    for error in ["EBADF", "ENOLCK", "EOPNOTSUPP"] {
        let desk = TestSession::new();
        let mut first = open(&desk, error);
        first.until_text("不支持文件锁").keys("Alt+3 Ctrl+Home").until_text("本年新收");
        // The lock file names the first one all the same.
        let mut second = open(&desk, error);
        second.until_text("您在另一个窗口已打开").keys("Right Enter").until_gone("您在另一个窗口已打开");
        second.keys("Alt+3 Ctrl+Home Right").until_text("本年新收");
        let mut both = [first, second];
        // Each types into cells of its own and saves after every one of them.
        for round in 0..ROUNDS {
            for (pty, from) in both.iter_mut().zip([710_001, 720_001]) {
                pty.text(&(from + round).to_string()).keys("Enter Ctrl+S");
            }
        }
        for (pty, from) in both.iter_mut().zip([710_001, 720_001]) {
            pty.until_text(&(from + ROUNDS - 1).to_string()).until_gone("*未保存").settle();
            assert!(!pty.screen().contains("保存失败"), "{error}: {}", pty.screen());
        }
        // Nothing is saved any more that was not asked for above.
        both[0].until("the work of both in the file", |_| {
            let draft = desk.draft();
            [710_001, 720_001].iter().all(|from| found(&draft, *from) == ROUNDS)
        });
        let left = std::fs::read_dir(desk.folder()).expect("the folder").flatten();
        let left: Vec<_> = left.map(|entry| entry.file_name()).collect();
        assert_eq!(left.len(), 2, "draft and lock: {left:?}");
    }
}

#[test]
fn without_locks_only_an_ended_sessions_journal_is_offered() {
    if !may_trace() {
        return;
    }
    for error in ["ENOLCK", "EOPNOTSUPP"] {
        let desk = TestSession::new();
        let mut first = open(&desk, error);
        first.until_text("不支持文件锁").keys("Alt+3 Ctrl+Home").until_text("本年新收");
        first.text("4321").keys("Enter").until_text("4321");
        let mut second = open(&desk, error);
        second
            .until_text("您在另一个窗口已打开")
            .keys("Right Enter")
            .until_gone("您在另一个窗口已打开")
            .settle();
        assert!(!second.screen().contains("没有正常退出"), "{error}: {}", second.screen());
        second.keys("Ctrl+Q");
        assert!(second.end().success());
        // Neither does looking at it take it away.
        first.text("765").keys("Enter").until_text("765");
        assert_eq!(desk.journals().len(), 1, "{error}");
        kill_traced(&mut first);
        let mut third = open(&desk, error);
        third.until_text("没有正常退出").keys("Enter").until_text("已恢复");
        third.keys("Ctrl+S").until_gone("*未保存");
        let draft = desk.draft();
        for number in ["4321", "765"] {
            assert!(draft.values().any(|(_, value)| value.typed() == number), "{error}: {number}");
        }
        third.keys("Ctrl+Q");
        assert!(third.end().success());
        assert!(desk.journals().is_empty(), "{error}");
    }
}
