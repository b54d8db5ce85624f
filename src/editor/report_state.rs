//! The state of the report: choosing it, and asking before a report that is final is changed.

use super::action::{Action, notify};
use super::document::Document;
use super::layer::{ConfirmAction, Layer};
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
    let open = if open.is_empty() { String::new() } else { format!("\n注意：{open}。") };
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
    use crate::editor::Editor;
    use crate::editor::layer::Layer;
    use crate::editor::tests::{open_editor, press};

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
}
