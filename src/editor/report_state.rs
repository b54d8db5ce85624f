//! The state of the report: choosing it, and asking before a report that is final is changed.

use super::action::{Action, notify};
use super::document::Document;
use super::layer::{ConfirmAction, Layer};
use super::view::Tab;
use super::{Editor, unfinished};
use crate::draft::ReportState;
use crate::edit::{Change, Edit};

/// Returns what is said or asked instead of a change; `None` if the draft may be changed.
pub fn refuse_change(document: &Document) -> Option<Vec<Action>> {
    if document.read_only {
        return Some(notify(READ_ONLY));
    }
    if document.draft.state != ReportState::Final {
        return None;
    }
    let message = "报告已定稿。确需修改的，先改回填写中；定稿以前的内容可在“历史版本”中查看。";
    let answers =
        vec![("取消", ConfirmAction::Dismiss), ("改回填写中", set_state(document, ReportState::Filling))];
    Some(vec![Layer::Confirm { title: "报告已定稿", message: message.into(), answers, at: 0 }.into()])
}

/// The guard of every change: returns what is said or asked instead of an edit that comes from elsewhere than
/// typing; `None` if it may be made. The answer makes it after all, and says `message`.
pub fn refuse_edit(document: &Document, edit: &Edit, message: String) -> Option<Vec<Action>> {
    let sets_state = matches!(edit.changes[..], [Change::State(..)]);
    if edit.is_empty() || !document.read_only && sets_state {
        return None;
    }
    let mut refused = refuse_change(document)?;
    for action in &mut refused {
        if let Action::Push(Layer::Confirm { answers, .. }) = action {
            let reopen = ConfirmAction::Reopen { edit: edit.clone(), message: message.clone() };
            *answers = vec![("取消", ConfirmAction::Dismiss), ("改回填写中并修改", reopen)];
        }
    }
    Some(refused)
}

/// Sets a final report back to being filled in and makes a change that was asked about, if the draft is still
/// as it was then.
pub fn reopen(document: &Document, mut edit: Edit, message: String) -> Vec<Action> {
    edit.changes.retain(|change| !matches!(change, Change::State(..)));
    if !edit.changes.iter().all(|change| change.fits(&document.draft)) {
        return notify(CHANGED_MEANWHILE);
    }
    let state = Change::State(document.draft.state, ReportState::Filling);
    vec![Action::Edit(Edit { changes: vec![state] }), Action::Edit(edit), Action::Notify(message)]
}

/// What is said where a change was asked about and the draft is another one since.
pub const CHANGED_MEANWHILE: &str = "内容刚刚变过，没有改，请重新核对";

/// What is said where a draft that was opened read-only would be changed.
pub const READ_ONLY: &str = "草稿以只读方式打开，如需修改请重新打开";

/// Asks for the state of the report; what is still open is said.
pub fn choose_state(editor: &Editor) -> Vec<Action> {
    let Some(document) = editor.document() else { return Vec::new() };
    if document.read_only {
        return notify(READ_ONLY);
    }
    let now = document.draft.state;
    let open = unfinished::open_summary(document, "");
    let (_, reminders) = Tab::Findings.count_findings(document);
    let open = match (open.is_empty(), reminders) {
        (true, 0) => String::new(),
        (false, 0) => format!("\n注意：{open}。"),
        (true, _) => format!("\n注意：还有 {reminders} 个提醒未处理。"),
        (false, _) => format!("\n注意：{open}；{reminders} 个提醒未处理。"),
    };
    let message = format!("现在是{}。定稿后不再提示报送期限，修改前先询问。{open}", now.label());
    let answers = ReportState::ALL.map(|state| (state.label(), set_state(document, state)));
    let at = ReportState::ALL.iter().position(|state| *state == now).unwrap_or(0);
    vec![Layer::Confirm { title: "报告状态", message, answers: answers.into(), at }.into()]
}

fn set_state(document: &Document, state: ReportState) -> ConfirmAction {
    let before = document.draft.state;
    let changes = if before == state { Vec::new() } else { vec![Change::State(before, state)] };
    ConfirmAction::ApplyEdit { edit: Edit { changes }, message: format!("报告状态：{}", state.label()) }
}

#[cfg(test)]
mod tests {
    use crate::draft::{ReportState, Value};
    use crate::editor::layer::Layer;
    use crate::editor::tests::{open_editor, press, with_text};
    use crate::editor::view::Tab;
    use crate::editor::{Editor, Msg, SavedVersion, update};

    fn state(editor: &Editor) -> ReportState {
        editor.draft().unwrap().state
    }

    fn is_asked(editor: &Editor) -> bool {
        matches!(editor.layers.last(), Some(Layer::Confirm { title: "报告已定稿", .. }))
    }

    #[test]
    fn the_state_is_chosen_and_can_be_undone() {
        let mut editor = open_editor(2025);
        press(&mut editor, "Alt+S Right Enter");
        assert_eq!(state(&editor), ReportState::Review);
        assert!(editor.is_modified());
        press(&mut editor, "Ctrl+Z");
        assert_eq!(state(&editor), ReportState::Filling);
        press(&mut editor, "Alt+S Enter");
        assert!(!editor.is_modified(), "the same state is no change");
    }

    #[test]
    fn an_edit_of_a_final_report_is_made_after_the_question() {
        let mut editor = open_editor(2025);
        press(&mut editor, "Alt+3 Ctrl+Home 3 Enter");
        let earlier = editor.draft().unwrap().clone();
        press(&mut editor, "Up 4 Enter Alt+S Right Right Enter");
        let form = editor.form().unwrap();
        let report = Ok(Box::new((form, earlier.clone())));
        let version = SavedVersion { saved_at: "昨天".into(), bytes: 1, report };
        let restore = |editor: &mut Editor| {
            update(editor, Msg::Versions(vec![version.clone()]));
            press(editor, "Enter");
        };
        let last = editor.draft().unwrap().clone();
        restore(&mut editor);
        assert!(is_asked(&editor));
        press(&mut editor, "Enter");
        assert_eq!(editor.draft().unwrap(), &last, "the first answer leaves it as it is");
        restore(&mut editor);
        press(&mut editor, "Right Enter");
        assert_eq!(editor.draft().unwrap(), &earlier);
        assert!(editor.notification.contains("已恢复"), "{}", editor.notification);
    }

    #[test]
    fn a_final_report_asks_before_anything_changes_it() {
        let mut editor = open_editor(2025);
        press(&mut editor, "Alt+3 Ctrl+Home 3 Enter Alt+1 全 Alt+S Right Right Enter");
        assert_eq!(state(&editor), ReportState::Final);
        let before = editor.draft().unwrap().clone();
        for keys in [
            "Alt+3 5",
            "F4",
            "Delete",
            "F2",
            "Ctrl+X",
            "Alt+=",
            "Alt+1 文",
            "Backspace",
            "Enter",
            "Alt+7 Delete",
        ] {
            press(&mut editor, keys);
            assert_eq!(editor.draft().unwrap(), &before, "{keys}");
            let typing = editor.view().unwrap().cell_edit.is_some();
            assert!(!typing, "{keys}");
            press(&mut editor, "Esc Esc");
        }
        press(&mut editor, "Alt+3 5");
        assert!(is_asked(&editor));
        press(&mut editor, "Right Enter 5 Enter");
        assert_eq!(state(&editor), ReportState::Filling);
        let changed = editor.draft().unwrap().values().any(|(_, value)| *value == Value::Count(5));
        assert!(changed, "then it is changed");
    }

    #[test]
    fn open_reminders_are_counted_before_a_report_is_final() {
        let mut editor = with_text("今年共公开信息XX条。");
        press(&mut editor, "Alt+S");
        let Some(Layer::Confirm { message, .. }) = editor.layers.last() else { panic!("not asked") };
        let (_, reminders) = Tab::Findings.count_findings(editor.document().unwrap());
        assert!(reminders > 0);
        assert!(message.contains(&format!("{reminders} 个提醒未处理")), "{message}");
    }
}
