//! Cells that an import could not tell.

use super::*;

/// An editor with a draft open of which three cells could not be told, one of them with a choice.
fn open_imported() -> Editor {
    let library = Library::new();
    let mut draft = Draft::new("示例市水务局", 2025, &library);
    let unread = |candidates: &[&str]| {
        let candidates = candidates.iter().map(|text| (*text).to_string()).collect();
        Value::Unread(Box::new(Unread { candidates, line: 9, text: "自然人 12".into() }))
    };
    draft.set("requests.new.natural", unread(&[]));
    draft.set("requests.new.business", unread(&["1", "12"]));
    draft.set("review.direct_suit.upheld", unread(&[]));
    let form = draft.form(&library).unwrap();
    let mut editor = Editor::new(library, Keymap::shipped(), 80, 24, None);
    let opened =
        Opened { path: Some("草稿.ron".into()), form, draft, last_year: None, message: String::new() };
    update(&mut editor, Msg::Opened(Ok(Box::new(opened))));
    editor
}

fn unread_count(editor: &Editor) -> usize {
    let document = editor.document().unwrap();
    document.draft.unread_cells(&document.form).count()
}

#[test]
fn no_key_fills_an_unread_cell_with_zero() {
    let mut editor = open_imported();
    press(&mut editor, "Alt+3 F4 F4 F4 F4 Alt+= Alt+= Shift+End F4 F9 Esc Alt+7 F9 Esc F8 F9 Esc");
    assert_eq!(unread_count(&editor), 3, "{}", editor.notification);
    let value = |id: &str| editor.draft().unwrap().get(id).clone();
    assert_eq!(value("requests.new.legal"), Value::Count(0), "its neighbours were filled");
    assert!(value("requests.new.total").is_blank(), "a total over it is not known");
}

#[test]
fn typing_answers_an_unread_cell_and_undo_asks_again() {
    let mut editor = open_imported();
    press(&mut editor, "Alt+3 3 1 Enter");
    assert_eq!(*editor.draft().unwrap().get("requests.new.natural"), Value::Count(31));
    assert_eq!(unread_count(&editor), 2);
    press(&mut editor, "Ctrl+Z");
    assert_eq!(unread_count(&editor), 3);
    press(&mut editor, "F2 Enter");
    assert_eq!(unread_count(&editor), 3, "to look into it is no answer");
    press(&mut editor, "Up F2 4 Enter");
    assert_eq!(*editor.draft().unwrap().get("requests.new.natural"), Value::Count(4), "its ? is no text");
}

#[test]
fn the_list_of_open_cells_is_that_of_the_draft() {
    let mut editor = open_imported();
    let listed = |editor: &Editor| crate::editor::picker::picker_items(editor, PickerKind::OpenCells, "");
    let labels: Vec<String> = listed(&editor).into_iter().map(|item| item.label).collect();
    assert_eq!(labels.len(), 4, "{labels:?}");
    assert!(labels[1].starts_with("取 12：") && labels[1].contains("原文第 9 行：“自然人 12”"), "{labels:?}");
    press(&mut editor, "Alt+3 F9 Down Enter");
    assert_eq!(*editor.draft().unwrap().get("requests.new.business"), Value::Count(12));
    assert_eq!(listed(&editor).len(), 2);
    press(&mut editor, "Ctrl+Z");
    assert_eq!(listed(&editor).len(), 4);
}

#[test]
fn an_export_with_unread_cells_says_how_many_are_left_blank() {
    let mut editor = open_imported();
    update(&mut editor, Msg::Exported(Format::Html, "草稿.html".into(), Ok(())));
    assert!(editor.notification.contains("还有 3 格待核对，文件里留空"), "{}", editor.notification);
}
