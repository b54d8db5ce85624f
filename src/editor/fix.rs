//! Applying the fix of a finding: of what the clerk sees, or after a question that lists what it changes.

use super::action::{Action, notify};
use super::command::{Command, Scope};
use super::document::Document;
use super::layer::{ConfirmAction, Layer};
use super::view::View;
use super::{Editor, cursor, help, layout, review, unfinished, zeros};
use crate::check::{Context, Finding, Severity, check};
use crate::edit::{Change, Edit};
use crate::form::FieldId;

/// The places of a fix that are named after it; the rest is only counted.
const NAMED: usize = 3;

/// Applies the fix of the finding under the cursor. One that changes many cells elsewhere leads there first,
/// and follow-ups are listed in a question.
pub fn apply_fix(editor: &mut Editor) -> Vec<Action> {
    let Some((document, view)) = editor.open() else { return Vec::new() };
    let here = view.findings_at_cursor(document);
    let Some(&shown) = here.first() else { return notify(help::no_finding(editor)) };
    let fixable = here.iter().find_map(|&at| Some((at, document.findings[at].fix.clone()?)));
    let Some((at, edit)) = fixable else {
        let is_unread = unfinished::is_about_unread(&document.findings[shown]);
        return if is_unread {
            let asked = document.findings[shown].fields.first().cloned();
            review::open_review(editor, asked)
        } else {
            notify("无法自动改正，请核对后修改")
        };
    };
    let finding = &document.findings[at];
    if finding.has_follow_ups() {
        return ask_about_follow_ups(editor, document, finding, edit);
    }
    if at == shown && is_in_view(document, view, &edit) {
        let message = applied_message(editor, document, &edit);
        return vec![Action::Edit(edit), Action::Notify(message)];
    }
    let again = editor.keys.press(Scope::Table, Command::ApplyFix, &purpose(document, &edit));
    if let Some((document, view)) = editor.view_mut() {
        cursor::go_to_finding(document, view, at);
    }
    notify(format!("再{again}"))
}

/// Whether the clerk looks at what a fix changes: at its finding, or at the table of all its cells.
fn is_in_view(document: &Document, view: &View, edit: &Edit) -> bool {
    let section = view.cell_section(document).map(|section| section.id.as_str());
    edit.fields().count() <= 1 || edit.fields().all(|id| Some(id.section()) == section)
}

/// Whether an edit only puts zeros into blank cells.
fn is_zeros(edit: &Edit) -> bool {
    edit.changes.iter().all(|change| match change {
        Change::Field { before, after, .. } => {
            before.is_blank() && after.number().is_some_and(|n| n.is_zero())
        }
        _ => false,
    })
}

/// What a fix does, before it is done.
fn purpose(document: &Document, edit: &Edit) -> String {
    if is_zeros(edit) {
        format!("在{}的 {} 个空白单元格填 0", heading(document, edit), edit.changes.len())
    } else {
        format!("改：{}", named_locations(document, edit))
    }
}

fn applied_message(editor: &Editor, document: &Document, edit: &Edit) -> String {
    if is_zeros(edit) && edit.changes.len() > 1 {
        return zeros::filled_message(editor, &heading(document, edit), edit);
    }
    format!("已改：{}。{}", named_locations(document, edit), editor.press_hint(Command::Undo, "可撤销"))
}

fn heading(document: &Document, edit: &Edit) -> String {
    let section = edit.fields().next().and_then(|id| document.form.section(id.section()));
    section.map_or(String::new(), |section| format!("“{}”", section.heading()))
}

fn named_locations(document: &Document, edit: &Edit) -> String {
    let named: Vec<&str> = edit.fields().take(NAMED).map(|id| document.form.location(id)).collect();
    let all = edit.fields().count();
    let more = if all > NAMED { format!("等 {all} 处") } else { String::new() };
    format!("{}{more}", named.join("、"))
}

/// Lists every total that has to follow a changed cell, and what does not agree even then.
fn ask_about_follow_ups(editor: &Editor, document: &Document, finding: &Finding, edit: Edit) -> Vec<Action> {
    let count = edit.changes.len();
    let cell = finding.changed.as_ref().map_or("", |id| document.form.location(id));
    let lines = edit.changes.iter().filter_map(|change| match change {
        Change::Field { id, before, after } => {
            Some(format!("{}：{} 改为 {}", document.form.location(id), before.typed(), after.typed()))
        }
        _ => None,
    });
    let mut message =
        format!("“{cell}”改过，以下 {count} 处跟着改：\n{}", lines.collect::<Vec<_>>().join("\n"));
    let left = left_over(document, finding, &edit);
    if !left.is_empty() {
        message.push_str(&format!("\n跟着改之后还不相符，请核对：\n{}", left.join("\n")));
    }
    let rows = layout::wrap_lines(std::slice::from_ref(&message), editor.width, editor.width_mode).len();
    if rows + 2 > usize::from(editor.height.saturating_sub(4)) {
        return notify(format!("要跟着改的有 {count} 处，窗口里列不下，请放大窗口后再改"));
    }
    let done = format!("跟着改了 {count} 处，{}", editor.press_hint(Command::Undo, "可一次撤销"));
    let answers = vec![
        ("全部跟着改", ConfirmAction::ApplyEdit { edit, message: done }),
        ("不改", ConfirmAction::Dismiss),
    ];
    vec![Layer::Confirm { title: "跟着改", message, answers, at: 0 }.into()]
}

/// The relations without a total that the changed cells break even after the edit: no total can mend them.
fn left_over(document: &Document, finding: &Finding, edit: &Edit) -> Vec<String> {
    let mut after = document.draft.clone();
    edit.apply(&mut after);
    let touched: Vec<&FieldId> = edit.fields().chain(&finding.changed).collect();
    let relations = document.form.relations();
    let is_balance = |finding: &Finding| {
        relations.iter().any(|relation| relation.id == finding.rule && !relation.is_total)
    };
    let left = check(&document.form, &after, Context::default()).into_iter().filter(|finding| {
        finding.severity == Severity::Error
            && finding.is_open()
            && is_balance(finding)
            && finding.fields.iter().any(|id| touched.contains(&id))
    });
    left.map(|finding| finding.message).collect()
}

#[cfg(test)]
mod tests {
    use crate::check::{Finding, Severity};
    use crate::draft::Value;
    use crate::edit::Edit;
    use crate::editor::layer::Layer;
    use crate::editor::tests::{open_editor, press};
    use crate::editor::view::Tab;
    use crate::editor::{Editor, Msg, update};
    use crate::form::FieldId;

    /// A report of zeros with typed totals, on section 三.
    fn zeros() -> Editor {
        let mut editor = open_editor(2025);
        press(&mut editor, "Alt+3 F4 F4 F4 Right Enter Alt+= Ctrl+Home");
        assert!(editor.layers.is_empty(), "{:?}", editor.layers);
        editor
    }

    fn number(editor: &Editor, id: &str) -> Option<u64> {
        let Value::Count(number) = editor.draft().unwrap().get(id) else { return None };
        Some(*number)
    }

    #[test]
    fn follow_ups_are_listed_before_they_are_made() {
        let mut editor = zeros();
        press(&mut editor, "Down Down 4 Enter Up F9");
        let Some(Layer::Confirm { message, .. }) = editor.layers.last() else { panic!("not asked") };
        for total in ["予以公开·总计：0 改为 4", "（七）总计·自然人：0 改为 4", "（七）总计·总计：0 改为 4"]
        {
            assert!(message.contains(total), "{total} is not in {message}");
        }
        assert!(message.contains("还不相符"), "the balance is shown as what is left: {message}");
        press(&mut editor, "Esc");
        assert_eq!(number(&editor, "requests.handled.natural"), Some(0), "Esc leaves all as it was");
        press(&mut editor, "F9 Enter");
        for total in ["granted.total", "handled.natural", "handled.total"] {
            assert_eq!(number(&editor, &format!("requests.{total}")), Some(4));
        }
        assert_eq!(number(&editor, "requests.carried_out.natural"), Some(0), "no total, never followed");
        assert!(editor.notification.contains("跟着改了 3 处"), "{}", editor.notification);
        press(&mut editor, "Ctrl+Z");
        assert_eq!(number(&editor, "requests.handled.total"), Some(0), "one undo");
        assert_eq!(number(&editor, "requests.granted.natural"), Some(4));
    }

    #[test]
    fn follow_ups_are_not_made_on_another_draft() {
        let mut editor = zeros();
        press(&mut editor, "Down Down 4 Enter Up F9");
        let total = FieldId::new("requests.granted.total");
        editor.document_mut().unwrap().draft.set(total.clone(), Value::Count(9));
        press(&mut editor, "Enter");
        assert_eq!(number(&editor, total.as_str()), Some(9));
        assert_eq!(number(&editor, "requests.handled.natural"), Some(0));
        assert!(editor.notification.contains("没有改"), "{}", editor.notification);
    }

    #[test]
    fn a_fix_of_many_cells_leads_to_them_first() {
        let mut editor = open_editor(2025);
        press(&mut editor, "Alt+4 0 Enter Alt+2 0 Enter Alt+7");
        let at = |editor: &Editor, section: &str| {
            let document = editor.document().unwrap();
            document.findings.iter().position(|f| f.rule == "D2" && f.fields[0].section() == section).unwrap()
        };
        let chosen = at(&editor, "review");
        editor.open_mut().unwrap().1.current_finding = chosen;
        press(&mut editor, "F9");
        let (document, view) = editor.open().unwrap();
        assert_eq!(view.cell_section(document).map(|section| section.id.as_str()), Some("review"));
        assert_eq!(number(&editor, "review.direct_suit.upheld"), None, "nothing is filled yet");
        assert!(editor.notification.contains("再按 F9 在“四、"), "{}", editor.notification);
        assert!(editor.notification.contains("11 个空白单元格填 0"), "{}", editor.notification);
        press(&mut editor, "F9");
        assert_eq!(number(&editor, "review.direct_suit.upheld"), Some(0));
        assert_eq!(number(&editor, "disclosure.regulations.repealed"), None, "another table");
        assert!(editor.notification.contains("填了 11 个 0，按 Ctrl+Z"), "{}", editor.notification);
        press(&mut editor, "Alt+7");
        let chosen = at(&editor, "disclosure");
        editor.open_mut().unwrap().1.current_finding = chosen;
        press(&mut editor, "Enter");
        let (document, view) = editor.open().unwrap();
        assert!(matches!(view.tabs[view.tab], Tab::Section { .. }));
        assert_eq!(view.current_field(document), Some(FieldId::new("disclosure.regulations.repealed")));
    }

    #[test]
    fn a_finding_that_is_not_shown_is_not_fixed_in_silence() {
        let mut editor = zeros();
        let cells = ["new", "carried_in"].map(|row| FieldId::new(&format!("requests.{row}.natural")));
        let (document, view) = editor.open_mut().unwrap();
        let mut fix = Edit::new();
        for cell in &cells {
            fix.push_value(&document.draft, cell, Value::Count(7));
        }
        let shown = Finding::new("T1", Severity::Error, vec![cells[0].clone()], String::new());
        let below = Finding::new("D3", Severity::Error, vec![cells[0].clone()], String::new());
        document.findings = vec![shown, Finding { fix: Some(fix), ..below }];
        view.current_finding = 0;
        press(&mut editor, "F9");
        assert_eq!(number(&editor, cells[0].as_str()), Some(0), "the finding shown has no fix");
        assert!(editor.notification.starts_with("再按 F9 改：三·一、"), "{}", editor.notification);
        assert_eq!(editor.view().unwrap().current_finding, 1, "now the other one is shown");
        press(&mut editor, "F9");
        assert_eq!(number(&editor, cells[0].as_str()), Some(7));
    }

    #[test]
    fn the_question_is_not_asked_where_it_cannot_be_listed() {
        let mut editor = zeros();
        for _ in 0..23 {
            press(&mut editor, "1 Enter");
        }
        update(&mut editor, Msg::Event(crate::editor::key::Event::Resize { columns: 60, rows: 16 }));
        press(&mut editor, "Ctrl+Home F9");
        assert!(editor.layers.is_empty());
        assert!(editor.notification.contains("列不下"), "{}", editor.notification);
    }
}
