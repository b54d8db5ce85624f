//! One draft at a time: new, check, export, import, and what is said of bad arguments.

use std::fs;
use std::path::{MAIN_SEPARATOR, Path, PathBuf};
use std::process::{Command, Stdio};

use crate::folder::{Folder, shows};
use crate::skipped::skipped;

/// A draft with one broken sum.
const BROKEN: &str = r#"(
  version: 1,
  forms: (disclosure: "2021", requests: "2021"),
  totals: typed,
  cover: (unit: "示例县水利局", year: 2024),
  review: (
    direct_suit: (upheld: 2, corrected: 0, other: 1, pending: 0, total: 5),
  ),
)
"#;

#[test]
fn a_new_draft_is_written_once() {
    let folder = Folder::new("new");
    let new = ["new", "--unit", "示例市数据局", "--year", "2025", "--kind", "部门", "--level", "设区市"];
    shows(
        &folder.run(&new),
        "
        ! 已新建 示例市数据局-2025.ron（2021年格式）
        = 0
        ",
    );
    shows(
        &folder.run(&new),
        "
        ! nianbao：示例市数据局-2025.ron 已经存在，没有覆盖；要覆盖请加 --force，要另存请用 -o
        = 2
        ",
    );
    assert!(folder.run(&[&new[..], &["--force"]].concat()).ends_with("= 0\n"));
    assert!(folder.read("示例市数据局-2025.ron").contains("kind: \"部门\""));
}

#[test]
fn a_unit_name_cannot_lead_out_of_the_folder() {
    let folder = Folder::new("new-name");
    assert!(folder.run(&["new", "--unit", "../a/b", "--year", "2025"]).ends_with("= 0\n"));
    assert!(folder.0.join("_a_b-2025.ron").exists());
    for (unit, file) in
        [("..", "未命名"), ("/etc/passwd", "_etc_passwd"), ("aux.x", "_aux.x"), ("甲\u{202e}.", "甲")]
    {
        assert!(folder.run(&["new", "--unit", unit, "--year", "2024"]).ends_with("= 0\n"), "{unit}");
        assert!(folder.0.join(format!("{file}-2024.ron")).exists(), "{unit}");
    }
}

#[test]
fn headings_of_a_form_of_ones_own_are_names_of_csv_files() {
    let folder = Folder::new("headings");
    let form = include_str!("../../assets/forms/2021.ron").replace("id: \"2021\"", "id: \"甲\"");
    let form = form.replace("title: \"主动公开政府信息情况", "title: \"/../同名");
    let form = form.replace("title: \"收到和处理政府信息公开申请情况", "title: \"/../同名");
    let form = form.replace("numeral: \"三\"", "numeral: \"二\"");
    folder.write(".config/nianbao/forms/甲.ron", &form);
    let new = ["new", "--unit", "甲", "--year", "2025", "--form", "甲"];
    assert!(folder.run(&new).ends_with("= 0\n"));
    let shown = folder.run(&["export", "甲-2025.ron", "--to", "csv", "-o", "表/"]);
    assert!(shown.contains("表/二、_.._同名.csv\n") && shown.contains("表/二、_.._同名-2.csv\n"), "{shown}");
}

#[test]
fn mistakes_in_the_arguments_are_said_in_chinese() {
    let folder = Folder::new("arguments");
    for (arguments, words) in [
        (&["new"][..], "还缺少：--unit <单位>、--year <年度>"),
        (&["new", "--unit", "甲", "--year", "25"], "--year <年度> 不能是“25”，应是四位数的年度，如 2025"),
        (
            &["new", "--unit", "甲", "--year", "2025", "--kind", "x"],
            "--kind 不能是“x”，可以用：政府、部门、乡镇街道、其他",
        ),
        (&["check", "--formt", "x"], "没有 --formt 这个选项，是不是要用 --format？"),
        (
            &["check", "a", "--format", "x"],
            "--format <格式> 不能是“x”，可以用：text、json、jsonl、csv、github、sarif",
        ),
        (
            &["check", "a", "--format"],
            "--format <格式> 后面缺少内容，可以用：text、json、jsonl、csv、github、sarif",
        ),
        (&["check", "a", "--summary", "--summary"], "--summary 写了两次"),
        (
            &["check", "a", "--today", "2月30日"],
            "--today <日期> 不能是“2月30日”，应是日历上有的一天，如 2026-01-20",
        ),
        (&["explain", "规则"], "没有编号为“规则”的规则，现有："),
    ] {
        let shown = folder.run(arguments);
        assert!(shown.starts_with(&format!("! nianbao：{words}")), "{shown}");
        assert!(shown.ends_with("= 2\n"), "{shown}");
    }
}

#[test]
fn findings_are_told_by_unit_in_the_words_of_the_form() {
    let folder = Folder::new("check");
    folder.write("甲/好.ron", &BROKEN.replace("total: 5", "total: 3"));
    folder.write("甲/坏.ron", BROKEN);
    folder.write("乙.ron", "(version: 1, x)");
    folder.write(".hidden/乙.ron", "(");
    shows(
        &folder.run(&["check", "甲", "--only", "T4"]),
        "
        示例县水利局 2024年（甲/坏.ron）：错误 1，提醒 0，留意 0
          [错误 T4] 未经复议直接起诉：总计 5，结果维持 2 + 其他结果 1 = 3，相差 2
              位置：四·未经复议直接起诉·总计 到 四·未经复议直接起诉·尚未审结，共 5 栏

        ! 共核对 2 份，有错误的 1 份。错误 1，提醒 0，留意 0
        = 1
        ",
    );
    let json = folder.run(&["check", ".", "--only", "T4", "--format", "json"]);
    let (json, rest) = json.split_once("\n! ").unwrap();
    let json: serde_json::Value = serde_json::from_str(json).unwrap();
    let seen: Vec<_> = json
        .as_array()
        .unwrap()
        .iter()
        .map(|e| (e["file"].as_str().unwrap(), e["id"].as_str().unwrap()))
        .collect();
    assert_eq!(seen, [("乙.ron", "F0"), ("甲/坏.ron", "T4")], "an unreadable file is not the end of the run");
    assert_eq!(json[1]["fields"][0], "review.direct_suit.total");
    assert_eq!(
        (&json[1]["weight"], &json[1]["waived"], &json[1]["cure"]),
        (&"error".into(), &serde_json::Value::Null, &true.into())
    );
    assert!(rest.ends_with("= 2\n"));
    shows(
        &folder.run(&["check", "甲", "--only", "T1", "--format", "json"]),
        "
        []
        ! 共核对 2 份，有错误的 0 份。错误 0，提醒 0，留意 0
        = 0
        ",
    );
    shows(
        &folder.run(&["check", "甲", "--only", "T4", "--summary"]),
        "
        共核对 2 份，有错误的 1 份。错误 1，提醒 0，留意 0
          T4  1 条，1 份  表四每一组：总计 = 结果维持 + 结果纠正 + 其他结果 + 尚未审结。
        = 1
        ",
    );
    let csv = folder.run(&["check", "甲", "--only", "T4", "--format", "csv"]);
    assert!(csv.starts_with("\u{feff}文件,单位年度,规则,"), "{csv}");
    assert!(csv.contains("甲/坏.ron,示例县水利局 2024年,T4,错误,"), "{csv}");
}

#[test]
fn an_ignored_finding_is_shown_only_on_request() {
    let folder = Folder::new("waived");
    let fields: Vec<String> = ["total", "upheld", "corrected", "other", "pending"]
        .map(|column| format!("\"review.direct_suit.{column}\""))
        .into();
    let waiver =
        format!("  waivers: [(rule: \"T4\", fields: [{}], reason: \"原文如此\")],\n)\n", fields.join(", "));
    folder.write("a.ron", &BROKEN.replace("  ),\n)\n", &format!("  ),\n{waiver}")));
    assert!(folder.run(&["check", "a.ron", "--only", "T4"]).starts_with("! 共核对 1 份"));
    let shown = folder.run(&["check", "a.ron", "--only", "T4", "--waived"]);
    assert!(shown.contains("      已搁置：原文如此\n") && shown.ends_with("= 0\n"), "{shown}");
}

#[test]
fn json_goes_out_and_comes_back_the_same() {
    let folder = Folder::new("json");
    folder.write("a.ron", BROKEN);
    assert!(folder.run(&["export", "a.ron", "--to", "json", "-o", "a.json"]).ends_with("= 0\n"));
    shows(
        &folder.run(&["import", "a.json", "-o", "b.ron"]),
        "
        ! 已读入 a.json，草稿写到 b.ron
        = 0
        ",
    );
    assert!(folder.run(&["export", "b.ron", "--to", "json", "-o", "b.json"]).ends_with("= 0\n"));
    assert_eq!(folder.read("a.json"), folder.read("b.json"));
    let export = folder.run(&["export", "a.ron", "--to", "json"]);
    assert!(export.contains("! 注意：这份草稿还有"), "errors are said and are no failure: {export}");
    assert!(export.ends_with("= 0\n"));
    let piped = folder.run_with(&["import", "-", "-o", "c.ron", "--format", "json"], &folder.read("a.json"));
    assert!(piped.contains("\"open\": []") && piped.contains("\"unplaced\": []"), "{piped}");
}

#[test]
fn every_format_is_written_beside_the_draft_or_to_the_output() {
    let folder = Folder::new("formats");
    folder.write("a.ron", BROKEN);
    for format in ["docx", "html", "xlsx"] {
        let shown = folder.run(&["export", "a.ron", "--to", format]);
        assert!(shown.contains(&format!("! 已写到 a.{format}\n")) && shown.ends_with("= 0\n"), "{shown}");
        assert!(folder.0.join(format!("a.{format}")).exists());
        let again = folder.run(&["export", "a.ron", "--to", format]);
        assert!(again.contains("已经存在，没有覆盖"), "{again}");
    }
    for format in ["md", "txt", "csv", "json"] {
        let shown = folder.run(&["export", "a.ron", "--to", format]);
        assert!(shown.contains("示例县水利局"), "{format}: {shown}");
        assert!(!folder.0.join(format!("a.{format}")).exists());
    }
    let shown = folder.run(&["export", "a.ron", "--to", "doc"]);
    let words = "--to <格式> 不能是“doc”，可以用：docx、html、xlsx、md、txt、csv、json";
    assert!(shown.starts_with(&format!("! nianbao：{words}\n")), "{shown}");
}

#[test]
fn a_web_page_goes_out_whole_or_as_the_part_to_paste() {
    let folder = Folder::new("fragment");
    folder.write("a.ron", BROKEN);
    let whole = folder.run(&["export", "a.ron", "--to", "html", "-o", "-"]);
    assert!(whole.contains("<!DOCTYPE html>") && whole.ends_with("= 0\n"), "{whole}");
    let part = folder.run(&["export", "a.ron", "--to", "html", "--fragment", "-o", "-"]);
    assert!(part.starts_with("<article>") && !part.contains("<style>"), "{part}");
    let shown = folder.run(&["export", "a.ron", "--to", "md", "--fragment"]);
    assert!(shown.contains("--fragment 只能和 --to html 一起用") && shown.ends_with("= 2\n"), "{shown}");
}

/// The folder of published reports, where it stands beside the repository.
fn reports() -> Option<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    ["../shared/reports", "../../shared/reports"]
        .iter()
        .map(|path| root.join(path))
        .find(|path| path.is_dir())
}

#[test]
fn published_reports_break_exactly_the_sums_that_they_break() {
    let Some(reports) = reports() else {
        skipped("../shared/reports is not there");
        return;
    };
    let folder = Folder::new("published");
    for entry in fs::read_dir(reports).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_str().unwrap().to_string();
        let Some(name) = name.strip_suffix(".expected.json") else { continue };
        let known: serde_json::Value = serde_json::from_str(&fs::read_to_string(&path).unwrap()).unwrap();
        let draft = format!("{name}.ron");
        let shown = folder.run(&["import", path.to_str().unwrap(), "-o", &draft]);
        assert!(shown.ends_with("= 0\n"), "{shown}");
        let shown = folder.run(&["check", &draft, "--only", "T1,T2,T3,T4,D0", "--format", "json"]);
        let found: serde_json::Value = serde_json::from_str(shown.split("! ").next().unwrap()).unwrap();
        let (mut broken, mut missing) = (Vec::new(), Vec::new());
        for finding in found.as_array().unwrap() {
            let id = finding["id"].as_str().unwrap();
            let first = finding["fields"][0].as_str().unwrap();
            if id == "D0" {
                missing.push(first.to_string());
            } else {
                broken.push((id.to_string(), row_or_column(id, first)));
            }
        }
        let expected: Vec<(String, String)> =
            serde_json::from_value(known["relations_broken"].clone()).unwrap();
        assert_eq!(broken, expected, "{name}");
        let mut expected: Vec<String> = serde_json::from_value(known["missing_totals"].clone()).unwrap();
        expected.sort();
        missing.sort();
        assert_eq!(missing, expected, "{name}");
    }
}

/// What a relation stands in: T1 and T2 in a column, T3 and T4 in a row.
fn row_or_column(id: &str, field: &str) -> String {
    let part = if id == "T1" || id == "T2" { 2 } else { 1 };
    field.split('.').nth(part).unwrap().to_string()
}

#[test]
fn a_published_report_is_read_and_what_is_open_is_said() {
    let folder = Folder::new("import");
    folder.write(
        "a.md",
        "# 示例市某局2024年政府信息公开工作年度报告\n\n## 一、总体情况\n\n平稳。\n\n## 二、主动公开政府信息情况\n\n\
         | 信息内容 | 本年处理决定数量 |\n|---|---|\n| 行政许可 | 12 |\n| 行政处罚 | |\n\n![图](a.png)\n\n\
         ## 五、存在的主要问题及改进情况\n\n无。\n",
    );
    let shown = folder.run(&["import", "a.md", "-o", "a.ron"]);
    assert!(shown.contains("第12行：二·行政处罚·本年处理决定数量：原文空白\n"), "{shown}");
    assert!(shown.contains("二·行政规范性文件·整行：没有找到\n"), "{shown}");
    assert!(shown.contains("第14行：没有归到哪一栏：（图片）\n"), "{shown}");
    assert!(shown.ends_with("! 已读入 a.md，草稿写到 a.ron\n= 1\n"), "{shown}");
    let shown = folder.run(&["import", "a.md", "-o", "b.ron", "--format", "json"]);
    let whole: serde_json::Value = serde_json::from_str(shown.split("! ").next().unwrap()).unwrap();
    assert_eq!(whole["fields"]["disclosure.licensing.decisions"], 12);
    assert_eq!(whole["totals"], "typed");
    assert!(
        whole["open"].as_array().unwrap().iter().any(|open| open["state"] == "blank" && open["line"] == 12)
    );
    let refused = folder.run_with(&["import", "-", "-o", "c.ron"], "%PDF-1.4");
    assert!(
        refused.starts_with("! nianbao：标准输入：这个 PDF 文件已损坏") && refused.ends_with("= 2\n"),
        "{refused}"
    );
}

#[test]
fn a_reader_that_went_away_and_a_full_disk_are_no_panic() {
    let folder = Folder::new("output");
    folder.write("a.ron", BROKEN);
    let start = |arguments: &[&str], out: Stdio| {
        Command::new(env!("CARGO_BIN_EXE_nianbao"))
            .args(arguments)
            .current_dir(&folder.0)
            .stdout(out)
            .stderr(Stdio::piped())
            .spawn()
            .unwrap()
    };
    let export = ["export", "a.ron", "--to", "json"];
    for (arguments, exit) in [
        (&["manual"][..], 0),
        (&["help", "check"], 0),
        (&["man"], 0),
        (&["explain"], 0),
        (&["completions", "bash"], 0),
        (&export, 0),
        (&["diff", "--textconv", "a.ron"], 0),
        (&["check", "a.ron", "--only", "T4"], 1),
    ] {
        let mut child = start(arguments, Stdio::piped());
        drop(child.stdout.take());
        let output = child.wait_with_output().unwrap();
        let words = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(!words.contains("panicked") && !words.contains("写不出去"), "{arguments:?}: {words}");
        assert_eq!(output.status.code(), Some(exit), "the exit code of its work: {arguments:?}");
    }
    let Ok(full) = fs::OpenOptions::new().write(true).open("/dev/full") else {
        skipped("no /dev/full");
        return;
    };
    let output = start(&export, full.into()).wait_with_output().unwrap();
    let words = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(words.contains("nianbao：结果写不出去"), "{words}");
    assert_eq!(output.status.code(), Some(2));
}

#[test]
fn a_year_is_begun_from_the_last_and_checked_beside_it() {
    let folder = Folder::new("carry");
    let last = r#"(
  version: 1,
  forms: (disclosure: "2021", requests: "2021"),
  totals: auto,
  cover: (unit: "示例县水利局", year: 2024),
  disclosure: (
    normative: (in_force: 32),
  ),
  requests: (
    carried_out: (natural: 3),
  ),
)
"#;
    fs::write(folder.0.join("上年.ron"), last).unwrap();
    shows(
        &folder.run(&["carry", "上年.ron"]),
        "
        ! 已新建 示例县水利局-2025.ron（2021年格式），上年结转取自 上年.ron
        ! 现行有效件数先放上年的数，请按本年制发、废止核对；正文留空。
        = 0
        ",
    );
    let draft = folder.read("示例县水利局-2025.ron");
    assert!(draft.contains("last: \"上年.ron\"") && draft.contains("in_force: 32"), "{draft}");
    assert!(draft.contains("carried_in: (natural: 3"), "{draft}");
    assert!(folder.run(&["carry", "上年.ron"]).contains("已经存在"));
    let over = folder.run(&["carry", "上年.ron", "-o", "上年.ron", "--force"]);
    assert!(over.contains("就是上年的草稿"), "{over}");
    assert_eq!(folder.read("上年.ron"), last);
}

#[test]
fn each_table_can_be_a_csv_file_of_its_own() {
    let folder = Folder::new("tables");
    folder.write("a.ron", include_str!("../../assets/sample.ron"));
    let shown = folder.run(&["export", "a.ron", "--to", "csv", "-o", &format!("表{MAIN_SEPARATOR}")]);
    assert!(shown.contains("! 已写到 表/四、政府信息公开行政复议、行政诉讼情况.csv\n"), "{shown}");
    let table = folder.read("表/二、主动公开政府信息情况.csv");
    assert!(table.starts_with("\u{feff}第二十条第（一）项") && table.contains("行政许可,412"), "{table}");
    let again = folder.run(&["export", "a.ron", "--to", "csv", "-o", "表"]);
    assert!(again.contains("已经存在") && again.ends_with("= 2\n"), "{again}");
    let other = folder.run(&["export", "a.ron", "--to", "md", "-o", "表"]);
    assert!(other.contains("是文件夹") && other.ends_with("= 2\n"), "{other}");
}
