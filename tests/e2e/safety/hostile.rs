//! Characters that command a terminal or deceive the eye: in a draft, a file name, a paste. None of
//! them reaches the terminal, outside the sequences that the program itself draws with.

use super::session::{SAMPLE, SIZE, TestSession};
use crate::pty::Pty;

/// Every control character, and the characters that have no width or turn the writing around.
fn hostile() -> impl Iterator<Item = char> {
    let controls = ('\u{0}'..='\u{1f}').chain('\u{7f}'..='\u{9f}');
    let bidi = ['\u{61c}', '\u{200e}', '\u{200f}'].into_iter().chain('\u{202a}'..='\u{202e}');
    let isolates = '\u{2066}'..='\u{206f}';
    let hidden = ['\u{ad}', '\u{180e}', '\u{feff}', '\u{2028}', '\u{2029}'].into_iter();
    let joiners = ('\u{200b}'..='\u{200d}').chain('\u{2060}'..='\u{2064}').chain('\u{fff9}'..='\u{fffb}');
    controls.chain(bidi).chain(isolates).chain(hidden).chain(joiners)
}

/// Commands for a terminal that must not arrive there, beside each hostile character by itself.
const COMMANDS: &str = "\u{1b}]0;PWNED\u{7}\u{1b}]52;c;UFdORUQ=\u{7}\u{1b}[35;46mCOLOUR\u{1b}[5nQUERY\
    \u{9b}31mC1\u{1b}cRESET\u{1b}P1$qDCS\u{1b}\\";

/// Checks all that the program has sent: its own sequences, and between them only what is seen.
#[track_caller]
fn check(pty: &Pty, what: &str) {
    let sent = String::from_utf8(pty.bytes.clone()).expect("the program sends UTF-8");
    for command in ["PWNED\u{7}", "\u{1b}[35;46m", "\u{1b}[5n", "\u{9b}31m", "\u{1b}c"] {
        assert!(!sent.contains(command), "{what}: {command:?} was sent");
    }
    let mut rest = sent.chars().peekable();
    while let Some(c) = rest.next() {
        if c == '\u{1b}' {
            let next = rest.next();
            // The cursor is kept and put back.
            if matches!(next, Some('7' | '8')) {
                continue;
            }
            assert_eq!(next, Some('['), "{what}: ESC {next:?}");
            let body: String = std::iter::from_fn(|| rest.next_if(|c| "0123456789;?".contains(*c))).collect();
            let last = rest.next().unwrap_or_default();
            let own = "mHJKABCDGdXPLMSTrhl@".contains(last) || (last == 'n' && body == "6");
            assert!(own, "{what}: ESC [ {body} {last:?}");
            continue;
        }
        let bad = c != '\r' && c != '\n' && c != '\u{8}' && hostile().any(|hostile| hostile == c);
        assert!(!bad, "{what}: {c:?} was sent, before {:?}", rest.take(40).collect::<String>());
    }
}

/// Goes through every tab, and to the end of the long ones.
fn walk(pty: &mut Pty) {
    for tab in 0..=8 {
        pty.keys(&format!("Alt+{tab}")).settle();
        pty.keys("Ctrl+End").settle();
    }
}

#[test]
fn nothing_hostile_in_a_draft_reaches_the_terminal() {
    let desk = TestSession::with(hostile_draft().as_bytes());
    let mut pty = desk.open();
    walk(&mut pty);
    check(&pty, "a draft");
    pty.keys("Alt+3 Ctrl+Home F2").settle();
    pty.keys("Enter Ctrl+F").text("示例").settle();
    check(&pty, "a draft that is edited and searched");
}

#[test]
fn raw_control_bytes_of_a_draft_never_reach_the_terminal() {
    let raw: String = hostile().chain(COMMANDS.chars()).filter(|c| *c != '\r').collect();
    let desk = TestSession::with(SAMPLE.replace("存在的主要问题：", &raw).as_bytes());
    let mut pty = desk.open();
    walk(&mut pty);
    check(&pty, "raw bytes");
    let desk = TestSession::with(format!("{raw}{SAMPLE}").as_bytes());
    let pty = &mut desk.open();
    pty.until_text("无法打开").settle();
    check(pty, "a file that is refused");
}

#[test]
fn nothing_hostile_in_a_file_name_reaches_the_terminal() {
    let name: String = hostile().filter(|c| *c != '\0').take(90).chain("名.ron".chars()).collect();
    let desk = TestSession::new();
    std::fs::rename(&desk.file, desk.folder().join(&name)).expect("a name may hold anything");
    let mut pty = desk.start(desk.command(env!("CARGO_BIN_EXE_nianbao")).arg(&name));
    pty.keys("Alt+3 Ctrl+Home").text("1").keys("Enter Ctrl+S").until_gone("*未保存");
    pty.keys("Ctrl+P").text("lcw").keys("Enter").until_text("文件名").settle();
    check(&pty, "a file name");
    pty.keys("Esc").settle().keys("Ctrl+P").text("hdsy").keys("Enter").until_text("新建报告").settle();
    check(&pty, "the list of recent files");
    let gone: String = hostile().filter(|c| *c != '\0').skip(60).take(60).chain("名.ron".chars()).collect();
    let mut pty = desk.start(desk.command(env!("CARGO_BIN_EXE_nianbao")).arg(&gone));
    pty.settle();
    check(&pty, "the name of a file that is not there");
}

#[test]
fn nothing_hostile_in_a_paste_reaches_the_terminal() {
    let paste: String = hostile().chain(COMMANDS.chars()).collect();
    let desk = TestSession::new();
    let mut pty = desk.open();
    for place in ["Alt+0 Ctrl+Home", "Alt+5 Ctrl+End", "Alt+3 Ctrl+Home", "Ctrl+P", "Ctrl+F"] {
        pty.keys(place).settle();
        pty.paste(&paste).settle();
        check(&pty, place);
        pty.keys("Esc").settle();
    }
    pty.resize(SIZE.0 / 2, SIZE.1 / 2).settle();
    check(&pty, "a smaller window");
    walk(&mut pty);
    check(&pty, "what was pasted, seen again");
}

/// A draft that holds all of it where a draft can.
fn hostile_draft() -> String {
    let written: String =
        hostile().chain(COMMANDS.chars()).map(|c| format!("\\u{{{:x}}}", u32::from(c))).collect();
    SAMPLE
        .replace("unit: \"示例市水务局\"", &format!("unit: \"示例{written}局\""))
        .replace("signed_by: \"示例市水务局\"", &format!("signed_by: \"{written}\""))
        .replace("存在的主要问题：", &format!("问题{written}："))
        .replace("(natural: 58,", &format!("(natural: \"{written}\","))
}

#[test]
fn nothing_hostile_reaches_the_terminal_from_any_command() {
    let name: String = hostile().filter(|c| *c != '\0').take(60).chain("名.ron".chars()).collect();
    let desk = TestSession::with(hostile_draft().as_bytes());
    let at = |name: &str| desk.folder().join(name);
    std::fs::copy(&desk.file, at(&name)).expect("a name may hold anything");
    std::fs::write(at("plain.ron"), SAMPLE).expect("a draft");
    std::fs::write(at("raw.html"), format!("<p>{}</p>", COMMANDS)).expect("a page");
    std::fs::write(at("roster.csv"), format!("单位\n示例{COMMANDS}\n")).expect("a roster");
    let (gone, folder) = (format!("无{name}"), desk.folder().display().to_string());
    let commands: Vec<Vec<&str>> = vec![
        vec!["export", &name, "--to", "json"],
        vec!["export", &name, "--to", "txt"],
        vec!["export", &name, "--to", "md"],
        vec!["export", &name, "--to", "csv"],
        vec!["export", &name, "--to", "html", "-o", "-"],
        vec!["check", &name],
        vec!["check", &name, "--format", "json"],
        vec!["check", &name, "--format", "csv"],
        vec!["check", &name, &gone, "--summary"],
        vec!["diff", "plain.ron", &name],
        vec!["diff", "plain.ron", &name, "--format", "json"],
        vec!["diff", "--textconv", &name],
        vec!["history", &name],
        vec!["history", &gone],
        vec!["status", &folder, "--year", "2025", "--roster", "roster.csv"],
        vec!["status", &folder, "--year", "2025", "--roster", &name],
        vec!["carry", &name],
        vec!["new", "--unit", COMMANDS, "--year", "2025"],
        vec!["compile", &name, "plain.ron", "-o", "total.ron"],
        vec!["import", "raw.html"],
        vec!["import", "raw.html", "--format", "json", "-o", "other.ron"],
        vec!["import", &name],
        vec!["explain", &name],
        vec![&gone, "--bad"],
        vec![&name, "check"],
    ];
    for arguments in commands {
        let command = desk.command(env!("CARGO_BIN_EXE_nianbao")).args(&arguments);
        let mut pty = Pty::start(command, SIZE.0, SIZE.1);
        pty.end();
        let what = format!("nianbao {}", arguments[0]);
        assert!(!pty.bytes.is_empty(), "{what} {:?}: nothing said", arguments.get(1..));
        // Cells of a text are set apart by tabs: those move the cursor, to the right and no further.
        pty.bytes.retain(|byte| *byte != b'\t');
        check(&pty, &what);
    }
}

#[test]
fn json_on_a_terminal_is_the_json_of_a_pipe() {
    let desk = TestSession::with(hostile_draft().as_bytes());
    let arguments = ["export", "draft.ron", "--to", "json"];
    let command = desk.command(env!("CARGO_BIN_EXE_nianbao")).args(arguments);
    let mut pty = Pty::start(command, SIZE.0, SIZE.1);
    assert!(pty.end().success());
    let shown = String::from_utf8(pty.bytes.clone()).expect("UTF-8");
    let (json, _) = shown.rsplit_once('}').expect("an object, and words after it");
    let piped = std::process::Command::new(env!("CARGO_BIN_EXE_nianbao"))
        .args(arguments)
        .current_dir(desk.folder())
        .output()
        .expect("the program runs");
    let read = |text: &str| serde_json::from_str::<serde_json::Value>(text).expect("JSON");
    let piped = read(&String::from_utf8(piped.stdout).expect("UTF-8"));
    assert_eq!(read(&format!("{json}}}")), piped);
}
