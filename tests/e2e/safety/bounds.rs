//! Files beyond all measure: refused in a sentence, with the time and the memory of the real process
//! measured from outside. The goal is one second and 200 MB; a debug build on a busy machine is
//! given more time, and what it took is printed.

use std::fs::{self, File};
use std::path::Path;
use std::time::{Duration, Instant};

use super::session::{SAMPLE, TestSession};
use crate::pty::Pty;

/// The most memory that a refusal may take, in kilobytes.
const MEMORY: u64 = 200 * 1024;
/// When something is wrong for certain, whatever the build and the machine.
const TIME: Duration = Duration::from_secs(20);

/// A hostile draft by its name, and a word of the refusal.
fn drafts(folder: &Path) -> Vec<(&'static str, &'static str)> {
    let put = |name: &str, text: String| fs::write(folder.join(name), text).expect("a hostile draft");
    File::create(folder.join("large.ron")).and_then(|file| file.set_len(100 << 20)).expect("100 MB");
    put("text.ron", "一".repeat((100 << 20) / 3));
    put("deep.ron", "(".repeat(100_000));
    put("lists.ron", SAMPLE.replace("problems: [", &format!("problems: {}", "[".repeat(100_000))));
    put("values.ron", SAMPLE.replace("year: 2025", &format!("year: {}", "Some(".repeat(100_000))));
    put("digits.ron", SAMPLE.replace("natural: 58", &format!("natural: {}", "9".repeat(10_000))));
    put("long-year.ron", SAMPLE.replace("year: 2025", &format!("year: {}", "9".repeat(10_000))));
    put("year-0.ron", SAMPLE.replace("year: 2025", "year: 0"));
    put("year-99999.ron", SAMPLE.replace("year: 2025", "year: 99999"));
    vec![
        ("large.ron", "64 MB"),
        ("text.ron", "64 MB"),
        ("deep.ron", "deep.ron:1:"),
        ("lists.ron", "lists.ron:"),
        ("values.ron", "values.ron:"),
        ("digits.ron", "digits.ron:"),
        ("long-year.ron", "报告年度"),
        ("year-0.ron", "1949"),
        ("year-99999.ron", "99999"),
    ]
}

/// Reports that somebody else published, by their names.
fn reports(folder: &Path) -> Vec<&'static str> {
    let put = |name: &str, text: String| fs::write(folder.join(name), text).expect("a hostile report");
    File::create(folder.join("large.html")).and_then(|file| file.set_len(100 << 20)).expect("100 MB");
    put("deep.json", "[".repeat(100_000));
    put("fields.json", format!("{{\"fields\": {}", "{\"a\":".repeat(100_000)));
    put("digits.json", format!("{{\"version\": {}}}", "9".repeat(10_000)));
    put("year.json", "{\"version\": 1, \"year\": 99999}".into());
    vec!["large.html", "deep.json", "fields.json", "digits.json", "year.json"]
}

/// The most memory that a process has held so far, in kilobytes.
fn peak(pty: &Pty) -> u64 {
    let path = format!("/proc/{}/status", pty.pid().as_raw_nonzero());
    let status = fs::read_to_string(path).expect("the process runs");
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).expect("a peak");
    line.trim().trim_end_matches(" kB").parse().expect("kilobytes")
}

#[test]
fn the_editor_refuses_drafts_beyond_all_measure_and_stays_small() {
    let desk = TestSession::new();
    for (name, words) in drafts(desk.folder()) {
        let begin = Instant::now();
        let mut pty = desk.start(desk.command(env!("CARGO_BIN_EXE_nianbao")).arg(name));
        pty.until_text("无法打开").until_text(words);
        let (took, peak) = (begin.elapsed(), peak(&pty));
        println!("{name}: {} ms, {} MB", took.as_millis(), peak / 1024);
        assert!(took < TIME && peak < MEMORY, "{name}: {took:?}, {peak} kB");
        pty.keys("Enter Ctrl+Q").end();
    }
}

#[test]
fn commands_refuse_huge_files_with_little_memory() {
    let desk = TestSession::new();
    let drafts = drafts(desk.folder()).into_iter().map(|(name, _)| ["check", name]);
    let reports = reports(desk.folder()).into_iter().map(|name| ["import", name]);
    for [command, name] in drafts.chain(reports) {
        let begin = Instant::now();
        // The system itself refuses more memory than that: all that is mapped is counted.
        let line = format!("ulimit -v {MEMORY}; exec \"$0\" {command} {name}");
        let output = std::process::Command::new("sh")
            .args(["-c", &line, env!("CARGO_BIN_EXE_nianbao")])
            .current_dir(desk.folder())
            .env("HOME", desk.home.path())
            .output()
            .expect("a shell");
        let took = begin.elapsed();
        let said = [output.stdout, output.stderr].concat();
        let said = String::from_utf8(said).expect("words in UTF-8");
        println!("{command} {name}: {} ms: {}", took.as_millis(), said.lines().next().unwrap_or_default());
        assert_eq!(output.status.code(), Some(2), "{command} {name}: {said}");
        assert!(took < TIME, "{command} {name}: {took:?}");
        assert!(said.contains(name) && said.chars().count() < 600, "{command} {name}: {said}");
    }
}
