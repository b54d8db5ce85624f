//! The program as a process: what it says, and what time and memory it takes.

use std::ffi::OsStr;
use std::io::Read;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Duration;

/// How much of the processor's time the program may take, whatever else the machine does. The test's
/// own build is not made to be fast.
pub const LIMIT: Duration = Duration::from_secs(if cfg!(debug_assertions) { 20 } else { 2 });
/// How much memory it may take at once, in kilobytes.
pub const MEMORY: u64 = 300 << 10;

/// Imports a file, to a draft of its name.
pub fn import(file: &Path) -> (i32, String, Duration, u64) {
    let draft = file.with_extension("ron");
    run(&["import".as_ref(), file.as_ref(), "--force".as_ref(), "-o".as_ref(), draft.as_ref()])
}

/// Checks a draft.
pub fn check(draft: &Path) -> (i32, String, Duration, u64) {
    run(&["check".as_ref(), draft.as_ref()])
}

/// What the program did: its exit code, words, processor time, and most memory in kilobytes, where those are told.
fn run(arguments: &[&OsStr]) -> (i32, String, Duration, u64) {
    let mut child = Command::new(env!("CARGO_BIN_EXE_nianbao"))
        .args(arguments)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let id = child.id();
    let about = |what: &str| std::fs::read_to_string(format!("/proc/{id}/{what}")).unwrap_or_default();
    let (mut most, mut ticks) = (0, 0);
    let code = loop {
        let told = about("status");
        let line = told.lines().find_map(|line| line.strip_prefix("VmHWM:"));
        let size = line.and_then(|line| line.trim().trim_end_matches(" kB").parse().ok());
        most = most.max(size.unwrap_or(0));
        // The 14th and 15th number of the line: hundredths of a second for itself and in the kernel.
        let told = about("stat");
        let times = told.rsplit(')').next().unwrap_or_default().split(' ').skip(12).take(2);
        ticks = ticks.max(times.filter_map(|time| time.parse::<u64>().ok()).sum());
        match child.try_wait().unwrap() {
            Some(status) => break status.code().unwrap(),
            None => std::thread::yield_now(),
        }
    };
    let mut words = String::new();
    child.stderr.take().unwrap().read_to_string(&mut words).unwrap();
    (code, words, Duration::from_millis(ticks * 10), most)
}
