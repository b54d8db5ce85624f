//! A script of command lines that a person can read, each with what it shows and its exit code:
//! `tests/cli/commands.txt`. `BLESS=1 cargo test --test cli script` writes what is shown now.
//!
//! `$` begins a command, `!` a line of the error stream, `=` the exit code; the lines between are the
//! output. A command may end with `| head -N`, which leaves out the rest of the output, `< FILE`, or
//! `> FILE`. All run one after the other in one folder.

use std::fmt::Write;
use std::path::Path;

use crate::folder::{Folder, plain};

const SCRIPT: &str = "tests/cli/commands.txt";

/// A command line, taken apart.
#[derive(Default)]
struct CommandLine {
    arguments: Vec<String>,
    input: Option<String>,
    output: Option<String>,
    head: Option<usize>,
}

impl CommandLine {
    fn parse(line: &str) -> Self {
        let mut parts = split_line(line).into_iter();
        assert_eq!(parts.next().as_deref(), Some("nianbao"), "{line}");
        let mut command = CommandLine::default();
        while let Some(part) = parts.next() {
            let mut next = || parts.next().unwrap_or_else(|| panic!("{part} of what? {line}"));
            match part.as_str() {
                "<" => command.input = Some(next()),
                ">" => command.output = Some(next()),
                "|" => {
                    assert_eq!(next(), "head", "{line}");
                    command.head = Some(next().trim_start_matches('-').parse().unwrap());
                }
                _ => command.arguments.push(part),
            }
        }
        command
    }

    /// Runs it; returns the lines that the script has below it.
    fn run(&self, folder: &Folder) -> String {
        let input =
            self.input.as_ref().map_or(Vec::new(), |name| std::fs::read(folder.0.join(name)).unwrap());
        let arguments: Vec<&str> = self.arguments.iter().map(String::as_str).collect();
        let ran = folder.output(&arguments, &input);
        let mut shown = match &self.output {
            Some(name) => {
                std::fs::write(folder.0.join(name), &ran.stdout).unwrap();
                String::new()
            }
            None => plain(&ran.stdout),
        };
        if let Some(count) = self.head {
            shown = shown.lines().take(count).map(|line| format!("{line}\n")).collect();
        }
        // A mark at its start and a line's carriage return would not be seen here.
        shown = shown.replace('\u{feff}', "<BOM>").replace('\r', "<CR>").replace('\u{1b}', "<ESC>");
        if !shown.is_empty() && !shown.ends_with('\n') {
            shown.push('\n');
        }
        for line in plain(&ran.stderr).lines() {
            writeln!(shown, "! {line}").unwrap();
        }
        writeln!(shown, "= {}", ran.status.code().unwrap()).unwrap();
        shown
    }
}

/// Splits a command line at spaces that no quotes hold.
fn split_line(line: &str) -> Vec<String> {
    let (mut parts, mut quoted) = (vec![String::new()], false);
    for c in line.chars() {
        match c {
            '\'' => quoted = !quoted,
            ' ' if !quoted => parts.push(String::new()),
            _ => parts.last_mut().unwrap().push(c),
        }
    }
    parts.retain(|part| !part.is_empty());
    parts
}

/// The script's folder: the sample, a draft that is broken, units with a roster, files of other programs.
fn script_folder() -> Folder {
    let folder = Folder::new("script");
    folder.write("示例.ron", include_str!("../../assets/sample.ron"));
    folder.write("坏的.ron", "(\n  version: 1,\n  requests: (new: (natural: 3)\n)\n");
    folder.write("说明.txt", "这里没有报告。\n");
    std::fs::create_dir_all(folder.0.join("空的")).unwrap();
    std::fs::create_dir_all(folder.0.join("各单位")).unwrap();
    let fixtures = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures");
    for name in ["水利局.ron", "教育局.ron", "民政局.ron", "名单.txt"] {
        let name = format!("各单位/{name}");
        std::fs::copy(fixtures.join(&name), folder.0.join(&name)).unwrap();
    }
    std::fs::copy(fixtures.join("files/sample.doc"), folder.0.join("来文.doc")).unwrap();
    folder
}

/// Returns whether this is Windows and the command shows something else there: the terminal is another one, and the
/// backslashes of the manual page are taken for those of paths.
fn is_other_on_windows(command: &str) -> bool {
    std::path::MAIN_SEPARATOR == '\\'
        && ["nianbao man ", "nianbao doctor"].iter().any(|it| command.starts_with(it))
}

#[test]
fn every_line_of_the_script_shows_what_it_says() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(SCRIPT);
    let script = std::fs::read_to_string(&path).unwrap();
    let folder = script_folder();
    let (mut shown, mut commands) = (String::new(), 0);
    let (mut after_command, mut kept) = (false, false);
    for line in script.lines() {
        if let Some(command) = line.strip_prefix("$ ") {
            commands += 1;
            after_command = true;
            kept = is_other_on_windows(command);
            if kept {
                writeln!(shown, "{line}").unwrap();
                continue;
            }
            write!(shown, "{line}\n{}", CommandLine::parse(command).run(&folder)).unwrap();
        } else {
            // A heading, a blank line, what is not tried here.
            if !after_command || kept {
                writeln!(shown, "{line}").unwrap();
            }
            after_command &= !line.starts_with("= ");
        }
    }
    assert!(!after_command, "the last command has no exit code");
    assert!(commands >= 40, "{commands} commands");
    if std::env::var_os("BLESS").is_some() {
        return std::fs::write(&path, shown).unwrap();
    }
    for (at, (now, then)) in shown.lines().zip(script.lines()).enumerate() {
        assert_eq!(now, then, "{SCRIPT}:{}\n--- shown ---\n{shown}", at + 1);
    }
    assert_eq!(shown.lines().count(), script.lines().count(), "--- shown ---\n{shown}");
}

#[test]
fn the_script_has_every_command() {
    let script = std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(SCRIPT)).unwrap();
    let help = Folder::new("script-help").run(&["--help"]);
    let (_, rest) = help.split_once("命令：\n").unwrap();
    let names: Vec<&str> = rest
        .lines()
        .map_while(|line| line.strip_prefix("  "))
        .filter(|line| !line.starts_with(' '))
        .map(|line| line.split(' ').next().unwrap())
        .collect();
    assert!(names.len() > 12, "{names:?}");
    for name in names {
        assert!(script.contains(&format!("\n$ nianbao {name}")), "{name} is not in {SCRIPT}");
    }
}
