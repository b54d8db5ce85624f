//! Applying the fix of a finding, or that of all findings of its kind: nothing is changed that was not said
//! before.

use super::action::{Action, notify};
use super::command::Command;
use super::document::Document;
use super::layer::{ConfirmAction, Layer};
use super::{Editor, findings_list, help, import_review, unfinished, zeros};
use crate::check::{self, Context, Finding, Severity};
use crate::edit::{Change, Edit};
use crate::form::FieldId;
use crate::merge::diff_drafts;
use crate::text::width::display_width;

/// The places of a fix that are named after it; the rest is only counted.
const NAMED: usize = 3;

/// Applies the fix of the finding under the cursor. What the finding's own line says whole is done at once; all
/// else is listed before.
pub fn apply_fix(editor: &Editor) -> Vec<Action> {
    let Some((document, view)) = editor.open_report() else { return Vec::new() };
    let here = view.findings_at_cursor(document);
    let Some(&shown) = here.first() else { return notify(help::no_finding(editor)) };
    let fixable = here.iter().find_map(|&at| Some((at, document.findings[at].fix.clone()?)));
    let Some((at, edit)) = fixable else {
        let is_unread = unfinished::is_about_unread(&document.findings[shown]);
        return if is_unread {
            let asked = document.findings[shown].fields.first().cloned();
            import_review::open_review(editor, asked)
        } else {
            notify("无法自动改正，请核对后修改")
        };
    };
    let finding = &document.findings[at];
    if finding.has_follow_ups() {
        return review_follow_ups(editor, document, finding, edit);
    }
    if at == shown && findings_list::whole_fix_text(&edit).is_some() {
        let message = applied_message(editor, document, finding, &edit);
        return vec![Action::Edit(edit), Action::Notify(message)];
    }
    let lines = vec![format!("{}：{}", place_of(document, finding), finding.message), String::new()];
    let message = applied_message(editor, document, finding, &edit);
    review(editor, document, ("改正", "改正"), lines, edit, message)
}

/// Applies the same fix to all findings of the kind of the one under the cursor, after a list of what that
/// changes.
pub fn apply_fix_to_all(editor: &Editor) -> Vec<Action> {
    let Some((document, view)) = editor.open_report() else { return Vec::new() };
    let here = view.findings_at_cursor(document);
    let Some(finding) = here.first().map(|&at| &document.findings[at]) else {
        return notify(help::no_finding(editor));
    };
    let of_kind: Vec<&Finding> = same_kind(document, finding).collect();
    let (mut after, mut edit, mut count) = (document.draft.clone(), Edit::new(), 0);
    for fix in of_kind.iter().filter_map(|finding| finding.fix.as_ref()) {
        // Two slips may ask for the same change; one that another has made impossible is left as it is.
        let is_made = |change: &Change| change.inverse().fits(&after);
        if fix.changes.iter().all(is_made) {
            count += 1;
        } else if fix.changes.iter().all(|change| change.fits(&after)) {
            fix.apply(&mut after);
            edit.changes.extend(fix.changes.iter().cloned());
            count += 1;
        }
    }
    if edit.is_empty() {
        return notify("这类问题不能一并改正，请逐个核对");
    }
    let rule = check::rules().find(|rule| rule.id == finding.rule).map_or("", |rule| rule.description);
    let lines = vec![
        format!("{} {rule}", finding.rule),
        format!("这类问题共 {} 个，可以改正 {count} 个：", of_kind.len()),
    ];
    let undo = editor.press_hint(Command::Undo, "可一次撤销");
    let message = format!("已改正 {count} 个同类问题，{undo}");
    review(editor, document, ("同类问题一并改正", "全部改正"), lines, edit, message)
}

/// The open findings of the same rule that are not about what has to follow a change.
fn same_kind<'d>(document: &'d Document, finding: &'d Finding) -> impl Iterator<Item = &'d Finding> {
    let is_same = |other: &&Finding| {
        other.is_open()
            && other.rule == finding.rule
            && other.severity == finding.severity
            && !other.has_follow_ups()
    };
    document.findings.iter().filter(is_same)
}

/// Lists what an edit changes, to be agreed to.
fn review(
    editor: &Editor,
    document: &Document,
    (title, agree): (&'static str, &'static str),
    mut lines: Vec<String>,
    edit: Edit,
    message: String,
) -> Vec<Action> {
    lines.extend(change_lines(editor, document, &edit));
    let answers = vec![(agree, ConfirmAction::ApplyEdit { edit, message }), ("取消", ConfirmAction::Dismiss)];
    vec![Layer::Review { title, lines, answers, at: 0, top: 0 }.into()]
}

/// What an edit changes, a line for each place.
fn change_lines(editor: &Editor, document: &Document, edit: &Edit) -> Vec<String> {
    let mut after = document.draft.clone();
    edit.apply(&mut after);
    let form = after.form(&editor.library).unwrap_or_else(|_| document.form.clone());
    let shown = |text: &str| if text.is_empty() { "空白".to_string() } else { text.to_string() };
    let differences = diff_drafts((&document.form, &document.draft), (&form, &after));
    let lines = differences.iter().flat_map(|difference| {
        if difference.is_narrative {
            return difference.to_lines();
        }
        let (before, after) = (shown(&difference.before), shown(&difference.after));
        vec![format!("{}：{before} 改为 {after}", difference.location)]
    });
    lines.collect()
}

fn place_of<'d>(document: &'d Document, finding: &'d Finding) -> &'d str {
    finding.suspect.as_ref().or(finding.fields.first()).map_or("", |id| document.form.location(id))
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

/// What is said of a fix that was applied; where there is room for it, whether others of its kind can be applied
/// at once.
fn applied_message(editor: &Editor, document: &Document, finding: &Finding, edit: &Edit) -> String {
    let message = if is_zeros(edit) && edit.changes.len() > 1 {
        zeros::filled_message(editor, &heading(document, edit), edit)
    } else {
        let undo = editor.press_hint(Command::Undo, "可撤销");
        format!("已改：{}。{undo}", named_locations(document, edit))
    };
    let others =
        same_kind(document, finding).filter(|other| other.fix.as_ref().is_some_and(|fix| fix != edit));
    let count = others.count();
    let all = editor.press_hint(Command::ApplyFixToAll, "一并改正");
    let whole = format!("{message}；同类还有 {count} 个，{all}");
    let fits = display_width(&whole) + 2 <= usize::from(editor.width);
    if count > 0 && fits { whole } else { message }
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
fn review_follow_ups(editor: &Editor, document: &Document, finding: &Finding, edit: Edit) -> Vec<Action> {
    let count = edit.changes.len();
    let cell = finding.changed.as_ref().map_or("", |id| document.form.location(id));
    let mut lines = vec![format!("“{cell}”改过，以下 {count} 处跟着改：")];
    lines.extend(change_lines(editor, document, &edit));
    let left = left_over(document, finding, &edit);
    if !left.is_empty() {
        lines.push("跟着改之后还不相符，请核对：".into());
        lines.extend(left);
    }
    let message = format!("跟着改了 {count} 处，{}", editor.press_hint(Command::Undo, "可一次撤销"));
    let answers =
        vec![("全部跟着改", ConfirmAction::ApplyEdit { edit, message }), ("不改", ConfirmAction::Dismiss)];
    vec![Layer::Review { title: "跟着改", lines, answers, at: 0, top: 0 }.into()]
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
    let left = check::check(&document.form, &after, Context::default()).into_iter().filter(|finding| {
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

    /// What the window lists.
    fn listed(editor: &Editor) -> String {
        let Some(Layer::Review { lines, .. }) = editor.layers.last() else { panic!("nothing is listed") };
        lines.join("\n")
    }

    #[test]
    fn follow_ups_are_listed_before_they_are_made() {
        let mut editor = zeros();
        press(&mut editor, "Down Down 4 Enter Up F9");
        let message = listed(&editor);
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
    fn a_fix_of_many_cells_is_listed_before_it_is_made() {
        let mut editor = open_editor(2025);
        press(&mut editor, "Alt+4 0 Enter Alt+2 0 Enter Alt+7");
        let at = |editor: &Editor, section: &str| {
            let document = editor.document().unwrap();
            document.findings.iter().position(|f| f.rule == "D2" && f.fields[0].section() == section).unwrap()
        };
        let chosen = at(&editor, "review");
        editor.open_report_mut().unwrap().1.current_finding = chosen;
        press(&mut editor, "F9");
        assert_eq!(listed(&editor).matches("空白 改为 0").count(), 11);
        assert_eq!(number(&editor, "review.direct_suit.upheld"), None, "nothing is filled yet");
        // In a wide window there is room for what else can be done.
        update(&mut editor, Msg::Event(crate::editor::event::Event::Resize { columns: 120, rows: 40 }));
        press(&mut editor, "Esc F9 Enter");
        assert_eq!(number(&editor, "review.direct_suit.upheld"), Some(0));
        assert_eq!(number(&editor, "disclosure.regulations.repealed"), None, "another table");
        assert!(editor.notification.contains("填了 11 个 0，按 Ctrl+Z"), "{}", editor.notification);
        assert!(editor.notification.contains("同类还有 1 个，按 Alt+9"), "{}", editor.notification);
        press(&mut editor, "Alt+7");
        let chosen = at(&editor, "disclosure");
        editor.open_report_mut().unwrap().1.current_finding = chosen;
        press(&mut editor, "Enter");
        let (document, view) = editor.open_report().unwrap();
        assert!(matches!(view.tabs[view.tab], Tab::Section { .. }));
        assert_eq!(view.current_field(document), Some(FieldId::new("disclosure.regulations.repealed")));
    }

    #[test]
    fn all_findings_of_one_kind_are_fixed_in_one_step() {
        let mut editor = open_editor(2025);
        press(&mut editor, "Alt+4 0 Enter Alt+2 0 Enter Alt+7");
        let document = editor.document().unwrap();
        let chosen = document.findings.iter().position(|finding| finding.rule == "D2").unwrap();
        editor.open_report_mut().unwrap().1.current_finding = chosen;
        press(&mut editor, "Alt+9");
        let list = listed(&editor);
        assert!(list.contains("这类问题共 2 个，可以改正 2 个"), "{list}");
        assert!(list.contains("法院判决") || list.matches("空白 改为 0").count() > 11, "{list}");
        assert_eq!(number(&editor, "review.direct_suit.upheld"), None, "listed first");
        press(&mut editor, "Enter");
        for id in ["review.direct_suit.upheld", "disclosure.regulations.repealed"] {
            assert_eq!(number(&editor, id), Some(0), "{id}");
        }
        press(&mut editor, "Ctrl+Z");
        for id in ["review.direct_suit.upheld", "disclosure.regulations.repealed"] {
            assert_eq!(number(&editor, id), None, "one undo: {id}");
        }
    }

    #[test]
    fn fixes_that_contradict_each_other_are_not_both_made() {
        let mut editor = zeros();
        let cell = FieldId::new("requests.new.natural");
        let document = editor.document_mut().unwrap();
        let fix = |count| Some(Edit::set(&document.draft, &cell, Value::Count(count)));
        let finding = Finding::new("T1", Severity::Error, vec![cell.clone()], String::new());
        let of = |count| Finding { fix: fix(count), ..finding.clone() };
        document.findings = vec![of(7), of(7), of(8)];
        press(&mut editor, "Alt+9");
        assert!(listed(&editor).contains("共 3 个，可以改正 2 个"), "{}", listed(&editor));
        press(&mut editor, "Enter");
        assert_eq!(number(&editor, cell.as_str()), Some(7));
    }

    #[test]
    fn a_finding_that_is_not_shown_is_not_fixed_in_silence() {
        let mut editor = zeros();
        let cells = ["new", "carried_in"].map(|row| FieldId::new(&format!("requests.{row}.natural")));
        let (document, view) = editor.open_report_mut().unwrap();
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
        assert_eq!(listed(&editor).matches(" 改为 7").count(), 2, "{}", listed(&editor));
        press(&mut editor, "Enter");
        assert_eq!(number(&editor, cells[0].as_str()), Some(7));
    }

    #[test]
    fn a_long_list_of_changes_scrolls_in_a_small_window() {
        let mut editor = zeros();
        for _ in 0..23 {
            press(&mut editor, "1 Enter");
        }
        update(&mut editor, Msg::Event(crate::editor::event::Event::Resize { columns: 60, rows: 16 }));
        press(&mut editor, "Ctrl+Home F9");
        let top = |editor: &Editor| match editor.layers.last() {
            Some(Layer::Review { top, .. }) => *top,
            other => panic!("{other:?}"),
        };
        press(&mut editor, "Down Down");
        assert_eq!(top(&editor), 2);
        press(&mut editor, "End");
        let last = top(&editor);
        press(&mut editor, "Down");
        assert!(last > 2 && top(&editor) == last);
        press(&mut editor, "Right Enter");
        assert!(editor.layers.is_empty());
        assert_eq!(number(&editor, "requests.new.total"), Some(0), "the other answer changes nothing");
    }
}
