//! What repositories and pipes ask for: standard streams, lines, annotations, a merge driver.

use crate::folder::Folder;
use serde_json::Value as Json;

/// A folder with a draft that has one error: a row that does not add up.
fn folder(name: &str) -> Folder {
    let folder = Folder::new(name);
    folder.run(&["new", "--unit", "甲局", "--year", "2024", "-o", "a.ron"]);
    let draft = folder.read("a.ron");
    let row = "new: (natural: 3, business: 0, research: 0, welfare: 0, legal: 0, other_org: 0, total: 4)";
    let draft = draft.trim_end().strip_suffix(')').unwrap();
    let draft =
        format!("{draft}  requests: (\n    {row},\n  ),\n)\n").replace("totals: auto", "totals: typed");
    folder.write("a.ron", &draft);
    folder
}

/// The line and the column, in characters, at which a name stands in a file.
fn place(text: &str, name: &str) -> (u64, u64) {
    let (line, content) = text.lines().enumerate().find(|(_, line)| line.trim().starts_with(name)).unwrap();
    let column = content.chars().take_while(|c| c.is_whitespace()).count() + 1;
    (line as u64 + 1, column as u64)
}

#[test]
fn check_says_line_and_column_one_finding_a_line() {
    let folder = folder("jsonl");
    let out = folder.run(&["check", "a.ron", "--format", "jsonl", "--only", "T3", "--quiet"]);
    let (lines, exit) = out.rsplit_once("= 1").unwrap();
    assert_eq!(exit.trim(), "");
    let entry: Json = serde_json::from_str(lines.trim()).unwrap();
    let (line, _) = place(&folder.read("a.ron"), "new: (");
    assert_eq!(entry["id"], "T3");
    assert_eq!(entry["line"], line);
    assert!(entry["column"].as_u64().unwrap() > 5, "{entry}");
}

#[test]
fn findings_become_annotations_of_a_workflow() {
    let folder = folder("github");
    let out = folder.run(&["check", "a.ron", "--format", "github", "--only", "T3", "-q"]);
    let (line, _) = place(&folder.read("a.ron"), "new: (");
    assert!(out.starts_with(&format!("::error file=a.ron,line={line},col=")), "{out}");
    assert!(out.contains(",title=T3::") && out.ends_with("= 1\n"), "{out}");
}

#[test]
fn sarif_holds_the_rules_and_the_place_of_each_finding() {
    let folder = folder("sarif");
    let out = folder.run(&["check", "a.ron", "--format", "sarif", "-q"]);
    let (text, _) = out.rsplit_once("= 1").unwrap();
    let sarif: Json = serde_json::from_str(text).unwrap();
    let run = &sarif["runs"][0];
    let rules = run["tool"]["driver"]["rules"].as_array().unwrap();
    let results = run["results"].as_array().unwrap();
    assert!(!results.is_empty());
    for result in results {
        assert!(rules.iter().any(|rule| rule["id"] == result["ruleId"]), "{result}");
        let place = &result["locations"][0]["physicalLocation"];
        assert_eq!(place["artifactLocation"]["uri"], "a.ron");
        assert!(place["region"]["startLine"].as_u64().unwrap() >= 1);
    }
    let sum = results.iter().find(|result| result["ruleId"] == "T3").unwrap();
    let region = &sum["locations"][0]["physicalLocation"]["region"];
    assert_eq!(region["startLine"], place(&folder.read("a.ron"), "new: (").0);
}

#[test]
fn a_draft_is_checked_and_exported_from_a_pipe() {
    let folder = folder("pipe");
    let draft = folder.read("a.ron");
    let out = folder.run_with(&["check", "-", "--only", "T3", "-q"], &draft);
    assert!(out.contains("（-）") && out.contains("T3") && out.ends_with("= 1\n"), "{out}");
    let out = folder.run_with(&["export", "-", "--to", "txt", "-q"], &draft);
    assert!(out.contains("一、总体情况") && out.ends_with("= 0\n"), "{out}");
    let out = folder.run_with(&["check", "-"], "不是草稿");
    assert!(out.ends_with("= 2\n"), "{out}");
}

#[test]
fn what_one_side_changed_is_merged_without_a_word() {
    let folder = folder("merge");
    let base = folder.read("a.ron");
    folder.write("base.ron", &base);
    folder.write("ours.ron", &base.replace("natural: 3", "natural: 4"));
    folder.write("theirs.ron", &base.replace("甲局", "乙局"));
    assert_eq!(folder.run(&["merge", "base.ron", "ours.ron", "theirs.ron"]), "= 0\n");
    let merged = folder.read("ours.ron");
    assert!(merged.contains("natural: 4") && merged.contains("乙局"), "{merged}");
}

#[test]
fn what_both_sides_changed_is_listed_and_ours_is_kept() {
    let folder = folder("merge-conflict");
    let base = folder.read("a.ron");
    folder.write("ours.ron", &base.replace("natural: 3", "natural: 4"));
    folder.write("theirs.ron", &base.replace("natural: 3", "natural: 5"));
    let out = folder.run(&["merge", "a.ron", "ours.ron", "theirs.ron"]);
    assert!(out.contains("有 1 处两边都改了") && out.contains("自然人：本方 4；对方 5"), "{out}");
    assert!(out.ends_with("= 1\n"));
    assert!(folder.read("ours.ron").contains("natural: 4"));
    // Both sides have added it: git hands over an empty base.
    folder.write("empty", "");
    let out = folder.run(&["merge", "empty", "ours.ron", "theirs.ron", "-o", "-"]);
    assert!(out.contains("自然人：本方 4；对方 5") && out.contains("natural: 4"), "{out}");
}

#[test]
fn csv_for_people_begins_with_the_mark_that_excel_needs() {
    let folder = folder("mark");
    for arguments in [
        &["check", "a.ron", "--format", "csv", "-q"][..],
        &["check", "a.ron", "--format", "csv", "--summary", "-q"],
        &["status", ".", "--year", "2024", "--format", "csv", "-q"],
        &["export", "a.ron", "--to", "csv", "-q"],
    ] {
        let out = folder.run(arguments);
        assert!(out.starts_with('\u{feff}'), "{arguments:?}: {out}");
    }
}
