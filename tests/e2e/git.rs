//! git shows a draft's changes in the words of the form.

use std::process::Command;

use crate::skipped::skipped;

#[test]
fn git_diff_speaks_of_the_forms_cells() {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, text: &str| std::fs::write(folder.path().join(name), text).unwrap();
    let git = |arguments: &[&str]| {
        let output = Command::new("git")
            .args(["-c", "user.name=示例", "-c", "user.email=a@example.invalid", "-c", "core.pager=cat"])
            .args(arguments)
            .current_dir(folder.path())
            .env("GIT_CONFIG_GLOBAL", "/dev/null")
            .env("GIT_CONFIG_NOSYSTEM", "1")
            .output();
        output.map(|output| String::from_utf8_lossy(&output.stdout).into_owned())
    };
    if git(&["--version"]).is_err() {
        skipped("no git");
        return;
    }
    let draft = |number: u8| {
        format!(
            "(\n  version: 1,\n  forms: (disclosure: \"2021\", requests: \"2021\"),\n  totals: auto,\n  \
             requests: (\n    new: (natural: {number}),\n  ),\n)\n"
        )
    };
    let textconv = format!("{} diff --textconv", env!("CARGO_BIN_EXE_nianbao"));
    write("a.ron", &draft(3));
    write(".gitattributes", "*.ron diff=nianbao\n");
    for arguments in [
        &["init", "-q"][..],
        &["config", "diff.nianbao.textconv", &textconv],
        &["add", "."],
        &["commit", "-qm", "x"],
    ] {
        git(arguments).unwrap();
    }
    write("a.ron", &draft(4));
    let shown = git(&["diff", "-U0"]).unwrap();
    let cell = "三·一、本年新收政府信息公开申请数量·自然人：";
    assert!(shown.contains(&format!("-{cell}3\n")) && shown.contains(&format!("+{cell}4\n")), "{shown}");
}
