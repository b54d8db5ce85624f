//! What drafts on disk need from the system: names, processes, locks, rights, folders.
//!
//! One file for each kind of system offers the same functions; all platform code of [`store`](super) is
//! here.

#[cfg(test)]
pub mod testing;
#[cfg(unix)]
mod unix;
#[cfg(windows)]
mod windows;

#[cfg(unix)]
pub use unix::*;
#[cfg(windows)]
pub use windows::*;

use super::folder::EntryKind;

/// Returns the kind of a directory entry.
fn entry_kind(file_type: std::fs::FileType) -> EntryKind {
    match file_type {
        it if it.is_file() => EntryKind::File,
        it if it.is_dir() => EntryKind::Folder,
        it if it.is_symlink() => EntryKind::Link,
        _ => EntryKind::Other,
    }
}
