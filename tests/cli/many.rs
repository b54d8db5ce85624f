//! Many units at a time: compile, status, diff.

use crate::folder::{Folder, shows};

/// A unit's draft with numbers of section 三, and a 0 in the other tables.
fn unit(name: &str, year: u16, natural: &str) -> String {
    UNIT.replace("甲局", name)
        .replace("natural: 3", &format!("natural: {natural}"))
        .replace("year: 2024", &format!("year: {year}"))
}

const UNIT: &str = r#"(
  version: 1,
  forms: (disclosure: "2021", requests: "2021"),
  totals: auto,
  cover: (unit: "甲局", year: 2024),
  disclosure: (
    licensing: (decisions: 0),
  ),
  requests: (
    new: (natural: 3),
    granted: (natural: 3),
  ),
  review: (
    direct_suit: (upheld: 0),
  ),
)
"#;

#[test]
fn units_are_compiled_and_what_is_missing_is_named() {
    let folder = Folder::new("compile");
    folder.write("单位/甲.ron", &unit("甲局", 2024, "3"));
    folder.write("单位/乙.ron", &unit("乙局", 2024, "4"));
    folder.write("名单.txt", "甲局\n乙局\n丙镇\n");
    let compile = ["compile", "单位", "-o", "总.ron", "--roster", "名单.txt", "--unit", "示例县人民政府"];
    shows(
        &folder.run(&compile),
        "
        ! 已汇总 2 个单位，写到 总.ron
        ! 缺报，没有计入（1）：
        !   丙镇
        ! 有空白格，没有计入（2）：
        !   乙局（162 格）
        !   甲局（162 格）
        = 1
        ",
    );
    let total = folder.read("总.ron");
    assert!(total.contains("    new: (natural: 7),\n"), "{total}");
    assert!(total.contains("unit: \"乙局\", file: \"单位/乙.ron\", print: \""), "{total}");
    assert!(total.contains("scope: \"汇总\""), "{total}");
    let shown = folder.run(&["check", "总.ron", "--only", "A1"]);
    assert!(shown.contains("还缺 1 个单位，汇总不完整：丙镇"), "{shown}");
    assert!(
        shown.contains("有 2 个单位的表里有空白格，没有计入汇总：乙局（162 格）、甲局（162 格）"),
        "{shown}"
    );

    // A unit's file changes: the compiled report says so, and takes the new number in when asked.
    folder.write("单位/乙.ron", &unit("乙局", 2024, "9"));
    let shown = folder.run(&["check", "总.ron", "--only", "A1"]);
    assert!(shown.contains("[提醒 A1] 有 1 个单位在汇总之后改过数：乙局；请重新取数"), "{shown}");
    assert!(shown.contains("[错误 A1] “本年新收·自然人”汇总是 7，各单位之和是 12"), "{shown}");
    assert!(folder.run(&compile).starts_with("! nianbao：总.ron 已经存在，没有动它；要重新取数请加 --force"));
    folder.write("总.ron", &total.replace("  cover: (", "  overview: [\"保留的文字。\"],\n  cover: ("));
    let again =
        [&compile[..], &["--force", "--adjust", "requests.new.natural=-2=联合收到，由牵头单位计数"]].concat();
    assert!(folder.run(&again).ends_with("= 1\n"));
    let total = folder.read("总.ron");
    assert!(total.contains("    new: (natural: 10),\n") && total.contains("保留的文字。"), "{total}");
    assert!(total.contains("reason: \"联合收到，由牵头单位计数\""), "{total}");
    let shown = folder.run(&["check", "总.ron", "--only", "A1", "--min-weight", "error"]);
    assert!(shown.ends_with("= 0\n"), "{shown}");
}

#[test]
fn a_unit_that_files_late_is_told_wherever_the_others_file() {
    for (units, late, elsewhere) in [
        (["甲.ron", "乙.ron"], "丙.ron", "别处/丙.ron"),
        (["单位/甲.ron", "单位/乙.ron"], "单位/丙.ron", "丙.ron"),
        (["单位/甲/2024.ron", "单位/乙/2024.ron"], "单位/丙/2024.ron", "单位/丙/旧/2024.ron"),
    ] {
        let folder = Folder::new("compile-late");
        folder.write(units[0], &unit("甲局", 2024, "3"));
        folder.write(units[1], &unit("乙局", 2024, "4"));
        folder.write("名单.txt", "甲局\n乙局\n丙镇\n");
        folder.run(&["compile", units[0], units[1], "-o", "总.ron", "--roster", "名单.txt"]);
        folder.write(elsewhere, &unit("丙镇", 2024, "5"));
        let shown = folder.run(&["check", "总.ron", "--only", "A1"]);
        assert!(!shown.contains("已经报了"), "{late}: {shown}");
        folder.write(late, &unit("丙镇", 2024, "5"));
        let shown = folder.run(&["check", "总.ron", "--only", "A1"]);
        assert!(shown.contains("缺报的单位里有 1 个已经报了：丙镇；请重新取数"), "{late}: {shown}");
        // Nobody has taken it in yet: it is no part of the sums.
        assert!(!shown.contains("各单位之和"), "{late}: {shown}");
    }
}

#[test]
fn what_cannot_be_compiled_is_refused_or_told() {
    let folder = Folder::new("compile-refused");
    folder.write("a.ron", &unit("甲局", 2024, "3"));
    folder.write("b.ron", &unit("乙局", 2023, "4"));
    folder.write("c.ron", &unit("甲局", 2024, "4"));
    folder.write("d.ron", &unit("丁局", 2024, "\"约3件\""));
    folder.write("e.ron", "(");
    for (files, words) in [
        (
            &["a.ron", "b.ron"][..],
            "b.ron 是 2023 年的，前面的是 2024 年的；一份汇总只能是同一年度的报告；没有汇总",
        ),
        (&["a.ron", "c.ron"], "c.ron 单位“甲局”已经有一份（a.ron），同一单位只能计一次；没有汇总"),
        (&["e.ron"], "没有读到一份单位草稿，没有汇总"),
    ] {
        let shown = folder.run(&[&["compile", "-o", "t.ron"], files].concat());
        assert!(shown.contains(&format!("! nianbao：{words}\n= 2\n")), "{shown}");
        assert!(!folder.0.join("t.ron").exists());
    }
    let shown = folder.run(&["compile", "a.ron", "d.ron", "-o", "t.ron"]);
    assert!(shown.contains("三·一、本年新收政府信息公开申请数量·自然人：丁局 写的是“约3件”"), "{shown}");
    assert!(shown.ends_with("= 1\n"), "{shown}");
    let shown = folder.run(&["compile", "a.ron", "e.ron", "-o", "u.ron"]);
    assert!(shown.contains("! 无法读取，没有计入（1）：\n!   e.ron\n"), "{shown}");
}

#[test]
fn a_status_names_who_has_not_filed_and_who_with_errors() {
    let folder = Folder::new("status");
    folder.write("单位/甲.ron", &unit("甲局", 2024, "3"));
    folder.write("单位/乙.ron", &unit("乙局", 2024, "3").replace("2021", "2019"));
    folder.write("单位/丙.ron", &unit("丙局", 2023, "3"));
    folder.write("单位/丁.ron", &unit("丁局", 2024, "3"));
    folder.write("单位/丁二.ron", &unit("丁局", 2024, "3"));
    folder.write("单位/外.ron", &unit("外局", 2024, "3"));
    folder.write("名单.txt", "甲局\n乙局\n丙局\n丁局\n戊镇\n");
    let status = ["status", "单位", "--roster", "名单.txt", "--year", "2024"];
    let shown = folder.run(&status);
    assert!(
        shown.starts_with(
            "2024年度：应报 5，已报 3，未报 2，报了不止一份 1，用了别的年度的格式 1，有错误 1\n"
        ),
        "{shown}"
    );
    assert!(shown.contains("未报：\n  丙局（只有 2023年 的）\n  戊镇\n"), "{shown}");
    assert!(shown.contains("用了别的年度的格式：\n  乙局（单位/乙.ron）：错误 "), "{shown}");
    assert!(shown.contains("不在名单上：\n  外局（单位/外.ron）"), "{shown}");
    assert!(shown.ends_with("= 1\n"), "{shown}");
    let json = folder.run(&[&status[..], &["--format", "json"]].concat());
    let json: serde_json::Value = serde_json::from_str(json.rsplit_once("= ").unwrap().0).unwrap();
    let states: Vec<_> = json.as_array().unwrap().iter().map(|row| row["state"].as_str().unwrap()).collect();
    assert_eq!(states, ["errors", "old_format", "missing", "doubled", "missing", "errors"]);
    let csv = folder.run(&[&status[..], &["--format", "csv"]].concat());
    assert!(csv.contains("\n戊镇,是,未报,,0,0\n"), "{csv}");
}

#[test]
fn two_drafts_are_compared_in_the_words_of_the_form() {
    let folder = Folder::new("diff");
    folder.write(
        "a.ron",
        &unit("甲局", 2024, "3")
            .replace("  disclosure", "  overview: [\"一。\", \"二。\", \"三。\"],\n  disclosure"),
    );
    folder.write(
        "b.ron",
        &unit("甲局", 2024, "\"/\"")
            .replace("  disclosure", "  overview: [\"一。\", \"贰。\", \"三。\"],\n  disclosure"),
    );
    shows(
        &folder.run(&["diff", "a.ron", "b.ron"]),
        "
        一、总体情况：第 2 段起
          - 二。
          + 贰。
        三·一、本年新收政府信息公开申请数量·自然人：3 → /
        三·（一）予以公开·自然人：3 → /
        = 1
        ",
    );
    shows(
        &folder.run(&["diff", "a.ron", "a.ron", "--format", "json"]),
        "\n        []\n        = 0\n        ",
    );
    shows(
        &folder.run(&["diff", "--textconv", "a.ron"]),
        "
        表二的格式：2021
        其余的格式：2021
        总计：自动计算
        封面·单位名称：甲局
        封面·报告年度：2024
        一、总体情况：
          一。
          二。
          三。
        二·行政许可·本年处理决定数量：0
        三·一、本年新收政府信息公开申请数量·自然人：3
        三·一、本年新收政府信息公开申请数量·总计：3
        三·（一）予以公开·自然人：3
        三·（一）予以公开·总计：3
        三·（七）总计·自然人：3
        三·（七）总计·总计：3
        四·未经复议直接起诉·结果维持：0
        四·未经复议直接起诉·总计：0
        = 0
        ",
    );
}
