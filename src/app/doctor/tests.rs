//! Every kind of terminal, by its variables and answers.

use super::ask::Answers;
use super::line::{DoctorLine, Level};
use super::*;
use crate::editor::Keymap;

/// Returns the answers of a terminal of this kind, with the widths of Chinese and ambiguous characters.
fn answers(kind: &str, columns: [u16; 6]) -> Answers {
    let mut bytes = String::from("typed meanwhile");
    for columns in columns {
        bytes.push_str(&format!("\x1b[7;{}R", columns + 1));
    }
    Answers::read(format!("{bytes}\x1b[?{kind}c").as_bytes())
}

const XTERM: &str = "64;1;2;22";

fn lines(variables: &[(&str, &str)], answers: Option<Answers>, tmux: Option<&str>) -> Vec<DoctorLine> {
    let find = |name: &str| variables.iter().find(|(n, _)| *n == name).map(|(_, v)| v.to_string());
    terminal::lines(&Facts {
        keys: &Keymap::shipped(),
        variable: &find,
        capabilities: Capabilities::of(find, false),
        locale: Locale::of(find),
        window: answers.as_ref().map(|_| (80, 24)),
        flow_control: answers.as_ref().map(|_| true),
        answers,
        tmux_clipboard: tmux.map(String::from),
    })
}

fn line<'a>(lines: &'a [DoctorLine], what: &str) -> &'a DoctorLine {
    lines.iter().find(|line| line.subject == what).unwrap()
}

#[test]
fn a_good_terminal_has_nothing_to_be_set() {
    let variables = [("TERM", "xterm-kitty"), ("LANG", "zh_CN.UTF-8")];
    let lines = lines(&variables, Some(answers(XTERM, [4, 1, 1, 1, 1, 1])), None);
    assert!(lines.iter().all(|line| line.level == Level::Good), "{lines:#?}");
    let mut out = Vec::new();
    assert!(write_lines(&lines, &mut out).unwrap());
    assert!(String::from_utf8(out).unwrap().ends_with("没有要改的。\n"));
}

#[test]
fn the_console_of_windows_has_a_clipboard_and_needs_no_setting() {
    let variables = [("TERM", "xterm-256color"), ("TERM_PROGRAM", "conhost"), ("LANG", "C.UTF-8")];
    let lines = lines(&variables, Some(answers(XTERM, [4, 1, 1, 1, 1, 1])), None);
    assert_eq!(line(&lines, "剪贴板").level, Level::Good);
    assert!(line(&lines, "终端").text.contains("Windows 控制台"));
}

#[test]
fn what_the_terminal_shows_counts_more_than_the_locale() {
    let utf8 = || Some(answers(XTERM, [4, 1, 1, 1, 1, 1]));
    let gbk = || Some(answers(XTERM, [6, 3, 3, 3, 3, 2]));
    for (lang, answered, level, remedy) in [
        ("zh_CN.UTF-8", utf8(), Level::Good, ""),
        ("C", utf8(), Level::Notice, "LC_ALL=C.UTF-8"),
        ("zh_CN.UTF-8", gbk(), Level::Bad, "PuTTY"),
        ("zh_CN.GBK", gbk(), Level::Bad, "PuTTY"),
        ("zh_CN.UTF-8", None, Level::Good, ""),
        ("zh_CN.GBK", None, Level::Bad, "LC_ALL=C.UTF-8"),
        ("zh_CN.UTF-8", Some(Answers::default()), Level::Good, ""),
    ] {
        let lines = lines(&[("TERM", "xterm"), ("LANG", lang)], answered, None);
        let charset = line(&lines, "编码");
        assert!(charset.level == level && charset.remedy.contains(remedy), "{lang}: {charset:?}");
    }
}

#[test]
fn the_width_is_what_the_terminal_answers() {
    let width = |columns| {
        let lines = lines(&[("TERM", "xterm")], Some(answers(XTERM, columns)), None);
        let width = line(&lines, "字宽");
        (width.level, width.text.clone())
    };
    assert!(width([4, 1, 1, 1, 1, 1]).1.contains("都是 1 格"));
    assert!(width([4, 2, 2, 2, 2, 2]).1.contains("都是 2 格"));
    let (level, text) = width([4, 1, 2, 1, 2, 1]);
    assert!(level == Level::Notice && text.contains("“ 1 格，— 2 格"), "{text}");
    let silent = lines(&[("TERM", "xterm")], Some(Answers::default()), None);
    assert!(line(&silent, "字宽").text.contains("没有回答"));
    let nowhere = lines(&[("TERM", "xterm")], None, None);
    assert!(line(&nowhere, "字宽").text.contains("不是终端"));
    let set = lines(&[("TERM", "xterm"), ("NIANBAO_AMBIGUOUS", "wide")], None, None);
    assert!(line(&set, "字宽").text.contains("算 2 格"));
}

#[test]
fn a_multiplexer_decides_about_keys_and_clipboard() {
    for (variables, kind, keys, clipboard) in [
        (&[("TERM", "xterm-256color"), ("VTE_VERSION", "7600")][..], XTERM, "F10", "到不了"),
        (&[("TERM", "xterm-256color"), ("TERM_PROGRAM", "vscode")], XTERM, "Ctrl+P", "也能粘贴"),
        (&[("TERM", "xterm-256color"), ("TERM_PROGRAM", "Apple_Terminal")], XTERM, "Option", "到不了"),
        (&[("TERM", "xterm-256color"), ("WT_SESSION", "x")], XTERM, "Ctrl+V", "也能粘贴"),
        (&[("TERM", "screen"), ("STY", "1.a"), ("VTE_VERSION", "7600")], XTERM, "Ctrl+S", "到不了"),
        (&[("TERM", "tmux-256color"), ("TMUX", "/tmp/x")], XTERM, "tmux 不留用", "设置以后"),
        (&[("TERM", "xterm")], "6", "PuTTY", "到不了"),
        (&[("TERM", "linux")], "6", "Alt+F1", "到不了"),
        (&[("TERM", "xterm")], "62;52", "认不出", "也能粘贴"),
    ] {
        let lines = lines(variables, Some(answers(kind, [4, 1, 1, 1, 1, 1])), None);
        assert!(line(&lines, "按键").text.contains(keys), "{variables:?}: {lines:#?}");
        assert!(line(&lines, "剪贴板").text.contains(clipboard), "{variables:?}: {lines:#?}");
    }
    let tmux = lines(&[("TERM", "tmux"), ("TMUX", "/tmp/x")], None, Some("on"));
    assert_eq!(line(&tmux, "剪贴板").level, Level::Good);
}

#[test]
fn a_terminal_without_chinese_or_a_cursor_is_reported() {
    let console = lines(&[("TERM", "linux")], None, None);
    assert!(line(&console, "终端").level == Level::Notice && line(&console, "终端").remedy.contains("SSH"));
    for dumb in [&[("TERM", "dumb")][..], &[]] {
        let lines = lines(dumb, None, None);
        assert_eq!(line(&lines, "终端").level, Level::Bad);
        let mut out = Vec::new();
        assert!(!write_lines(&lines, &mut out).unwrap());
        assert!(String::from_utf8(out).unwrap().contains("处请改"));
    }
}

#[test]
fn broken_answers_are_no_answers() {
    for bytes in
        [&b""[..], b"\x1b[", b"\x1b[R", b"\x1b[;R\x1b[c", b"\x1b[99999999;1R", b"\xff\x1b[?;;c", b"[7;3R"]
    {
        assert_eq!(Answers::read(bytes).is_utf8(), None, "{bytes:?}");
    }
    assert_eq!(Answers::read(b"\x1b[1;1R\x1b[1;1R").is_utf8(), None, "the cursor where it was");
    assert_eq!(Answers::read(b"\x1b[1;6R").is_utf8(), Some(false));
}

#[test]
fn the_keys_to_try_are_those_that_terminals_keep_each_once() {
    let keys = Keymap::shipped();
    let names: Vec<_> = keys::keys_to_try(&keys).iter().map(|(_, key)| key.to_string()).collect();
    for name in ["F1", "F10", "Ctrl+S", "Ctrl+Space", "Alt+1", "Alt+=", "Ctrl+Home"] {
        assert_eq!(names.iter().filter(|tried| *tried == name).count(), 1, "{name}: {names:?}");
    }
    assert!(names.len() < 40 && !names.iter().any(|name| name == "Up" || name == "Alt+5"), "{names:?}");
}
