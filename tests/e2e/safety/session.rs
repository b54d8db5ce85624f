//! The real program on a draft in a folder of its own, with a home of its own.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use nianbao::draft::Draft;
use nianbao::form::{Form, Library};
use nianbao::store;
use pty_process::blocking::Command;
use tempfile::TempDir;

use crate::pty::Pty;

/// The size of the screen.
pub const SIZE: (u16, u16) = (100, 30);
/// The report that most tests begin with.
pub const SAMPLE: &str = include_str!("../../../assets/sample.ron");
/// What the terminal answers: ambiguous characters are narrow.
const NARROW: &[u8] = b"\x1b[2;2R";

/// A home with a folder that holds `draft.ron`.
pub struct TestSession {
    /// The home and all that is in it; removed at the end.
    pub home: TempDir,
    /// The draft.
    pub file: PathBuf,
}

impl TestSession {
    /// A desk with the sample on it.
    pub fn new() -> Self {
        TestSession::with(SAMPLE.as_bytes())
    }

    /// A desk with this file on it.
    pub fn with(bytes: &[u8]) -> Self {
        let home = tempfile::tempdir().expect("a folder for the test");
        let folder = home.path().join("work");
        std::fs::create_dir(&folder).expect("a folder for the draft");
        let file = folder.join("draft.ron");
        std::fs::write(&file, bytes).expect("the draft");
        TestSession { home, file }
    }

    /// The folder of the draft.
    pub fn folder(&self) -> &Path {
        self.file.parent().expect("the draft is in a folder")
    }

    /// A program with this home as its surroundings, in the draft's folder.
    pub fn command(&self, program: impl AsRef<std::ffi::OsStr>) -> Command {
        let at = |folder: &str| self.home.path().join(folder);
        Pty::command(program)
            .current_dir(self.folder())
            .env("HOME", self.home.path())
            .env("XDG_STATE_HOME", at("state"))
            .env("XDG_CONFIG_HOME", at("config"))
            .env("XDG_DATA_HOME", at("data"))
    }

    /// Starts the editor on the draft and waits until it is there, with the draft or a question.
    pub fn open(&self) -> Pty {
        self.start(self.command(env!("CARGO_BIN_EXE_nianbao")).arg("draft.ron"))
    }

    /// Starts a command that ends in the editor, and waits until it is there.
    pub fn start(&self, command: Command) -> Pty {
        let mut pty = Pty::start(command, SIZE.0, SIZE.1);
        let keys = |row: String| row.contains("F1") || row.contains("Enter 确定");
        pty.until("the home screen", |pty| keys(pty.row(SIZE.1 - 1)));
        pty.send(NARROW);
        pty
    }

    /// What is in the draft's file.
    pub fn text(&self) -> String {
        std::fs::read_to_string(&self.file).expect("the draft's file")
    }

    /// The draft in the file.
    pub fn draft(&self) -> Draft {
        read(&self.text()).1
    }

    /// The journals that are there.
    pub fn journals(&self) -> Vec<PathBuf> {
        let folder = self.home.path().join("state/nianbao/journal");
        let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
        entries.map(|entry| entry.path()).collect()
    }

    /// Starts the editor again after it ended badly, takes up what it offers, and saves. True where
    /// something was offered.
    #[track_caller]
    pub fn recover(&self) -> bool {
        let mut pty = self.open();
        let offered = pty.screen().contains("没有正常退出");
        if offered {
            // Where the file is newer, Enter would leave it as it is.
            let answer = if pty.screen().contains("合并恢复") { "Right Enter" } else { "Enter" };
            pty.keys(answer).until_gone("没有正常退出").until_text("*未保存");
            pty.keys("Ctrl+S").until_gone("*未保存");
        }
        pty.keys("Ctrl+Q");
        assert!(pty.end().success());
        assert_eq!(self.journals(), Vec::<PathBuf>::new(), "a journal is left after a clean end");
        offered
    }
}

/// A draft as it is read from its text.
#[track_caller]
pub fn read(text: &str) -> (Arc<Form>, Draft) {
    let loaded = store::parse("draft.ron", text.as_bytes(), &Library::new());
    let loaded = loaded.unwrap_or_else(|error| panic!("{error}\n{text}"));
    (loaded.form, loaded.draft)
}
