//! The rows of the list of files: the folder itself where one is chosen, recent folders, folders, files.

use std::path::PathBuf;

use super::listing::{FileList, FilePurpose};
use crate::editor::listed_file::{ListedFile, ListedKind};
use crate::text::matches_typed;

/// How many recent folders stand before the files.
const MAX_RECENT: usize = 3;

/// What a row leads to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RowTarget {
    /// The folder shown, which is chosen.
    ThisFolder,
    /// A folder to look into.
    Folder(PathBuf),
    /// A file.
    File(PathBuf, ListedKind),
}

/// A row of the list.
#[derive(Clone, Debug)]
pub struct FileRow<'a> {
    /// What it leads to.
    pub target: RowTarget,
    /// What stands in the first column.
    pub label: &'static str,
    /// The name.
    pub name: String,
    /// What is known of the file.
    pub file: Option<&'a ListedFile>,
}

/// The rows that fit what was typed.
pub fn file_rows(list: &FileList) -> Vec<FileRow<'_>> {
    let typed = if list.purpose.is_naming() { "" } else { list.line.text().trim() };
    let files: &[ListedFile] = match &list.files {
        Some(Ok(files)) => files,
        _ => &[],
    };
    let mut rows = Vec::new();
    let drafts = files.iter().filter(|file| file.kind == ListedKind::Draft).count();
    // Where units' drafts lie together, they can be looked over, in both lists from the first row.
    let offers_units = match list.purpose {
        FilePurpose::Folder => matches!(list.files, Some(Ok(_))),
        FilePurpose::Open => drafts > 1,
        _ => false,
    };
    if offers_units && typed.is_empty() {
        rows.push(this_folder(drafts));
    }
    let recent = list.recent.iter().filter(|(folder, _)| *folder != list.folder);
    let recent = recent.filter(|(_, shown)| matches_typed(shown, typed)).take(MAX_RECENT);
    rows.extend(recent.map(|(folder, shown)| FileRow {
        target: RowTarget::Folder(folder.clone()),
        label: "最近",
        name: shown.clone(),
        file: None,
    }));
    let shown = files.iter().filter(|file| list.purpose.lists(file.kind));
    let shown = shown.filter(|file| list.left_out.as_ref() != Some(&file.path));
    let shown = shown.filter(|file| matches_typed(&searched_text(file), typed));
    rows.extend(shown.map(|file| FileRow {
        target: match file.kind {
            ListedKind::Folder => RowTarget::Folder(file.path.clone()),
            kind => RowTarget::File(file.path.clone(), kind),
        },
        label: file.kind.label(),
        name: file.name() + if file.kind == ListedKind::Folder { "/" } else { "" },
        file: Some(file),
    }));
    rows
}

fn this_folder(drafts: usize) -> FileRow<'static> {
    let name = format!("这个文件夹（内有草稿 {drafts} 份）");
    FileRow { target: RowTarget::ThisFolder, label: "一览", name, file: None }
}

/// What of a file is searched: its name and, of a draft, the unit and the year.
fn searched_text(file: &ListedFile) -> String {
    let name = file.name();
    match &file.summary {
        Some(Ok(summary)) => {
            let year = summary.year.map_or(String::new(), |year| year.to_string());
            format!("{name} {}{year}", summary.unit)
        }
        _ => name,
    }
}
