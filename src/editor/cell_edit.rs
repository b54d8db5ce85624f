//! Cells: typing replaces, F2 edits in place, Esc leaves the cell as it was. Each keystroke is in
//! the draft at once, so that the sums and the findings follow it.

use super::action::{Action, notify};
use super::command::{Command, Scope};
use super::document::Document;
use super::line_input::LineInput;
use super::report_state::refuse_change;
use super::view::{CellEdit, View};
use super::{Editor, Keymap, Page, cursor, layout, selection, year};
use crate::draft::Value;
use crate::edit::Edit;
use crate::form::{FieldId, Kind};

/// Whether the cell under the cursor is a line of text, which takes every character.
pub fn is_text_cell((document, view): (&Document, &View)) -> bool {
    view.current_field(document)
        .is_some_and(|id| matches!(document.field_kind(&id), Some(Kind::Text | Kind::Date)))
}

/// Types into the cell under the cursor. The first character replaces what was there.
pub fn type_text(editor: &mut Editor, text: &str) -> Vec<Action> {
    let Editor { page: Page::Document(document, view), keys, .. } = editor else { return Vec::new() };
    let mut actions = Vec::new();
    let mut text = std::borrow::Cow::Borrowed(text);
    if view.current_field(document).and_then(|id| document.field_kind(&id)) == Some(&Kind::Year) {
        let there = view.cell_edit.as_ref().map_or("", |entry| entry.input.text());
        if let Some(digits) = year::year_digits(there, &text) {
            if digits.is_empty() {
                return notify(year::DIGITS_ONLY);
            }
            actions.push(Action::Notify(year::DIGITS_ONLY.into()));
            text = digits.into();
        }
    }
    let text = &*text;
    if view.cell_edit.is_none() {
        let begun = begin_edit(document, view, keys, LineInput::default(), false, text);
        actions.extend(begun);
    }
    if let Some(entry) = &mut view.cell_edit {
        entry.input.insert(text);
        actions.push(typed_edit(document, entry));
    }
    actions
}

/// Opens the cell under the cursor for typing, or says why it cannot be typed into.
fn begin_edit(
    document: &Document,
    view: &mut View,
    keys: &Keymap,
    line: LineInput,
    in_place: bool,
    text: &str,
) -> Vec<Action> {
    if let Some(refused) = refuse_change(document) {
        return refused;
    }
    let Some(field) = view.current_field(document) else { return Vec::new() };
    if document.is_computed(&field) {
        let how = keys.press(Scope::Table, Command::ToggleTotals, "");
        return notify(format!("总计由程序自动计算。如需手工填写，请{how}"));
    }
    if let Some(Kind::Choice(options)) = document.field_kind(&field) {
        return choose_option(document, keys, &field, options, text);
    }
    view.cell_edit = Some(CellEdit { field, input: line, in_place });
    // Giving up this cell must not take back the typing elsewhere that came before it.
    vec![Action::CloseGroup]
}

/// Takes the choice of that number, or says what there is to choose.
fn choose_option(
    document: &Document,
    keys: &Keymap,
    field: &FieldId,
    options: &[String],
    text: &str,
) -> Vec<Action> {
    let number = text.parse::<usize>().ok().and_then(|number| number.checked_sub(1));
    let chosen = number.and_then(|at| options.get(at));
    let edit = chosen.map(|chosen| Edit::set(&document.draft, field, Value::Text(chosen.clone())));
    let list = options.iter().enumerate().map(|(at, option)| format!("{} {option}", at + 1));
    let next = keys.using(Scope::Table, Command::NextChoice, "切换");
    let message = format!("按数字键选择：{}；{next}", list.collect::<Vec<_>>().join("  "));
    edit.map(Action::Edit).into_iter().chain([Action::Notify(message)]).collect()
}

/// Takes the choice of a number, counted from 0, for the cell under the cursor.
pub fn choose_option_at(editor: &Editor, number: usize) -> Vec<Action> {
    let Some((document, view)) = editor.open_report() else { return Vec::new() };
    if let Some(refused) = refuse_change(document) {
        return refused;
    }
    let field = view.current_field(document);
    let Some((field, Kind::Choice(options))) =
        field.and_then(|field| Some((field.clone(), document.field_kind(&field)?)))
    else {
        return Vec::new();
    };
    let chosen = options.get(number).map(|option| Value::Text(option.clone()));
    let edit = chosen.map(|chosen| Edit::set(&document.draft, &field, chosen));
    edit.map(Action::Edit).into_iter().collect()
}

/// The edit that puts what is typed so far into the draft.
fn typed_edit(document: &Document, entry: &CellEdit) -> Action {
    Action::Type(Edit::from_typed(&document.form, &document.draft, &entry.field, entry.input.text()))
}

/// Commands of the cells.
pub fn run_cell_command(editor: &mut Editor, command: Command) -> Vec<Action> {
    use Command::*;
    let body = layout::screen_areas(editor.width, editor.height).body;
    let (height, along) = (usize::from(body.height), editor.enter_moves_right);
    let nothing_copied = editor.clipboard.is_empty();
    let Some((document, view)) = editor.open_view_mut() else { return Vec::new() };
    if view.cell_edit.is_some() {
        return run_edit_command(document, view, command);
    }
    if matches!(command, Clear | NextChoice | Cut | Paste)
        && let Some(refused) = refuse_change(document)
    {
        return refused;
    }
    match command {
        EditCell => return edit_in_place(editor),
        Clear => return selection::clear_cells(editor, false),
        NextChoice => return cycle_choice(document, view),
        Copy | Cut => return selection::copy_cells(editor, command == Cut),
        Paste if nothing_copied => {
            return notify("没有可粘贴的内容。在其他程序中复制的内容，请用终端的粘贴键");
        }
        Paste => {
            let text = editor.clipboard.clone();
            return selection::paste_cells(editor, &text);
        }
        SelectLeft | SelectRight | SelectUp | SelectDown | SelectRowStart | SelectRowEnd | SelectAll => {
            selection::extend_selection(editor, command);
        }
        ToggleSelecting => selection::toggle_extending(view),
        Cancel => {
            selection::clear_selection(view);
            view.search = None;
        }
        _ => {
            if !view.cursor().extending {
                selection::clear_selection(view);
            }
            cursor::move_in_cells(document, view, command, height, along);
        }
    }
    Vec::new()
}

/// Keys within the cell being typed: those that [`Command::keeps_cell_edit`] names.
fn run_edit_command(document: &Document, view: &mut View, command: Command) -> Vec<Action> {
    let Some(entry) = &mut view.cell_edit else { return Vec::new() };
    match command {
        Command::Cancel => {
            view.cell_edit = None;
            return vec![Action::CancelGroup];
        }
        Command::Left | Command::Right => entry.input.move_by(command == Command::Right),
        Command::RowStart | Command::RowEnd => entry.input.move_to_end(command == Command::RowEnd),
        Command::EditCell => entry.in_place = !entry.in_place,
        Command::EraseLeft => {
            entry.input.erase_left();
            return vec![typed_edit(document, entry)];
        }
        Command::EraseRight => {
            entry.input.erase_right();
            return vec![typed_edit(document, entry)];
        }
        _ => {}
    }
    Vec::new()
}

fn edit_in_place(editor: &mut Editor) -> Vec<Action> {
    let Editor { page: Page::Document(document, view), keys, .. } = editor else { return Vec::new() };
    let Some(field) = view.current_field(document) else { return Vec::new() };
    let value = document.draft.get(field.as_str());
    // The `?` of an unread cell is a sign, not a text to go on from.
    let text = if value.unread().is_some() { "".into() } else { value.typed() };
    let line = LineInput::new(&text);
    begin_edit(document, view, keys, line, true, "")
}

fn cycle_choice(document: &Document, view: &View) -> Vec<Action> {
    let Some(field) = view.current_field(document) else { return Vec::new() };
    let Some(Kind::Choice(options)) = document.field_kind(&field) else {
        return notify("此处请直接输入");
    };
    let now = options.iter().position(|option| option == document.draft.text(field.as_str()));
    // What was inferred from the unit's name is confirmed first.
    let inferred = document.draft.inferred(field.as_str());
    let inferred = inferred.and_then(|value| options.iter().position(|option| option == value));
    let next = now.map(|at| at + 1).or(inferred).unwrap_or(0);
    let value = options.get(next).map_or(Value::Blank, |option| Value::Text(option.clone()));
    vec![Action::Edit(Edit::set(&document.draft, &field, value))]
}
