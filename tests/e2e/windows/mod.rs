//! The program for Windows under wine, where `.ci/windows` has built it: it says where in
//! `NIANBAO_WINDOWS_PROGRAM`.
//!
//! The console of wine draws only what it knows itself. So the screen goes through a pipe to the
//! emulated terminal, while keys take the way through the console that they have on Windows.

mod jobs;

use std::fs;
use std::path::{Path, PathBuf};

use nianbao::form::Library;
use nianbao::store;
use rustix::process::{Pid, Signal, kill_process};
use tempfile::TempDir;

use crate::pty::Pty;
use crate::skipped::skipped;

const SAMPLE: &str = include_str!("../../../assets/sample.ron");

/// The program for Windows, or the words that it is not tried.
fn windows_program() -> Option<PathBuf> {
    let program = std::env::var_os("NIANBAO_WINDOWS_PROGRAM").map(PathBuf::from);
    if program.is_none() {
        skipped("the program for Windows (.ci/windows)");
    }
    program
}

/// Whose program is tried.
#[derive(Clone, Copy)]
enum System<'a> {
    /// This one.
    Linux,
    /// Windows: its program.
    Windows(&'a Path),
}

/// A folder with the sample, and the user's own folders beside it.
struct Workplace<'a> {
    home: TempDir,
    system: System<'a>,
}

impl<'a> Workplace<'a> {
    fn new(system: System<'a>) -> Self {
        let home = tempfile::tempdir().expect("a folder for the test");
        fs::write(home.path().join("草稿.ron"), SAMPLE).expect("the sample is written");
        Workplace { home, system }
    }

    fn at(&self, name: &str) -> PathBuf {
        self.home.path().join(name)
    }

    /// Opens the editor with a draft.
    fn open(&self, name: &str) -> Pty {
        let command = match self.system {
            System::Linux => Pty::command(env!("CARGO_BIN_EXE_nianbao")),
            System::Windows(program) => Pty::command("sh")
                .args(["-c", r#"stty -onlcr; exec wine "$0" "$1" | cat"#])
                .arg(program)
                .env("NIANBAO_PIPED_SCREEN", "1"),
        };
        let command = command
            .arg(name)
            .current_dir(self.home.path())
            .env("XDG_STATE_HOME", self.at("state"))
            .env("XDG_CONFIG_HOME", self.at("config"));
        Pty::start(command, 100, 30)
    }

    /// Kills the program itself, not the shell that started it.
    fn kill(&self, pty: &mut Pty) {
        let own = self.home.path().as_os_str().as_encoded_bytes();
        let mut killed = 0;
        for entry in fs::read_dir("/proc").expect("/proc").flatten() {
            let Some(pid) = entry.file_name().to_str().and_then(|name| name.parse().ok()) else { continue };
            let read = |name: &str| fs::read(entry.path().join(name)).unwrap_or_default();
            let is_ours = read("environ").windows(own.len()).any(|part| part == own);
            let is_program = read("cmdline").windows(11).any(|part| part == b"nianbao.exe");
            if is_ours && is_program && !read("cmdline").starts_with(b"sh\0") {
                let pid = Pid::from_raw(pid).expect("a process");
                killed += usize::from(kill_process(pid, Signal::KILL).is_ok());
            }
        }
        assert!(killed > 0, "it runs");
        pty.end();
    }

    fn cell(&self, name: &str, cell: &str) -> String {
        let loaded = store::load(&self.at(name), &Library::new()).expect("a draft");
        loaded.draft.get(cell).typed().into_owned()
    }
}

#[test]
fn on_windows_the_editor_edits_saves_and_recovers() {
    let Some(program) = windows_program() else { return };
    let workplace = Workplace::new(System::Windows(&program));
    let mut pty = workplace.open("草稿.ron");
    pty.until_text("年度").keys("F8").settle();
    pty.keys("Alt+3").until_text("本年新收").keys("Ctrl+Home").text("77").keys("Enter").until_text("77");
    pty.keys("Alt+6").settle().keys("Ctrl+End").text("窗口里打的汉字𠮷。").until_text("窗口里打的汉字");
    pty.keys("Ctrl+S").until_text("已保存").until_gone("*未保存");
    assert_eq!(workplace.cell("草稿.ron", "requests.new.natural"), "77");
    let text = fs::read_to_string(workplace.at("草稿.ron")).expect("the draft");
    assert!(text.contains("窗口里打的汉字𠮷。") && !text.contains('\r'), "{text}");

    // Saved again over the same file, then killed with a change that is only in the journal.
    pty.keys("Alt+3").until_text("本年新收").keys("Ctrl+Home").text("78").keys("Enter").until_text("78");
    pty.keys("Ctrl+S").until_text("已保存").until_gone("*未保存");
    pty.keys("Ctrl+Home").text("79").keys("Enter").until_text("79").settle();
    workplace.kill(&mut pty);
    assert_eq!(workplace.cell("草稿.ron", "requests.new.natural"), "78");
    let mut pty = workplace.open("草稿.ron");
    pty.until_text("没有正常退出").keys("Enter").until_text("已恢复上次的改动");
    pty.keys("Ctrl+S").until_gone("*未保存").keys("Ctrl+Q");
    pty.end();
    assert_eq!(workplace.cell("草稿.ron", "requests.new.natural"), "79");
    let journals = fs::read_dir(workplace.at("state/nianbao/journal")).expect("its folder").count();
    assert_eq!(journals, 0, "nothing is left of a session that was closed");
    assert!(!workplace.at("config/nianbao").exists(), "settings are only read");
}

#[test]
fn on_windows_the_second_to_open_a_draft_learns_who_has_it() {
    let Some(program) = windows_program() else { return };
    let workplace = Workplace::new(System::Windows(&program));
    let mut first = workplace.open("草稿.ron");
    first.until_text("年度").settle();
    let mut second = workplace.open("草稿.ron");
    second.until_text("另一个窗口").until_text("同时编辑");
    // Both can save: what the other did is merged, not written over.
    second.keys("Right Enter").settle();
    for pty in [&mut second, &mut first] {
        pty.keys("Ctrl+Q");
        pty.end();
    }
}
