//! Cells that an import could not tell.

use super::*;
use crate::editor::layer::Layer;
use crate::form::FieldId;

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
    let asked = |editor: &mut Editor| {
        press(editor, "Ctrl+P o p e n _ c e l l s Enter");
        let Some(Layer::ImportReview(review)) = editor.layers.last() else { panic!("no review") };
        let count = review.questions.len();
        press(editor, "Esc");
        count
    };
    assert_eq!(asked(&mut editor), 3);
    press(&mut editor, "Alt+3 F9 Down 2");
    assert_eq!(*editor.draft().unwrap().get("requests.new.business"), Value::Count(12));
    press(&mut editor, "Esc");
    assert_eq!(asked(&mut editor), 2);
    press(&mut editor, "Ctrl+Z");
    assert_eq!(asked(&mut editor), 3);
}

#[test]
fn the_review_stays_until_all_is_answered_and_goes_back() {
    let mut editor = open_imported();
    for id in ["requests.new.natural", "review.direct_suit.upheld"] {
        let unread = Unread { candidates: vec!["7".into(), String::new()], line: 3, text: "7".into() };
        editor.document_mut().unwrap().draft.set(id, Value::Unread(Box::new(unread)));
    }
    let at = |editor: &Editor| match editor.layers.last() {
        Some(Layer::ImportReview(review)) => Some(review.at),
        _ => None,
    };
    press(&mut editor, "Alt+3 F9 1");
    assert_eq!((at(&editor), unread_count(&editor)), (Some(1), 2), "the next one is asked");
    press(&mut editor, "9 0");
    assert_eq!((at(&editor), unread_count(&editor)), (Some(1), 2), "there is no such choice");
    press(&mut editor, "Enter 2");
    assert!(editor.draft().unwrap().get("review.direct_suit.upheld").is_blank(), "blank is a choice");
    assert_eq!(at(&editor), Some(1), "what was passed over is asked again");
    press(&mut editor, "Up 2");
    assert!(editor.draft().unwrap().get("requests.new.natural").is_blank(), "changed by going back");
    press(&mut editor, "1");
    assert_eq!((at(&editor), unread_count(&editor)), (None, 0), "closed after the last");
    assert!(editor.notification.contains("全部核对"), "{}", editor.notification);
}

#[test]
fn a_review_that_is_left_says_how_many_are_open() {
    let mut editor = open_imported();
    press(&mut editor, "Alt+3 F9 Esc");
    assert_eq!(editor.notification, "还有 3 格待核对，按 Alt+7 转到检查页可继续核对");
    press(&mut editor, "F9 Tab");
    let (document, view) = editor.open_report().unwrap();
    assert_eq!(view.current_field(document), Some(FieldId::new("requests.new.natural")));
    assert!(editor.layers.is_empty());
}

#[test]
fn an_export_with_unread_cells_says_how_many_are_left_blank() {
    let mut editor = open_imported();
    update(&mut editor, Msg::Exported(Format::Html, "草稿.html".into(), Ok(())));
    assert!(editor.notification.contains("还有 3 格待核对，文件里留空"), "{}", editor.notification);
}

#[test]
fn an_unread_cell_of_a_final_report_is_not_answered_unasked() {
    let mut editor = open_imported();
    press(&mut editor, "Alt+S Right Right Enter Alt+3 Right Ctrl+P o p e n _ c e l l s Enter 1");
    assert!(matches!(editor.layers.last(), Some(Layer::Confirm { title: "报告已定稿", .. })));
    assert_eq!(unread_count(&editor), 3);
    press(&mut editor, "Right Enter");
    assert_eq!(unread_count(&editor), 2);
    assert_eq!(*editor.draft().unwrap().get("requests.new.business"), Value::Count(1));
}
