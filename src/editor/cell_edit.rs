//! Cells: typing replaces, F2 edits in place, Esc leaves the cell as it was. Each keystroke is in
//! the draft at once, so that the sums and the findings follow it.

use super::change;
use super::command::{Command, Scope};
use super::document::Document;
use super::line_input::LineInput;
use super::view::CellEdit;
use super::view::View;
use super::{Editor, Effect, Keymap, Page, cursor, layout, selection};
use crate::draft::{Value, parse_value};
use crate::edit::Edit;
use crate::form::{FieldId, Kind};

/// Whether the cell under the cursor is a line of text, which takes every character.
pub fn is_text_cell((document, view): (&Document, &View)) -> bool {
    view.current_field(document)
        .is_some_and(|id| matches!(document.field_kind(&id), Some(Kind::Text | Kind::Date)))
}

/// Types into the cell under the cursor. The first character replaces what was there.
pub fn type_text(editor: &mut Editor, text: &str) {
    let Editor { page: Page::Document(document, view), keys, .. } = editor else { return };
    if view.cell_edit.is_none()
        && let Some(words) = begin_edit(document, view, keys, LineInput::default(), false, text)
    {
        editor.notification = words;
        return;
    }
    let Some(entry) = &mut view.cell_edit else { return };
    entry.input.insert(text);
    write_cell(document, view);
}

/// Opens the cell under the cursor for typing; the reason where it cannot be typed into.
fn begin_edit(
    document: &mut Document,
    view: &mut View,
    keys: &Keymap,
    line: LineInput,
    in_place: bool,
    text: &str,
) -> Option<String> {
    if document.read_only {
        return Some("只看不改。要改请重新打开".into());
    }
    let field = view.current_field(document)?;
    if document.is_computed(&field) {
        let how = keys.press(Scope::Table, Command::SwitchTotals, "");
        return Some(format!("总计由程序自动计算。要自己填，请{how}"));
    }
    if let Some(Kind::Choice(words)) = document.field_kind(&field).cloned() {
        return Some(choose_option(document, view, keys, &field, &words, text));
    }
    // Giving up this cell must not take back the typing elsewhere that came before it.
    document.history.close_group();
    view.cell_edit = Some(CellEdit { field, input: line, in_place });
    None
}

/// Takes the choice of that number, or says what there is to choose.
fn choose_option(
    document: &mut Document,
    view: &mut View,
    keys: &Keymap,
    field: &FieldId,
    words: &[String],
    text: &str,
) -> String {
    let number = text.parse::<usize>().ok().and_then(|number| number.checked_sub(1));
    if let Some(word) = number.and_then(|at| words.get(at)) {
        let edit = Edit::set(&document.draft, field, Value::Text(word.clone()));
        change::apply_edit(document, view, edit, false);
    }
    let list = words.iter().enumerate().map(|(at, word)| format!("{} {word}", at + 1));
    let next = keys.using(Scope::Table, Command::NextChoice, "换下一个");
    format!("按数字选：{}；{next}", list.collect::<Vec<_>>().join("  "))
}

/// Puts what is typed so far into the draft.
fn write_cell(document: &mut Document, view: &mut View) {
    let Some(entry) = &view.cell_edit else { return };
    let edit = Edit::from_typed(&document.form, &document.draft, &entry.field, entry.input.text());
    change::apply_edit(document, view, edit, true);
}

/// Commands of the cells: movement takes a cell that is being typed along.
pub fn run_cell_command(editor: &mut Editor, command: Command) -> Vec<Effect> {
    use Command::*;
    let body = layout::screen_areas(editor.width, editor.height).body;
    let (height, along) = (usize::from(body.height), editor.enter_moves_right);
    let nothing_copied = editor.clipboard.is_empty();
    let Some((document, view)) = editor.open_mut() else { return Vec::new() };
    if view.cell_edit.is_some() && run_edit_command(document, view, command) {
        return Vec::new();
    }
    match command {
        EditCell => edit_in_place(editor),
        Clear => selection::clear_cells(editor),
        NextChoice => cycle_choice(editor),
        Copy | Cut => return selection::copy_cells(editor, command == Cut),
        Paste if nothing_copied => {
            editor.notification = "这里没有复制过内容。终端里的内容请用终端自己的粘贴键".into()
        }
        Paste => {
            let text = editor.clipboard.clone();
            selection::paste_cells(editor, &text);
        }
        SelectLeft | SelectRight | SelectUp | SelectDown | SelectRowStart | SelectRowEnd | SelectAll => {
            selection::extend_selection(editor, command);
        }
        Mark => selection::toggle_extending(view),
        Cancel => selection::clear_selection(view),
        _ => {
            if !view.cursor().extending {
                selection::clear_selection(view);
            }
            cursor::move_in_cells(document, view, command, height, along);
        }
    }
    Vec::new()
}

/// Keys within the cell being typed; whether the command was one. Any other ends the typing.
fn run_edit_command(document: &mut Document, view: &mut View, command: Command) -> bool {
    let Some(entry) = &mut view.cell_edit else { return false };
    match command {
        Command::Cancel => {
            view.cell_edit = None;
            document.history.cancel_group(&mut document.draft);
            change::recheck(document, view);
        }
        Command::Left | Command::Right if entry.in_place => entry.input.move_by(command == Command::Right),
        Command::RowStart | Command::RowEnd => entry.input.move_to_end(command == Command::RowEnd),
        Command::EditCell => entry.in_place = !entry.in_place,
        Command::EraseLeft | Command::EraseRight => {
            if command == Command::EraseLeft {
                entry.input.erase_left()
            } else {
                entry.input.erase_right()
            }
            write_cell(document, view);
        }
        _ => {
            change::commit_edit(document, view);
            return false;
        }
    }
    true
}

fn edit_in_place(editor: &mut Editor) {
    let Editor { page: Page::Document(document, view), keys, .. } = editor else { return };
    let Some(field) = view.current_field(document) else { return };
    let line = LineInput::new(&document.draft.get(field.as_str()).typed());
    if let Some(words) = begin_edit(document, view, keys, line, true, "") {
        editor.notification = words;
    }
}

fn cycle_choice(editor: &mut Editor) {
    let Some((document, view)) = editor.open_mut() else { return };
    let Some(field) = view.current_field(document) else { return };
    let Some(Kind::Choice(words)) = document.field_kind(&field).cloned() else {
        editor.notification = "这一格直接打字填写".into();
        return;
    };
    let now = words.iter().position(|word| word == document.draft.text(field.as_str()));
    let next = now.map_or(0, |at| at + 1);
    let value = words.get(next).map_or(Value::Blank, |word| Value::Text(word.clone()));
    let edit = Edit::set(&document.draft, &field, value);
    change::apply_edit(document, view, edit, false);
}

/// Fills blank number cells with 0 as one step, and tells how many: those selected, the row's, the
/// table's, the report's. Asked for a row that has no blank left, it fills the table, and then all.
pub fn fill_zeros(editor: &mut Editor, command: Command) {
    let Some((document, view)) = editor.open() else { return };
    let row: Vec<FieldId> = if selection::has_selection(view) {
        selection::selected_cells(document, view).concat()
    } else {
        view.cell_rows(document).get(view.cursor().row).map_or_else(Vec::new, |row| row.to_vec())
    };
    let section = view.cell_section(document).map(|section| section.id.clone()).unwrap_or_default();
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
        let edit = zeros_edit(document, &|id| wanted(step, id));
        (!edit.is_empty()).then_some((steps[step], edit))
    });
    let Some((place, edit)) = filled else {
        editor.notification = "没有空格要填".into();
        return;
    };
    editor.notification = format!(
        "{place}填了 {} 个 0，{}",
        edit.changes.len(),
        editor.press_hint(Command::Undo, "可一次撤销")
    );
    if let Some((document, view)) = editor.open_mut() {
        change::apply_edit(document, view, edit, false);
    }
}

fn zeros_edit(document: &Document, wanted: &dyn Fn(&FieldId) -> bool) -> Edit {
    let mut edit = Edit::new();
    for field in document.form.fields() {
        let blank = document.draft.get(field.id.as_str()).is_blank() && !document.is_computed(&field.id);
        if blank && field.kind.is_number() && wanted(&field.id) {
            edit.push_value(&document.draft, &field.id, parse_value(&field.kind, "0"));
        }
    }
    edit
}
