//! Narratives: every change of the text becomes an edit in the one history, joined while typing
//! goes on.

use super::change;
use super::command::{Command, Scope};
use super::document::Document;
use super::view::View;
use super::{Editor, Effect, cursor, layout};
use crate::draft::Value;
use crate::edit::Edit;
use crate::form::{Body, FieldId};

/// Types into the narrative, in place of what is selected.
pub fn type_text(editor: &mut Editor, text: &str) {
    let Some((document, view)) = editor.open_mut() else { return };
    if document.read_only {
        editor.notification = "只看不改。要改请重新打开".into();
        return;
    }
    let pasted = text.chars().count() > 1;
    if pasted {
        document.history.close_group();
    }
    let Some(narrative) = view.narrative_editor_mut(document) else { return };
    narrative.insert(text);
    write_narrative(document, view);
    // An undo takes back a clause, not a page.
    if pasted || text.ends_with(['，', '。', '；', '：', '！', '？']) {
        document.history.close_group();
    }
}

/// Takes the text on the screen over into the draft.
fn write_narrative(document: &mut Document, view: &mut View) {
    let Some(field) = view.narrative_section(document).map(|section| FieldId::new(&section.id)) else {
        return;
    };
    let Some(text) = view.narrative_editor(document).map(super::narrative_editor::NarrativeEditor::text)
    else {
        return;
    };
    let value = if text.is_empty() { Value::Blank } else { Value::Text(text) };
    let edit = Edit::set(&document.draft, &field, value);
    change::apply_edit(document, view, edit, true);
}

/// Commands of the narratives.
pub fn run_narrative_command(editor: &mut Editor, command: Command) -> Vec<Effect> {
    let body = layout::screen_areas(editor.width, editor.height).body;
    let (width, height) = (usize::from(body.width), usize::from(body.height));
    let clipboard = editor.clipboard.clone();
    let Some((document, view)) = editor.open_mut() else { return Vec::new() };
    let changes = matches!(command, Command::Enter | Command::EraseLeft | Command::EraseRight | Command::Cut);
    if changes && document.read_only {
        editor.notification = "只看不改。要改请重新打开".into();
        return Vec::new();
    }
    let Some(narrative) = view.narrative_editor_mut(document) else { return Vec::new() };
    match command {
        Command::Enter => {
            narrative.newline();
            write_narrative(document, view);
            document.history.close_group();
        }
        Command::EraseLeft | Command::EraseRight => {
            let many = narrative.selection().is_some();
            narrative.erase(command == Command::EraseRight);
            write_narrative(document, view);
            if many {
                document.history.close_group();
            }
        }
        Command::Mark => narrative.toggle_extending(),
        Command::Cancel => narrative.clear_selection(),
        Command::SelectAll => narrative.select_all(),
        Command::Copy | Command::Cut => {
            let cut = command == Command::Cut;
            let text = if cut { narrative.cut() } else { narrative.selected() };
            if text.is_empty() {
                editor.notification = nothing_selected(editor);
                return Vec::new();
            }
            if cut {
                document.history.close_group();
                write_narrative(document, view);
                document.history.close_group();
            }
            editor.clipboard = text.clone();
            return vec![Effect::Copy(text)];
        }
        Command::Paste if clipboard.is_empty() => {
            editor.notification = "这里没有复制过内容。终端里的内容请用终端自己的粘贴键".into();
        }
        Command::Paste => type_text(editor, &clipboard),
        _ => cursor::move_in_text(document, view, command, width, height),
    }
    Vec::new()
}

fn nothing_selected(editor: &Editor) -> String {
    let arrows = [Command::SelectLeft, Command::SelectRight, Command::SelectUp, Command::SelectDown];
    match editor.keys.labels(Scope::Text, &arrows) {
        Some(keys) => format!("先按 {keys} 选中文字"),
        None => format!("先{}选中文字", editor.press_hint(Command::Mark, "")),
    }
}

/// Puts the usual sub-headings into an empty narrative.
pub fn insert_headings(editor: &mut Editor) {
    let Some((document, view)) = editor.open_mut() else { return };
    let Some(Body::Narrative { skeleton }) =
        view.narrative_section(document).map(|section| section.body.clone())
    else {
        return;
    };
    let Some(narrative) = view.narrative_editor_mut(document) else { return };
    if !narrative.text().trim().is_empty() {
        editor.notification = "这一部分已有文字，没有填入小标题".into();
        return;
    }
    let text = skeleton.join("\n");
    let caret = skeleton.first().map_or(0, String::len);
    narrative.replace_all(&text, caret);
    document.history.close_group();
    write_narrative(document, view);
    document.history.close_group();
}

/// Puts last year's text of this part at the caret, to be rewritten.
pub fn insert_last_year(editor: &mut Editor) {
    let Some((document, view)) = editor.open() else { return };
    let id = view.narrative_section(document).map(|section| section.id.clone()).unwrap_or_default();
    let text = document.last_year.as_ref().map(|last| last.draft.text(&id).to_string()).unwrap_or_default();
    if text.is_empty() {
        editor.notification = "上年的报告没有这一部分，或者草稿没有写上年是哪份".into();
        return;
    }
    type_text(editor, &text);
    editor.notification = "放入了上年的文字，请改成今年的情况".into();
}

/// Replaces every occurrence in the narrative and tells how many, as one step.
pub fn replace_all(editor: &mut Editor, from: &str, to: &str) {
    let Some((document, view)) = editor.open_mut() else { return };
    let Some(narrative) = view.narrative_editor_mut(document) else { return };
    let text = narrative.text();
    let found = text.matches(from).count();
    if found > 0 {
        let caret = narrative.caret();
        narrative.replace_all(&text.replace(from, to), caret);
        document.history.close_group();
        write_narrative(document, view);
        document.history.close_group();
    }
    editor.notification = match found {
        0 => format!("这一部分没有“{from}”"),
        _ => format!("替换了 {found} 处，{}", editor.press_hint(Command::Undo, "可一次撤销")),
    };
}
