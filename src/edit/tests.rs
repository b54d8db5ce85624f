//! Every edit can be undone, and the history keeps its promises.

use super::*;
use crate::draft::Unread;
use crate::form::Library;

fn start() -> (std::sync::Arc<Form>, Draft) {
    let library = Library::new();
    let draft = Draft::new("示例市某局", 2024, &library);
    (draft.form(&library).unwrap(), draft)
}

fn type_in(form: &Form, draft: &Draft, id: &str, text: &str) -> Edit {
    Edit::from_typed(form, draft, &FieldId::new(id), text)
}

#[test]
fn undoing_everything_restores_the_first_draft() {
    let (form, mut draft) = start();
    let first = draft.clone();
    let mut history = History::new();
    for (id, text) in [("requests.new.natural", "3"), ("overview", "甲\n乙"), ("requests.new.natural", "4")]
    {
        let edit = type_in(&form, &draft, id, text);
        history.apply(&mut draft, edit);
    }
    let edit = Edit::switch_totals(&form, &draft);
    history.apply(&mut draft, edit);
    let finding = IgnoredFinding { rule: "D3".into(), fields: vec!["requests.new.natural".into()] };
    let edit = Edit::ignore_findings(&draft, vec![finding], Some("已核对".into()));
    history.apply(&mut draft, edit);
    let last = draft.clone();
    while history.undo(&mut draft).is_some() {}
    assert_eq!(draft, first);
    assert!(!history.is_modified());
    while history.redo(&mut draft).is_some() {}
    assert_eq!(draft, last);
}

#[test]
fn typing_is_one_step_until_the_group_is_closed() {
    let (form, mut draft) = start();
    let mut history = History::new();
    for text in ["全", "全年", "全年共"] {
        let edit = type_in(&form, &draft, "overview", text);
        history.apply_grouped(&mut draft, edit);
    }
    history.close_group();
    let edit = type_in(&form, &draft, "overview", "全年共收");
    history.apply_grouped(&mut draft, edit);
    history.undo(&mut draft);
    assert_eq!(draft.text("overview"), "全年共");
    history.undo(&mut draft);
    assert_eq!(draft.text("overview"), "");
}

#[test]
fn typing_on_after_a_save_is_a_change() {
    let (form, mut draft) = start();
    let mut history = History::new();
    let edit = type_in(&form, &draft, "overview", "全");
    history.apply_grouped(&mut draft, edit);
    history.mark_saved();
    let edit = type_in(&form, &draft, "overview", "全年");
    history.apply_grouped(&mut draft, edit);
    assert!(history.is_modified());
    history.undo(&mut draft);
    assert!(!history.is_modified(), "back at what was saved");
    assert_eq!(draft.text("overview"), "全");
}

#[test]
fn a_saved_state_that_was_typed_over_is_out_of_reach() {
    let (form, mut draft) = start();
    let mut history = History::new();
    let edit = type_in(&form, &draft, "requests.new.natural", "3");
    history.apply(&mut draft, edit);
    history.mark_saved();
    history.undo(&mut draft);
    let edit = type_in(&form, &draft, "requests.new.natural", "5");
    history.apply(&mut draft, edit);
    assert!(history.is_modified());
}

#[test]
fn switching_totals_writes_the_sums_down_and_back() {
    let (form, mut draft) = start();
    type_in(&form, &draft, "requests.granted.natural", "3").apply(&mut draft);
    let auto = draft.clone();
    Edit::switch_totals(&form, &draft).apply(&mut draft);
    assert_eq!(*draft.get("requests.handled.total"), Value::Count(3));
    assert!(draft.get("requests.new.total").is_blank(), "the total of blanks is blank");
    Edit::switch_totals(&form, &draft).apply(&mut draft);
    assert_eq!(draft, auto);
}

#[test]
fn an_edit_that_changes_nothing_is_empty() {
    let (form, mut draft) = start();
    let edit = type_in(&form, &draft, "requests.new.natural", "3");
    edit.apply(&mut draft);
    assert!(type_in(&form, &draft, "requests.new.natural", "３").is_empty());
}

#[test]
fn cancelled_typing_leaves_no_step() {
    let (form, mut draft) = start();
    let first = draft.clone();
    let mut history = History::new();
    for text in ["1", "12"] {
        let edit = type_in(&form, &draft, "requests.new.natural", text);
        history.apply_grouped(&mut draft, edit);
    }
    history.cancel_group(&mut draft);
    assert_eq!(draft, first);
    assert!(!history.is_modified());
    assert_eq!(history.depth(), (0, 0));
}

#[test]
fn typing_the_same_again_is_no_change() {
    let (form, mut draft) = start();
    type_in(&form, &draft, "requests.new.natural", "12").apply(&mut draft);
    let mut history = History::new();
    for text in ["1", "12"] {
        let edit = type_in(&form, &draft, "requests.new.natural", text);
        history.apply_grouped(&mut draft, edit);
    }
    history.close_group();
    assert!(!history.is_modified());
}

#[test]
fn an_unread_cell_is_replaced_by_an_answer_and_brought_back() {
    let (form, mut draft) = start();
    let known =
        Unread { candidates: vec!["3".into(), "31".into()], line: 7, text: "自然人 31\u{1b}".into() };
    let unread = Value::Unread(Box::new(known));
    draft.set("requests.new.natural", unread.clone());
    let mut history = History::new();
    for (text, value) in
        [("31", Value::Count(31)), ("", Value::Blank), ("3x", Value::Unreadable("3x".into()))]
    {
        let edit = type_in(&form, &draft, "requests.new.natural", text);
        let stored: Change = serde_json::from_str(&serde_json::to_string(&edit.changes[0]).unwrap()).unwrap();
        assert_eq!(stored, edit.changes[0], "as the journal has it");
        history.apply(&mut draft, edit);
        assert_eq!(*draft.get("requests.new.natural"), value);
        history.undo(&mut draft);
        assert_eq!(*draft.get("requests.new.natural"), unread);
    }
}

#[test]
fn switching_totals_fills_nothing_that_is_unread() {
    let (form, mut draft) = start();
    let unread = || Value::Unread(Box::default());
    draft.totals = Totals::Typed;
    draft.set("requests.new.natural", unread());
    draft.set("requests.new.total", unread());
    draft.set("requests.granted.total", Value::Count(4));
    let first = draft.clone();
    let (to_auto, mut history) = (Edit::switch_totals(&form, &draft), History::new());
    history.apply(&mut draft, to_auto);
    assert_eq!(Ledger::new(&form, &draft).display_text(&form, &draft, "requests.new.total"), "?");
    let back = Edit::switch_totals(&form, &draft);
    history.apply(&mut draft, back);
    assert_eq!(*draft.get("requests.new.total"), Value::Blank, "not the sum of what is known");
    assert_eq!(*draft.get("requests.new.natural"), unread());
    while history.undo(&mut draft).is_some() {}
    assert_eq!(draft, first);
}
