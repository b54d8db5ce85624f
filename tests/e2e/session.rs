//! The editor in a real terminal: from the shell to the screen, from the keys to the file.

use crate::generator;
use crate::pty::Pty;
use nianbao::form::Library;
use nianbao::store;
use rustix::process::Signal;
use std::path::Path;
use std::time::Instant;
use tempfile::TempDir;

/// The editor with a home of its own, on a copy of the sample where a name is given.
fn open(home: &TempDir, draft: Option<&str>) -> Pty {
    if let Some(name) = draft {
        let sample = Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/sample.ron");
        std::fs::copy(sample, home.path().join(name)).expect("the sample is copied");
    }
    let mut pty = start(home, draft, &[]);
    // The terminal says how it draws: nothing is asked twice.
    pty.until_text("年度").send(b"\x1b[2;2R").settle();
    pty
}

/// The program as it was just started, on what is there under a name, with these options.
fn start(home: &TempDir, name: Option<&str>, options: &[&str]) -> Pty {
    let at = |folder: &str| home.path().join(folder);
    let mut command = Pty::command(env!("CARGO_BIN_EXE_nianbao"))
        .current_dir(home.path())
        .env("HOME", home.path())
        .env("XDG_STATE_HOME", at("state"))
        .env("XDG_CONFIG_HOME", at("config"))
        .env("XDG_DATA_HOME", at("data"));
    for argument in name.iter().chain(options) {
        command = command.arg(argument);
    }
    Pty::start(command, 100, 30)
}

fn home() -> TempDir {
    tempfile::tempdir().expect("a folder for the test")
}

#[test]
fn the_first_screen_opens_and_leaves_the_terminal_as_it_was() {
    let home = home();
    let mut pty = open(&home, None);
    assert!(pty.emulated().alternate_screen());
    pty.keys("Ctrl+Q");
    assert!(pty.end().success());
    assert!(!pty.emulated().alternate_screen() && !pty.emulated().hide_cursor());
}

#[test]
fn a_damaged_file_leads_to_the_version_saved_before() {
    let home = home();
    let mut pty = open(&home, Some("甲.ron"));
    pty.keys("Alt+3").keys("9").keys("Enter").keys("Ctrl+S").until_text("已保存").keys("Ctrl+Q");
    assert!(pty.end().success());
    std::fs::write(home.path().join("甲.ron"), "(nianbao: 1, unit").unwrap();
    let mut pty = start(&home, Some("甲.ron"), &[]);
    pty.until_text("无法打开")
        .until_text("保存的一版")
        .keys("Enter")
        .until_text("请核对后另存")
        .keys("Alt+3")
        .settle();
    assert!(pty.screen().contains('9'), "what was saved is there");
    assert_eq!(std::fs::read(home.path().join("甲.ron")).unwrap(), b"(nianbao: 1, unit", "the file is left");
}

#[test]
fn last_years_report_comes_beside_a_draft_once_it_is_shown() {
    let home = home();
    let sample = include_str!("../../assets/sample.ron");
    let with_last = sample.replacen("version: 1,", "version: 1,\n  last: \"2024.ron\",", 1);
    std::fs::write(home.path().join("2025.ron"), with_last).unwrap();
    let mut pty = start(&home, Some("2025.ron"), &[]);
    pty.until_text("上年的报告无法读取").keys("Ctrl+Q");
    assert!(pty.end().success());
    // Four were left over then, three are carried in now.
    let before = sample.replacen("year: 2025", "year: 2024", 1);
    let before = before.replacen("carried_out: (natural: 2", "carried_out: (natural: 4", 1);
    std::fs::write(home.path().join("2024.ron"), before).unwrap();
    let mut pty = start(&home, Some("2025.ron"), &[]);
    pty.until_text("年度").keys("Alt+3 Down").until_text("上年 ").keys("Ctrl+Q");
    assert!(pty.end().success());
}

#[test]
fn what_is_typed_is_in_the_file_after_saving() {
    let home = home();
    let mut pty = open(&home, Some("draft.ron"));
    pty.keys("Alt+3").until_text("本年新收");
    pty.text("4321").keys("Enter").until_text("4321");
    pty.keys("Ctrl+S").until_gone("未保存");
    pty.keys("Ctrl+Q");
    assert!(pty.end().success());
    let saved = std::fs::read_to_string(home.path().join("draft.ron")).expect("the draft");
    assert!(saved.contains("4321"), "{saved}");
}

#[test]
fn a_held_arrow_is_painted_once_and_an_idle_editor_silent() {
    let home = home();
    let mut pty = open(&home, Some("draft.ron"));
    pty.keys("Alt+3").until_text("本年新收").settle();
    pty.forget_bytes().settle();
    assert!(pty.bytes.is_empty(), "{:?}", String::from_utf8_lossy(&pty.bytes));
    pty.forget_bytes().keys(&"Down Up ".repeat(100)).settle();
    assert!(pty.bytes.len() <= 200, "{:?}", String::from_utf8_lossy(&pty.bytes));
}

/// The emulator draws “ ” · one column wide; it is told that it does not, and so the row that had a
/// second column for each of the four is four columns shorter there.
#[test]
fn drawing_follows_a_terminal_of_wide_ambiguous_characters() {
    let home = home();
    let mut pty = open(&home, Some("draft.ron"));
    // So narrow that the table shortens its labels, and the whole one stands under it.
    pty.resize(80, 24).keys("Alt+3 Ctrl+Home Down Down Down Down Down Down");
    pty.until_text("危及“三安全一稳定”").settle();
    let end = |pty: &Pty| {
        let rows = pty.screen();
        let row = rows.lines().find(|row| row.contains("三安全一稳定” / 自然人")).expect("the status line");
        let ambiguous = row.chars().filter(|c| "“”".contains(*c)).count();
        (unicode_width::UnicodeWidthStr::width(row.trim_end()), ambiguous)
    };
    // The number of the row stands before the last column.
    let (narrow, ambiguous) = end(&pty);
    assert_eq!((narrow, ambiguous), (79, 2));
    pty.send(b"\x1b[2;3R").until("the drawing to follow", |pty| end(pty).0 != 79);
    pty.settle();
    assert_eq!(end(&pty), (79 - ambiguous, ambiguous));
    pty.keys("Ctrl+Q");
    assert!(pty.end().success());
}

#[test]
fn after_a_paste_without_its_end_keys_are_keys_again() {
    let home = home();
    let mut pty = open(&home, Some("draft.ron"));
    pty.keys("Alt+3").until_text("本年新收").send(b"\x1b[200~4321").until_text("粘贴中断过");
    // The end mark comes after all, and does nothing.
    pty.send(b"\x1b[201~").keys("Down").text("8765").keys("Enter Ctrl+S").until_text("已保存");
    let saved = std::fs::read_to_string(home.path().join("draft.ron")).expect("the draft");
    assert!(saved.contains("4321") && saved.contains("8765"), "{saved}");
    pty.keys("Ctrl+Q");
    assert!(pty.end().success());
}

#[test]
fn a_draft_that_is_no_longer_there_is_asked_about_at_the_save() {
    let home = home();
    let (file, moved) = (home.path().join("draft.ron"), home.path().join("移走.ron"));
    let mut pty = open(&home, Some("draft.ron"));
    std::fs::rename(&file, &moved).unwrap();
    pty.keys("Alt+3").until_text("本年新收").text("4321").keys("Enter Ctrl+S").until_text("文件已不在原处");
    pty.keys("Esc").until_gone("文件已不在原处");
    assert!(!file.exists());
    pty.keys("Ctrl+S").until_text("文件已不在原处").keys("Enter").until_text("已保存");
    assert!(std::fs::read_to_string(&file).unwrap().contains("4321"));
    assert!(!std::fs::read_to_string(&moved).unwrap().contains("4321"));
    // Once saved, it is the file that was opened; and the next name is one of the clerk's own.
    pty.text("5432").keys("Enter").until_text("未保存").keys("Ctrl+S").until_gone("未保存");
    std::fs::remove_file(&file).unwrap();
    pty.text("6543")
        .keys("Enter Ctrl+S")
        .until_text("文件已不在原处")
        .keys("Right Enter")
        .until_text("文件名");
    pty.text("-2").keys("Enter").until_text("draft.ron-2.ron 已保存");
    assert!(!file.exists());
    assert!(std::fs::read_to_string(home.path().join("draft.ron-2.ron")).unwrap().contains("6543"));
    pty.keys("Ctrl+Q");
    assert!(pty.end().success());
}

#[test]
fn a_dropped_line_and_sigterm_end_the_editor() {
    let home = home();
    let mut pty = open(&home, Some("draft.ron"));
    pty.hang_up();
    assert!(!pty.end().success());
    let mut pty = open(&home, Some("other.ron"));
    pty.signal(Signal::TERM);
    assert!(!pty.end().success());
    assert!(!pty.emulated().alternate_screen());
}

#[test]
fn without_a_full_screen_the_editor_draws_nothing() {
    let command = Pty::command(env!("CARGO_BIN_EXE_nianbao")).env("TERM", "dumb");
    let mut pty = Pty::start(command, 80, 24);
    assert_eq!(pty.end().code(), Some(2));
    assert!(pty.screen().contains("nianbao") && !pty.bytes.contains(&0x1b));
}

#[test]
fn doctor_asks_the_terminal_and_tries_the_pressed_keys() {
    let home = home();
    let command = Pty::command(env!("CARGO_BIN_EXE_nianbao"))
        .args(["doctor", "--keys"])
        .current_dir(home.path())
        .env("HOME", home.path());
    let mut pty = Pty::start(command, 100, 60);
    pty.until("the questions", |pty| pty.bytes.ends_with(b"\x1b[c"));
    pty.send(b"\x1b[1;5R").send(&b"\x1b[1;3R".repeat(5)).send(b"\x1b[?62;52c");
    pty.until_text("都是 2 格").until_text("终端也按 UTF-8 显示").until_text("也能粘贴");
    pty.until_text("F1（帮助）").keys("F1").until_text("到了");
    pty.until_text("Ctrl+S（保存）").keys("F2").until_text("到的是 F2").keys("Enter").until_text("没有到");
    pty.until_text("F12（另存为）").keys("Ctrl+C").until_text("Ctrl+S 不到，用 Ctrl+P，选“保存”");
    assert_eq!(pty.end().code(), Some(1));
}

#[test]
fn a_terminal_without_utf8_is_left_with_readable_words() {
    let home = home();
    let mut pty = open(&home, None);
    pty.send(b"\x1b[2;56R").until_text("this terminal does not show UTF-8");
    assert_eq!(pty.end().code(), Some(2));
    assert!(pty.screen().contains("nianbao doctor") && !pty.emulated().alternate_screen());
}

#[test]
fn a_refusal_has_an_ascii_line_where_the_locale_lacks_utf8() {
    for (locale, is_said) in [("C", true), ("zh_CN.GBK", true), ("C.UTF-8", false)] {
        let home = home();
        let command = Pty::command(env!("CARGO_BIN_EXE_nianbao")).args(["check", "none.ron"]);
        let command = command.current_dir(home.path()).env("HOME", home.path()).env("LC_ALL", locale);
        let mut pty = Pty::start(command, 100, 24);
        assert_eq!(pty.end().code(), Some(2));
        assert_eq!(pty.screen().contains("unreadable? Set the terminal to UTF-8"), is_said, "{locale}");
    }
}

#[test]
fn behind_screen_a_line_in_ascii_says_the_way_out() {
    let home = home();
    let command = Pty::command(env!("CARGO_BIN_EXE_nianbao")).env("TERM", "screen").env("LC_ALL", "C");
    let mut pty = Pty::start(command.env("HOME", home.path()), 80, 24);
    pty.until_text("Unreadable? Ctrl+Q, then: nianbao doctor").keys("Ctrl+Q");
    assert!(pty.end().success());
}

#[test]
fn on_the_linux_console_a_line_in_ascii_says_the_way_out() {
    let home = home();
    let command = Pty::command(env!("CARGO_BIN_EXE_nianbao")).env("TERM", "linux").env("HOME", home.path());
    let mut pty = Pty::start(command, 80, 24);
    pty.until_text("Unreadable? Ctrl+Q, then: nianbao doctor").keys("Ctrl+Q");
    assert!(pty.end().success());
}

/// Writes the drafts of so many invented units into a folder.
fn write_units(folder: &Path, count: u64) {
    let library = Library::new();
    std::fs::create_dir_all(folder).expect("the folder");
    for number in 0..count {
        let (form, draft) = generator::draft(number, 2024, &library);
        let path = folder.join(format!("{number:06}.ron"));
        std::fs::write(path, store::to_ron(&form, &draft)).expect("a draft");
    }
}

#[test]
fn a_folder_of_a_thousand_units_answers_while_it_reads() {
    let home = home();
    write_units(&home.path().join("units"), 1000);
    let began = Instant::now();
    let mut pty = start(&home, Some("units"), &[]);
    pty.until_text("单位一览").send(b"\x1b[2;2R").keys("Left");
    let opened = began.elapsed();
    pty.until("the first units", |pty| pty.row(5).contains("第2号"));
    let first = began.elapsed();
    // Keys are answered before all is read, and the unit chosen stays chosen when more come.
    pty.keys("Down Down").until("the third unit", |pty| pty.row(5).starts_with('▌'));
    let moved = (began.elapsed(), pty.screen().contains("正在读"));
    for part in (100..1000).step_by(100) {
        let read = |pty: &Pty| {
            let title = pty.row(0);
            let digits: String = title
                .chars()
                .rev()
                .skip_while(|c| !c.is_ascii_digit())
                .take_while(char::is_ascii_digit)
                .collect();
            digits.chars().rev().collect::<String>().parse::<u32>().unwrap_or(0)
        };
        pty.until("more of the units", |pty| read(pty) >= part || !pty.screen().contains("正在读"));
    }
    pty.until_gone("正在读");
    println!(
        "1000 units: screen after {opened:?}, first units {first:?}, moved {:?} (still reading: {}), all {:?}",
        moved.0,
        moved.1,
        began.elapsed()
    );
    assert!(pty.row(5).starts_with("▌ 示例县卫生健康局第2号"), "{}", pty.screen());
    // A draft opened from here leads back here, and to the same place.
    pty.keys("Enter").until_text("总计：自动计算").keys("Ctrl+Q").until_text("比上年");
    assert!(pty.row(5).starts_with("▌ 示例县卫生健康局第2号"), "{}", pty.screen());
    // With all read nothing moves any more.
    pty.settle().forget_bytes().settle();
    assert!(pty.bytes.is_empty(), "{:?}", String::from_utf8_lossy(&pty.bytes));
    pty.text("第77号").until_text("1 个").keys("Ctrl+Q");
    assert!(pty.end().success());
}

#[test]
fn a_compiled_report_takes_new_numbers_of_its_units_in() {
    let home = home();
    write_units(&home.path().join("units"), 3);
    let mut compile = std::process::Command::new(env!("CARGO_BIN_EXE_nianbao"));
    let compile = compile.current_dir(home.path()).args(["compile", "units", "-o", "total.ron"]);
    assert!(compile.output().expect("the program runs").status.success());
    let sum = |home: &TempDir| {
        let total = std::fs::read_to_string(home.path().join("total.ron")).expect("the total");
        let new = total.split("new: (natural: ").nth(1).and_then(|rest| rest.split(',').next());
        new.and_then(|number| number.parse::<u64>().ok()).expect("a number")
    };
    let before = sum(&home);
    let unit = home.path().join("units/000001.ron");
    let text = std::fs::read_to_string(&unit).expect("a unit");
    std::fs::write(&unit, text.replacen("new: (natural: ", "new: (natural: 1000", 1)).expect("a change");

    let mut pty = start(&home, Some("total.ron"), &[]);
    pty.until_text("总计：自动计算").send(b"\x1b[2;2R").until_text("改过数");
    pty.keys("Alt+3").until_text(&before.to_string());
    // Who gave most opens at Enter, and leaving it leads back to the cell.
    pty.keys("Alt+U").until_text("（汇总后已修改）").keys("Enter").until_text("000001.ron");
    pty.keys("Ctrl+Q").until_text("total.ron").until_text("改过数");
    pty.keys("Alt+G").until_text("已读取 3 个单位").until_text("*未保存");
    pty.keys("Ctrl+Z")
        .until_text("已保存")
        .keys("Ctrl+Y")
        .until_text("*未保存")
        .keys("Ctrl+S")
        .until_text("已保存");
    assert!(sum(&home) > before + 1000, "{} after {before}", sum(&home));
    pty.keys("Ctrl+Q");
    assert!(pty.end().success());
}

#[test]
fn a_list_of_units_that_was_named_says_who_has_not_filed() {
    let home = home();
    write_units(&home.path().join("units"), 2);
    std::fs::write(home.path().join("list"), "示例县水利局第0号\n示例县财政局\n").expect("a list");
    let mut pty = start(&home, Some("units"), &["--roster", "list"]);
    pty.until_text("单位一览").send(b"\x1b[2;2R").until_text("未报 1");
    pty.keys("Ctrl+Q");
    assert!(pty.end().success());
}

#[test]
fn a_large_draft_says_that_it_is_being_read() {
    let home = home();
    let sample = include_str!("../../assets/sample.ron");
    let large = format!("{}{sample}", "// 批注\n".repeat(200_000));
    std::fs::write(home.path().join("大.ron"), large).unwrap();
    let mut pty = start(&home, Some("大.ron"), &[]);
    pty.until_text("正在读入 大.ron……").until_gone("正在读入").until_text("示例市水务局").keys("Ctrl+Q");
    assert!(pty.end().success());
}
