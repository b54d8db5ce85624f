//! Lists the files of a folder for the screen, and reads the drafts among them.

use std::fs::Metadata;
use std::path::{Path, PathBuf};

use jiff::Timestamp;
use jiff::civil::DateTime;
use jiff::tz::TimeZone;

use super::recent_summary::draft_progress;
use crate::editor::{DraftDetail, DraftSummary, ListedFile, ListedKind, PreviewContent};
use crate::form::Library;
use crate::import::{self, FileKind};
use crate::store::folder::{EntryKind, list_folder};
use crate::store::{self, system_message};

/// The largest file that is read only to show what is in it, in bytes.
const LARGEST_PREVIEW: u64 = 8 << 20;
/// The lines of a report and the files of a folder that are shown at the most.
const MOST_LINES: usize = 60;

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
        Some(ListedFile {
            path,
            kind,
            bytes: metadata.as_ref().map_or(0, Metadata::len),
            saved_at: metadata.as_ref().and_then(saved_at),
            summary: None,
        })
    });
    let mut files: Vec<ListedFile> = listed.collect();
    files.sort_by(|a, b| (a.kind, &a.path).cmp(&(b.kind, &b.path)));
    Ok(files)
}

fn saved_at(metadata: &Metadata) -> Option<DateTime> {
    let saved = Timestamp::try_from(metadata.modified().ok()?).ok()?;
    Some(TimeZone::system().to_datetime(saved))
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

/// Reads what is shown of a file or a folder that is chosen in a list.
pub fn read_preview(path: &Path, kind: ListedKind, library: &Library) -> PreviewContent {
    let metadata = path.metadata();
    if let Some(bytes) = metadata.as_ref().ok().map(Metadata::len).filter(|bytes| *bytes > LARGEST_PREVIEW) {
        return PreviewContent::Nothing(format!("文件较大（{} MB），不预览", bytes.div_ceil(1 << 20)));
    }
    let read = match kind {
        ListedKind::Folder => list_files(path).map(|files| {
            let named = files.iter().take(MOST_LINES).map(|file| (file.kind.label(), file.name()));
            PreviewContent::Folder(named.collect())
        }),
        ListedKind::Draft => store::load(path, library).map_err(|error| error.message).map(|loaded| {
            let mut detail = DraftDetail::of(&loaded.form, &loaded.draft);
            detail.saved_at = metadata.ok().as_ref().and_then(saved_at);
            if let Some((name, is_there)) = &mut detail.last_year {
                *is_there = path.with_file_name(&*name).exists();
            }
            PreviewContent::Draft(Box::new(detail))
        }),
        ListedKind::Report(_) => {
            let bytes = store::read_file(path, LARGEST_PREVIEW).map_err(|error| error.to_string());
            let name = path.file_name().unwrap_or_default().to_string_lossy();
            bytes.and_then(|bytes| {
                import::first_lines(&name, &bytes, MOST_LINES)
                    .map(PreviewContent::Lines)
                    .map_err(|error| error.to_string())
            })
        }
    };
    read.unwrap_or_else(PreviewContent::Nothing)
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
    fn a_file_is_previewed_by_what_is_in_it() {
        let folder = tempfile::tempdir().unwrap();
        let sample = include_str!("../../assets/sample.ron");
        let with_last = sample.replacen("version: 1,", "version: 1,\n  last: \"去年.ron\",", 1);
        let write = |name: &str, text: &str| fs::write(folder.path().join(name), text).unwrap();
        write("甲.ron", &with_last);
        write("坏.ron", "(");
        write("乙.txt", "标题\n\n一、本年新收\t58\t6\n");
        write("大.txt", &" ".repeat(9 << 20));
        let read = |name: &str, kind| read_preview(&folder.path().join(name), kind, &Library::new());
        let PreviewContent::Draft(detail) = read("甲.ron", ListedKind::Draft) else { panic!("no draft") };
        assert_eq!(detail.last_year, Some(("去年.ron".into(), false)), "it is not there");
        assert!(detail.saved_at.is_some() && !detail.findings.is_empty());
        let PreviewContent::Nothing(why) = read("坏.ron", ListedKind::Draft) else { panic!("no reason") };
        assert!(!why.is_empty());
        let text = ListedKind::Report(FileKind::Text);
        let PreviewContent::Lines(lines) = read("乙.txt", text) else { panic!("no lines") };
        assert_eq!(lines[0], "标题");
        assert!(lines[1].contains("58"), "{lines:?}");
        let PreviewContent::Nothing(why) = read("大.txt", text) else { panic!("too much was read") };
        assert!(why.contains("9 MB"), "{why}");
        let PreviewContent::Folder(files) = read("", ListedKind::Folder) else { panic!("no folder") };
        assert!(files.contains(&("草稿", "甲.ron".into())), "{files:?}");
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
