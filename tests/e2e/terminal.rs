//! The terminal taken, used and given back, in a real pseudo-terminal.
//!
//! The program under test is this test binary itself: started again with `NIANBAO_STAGE` set, its
//! one ignored test runs the event loop with an application that shows the events it has got.

use crate::pty::Pty;
use crate::skipped::skipped;
use nianbao::app::event_loop::{Application, ExitReason, Request, run_application};
use nianbao::editor::event::Event;
use nianbao::editor::key::Key;
use nianbao::terminal::capabilities::Capabilities;
use ratatui::buffer::Buffer;
use ratatui::layout::Position;
use rustix::process::Signal;
use std::time::Duration;

/// Shows the events it has got and how many frames it has drawn; some keys make a request.
#[derive(Default)]
struct Stage {
    events: Vec<String>,
    frames: usize,
    typed: String,
}

impl Application for Stage {
    fn uses_mouse(&self) -> bool {
        true
    }

    fn update(&mut self, events: Vec<Event>) -> Request {
        let mut request = Request::default();
        for event in events {
            if let Event::Key(key) = event {
                self.typed.extend(key.typed_char());
                let is = |name: &str| name.parse() == Ok::<Key, nianbao::editor::key::KeyError>(key);
                request.quit |= is("Ctrl+Q");
                request.suspend |= is("Ctrl+Z");
                request.pause = is("Ctrl+T").then_some(Duration::from_millis(5)).or(request.pause);
                assert!(!is("Ctrl+X"), "asked to panic");
                if is("Ctrl+B") {
                    let work = std::thread::spawn(|| unreachable!("behind the screen"));
                    assert!(work.join().is_err());
                }
            }
            self.events.push(match event {
                Event::Key(key) => key.to_string(),
                other => format!("{other:?}"),
            });
        }
        request
    }

    fn draw(&mut self, buffer: &mut Buffer) -> Option<Position> {
        self.frames += 1;
        let area = buffer.area;
        let style = ratatui::style::Style::new();
        buffer.set_stringn(0, 0, format!("公开 typed={}", self.typed), area.width.into(), style);
        buffer.set_string(0, 1, format!("frames={}", self.frames), style);
        let rows = usize::from(area.height.saturating_sub(2));
        let skipped = self.events.len().saturating_sub(rows);
        for (y, event) in (2..).zip(self.events.iter().skip(skipped)) {
            buffer.set_stringn(0, y, event, area.width.into(), style);
        }
        Some(Position::new(3, 1))
    }

    fn on_shutdown(&mut self, end: ExitReason) {
        if let Ok(file) = std::env::var("NIANBAO_STAGE") {
            std::fs::write(file, format!("{end:?} {}", self.typed)).expect("a place to write");
        }
    }

    fn panic_message(&self) -> String {
        "您的内容已保存。".into()
    }
}

#[test]
#[ignore = "this is the program that the other tests start"]
fn stage() {
    if std::env::var("NIANBAO_STAGE").is_ok() {
        let capabilities = Capabilities::of(|name| std::env::var(name).ok(), false);
        let end = run_application(capabilities, Stage::default).expect("a terminal");
        println!("ended: {end:?}");
    }
}

/// A file of this test's own, named after it.
fn note() -> std::path::PathBuf {
    let thread = std::thread::current();
    let name = format!("nianbao-{}-{}", std::process::id(), thread.name().unwrap_or_default());
    std::env::temp_dir().join(name)
}

fn start(variables: &[(&str, &str)]) -> (Pty, std::path::PathBuf) {
    let note = note();
    let program = std::env::current_exe().expect("this program");
    let command = Pty::command(program)
        .args(["--exact", "terminal::stage", "--ignored", "--nocapture", "--test-threads=1"])
        .env("RUST_BACKTRACE", "0")
        .env("NIANBAO_STAGE", &note)
        .envs(variables.iter().copied());
    let mut pty = Pty::start(command, 60, 20);
    pty.until_text("frames=1");
    (pty, note)
}

/// What the application wrote on shutdown.
fn parted(note: &std::path::Path) -> String {
    let words = std::fs::read_to_string(note).unwrap_or_default();
    let _ = std::fs::remove_file(note);
    words
}

#[test]
fn keys_arrive_and_the_terminal_is_given_back_as_it_was() {
    let (mut pty, _) = start(&[]);
    assert!(pty.emulated().alternate_screen() && pty.emulated().bracketed_paste());
    assert_eq!(pty.cursor(), Some((3, 1)));
    pty.text("甲1").keys("Shift+Tab F8 Ctrl+PgDn Alt+1 Ctrl+Space").until_text("Ctrl+Space");
    for name in ["typed=甲1", "Shift+Tab", "F8", "Ctrl+PgDn", "Alt+1"] {
        pty.until_text(name);
    }
    pty.keys("Ctrl+Q").until_text("ended: Quit");
    let emulated = pty.emulated();
    assert!(!emulated.alternate_screen() && !emulated.bracketed_paste() && !emulated.hide_cursor());
    assert_eq!(emulated.mouse_protocol_mode(), vt100::MouseProtocolMode::None);
    assert!(pty.end().success());
}

#[test]
fn two_hundred_keys_at_once_are_painted_once() {
    let (mut pty, _) = start(&[]);
    pty.settle().forget_bytes();
    pty.text(&"x".repeat(200)).until("all keys", |pty| pty.screen().contains(&"x".repeat(40)));
    pty.settle();
    assert_eq!(pty.row(1), "frames=2");
    assert_eq!(pty.pieces, 1, "one write");
    pty.keys(&"Down ".repeat(200)).settle();
    assert_eq!(pty.row(1), "frames=3");
}

#[test]
fn an_escape_alone_is_a_key_and_an_idle_program_is_silent() {
    let (mut pty, _) = start(&[]);
    pty.keys("Esc").until_text("Esc").settle().forget_bytes();
    pty.settle();
    assert!(pty.bytes.is_empty());
    pty.keys("Ctrl+T").until_text("Timeout").settle();
    assert_eq!(pty.screen().matches("Timeout").count(), 1);
}

#[test]
fn control_characters_of_a_paste_never_reach_the_terminal() {
    let (mut pty, _) = start(&[]);
    let evil: String =
        ('\u{0}'..='\u{1f}').chain('\u{7f}'..='\u{9f}').chain("\u{202e}\u{200b}\u{2028}".chars()).collect();
    pty.forget_bytes().paste(&evil).until_text("Paste(").settle();
    let sent = String::from_utf8_lossy(&pty.bytes).into_owned();
    assert!(sent.chars().all(|c| !c.is_control() || "\u{1b}\r\n\u{8}".contains(c)), "{sent:?}");
    assert!(!sent.contains(['\u{202e}', '\u{200b}', '\u{2028}']));
}

#[test]
fn the_width_of_ambiguous_characters_is_not_waited_for() {
    let (mut pty, _) = start(&[]);
    assert!(String::from_utf8_lossy(&pty.bytes).contains("\u{1b}[6n"));
    pty.keys("Down").until_text("Down");
    pty.send(b"\x1b[2;3R").until_text("WidthReport { wide: true }");
    let (mut pty, _) = start(&[("TERM", "tmux-256color")]);
    assert!(!String::from_utf8_lossy(&pty.settle().bytes).contains("\u{1b}[6n"));
    pty.until_text("WidthReport { wide: false }");
}

#[test]
fn what_is_answered_before_the_first_frame_is_in_it() {
    let program = std::env::current_exe().expect("this program");
    let line = format!(
        "read go; exec '{}' --exact terminal::stage --ignored --nocapture --test-threads=1",
        program.display()
    );
    let command = Pty::command("sh").args(["-c", &line]).env("NIANBAO_STAGE", note());
    let mut pty = Pty::start(command, 60, 20);
    // What comes after the line is there when the program starts.
    pty.send(b"go\n\x1b[2;2R\x1b[2;54Rx").until_text("CharsetReport { utf8: true }").settle();
    assert_eq!(pty.row(0), "公开 typed=x");
    assert_eq!(pty.row(1), "frames=1");
}

#[test]
fn a_new_size_is_told_and_painted() {
    let (mut pty, _) = start(&[]);
    pty.resize(100, 30).until_text("Resize { columns: 100, rows: 30 }");
    pty.settle();
    assert_eq!(pty.row(0), "公开 typed=");
}

#[test]
fn a_dropped_line_ends_the_program_after_it_parted() {
    let (mut pty, note) = start(&[]);
    pty.text("abc").until_text("typed=abc").hang_up();
    pty.end();
    assert_eq!(parted(&note), "Hangup abc");
}

#[test]
fn a_terminal_that_goes_without_a_signal_ends_the_program_too() {
    // The shell ignores SIGHUP for it and outlives nothing: the read end alone tells.
    let note = note();
    let program = std::env::current_exe().expect("this program");
    let line = format!(
        "trap '' HUP; exec setsid '{}' --exact terminal::stage --ignored --nocapture --test-threads=1",
        program.display()
    );
    let command = Pty::command("sh").args(["-c", &line]).env("NIANBAO_STAGE", &note);
    let mut pty = Pty::start(command, 60, 20);
    pty.until_text("frames=1").hang_up();
    pty.end();
    pty.until("its last words", |_| std::fs::read_to_string(&note).is_ok_and(|words| !words.is_empty()));
    assert_eq!(parted(&note), "Hangup ");
}

#[test]
fn sigterm_ends_the_program_with_the_terminal_given_back() {
    let (mut pty, note) = start(&[]);
    pty.text("abc").until_text("typed=abc").signal(Signal::TERM).until_text("ended: Terminated");
    assert!(!pty.emulated().alternate_screen());
    pty.end();
    assert_eq!(parted(&note), "Terminated abc");
}

#[test]
fn ctrl_c_is_a_key_and_sigint_from_outside_ends_the_program() {
    let (mut pty, note) = start(&[]);
    pty.keys("Ctrl+C").until_text("Ctrl+C").signal(Signal::INT).until_text("ended: Terminated");
    assert!(!pty.emulated().alternate_screen());
    pty.end();
    assert!(parted(&note).starts_with("Terminated"));
}

#[test]
fn a_panic_gives_the_terminal_back_before_its_words() {
    let (mut pty, _) = start(&[]);
    pty.keys("Ctrl+X").until_text("您的内容已保存。");
    assert!(!pty.emulated().alternate_screen() && !pty.emulated().bracketed_paste());
    assert!(pty.screen().contains("asked to panic"));
    assert!(!pty.end().success());
}

#[test]
fn a_panic_behind_the_screen_leaves_the_screen_alone() {
    let (mut pty, _) = start(&[]);
    pty.keys("Ctrl+B").until_text("Ctrl+B").settle();
    assert!(pty.emulated().alternate_screen());
    assert!(!pty.screen().contains("behind the screen"), "{}", pty.screen());
    pty.keys("Ctrl+X").until_text("您的内容已保存。");
    assert!(!pty.end().success());
}

/// A shell with job control, the program in its foreground.
#[test]
fn suspending_gives_the_terminal_back_and_resuming_paints_all() {
    let note = note();
    let program = std::env::current_exe().expect("this program");
    let command = Pty::command("bash")
        .args(["--norc", "--noprofile", "-i"])
        .env("NIANBAO_STAGE", &note)
        .env("PS1", "shell> ");
    let mut pty = Pty::start(command, 60, 20);
    pty.until_text("shell>");
    let line =
        format!("'{}' --exact terminal::stage --ignored --nocapture --test-threads=1\r", program.display());
    pty.text(&line).until_text("frames=1").text("abc").until_text("typed=abc");
    for suspend in ["key", "signal"] {
        if suspend == "key" {
            pty.keys("Ctrl+Z");
        } else {
            let found = std::process::Command::new("pgrep")
                .args(["-P", &pty.pid().as_raw_nonzero().to_string()])
                .output();
            let found = found.ok().and_then(|o| String::from_utf8(o.stdout).ok()).unwrap_or_default();
            let Some(pid) = found.trim().parse().ok().and_then(rustix::process::Pid::from_raw) else {
                skipped("no pgrep");
                break;
            };
            rustix::process::kill_process(pid, Signal::TSTP).expect("it runs");
        }
        pty.until("the shell", |pty| !pty.emulated().alternate_screen() && pty.screen().contains("Stopped"));
        pty.text("clear; fg\r")
            .until("the program", |pty| pty.emulated().alternate_screen())
            .until_text("Resumed");
        pty.until_text("typed=abc");
        assert!(pty.emulated().bracketed_paste());
    }
    pty.keys("Ctrl+Q").until_text("ended: Quit");
}
