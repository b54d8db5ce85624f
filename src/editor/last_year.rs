//! Last year's report: chosen, read, and its numbers beside this year's.

use std::sync::Arc;

use super::action::{Action, notify};
use super::command::Command;
use super::document::Document;
use super::layer::{ConfirmAction, Layer};
use super::{Editor, change};
use crate::check::LastYear;
use crate::draft::Draft;
use crate::edit::{Change, Edit};
use crate::form::Form;

/// The columns that a count takes at the least where last year's stands beside it.
pub const MIN_COUNT_WIDTH: usize = 8;
/// The width from which last year's numbers stand in the table: seven columns of two numbers
/// beside the short labels.
const MIN_WIDTH_BESIDE: usize = 144;

/// Last year's report was read, or could not be.
pub fn on_last_year_read(editor: &mut Editor, last: Result<Box<(Arc<Form>, Draft)>, String>) -> Vec<Action> {
    match last {
        Ok(last) => {
            let (form, draft) = *last;
            if let Some((document, view)) = editor.open_report_mut() {
                document.last_year = Some(LastYear::new(form, draft));
                change::recheck(document, view);
            }
        }
        Err(message) if editor.notification.is_empty() => return notify(message),
        Err(message) => return notify(format!("{}；{message}", editor.notification)),
    }
    Vec::new()
}

/// Last year's report was chosen. That of another unit or year is used only after a question: its numbers would
/// come into this report as 上年结转.
pub fn on_last_year_chosen(editor: &mut Editor, name: String, last: Box<(Arc<Form>, Draft)>) -> Vec<Action> {
    let Some(document) = editor.document() else { return Vec::new() };
    let Some(doubt) = other_report(&document.draft, &last.1) else {
        return use_last_year(editor, name, last);
    };
    let message = format!("{doubt}\n机构改名等情形可以继续使用。");
    let answers = vec![
        ("重新选择", ConfirmAction::Run(Command::ChooseLastYear)),
        ("仍然使用", ConfirmAction::UseLastYear(name, last)),
        ("取消", ConfirmAction::Dismiss),
    ];
    vec![Layer::Confirm { title: "不是本单位上年的报告", message, answers, at: 0 }.into()]
}

/// The draft keeps where last year's report is.
pub fn use_last_year(editor: &mut Editor, name: String, last: Box<(Arc<Form>, Draft)>) -> Vec<Action> {
    let Some(document) = editor.document() else { return Vec::new() };
    let message = format!("上年的报告：{name}。{}", editor.press_hint(Command::ToggleChanges, "可显示增减"));
    let change = Change::LastYear(document.draft.last_year.clone(), Some(name));
    let mut actions = vec![Action::Edit(Edit { changes: vec![change] }), Action::Notify(message)];
    actions.extend(on_last_year_read(editor, Ok(last)));
    actions
}

/// Returns what speaks against a report as last year's of this draft: another unit, or another year than the one
/// before. What is blank says nothing.
fn other_report(draft: &Draft, last: &Draft) -> Option<String> {
    let (own, other) = (draft.unit().trim(), last.unit().trim());
    let is_other_unit = !own.is_empty() && !other.is_empty() && own != other;
    let years = draft.year().zip(last.year());
    let is_other_year = years.is_some_and(|(own, other)| own != other.saturating_add(1));
    let title = |draft: &Draft| {
        let year = draft.year().map_or(String::new(), |year| format!("{year}年度"));
        format!("{}{year}", draft.unit().trim())
    };
    (is_other_unit || is_other_year)
        .then(|| format!("选择的是“{}”的报告，本报告是“{}”的。", title(last), title(draft)))
}

/// Whether a table of this width has room for last year's numbers beside this year's.
pub fn last_year_fits(document: &Document, width: usize) -> bool {
    document.last_year.is_some() && width >= MIN_WIDTH_BESIDE
}

#[cfg(test)]
mod tests {
    use crate::draft::Draft;
    use crate::editor::layer::Layer;
    use crate::editor::tests::{open_editor, press};
    use crate::editor::{Editor, Msg, update};
    use crate::form::Library;

    /// The sample's editor after a report of that unit and year was chosen as last year's.
    fn chosen(unit: &str, year: u16) -> Editor {
        let mut editor = open_editor(2025);
        let library = Library::new();
        let last = Draft::new(unit, year, &library);
        let form = last.form(&library).unwrap();
        update(&mut editor, Msg::LastYearChosen("2024.ron".into(), Box::new((form, last))));
        editor
    }

    fn last_year_of(editor: &Editor) -> Option<&str> {
        editor.draft().unwrap().last_year.as_deref()
    }

    #[test]
    fn the_report_of_the_year_before_is_used_at_once() {
        let unit = open_editor(2025).draft().unwrap().unit().to_string();
        assert_eq!(last_year_of(&chosen(&unit, 2024)), Some("2024.ron"));
    }

    #[test]
    fn another_units_report_is_last_years_only_after_a_question() {
        for (unit, year) in [("另一个市的水务局", 2024), ("", 2025)] {
            let mut editor = chosen(unit, year);
            assert_eq!(last_year_of(&editor), None);
            assert!(matches!(editor.layers.last(), Some(Layer::Confirm { .. })));
            press(&mut editor, "Right");
            press(&mut editor, "Enter");
            assert_eq!(last_year_of(&editor), Some("2024.ron"), "仍然使用");
        }
    }
}
