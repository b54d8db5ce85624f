//! Cells: typing replaces, F2 edits in place, Esc leaves the cell as it was. Each keystroke is in
//! the draft at once, so that the sums and the findings follow it.

use super::command::{Command, Scope};
use super::desk::{Desk, Entry};
use super::line::Line;
use super::{Editor, Effect, Keymap, Page, block, cursor, layout};
use crate::draft::{Value, read};
use crate::edit::Edit;
use crate::form::{FieldId, Kind};

/// Whether the cell under the cursor is a line of text, which takes every character.
pub fn is_line_of_text(desk: &Desk) -> bool {
    desk.field().is_some_and(|id| matches!(desk.kind(&id), Some(Kind::Text | Kind::Date)))
}

/// Types into the cell under the cursor. The first character replaces what was there.
pub fn type_in(editor: &mut Editor, text: &str) {
    let Editor { page: Page::Desk(desk), keys, .. } = editor else { return };
    if desk.entry.is_none()
        && let Some(words) = begin(desk, keys, Line::default(), false, text)
    {
        editor.notice = words;
        return;
    }
    let Some(entry) = &mut desk.entry else { return };
    entry.line.insert(text);
    put(desk);
}

/// Opens the cell under the cursor for typing; the reason where it cannot be typed into.
fn begin(desk: &mut Desk, keys: &Keymap, line: Line, in_place: bool, text: &str) -> Option<String> {
    if desk.read_only {
        return Some("只看不改。要改请重新打开".into());
    }
    let field = desk.field()?;
    if desk.computes(&field) {
        let how = keys.press(Scope::Table, Command::SwitchTotals, "");
        return Some(format!("总计由程序自动计算。要自己填，请{how}"));
    }
    if let Some(Kind::Choice(words)) = desk.kind(&field).cloned() {
        return Some(choose(desk, keys, &field, &words, text));
    }
    // Giving up this cell must not take back the typing elsewhere that came before it.
    desk.history.close_group();
    desk.entry = Some(Entry { field, line, in_place });
    None
}

/// Takes the choice of that number, or says what there is to choose.
fn choose(desk: &mut Desk, keys: &Keymap, field: &FieldId, words: &[String], text: &str) -> String {
    let number = text.parse::<usize>().ok().and_then(|number| number.checked_sub(1));
    if let Some(word) = number.and_then(|at| words.get(at)) {
        let edit = Edit::set(&desk.draft, field, Value::Text(word.clone()));
        desk.run(edit, false);
    }
    let list = words.iter().enumerate().map(|(at, word)| format!("{} {word}", at + 1));
    let next = keys.using(Scope::Table, Command::NextChoice, "换下一个");
    format!("按数字选：{}；{next}", list.collect::<Vec<_>>().join("  "))
}

/// Puts what is typed so far into the draft.
fn put(desk: &mut Desk) {
    let Some(entry) = &desk.entry else { return };
    let edit = Edit::typed(&desk.form, &desk.draft, &entry.field, entry.line.text());
    desk.run(edit, true);
}

/// Ends typing: the cell keeps what was typed.
pub fn commit(desk: &mut Desk) {
    if desk.entry.take().is_some() {
        desk.history.close_group();
        desk.recheck();
    }
}

/// Commands of the cells: movement takes a cell that is being typed along.
pub fn run(editor: &mut Editor, command: Command) -> Vec<Effect> {
    use Command::*;
    let body = layout::areas(editor.width, editor.height).body;
    let (height, along) = (usize::from(body.height), editor.along);
    let nothing_copied = editor.clipboard.is_empty();
    let Some(desk) = editor.desk_mut() else { return Vec::new() };
    if desk.entry.is_some() && while_typing(desk, command) {
        return Vec::new();
    }
    match command {
        EditCell => edit(editor),
        Clear => block::clear(editor),
        NextChoice => next_choice(editor),
        Copy | Cut => return block::copy(editor, command == Cut),
        Paste if nothing_copied => {
            editor.notice = "这里没有复制过内容。终端里的内容请用终端自己的粘贴键".into()
        }
        Paste => {
            let text = editor.clipboard.clone();
            block::paste(editor, &text);
        }
        SelectLeft | SelectRight | SelectUp | SelectDown | SelectRowStart | SelectRowEnd | SelectAll => {
            block::select(editor, command);
        }
        Mark => block::mark(desk),
        Cancel => block::unselect(desk),
        _ => {
            if !desk.spot().held {
                block::unselect(desk);
            }
            cursor::in_cells(desk, command, height, along);
        }
    }
    Vec::new()
}

/// Keys within the cell being typed; whether the command was one. Any other ends the typing.
fn while_typing(desk: &mut Desk, command: Command) -> bool {
    let Some(entry) = &mut desk.entry else { return false };
    match command {
        Command::Cancel => {
            desk.entry = None;
            desk.history.cancel_group(&mut desk.draft);
            desk.recheck();
        }
        Command::Left | Command::Right if entry.in_place => entry.line.step(command == Command::Right),
        Command::RowStart | Command::RowEnd => entry.line.jump(command == Command::RowEnd),
        Command::EditCell => entry.in_place = !entry.in_place,
        Command::EraseLeft | Command::EraseRight => {
            if command == Command::EraseLeft {
                entry.line.erase_left()
            } else {
                entry.line.erase_right()
            }
            put(desk);
        }
        _ => {
            commit(desk);
            return false;
        }
    }
    true
}

fn edit(editor: &mut Editor) {
    let Editor { page: Page::Desk(desk), keys, .. } = editor else { return };
    let Some(field) = desk.field() else { return };
    let line = Line::new(&desk.draft.get(field.as_str()).typed());
    if let Some(words) = begin(desk, keys, line, true, "") {
        editor.notice = words;
    }
}

fn next_choice(editor: &mut Editor) {
    let Some(desk) = editor.desk_mut() else { return };
    let Some(field) = desk.field() else { return };
    let Some(Kind::Choice(words)) = desk.kind(&field).cloned() else {
        editor.notice = "这一格直接打字填写".into();
        return;
    };
    let now = words.iter().position(|word| word == desk.draft.text(field.as_str()));
    let next = now.map_or(0, |at| at + 1);
    let value = words.get(next).map_or(Value::Blank, |word| Value::Text(word.clone()));
    let edit = Edit::set(&desk.draft, &field, value);
    desk.run(edit, false);
}

/// Fills blank number cells with 0 as one step, and tells how many: those selected, the row's, the
/// table's, the report's. Asked for a row that has no blank left, it fills the table, and then all.
pub fn zero(editor: &mut Editor, command: Command) {
    let Some(desk) = editor.desk_mut() else { return };
    commit(desk);
    let row: Vec<FieldId> = if block::is_selecting(desk) {
        block::selected(desk).concat()
    } else {
        desk.rows().get(desk.spot().row).map_or_else(Vec::new, |row| row.to_vec())
    };
    let section = desk.cells().map(|section| section.id.clone()).unwrap_or_default();
    let steps = ["本行", "本表", "整份报告"];
    let wanted = |step: usize, id: &FieldId| match step {
        0 => row.contains(id),
        1 => id.section() == section,
        _ => true,
    };
    let first = match command {
        Command::ZeroTable => 1,
        Command::ZeroAll => 2,
        _ => 0,
    };
    let filled = (first..steps.len()).find_map(|step| {
        let edit = zeros(desk, &|id| wanted(step, id));
        (!edit.is_empty()).then_some((steps[step], edit))
    });
    let Some((place, edit)) = filled else {
        editor.notice = "没有空格要填".into();
        return;
    };
    editor.notice = format!(
        "{place}填了 {} 个 0，{}",
        edit.changes.len(),
        editor.press_hint(Command::Undo, "可一次撤销")
    );
    if let Some(desk) = editor.desk_mut() {
        desk.run(edit, false);
    }
}

fn zeros(desk: &Desk, wanted: &dyn Fn(&FieldId) -> bool) -> Edit {
    let mut edit = Edit::new();
    for field in desk.form.fields() {
        let blank = desk.draft.get(field.id.as_str()).is_blank() && !desk.computes(&field.id);
        if blank && field.kind.is_number() && wanted(&field.id) {
            edit.put(&desk.draft, &field.id, read(&field.kind, "0"));
        }
    }
    edit
}
