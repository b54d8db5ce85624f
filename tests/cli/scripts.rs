//! What a script may rely on: what is not there is exit 2, with a sentence.

use crate::folder::{Folder, shows};

/// A folder with a draft, an empty folder and one without drafts.
fn folder(name: &str) -> Folder {
    let folder = Folder::new(name);
    folder.run(&["new", "--unit", "甲局", "--year", "2024", "-o", "a.ron"]);
    folder.write("名单.txt", "甲局\n");
    folder.write("别的/说明.txt", "说明\n");
    std::fs::create_dir_all(folder.0.join("空的")).unwrap();
    folder
}

#[test]
fn a_mistyped_command_is_answered_with_the_one_meant() {
    let folder = folder("mistyped");
    for arguments in
        [&["chekc"][..], &["chekc", "a.ron"], &["chekc", "a.ron", "--summary"], &["help", "chekc"]]
    {
        shows(
            &folder.run(arguments),
            "
            ! nianbao：没有 chekc 这个命令。是不是要用 check？
            ! 全部命令：nianbao --help
            = 2
            ",
        );
    }
    shows(
        &folder.run(&["示例县水利局"]),
        "
        ! nianbao：找不到“示例县水利局”：没有这个文件或文件夹，也没有这个命令；新建草稿请写 示例县水利局.ron
        ! 全部命令：nianbao --help
        = 2
        ",
    );
    shows(
        &folder.run(&["没有/"]),
        "
        ! nianbao：找不到“没有/”：没有这个文件或文件夹，也没有这个命令
        ! 全部命令：nianbao --help
        = 2
        ",
    );
    // A name that is there, or ends in .ron, is the editor's, which needs a terminal.
    folder.write("chekc", "x");
    for path in ["chekc", "新的.ron", "a.ron", "."] {
        assert!(folder.run(&[path]).starts_with("! nianbao：这里不是终端，打不开编辑界面"), "{path}");
    }
    assert!(!folder.0.join("新的.ron").exists());
}

#[test]
fn an_unknown_rule_is_refused_with_those_near_it() {
    let folder = folder("unknown-rule");
    for arguments in [
        &["check", "a.ron", "--only", "D2x"][..],
        &["check", "a.ron", "--only", "T1,D2x"],
        &["explain", "d2x"],
    ] {
        let shown = folder.run(arguments);
        assert!(
            shown.to_lowercase().starts_with("! nianbao：没有编号为“d2x”的规则。是不是要用 d2、d2b"),
            "{shown}"
        );
        assert!(shown.ends_with("？全部规则：nianbao explain\n= 2\n"), "{shown}");
    }
    let shown = folder.run(&["check", "a.ron", "--only", "QQ"]);
    assert!(
        shown.starts_with("! nianbao：没有编号为“QQ”的规则，现有：") && shown.ends_with("= 2\n"),
        "{shown}"
    );
    assert!(folder.run(&["check", "a.ron", "--only", "s4,T1"]).contains("[错误 S4]"));
}

#[test]
fn relations_of_a_form_of_ones_own_can_be_asked_for() {
    let folder = folder("own-rule");
    let form = include_str!("../../assets/forms/2021.ron").replace("id: \"2021\"", "id: \"甲\"");
    folder.write(".config/nianbao/forms/甲.ron", &form.replace("id: \"T4\"", "id: \"K1\""));
    assert!(folder.run(&["check", "a.ron", "--only", "K1"]).ends_with("= 0\n"));
    assert!(folder.run(&["check", "a.ron", "--only", "K9"]).ends_with("= 2\n"));
}

#[test]
fn a_folder_without_drafts_is_exit_2_in_every_command() {
    let folder = folder("no-drafts");
    let roster = ["--roster", "名单.txt", "--year", "2024"];
    for path in ["空的", "别的", "没有"] {
        let why = match path {
            "没有" => "打开失败：文件或它所在的文件夹不存在，请核对位置",
            _ => "这个文件夹里没有草稿（.ron 文件）",
        };
        for arguments in [
            &["check", path][..],
            &["check", path, "a.ron"],
            &["check", path, "--format", "json"],
            &["check", path, "--summary"],
            &[&["status", path][..], &roster].concat(),
            &["compile", path, "-o", "总.ron"],
        ] {
            let shown = folder.run(arguments);
            assert!(shown.ends_with("= 2\n"), "{arguments:?}: {shown}");
            let is_summary = arguments.contains(&"--summary");
            assert!(is_summary || shown.contains(&format!("{path}：{why}")), "{arguments:?}: {shown}");
        }
    }
    assert!(!folder.0.join("总.ron").exists());
    shows(
        &folder.run(&["空的"]),
        "
        ! nianbao：空的：这个文件夹里没有草稿（.ron 文件）
        = 2
        ",
    );
    // The rest is done: the draft beside it is checked.
    assert!(folder.run(&["check", "空的", "a.ron", "--only", "S4"]).contains("甲局 2024年（a.ron）：错误 1"));
    // A folder with the list of its units shows who is missing.
    folder.write("空的/名单.txt", "甲局\n");
    assert!(folder.run(&["空的"]).starts_with("! nianbao：这里不是终端"));
}

#[test]
fn a_path_that_is_not_there_is_exit_2_in_every_command() {
    let folder = folder("no-path");
    for arguments in [
        &["diff", "没有.ron", "a.ron"][..],
        &["diff", "a.ron", "没有.ron"],
        &["diff", "--textconv", "没有.ron"],
        &["diff", "a.ron", "空的"],
        &["history", "没有.ron"],
        &["history", "空的"],
        &["export", "没有.ron", "--to", "md"],
        &["export", "空的", "--to", "md"],
        &["import", "没有.docx"],
        &["import", "空的"],
        &["carry", "没有.ron"],
        &["check", "a.ron", "--last", "没有.ron"],
        &["compile", "a.ron", "-o", "总.ron", "--roster", "没有.txt"],
        &["status", ".", "--year", "2024", "--roster", "没有.txt"],
        &["explain", "没有"],
        &["help", "没有"],
        &["没有.docx"],
    ] {
        let shown = folder.run(arguments);
        assert!(shown.ends_with("= 2\n") && shown.starts_with("! nianbao："), "{arguments:?}: {shown}");
        assert!(shown.contains("没有") || shown.contains("空的"), "{arguments:?}: {shown}");
        assert!(!shown.contains("os error") && !shown.contains("No such"), "{arguments:?}: {shown}");
    }
}

#[test]
fn help_of_a_command_is_what_the_command_says_itself() {
    let folder = folder("help");
    assert_eq!(folder.run(&["help", "check"]), folder.run(&["check", "--help"]));
    assert_eq!(folder.run(&["help"]), folder.run(&["--help"]));
    assert!(folder.run(&["help", "check"]).ends_with("= 0\n"));
}

#[test]
fn a_document_given_for_a_draft_is_called_by_its_kind() {
    let folder = folder("kinds");
    folder.write("b.ron", include_str!("../../assets/sample.ron"));
    for (format, kind) in [("docx", " Word 文件"), ("xlsx", " Excel 文件"), ("html", "网页")] {
        let file = format!("b.{format}");
        assert!(folder.run(&["export", "b.ron", "--to", format, "-o", &file]).ends_with("= 0\n"));
        let shown = folder.run(&["export", &file, "--to", "md"]);
        let expected =
            format!("! nianbao：{file}：这是{kind}，不是草稿；请用 nianbao import 读成草稿\n= 2\n");
        assert_eq!(shown, expected);
    }
    folder.write("c.pdf", "%PDF-1.7\n");
    assert!(folder.run(&["diff", "c.pdf", "a.ron"]).contains("c.pdf：这是 PDF 文件，不是草稿"));
}

#[test]
fn several_inputs_with_one_output_are_refused() {
    let folder = Folder::new("several");
    let shown = folder.run(&["import", "a.json", "b.json", "-o", "c.ron"]);
    assert!(shown.starts_with("! nianbao：几个文件不能写进同一份草稿"), "{shown}");
}

#[test]
fn a_broken_json_file_is_refused_with_its_place() {
    let folder = Folder::new("json-broken");
    folder.write("a.json", "{\"year\": 2024,\n \"fields\": {\"a\": 1, \"a\": 2}}");
    shows(
        &folder.run(&["import", "a.json"]),
        "
        ! nianbao：a.json:2:26：“a”写了两次，请删去一个
        = 2
        ",
    );
    assert!(!folder.0.join("a.ron").exists());
}
