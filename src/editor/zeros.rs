//! Filling blanks with 0: the row, then the table; the whole report only after a question. Every step says
//! how many cells it is about, and where.

use super::Editor;
use super::action::{Action, notify};
use super::command::Command;
use super::document::Document;
use super::layer::{ConfirmAction, Layer};
use super::selection;
use crate::draft::{Amount, Ledger, Totals, parse_value};
use crate::edit::Edit;
use crate::form::FieldId;

/// Fills blank number cells with 0 as one step, and says how many: those selected, the row's, the
/// table's. Asked for a row that has no blank left, it fills the table, and then asks about the report.
pub fn fill_zeros(editor: &Editor, command: Command) -> Vec<Action> {
    let Some((document, view)) = editor.open_report() else { return Vec::new() };
    let section = view.cell_section(document).map_or("", |section| &section.id);
    let of_table = |id: &FieldId| id.section() == section;
    if command == Command::ZeroRow {
        let selected = selection::has_selection(view);
        let cells = if selected {
            selection::selected_cells(document, view).concat()
        } else {
            view.cell_rows(document).get(view.cursor().row).map_or_else(Vec::new, |row| row.to_vec())
        };
        let edit = zeros_edit(document, &|id| cells.contains(id));
        match (edit.is_empty(), selected) {
            (true, true) => return notify("选中的格里没有空白"),
            (true, false) => {}
            (false, true) => return filled(editor, "选中的格", edit, ""),
            (false, false) => {
                let rest = zeros_edit(document, &|id| of_table(id) && !cells.contains(id)).changes.len();
                let next = editor.press_hint(Command::ZeroRow, &format!("填本表其余 {rest} 格"));
                return filled(editor, "本行", edit, &format!("；再{next}").repeat(rest.min(1)));
            }
        }
    }
    let table = zeros_edit(document, &of_table);
    match command {
        Command::ZeroAll => {}
        _ if !table.is_empty() => return filled(editor, "本表", table, ""),
        Command::ZeroTable => return notify("本表没有空白单元格"),
        _ => {}
    }
    ask_about_all(editor, document)
}

fn filled(editor: &Editor, place: &str, edit: Edit, next: &str) -> Vec<Action> {
    let message = format!("{}{next}", filled_message(editor, place, &edit));
    vec![Action::Edit(edit), Action::Notify(message)]
}

/// What is said of zeros that were filled in.
pub fn filled_message(editor: &Editor, place: &str, edit: &Edit) -> String {
    let undo = editor.press_hint(Command::Undo, "可一次撤销");
    format!("{place}填了 {} 个 0，{undo}", edit.changes.len())
}

/// Asks whether to fill every blank of the report, most of which are not on the screen.
fn ask_about_all(editor: &Editor, document: &Document) -> Vec<Action> {
    let edit = zeros_edit(document, &|_| true);
    if edit.is_empty() {
        return notify("没有空白单元格要填");
    }
    let mut message = format!("整份报告还有 {} 个空白单元格，将全部填 0：", edit.changes.len());
    for section in document.form.tables() {
        let count = edit.fields().filter(|id| id.section() == section.id).count();
        if count > 0 {
            message.push_str(&format!("\n{}　{count} 格", section.heading()));
        }
    }
    let done = filled_message(editor, "整份报告", &edit);
    let answers = vec![
        ("取消", ConfirmAction::Dismiss),
        ("全部填 0", ConfirmAction::ApplyEdit { edit, message: done }),
    ];
    vec![Layer::Confirm { title: "空白单元格填 0", message, answers, at: 0 }.into()]
}

/// The edit that fills the wanted blanks. A typed total is filled only where its parts are 0 then: beside
/// other numbers a 0 would be wrong.
fn zeros_edit(document: &Document, wanted: &dyn Fn(&FieldId) -> bool) -> Edit {
    let Document { form, draft, .. } = document;
    let mut edit = Edit::new();
    let blank = form.fields().iter().filter(|field| {
        field.kind.is_number() && draft.get(field.id.as_str()).is_blank() && wanted(&field.id)
    });
    let (totals, cells): (Vec<_>, Vec<_>) =
        blank.filter(|field| !document.is_computed(&field.id)).partition(|field| field.sum.is_some());
    for field in cells {
        edit.push_value(draft, &field.id, parse_value(&field.kind, "0"));
    }
    if totals.is_empty() {
        return edit;
    }
    let mut after = draft.clone();
    edit.apply(&mut after);
    after.totals = Totals::Auto;
    let sums = Ledger::new(form, &after);
    for field in totals {
        if matches!(sums.amount(form, field.id.as_str()), Amount::Known(sum) if sum.is_zero()) {
            edit.push_value(draft, &field.id, parse_value(&field.kind, "0"));
        }
    }
    edit
}

#[cfg(test)]
mod tests {
    use crate::draft::{Totals, Value};
    use crate::editor::Editor;
    use crate::editor::layer::Layer;
    use crate::editor::tests::{open_editor, press};

    fn count(editor: &Editor, id: &str) -> Option<u64> {
        let Value::Count(number) = editor.draft().unwrap().get(id) else { return None };
        Some(*number)
    }

    #[test]
    fn zeros_fill_the_row_then_the_table_then_all_when_asked() {
        let mut editor = open_editor(2025);
        press(&mut editor, "Alt+3 F4");
        assert_eq!(count(&editor, "requests.new.other_org"), Some(0));
        assert_eq!(count(&editor, "requests.carried_in.natural"), None);
        assert!(editor.notification.starts_with("本行填了 6 个 0，按 Ctrl+Z"), "{}", editor.notification);
        assert!(editor.notification.ends_with("再按 F4 填本表其余 138 格"), "{}", editor.notification);
        press(&mut editor, "F4");
        assert_eq!(count(&editor, "requests.carried_out.legal"), Some(0));
        assert_eq!(count(&editor, "review.direct_suit.upheld"), None);
        press(&mut editor, "F4");
        let Some(Layer::Confirm { message, .. }) = editor.layers.last() else { panic!("not asked") };
        assert!(message.contains("22 个空白单元格") && message.contains("10 格"), "{message}");
        assert!(message.contains("四、政府信息公开行政复议") && message.contains("12 格"), "{message}");
        press(&mut editor, "Enter");
        assert_eq!(count(&editor, "review.direct_suit.upheld"), None, "Enter alone fills nothing unseen");
        press(&mut editor, "F4 Right Enter");
        assert_eq!(count(&editor, "review.direct_suit.upheld"), Some(0));
        assert_eq!(editor.draft().unwrap().totals, Totals::Auto);
        press(&mut editor, "Ctrl+Z");
        assert_eq!(count(&editor, "review.direct_suit.upheld"), None);
        assert_eq!(count(&editor, "requests.carried_out.legal"), Some(0), "each was one step");
    }

    #[test]
    fn from_a_tab_without_a_table_zeros_are_asked_about() {
        for tab in ["Alt+0", "Alt+0 Down"] {
            let mut editor = open_editor(2025);
            press(&mut editor, tab);
            press(&mut editor, "F4");
            assert!(matches!(editor.layers.last(), Some(Layer::Confirm { .. })), "{tab}");
            assert_eq!(count(&editor, "review.direct_suit.upheld"), None);
        }
    }

    #[test]
    fn zeros_in_a_selection_go_no_further() {
        let mut editor = open_editor(2025);
        press(&mut editor, "Alt+3 Shift+Right Shift+Down F4");
        assert!(editor.notification.starts_with("选中的格填了 4 个 0"), "{}", editor.notification);
        press(&mut editor, "F4");
        assert_eq!(count(&editor, "requests.new.research"), None);
        assert_eq!(editor.notification, "选中的格里没有空白");
    }

    #[test]
    fn a_typed_total_beside_numbers_is_not_made_zero() {
        let mut editor = open_editor(2025);
        press(&mut editor, "Alt+3 Alt+= 5 8 Tab 6 F4");
        assert_eq!(count(&editor, "requests.new.other_org"), Some(0));
        assert!(editor.draft().unwrap().get("requests.new.total").is_blank(), "64 is missing, not 0");
        press(&mut editor, "Down F4");
        assert_eq!(count(&editor, "requests.carried_in.total"), Some(0));
    }
}
