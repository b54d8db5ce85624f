//! Signals end the program, whatever it is doing just then.

use crate::pty::Pty;
use crate::skipped::skipped;
use nianbao::app::event_loop::{Application, ExitReason, Request, run_application};
use nianbao::editor::event::Event;
use nianbao::editor::key::{Key, KeyCode};
use nianbao::terminal::capabilities::Capabilities;
use nianbao::terminal::watchdog::GRACE;
use ratatui::buffer::Buffer;
use ratatui::layout::Position;
use rustix::fs::{FileType, Mode, OFlags};
use rustix::process::Signal;
use std::path::Path;
use std::time::{Duration, Instant};
use tempfile::TempDir;

/// The signals that end the editor, with the exit code of one that was stuck.
const ENDING: [(Signal, i32); 5] =
    [(Signal::TERM, 143), (Signal::HUP, 129), (Signal::QUIT, 131), (Signal::USR1, 138), (Signal::INT, 130)];

fn program(home: &TempDir, arguments: &[&str]) -> Pty {
    let command = Pty::command(env!("CARGO_BIN_EXE_nianbao")).args(arguments);
    let command = command.current_dir(home.path()).env("HOME", home.path());
    Pty::start(command.env_remove("XDG_STATE_HOME").env_remove("XDG_CONFIG_HOME"), 100, 30)
}

/// A home with a copy of the sample in it.
fn home() -> TempDir {
    let home = tempfile::tempdir().expect("a folder for the test");
    let sample = Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/sample.ron");
    std::fs::copy(sample, home.path().join("draft.ron")).expect("the sample is copied");
    home
}

fn pipe(path: &Path) {
    rustix::fs::mknodat(rustix::fs::CWD, path, FileType::Fifo, Mode::RWXU, 0).expect("a named pipe");
}

/// The journals that lie in this home.
fn journals(home: &TempDir) -> usize {
    let folder = home.path().join(".local/state/nianbao/journal");
    std::fs::read_dir(folder).map_or(0, |entries| entries.flatten().count())
}

/// A program that answers no event once a key has come: `o` opens a named pipe that nobody writes
/// into, any other key computes for ever.
struct Stuck;

impl Application for Stuck {
    fn update(&mut self, events: Vec<Event>) -> Request {
        for event in events {
            if let Event::Key(Key { code: KeyCode::Char(letter), .. }) = event {
                let _ = rustix::io::write(rustix::stdio::stdout(), b"now stuck");
                if letter == 'o' {
                    let _ = std::fs::File::open(std::env::var("STUCK").expect("the named pipe"));
                }
                loop {
                    std::hint::spin_loop();
                }
            }
        }
        Request::default()
    }

    fn uses_mouse(&self) -> bool {
        false
    }

    fn draw(&mut self, frame: &mut Buffer) -> Option<Position> {
        frame.set_string(0, 0, "press a key", ratatui::style::Style::default());
        None
    }

    fn on_shutdown(&mut self, _: ExitReason) {}

    fn panic_message(&self) -> String {
        String::new()
    }
}

/// What [`stuck`] starts: does nothing where it is run as a test.
#[test]
fn a_program_that_gets_stuck() {
    if std::env::var_os("STUCK").is_some() {
        let capabilities = Capabilities::of(|name| std::env::var(name).ok(), false);
        let _ = run_application(capabilities, || {
            if std::env::var_os("STUCK_OPENING").is_some() {
                let _ = rustix::io::write(rustix::stdio::stdout(), b"now stuck");
                let _ = std::fs::File::open(std::env::var("STUCK").expect("the named pipe"));
            }
            Stuck
        });
    }
}

/// The program that gets stuck: at a key, or opening its file.
fn start_stuck(home: &TempDir, opening: bool) -> Pty {
    let own = std::env::current_exe().expect("this test");
    let command = Pty::command(own).args(["--exact", "signals::a_program_that_gets_stuck", "--nocapture"]);
    let command = command.envs(opening.then_some(("STUCK_OPENING", "1")));
    Pty::start(command.env("STUCK", home.path().join("pipe")), 80, 24)
}

fn stuck(home: &TempDir, key: &str) -> Pty {
    let mut pty = start_stuck(home, false);
    pty.until_text("press a key").text(key).until_text("now stuck");
    pty
}

#[test]
fn a_stuck_program_ends_and_gives_the_terminal_back() {
    let home = home();
    pipe(&home.path().join("pipe"));
    for ((signal, code), key) in ENDING.into_iter().zip(["o", "c", "o", "c", "o"]) {
        let mut pty = stuck(&home, key);
        assert!(pty.emulated().alternate_screen());
        assert_eq!(pty.signal(signal).end().code(), Some(code));
        assert!(!pty.emulated().alternate_screen(), "{signal:?}");
    }
}

#[test]
fn ctrl_c_ends_a_program_that_is_stuck_opening_its_file() {
    let home = home();
    pipe(&home.path().join("pipe"));
    let mut pty = start_stuck(&home, true);
    pty.until_text("now stuck").keys("Ctrl+C");
    assert_eq!(pty.end().code(), Some(130));
    assert!(!pty.emulated().alternate_screen());
}

#[test]
fn a_second_signal_ends_a_stuck_program_at_once() {
    let home = home();
    pipe(&home.path().join("pipe"));
    let mut pty = stuck(&home, "o");
    let asked = Instant::now();
    pty.signal(Signal::TERM).signal(Signal::HUP);
    assert!(matches!(pty.end().code(), Some(129 | 143)));
    assert!(asked.elapsed() < GRACE, "{:?}", asked.elapsed());
}

#[test]
fn before_a_stopped_terminal_an_editor_ends_with_its_journal() {
    for (signal, _) in ENDING {
        let home = home();
        let mut pty = program(&home, &["draft.ron"]);
        pty.until_text("年度").send(b"\x1b[2;2R").settle();
        pty.keys("Alt+3").until_text("本年新收").text("4321").keys("Enter").until_text("4321").settle();
        // As Ctrl+S does where the terminal listens to it: nothing is taken any more.
        let tty = format!("/proc/{}/fd/1", pty.pid().as_raw_nonzero());
        let tty = rustix::fs::open(tty, OFlags::RDWR | OFlags::NOCTTY, Mode::empty()).expect("its terminal");
        rustix::termios::tcflow(&tty, rustix::termios::Action::OOff).expect("the terminal is stopped");
        pty.keys("Alt+4 Alt+5").signal(signal);
        assert_eq!(pty.end().code(), Some(1), "{signal:?}");
        assert_eq!(journals(&home), 1, "{signal:?}");
        drop(tty);
        let mut pty = program(&home, &["draft.ron"]);
        pty.until_text("上次没有正常退出").keys("Enter").until_text("已恢复");
        pty.keys("Alt+3").until_text("4321");
    }
}

#[test]
fn a_program_that_nobody_reads_ends() {
    let home = home();
    let mut pty = program(&home, &["draft.ron"]);
    pty.until_text("年度").send(b"\x1b[2;2R").settle();
    for _ in 0..200 {
        pty.keys("Alt+3 Alt+8");
    }
    let asked = Instant::now();
    pty.signal(Signal::TERM);
    while !pty.is_gone() {
        assert!(asked.elapsed() < Duration::from_secs(20), "it waits for somebody to read");
        std::thread::yield_now();
    }
}

/// Whether this process, and so every program that it starts, was told to ignore a signal: a shell does that to what
/// it starts in the background.
fn is_ignored(signal: Signal) -> bool {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let mask = status.lines().find_map(|line| line.strip_prefix("SigIgn:"));
    let mask = mask.and_then(|mask| u64::from_str_radix(mask.trim(), 16).ok()).unwrap_or(0);
    mask >> (signal.as_raw() - 1) & 1 == 1
}

#[test]
fn a_program_that_is_starting_ends() {
    for signal in [Signal::TERM, Signal::HUP, Signal::QUIT].into_iter().filter(|it| !is_ignored(*it)) {
        let home = home();
        let keys = home.path().join(".config/nianbao/keys.ron");
        std::fs::create_dir_all(keys.parent().expect("a folder")).expect("the folder of the keys");
        pipe(&keys);
        pipe(&home.path().join("pipe.ron"));
        for arguments in
            [&["draft.ron"][..], &["pipe.ron"], &["doctor"], &["check", "pipe.ron"], &["import", "-"]]
        {
            let mut pty = program(&home, arguments);
            assert!(!pty.signal(signal).end().success(), "{arguments:?}");
        }
    }
}

#[test]
fn doctor_ends_at_once_while_it_waits_for_an_answer() {
    let home = home();
    let mut pty = program(&home, &["doctor"]);
    pty.until("the questions", |pty| pty.bytes.ends_with(b"\x1b[c")).signal(Signal::TERM);
    assert!(!pty.end().success());
    let mut pty = program(&home, &["doctor", "--keys"]);
    pty.until("the questions", |pty| pty.bytes.ends_with(b"\x1b[c")).send(b"\x1b[?62;52c");
    pty.until_text("F1（帮助）").signal(Signal::TERM);
    assert!(!pty.end().success());
}

/// In a container, a session that began outside of it has no number.
#[test]
fn a_session_that_began_outside_the_container_is_no_error() {
    let contained = || {
        let mut command = std::process::Command::new("unshare");
        command.args(["--map-root-user", "--pid", "--fork"]);
        command
    };
    if !contained().arg("true").status().is_ok_and(|status| status.success()) {
        return skipped("this machine makes no container (unshare)");
    }
    let home = home();
    let ran = contained().arg(env!("CARGO_BIN_EXE_nianbao")).arg("doctor").env("HOME", home.path()).output();
    let shown = String::from_utf8(ran.expect("unshare").stdout).expect("text");
    assert!(shown.contains("这里不是终端"), "{shown}");
}

#[test]
fn where_no_shell_waits_suspending_is_not_offered() {
    let home = home();
    let command =
        Pty::command(env!("CARGO_BIN_EXE_nianbao")).current_dir(home.path()).env("HOME", home.path());
    let mut pty = Pty::start(command, 100, 30);
    pty.until_text("打开")
        .send(b"\x1b[2;2R")
        .settle()
        .keys("Ctrl+P")
        .until_text("命令")
        .text("guaqi")
        .settle();
    assert!(!pty.screen().contains("暂时回到命令行"), "{}", pty.screen());
}

#[test]
fn a_suspended_editor_in_the_background_ends() {
    let home = home();
    let command = Pty::command("sh").arg("-i").current_dir(home.path()).env("HOME", home.path());
    let mut pty = Pty::start(command.env("PS1", "$ ").env_remove("ENV"), 100, 30);
    pty.text(&format!("{} draft.ron\r", env!("CARGO_BIN_EXE_nianbao"))).until_text("示例");
    pty.send(b"\x1b[2;2R").settle().keys("Ctrl+P").until_text("命令").text("suspend").settle();
    pty.keys("Enter").until_text("请输入 fg").until_text("Stopped").settle();
    pty.text("kill -TERM %1; kill -CONT %1\r").settle();
    // Until it has ended the shell says that it is stopped.
    pty.text("while wait %1; [ $? = 147 ]; do :; done; echo en''ded\r").until_text("\nended");
    pty.text("exit\r").end();
}
