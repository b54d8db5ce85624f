//! The files in folders that stand for the reports of units.

use std::path::{Path, PathBuf};
use std::vec;

use crate::store::SETTINGS_NAME;
use crate::store::folder::{self, EntryKind, FolderEntry};

/// A file to read, or one that cannot be reached and why.
#[derive(Debug)]
pub struct FoundFile {
    /// Where it is.
    pub path: PathBuf,
    /// Why it cannot be reached, for the clerk.
    pub error: Option<String>,
}

/// What is wrong with a folder that holds nothing to work on.
pub const NO_DRAFT: &str = "这个文件夹里没有草稿（.ron 文件）";

/// Returns the files in the order given; of a folder all drafts (`.ron`) in it and below it, by name.
/// Hidden files and folders are left out. The list is walked as it is used, not kept. A folder without any
/// draft is in it too, with that as its error.
pub fn list_drafts(paths: &[PathBuf]) -> impl Iterator<Item = FoundFile> + Send {
    paths.iter().cloned().flat_map(|path| {
        let is_folder = path.is_dir();
        let mut inside = is_folder.then(|| walk_drafts(&path, usize::MAX)).into_iter().flatten().peekable();
        let error = (is_folder && inside.peek().is_none()).then(|| NO_DRAFT.to_string());
        let alone = (!is_folder || error.is_some()).then_some(FoundFile { path, error });
        alone.into_iter().chain(inside)
    })
}

/// Returns all drafts (`.ron`) in a folder and below it, by name, down to `levels` levels of folders.
/// Hidden files and folders are left out.
pub fn walk_drafts(folder: &Path, levels: usize) -> FileWalk {
    walk_files(folder, levels, |path| path.extension().is_some_and(|ending| ending == "ron"))
}

/// Returns all files in a folder and below it that are wanted, in the same way.
pub fn walk_files(folder: &Path, levels: usize, is_wanted: fn(&Path) -> bool) -> FileWalk {
    FileWalk { next_folder: Some(folder.into()), open: Vec::new(), levels, is_wanted }
}

/// A folder being walked. Links to folders are not followed, so it cannot go round in a circle.
pub struct FileWalk {
    /// A folder that is to be opened next.
    next_folder: Option<PathBuf>,
    /// The folders on the way to where the walk is, with what is still to come of each.
    open: Vec<(PathBuf, vec::IntoIter<FolderEntry>)>,
    levels: usize,
    is_wanted: fn(&Path) -> bool,
}

impl Iterator for FileWalk {
    type Item = FoundFile;

    fn next(&mut self) -> Option<FoundFile> {
        loop {
            if let Some(folder) = self.next_folder.take() {
                match folder::list_folder(&folder) {
                    Ok(entries) => self.open.push((folder, entries.into_iter())),
                    Err(error) => {
                        return Some(FoundFile {
                            path: strip_dot(folder),
                            error: Some(format!("文件夹{}", error.message)),
                        });
                    }
                }
            }
            let depth = self.open.len();
            let (folder, entries) = self.open.last_mut()?;
            let Some(FolderEntry { name, kind }) = entries.next() else {
                self.open.pop();
                continue;
            };
            if name.as_encoded_bytes().starts_with(b".") || name == SETTINGS_NAME {
                continue;
            }
            let path = folder.join(name);
            match kind {
                EntryKind::Folder if depth < self.levels => self.next_folder = Some(path),
                EntryKind::File if (self.is_wanted)(&path) => {
                    return Some(FoundFile { path: strip_dot(path), error: None });
                }
                EntryKind::Link if (self.is_wanted)(&path) && path.is_file() => {
                    return Some(FoundFile { path: strip_dot(path), error: None });
                }
                _ => {}
            }
        }
    }
}

/// Returns a path in the folder where we are, without its `./`.
fn strip_dot(path: PathBuf) -> PathBuf {
    match path.strip_prefix(".") {
        Ok(rest) if !rest.as_os_str().is_empty() => rest.into(),
        _ => path,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::testing::symlink;
    use std::fs;

    fn found(folder: &Path, levels: usize) -> Vec<String> {
        let name = |found: FoundFile| {
            let path = found.path.strip_prefix(folder).unwrap().display().to_string().replace('\\', "/");
            found.error.map_or(path.clone(), |fault| format!("{path} {fault}"))
        };
        walk_drafts(folder, levels).map(name).collect()
    }

    #[test]
    fn drafts_come_by_name_and_no_link_leads_in_a_circle() {
        let folder = tempfile::tempdir().unwrap();
        let at = |name: &str| folder.path().join(name);
        fs::create_dir_all(at("b/c")).unwrap();
        fs::create_dir_all(at(".hidden")).unwrap();
        fs::create_dir_all(at("folder.ron")).unwrap();
        for name in
            ["a.ron", "b/b.ron", "b/c/c.ron", "z.ron", "b/d.ron", "b/d.txt", ".e.ron", ".hidden/f.ron"]
        {
            fs::write(at(name), "").unwrap();
        }
        for (target, link) in [("..", "b/up"), ("..", "b/up.ron"), ("nowhere.ron", "b/nowhere.ron")] {
            symlink(Path::new(target), &at(link));
        }
        assert_eq!(found(folder.path(), usize::MAX), ["a.ron", "b/b.ron", "b/c/c.ron", "b/d.ron", "z.ron"]);
        assert_eq!(found(folder.path(), 2), ["a.ron", "b/b.ron", "b/d.ron", "z.ron"]);
        assert_eq!(found(folder.path(), 1), ["a.ron", "z.ron"]);
        assert_eq!(found(&at("none"), 1), [" 文件夹打开失败：文件或它所在的文件夹不存在，请核对位置"]);
    }
}
