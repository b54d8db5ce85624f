//! One name in a folder.

use std::ffi::OsString;

/// The kind of an entry of a folder.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EntryKind {
    /// A file with content of its own.
    File,
    /// A folder.
    Folder,
    /// A symbolic link, to whatever.
    Link,
    /// A device, a pipe or a socket, or an entry that was removed while the folder was read.
    Other,
}

/// One name in a folder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FolderEntry {
    /// The name, without the folder's.
    pub name: OsString,
    /// Its kind.
    pub kind: EntryKind,
}

impl From<std::fs::FileType> for EntryKind {
    fn from(file_type: std::fs::FileType) -> Self {
        match file_type {
            it if it.is_file() => EntryKind::File,
            it if it.is_dir() => EntryKind::Folder,
            it if it.is_symlink() => EntryKind::Link,
            _ => EntryKind::Other,
        }
    }
}
