//! Cells that an import could not tell, from the import to what is handed in and added up.

use crate::folder::Folder;

/// A page on which the cells are run together.
const PAGE: &str = include_str!("../fixtures/files/run-together.txt");

/// A folder with the draft made of that page.
fn imported(name: &str) -> Folder {
    let folder = Folder::new(name);
    folder.write("甲.txt", PAGE);
    let shown = folder.run(&["import", "甲.txt", "-o", "甲.ron"]);
    assert!(shown.contains("规范性文件·整行：待核对") && shown.ends_with("= 1\n"), "{shown}");
    folder
}

/// How many cells of the draft are not answered yet.
fn unread(folder: &Folder, draft: &str) -> usize {
    folder.read(draft).matches("candidates: [").count()
}

#[test]
fn unread_cells_are_asked_for_by_every_check() {
    let folder = imported("unread-check");
    let count = unread(&folder, "甲.ron");
    let shown = folder.run(&["check", "甲.ron", "--only", "D0,D2,D2c,T1,T2,T3,N1,N2"]);
    assert!(
        shown.contains("[错误 D2c] “二、主动公开政府信息情况”有 ") && shown.ends_with("= 1\n"),
        "{shown}"
    );
    assert_eq!(shown.matches("[错误").count() + shown.matches("[提醒").count(), 2, "nothing else: {shown}");
    let json = folder.run(&["check", "甲.ron", "--only", "D2c", "--format", "json"]);
    assert_eq!(json.matches("\"disclosure.").count() + json.matches("\"requests.").count(), count, "{json}");
    assert!(!json.contains("\"cure\": true"), "{json}");
    folder.write("名单.txt", "示例县水务局\n");
    let shown = folder.run(&["status", ".", "--roster", "名单.txt", "--year", "2019"]);
    assert!(shown.contains("有错误 1") && shown.ends_with("= 1\n"), "{shown}");
    assert!(folder.run(&["explain", "D2c"]).contains("未能确认"));
}

#[test]
fn a_source_cannot_control_the_terminal_through_an_unread_cell() {
    let folder = imported("unread-hostile");
    let draft = folder.read("甲.ron").replace("规范性文件 777777", "\\u{1b}[2J\\u{202e}7");
    folder.write("甲.ron", &draft.replace("candidates: [\"0\"]", "candidates: [\"\\u{1b}]0;x\\u{7}\"]"));
    for command in [&["check", "甲.ron"][..], &["diff", "甲.ron", "甲.ron"], &["history", "甲.ron"]] {
        let shown = folder.run(command);
        assert!(!shown.contains(['\u{1b}', '\u{7}', '\u{202e}']), "{shown:?}");
    }
}

#[test]
fn exports_leave_unread_cells_blank_and_say_so() {
    let folder = imported("unread-export");
    let count = unread(&folder, "甲.ron");
    for format in ["docx", "html", "xlsx", "md", "txt", "csv", "json"] {
        let out = format!("甲.out.{format}");
        let shown = folder.run(&["export", "甲.ron", "--to", format, "-o", &out]);
        let warning = format!("! 注意：有 {count} 格导入时未能确认，还没有填，导出的文件里留空\n");
        assert!(shown.contains(&warning) && shown.ends_with("= 0\n"), "{format}: {shown}");
        if !["docx", "xlsx"].contains(&format) {
            let text = folder.read(&out);
            assert!(!text.contains("777777") && !text.contains('?'), "{format}");
        }
    }
    let json = folder.read("甲.out.json");
    assert!(json.contains("\"disclosure.normative.made\": null"), "{json}");
}

#[test]
fn unread_cells_are_named_when_units_are_added_up() {
    let folder = imported("unread-compile");
    let shown = folder.run(&["compile", "甲.ron", "-o", "总.ron"]);
    let named = "  二·规章·本年新制作数量 等 28 格：示例县水务局 导入时未能确认";
    assert!(shown.contains(named) && shown.ends_with("= 1\n"), "{shown}");
    let total = folder.read("总.ron");
    assert!(total.contains("normative: (made: \"?\", published: \"?\", total: \"?\")"), "{total}");
    assert!(folder.run(&["check", "总.ron"]).ends_with("= 1\n"));
}

#[test]
fn an_unread_number_is_not_carried_into_the_next_year() {
    let folder = imported("unread-carry");
    let shown = folder.run(&["carry", "甲.ron", "-o", "新.ron"]);
    assert!(shown.contains("! 注意：上年的草稿里有 7 格导入时未能确认，没有结转过来"), "{shown}");
    let next = folder.read("新.ron");
    assert!(!next.contains("carried_in") && !next.contains("unread"), "{next}");
}

#[test]
fn an_answered_cell_is_a_difference_from_a_question_mark() {
    let folder = imported("unread-diff");
    let draft = folder.read("甲.ron");
    let line = draft.lines().find(|line| line.contains("\"disclosure.fees.change\"")).unwrap();
    let answered = draft.replace(&format!("{line}\n"), "");
    let answered = answered.replacen("  disclosure: (\n", "  disclosure: (\n    fees: (change: 0),\n", 1);
    let answered = if answered.contains("fees: (change: 0)") {
        answered
    } else {
        answered.replacen(
            "  requests: (\n",
            "  disclosure: (\n    fees: (change: 0),\n  ),\n  requests: (\n",
            1,
        )
    };
    folder.write("乙.ron", &answered);
    let shown = folder.run(&["diff", "甲.ron", "乙.ron"]);
    assert!(shown.contains("行政事业性收费·本年增/减：? → 0") && shown.ends_with("= 1\n"), "{shown}");
}
