//! A report without its tables: every command says the same of it.

use crate::folder::{Folder, shows};

/// A report with all its texts, dated and signed, and no number in any table.
const TEXT_ONLY: &str = r#"(
  version: 1,
  forms: (disclosure: "2021", requests: "2021"),
  totals: auto,
  cover: (
    unit: "示例镇人民政府",
    year: 2024,
    title: "示例镇人民政府2024年政府信息公开工作年度报告",
    signed_by: "示例镇人民政府",
    date: "2025年1月10日",
  ),
  overview: [
    "2024年，我镇公开村务、财务信息86条，按时办理依申请公开。",
  ],
  problems: [
    "存在的问题：更新不够及时。改进措施：定人定时维护栏目。",
  ],
  other_matters: [
    "本年度未收取信息处理费。",
  ],
)
"#;

/// The same with a number in each table.
fn with_tables(text: &str) -> String {
    let tables = "  disclosure: (\n    licensing: (decisions: 5),\n  ),\n  requests: (\n    new: (natural: 3),\n    \
                  granted: (natural: 3),\n  ),\n  review: (\n    direct_suit: (upheld: 0),\n  ),\n  overview: [";
    text.replace("  overview: [", tables)
}

fn units(name: &str) -> Folder {
    let folder = Folder::new(name);
    folder.write("单位/文字.ron", TEXT_ONLY);
    folder.write("单位/报了.ron", &with_tables(&TEXT_ONLY.replace("示例镇人民政府", "示例县财政局")));
    folder.run(&["new", "--unit", "示例县民政局", "--year", "2024", "-o", "单位/空白.ron"]);
    folder.write("名单.txt", "示例县财政局\n示例县民政局\n示例镇人民政府\n示例县司法局\n");
    folder
}

#[test]
fn a_report_without_tables_has_an_error_for_each() {
    let folder = units("blank-tables");
    shows(
        &folder.run(&["check", "单位/文字.ron", "单位/空白.ron", "--only", "D2,D2b"]),
        "
        示例镇人民政府 2024年（单位/文字.ron）：错误 3，提醒 0，留意 0
          [错误 D2b] “二、主动公开政府信息情况”整张表都没有填；没有就逐格填 0
              位置：二·规章·本年制发件数
          [错误 D2b] “三、收到和处理政府信息公开申请情况”整张表都没有填；没有就逐格填 0
              位置：三·一、本年新收政府信息公开申请数量·自然人
          [错误 D2b] “四、政府信息公开行政复议、行政诉讼情况”整张表都没有填；没有就逐格填 0
              位置：四·行政复议·结果维持

        ! 共核对 2 份，有错误的 1 份。错误 3，提醒 0，留意 0
        = 1
        ",
    );
    assert!(folder.run(&["explain", "d2B"]).starts_with("D2b（错误）\n要求："));
}

#[test]
fn a_report_without_tables_is_not_filed() {
    let folder = units("blank-status");
    let status = ["status", "单位", "--roster", "名单.txt", "--year", "2024"];
    let shown = folder.run(&status);
    assert!(shown.starts_with("2024年度：应报 4，已报 1，未报 1，未填完 2\n"), "{shown}");
    assert!(shown.contains("未填完：\n  示例县民政局（单位/空白.ron）：错误 2，提醒 "), "{shown}");
    assert!(shown.contains("  示例镇人民政府（单位/文字.ron）：错误 3，提醒 "), "{shown}");
    assert!(shown.contains("；二、三、四整张空白\n") && shown.ends_with("= 1\n"), "{shown}");
    let json = folder.run(&[&status[..], &["--format", "json"]].concat());
    let json: serde_json::Value = serde_json::from_str(json.rsplit_once("= ").unwrap().0).unwrap();
    let states: Vec<_> = json.as_array().unwrap().iter().map(|row| row["state"].as_str().unwrap()).collect();
    assert_eq!(states, ["filed", "unfinished", "unfinished", "missing"]);
    let csv = folder.run(&[&status[..], &["--format", "csv"]].concat());
    assert!(csv.contains("\n示例镇人民政府,是,未填完,单位/文字.ron,3,"), "{csv}");
}

#[test]
fn a_report_without_tables_is_named_and_not_added() {
    let folder = units("blank-compile");
    let compile = ["compile", "单位", "-o", "总.ron"];
    shows(
        &folder.run(&compile),
        "
        ! 已汇总 1 个单位，写到 总.ron
        ! 没有填完，没有计入（2）：
        !   示例镇人民政府（单位/文字.ron）：二、三、四整张空白
        !   示例县民政局（单位/空白.ron）：二、三、四整张空白
        ! 有空白格，没有计入（1）：
        !   示例县财政局（162 格）
        = 1
        ",
    );
    let total = folder.read("总.ron");
    assert!(
        total.contains("missing: [\n      \"示例县民政局\",\n      \"示例镇人民政府\",\n    ]"),
        "{total}"
    );
    assert!(!total.contains("文字.ron") && total.contains("new: (natural: 3),"), "{total}");
    let shown = folder.run(&["check", "总.ron", "--only", "A1"]);
    assert!(shown.contains("还缺 2 个单位，汇总不完整：示例县民政局、示例镇人民政府"), "{shown}");
    assert!(!shown.contains("已经报了"), "{shown}");
    // Once it has its tables, it is filed late.
    folder.write("单位/文字.ron", &with_tables(TEXT_ONLY));
    let shown = folder.run(&["check", "总.ron", "--only", "A1"]);
    assert!(shown.contains("缺报的单位里有 1 个已经报了：示例镇人民政府；请重新取数"), "{shown}");
    // One that was added and is emptied can no longer be.
    folder.write("单位/报了.ron", &TEXT_ONLY.replace("示例镇人民政府", "示例县财政局"));
    let shown = folder.run(&["check", "总.ron", "--only", "A1"]);
    assert!(
        shown.contains("现在不能计入，没有核对各格之和：示例县财政局（没有填完：二、三、四整张空白）"),
        "{shown}"
    );
}

#[test]
fn a_roster_tells_the_unfinished_from_those_who_filed_nothing() {
    let folder = units("blank-roster");
    folder.write("单位/民政局.ron", &with_tables(&TEXT_ONLY.replace("示例镇人民政府", "示例县民政局")));
    shows(
        &folder.run(&["compile", "单位", "-o", "总.ron", "--roster", "名单.txt"]),
        "
        ! 已汇总 2 个单位，写到 总.ron
        ! 缺报，没有计入（1）：
        !   示例县司法局
        ! 没有填完，没有计入（2）：
        !   示例镇人民政府（单位/文字.ron）：二、三、四整张空白
        !   示例县民政局（单位/空白.ron）：二、三、四整张空白
        ! 有空白格，没有计入（2）：
        !   示例县财政局（162 格）
        !   示例县民政局（162 格）
        = 1
        ",
    );
    let total = folder.read("总.ron");
    assert!(
        total.contains("missing: [\n      \"示例县司法局\",\n      \"示例镇人民政府\",\n    ]"),
        "{total}"
    );
}

#[test]
fn blank_drafts_alone_make_no_total() {
    let folder = Folder::new("blank-alone");
    for unit in ["示例县民政局", "示例县司法局"] {
        folder.run(&["new", "--unit", unit, "--year", "2024"]);
    }
    let compile = ["compile", "示例县民政局-2024.ron", "示例县司法局-2024.ron", "-o", "总.ron"];
    shows(
        &folder.run(&compile),
        "
        ! 没有填完，没有计入（2）：
        !   示例县民政局（示例县民政局-2024.ron）：二、三、四整张空白
        !   示例县司法局（示例县司法局-2024.ron）：二、三、四整张空白
        ! 没有一个单位可以计入，没有汇总，没有写 总.ron
        = 1
        ",
    );
    assert!(!folder.0.join("总.ron").exists());
    folder.write("坏的.ron", "(");
    let shown = folder.run(&[&compile[..], &["坏的.ron"]].concat());
    assert!(shown.ends_with("! nianbao：没有读到一份单位草稿，没有汇总\n= 2\n"), "{shown}");
}
