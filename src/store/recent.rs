//! The drafts that were opened lately, for the home screen.

use std::path::{Path, PathBuf};

use super::path_text::{path_from_text, path_to_text};
use super::{StoreError, atomic, dirs, read_file};

/// How many drafts are remembered.
pub const REMEMBERED: usize = 20;

/// The longest list that is read, in bytes: names are of a few thousand bytes at most.
const LONGEST: u64 = 1024 * 1024;

/// A draft that was opened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RecentDraft {
    /// Where it is, from the root.
    pub path: PathBuf,
    /// The unit, as it was then.
    pub unit: String,
    /// The year, where it was filled in.
    pub year: Option<u16>,
    /// When it was opened, `2026-01-20 09:30`.
    pub opened: String,
}

/// Returns the list, the last one opened first. What cannot be read in it is left out: it is a convenience.
pub fn read_list(file: &Path) -> Vec<RecentDraft> {
    let bytes = read_file(file, LONGEST).unwrap_or_default();
    String::from_utf8_lossy(&bytes).lines().filter_map(parse_line).take(REMEMBERED).collect()
}

/// Adds a draft to the head of the list.
///
/// # Errors
/// Returns an error if the list cannot be written; nothing else depends on it.
pub fn remember(file: &Path, opened: RecentDraft) -> Result<(), StoreError> {
    let mut all = read_list(file);
    all.retain(|other| other.path != opened.path);
    all.insert(0, opened);
    all.truncate(REMEMBERED);
    if let Some(folder) = file.parent() {
        dirs::create_private_dir(folder)?;
    }
    let plain = |text: &str| text.replace(|c: char| c.is_control(), " ");
    let mut text = String::new();
    for RecentDraft { path, unit, year, opened } in &all {
        let year = year.map_or_else(String::new, |year| year.to_string());
        text.push_str(&format!("{}\t{}\t{year}\t{}\n", path_to_text(path), plain(unit), plain(opened)));
    }
    atomic::remove_temporary_files(file);
    atomic::write_file(file, text.as_bytes())
}

/// Returns the folder of units that was opened last, where one is remembered.
pub fn last_folder(file: &Path) -> Option<PathBuf> {
    let bytes = read_file(file, LONGEST).ok()?;
    let path = path_from_text(String::from_utf8_lossy(&bytes).lines().next()?);
    path.is_absolute().then_some(path)
}

/// Remembers the folder of units that is opened.
///
/// # Errors
/// Returns an error if that cannot be written; nothing else depends on it.
pub fn remember_folder(file: &Path, folder: &Path) -> Result<(), StoreError> {
    if last_folder(file).as_deref() == Some(folder) {
        return Ok(());
    }
    if let Some(parent) = file.parent() {
        dirs::create_private_dir(parent)?;
    }
    atomic::remove_temporary_files(file);
    atomic::write_file(file, format!("{}\n", path_to_text(folder)).as_bytes())
}

fn parse_line(line: &str) -> Option<RecentDraft> {
    let [path, unit, year, opened]: [&str; 4] = line.split('\t').collect::<Vec<_>>().try_into().ok()?;
    let path = path_from_text(path);
    path.is_absolute().then(|| RecentDraft {
        path,
        unit: unit.into(),
        year: year.parse().ok(),
        opened: opened.into(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The path with what comes before it on this system, such as `C:`.
    fn rooted(path: &str) -> PathBuf {
        std::path::absolute(path).unwrap()
    }

    fn recent(path: &str) -> RecentDraft {
        RecentDraft {
            path: rooted(path),
            unit: "示例市某局".into(),
            year: Some(2024),
            opened: "2026-01-20 09:30".into(),
        }
    }

    #[test]
    fn the_last_opened_is_first_once_and_the_list_is_bounded() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("state/recent");
        assert_eq!(read_list(&file), []);
        for number in 0..30 {
            remember(&file, recent(&format!("/草稿/{number}.ron"))).unwrap();
        }
        remember(&file, recent("/草稿/20.ron")).unwrap();
        let paths: Vec<_> = read_list(&file).into_iter().map(|recent| recent.path).collect();
        assert_eq!(paths.len(), REMEMBERED);
        assert_eq!(paths[0], rooted("/草稿/20.ron"));
        assert_eq!(paths[1], rooted("/草稿/29.ron"));
        assert_eq!(paths.iter().filter(|path| **path == paths[0]).count(), 1);
    }

    #[test]
    fn the_folder_opened_last_is_remembered() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("state/recent-folder");
        assert_eq!(last_folder(&file), None);
        for path in ["/年报/2024", "/年报/2025\t新"] {
            remember_folder(&file, &rooted(path)).unwrap();
            assert_eq!(last_folder(&file), Some(rooted(path)));
        }
        std::fs::write(&file, "relative\n").unwrap();
        assert_eq!(last_folder(&file), None);
    }

    #[test]
    fn a_damaged_list_gives_what_is_whole_in_it() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("recent");
        remember(&file, recent("/草稿/甲\t乙.ron")).unwrap();
        let mut bytes = std::fs::read(&file).unwrap();
        bytes.splice(0..0, b"half a li\n\xff\xfe\t\t\t\n".iter().copied());
        bytes.extend(b"/x\tcut");
        std::fs::write(&file, bytes).unwrap();
        assert_eq!(read_list(&file), [recent("/草稿/甲\t乙.ron")]);
    }
}
