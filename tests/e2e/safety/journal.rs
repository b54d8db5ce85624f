//! The journal as the system sees it: written before the frame, on the disk within a second, and
//! quiet when nobody types.

use std::fs;
use std::time::{Duration, Instant};

use super::crash::Trace;
use super::session::TestSession;
use crate::pty::Pty;
use crate::skipped::skipped;

/// How late a record may be on the disk, with what a busy machine adds.
const LATEST: f64 = 1.0 + 0.7;

#[test]
fn a_key_is_journaled_before_it_is_painted_and_soon_flushed() {
    // It measures time and reads what strace has written so far: noise on a busy machine fails it.
    if std::env::var_os("NIANBAO_SWEEP").is_none() {
        skipped("the time to the disk is measured by hand, with NIANBAO_SWEEP=all");
        return;
    }
    let desk = TestSession::new();
    let mut pty = desk.open();
    pty.keys("Alt+6 Ctrl+End").settle();
    let Some(trace) = Trace::attach(&pty, &desk, Some("-ttty")) else {
        skipped("no strace, or it may not attach");
        return;
    };
    // A hand that never pauses, for longer than two seconds.
    let begun = Instant::now();
    let before = count(&pty);
    let mut painted = 0;
    while begun.elapsed() < Duration::from_millis(2300) {
        pty.text("甲");
        painted += 1;
        pty.until("the key", |pty| count(pty) == before + painted);
    }
    // The hand rests: what is left is put on the disk, and then nothing more happens.
    let log = || fs::read_to_string(desk.home.path().join("trace")).expect("the trace");
    let deadline = Instant::now() + Duration::from_secs(20);
    while unsynced(&log()).is_some() && Instant::now() < deadline {
        pty.settle();
    }
    let calls = log().lines().count();
    pty.settle();
    assert!(log().lines().count() <= calls + 1, "an idle editor does nothing:\n{}", log());
    drop(trace);
    let log = log();
    let (mut records, mut frames, mut syncs) = (0, 0, 0);
    let mut oldest: Option<f64> = None;
    for (time, call) in lines(&log) {
        if call.starts_with("write(") && call.contains(".journal>") {
            // The first write is the head of the journal.
            records += 1;
            oldest = oldest.or(Some(time));
        } else if call.starts_with("write(1<") {
            frames += 1;
            assert!(records > frames, "frame {frames} came before its record:\n{log}");
        } else if call.starts_with("fdatasync(") && call.contains(".journal>") {
            syncs += 1;
            let waited = time - oldest.take().expect("there is something to put on the disk");
            assert!(waited <= LATEST, "{waited} s");
        }
    }
    assert!(frames >= painted, "{frames} frames of {painted} keys");
    assert!((3..=5).contains(&syncs), "{syncs} times put on the disk");
}

/// How many characters the narrative has, as the screen says.
fn count(pty: &Pty) -> usize {
    let screen = pty.screen();
    let said = screen.split_once("字数 ").map_or("", |(_, rest)| rest);
    let end = said.find(|c: char| !c.is_ascii_digit()).unwrap_or(said.len());
    said[..end].parse().unwrap_or_default()
}

/// Time and call of each line of the trace.
fn lines(log: &str) -> impl Iterator<Item = (f64, &str)> {
    log.lines().filter_map(|line| {
        let mut parts = line.splitn(3, ' ').filter(|part| !part.is_empty());
        let (_, time, call) = (parts.next()?, parts.next()?, parts.next()?);
        Some((time.parse().ok()?, call))
    })
}

/// The time of the first record that is not on the disk.
fn unsynced(log: &str) -> Option<f64> {
    lines(log).filter(|(_, call)| call.contains(".journal>")).fold(None, |oldest, (time, call)| {
        if call.starts_with("write(") {
            oldest.or(Some(time))
        } else if call.starts_with("fdatasync(") {
            None
        } else {
            oldest
        }
    })
}
