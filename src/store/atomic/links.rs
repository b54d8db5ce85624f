//! The file that is written where its name is a symbolic link, and the folder it is in.

use std::io;
use std::path::{Path, PathBuf};

use super::super::disk::Disk;

/// How many symbolic links are followed before they are taken for a loop.
const MAX_LINKS: usize = 40;

/// Returns the file that a path leads to through symbolic links, there or not.
pub fn resolve_links(disk: &dyn Disk, path: &Path) -> io::Result<PathBuf> {
    let mut target = path.to_path_buf();
    for _ in 0..MAX_LINKS {
        match disk.link_target(&target)? {
            Some(next) => target = parent_folder(&target).join(next),
            // Not a link, or not there: this is the name to write.
            None => return Ok(target),
        }
    }
    Err(io::Error::other("符号链接绕成了圈"))
}

pub fn parent_folder(target: &Path) -> PathBuf {
    let folder = target.parent().filter(|folder| !folder.as_os_str().is_empty());
    folder.map_or_else(|| PathBuf::from("."), Path::to_path_buf)
}
