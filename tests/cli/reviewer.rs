//! What a reviewer of many units sees: texts that two units share, another unit's name, and what the folder
//! wants of the rules.

use crate::folder::Folder;

const PROBLEMS: &str = "一是政策解读形式单一，群众看不懂、不爱看；二是基层工作人员变动频繁，业务不够熟练。\
    下一步，我局将丰富解读形式，开展业务培训，提升公开质量，压实各科室责任。";

fn unit(name: &str, overview: &str, problems: &str) -> String {
    format!(
        r#"(
  version: 1,
  forms: (disclosure: "2021", requests: "2021"),
  totals: auto,
  cover: (unit: "{name}", year: 2024, title: "{name}2024年政府信息公开工作年度报告", date: "2025年1月20日"),
  overview: ["{overview}"],
  disclosure: (licensing: (decisions: 0)),
  requests: (new: (natural: 0)),
  review: (direct_suit: (upheld: 0)),
  problems: ["{problems}"],
)
"#
    )
}

fn folder(name: &str) -> Folder {
    let folder = Folder::new(name);
    folder.write("各局/甲.ron", &unit("示例县财政局", "2024年，我局公开信息。", PROBLEMS));
    let twin = PROBLEMS.replace("业务培训", "专题讲座");
    folder.write("各局/乙.ron", &unit("示例县水务局", "2024年，示例县财政局认真落实各项要求。", &twin));
    folder.write("各局/丙.ron", &unit("示例县林业局", "2024年，我局公开信息。", "解读不够，将加强培训。"));
    folder
}

#[test]
fn units_with_the_same_text_or_another_units_name_are_found() {
    let folder = folder("twins");
    let shown = folder.run(&["check", "各局", "--only", "N6,S14"]);
    for part in [
        "与“示例县水务局”（各局/乙.ron）的文字有 9",
        "与“示例县财政局”（各局/甲.ron）的文字有 9",
        "[提醒 S14] 这一句说的是“示例县财政局”，报告单位是“示例县水务局”",
    ] {
        assert!(shown.contains(part), "{part} is not in\n{shown}");
    }
    assert_eq!(shown.matches("N6]").count(), 2, "{shown}");
    assert!(!shown.contains("林业"), "{shown}");
    let alone = folder.run(&["check", "各局/甲.ron", "--only", "N6,S14"]);
    assert!(!alone.contains("N6"), "nothing is known of the others: {alone}");

    folder.write("名单.txt", "示例县财政局\n示例县水务局\n示例县林业局\n");
    let status = |file: &str, unit: &str| {
        folder.write("名单.txt", unit);
        let shown =
            folder.run(&["status", file, "--roster", "名单.txt", "--year", "2024", "--format", "csv"]);
        let line = shown.lines().find(|line| line.starts_with(unit)).unwrap().to_string();
        line.rsplit(',').next().unwrap().parse::<u32>().unwrap()
    };
    let (alone, beside) = (status("各局/甲.ron", "示例县财政局"), status("各局", "示例县财政局"));
    assert_eq!(beside, alone + 1, "the twin is among the warnings of its status");
}

#[test]
fn what_the_folder_wants_of_the_rules_is_said_in_every_output() {
    let folder = folder("settings");
    let settings = "(deadline: \"2025-01-10\", off: [\"N6\"], weights: {\"S6\": \"remark\"})";
    folder.write("各局/nianbao.ron", settings);
    let words = "按 nianbao.ron：报送期限 2025年1月10日；不核对 N6；S6 按留意";
    let text = folder.run(&["check", "各局", "--only", "N6,S6,S7b"]);
    assert!(text.starts_with(words), "{text}");
    assert_eq!(text.matches("按 nianbao.ron").count(), 1, "said once: {text}");
    assert!(!text.contains("N6]") && text.contains("[留意 S6]"), "{text}");
    assert_eq!(text.matches("[提醒 S7b]").count(), 3, "{text}");

    let json = folder.run(&["check", "各局", "--only", "S6", "--format", "json"]);
    let array = json.lines().filter(|line| !line.starts_with(['!', '='])).collect::<String>();
    let array: serde_json::Value = serde_json::from_str(&array).unwrap();
    let entries = array.as_array().unwrap();
    assert_eq!(
        (entries.len(), &entries[0]["id"], &entries[0]["weight"]),
        (4, &"F1".into(), &"remark".into())
    );
    assert!(entries[0]["message"].as_str().unwrap().contains("不核对 N6"), "{json}");
    assert!(entries[1..].iter().all(|entry| entry["id"] == "S6" && entry["weight"] == "remark"), "{json}");

    let csv = folder.run(&["check", "各局", "--only", "S6", "--format", "csv"]);
    assert!(csv.lines().nth(1).unwrap().contains("F1") && csv.contains(words), "{csv}");
    let summary = folder.run(&["check", "各局", "--summary", "--format", "json"]);
    assert!(summary.contains("\"settings\""), "{summary}");
    folder.write("名单.txt", "示例县财政局\n");
    let status = folder.run(&["status", "各局", "--roster", "名单.txt", "--year", "2024"]);
    assert!(status.starts_with(words), "{status}");
}

#[test]
fn settings_that_cannot_be_read_are_an_error_and_change_nothing() {
    let folder = folder("bad-settings");
    folder.write("各局/nianbao.ron", "(off: [\"N99\"])");
    let shown = folder.run(&["check", "各局/丙.ron", "--only", "S6"]);
    assert!(shown.contains("[错误 F0] 文件夹的设置无法读取") && shown.contains("N99"), "{shown}");
    assert!(shown.contains("[提醒 S6]") && shown.ends_with("= 1\n"), "{shown}");
}
