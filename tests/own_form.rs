//! A form of one's own, added exactly as the manual says: its commands, its changes to the file, its
//! lines in the draft, and what it says will be shown.
#![allow(clippy::unwrap_used, reason = "a test stops where it cannot go on")]

use std::fs;
use std::path::Path;
use std::process::Command;

const HEADING: &str = "## 自己的格式\n";

/// The blocks of the walk-through in their order: the language after the fence, and the text.
fn blocks() -> Vec<(String, String)> {
    let manual = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/manual.md")).unwrap();
    let part = manual.split_once(HEADING).expect("the walk-through").1;
    let part = part.split("\n## ").next().unwrap();
    let blocks = part.split("```").skip(1).step_by(2);
    blocks.map(|block| block.split_once('\n').unwrap()).map(|(l, t)| (l.to_string(), t.to_string())).collect()
}

/// A clean home with nothing in it but the official form, as in a clone.
struct Home(tempfile::TempDir);

impl Home {
    fn new() -> Self {
        let home = tempfile::tempdir().unwrap();
        let forms = home.path().join("assets/forms");
        fs::create_dir_all(&forms).unwrap();
        let official = Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/forms/2021.ron");
        fs::copy(official, forms.join("2021.ron")).unwrap();
        Home(home)
    }

    /// What a shell shows of these lines.
    fn run(&self, lines: &str) -> String {
        let program = Path::new(env!("CARGO_BIN_EXE_nianbao")).parent().unwrap();
        let path = format!("{}:/usr/bin:/bin", program.display());
        let mut shell = Command::new("sh");
        shell.args(["-c", lines]).current_dir(self.0.path()).env_clear();
        let output = shell.env("HOME", self.0.path()).env("PATH", path).output().unwrap();
        format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr))
    }

    /// Makes the changes of a diff in a file: what stands there with `-` and without a sign must be
    /// there once, and becomes what stands there with `+` and without a sign.
    fn change(&self, file: &Path, diff: &str) {
        let mut text = fs::read_to_string(file).unwrap();
        for hunk in diff.split("@@").skip(1).map(|hunk| hunk.split_once('\n').unwrap().1) {
            let side = |other: char| -> String {
                let lines = hunk.lines().filter(|line| !line.starts_with(other));
                lines.map(|line| format!("{}\n", line.get(1..).unwrap_or_default())).collect()
            };
            let (before, after) = (side('+'), side('-'));
            assert_eq!(text.matches(&before).count(), 1, "not there once:\n{before}");
            text = text.replace(&before, &after);
        }
        fs::write(file, text).unwrap();
    }
}

#[test]
fn a_form_is_added_as_the_manual_says_and_its_sum_is_checked() {
    let blocks = blocks();
    let languages: Vec<&str> = blocks.iter().map(|(language, _)| language.as_str()).collect();
    assert_eq!(languages, ["sh", "diff", "sh", "diff", "sh", "text"]);
    let text = |at: usize| blocks[at].1.as_str();
    let home = Home::new();
    assert_eq!(home.run(text(0)), "");
    home.change(&home.0.path().join(".config/nianbao/forms/shili.ron"), text(1));
    assert_eq!(home.run(text(2)), "已新建 草稿.ron（示例市2021年格式）\n");
    home.change(&home.0.path().join("草稿.ron"), text(3));
    let shown = home.run(text(4));
    assert!(shown.contains(text(5).trim_end()), "shown:\n{shown}\nsaid:\n{}", text(5));
    let explained = home.run("nianbao explain m1");
    assert!(
        explained.starts_with("M1（错误）\n要求：") && explained.contains("示例市2021年格式"),
        "{explained}"
    );
}

#[test]
fn a_total_of_ones_own_is_computed_in_a_new_draft_and_printed() {
    let blocks = blocks();
    let home = Home::new();
    home.run(&blocks[0].1);
    home.change(&home.0.path().join(".config/nianbao/forms/shili.ron"), &blocks[1].1);
    home.run(&blocks[2].1);
    let draft = home.0.path().join("草稿.ron");
    let typed = fs::read_to_string(&draft).unwrap();
    let with = "totals: auto,\n  requests: (refused_secret: (natural: 1), refused_law: (natural: 2)),";
    fs::write(&draft, typed.replace("totals: auto,", with)).unwrap();
    let json: serde_json::Value =
        serde_json::from_str(&home.run("nianbao export 草稿.ron --to json 2>/dev/null")).unwrap();
    assert_eq!(json["fields"]["requests.refused_all.natural"], 3);
    assert!(home.run("nianbao export 草稿.ron --to txt").contains("不予公开合计\t3"));
}
