//! The editor killed, or refused, at each system call of a save: the file is the old one or the new
//! one, whole, and the next sitting has all that was typed.
//!
//! `cargo test` takes a sample of the calls. All of them, in some minutes:
//! `NIANBAO_SWEEP=all cargo test --test e2e safety::crash`. Skipped where strace is missing or may not
//! attach to a process.

use std::collections::BTreeMap;
use std::fs;
use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};

use rustix::process::{Pid, Signal, kill_process};

use super::script::Lot;
use super::session::{SAMPLE, TestSession, read};
use crate::pty::Pty;
use crate::skipped::skipped;

/// How many calls of each kind a sample has.
const SAMPLED: usize = 5;

/// Calls about files: those that a full or a broken disk refuses.
const OF_FILES: [&str; 22] = [
    "access",
    "chmod",
    "close",
    "faccessat",
    "faccessat2",
    "fchmod",
    "fchown",
    "fdatasync",
    "flistxattr",
    "flock",
    "fsync",
    "ftruncate",
    "getdents64",
    "lseek",
    "mkdir",
    "newfstatat",
    "openat",
    "readlink",
    "rename",
    "statx",
    "unlink",
    "write",
];

/// A system call by its name, and the how manieth of that name it is from the key that saves.
type Call = (String, usize);

/// strace on the running editor, from its attaching on.
pub struct Trace(Child);

impl Trace {
    /// Attaches, with one option more; none where strace is missing or may not.
    pub fn attach(pty: &Pty, desk: &TestSession, option: Option<&str>) -> Option<Self> {
        let pid = pty.pid().as_raw_nonzero().to_string();
        let mut command = Command::new("strace");
        command.args(["-f", "-p", &pid, "-o"]).arg(desk.home.path().join("trace"));
        command.args(option);
        let mut child = command.stdin(Stdio::null()).stderr(Stdio::piped()).spawn().ok()?;
        // Its first words come once it has attached, or was refused.
        let mut words = String::new();
        let _ = BufReader::new(child.stderr.as_mut()?).read_line(&mut words);
        if words.contains("attached") {
            return Some(Trace(child));
        }
        let _ = child.kill();
        let _ = child.wait();
        None
    }
}

impl Drop for Trace {
    fn drop(&mut self) {
        // It lets the program go on without it.
        let _ = kill_process(Pid::from_child(&self.0), Signal::INT);
        let _ = self.0.wait();
    }
}

/// A desk with something typed that is painted and not saved.
fn typed() -> (TestSession, Pty) {
    let desk = TestSession::new();
    let mut pty = desk.open();
    pty.keys("Alt+3 Ctrl+Home").text("4321").keys("Enter").until_text("4321");
    pty.keys("Alt+6 Ctrl+End").text("最后的话").until_text("最后的话").until_text("*未保存");
    (desk, pty)
}

/// What a save writes, and the calls it makes; none where that cannot be watched.
fn plan() -> Option<(String, Vec<Call>)> {
    let (desk, mut pty) = typed();
    let Some(trace) = Trace::attach(&pty, &desk, None) else {
        skipped("no strace, or it may not attach");
        return None;
    };
    pty.keys("Ctrl+S").until_gone("*未保存");
    drop(trace);
    let mut calls = Vec::new();
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    for line in fs::read_to_string(desk.home.path().join("trace")).expect("the trace").lines() {
        let call = line.split_once(' ').map_or(line, |(_, call)| call).trim_start();
        let Some((name, _)) = call.split_once('(') else { continue };
        if name.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_') {
            let count = counts.entry(name.into()).or_default();
            *count += 1;
            calls.push((name.into(), *count));
        }
    }
    Some((desk.text(), calls))
}

/// All of them where that is asked for, or some by lot.
fn sample(mut calls: Vec<Call>, lot: &mut Lot) -> Vec<Call> {
    if std::env::var("NIANBAO_SWEEP").is_ok_and(|sweep| sweep == "all") {
        return calls;
    }
    let mut some = Vec::new();
    while some.len() < SAMPLED && !calls.is_empty() {
        some.push(calls.swap_remove(lot.below(calls.len())));
    }
    some
}

/// Looks at what is there after the end of the program, and opens the draft again.
#[track_caller]
fn whole(desk: &TestSession, new: &str, what: &str) -> bool {
    let text = desk.text();
    assert!(text == SAMPLE || text == new, "{what}: {text}");
    let offered = desk.recover();
    assert!(offered || text == new, "{what}: nothing was offered");
    assert_eq!(desk.draft(), read(new).1, "{what}: what was typed is not there");
    text == new
}

#[test]
fn a_save_killed_at_any_call_keeps_all_that_was_typed() {
    let mut lot = Lot::new("killed save");
    let Some((new, calls)) = plan() else { return };
    assert!(calls.len() > 30, "{calls:?}");
    let (mut old_seen, mut new_seen, mut missed) = (0, 0, 0);
    for (name, number) in sample(calls, &mut lot) {
        let (desk, mut pty) = typed();
        let trace = Trace::attach(&pty, &desk, Some(&format!("--inject={name}:signal=KILL:when={number}")));
        pty.keys("Ctrl+S")
            .until("the end, or the save", |pty| !pty.screen().contains("*未保存") || pty.is_gone());
        missed += usize::from(!pty.is_gone());
        pty.kill();
        drop(trace);
        let is_new = whole(&desk, &new, &format!("killed at {name} {number}"));
        old_seen += usize::from(!is_new);
        new_seen += usize::from(is_new);
    }
    println!(
        "{old_seen} times the old file, {new_seen} times the new one; {missed} calls did not come again"
    );
}

#[test]
fn a_save_refused_at_any_system_call_is_told_and_loses_nothing() {
    let mut lot = Lot::new("refused save");
    let Some((new, mut calls)) = plan() else { return };
    calls.retain(|(name, _)| OF_FILES.contains(&name.as_str()));
    assert!(calls.len() > 20, "{calls:?}");
    for error in ["ENOSPC", "EIO"] {
        let (mut told, mut saved, mut ended) = (0, 0, 0);
        for (name, number) in sample(calls.clone(), &mut lot) {
            let what = format!("{error} at {name} {number}");
            let (desk, mut pty) = typed();
            let trace =
                Trace::attach(&pty, &desk, Some(&format!("--inject={name}:error={error}:when={number}")));
            pty.keys("Ctrl+S").until(&what, |pty| {
                let screen = pty.screen();
                screen.contains("已保存") || screen.contains("保存失败") || pty.is_gone()
            });
            drop(trace);
            if pty.is_gone() {
                // The terminal itself refused, or the standard library will not live with it (closedir).
                ended += 1;
            } else if pty.screen().contains("保存失败") {
                told += 1;
                pty.keys("Enter").until_gone("保存失败").until_text("最后的话");
            } else {
                saved += 1;
                assert!(
                    desk.text() == new,
                    "{what}: said to be saved, but\n{}\n{}",
                    desk.text(),
                    pty.screen()
                );
            }
            pty.kill();
            whole(&desk, &new, &what);
        }
        println!("{error}: {told} times told, {saved} times saved all the same, {ended} times ended");
    }
}
