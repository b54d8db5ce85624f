//! The program for Windows under wine, where `.ci/windows` has built it: it says where in
//! `NIANBAO_WINDOWS_PROGRAM`.
//!
//! The console of wine draws only what it knows itself. So the screen goes through a pipe to the
//! emulated terminal, while keys take the way through the console that they have on Windows.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use nianbao::form::Library;
use nianbao::store;
use rustix::process::{Pid, Signal, kill_process};
use tempfile::TempDir;

use crate::pty::Pty;
use crate::skipped::skipped;

const SAMPLE: &str = include_str!("../../assets/sample.ron");

/// The program for Windows, or the words that it is not tried.
fn windows_program() -> Option<PathBuf> {
    let program = std::env::var_os("NIANBAO_WINDOWS_PROGRAM").map(PathBuf::from);
    if program.is_none() {
        skipped("the program for Windows (.ci/windows)");
    }
    program
}

/// A folder with the sample, and the user's own folders beside it.
struct Workplace {
    home: TempDir,
    program: PathBuf,
}

impl Workplace {
    fn new(program: &Path) -> Self {
        let home = tempfile::tempdir().expect("a folder for the test");
        fs::write(home.path().join("草稿.ron"), SAMPLE).expect("the sample is written");
        Workplace { home, program: program.into() }
    }

    fn at(&self, name: &str) -> PathBuf {
        self.home.path().join(name)
    }

    fn open(&self, name: &str) -> Pty {
        let command = Pty::command("sh")
            .args(["-c", r#"stty -onlcr; exec wine "$0" "$1" | cat"#])
            .arg(&self.program)
            .arg(name)
            .current_dir(self.home.path())
            .env("NIANBAO_PIPED_SCREEN", "1")
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
    let desk = Workplace::new(&program);
    let mut pty = desk.open("草稿.ron");
    pty.until_text("年度").keys("F8").settle();
    pty.keys("Alt+3").until_text("本年新收").keys("Ctrl+Home").text("77").keys("Enter").until_text("77");
    pty.keys("Alt+6").settle().keys("Ctrl+End").text("窗口里打的汉字𠮷。").until_text("窗口里打的汉字");
    pty.keys("Ctrl+S").until_text("已保存").until_gone("*未保存");
    assert_eq!(desk.cell("草稿.ron", "requests.new.natural"), "77");
    let text = fs::read_to_string(desk.at("草稿.ron")).expect("the draft");
    assert!(text.contains("窗口里打的汉字𠮷。") && !text.contains('\r'), "{text}");

    // Saved again over the same file, then killed with a change that is only in the journal.
    pty.keys("Alt+3").until_text("本年新收").keys("Ctrl+Home").text("78").keys("Enter").until_text("78");
    pty.keys("Ctrl+S").until_text("已保存").until_gone("*未保存");
    pty.keys("Ctrl+Home").text("79").keys("Enter").until_text("79").settle();
    desk.kill(&mut pty);
    assert_eq!(desk.cell("草稿.ron", "requests.new.natural"), "78");
    let mut pty = desk.open("草稿.ron");
    pty.until_text("没有正常退出").keys("Enter").until_text("已恢复上次的改动");
    pty.keys("Ctrl+S").until_gone("*未保存").keys("Ctrl+Q");
    pty.end();
    assert_eq!(desk.cell("草稿.ron", "requests.new.natural"), "79");
    let journals = fs::read_dir(desk.at("state/nianbao/journal")).expect("its folder").count();
    assert_eq!(journals, 0, "nothing is left of a session that was closed");
    assert!(desk.at("config").read_dir().map_or(0, Iterator::count) == 0, "settings are only read");
}

#[test]
fn on_windows_the_second_to_open_a_draft_learns_who_has_it() {
    let Some(program) = windows_program() else { return };
    let desk = Workplace::new(&program);
    let mut first = desk.open("草稿.ron");
    first.until_text("年度").settle();
    let mut second = desk.open("草稿.ron");
    second.until_text("同时编辑").until_text("进程");
    // Both can save: what the other did is merged, not written over.
    second.keys("Right Enter").settle();
    for pty in [&mut second, &mut first] {
        pty.keys("Ctrl+Q");
        pty.end();
    }
}

#[test]
fn every_job_writes_the_same_bytes_on_windows() {
    let Some(program) = windows_program() else { return };
    let jobs: [&[&str]; 14] = [
        &["new", "--unit", "示例县档案局", "--year", "2025", "-o", "新.ron"],
        &["carry", "草稿.ron", "-o", "下年.ron"],
        &["export", "草稿.ron", "--to", "docx", "-o", "a.docx"],
        &["export", "草稿.ron", "--to", "xlsx", "-o", "a.xlsx"],
        &["export", "草稿.ron", "--to", "html", "-o", "a.html"],
        &["export", "草稿.ron", "--to", "md", "-o", "a.md"],
        &["export", "草稿.ron", "--to", "txt", "-o", "a.txt"],
        &["export", "草稿.ron", "--to", "csv", "-o", "a.csv"],
        &["export", "草稿.ron", "--to", "json", "-o", "a.json"],
        &["import", "a.docx", "-o", "读回.ron"],
        &["compile", "各单位", "-o", "汇总/全县.ron"],
        &["check", "草稿.ron", "各单位", "--format", "json"],
        &["diff", "草稿.ron", "读回.ron"],
        &["check", "单位/*.ron"],
    ];
    let run = |is_windows: bool| {
        let desk = Workplace::new(&program);
        let units = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/各单位");
        for folder in ["各单位", "单位", "汇总"] {
            fs::create_dir_all(desk.at(folder)).expect("a folder");
        }
        for entry in fs::read_dir(units).expect("the fixtures").flatten() {
            for folder in ["各单位", "单位"] {
                fs::copy(entry.path(), desk.at(folder).join(entry.file_name())).expect("a copy");
            }
        }
        let mut shown = Vec::new();
        for job in jobs {
            let mut command = match (is_windows, job) {
                (true, _) => Command::new("wine"),
                // The shell expands what the program itself does on Windows.
                (false, [.., last]) if last.contains('*') => Command::new("sh"),
                (false, _) => Command::new(env!("CARGO_BIN_EXE_nianbao")),
            };
            match (is_windows, job) {
                (true, _) => command.arg(&program).args(job),
                (false, [.., last]) if last.contains('*') => {
                    command.args(["-c", &format!("\"$0\" {}", job.join(" ")), env!("CARGO_BIN_EXE_nianbao")])
                }
                (false, _) => command.args(job),
            };
            let output = command
                .current_dir(desk.home.path())
                .env("HOME", desk.home.path())
                .env("XDG_STATE_HOME", desk.at("state"))
                .env("XDG_CONFIG_HOME", desk.at("config"))
                .stdin(Stdio::null())
                .output()
                .expect("it runs");
            let text = String::from_utf8_lossy(&output.stdout).replace('\\', "/");
            shown.push((job, output.status.code(), text));
        }
        (desk, shown)
    };
    let (linux, windows) = (run(false), run(true));
    for (ours, theirs) in linux.1.iter().zip(&windows.1) {
        assert_eq!(ours, theirs);
    }
    for name in [
        "新.ron",
        "下年.ron",
        "a.docx",
        "a.xlsx",
        "a.html",
        "a.md",
        "a.txt",
        "a.csv",
        "a.json",
        "读回.ron",
        "汇总/全县.ron",
    ] {
        let read =
            |desk: &Workplace| fs::read(desk.at(name)).unwrap_or_else(|error| panic!("{name}: {error}"));
        assert!(read(&linux.0) == read(&windows.0), "{name} differs");
    }
}
