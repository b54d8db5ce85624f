//! The keys and the mouse of the list of files, and what is read for it.

use std::path::{Path, PathBuf, is_separator};

use super::areas::file_list_areas;
use super::listing::{FileList, FilePurpose, file_name, free_name};
use super::rows::{FileRow, RowTarget, file_rows};
use crate::editor::action::Action;
use crate::editor::command::Command;
use crate::editor::layer::Layer;
use crate::editor::line_input::LineInput;
use crate::editor::list_cursor::moved;
use crate::editor::listed_file::{DraftSummary, ListedFile, ListedKind};
use crate::editor::msg::Effect;
use crate::editor::state::{Editor, without_dots};

/// Puts a list of files over the screen: the folder of `proposed`, else of the open report, else of the draft
/// opened last. The name of `proposed` is chosen, or stands in the line where a name is typed.
pub fn open_file_list(editor: &Editor, purpose: FilePurpose, proposed: Option<PathBuf>) -> Vec<Action> {
    let mut recent: Vec<PathBuf> = Vec::new();
    let known = editor.folder.iter().map(|folder| folder.path.clone());
    for folder in editor.recent_paths().filter_map(Path::parent).map(Path::to_path_buf).chain(known) {
        if !recent.contains(&folder) {
            recent.push(folder);
        }
    }
    let named = proposed.as_deref().map(|path| absolute_path(editor, path));
    let here = named.as_deref().and_then(Path::parent).map(Path::to_path_buf);
    let open = || editor.path().and_then(|path| Some(absolute_path(editor, &path).parent()?.to_path_buf()));
    let folder = here.or_else(open).or_else(|| recent.first().cloned());
    let folder = folder.unwrap_or_else(|| editor.current_dir.clone());
    let name = named.as_deref().filter(|_| purpose.is_naming()).map_or(String::new(), file_name);
    let list = FileList {
        purpose,
        line: LineInput::new(&name),
        files: None,
        recent: recent.into_iter().map(|folder| (folder.clone(), editor.shown_path(&folder))).collect(),
        at: (!purpose.is_naming()).then_some(0),
        fault: String::new(),
        wanted: named.filter(|_| !purpose.is_naming()),
        wanted_report: wanted_report(editor, purpose),
        left_out: editor
            .path()
            .filter(|_| purpose == FilePurpose::LastYear)
            .map(|path| absolute_path(editor, &path)),
        proposed: name,
        folder: folder.clone(),
    };
    vec![Layer::Files(Box::new(list)).into(), Effect::ListFiles(folder).into()]
}

/// Last year's report of the unit, where that is chosen.
fn wanted_report(editor: &Editor, purpose: FilePurpose) -> Option<(String, u16)> {
    let draft = editor.draft().filter(|_| purpose == FilePurpose::LastYear)?;
    Some((draft.unit().to_string(), draft.year()?.checked_sub(1)?))
}

/// A path from the root, without `.` and `..`; `~` is the user's home directory.
fn absolute_path(editor: &Editor, path: &Path) -> PathBuf {
    let path = match (path.strip_prefix("~"), &editor.home_dir) {
        (Ok(below), Some(home)) => home.join(below),
        _ => editor.current_dir.join(path),
    };
    without_dots(&path)
}

fn top_list(editor: &mut Editor) -> Option<&mut FileList> {
    match editor.layers.last_mut() {
        Some(Layer::Files(list)) => Some(list),
        _ => None,
    }
}

/// A folder was listed, or cannot be.
pub fn on_files_listed(editor: &mut Editor, folder: &Path, files: Result<Vec<ListedFile>, String>) {
    let Some(list) = top_list(editor).filter(|list| list.folder == folder) else { return };
    if let (Ok(files), FilePurpose::SaveAs) = (&files, list.purpose) {
        // Another file is replaced only by a name that was typed.
        if list.line.text() == list.proposed {
            list.line = LineInput::new(&free_name(&list.proposed, files));
        }
    }
    list.files = Some(files);
    let wanted = list.wanted.take();
    let rows = file_rows(list);
    let is_wanted = |row: &FileRow| match &row.target {
        RowTarget::File(path, _) | RowTarget::Folder(path) => Some(path) == wanted.as_ref(),
        RowTarget::ThisFolder => false,
    };
    // The folder was come to for what is in it.
    let chooses_folder = list.purpose == FilePurpose::Folder;
    let is_inside =
        |row: &FileRow| row.file.is_some() || chooses_folder && row.target == RowTarget::ThisFolder;
    let named = named_row(list, &rows).or_else(|| rows.iter().position(is_wanted));
    let at = named.or_else(|| rows.iter().position(is_inside)).unwrap_or(0);
    list.at = list.at.map(|_| at);
}

/// Drafts of the folder were read.
pub fn on_files_read(editor: &mut Editor, read: Vec<(PathBuf, Result<DraftSummary, String>)>) {
    let Some(list) = top_list(editor) else { return };
    let FileList { files: Some(Ok(files)), .. } = list else { return };
    for (path, summary) in read {
        if let Some(file) = files.iter_mut().find(|file| file.path == path) {
            file.summary = Some(summary);
        }
    }
    let Some((unit, year)) = &list.wanted_report else { return };
    let is_wanted = |row: &FileRow| match row.file.map(|file| &file.summary) {
        Some(Some(Ok(summary))) => summary.unit == *unit && summary.year == Some(*year),
        _ => false,
    };
    if let Some(at) = file_rows(list).iter().position(is_wanted) {
        (list.at, list.wanted_report) = (Some(at), None);
    }
}

/// Types into the line; a path leads to its folder.
pub fn type_text(editor: &mut Editor, text: &str) -> Vec<Action> {
    let Some(list) = top_list(editor) else { return Vec::new() };
    // A path from the root, or from home, is no part of the name that was proposed.
    let is_whole_path = text.starts_with(is_separator) || text.starts_with('~');
    if list.purpose.is_naming() && is_whole_path && list.is_untouched() {
        list.line = LineInput::default();
    }
    list.line.insert(text);
    list.wanted_report = None;
    restart(list);
    let typed = list.line.text().to_string();
    let Some(separator) = typed.rfind(is_separator) else { return Vec::new() };
    // With its separator: on Windows `D:` alone is a place on that drive, and `D:\` the drive.
    let (head, rest) = typed.split_at(separator + 1);
    let folder = if head.starts_with('~') { PathBuf::from(head) } else { list.folder.join(head) };
    let folder = absolute_path(editor, &folder);
    show_folder(editor, folder, rest, None)
}

/// A list that was narrowed starts from its first row again, or from the one whose name was typed whole.
fn restart(list: &mut FileList) {
    let first = named_row(list, &file_rows(list)).unwrap_or(0);
    list.at = (!list.purpose.is_naming()).then_some(first);
    list.fault.clear();
}

/// The row of the file or folder whose whole name was typed.
fn named_row(list: &FileList, rows: &[FileRow]) -> Option<usize> {
    let typed = list.line.text().trim();
    rows.iter().position(|row| row.file.is_some_and(|file| file.name() == typed))
}

/// Shows another folder.
fn show_folder(editor: &mut Editor, folder: PathBuf, typed: &str, wanted: Option<PathBuf>) -> Vec<Action> {
    let Some(list) = top_list(editor) else { return Vec::new() };
    if !list.purpose.is_naming() || !typed.is_empty() || list.line.text().contains(is_separator) {
        list.line = LineInput::new(typed);
    }
    restart(list);
    (list.files, list.wanted) = (None, wanted);
    list.folder.clone_from(&folder);
    vec![Effect::ListFiles(folder).into()]
}

/// Shows the folder that holds the one shown, which is chosen there.
fn go_up(editor: &mut Editor) -> Vec<Action> {
    let Some(list) = top_list(editor) else { return Vec::new() };
    let here = list.folder.clone();
    match here.parent().map(Path::to_path_buf) {
        Some(parent) => show_folder(editor, parent, "", Some(here)),
        None => Vec::new(),
    }
}

/// Runs a key of the list.
pub fn run_file_list_command(editor: &mut Editor, command: Command) -> Vec<Action> {
    let Some(Layer::Files(list)) = editor.layers.last() else { return Vec::new() };
    let count = file_rows(list).len();
    let page = usize::from(file_list_areas(editor, list, count).list.area.height).max(2) - 1;
    let is_empty = list.line.text().is_empty();
    let Some(list) = top_list(editor) else { return Vec::new() };
    list.wanted_report = None;
    match command {
        Command::Cancel => {
            editor.layers.pop();
            // Not saving means not leaving either.
            editor.navigation.leave_after_save = None;
        }
        Command::Enter => return take_chosen(editor),
        Command::Complete => return complete(editor),
        Command::Left if is_empty => return go_up(editor),
        // A key held down stays in the folder.
        Command::EraseLeft | Command::EraseRight | Command::ClearLine if is_empty => {}
        Command::EraseLeft | Command::EraseRight | Command::ClearLine => {
            match command {
                Command::EraseLeft => list.line.erase_left(),
                Command::EraseRight => list.line.erase_right(),
                _ => list.line = LineInput::default(),
            }
            restart(list);
        }
        Command::Left | Command::Right => list.line.move_by(command == Command::Right),
        // Where the caret cannot go further, to the first and the last row.
        Command::RowStart if list.line.before().is_empty() && list.at.is_some() => list.at = Some(0),
        Command::RowEnd if list.line.after().is_empty() && list.at.is_some() => {
            list.at = count.checked_sub(1);
        }
        Command::RowStart | Command::RowEnd => list.line.move_to_end(command == Command::RowEnd),
        // Over the first row is the name that is typed.
        Command::Up if list.purpose.is_naming() && list.at == Some(0) => list.at = None,
        Command::Down if list.at.is_none() => list.at = (count > 0).then_some(0),
        _ => list.at = list.at.map(|at| moved(at, command, count, page)),
    }
    Vec::new()
}

/// Chooses a row that was clicked; takes it if it was chosen already.
pub fn click(editor: &mut Editor, row: usize) -> Vec<Action> {
    let Some(list) = top_list(editor) else { return Vec::new() };
    if list.at.replace(row) == Some(row) { take_chosen(editor) } else { Vec::new() }
}

/// Completes what is typed as far as all names agree that begin with it; a folder that is the only one, or
/// is chosen, is entered. Where nothing can be added, the next row is chosen.
fn complete(editor: &mut Editor) -> Vec<Action> {
    let Some(list) = top_list(editor) else { return Vec::new() };
    let typed = list.line.text().to_string();
    let rows = file_rows(list);
    let begins = |name: &&String| !typed.is_empty() && name.starts_with(&typed);
    let names: Vec<String> =
        rows.iter().filter(|row| row.file.is_some()).map(|row| row.name.clone()).collect();
    let fitting: Vec<&String> = names.iter().filter(begins).collect();
    let only = match (fitting.as_slice(), names.as_slice()) {
        ([one], _) => Some((*one).clone()),
        ([], [one]) if !typed.is_empty() => Some(one.clone()),
        _ => None,
    };
    if let Some(name) = only.filter(|name| *name != typed) {
        list.line = LineInput::default();
        return type_text(editor, &name);
    }
    let common = fitting.iter().map(|name| name.as_str()).reduce(common_start).unwrap_or_default();
    if common.len() > typed.len() {
        let common = common.to_string();
        list.line = LineInput::default();
        return type_text(editor, &common);
    }
    let chosen = list.at.and_then(|at| rows.get(at)).map(|row| row.target.clone());
    let count = rows.len();
    if let Some(RowTarget::Folder(path)) = chosen.filter(|_| typed.is_empty() || list.purpose.is_naming()) {
        return show_folder(editor, path, "", None);
    }
    list.at = match list.at {
        Some(at) if at + 1 < count => Some(at + 1),
        _ if list.purpose.is_naming() && list.at.is_some() => None,
        _ => (count > 0).then_some(0),
    };
    Vec::new()
}

fn common_start<'a>(a: &'a str, b: &'a str) -> &'a str {
    let same = a.char_indices().zip(b.chars()).find(|((_, a), b)| a != b).map(|((at, _), _)| at);
    &a[..same.unwrap_or(a.len().min(b.len()))]
}

/// Does with the row chosen, or with what was typed, what the list is for.
fn take_chosen(editor: &mut Editor) -> Vec<Action> {
    let Some(list) = top_list(editor) else { return Vec::new() };
    let typed = list.line.text().trim().to_string();
    let target = list.at.and_then(|at| file_rows(list).get(at).map(|row| row.target.clone()));
    match target {
        None if typed == ".." => go_up(editor),
        Some(RowTarget::Folder(path)) if list.purpose == FilePurpose::Folder => take_path(editor, path),
        Some(RowTarget::Folder(path)) => show_folder(editor, path, "", None),
        Some(RowTarget::ThisFolder) => {
            let folder = list.folder.clone();
            take_path(editor, folder)
        }
        // The name of a file that is there is taken up, and saving asks before it is replaced.
        Some(RowTarget::File(path, _)) if list.purpose.is_naming() => {
            list.line = LineInput::new(&file_name(&path));
            list.at = None;
            Vec::new()
        }
        Some(RowTarget::File(path, kind)) => take_file(editor, path, kind),
        None if typed.is_empty() => {
            list.fault =
                if list.purpose.is_naming() { "请填写文件名" } else { list.purpose.nothing_here() }.into();
            Vec::new()
        }
        None => {
            let path = list.folder.join(typed);
            let path = absolute_path(editor, &path);
            take_path(editor, path)
        }
    }
}

fn take_file(editor: &mut Editor, path: PathBuf, kind: ListedKind) -> Vec<Action> {
    match (top_list(editor).map(|list| list.purpose), kind) {
        (Some(FilePurpose::Open), ListedKind::Report(_)) => {
            editor.layers.pop();
            vec![Effect::Import(path).into()]
        }
        // A draft in a folder that is to be chosen stands for its folder.
        (Some(FilePurpose::Folder), _) => {
            let folder = path.parent().unwrap_or(Path::new("")).to_path_buf();
            take_path(editor, folder)
        }
        _ => take_path(editor, path),
    }
}

/// Closes the list and does with a path what the list is for.
fn take_path(editor: &mut Editor, path: PathBuf) -> Vec<Action> {
    let Some(purpose) = top_list(editor).map(|list| list.purpose) else { return Vec::new() };
    editor.layers.pop();
    match purpose {
        FilePurpose::Open => vec![Effect::Open(path).into()],
        FilePurpose::Import => vec![Effect::Import(path).into()],
        FilePurpose::LastYear => vec![Effect::ReadLastYear { last: path, draft: editor.path() }.into()],
        FilePurpose::Folder => vec![Effect::ReadFolder(path).into()],
        FilePurpose::Carry => vec![Effect::Carry(path).into()],
        FilePurpose::UnitTable => vec![Action::ExportTable(path)],
        FilePurpose::Export(format) => vec![Action::ExportTo(format, path)],
        FilePurpose::SaveAs => {
            let is_draft = path.extension().is_some_and(|ending| ending == "ron");
            let mut path = path.into_os_string();
            if !is_draft {
                path.push(".ron");
            }
            vec![Action::SaveTo(path.into())]
        }
    }
}
