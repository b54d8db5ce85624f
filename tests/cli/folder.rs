//! A folder in which a command runs, and all that it shows.

use std::fmt::Write;
use std::fs;
use std::path::{MAIN_SEPARATOR, Path, PathBuf};
use std::process::{Command, Output, Stdio};

/// A folder of a test's own, empty at its start.
pub struct Folder(pub PathBuf);

impl Folder {
    pub fn new(name: &str) -> Self {
        let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
        let _ = fs::remove_dir_all(&path);
        fs::create_dir_all(&path).unwrap();
        Folder(path)
    }

    pub fn write(&self, name: &str, text: &str) {
        let path = self.0.join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    pub fn read(&self, name: &str) -> String {
        fs::read_to_string(self.0.join(name)).unwrap()
    }

    /// What a command shows, all of it: its output, its words after `!`, its exit code.
    pub fn run(&self, arguments: &[&str]) -> String {
        self.run_with(arguments, "")
    }

    pub fn run_with(&self, arguments: &[&str], input: &str) -> String {
        let output = self.output(arguments, input.as_bytes());
        let mut shown = plain(&output.stdout);
        for line in plain(&output.stderr).lines() {
            writeln!(shown, "! {line}").unwrap();
        }
        writeln!(shown, "= {}", output.status.code().unwrap()).unwrap();
        shown
    }

    /// Runs a command with an input, and returns what it wrote.
    pub fn output(&self, arguments: &[&str], input: &[u8]) -> Output {
        fs::write(self.0.join(".input"), input).unwrap();
        self.command(arguments).output().unwrap()
    }

    /// A command in this folder, without the caller's settings, with what `.input` holds as its input.
    pub fn command(&self, arguments: &[&str]) -> Command {
        let input = self.0.join(".input");
        if !input.exists() {
            fs::write(&input, "").unwrap();
        }
        let mut command = Command::new(env!("CARGO_BIN_EXE_nianbao"));
        command
            .args(arguments)
            .current_dir(&self.0)
            .env_clear()
            .env("HOME", &self.0)
            .env("XDG_STATE_HOME", self.0.join(".local/state"))
            .env("XDG_CONFIG_HOME", self.0.join(".config"))
            .env("TZ", "UTC")
            .stdin(Stdio::from(fs::File::open(input).unwrap()));
        command
    }
}

/// Returns a text with paths as they are written here, whatever the system.
pub fn plain(bytes: &[u8]) -> String {
    let text = String::from_utf8(bytes.to_vec()).unwrap();
    // A backslash is there twice in JSON.
    if MAIN_SEPARATOR == '/' { text } else { text.replace("\\\\", "/").replace('\\', "/") }
}

/// Compares what is shown with a text that is indented as the test is.
pub fn shows(shown: &str, expected: &str) {
    let lines: Vec<&str> = expected.lines().skip(1).collect();
    let indent = lines.iter().filter(|l| !l.trim().is_empty()).map(|l| l.len() - l.trim_start().len()).min();
    let expected: String =
        lines.iter().map(|line| line.get(indent.unwrap_or(0)..).unwrap_or("")).collect::<Vec<_>>().join("\n");
    assert_eq!(shown, expected, "\n--- shown ---\n{shown}");
}
