//! Files and folders that are marked as read-only for everybody.

use std::fs;
use std::path::Path;

use super::{StoreError, platform};

/// What is marked as read-only.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ReadOnly {
    /// The file itself.
    File,
    /// Its folder.
    Folder,
}

/// Returns what of a file is marked as read-only, whatever its reader may do; `None` if nothing is. The folder
/// counts for a file that is not there too.
pub fn read_only_mark(path: &Path) -> Option<ReadOnly> {
    if platform::is_read_only(path) {
        return Some(ReadOnly::File);
    }
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    platform::is_read_only(folder).then_some(ReadOnly::Folder)
}

/// Does something while a file that is marked as read-only may be written to; the mark is there again afterwards.
///
/// # Errors
/// Returns an error if the mark cannot be taken off; nothing was done then.
pub fn with_mark_lifted<T>(path: &Path, work: impl FnOnce() -> T) -> Result<T, StoreError> {
    if !platform::is_read_only(path) {
        return Ok(work());
    }
    let marked = platform::make_writable(path).map_err(|error| StoreError::system(path, "保存", &error))?;
    let done = work();
    // What was written may only be without the mark.
    let _ = fs::set_permissions(path, marked);
    Ok(done)
}
