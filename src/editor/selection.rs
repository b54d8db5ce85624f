//! A block of cells: selected with Shift and the arrows, summed, blanked, copied and pasted.

use super::Editor;
use super::Effect;
use super::action::Action;
use super::command::Command;
use super::document::Document;
use super::layer::{ConfirmAction, Layer};
use super::paste::{self, PastePlan};
use super::view::View;
use super::{cursor, layout};
use crate::draft::{Ledger, Value, parse_value};
use crate::edit::Edit;
use crate::form::FieldId;

/// The cells that are selected, row by row; the one under the cursor where none are.
pub fn selected_cells(document: &Document, view: &View) -> Vec<Vec<FieldId>> {
    let cursor = view.cursor();
    let (row, column) = cursor.anchor.unwrap_or((cursor.row, cursor.column));
    let rows = row.min(cursor.row)..=row.max(cursor.row);
    let columns = column.min(cursor.column)..=column.max(cursor.column);
    let chosen = view.cell_rows(document).into_iter().enumerate().filter(|(at, _)| rows.contains(at));
    chosen
        .map(|(_, row)| {
            // A cursor beyond the end of a short row is in its last cell.
            let last = row.len().saturating_sub(1);
            let columns = (*columns.start()).min(last)..=(*columns.end()).min(last);
            row[columns].to_vec()
        })
        .collect()
}

/// Whether more than the cell under the cursor is selected.
pub fn has_selection(view: &View) -> bool {
    view.cursor().anchor.is_some() && !view.in_text()
}

/// Puts the cursor on a cell, without a selection.
pub fn select_cell(view: &mut View, row: usize, column: usize) {
    clear_selection(view);
    let cursor = view.cursor_mut();
    cursor.in_text = false;
    (cursor.row, cursor.column) = (row, column);
}

/// Selects from where the selection began to a cell.
pub fn extend_to(view: &mut View, row: usize, column: usize) {
    let cursor = view.cursor_mut();
    let here = (cursor.row, cursor.column);
    if here != (row, column) {
        cursor.anchor.get_or_insert(here);
    }
    (cursor.row, cursor.column) = (row, column);
}

/// Selects whole rows, with the cursor in the last of them.
pub fn select_rows(view: &mut View, first: usize, last: usize) {
    select_cell(view, last, 0);
    view.cursor_mut().anchor = Some((first, usize::MAX));
}

/// Selects whole columns of these rows, with the cursor at their top.
pub fn select_columns(view: &mut View, [top, bottom]: [usize; 2], [first, last]: [usize; 2]) {
    select_cell(view, top, first);
    view.cursor_mut().anchor = Some((bottom, last));
}

/// Moves with the selection; `command` is one of the select commands.
pub fn extend_selection(editor: &mut Editor, command: Command) {
    let body = layout::screen_areas(editor.width, editor.height).body;
    let Some((document, view)) = editor.open_view_mut() else { return };
    let cursor = view.cursor_mut();
    let here = (cursor.row, cursor.column);
    let start = *cursor.anchor.get_or_insert(here);
    let plain = match command {
        Command::SelectLeft => Command::Left,
        Command::SelectRight => Command::Right,
        Command::SelectUp => Command::Up,
        Command::SelectDown => Command::Down,
        Command::SelectRowStart => Command::RowStart,
        // The whole row, its computed total too.
        Command::SelectRowEnd => {
            let last = view.cell_rows(document).get(here.0).and_then(|row| row.len().checked_sub(1));
            return view.cursor_mut().column = last.unwrap_or(here.1);
        }
        Command::SelectAll => {
            cursor.anchor = Some((0, 0));
            cursor.extending = false;
            return cursor::move_in_cells(document, view, Command::End, usize::from(body.height), true);
        }
        _ => return,
    };
    cursor::move_in_cells(document, view, plain, usize::from(body.height), true);
    view.cursor_mut().in_text = false;
    view.cursor_mut().anchor = Some(start);
}

/// Starts a selection that every movement carries along, or ends it.
pub fn toggle_extending(view: &mut View) {
    let cursor = view.cursor_mut();
    cursor.extending = !cursor.extending;
    cursor.anchor = cursor.extending.then_some((cursor.row, cursor.column));
}

/// Forgets the selection.
pub fn clear_selection(view: &mut View) {
    let cursor = view.cursor_mut();
    cursor.extending = false;
    cursor.anchor = None;
}

/// Blanks the selected cells, as one step, and says how many they were.
pub fn clear_cells(editor: &Editor, cut: bool) -> Vec<Action> {
    let Some((document, view)) = editor.open_report() else { return Vec::new() };
    let cells = selected_cells(document, view).concat();
    let cells: Vec<FieldId> = cells.into_iter().filter(|id| !document.is_computed(id)).collect();
    let mut edit = Edit::new();
    for id in &cells {
        edit.push_value(&document.draft, id, Value::Blank);
    }
    let undo = editor.press_hint(Command::Undo, "可一次撤销");
    let message = match (cut, edit.changes.len()) {
        (true, _) => Some(format!("已剪切 {} 格，{undo}", cells.len())),
        (false, count) => (cells.len() > 1 && count > 0).then(|| format!("已清空 {count} 格，{undo}")),
    };
    [Action::Edit(edit)].into_iter().chain(message.map(Action::Notify)).collect()
}

/// Copies the selected cells as Excel does: tabs between cells, a line for each row.
pub fn copy_cells(editor: &mut Editor, cut: bool) -> Vec<Action> {
    let Some((document, view)) = editor.open_report() else { return Vec::new() };
    let quoted = |text: String| {
        if text.contains(['\t', '\n', '"']) { format!("\"{}\"", text.replace('"', "\"\"")) } else { text }
    };
    let rows = selected_cells(document, view);
    let line = |row: &Vec<FieldId>| {
        row.iter().map(|id| quoted(view.display_text(document, id))).collect::<Vec<_>>().join("\t")
    };
    let text = rows.iter().map(line).collect::<Vec<_>>().join("\n");
    let count = rows.iter().map(Vec::len).sum::<usize>();
    let copied = || vec![Action::Notify(format!("已复制 {count} 格"))];
    let mut actions = if cut { clear_cells(editor, true) } else { copied() };
    editor.clipboard.clone_from(&text);
    actions.push(Effect::Copy(text).into());
    actions
}

/// Puts pasted text into the cells from the cursor on. What does not fit is said before anything
/// is changed.
pub fn paste_cells(editor: &mut Editor, text: &str) -> Vec<Action> {
    let Some((document, view)) = editor.open_view_mut() else { return Vec::new() };
    clear_selection(view);
    let plan = paste::plan_paste(document, view, text);
    if plan.rejected.is_empty() {
        return apply_paste_plan(editor, &plan);
    }
    let shown: Vec<String> = plan.rejected.iter().take(4).cloned().collect();
    let more = if plan.rejected.len() > 4 {
        format!("……共 {} 处", plan.rejected.len())
    } else {
        String::new()
    };
    let message = format!("粘贴的内容超出范围：{}{more}。可填入 {} 格。", shown.join("；"), plan.cells.len());
    let mut answers = vec![("取消", ConfirmAction::Dismiss)];
    if !plan.cells.is_empty() {
        answers.push(("填入其余各格", ConfirmAction::Paste(plan)));
    }
    vec![Layer::Confirm { title: "粘贴", message, answers, at: 0 }.into()]
}

/// Makes the planned changes as one step, and says what became of them.
pub fn apply_paste_plan(editor: &Editor, plan: &PastePlan) -> Vec<Action> {
    let Some(document) = editor.document() else { return Vec::new() };
    let mut edit = Edit::new();
    let mut unread = 0;
    for (id, text) in &plan.cells {
        let Some(kind) = document.field_kind(id) else { continue };
        let value = parse_value(kind, text);
        unread += usize::from(matches!(value, Value::Unreadable(_)));
        edit.push_value(&document.draft, id, value);
    }
    let differ = computed_differently(document, &edit, plan);
    let mut message =
        format!("已填入 {} 格，{}", plan.cells.len(), editor.press_hint(Command::Undo, "可一次撤销"));
    if unread > 0 {
        message.push_str(&format!("；{unread} 格无法识别，已照原文保留"));
    }
    if differ > 0 {
        message.push_str(&format!("；{differ} 个总计与粘贴的不一致，以自动计算为准"));
    }
    vec![Action::Edit(edit), Action::Notify(message)]
}

/// How many of the pasted totals are not what is computed once the edit is made.
fn computed_differently(document: &Document, edit: &Edit, plan: &PastePlan) -> usize {
    if plan.computed.is_empty() {
        return 0;
    }
    let mut draft = document.draft.clone();
    if !document.read_only {
        edit.apply(&mut draft);
    }
    let ledger = Ledger::new(&document.form, &draft);
    let differs = |(id, text): &&(FieldId, String)| {
        let sum = ledger.amount(&document.form, id.as_str()).display_text();
        document.field_kind(id).is_some_and(|kind| parse_value(kind, text).typed() != sum.as_str())
    };
    plan.computed.iter().filter(differs).count()
}

#[cfg(test)]
mod tests {
    use crate::draft::{Draft, Value};
    use crate::editor::event::Event;
    use crate::editor::{Editor, Keymap, Msg, Opened, update};
    use crate::form::Library;

    /// An empty draft of 2021's form, on the tab of section 三.
    fn stage() -> Editor {
        let library = Library::new();
        let mut editor = Editor::new(library.clone(), Keymap::shipped(), 80, 24, None);
        let draft = Draft::new("示例市某局", 2025, &library);
        let form = draft.form(&library).unwrap();
        let opened = Opened { path: None, form, draft, last_year: None, message: String::new() };
        update(&mut editor, Msg::Opened(Ok(Box::new(opened))));
        press(&mut editor, "Alt+3");
        editor
    }

    fn press(editor: &mut Editor, keys: &str) {
        for key in keys.split(' ') {
            update(editor, Msg::Event(Event::Key(key.parse().unwrap())));
        }
    }

    fn paste(editor: &mut Editor, text: &str) {
        update(editor, Msg::Event(Event::Paste(text.into())));
    }

    fn count(editor: &Editor, id: &str) -> Option<u64> {
        match editor.draft().unwrap().get(id) {
            Value::Count(number) => Some(*number),
            _ => None,
        }
    }

    #[test]
    fn a_row_from_excel_leaves_computed_totals_alone() {
        let mut editor = stage();
        paste(&mut editor, "58\t6\t1\t0\t2\t1\t68\r\n3\t0\t0\t0\t0\t0\t3\r\n");
        assert_eq!(count(&editor, "requests.new.other_org"), Some(1));
        assert_eq!(count(&editor, "requests.carried_in.natural"), Some(3));
        assert!(editor.draft().unwrap().get("requests.new.total").is_blank(), "computed, not stored");
        assert!(editor.layers.is_empty());
        press(&mut editor, "Ctrl+Z");
        assert_eq!(count(&editor, "requests.new.natural"), None, "one undo");
    }

    #[test]
    fn pasting_a_total_that_disagrees_says_so() {
        let mut editor = stage();
        paste(&mut editor, "58\t6\t1\t0\t2\t1\t67");
        assert!(editor.notification.contains("1 个总计与粘贴的不一致"), "{}", editor.notification);
    }

    #[test]
    fn rows_with_labels_go_to_the_rows_they_name() {
        let mut editor = stage();
        let text = "\t\t\t自然人\t商业企业\t科研机构\t社会公益组织\t法律服务机构\t其他\t总计\n\
                    二、上年结转政府信息公开申请数量\t\t\t3\t0\t0\t0\t0\t0\t3\n\
                    三、本年度办理结果\t（一）予以公开\t\t24\t3\t1\t0\t1\t0\t29\n\
                    \t（三）不予公开\t1.属于国家秘密\t5\t0\t0\t0\t0\t0\t5\n\
                    \t\t“2.其他法律行政法规禁止公开”\t1\t0\t0\t0\t0\t0\t1\n";
        paste(&mut editor, text);
        assert_eq!(count(&editor, "requests.carried_in.natural"), Some(3));
        assert_eq!(count(&editor, "requests.granted.legal"), Some(1));
        assert_eq!(count(&editor, "requests.refused_secret.natural"), Some(5));
        assert_eq!(count(&editor, "requests.refused_law.natural"), Some(1));
        assert_eq!(count(&editor, "requests.new.natural"), None);
    }

    #[test]
    fn what_does_not_fit_is_said_before_anything_is_changed() {
        let mut editor = stage();
        paste(&mut editor, "没有这一行\t1\t2\n本年新收政府信息公开申请数量\t1\t2\t3\t4\t5\t6\t21\t99");
        assert_eq!(count(&editor, "requests.new.natural"), None);
        assert_eq!(editor.layers.len(), 1, "asked first");
        press(&mut editor, "Right Enter");
        assert_eq!(count(&editor, "requests.new.natural"), Some(1));
        assert_eq!(count(&editor, "requests.new.other_org"), Some(6));
    }

    #[test]
    fn numbers_with_blanks_between_them_are_a_row_too() {
        let mut editor = stage();
        paste(&mut editor, "58 6 1 0 2 1 68");
        assert_eq!(count(&editor, "requests.new.business"), Some(6));
    }

    #[test]
    fn a_block_is_copied_as_it_is_pasted() {
        let mut editor = stage();
        paste(&mut editor, "1\t2\n3\t4");
        press(&mut editor, "Shift+Right Shift+Down Ctrl+C Ctrl+Home Down Down Down Ctrl+V");
        assert_eq!(count(&editor, "requests.partial.business"), Some(2), "from the cursor");
        assert_eq!(count(&editor, "requests.refused_secret.business"), Some(4));
    }

    #[test]
    fn delete_blanks_what_is_selected_in_one_step() {
        let mut editor = stage();
        paste(&mut editor, "1\t2\t3");
        press(&mut editor, "Shift+End Delete");
        assert_eq!(count(&editor, "requests.new.research"), None);
        press(&mut editor, "Ctrl+Z");
        assert_eq!(count(&editor, "requests.new.research"), Some(3));
    }

    #[test]
    fn a_cut_table_says_how_many_cells_and_the_key_back() {
        let mut editor = stage();
        press(&mut editor, "F4 F4 Ctrl+Home Ctrl+Space Ctrl+End");
        press(&mut editor, "Ctrl+X");
        assert_eq!(editor.notification, "已剪切 144 格，按 Ctrl+Z 可一次撤销");
        press(&mut editor, "Ctrl+Z");
        assert_eq!(count(&editor, "requests.carried_out.legal"), Some(0));
        press(&mut editor, "Esc Ctrl+Home Ctrl+Space Ctrl+End Delete");
        assert_eq!(editor.notification, "已清空 144 格，按 Ctrl+Z 可一次撤销");
    }

    #[test]
    fn enter_after_tabs_goes_on_under_the_cell_where_they_began() {
        let mut editor = stage();
        press(&mut editor, "Right 6 Tab 1 Tab Tab 2 Enter 8 Enter");
        assert_eq!(count(&editor, "requests.new.legal"), Some(2));
        assert_eq!(count(&editor, "requests.carried_in.business"), Some(8));
        press(&mut editor, "3 Tab Left 4 Enter 5");
        assert_eq!(count(&editor, "requests.granted.business"), Some(4), "typed over");
        assert_eq!(count(&editor, "requests.partial.business"), Some(5), "an arrow ends the row of Tabs");
    }

    #[test]
    fn end_is_the_last_cell_to_fill_and_then_the_computed_total() {
        let mut editor = stage();
        press(&mut editor, "End 1 Enter");
        assert_eq!(count(&editor, "requests.new.other_org"), Some(1));
        press(&mut editor, "End End 7");
        assert!(
            editor.draft().unwrap().get("requests.carried_in.total").is_blank(),
            "{}",
            editor.notification
        );
        press(&mut editor, "Ctrl+Home Shift+End");
        let (document, view) = editor.open_report().unwrap();
        assert_eq!(super::selected_cells(document, view).concat().len(), 7, "a whole row is copied");
    }

    #[test]
    fn enter_goes_down_a_column_or_along_a_row_when_switched() {
        let mut editor = stage();
        press(&mut editor, "1 Enter 2 Enter");
        assert_eq!(count(&editor, "requests.carried_in.natural"), Some(2));
        press(&mut editor, "Ctrl+Home F3 7 Enter 8 Enter");
        assert_eq!(count(&editor, "requests.new.business"), Some(8));
        // The computed total at the end of the row is passed over.
        press(&mut editor, "1 Enter 1 Enter 1 Enter 1 Enter 9 Enter");
        assert_eq!(count(&editor, "requests.carried_in.natural"), Some(9));
    }
}
