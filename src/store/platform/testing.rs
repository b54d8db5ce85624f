//! What tests of files do that differs between systems.

use std::path::Path;

/// Makes a symbolic link, and returns whether this system let us.
#[cfg(unix)]
pub fn symlink(target: &Path, link: &Path) -> bool {
    std::os::unix::fs::symlink(target, link).is_ok()
}

/// Makes a symbolic link, and returns whether this system let us: it asks for a right that few users have.
#[cfg(windows)]
pub fn symlink(target: &Path, link: &Path) -> bool {
    use std::os::windows::fs::{symlink_dir, symlink_file};
    let is_folder = link.parent().is_some_and(|folder| folder.join(target).is_dir());
    if is_folder { symlink_dir(target, link) } else { symlink_file(target, link) }.is_ok()
}

/// Returns the mode bits of a file, where the system has them.
#[cfg(unix)]
pub fn mode(path: &Path) -> Option<u32> {
    use std::os::unix::fs::MetadataExt;
    std::fs::metadata(path).ok().map(|about| about.mode() & 0o777)
}

/// Returns the mode bits of a file: there are none.
#[cfg(windows)]
pub fn mode(_: &Path) -> Option<u32> {
    None
}
