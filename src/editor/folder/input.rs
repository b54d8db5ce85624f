//! The keys and the mouse of the screen over a folder, and what is read of it.

use std::path::PathBuf;

use super::columns::{FolderColumn, column_areas};
use super::listing::Folder;
use crate::compile::{Roster, UnitFile};
use crate::editor::action::Action;
use crate::editor::command::Command;
use crate::editor::line_input::LineInput;
use crate::editor::list_cursor::{moved, scrolled};
use crate::editor::{BackTarget, Editor, Effect, Page, layout};

/// Rows of the body that no unit stands in: the headings.
pub const HEADING_ROWS: u16 = 1;

/// A folder is being read: its files come bit by bit. Read again, it keeps its order.
pub fn on_folder_opened(editor: &mut Editor, path: PathBuf, roster: Option<Roster>, words: Option<String>) {
    let before = editor.folder.take().filter(|before| before.path == path);
    let before = before.map(|folder| *folder).unwrap_or_default();
    editor.folder = Some(Box::new(Folder { path, roster, files: Vec::new(), complete: false, ..before }));
    editor.page = Page::Folder;
    editor.navigation.back_stack.clear();
    editor.layers.clear();
    editor.notification = words.unwrap_or_default();
    arrange(editor);
}

/// More files were read, or one again.
pub fn on_files_read(editor: &mut Editor, filed: Vec<UnitFile>, ended: bool) {
    let Some(folder) = editor.folder.as_deref_mut() else { return };
    folder.complete |= ended;
    if let [one] = filed.as_slice()
        && let Some(old) = folder.files.iter_mut().find(|old| old.file == one.file)
    {
        *old = one.clone();
    } else {
        folder.files.extend(filed);
    }
    arrange(editor);
}

/// Types into the line that narrows the list.
pub fn type_text(editor: &mut Editor, text: &str) {
    edit_filter(editor, |line| line.insert(text));
}

fn edit_filter(editor: &mut Editor, change: impl FnOnce(&mut LineInput)) {
    let Some(folder) = editor.folder.as_deref_mut() else { return };
    change(&mut folder.filter);
    (folder.selected, folder.selected_key) = (0, None);
    arrange(editor);
}

/// Runs a key of the screen over a folder.
pub fn run_folder_command(editor: &mut Editor, command: Command) -> Vec<Action> {
    let page = visible_rows(editor).max(2) - 1;
    let Some(folder) = editor.folder.as_deref_mut() else { return Vec::new() };
    match command {
        Command::SortRight | Command::SortLeft => {
            let by = folder.sort_column.neighbor(command == Command::SortRight);
            sort_by(editor, by);
        }
        Command::SortBack => {
            folder.reversed = !folder.reversed;
            folder.selected_key = None;
            folder.selected = 0;
            arrange(editor);
        }
        Command::OtherYear => cycle_year(editor),
        Command::EraseLeft => edit_filter(editor, LineInput::erase_left),
        Command::Cancel => edit_filter(editor, |line| *line = LineInput::default()),
        Command::Reread => return vec![Effect::ReadFolder(folder.path.clone()).into()],
        Command::Enter => return open_selected(editor),
        Command::Up | Command::Down | Command::PageUp | Command::PageDown | Command::Start | Command::End => {
            folder.select(moved(folder.selected, command, folder.rows.len(), page))
        }
        _ => {}
    }
    Vec::new()
}

/// Sorts by a column; by the one that it is sorted by already, the other way round.
pub fn sort_by(editor: &mut Editor, by: FolderColumn) {
    let Some(folder) = editor.folder.as_deref_mut() else { return };
    folder.reversed = folder.sort_column == by && !folder.reversed;
    folder.sort_column = by;
    (folder.selected, folder.selected_key) = (0, None);
    arrange(editor);
}

fn cycle_year(editor: &mut Editor) {
    let Some(folder) = editor.folder.as_deref_mut() else { return };
    let mut years: Vec<u16> = folder.files.iter().filter_map(|filed| filed.year).collect();
    years.sort_unstable();
    years.dedup();
    // The one before; from the earliest to the latest again.
    let earlier = years.iter().rev().find(|year| Some(**year) < folder.year).or(years.last());
    match earlier.copied() {
        Some(year) if Some(year) != folder.year => {
            folder.wanted_year = Some(year);
            (folder.selected, folder.selected_key) = (0, None);
            arrange(editor);
        }
        _ => editor.notification = "文件夹里没有别的年度的报告".into(),
    }
}

fn open_selected(editor: &mut Editor) -> Vec<Action> {
    let folder = editor.folder.as_deref();
    let Some((folder, row)) = folder.and_then(|folder| Some((folder, folder.selected_row()?))) else {
        return Vec::new();
    };
    match folder.file_of(row) {
        Some(filed) => {
            let path = filed.file.clone();
            editor.navigation.return_after_open = Some(BackTarget::Folder);
            vec![Effect::Open(path).into()]
        }
        None => {
            editor.notification = format!("“{}”还没有报，没有可打开的草稿", row.unit);
            Vec::new()
        }
    }
}

/// Chooses the row that stands in a row of the body; opens it when it was the one already.
pub fn click(editor: &mut Editor, row: u16, column: u16) -> Vec<Action> {
    let width = editor.width;
    let Some(folder) = editor.folder.as_deref_mut() else { return Vec::new() };
    let Some(row) = row.checked_sub(HEADING_ROWS) else {
        let places = column_areas(width);
        let under = places.iter().rev().find(|place| place.x <= column);
        if let Some(place) = under {
            sort_by(editor, place.column);
        }
        return Vec::new();
    };
    let at = folder.top + usize::from(row);
    if at >= folder.rows.len() {
        return Vec::new();
    }
    let again = folder.selected == at;
    folder.select(at);
    if again { open_selected(editor) } else { Vec::new() }
}

fn arrange(editor: &mut Editor) {
    // The report of a year is collected in the months after it.
    let this_year = editor.today.and_then(|today| u16::try_from(today.year() - 1).ok());
    if let Some(folder) = editor.folder.as_deref_mut() {
        folder.rebuild_rows(this_year);
    }
}

/// How many units stand on the screen.
fn visible_rows(editor: &Editor) -> usize {
    usize::from(layout::screen_areas(editor.width, editor.height).body.height.saturating_sub(HEADING_ROWS))
}

/// Keeps the row chosen on the screen.
pub fn scroll_to_selected(editor: &mut Editor) {
    let page = visible_rows(editor);
    if let Some(folder) = editor.folder.as_deref_mut() {
        folder.top = scrolled(folder.top, folder.selected, page);
    }
}
