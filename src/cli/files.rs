//! The drafts that the paths of a command line stand for.

use std::path::{Path, PathBuf};
use walkdir::WalkDir;

/// A file to read, or one that cannot be reached and why.
pub(super) struct Listed {
    pub path: PathBuf,
    pub fault: Option<String>,
}

/// The files in the order given; of a folder all drafts (`.ron`) in it and below it, by name.
/// Hidden files and folders are left out. The list is walked as it is used, not kept.
pub(super) fn list(paths: &[PathBuf]) -> impl Iterator<Item = Listed> + Send {
    paths.iter().cloned().flat_map(|path| {
        let folder = path.is_dir();
        let alone = (!folder).then(|| Listed { path: path.clone(), fault: None });
        let inside = folder.then(|| below(&path, usize::MAX));
        alone.into_iter().chain(inside.into_iter().flatten())
    })
}

/// All drafts (`.ron`) in a folder and below it, by name, down to so many levels of folders.
/// Hidden files and folders are left out.
pub(super) fn below(folder: &Path, levels: usize) -> impl Iterator<Item = Listed> + Send + use<> {
    let walk = WalkDir::new(folder).max_depth(levels).sort_by_file_name().into_iter();
    let shown = walk
        .filter_entry(|entry| entry.depth() == 0 || !entry.file_name().as_encoded_bytes().starts_with(b"."));
    shown.filter_map(|entry| match entry {
        Ok(entry) => {
            let draft = entry.path().extension().is_some_and(|ending| ending == "ron");
            let file = entry.file_type().is_file() || entry.path_is_symlink() && entry.path().is_file();
            (draft && file).then(|| Listed { path: bare(entry.into_path()), fault: None })
        }
        Err(error) => {
            let path = error.path().map(PathBuf::from).unwrap_or_default();
            let why = error.io_error().map_or_else(|| "链接绕成了一圈".into(), ToString::to_string);
            Some(Listed { path, fault: Some(format!("文件夹打不开：{why}")) })
        }
    })
}

/// A path in the folder where we are, without its `./`.
fn bare(path: PathBuf) -> PathBuf {
    path.strip_prefix(".").map(PathBuf::from).unwrap_or(path)
}
