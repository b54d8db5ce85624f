//! The editor under the names of many terminals: it starts, draws, edits and gives the screen back,
//! with no colour that the terminal lacks and no border that it may draw badly.

use crate::pty::Pty;
use std::path::Path;
use tempfile::TempDir;

/// How many colours the control sequences of the frames may ask for.
#[derive(Clone, Copy, Debug, PartialEq, PartialOrd)]
enum Most {
    None,
    Eight,
    Sixteen,
    Any,
}

/// Which colours were asked for in these bytes.
fn asked(bytes: &[u8]) -> Most {
    let text = String::from_utf8_lossy(bytes);
    let sequences = text.split("\x1b[").skip(1).filter_map(|rest| {
        let end = rest.find(|c: char| c.is_ascii_alphabetic())?;
        (rest[end..].starts_with('m')).then(|| rest[..end].split(';').filter_map(|n| n.parse::<u8>().ok()))
    });
    let most = |number: u8| match number {
        30..=37 | 40..=47 => Most::Eight,
        90..=97 | 100..=107 => Most::Sixteen,
        38 | 48 => Most::Any,
        _ => Most::None,
    };
    sequences.flatten().map(most).fold(Most::None, |a, b| if b > a { b } else { a })
}

/// The editor on the sample, with these variables and arguments.
fn open(home: &TempDir, variables: &[(&str, &str)], arguments: &[&str]) -> Pty {
    let sample = Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/sample.ron");
    std::fs::copy(sample, home.path().join("draft.ron")).expect("the sample is copied");
    let command = Pty::command(env!("CARGO_BIN_EXE_nianbao"))
        .current_dir(home.path())
        .env("HOME", home.path())
        .env_remove("COLORTERM")
        .env_remove("NO_COLOR")
        .env_remove("TERM_PROGRAM")
        .env_remove("XDG_STATE_HOME")
        .env_remove("XDG_CONFIG_HOME")
        .envs(variables.iter().copied())
        .args(arguments)
        .arg("draft.ron");
    let mut pty = Pty::start(command, 80, 24);
    pty.until_text("示例市水务局").settle();
    pty
}

fn home() -> TempDir {
    tempfile::tempdir().expect("a folder for the test")
}

#[test]
fn every_terminal_starts_draws_and_gets_no_colour_it_lacks() {
    let terminals = [
        ("xterm", Most::Sixteen),
        ("xterm-256color", Most::Any),
        ("linux", Most::Sixteen),
        ("screen", Most::Sixteen),
        ("screen-256color", Most::Any),
        ("tmux", Most::Sixteen),
        ("tmux-256color", Most::Any),
        // PuTTY calls itself xterm unless it is told to say putty.
        ("putty", Most::Sixteen),
        ("putty-256color", Most::Any),
        ("rxvt-8color", Most::Eight),
        ("ansi", Most::Eight),
        ("xterm-mono", Most::None),
        ("vt220", Most::None),
    ];
    for (term, most) in terminals {
        let home = home();
        let mut pty = open(&home, &[("TERM", term)], &[]);
        pty.keys("Alt+3")
            .until_text("法人或其他组织")
            .keys("F8")
            .until_text("T3")
            .keys("F10")
            .until_text("Esc 返回");
        pty.keys("Esc").until_gone("Esc 返回").text("7").until_text("未保存");
        pty.keys("Ctrl+S").until_gone("未保存").settle();
        let drawn = asked(&pty.bytes);
        assert!(drawn <= most, "{term}: {drawn:?} of at most {most:?}");
        assert_eq!(drawn == Most::None, most == Most::None, "{term}: an error is red where there is red");
        pty.keys("Ctrl+Q");
        assert!(pty.end().success(), "{term}");
        assert!(!pty.emulated().alternate_screen() && !pty.emulated().hide_cursor(), "{term}");
    }
}

#[test]
fn no_colour_is_asked_for_where_none_is_wanted() {
    let home = home();
    let mut pty = open(&home, &[("TERM", "xterm-256color"), ("NO_COLOR", "1")], &[]);
    pty.keys("Alt+3").until_text("法人或其他组织").keys("F8").until_text("T3").settle();
    assert_eq!(asked(&pty.bytes), Most::None);
    pty.keys("Ctrl+Q");
    assert!(pty.end().success());
}

#[test]
fn borders_are_narrow_lines_or_ascii_where_wanted() {
    let lines = |pty: &mut Pty| {
        pty.keys("Ctrl+P").until_text("全部命令").settle();
        pty.screen().contains("╭ 全部命令")
    };
    let plain: &[&str] = &[];
    for (variables, arguments, wanted) in [
        (&[("TERM", "tmux-256color")][..], plain, true),
        (&[("TERM", "tmux-256color")], &["--ascii"], false),
        (&[("TERM", "tmux-256color"), ("NIANBAO_ASCII", "1")], plain, false),
        // Nobody has said how wide it draws them.
        (&[("TERM", "xterm-256color")], plain, false),
        (&[("TERM", "xterm-256color"), ("NIANBAO_AMBIGUOUS", "wide")], plain, false),
    ] {
        let home = home();
        let mut pty = open(&home, variables, arguments);
        assert_eq!(lines(&mut pty), wanted, "{variables:?} {arguments:?}\n{}", pty.screen());
        pty.keys("Esc").until_gone("全部命令").keys("Ctrl+Q");
        assert!(pty.end().success());
    }
    let home = home();
    let mut pty = open(&home, &[("TERM", "xterm-256color")], &[]);
    // It answers that — took one column.
    pty.send(b"\x1b[2;2R").settle();
    assert!(lines(&mut pty), "{}", pty.screen());
    pty.keys("Esc").until_gone("全部命令").keys("Alt+8 PgDn PgDn").until_text("├──").keys("Ctrl+Q");
    assert!(pty.end().success());
}

#[test]
fn a_terminal_that_answers_at_once_is_drawn_once() {
    let home = home();
    let sample = Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/sample.ron");
    std::fs::copy(sample, home.path().join("draft.ron")).expect("the sample is copied");
    let line = format!("read go; exec '{}' draft.ron", env!("CARGO_BIN_EXE_nianbao"));
    let command = Pty::command("sh").args(["-c", &line]).current_dir(home.path()).env("HOME", home.path());
    let mut pty = Pty::start(command.env_remove("XDG_STATE_HOME").env_remove("XDG_CONFIG_HOME"), 80, 24);
    pty.send(b"go\n\x1b[2;2R\x1b[2;54R").until_text("示例市水务局").settle();
    let painted = String::from_utf8_lossy(&pty.bytes).into_owned();
    assert_eq!(painted.matches("\x1b[2J").count(), 1);
    // A first frame without the answers would have lines in ASCII.
    assert!(painted.contains("────") && !painted.contains("----"), "{painted}");
    pty.keys("Ctrl+Q");
    assert!(pty.end().success());
}
