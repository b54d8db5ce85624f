//! The keys and the mouse of the screen over a folder, and what is read of it.

use std::collections::HashMap;
use std::path::PathBuf;

use super::columns::{FolderColumn, folder_areas};
use super::imports;
use super::listing::Folder;
use crate::check::RuleSettings;
use crate::compile::{Roster, UnitFile};
use crate::editor::action::{Action, notify};
use crate::editor::command::{Command, Scope};
use crate::editor::layer::LeaveTarget;
use crate::editor::line_input::LineInput;
use crate::editor::list_cursor::{moved, scrolled};
use crate::editor::{BackTarget, Editor, Effect, Page};

/// A folder was opened in an earlier session: it is kept to be shown on the home screen.
pub fn on_folder_known(editor: &mut Editor, path: PathBuf, roster: Option<Roster>) {
    let this_year = collected_year(editor);
    editor.folder = Some(Box::new(Folder { path, roster, this_year, ..Folder::default() }));
}

/// The year whose reports are collected now: the one before.
fn collected_year(editor: &Editor) -> Option<u16> {
    editor.today.and_then(|today| u16::try_from(today.year() - 1).ok())
}

/// A folder is being read: its files come bit by bit. Read again, it keeps its order.
pub fn on_folder_opened(editor: &mut Editor, path: PathBuf, roster: Option<Roster>, words: Option<String>) {
    let known = editor.folder.as_ref().filter(|before| before.path == path);
    let is_remembered = known.is_some() && matches!(editor.page, Page::Home(_));
    let before = editor.folder.take().filter(|before| before.path == path);
    let before = before.map(|folder| *folder).unwrap_or_default();
    let this_year = collected_year(editor);
    let mut folder =
        Folder { path, roster, this_year, files: Vec::new(), complete: false, settings: None, ..before };
    folder.rebuild_rows();
    editor.folder = Some(Box::new(folder));
    editor.page = Page::Folder;
    editor.navigation.back_stack.clear();
    editor.layers.clear();
    // It was not chosen just now.
    let remembered = is_remembered.then(|| {
        let other = editor.keys.using(Scope::Folder, Command::OpenFolder, "另选");
        format!("这是上次打开的文件夹；{other}")
    });
    editor.notification = words.or(remembered).unwrap_or_default();
}

/// The folder wants something of the rules.
pub fn on_settings_read(editor: &mut Editor, settings: RuleSettings) {
    if let Some(folder) = editor.folder.as_deref_mut() {
        folder.settings = Some(settings);
    }
}

/// More files were read, or one again.
pub fn on_files_read(editor: &mut Editor, filed: Vec<UnitFile>, ended: bool) {
    let Some(folder) = editor.folder.as_deref_mut() else { return };
    folder.complete |= ended;
    let mut known: HashMap<PathBuf, usize> =
        folder.files.iter().enumerate().map(|(at, file)| (file.file.clone(), at)).collect();
    for file in filed {
        match known.get(&file.file).and_then(|at| folder.files.get_mut(*at)) {
            // Read again, alone or beside the others.
            Some(old) => *old = file,
            // A file may come twice at once.
            None => {
                known.insert(file.file.clone(), folder.files.len());
                folder.files.push(file);
            }
        }
    }
    folder.rebuild_rows();
}

/// Types into the line that narrows the list.
pub fn type_text(editor: &mut Editor, text: &str) {
    if let Some(folder) = editor.folder.as_deref_mut() {
        folder.filter.insert(text);
        rebuild_from_first(folder);
    }
}

/// Rebuilds the rows and chooses the first.
fn rebuild_from_first(folder: &mut Folder) {
    (folder.selected, folder.selected_key) = (0, None);
    folder.rebuild_rows();
}

/// Runs a key of the screen over a folder.
pub fn run_folder_command(editor: &mut Editor, command: Command) -> Vec<Action> {
    let page = visible_rows(editor).max(2) - 1;
    let Some(folder) = editor.folder.as_deref_mut() else { return Vec::new() };
    match command {
        Command::Reload => return vec![Effect::ReadFolder(folder.path.clone()).into()],
        Command::ImportFolder => return imports::import_folder(folder),
        Command::Enter => return open_selected(editor),
        Command::CycleYear => return cycle_year(folder),
        Command::SortRight | Command::SortLeft => {
            sort_by(folder, folder.sort_column.neighbor(command == Command::SortRight));
        }
        Command::Up | Command::Down | Command::PageUp | Command::PageDown | Command::Start | Command::End => {
            folder.select(moved(folder.selected, command, folder.rows.len(), page));
        }
        Command::Cancel if folder.filter.text().is_empty() => return vec![Action::Leave(LeaveTarget::Home)],
        Command::ReverseSort | Command::EraseLeft | Command::Cancel => {
            match command {
                Command::ReverseSort => folder.reversed = !folder.reversed,
                Command::EraseLeft => folder.filter.erase_left(),
                _ => folder.filter = LineInput::default(),
            }
            rebuild_from_first(folder);
        }
        _ => {}
    }
    Vec::new()
}

/// Sorts by a column; by the one that it is sorted by already, the other way round.
fn sort_by(folder: &mut Folder, by: FolderColumn) {
    folder.reversed = folder.sort_column == by && !folder.reversed;
    folder.sort_column = by;
    rebuild_from_first(folder);
}

fn cycle_year(folder: &mut Folder) -> Vec<Action> {
    let mut years: Vec<u16> = folder.files.iter().filter_map(|filed| filed.year).collect();
    years.sort_unstable();
    years.dedup();
    // The one before; from the earliest to the latest again.
    let earlier = years.iter().rev().find(|year| Some(**year) < folder.year).or(years.last());
    match earlier.copied() {
        Some(year) if Some(year) != folder.year => {
            folder.wanted_year = Some(year);
            rebuild_from_first(folder);
            Vec::new()
        }
        _ => notify("文件夹里没有其他年度的报告"),
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
        None => notify(format!("“{}”未报送，没有可打开的草稿", row.unit)),
    }
}

/// Chooses a row, and opens it when it was the one already.
pub fn click_unit(editor: &mut Editor, at: usize) -> Vec<Action> {
    let Some(folder) = editor.folder.as_deref_mut() else { return Vec::new() };
    let again = folder.selected == at;
    folder.select(at);
    if again { open_selected(editor) } else { Vec::new() }
}

/// Sorts by the column whose heading was clicked.
pub fn click_column(editor: &mut Editor, column: FolderColumn) {
    if let Some(folder) = editor.folder.as_deref_mut() {
        sort_by(folder, column);
    }
}

/// How many units stand on the screen.
fn visible_rows(editor: &Editor) -> usize {
    usize::from(folder_areas(editor.width, editor.height).rows.height)
}

/// Keeps the row chosen on the screen, unless the clerk has scrolled away from it.
pub fn scroll_to_selected(editor: &mut Editor) {
    if !editor.follows_cursor {
        return;
    }
    let page = visible_rows(editor);
    if let Some(folder) = editor.folder.as_deref_mut() {
        folder.top = scrolled(folder.top, folder.selected, page);
    }
}
