//! What killed commands leave beside their output and in the program's own folders is removed by the
//! next one, and nothing else is.

use std::fs;
use std::path::Path;
use std::process::{Command as Program, Output};

use super::session::TestSession;

use crate::skipped::skipped;

/// Runs a command, killed at its so manieth rename; none where strace is missing.
fn run(desk: &TestSession, arguments: &[&str], killed_at: Option<u32>) -> Option<Output> {
    let state = desk.home.path().join("state");
    let inject = killed_at.map(|number| format!("inject=rename:signal=KILL:when={number}"));
    let mut program = match &inject {
        Some(_) => Program::new("strace"),
        None => Program::new(env!("CARGO_BIN_EXE_nianbao")),
    };
    if let Some(inject) = &inject {
        program.args(["-f", "-o", "/dev/null", "-e", inject, env!("CARGO_BIN_EXE_nianbao")]);
    }
    program.args(arguments).current_dir(desk.folder());
    program.env("HOME", desk.home.path()).env("XDG_STATE_HOME", state).output().ok()
}

/// Every file of this program that is not meant to stay, in a folder and below it.
fn left(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    let each = |entry: fs::DirEntry| {
        let name = entry.file_name().to_string_lossy().into_owned();
        if entry.path().is_dir() { left(&entry.path()) } else { vec![name] }
    };
    entries.flat_map(each).filter(|name| name.starts_with(".nianbao-")).collect()
}

#[test]
fn the_next_command_removes_what_a_killed_one_left() {
    let desk = TestSession::new();
    let stranger = ".nianbao-0123456789abcdef-2147483647-0.tmp";
    fs::write(desk.folder().join(stranger), "of another machine").expect("a file");
    fs::write(desk.folder().join("报告.md"), "# 示例市某局2024年政府信息公开工作年度报告").expect("a report");
    fs::create_dir(desk.folder().join("tables")).expect("a folder");
    let commands: [&[&str]; 8] = [
        &["new", "--unit", "甲局", "--year", "2025", "-o", "out.ron", "--force"],
        &["export", "draft.ron", "--to", "html", "-o", "out.html", "--force"],
        &["export", "draft.ron", "--to", "csv", "-o", "tables", "--force"],
        &["import", "报告.md", "-o", "out.ron", "--force"],
        &["carry", "draft.ron", "-o", "out.ron", "--force"],
        &["compile", "draft.ron", "-o", "total.ron", "--force"],
        &["history", "out.ron", "--restore", "1", "-o", "back.ron", "--force"],
        &["new", "--unit", "甲局", "--year", "2025", "-o", "fresh.ron"],
    ];
    let mut seen = 0;
    for line in commands {
        // The first rename may be that of the version that is kept, or of the file that is made.
        for number in [1, 2] {
            let Some(killed) = run(&desk, line, Some(number)) else {
                return skipped("no strace");
            };
            seen += left(desk.home.path()).len() - 1;
            // Killed at the third, or not at all: the same files are written again.
            let output = run(&desk, line, None).expect("the program");
            let said = String::from_utf8_lossy(&output.stderr);
            assert_eq!(left(desk.home.path()), [stranger], "{line:?} {number} {killed:?}: {said}");
        }
    }
    assert!(seen >= commands.len(), "the kills left something: {seen}");
}
