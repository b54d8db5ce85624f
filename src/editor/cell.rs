//! Cells: typing replaces, F2 edits in place, Esc leaves the cell as it was. Each keystroke is in
//! the draft at once, so that the sums and the findings follow it.

use super::command::Command;
use super::desk::{Desk, Entry};
use super::line::Line;
use super::{Editor, cursor, layout};
use crate::draft::{Value, read};
use crate::edit::Edit;
use crate::form::{FieldId, Kind};

/// Whether the cell under the cursor is a line of text, which takes every character.
pub fn is_line_of_text(desk: &Desk) -> bool {
    desk.field().is_some_and(|id| matches!(desk.kind(&id), Some(Kind::Text | Kind::Date)))
}

/// Types into the cell under the cursor. The first character replaces what was there.
pub fn type_in(editor: &mut Editor, text: &str) {
    let Some(desk) = editor.desk_mut() else { return };
    if desk.entry.is_none()
        && let Some(words) = begin(desk, Line::default(), false, text)
    {
        editor.notice = words;
        return;
    }
    let Some(entry) = &mut desk.entry else { return };
    entry.line.insert(text);
    put(desk);
}

/// Opens the cell under the cursor for typing; the reason where it cannot be typed into.
fn begin(desk: &mut Desk, line: Line, in_place: bool, text: &str) -> Option<String> {
    let field = desk.field()?;
    if desk.computes(&field) {
        return Some("总计由程序自动计算。要自己填，请按 Alt+=".into());
    }
    if let Some(Kind::Choice(words)) = desk.kind(&field).cloned() {
        return Some(choose(desk, &field, &words, text));
    }
    desk.entry = Some(Entry { field, line, in_place });
    None
}

/// Takes the choice of that number, or says what there is to choose.
fn choose(desk: &mut Desk, field: &FieldId, words: &[String], text: &str) -> String {
    let number = text.parse::<usize>().ok().and_then(|number| number.checked_sub(1));
    if let Some(word) = number.and_then(|at| words.get(at)) {
        let edit = Edit::set(&desk.draft, field, Value::Text(word.clone()));
        desk.run(edit, false);
    }
    let list = words.iter().enumerate().map(|(at, word)| format!("{} {word}", at + 1));
    format!("按数字选：{}；空格换下一个", list.collect::<Vec<_>>().join("  "))
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
        desk.history.seal();
        desk.recheck();
    }
}

/// Commands of the cells: movement takes a cell that is being typed along.
pub fn run(editor: &mut Editor, command: Command) {
    let body = layout::areas(editor.width, editor.height).body;
    let (width, height) = (usize::from(body.width), usize::from(body.height));
    let Some(desk) = editor.desk_mut() else { return };
    if let Some(entry) = &mut desk.entry {
        match command {
            Command::Cancel => {
                desk.entry = None;
                desk.history.abandon(&mut desk.draft);
                return desk.recheck();
            }
            Command::Left | Command::Right if entry.in_place => {
                return entry.line.step(command == Command::Right);
            }
            Command::RowStart | Command::RowEnd => return entry.line.jump(command == Command::RowEnd),
            Command::EditCell => return entry.in_place = !entry.in_place,
            Command::EraseLeft | Command::EraseRight => {
                if command == Command::EraseLeft {
                    entry.line.erase_left()
                } else {
                    entry.line.erase_right()
                }
                return put(desk);
            }
            _ => commit(desk),
        }
    }
    match command {
        Command::EditCell => edit(editor),
        Command::Clear => clear(desk),
        Command::NextChoice => next_choice(editor),
        _ => cursor::in_cells(desk, command, width, height),
    }
}

fn edit(editor: &mut Editor) {
    let Some(desk) = editor.desk_mut() else { return };
    let Some(field) = desk.field() else { return };
    let line = Line::new(&desk.draft.get(field.as_str()).typed());
    if let Some(words) = begin(desk, line, true, "") {
        editor.notice = words;
    }
}

fn clear(desk: &mut Desk) {
    if let Some(field) = desk.field().filter(|field| !desk.computes(field)) {
        let edit = Edit::set(&desk.draft, &field, Value::Blank);
        desk.run(edit, false);
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

/// Fills the blank number cells among these with 0, as one step, and tells how many.
pub fn zero(editor: &mut Editor, command: Command) {
    let Some(desk) = editor.desk_mut() else { return };
    commit(desk);
    let row: Vec<FieldId> = desk
        .sheet(80)
        .and_then(|sheet| sheet.rows.get(desk.spot().row).map(|row| row.cells.clone()))
        .unwrap_or_default();
    let section = desk.cells().map(|section| section.id.clone()).unwrap_or_default();
    let wanted = |id: &FieldId| match command {
        Command::ZeroRow => row.contains(id),
        Command::ZeroTable => id.section() == section,
        _ => true,
    };
    let mut edit = Edit::new();
    for field in desk.form.fields() {
        let blank = desk.draft.get(field.id.as_str()).is_blank() && !desk.computes(&field.id);
        if blank && field.kind.is_number() && wanted(&field.id) {
            edit.put(&desk.draft, &field.id, read(&field.kind, "0"));
        }
    }
    let filled = edit.changes.len();
    desk.run(edit, false);
    editor.notice = match filled {
        0 => "没有空格要填".into(),
        _ => format!("填了 {filled} 个 0，按 Ctrl+Z 可一次撤销"),
    };
}
