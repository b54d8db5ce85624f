//! Saved versions: listed, compared with the file, written to a file of their own.

use nianbao::store::{AppDirs, backups};
use std::fs;
use std::time::{Duration, UNIX_EPOCH};

use crate::folder::{Folder, shows};

const DRAFT: &str = include_str!("../../assets/sample.ron");

/// A folder with `a.ron`, of which three versions are kept: the last one is what is in the file.
fn saved_three_times(name: &str) -> Folder {
    let folder = Folder::new(name);
    let one = DRAFT.replace("natural: 58", "natural: 56");
    let two = DRAFT.replace("存在的主要问题：", "存在的问题：");
    let places = AppDirs::at(&folder.0.join(".local/state/nianbao"), &folder.0);
    for (minute, text) in (0..).zip([one.as_str(), &two, DRAFT]) {
        let when = UNIX_EPOCH + Duration::from_secs(1_768_200_000 + minute * 60);
        backups::save_backup(&places.backups(), &folder.0.join("a.ron"), text.as_bytes(), when).unwrap();
    }
    folder.write("a.ron", DRAFT);
    folder
}

#[test]
fn versions_are_listed_with_time_and_later_changes() {
    let folder = saved_three_times("history");
    shows(
        &folder.run(&["history", "a.ron"]),
        "
        1  2026-01-12 06:42       6 KB  和现在的文件一样
        2  2026-01-12 06:41       6 KB  和后一版有 1 处不同
        3  2026-01-12 06:40       6 KB  和后一版有 2 处不同
        = 0
        ",
    );
    folder.write("a.ron", &DRAFT.replace("natural: 58", "natural: 57"));
    let shown = folder.run(&["history", "a.ron", "--format", "json"]);
    let (json, end) = shown.rsplit_once("\n= ").unwrap();
    assert_eq!(end, "0\n");
    let list: serde_json::Value = serde_json::from_str(json).unwrap();
    assert_eq!(list.as_array().map(Vec::len), Some(3));
    assert_eq!(list[0]["number"], 1);
    assert_eq!(list[0]["saved"], "2026-01-12T06:42:00+00:00");
    assert_eq!(list[0]["bytes"], DRAFT.len());
    assert_eq!(list[0]["changed"], 1);
    let path = list[0]["path"].as_str().unwrap();
    assert_eq!(fs::read_to_string(path).unwrap(), DRAFT);
}

#[test]
fn a_version_is_compared_with_the_file_field_by_field() {
    let folder = saved_three_times("history-show");
    shows(
        &folder.run(&["history", "a.ron", "--show", "2"]),
        "
        五、存在的主要问题及改进情况：第 1 段起
          - 存在的问题：一是水质数据的解读不够通俗，群众看不懂；二是依申请答复的说理还不充分。
          + 存在的主要问题：一是水质数据的解读不够通俗，群众看不懂；二是依申请答复的说理还不充分。
        = 0
        ",
    );
    shows(
        &folder.run(&["history", "a.ron", "--show", "3"]),
        "
        三·一、本年新收政府信息公开申请数量·自然人：56 → 58
        = 0
        ",
    );
    assert_eq!(folder.run(&["history", "a.ron", "--show", "1"]), "! 这一版和现在的文件一样\n= 0\n");
    assert_eq!(
        folder.run(&["history", "a.ron", "--show", "4"]),
        "! nianbao：没有第 4 版，只有 1 到 3\n= 2\n"
    );
}

#[test]
fn a_version_is_written_to_another_file_and_over_none() {
    let folder = saved_three_times("history-restore");
    assert_eq!(folder.run(&["history", "a.ron", "--restore", "3", "-o", "b.ron"]), "! 已写到 b.ron\n= 0\n");
    assert_eq!(folder.read("b.ron"), DRAFT.replace("natural: 58", "natural: 56"));
    let shown = folder.run(&["history", "a.ron", "--restore", "3", "-o", "a.ron"]);
    assert!(shown.contains("a.ron 已经存在，没有覆盖") && shown.ends_with("= 2\n"), "{shown}");
    assert_eq!(folder.read("a.ron"), DRAFT);
    assert_eq!(folder.run(&["history", "a.ron", "--restore", "1", "-o", "-"]), format!("{DRAFT}= 0\n"));
}

#[test]
fn of_a_file_that_is_gone_the_versions_are_still_there() {
    let folder = saved_three_times("history-gone");
    fs::remove_file(folder.0.join("a.ron")).unwrap();
    let shown = folder.run(&["history", "a.ron"]);
    assert!(shown.contains("现在的文件无法读取") && shown.ends_with("= 0\n"), "{shown}");
    assert!(folder.run(&["history", "a.ron", "--restore", "1", "-o", "a.ron"]).ends_with("= 0\n"));
    assert_eq!(folder.read("a.ron"), DRAFT);
    folder.write("b.ron", DRAFT);
    assert_eq!(folder.run(&["history", "b.ron"]), "! b.ron：还没有以前存过的版本\n= 0\n");
    let shown = folder.run(&["history", "c.ron"]);
    assert!(shown.contains("没有这个文件，也没有它以前存过的版本") && shown.ends_with("= 2\n"), "{shown}");
}

#[test]
fn a_draft_that_is_written_over_by_force_is_kept_as_a_version() {
    let folder = Folder::new("history-force");
    folder.write("a.ron", DRAFT);
    let new = ["new", "--unit", "示例县档案局", "--year", "2025", "-o", "a.ron", "--force"];
    assert!(folder.run(&new).ends_with("= 0\n"));
    let blank = folder.read("a.ron");
    assert_eq!(folder.run(&["history", "a.ron", "--restore", "1", "-o", "-"]), format!("{DRAFT}= 0\n"));
    assert!(folder.run(&["history", "a.ron", "--restore", "1", "-o", "a.ron", "--force"]).ends_with("= 0\n"));
    assert_eq!(folder.read("a.ron"), DRAFT);
    assert_eq!(folder.run(&["history", "a.ron", "--restore", "1", "-o", "-"]), format!("{blank}= 0\n"));
}
