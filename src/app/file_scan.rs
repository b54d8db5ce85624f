//! Lists the files of a folder for the screen, and reads the drafts among them.

use std::path::{Path, PathBuf};

use jiff::Timestamp;
use jiff::tz::TimeZone;

use super::recent_summary::draft_progress;
use crate::editor::{DraftSummary, ListedFile, ListedKind};
use crate::form::Library;
use crate::import::FileKind;
use crate::store::folder::{EntryKind, list_folder};
use crate::store::{self, system_message};

/// Returns the folders, drafts and published reports of a folder: folders first, then drafts, each by name.
/// Hidden files and files of other kinds are left out.
///
/// # Errors
/// Returns a message for the clerk if the folder cannot be read.
pub fn list_files(folder: &Path) -> Result<Vec<ListedFile>, String> {
    if !folder.is_dir() {
        let known = folder.metadata().err().map(|error| system_message(&error));
        return Err(known.unwrap_or_else(|| "这不是文件夹".into()));
    }
    let entries = list_folder(folder).map_err(|error| error.message)?;
    let visible = entries.into_iter().filter(|entry| !entry.name.as_encoded_bytes().starts_with(b"."));
    let listed = visible.filter_map(|entry| {
        let path = folder.join(&entry.name);
        let kind = match entry.kind {
            EntryKind::Folder => ListedKind::Folder,
            EntryKind::Link if path.is_dir() => ListedKind::Folder,
            EntryKind::Link if !path.is_file() => return None,
            EntryKind::File | EntryKind::Link => file_kind(&entry.name.to_string_lossy())?,
            EntryKind::Other => return None,
        };
        let metadata = path.metadata().ok();
        let saved =
            metadata.as_ref().and_then(|metadata| Timestamp::try_from(metadata.modified().ok()?).ok());
        Some(ListedFile {
            path,
            kind,
            bytes: metadata.map_or(0, |metadata| metadata.len()),
            saved_at: saved.map(|saved| TimeZone::system().to_datetime(saved)),
            summary: None,
        })
    });
    let mut files: Vec<ListedFile> = listed.collect();
    files.sort_by(|a, b| (a.kind, &a.path).cmp(&(b.kind, &b.path)));
    Ok(files)
}

fn file_kind(name: &str) -> Option<ListedKind> {
    if name.ends_with(".ron") {
        return Some(ListedKind::Draft);
    }
    FileKind::of_name(name).map(ListedKind::Report)
}

/// Reads one draft for the list.
pub fn summarize_draft(path: PathBuf, library: &Library) -> (PathBuf, Result<DraftSummary, String>) {
    let summary = match store::load(&path, library) {
        Ok(loaded) => Ok(DraftSummary {
            unit: loaded.draft.unit().into(),
            year: loaded.draft.year(),
            progress: draft_progress(&loaded.form, &loaded.draft),
        }),
        Err(error) => Err(error.message),
    };
    (path, summary)
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    #[test]
    fn folders_come_first_and_what_is_no_report_is_left_out() {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir(folder.path().join("乙")).unwrap();
        fs::create_dir(folder.path().join(".git")).unwrap();
        for name in ["c.docx", "b.ron", ".b.ron.lock", "a.ron", "x.exe", "d.pdf"] {
            fs::write(folder.path().join(name), "12345").unwrap();
        }
        let files = list_files(folder.path()).unwrap();
        let names: Vec<String> = files.iter().map(ListedFile::name).collect();
        assert_eq!(names, ["乙", "a.ron", "b.ron", "c.docx", "d.pdf"]);
        assert_eq!((files[1].bytes, files[1].kind), (5, ListedKind::Draft));
        assert!(files.iter().all(|file| file.saved_at.is_some()));
        let gone = list_files(&folder.path().join("丙")).unwrap_err();
        assert!(gone.contains("不存在"), "{gone}");
        assert_eq!(list_files(&folder.path().join("a.ron")).unwrap_err(), "这不是文件夹");
    }

    #[test]
    fn a_draft_that_cannot_be_read_says_why() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("a.ron");
        fs::write(&file, "(").unwrap();
        assert!(summarize_draft(file.clone(), &Library::new()).1.is_err());
        fs::write(&file, include_str!("../../assets/sample.ron")).unwrap();
        let summary = summarize_draft(file, &Library::new()).1.unwrap();
        assert_eq!((summary.year, summary.progress.errors > 0), (Some(2025), true));
    }
}
