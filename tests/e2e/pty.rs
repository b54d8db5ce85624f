//! A program in a real pseudo-terminal, with a hand that types and eyes that read the screen.
//!
//! Nothing here sleeps: every wait is for bytes, for an end, or for a generous deadline. The
//! emulated terminal answers nothing that the test does not type.
#![allow(dead_code)]

use nianbao::editor::key::{Key, KeyCode};
use pty_process::blocking::{Command, Pty as Master, open};
use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::process::{Pid, Signal, kill_process};
use std::io::{Read, Write};
use std::num::NonZeroU16;
use std::process::{Child, ExitStatus};
use std::time::{Duration, Instant};

/// How long anything may take before the test fails.
const PATIENCE: Duration = Duration::from_secs(30);
/// How often the end of a program without a terminal is looked for.
const TICK: Duration = Duration::from_millis(2);
/// A program that has sent nothing for so long has settled.
const QUIET: Duration = Duration::from_millis(120);

/// A program, its terminal, and all that it has sent.
pub struct Pty {
    master: Option<Master>,
    child: Child,
    terminal: vt100::Parser,
    /// Every byte that the program has sent since [`Pty::forget_bytes`].
    pub bytes: Vec<u8>,
    /// How many reads these bytes took: at least as many as the program's writes could be told apart.
    pub pieces: usize,
}

/// What came after something was sent.
#[derive(Clone, Copy, Debug)]
pub struct Answer {
    /// When the last byte came, counted from the call; nothing where none came.
    pub last: Duration,
    /// How many bytes came.
    pub bytes: usize,
    /// How many reads they took.
    pub pieces: usize,
}

fn size(columns: u16, rows: u16) -> (NonZeroU16, NonZeroU16) {
    (NonZeroU16::new(rows).expect("rows"), NonZeroU16::new(columns).expect("columns"))
}

impl Pty {
    /// Starts the command in a terminal of this size. It has `TERM=xterm-256color` and a UTF-8
    /// locale unless the command says otherwise.
    pub fn start(command: Command, columns: u16, rows: u16) -> Self {
        let (master, slave) = open().expect("a pseudo-terminal");
        let (high, wide) = size(columns, rows);
        let terminal = vt100::Parser::new(high, wide, 0);
        master.resize(pty_process::Size::new(rows, columns)).expect("a size");
        let child = command.spawn(slave).expect("the program starts");
        Self { master: Some(master), child, terminal, bytes: Vec::new(), pieces: 0 }
    }

    /// A command with the surroundings that every test wants.
    pub fn command(program: impl AsRef<std::ffi::OsStr>) -> Command {
        let unset = ["NO_COLOR", "COLORTERM", "TERM_PROGRAM", "NIANBAO_ASCII", "NIANBAO_AMBIGUOUS", "TMUX"];
        let command = Command::new(program).env("TERM", "xterm-256color").env("LC_ALL", "C.UTF-8");
        unset.into_iter().fold(command, |command, name| command.env_remove(name))
    }

    /// Takes in what the program sends within this time; false when nothing came, or it is gone.
    fn take_in(&mut self, time: Duration) -> bool {
        let Some(master) = &mut self.master else {
            let time = Timespec::try_from(time.min(TICK)).expect("a time");
            let _ = poll(&mut [], Some(&time));
            return false;
        };
        let mut ready = [PollFd::new(&*master, PollFlags::IN)];
        let time = Timespec::try_from(time).expect("a time");
        if !matches!(poll(&mut ready, Some(&time)), Ok(1..)) {
            return false;
        }
        let mut bytes = [0; 65536];
        match master.read(&mut bytes) {
            Ok(read @ 1..) => {
                let bytes = bytes.get(..read).unwrap_or_default();
                self.terminal.process(bytes);
                self.bytes.extend_from_slice(bytes);
                self.pieces += 1;
                true
            }
            _ => false,
        }
    }

    /// Waits until the screen is as wanted; fails with the screen when it never is.
    #[track_caller]
    pub fn until(&mut self, what: &str, wanted: impl Fn(&Self) -> bool) -> &mut Self {
        let deadline = Instant::now() + PATIENCE;
        while !wanted(self) {
            let left = deadline.saturating_duration_since(Instant::now());
            let silent = !self.take_in(left);
            if left.is_zero() || (silent && self.master.is_some() && self.is_over() && !wanted(self)) {
                panic!("never saw {what}; the screen:\n{}", self.screen());
            }
        }
        self
    }

    /// Waits until a text is on the screen.
    #[track_caller]
    pub fn until_text(&mut self, text: &str) -> &mut Self {
        self.until(text, |pty| pty.screen().contains(text))
    }

    /// Waits until a text is no more on the screen.
    #[track_caller]
    pub fn until_gone(&mut self, text: &str) -> &mut Self {
        self.until(&format!("the end of {text}"), |pty| !pty.screen().contains(text))
    }

    /// Waits until the program has sent nothing for a while.
    pub fn settle(&mut self) -> &mut Self {
        while self.take_in(QUIET) {}
        self
    }

    /// What the program answers to what was just sent: waits so long for its first byte, and from then
    /// on until it is silent for `silence`.
    pub fn answer(&mut self, patience: Duration, silence: Duration) -> Answer {
        let (sent, before, pieces) = (Instant::now(), self.bytes.len(), self.pieces);
        let mut last = Duration::ZERO;
        let mut wait = patience;
        while self.take_in(wait) {
            last = sent.elapsed();
            wait = silence;
        }
        Answer { last, bytes: self.bytes.len() - before, pieces: self.pieces - pieces }
    }

    /// The screen's rows, without the blanks at their ends.
    pub fn screen(&self) -> String {
        self.terminal.screen().contents()
    }

    /// One row of the screen, from 0.
    pub fn row(&self, row: u16) -> String {
        let (_, wide) = self.terminal.screen().size();
        self.terminal.screen().rows(0, wide.get()).nth(usize::from(row)).unwrap_or_default()
    }

    /// The emulated terminal, for colours and modes.
    pub fn emulated(&self) -> &vt100::Screen {
        self.terminal.screen()
    }

    /// Where the cursor is: column and row from 0; `None` when it is hidden.
    pub fn cursor(&self) -> Option<(u16, u16)> {
        let (row, column) = self.terminal.screen().cursor_position();
        (!self.terminal.screen().hide_cursor()).then_some((column, row))
    }

    /// Forgets the bytes sent so far, to count those of what comes next.
    pub fn forget_bytes(&mut self) -> &mut Self {
        self.bytes.clear();
        self.pieces = 0;
        self
    }

    /// Sends bytes as they are: an answer of the terminal, broken text.
    pub fn send(&mut self, bytes: &[u8]) -> &mut Self {
        if let Some(master) = &mut self.master {
            // A program that has ended takes none; the test will see that on the screen.
            let _ = master.write_all(bytes);
        }
        self
    }

    /// Types characters, or a whole text at once.
    pub fn text(&mut self, text: &str) -> &mut Self {
        self.send(text.as_bytes())
    }

    /// Presses keys by their names, with blanks between them: `Down Ctrl+S Alt+1`. They arrive together.
    #[track_caller]
    pub fn keys(&mut self, names: &str) -> &mut Self {
        let bytes: Vec<u8> = names
            .split_whitespace()
            .flat_map(|name| typed(name.parse().unwrap_or_else(|error| panic!("{name}: {error}"))))
            .collect();
        self.send(&bytes)
    }

    /// Pastes a text between the marks of bracketed paste.
    pub fn paste(&mut self, text: &str) -> &mut Self {
        self.send(b"\x1b[200~").text(text).send(b"\x1b[201~")
    }

    /// Gives the window another size.
    pub fn resize(&mut self, columns: u16, rows: u16) -> &mut Self {
        let (high, wide) = size(columns, rows);
        // The emulator first: what the program draws next is meant for the new size.
        self.terminal.screen_mut().set_size(high, wide);
        if let Some(master) = &self.master {
            master.resize(pty_process::Size::new(rows, columns)).expect("a size");
        }
        self
    }

    /// Closes the terminal under the program: the line has dropped.
    pub fn hang_up(&mut self) -> &mut Self {
        self.master = None;
        self
    }

    /// Sends a signal to the program.
    pub fn signal(&mut self, signal: Signal) -> &mut Self {
        kill_process(self.pid(), signal).expect("the program runs");
        self
    }

    /// The program's process.
    pub fn pid(&self) -> Pid {
        Pid::from_child(&self.child)
    }

    /// Kills the program as a power cut would.
    pub fn kill(&mut self) -> ExitStatus {
        let _ = self.child.kill();
        self.end()
    }

    /// Whether the program has ended, and stays for [`Pty::end`] or [`Pty::kill`] to be cleared away.
    pub fn is_gone(&self) -> bool {
        use rustix::process::{WaitId, WaitIdOptions, waitid};
        let options = WaitIdOptions::EXITED | WaitIdOptions::NOHANG | WaitIdOptions::NOWAIT;
        !matches!(waitid(WaitId::Pid(self.pid()), options), Ok(None))
    }

    fn is_over(&mut self) -> bool {
        matches!(self.child.try_wait(), Ok(Some(_)))
    }

    /// Waits until the program has ended, and takes in its last bytes.
    #[track_caller]
    pub fn end(&mut self) -> ExitStatus {
        let deadline = Instant::now() + PATIENCE;
        loop {
            if let Ok(Some(status)) = self.child.try_wait() {
                while self.take_in(Duration::ZERO) {}
                return status;
            }
            assert!(Instant::now() < deadline, "the program never ended; the screen:\n{}", self.screen());
            self.take_in(TICK);
        }
    }
}

impl Drop for Pty {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// The bytes that xterm sends for a key.
pub fn typed(key: Key) -> Vec<u8> {
    let held = u8::from(key.shift) + 2 * u8::from(key.alt) + 4 * u8::from(key.ctrl);
    let cursor = |last: char| match held {
        0 => format!("\x1b[{last}"),
        _ => format!("\x1b[1;{}{last}", held + 1),
    };
    let numbered = |number: u8| match held {
        0 => format!("\x1b[{number}~"),
        _ => format!("\x1b[{number};{}~", held + 1),
    };
    let plain = |text: &str| if key.alt { format!("\x1b{text}") } else { text.to_string() };
    let sequence = match key.code {
        KeyCode::Char(' ') if key.ctrl => plain("\0"),
        KeyCode::Char(c) if key.ctrl => {
            let low = u8::try_from(c.to_ascii_uppercase()).expect("Ctrl with an ASCII character") & 0x1f;
            plain(&char::from(low).to_string())
        }
        KeyCode::Char(c) => plain(&c.to_string()),
        KeyCode::Enter => plain("\r"),
        KeyCode::Tab if key.shift => "\x1b[Z".into(),
        KeyCode::Tab => plain("\t"),
        KeyCode::Esc => "\x1b".into(),
        KeyCode::Backspace => plain("\x7f"),
        KeyCode::Up => cursor('A'),
        KeyCode::Down => cursor('B'),
        KeyCode::Right => cursor('C'),
        KeyCode::Left => cursor('D'),
        KeyCode::Home => cursor('H'),
        KeyCode::End => cursor('F'),
        KeyCode::Insert => numbered(2),
        KeyCode::Delete => numbered(3),
        KeyCode::PageUp => numbered(5),
        KeyCode::PageDown => numbered(6),
        KeyCode::F(n @ 1..=4) if held == 0 => format!("\x1bO{}", char::from(b'O' + n)),
        KeyCode::F(n @ 1..=4) => cursor(char::from(b'O' + n)),
        KeyCode::F(n) => numbered(match n {
            5 => 15,
            6..=10 => n + 11,
            11..=14 => n + 12,
            15 | 16 => n + 13,
            _ => n + 14,
        }),
    };
    sequence.into_bytes()
}
