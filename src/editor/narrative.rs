//! Narratives: every change of the text is an edit in the one history; typing is joined into steps.

use super::action::{Action, notify};
use super::command::{Command, Scope};
use super::document::Document;
use super::report_state::refuse_change;
use super::view::View;
use super::{Editor, Effect, cursor, layout};
use crate::draft::Value;
use crate::edit::Edit;
use crate::form::{Body, FieldId};

/// More characters than this do not go without a word.
const MANY_CHARACTERS: usize = 20;

/// Types into the narrative, in place of what is selected.
pub fn type_text(editor: &mut Editor, text: &str) -> Vec<Action> {
    let Some((document, view)) = editor.open_view_mut() else { return Vec::new() };
    if let Some(refused) = refuse_change(document) {
        return refused;
    }
    let Some(narrative) = view.narrative_editor_mut(document) else { return Vec::new() };
    let lost = narrative.selected().chars().count();
    narrative.insert(text);
    let typed = typed_edit(document, view);
    // An undo takes back a clause, not a page.
    let pasted = text.chars().count() > 1;
    let ends = pasted || text.ends_with(['，', '。', '；', '：', '！', '？']);
    let before = pasted.then_some(Action::CloseGroup);
    let end = ends.then_some(Action::CloseGroup);
    before.into_iter().chain(typed).chain(end).chain(loss_notice(editor, lost)).collect()
}

/// What is said where many selected characters go at one key: how many, and the key that brings them back.
fn loss_notice(editor: &Editor, lost: usize) -> Option<Action> {
    let undo = || editor.press_hint(Command::Undo, "可撤销");
    (lost > MANY_CHARACTERS).then(|| Action::Notify(format!("删去了选中的 {lost} 字，{}", undo())))
}

/// The edit that makes the draft follow the text on the screen.
fn typed_edit(document: &Document, view: &View) -> Option<Action> {
    let field = FieldId::new(&view.narrative_section(document)?.id);
    let text = view.narrative_editor(document)?.text();
    let value = if text.is_empty() { Value::Blank } else { Value::Text(text) };
    Some(Action::Type(Edit::set(&document.draft, &field, value)))
}

/// The same edit as a step of its own.
fn own_step(document: &Document, view: &View) -> Vec<Action> {
    let typed = typed_edit(document, view);
    [Action::CloseGroup].into_iter().chain(typed).chain([Action::CloseGroup]).collect()
}

/// Commands of the narratives.
pub fn run_narrative_command(editor: &mut Editor, command: Command) -> Vec<Action> {
    let body = layout::screen_areas(editor.width, editor.height).body;
    let (width, height) = (usize::from(body.width), usize::from(body.height));
    let clipboard = editor.clipboard.clone();
    let Some((document, view)) = editor.open_view_mut() else { return Vec::new() };
    let changes = matches!(command, Command::Enter | Command::EraseLeft | Command::EraseRight | Command::Cut);
    if let Some(refused) = refuse_change(document).filter(|_| changes) {
        return refused;
    }
    let Some(narrative) = view.narrative_editor_mut(document) else { return Vec::new() };
    let lost = if changes { narrative.selected().chars().count() } else { 0 };
    match command {
        Command::Enter => {
            narrative.newline();
            let typed = typed_edit(document, view).into_iter();
            typed.chain([Action::CloseGroup]).chain(loss_notice(editor, lost)).collect()
        }
        Command::EraseLeft | Command::EraseRight => {
            let many = narrative.selection().is_some();
            narrative.erase(command == Command::EraseRight);
            let typed = typed_edit(document, view).into_iter();
            typed.chain(many.then_some(Action::CloseGroup)).chain(loss_notice(editor, lost)).collect()
        }
        Command::Copy | Command::Cut => {
            let cut = command == Command::Cut;
            let text = if cut { narrative.cut() } else { narrative.selected() };
            if text.is_empty() {
                return notify(nothing_selected(editor));
            }
            let mut actions = if cut { own_step(document, view) } else { Vec::new() };
            actions.push(Effect::Copy(text.clone()).into());
            let count = text.chars().count();
            let undo = || editor.press_hint(Command::Undo, "可撤销");
            let said = if cut {
                format!("已剪切 {count} 字，{}", undo())
            } else {
                format!("已复制 {count} 字")
            };
            actions.push(Action::Notify(said));
            editor.clipboard = text;
            actions
        }
        Command::Paste if clipboard.is_empty() => {
            notify("没有可粘贴的内容。在其他程序中复制的内容，请用终端的粘贴键")
        }
        Command::Paste => type_text(editor, &clipboard),
        Command::ToggleSelecting => {
            narrative.toggle_extending();
            Vec::new()
        }
        Command::Cancel => {
            narrative.clear_selection();
            view.search = None;
            Vec::new()
        }
        Command::SelectAll => {
            narrative.select_all();
            Vec::new()
        }
        _ => {
            let moved = cursor::move_in_text(document, view, command, width, height);
            moved.then_some(Action::CloseGroup).into_iter().collect()
        }
    }
}

fn nothing_selected(editor: &Editor) -> String {
    let arrows = [Command::SelectLeft, Command::SelectRight, Command::SelectUp, Command::SelectDown];
    match editor.keys.labels(Scope::Text, &arrows) {
        Some(keys) => format!("先按 {keys} 选中文字"),
        None => format!("先{}选中文字", editor.press_hint(Command::ToggleSelecting, "")),
    }
}

/// Puts the usual sub-headings into an empty narrative.
pub fn insert_headings(editor: &mut Editor) -> Vec<Action> {
    let Some((document, view)) = editor.open_view_mut() else { return Vec::new() };
    let Some(Body::Narrative { skeleton }) = view.narrative_section(document).map(|section| &section.body)
    else {
        return Vec::new();
    };
    let Some(narrative) = view.narrative_editor_mut(document) else { return Vec::new() };
    if !narrative.text().trim().is_empty() {
        return notify("本部分已有文字，未填入小标题");
    }
    let caret = skeleton.first().map_or(0, String::len);
    narrative.replace_all(&skeleton.join("\n"), caret);
    own_step(document, view)
}

/// Goes to the text behind the table, which is shown from now on.
pub fn go_to_table_text(editor: &mut Editor) -> Vec<Action> {
    let Some((document, view)) = editor.open_view_mut() else { return Vec::new() };
    if !view.text_section(document).is_some_and(|section| matches!(section.body, Body::TableText)) {
        return notify("表后说明写在第二、三、四部分的表格后面，请先转到其中一页");
    }
    view.cursor_mut().in_text = true;
    Vec::new()
}

/// Puts last year's text of this part at the caret, to be rewritten.
pub fn insert_last_year(editor: &mut Editor) -> Vec<Action> {
    let Some((document, view)) = editor.open_report() else { return Vec::new() };
    let id = view.narrative_section(document).map(|section| section.id.clone()).unwrap_or_default();
    let text = document.last_year.as_ref().map(|last| last.draft.text(&id).to_string()).unwrap_or_default();
    if text.is_empty() {
        return notify("上年的报告没有这一部分，或草稿未写明上年的报告");
    }
    let mut actions = type_text(editor, &text);
    actions.push(Action::Notify("已插入上年的文字，请改为本年情况".into()));
    actions
}

#[cfg(test)]
mod tests {
    use crate::editor::tests::{open_editor, press};

    #[test]
    fn a_long_text_does_not_go_without_a_word() {
        for key in ["Delete", "Backspace", "新", "Enter"] {
            let mut editor = open_editor(2025);
            press(&mut editor, "Alt+1");
            for _ in 0..21 {
                press(&mut editor, "字");
            }
            press(&mut editor, "Ctrl+Home Ctrl+Space Ctrl+End");
            press(&mut editor, key);
            assert_eq!(editor.notification, "删去了选中的 21 字，按 Ctrl+Z 可撤销", "{key}");
            press(&mut editor, "Ctrl+Z");
            assert_eq!(editor.draft().unwrap().text("overview").chars().count(), 21, "{key}");
        }
    }
}
