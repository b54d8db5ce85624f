//! `nianbao doctor` where there is no terminal.

use crate::folder::Folder;

#[test]
fn without_a_terminal_the_folders_are_still_tried() {
    let folder = Folder::new("doctor");
    let shown = folder.run(&["doctor"]);
    for words in ["这里不是终端，问不了", "写得进"] {
        assert!(shown.contains(words), "{words} in\n{shown}");
    }
    assert!(!shown.contains('\u{1b}'), "{shown}");
    let shown = folder.run(&["doctor", "--keys"]);
    assert!(shown.contains("试不了按键"), "{shown}");
    let names: Vec<_> = std::fs::read_dir(&folder.0).unwrap().map(|e| e.unwrap().file_name()).collect();
    assert_eq!(names, [".input"], "a trial left something behind");
}

#[test]
fn without_variables_of_the_terminal_they_are_asked_for() {
    let shown = Folder::new("doctor-variables").run(&["doctor"]);
    for words in ["TERM 没有设置", "请改"] {
        assert!(shown.contains(words), "{words} in\n{shown}");
    }
    assert!(shown.starts_with("nianbao: unreadable?"), "no locale, so ASCII first:\n{shown}");
    assert!(shown.ends_with("= 1\n"), "{shown}");
}

#[test]
fn a_key_file_that_cannot_be_used_is_told_with_its_line() {
    let folder = Folder::new("doctor-keys");
    folder.write(".config/nianbao/keys.ron", "[\n  (scope: everywhere, command: save, on: [\"Hyper\"]),\n]");
    let shown = folder.run(&["doctor"]);
    assert!(shown.contains("keys.ron：按键文件第 2 行"), "{shown}");
}
