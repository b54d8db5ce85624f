//! Who is measured, and the keys for the same work in each.

use crate::pty::Pty;
use nianbao::app::event_loop::{Application, ExitReason, Request, run_application};
use nianbao::editor::event::Event;
use nianbao::editor::key::KeyCode;
use nianbao::terminal::capabilities::Capabilities;
use pty_process::blocking::Command;
use ratatui::buffer::Buffer;
use ratatui::layout::Position;
use std::path::{Path, PathBuf};

/// A program that is measured.
pub struct Peer {
    /// Its name in the table.
    pub name: &'static str,
    /// The program; the bench itself for the bare frame.
    program: &'static str,
    arguments: &'static [&'static str],
    /// A text of its settled screen.
    pub ready: &'static str,
    /// Keys that bring the cursor to where it is moved, and digits are typed.
    pub enter: &'static str,
    /// Keys, one of which moves the cursor by a row or a column.
    pub moves: &'static [(&'static str, usize)],
    /// Keys to begin a number with; then digits are typed, and then these end it.
    pub number: (&'static str, &'static str),
}

/// The environment variable by which the bench plays the bare frame.
pub const FLOOR: &str = "NIANBAO_BENCH_FLOOR";

/// The program as it is packaged, with nothing to link when it starts (README, Packaging).
pub const STATIC: &str = "nianbao, static";

const MOVES: &[(&str, usize)] = &[("Down", 15), ("Right", 4), ("Left", 4), ("Up", 14)];

/// All of them; those that are not installed are left out and named.
pub const PEERS: &[Peer] = &[
    Peer {
        name: "nianbao",
        program: env!("CARGO_BIN_EXE_nianbao"),
        arguments: &["2025.ron"],
        ready: "公开",
        enter: "Alt+3",
        moves: MOVES,
        number: ("Alt+2 Down Down", "Enter"),
    },
    Peer {
        name: STATIC,
        program: concat!(env!("CARGO_MANIFEST_DIR"), "/target/static/release/nianbao"),
        arguments: &["2025.ron"],
        ready: "公开",
        enter: "Alt+3",
        moves: MOVES,
        number: ("Alt+2 Down Down", "Enter"),
    },
    Peer {
        name: "nano",
        program: "nano",
        arguments: &["2025.ron"],
        ready: "GNU nano",
        enter: "",
        moves: MOVES,
        number: ("", ""),
    },
    Peer {
        name: "vim",
        program: "vim",
        arguments: &["-u", "NONE", "2025.ron"],
        ready: "version",
        enter: "",
        moves: MOVES,
        number: ("i", "Esc"),
    },
    Peer {
        name: "sc",
        program: "sc",
        arguments: &["table.sc"],
        ready: "sc 7",
        enter: "",
        moves: MOVES,
        number: ("=", "Enter"),
    },
    // By its manual: it was not to be had where this was written.
    Peer {
        name: "sc-im",
        program: "sc-im",
        arguments: &["table.sc"],
        ready: "93",
        enter: "",
        moves: MOVES,
        number: ("=", "Enter"),
    },
    Peer {
        name: "visidata",
        program: "vd",
        arguments: &["table.tsv"],
        ready: "rows",
        enter: "",
        moves: MOVES,
        number: ("e", "Enter"),
    },
    Peer {
        name: "ratatui, bare",
        program: "",
        arguments: &[],
        ready: "row 1",
        enter: "",
        moves: MOVES,
        number: ("", ""),
    },
];

impl Peer {
    /// Whether it is the bare frame.
    pub fn is_bare(&self) -> bool {
        self.program.is_empty()
    }

    /// Whether it is ours: more is measured of it.
    pub fn is_ours(&self) -> bool {
        self.name == "nianbao"
    }

    /// Whether it can be run here.
    pub fn is_here(&self) -> bool {
        let on_path = |folder: &Path| folder.join(self.program).is_file();
        let path = std::env::var_os("PATH").unwrap_or_default();
        self.program.is_empty()
            || Path::new(self.program).is_file()
            || std::env::split_paths(&path).any(|folder| on_path(&folder))
    }

    /// The program at the place that it is run from. What was built here is copied there, as an
    /// installation does: the kernel keeps such a file in larger pieces than one that a linker wrote, and
    /// starts it sooner.
    pub fn install(&'static self, folder: &Path) -> Installed {
        let bench = std::env::current_exe().expect("the bench has a path");
        let built = if self.is_bare() { bench.as_path() } else { Path::new(self.program) };
        if !built.is_absolute() {
            return Installed { peer: self, program: built.into() };
        }
        let program = folder.join(self.name.replace([' ', ','], "_"));
        std::fs::copy(built, &program).expect("room for a copy");
        Installed { peer: self, program }
    }
}

/// A program ready to be run.
pub struct Installed {
    peer: &'static Peer,
    program: PathBuf,
}

impl std::ops::Deref for Installed {
    type Target = Peer;

    fn deref(&self) -> &Peer {
        self.peer
    }
}

impl Installed {
    /// Starts it in a folder that holds the documents.
    pub fn start(&self, folder: &Path, (columns, rows): (u16, u16)) -> Pty {
        let command: Command = Pty::command(&self.program)
            .args(self.arguments)
            .current_dir(folder)
            .env("HOME", folder)
            .env("XDG_STATE_HOME", folder.join("state"));
        Pty::start(if self.is_bare() { command.env(FLOOR, "1") } else { command }, columns, rows)
    }
}

/// The documents for all: the draft with last year's beside it, and a table of its size.
pub fn write_documents(folder: &Path) {
    crate::report::write_sample(folder);
    let cells = |row: usize| (0..7).map(move |column| (row * 7 + column) % 97);
    let line = |row| cells(row).map(|n| n.to_string()).collect::<Vec<_>>().join("\t");
    let lines: Vec<String> = (0..27).map(line).collect();
    std::fs::write(folder.join("table.tsv"), format!("a\tb\tc\td\te\tf\tg\n{}\n", lines.join("\n"))).unwrap();
    let sc = |row: usize| -> String {
        let named = cells(row).zip('A'..).map(|(n, column)| format!("let {column}{row} = {n}\n"));
        named.collect()
    };
    std::fs::write(folder.join("table.sc"), (0..27).map(sc).collect::<String>()).unwrap();
}

/// A frame of a table and a cursor in it, with nothing behind: what drawing alone costs.
#[derive(Default)]
struct Floor {
    at: (u16, u16),
}

impl Application for Floor {
    fn update(&mut self, events: Vec<Event>) -> Request {
        let mut request = Request::default();
        for event in events {
            let Event::Key(key) = event else { continue };
            match key.code {
                KeyCode::Down => self.at.1 += 1,
                KeyCode::Up => self.at.1 = self.at.1.saturating_sub(1),
                KeyCode::Right => self.at.0 += 1,
                KeyCode::Left => self.at.0 = self.at.0.saturating_sub(1),
                KeyCode::Char('q') => request.quit = true,
                _ => {}
            }
            self.at = (self.at.0.min(6), self.at.1.min(26));
        }
        request
    }

    fn uses_mouse(&self) -> bool {
        false
    }

    fn draw(&mut self, frame: &mut Buffer) -> Option<Position> {
        use ratatui::style::Style;
        for row in 0..27 {
            frame.set_string(1, row, format!("row {row}"), Style::new());
            for column in 0..7 {
                let style = if self.at == (column, row) { Style::new().reversed() } else { Style::new() };
                let text = format!("{:>7}", (row * 7 + column) % 97);
                frame.set_string(20 + 9 * column, row, text, style);
            }
        }
        None
    }

    fn on_shutdown(&mut self, _: ExitReason) {}

    fn panic_message(&self) -> String {
        String::new()
    }
}

/// Plays the bare frame.
pub fn play_floor() {
    let capabilities = Capabilities::of(|name| std::env::var(name).ok(), false);
    run_application(capabilities, Floor::default).expect("a terminal");
}
