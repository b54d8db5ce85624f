//! Narratives: every change of the text becomes an edit in the one history, joined while typing
//! goes on.

use super::command::{Command, Scope};
use super::desk::Desk;
use super::{Editor, Effect, cursor, layout};
use crate::draft::Value;
use crate::edit::Edit;
use crate::form::{Body, FieldId};

/// Types into the narrative, in place of what is selected.
pub fn type_in(editor: &mut Editor, text: &str) {
    let Some(desk) = editor.desk_mut() else { return };
    if desk.read_only {
        editor.notice = "只看不改。要改请重新打开".into();
        return;
    }
    let pasted = text.chars().count() > 1;
    if pasted {
        desk.history.close_group();
    }
    let Some(prose) = desk.prose() else { return };
    prose.insert(text);
    put(desk);
    // An undo takes back a clause, not a page.
    if pasted || text.ends_with(['，', '。', '；', '：', '！', '？']) {
        desk.history.close_group();
    }
}

/// Takes the text on the screen over into the draft.
fn put(desk: &mut Desk) {
    let Some(field) = desk.narrative().map(|section| FieldId::new(&section.id)) else { return };
    let Some(text) = desk.prose_shown().map(super::prose::Prose::text) else { return };
    let value = if text.is_empty() { Value::Blank } else { Value::Text(text) };
    let edit = Edit::set(&desk.draft, &field, value);
    desk.run(edit, true);
}

/// Commands of the narratives.
pub fn run(editor: &mut Editor, command: Command) -> Vec<Effect> {
    let body = layout::areas(editor.width, editor.height).body;
    let (width, height) = (usize::from(body.width), usize::from(body.height));
    let clipboard = editor.clipboard.clone();
    let Some(desk) = editor.desk_mut() else { return Vec::new() };
    let changes = matches!(command, Command::Enter | Command::EraseLeft | Command::EraseRight | Command::Cut);
    if changes && desk.read_only {
        editor.notice = "只看不改。要改请重新打开".into();
        return Vec::new();
    }
    let Some(prose) = desk.prose() else { return Vec::new() };
    match command {
        Command::Enter => {
            prose.newline();
            put(desk);
            desk.history.close_group();
        }
        Command::EraseLeft | Command::EraseRight => {
            let many = prose.selection().is_some();
            prose.erase(command == Command::EraseRight);
            put(desk);
            if many {
                desk.history.close_group();
            }
        }
        Command::Mark => prose.mark(),
        Command::Cancel => prose.unselect(),
        Command::SelectAll => prose.select_all(),
        Command::Copy | Command::Cut => {
            let cut = command == Command::Cut;
            let text = if cut { prose.cut() } else { prose.selected() };
            if text.is_empty() {
                editor.notice = nothing_selected(editor);
                return Vec::new();
            }
            if cut {
                desk.history.close_group();
                put(desk);
                desk.history.close_group();
            }
            editor.clipboard = text.clone();
            return vec![Effect::Copy(text)];
        }
        Command::Paste if clipboard.is_empty() => {
            editor.notice = "这里没有复制过内容。终端里的内容请用终端自己的粘贴键".into();
        }
        Command::Paste => type_in(editor, &clipboard),
        _ => cursor::in_text(desk, command, width, height),
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
pub fn skeleton(editor: &mut Editor) {
    let Some(desk) = editor.desk_mut() else { return };
    let Some(Body::Narrative { skeleton }) = desk.narrative().map(|section| section.body.clone()) else {
        return;
    };
    let Some(prose) = desk.prose() else { return };
    if !prose.text().trim().is_empty() {
        editor.notice = "这一部分已有文字，没有填入小标题".into();
        return;
    }
    let text = skeleton.join("\n");
    let caret = skeleton.first().map_or(0, String::len);
    prose.replace_all(&text, caret);
    desk.history.close_group();
    put(desk);
    desk.history.close_group();
}

/// Puts last year's text of this part at the caret, to be rewritten.
pub fn last_year(editor: &mut Editor) {
    let Some(desk) = editor.desk() else { return };
    let id = desk.narrative().map(|section| section.id.clone()).unwrap_or_default();
    let text = desk.last.as_ref().map(|last| last.draft.text(&id).to_string()).unwrap_or_default();
    if text.is_empty() {
        editor.notice = "上年的报告没有这一部分，或者草稿没有写上年是哪份".into();
        return;
    }
    type_in(editor, &text);
    editor.notice = "放入了上年的文字，请改成今年的情况".into();
}

/// Replaces every occurrence in the narrative and tells how many, as one step.
pub fn replace(editor: &mut Editor, from: &str, to: &str) {
    let Some(desk) = editor.desk_mut() else { return };
    let Some(prose) = desk.prose() else { return };
    let text = prose.text();
    let found = text.matches(from).count();
    if found > 0 {
        let caret = prose.caret();
        prose.replace_all(&text.replace(from, to), caret);
        desk.history.close_group();
        put(desk);
        desk.history.close_group();
    }
    editor.notice = match found {
        0 => format!("这一部分没有“{from}”"),
        _ => format!("替换了 {found} 处，{}", editor.press_hint(Command::Undo, "可一次撤销")),
    };
}

/// Makes the narratives on the screen follow the draft after an undo or a cure, with the caret
/// behind what changed.
pub fn follow(desk: &mut Desk) {
    for (id, prose) in &mut desk.proses {
        let text = desk.draft.text(id.as_str());
        let shown = prose.text();
        if text != shown {
            let same_end = text.bytes().rev().zip(shown.bytes().rev()).take_while(|(a, b)| a == b).count();
            let start = text.bytes().zip(shown.bytes()).take_while(|(a, b)| a == b).count();
            let mut caret = (text.len() - same_end).max(start).min(text.len());
            while !text.is_char_boundary(caret) {
                caret += 1;
            }
            prose.replace_all(text, caret);
        }
    }
}
