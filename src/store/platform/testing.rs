//! What tests of files do that differs between systems.

use std::path::Path;

/// Makes a symbolic link, and returns whether this system let us.
#[cfg(unix)]
pub fn symlink(target: &Path, link: &Path) -> bool {
    std::os::unix::fs::symlink(target, link).is_ok()
}

/// Makes no symbolic link: the system asks for a right that few users have.
#[cfg(windows)]
pub fn symlink(_: &Path, _: &Path) -> bool {
    false
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
