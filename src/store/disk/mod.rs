//! The file system as the journal and the save see it: few operations, each of which can fail.
//!
//! Everything that must survive a kill or a power cut goes through [`Disk`], so that tests can put a
//! simulated disk under it, one that fails, tears, reorders and forgets as a real one may.

use std::ffi::OsString;
use std::fmt::Debug;
use std::fs::TryLockError;
use std::io;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

#[cfg(test)]
pub mod simulated;
mod system;

pub use system::SystemDisk;

/// What is known of a file without opening it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FileStatus {
    /// Whether it is a regular file: no folder, pipe, socket or device.
    pub is_file: bool,
    /// Its length in bytes.
    pub length: u64,
    /// When it was last written, where the file system knows.
    pub modified: Option<SystemTime>,
}

/// What could not be carried from one file to another.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LostAttributes {
    /// In Chinese: 权限, 属主, 属组, 访问控制列表 …
    pub names: Vec<&'static str>,
    /// Whether more people may read or write the new file than the old one.
    pub more_readable: bool,
}

/// The result of [`DiskFile::try_lock`].
#[derive(Debug)]
pub enum TryLock {
    /// The lock is ours until the file is dropped.
    Acquired,
    /// Another process holds it.
    Held,
    /// This file system has no locks.
    Unsupported,
}

impl From<Result<(), TryLockError>> for TryLock {
    fn from(result: Result<(), TryLockError>) -> Self {
        match result {
            Ok(()) => TryLock::Acquired,
            Err(TryLockError::WouldBlock) => TryLock::Held,
            Err(TryLockError::Error(_)) => TryLock::Unsupported,
        }
    }
}

/// A file system. Nothing here waits for another process: what is not a regular file is refused.
pub trait Disk: Debug + Send + Sync {
    /// Makes a new file, readable by its owner alone.
    ///
    /// # Errors
    /// Returns [`io::ErrorKind::AlreadyExists`] if the name is taken, and an error if the system refuses.
    fn create_new(&self, path: &Path) -> io::Result<Box<dyn DiskFile>>;

    /// Makes a new file as [`Disk::create_new`] does, with the rights that new files have by default.
    ///
    /// # Errors
    /// Returns an error in the same cases as [`Disk::create_new`].
    fn create_shared(&self, path: &Path) -> io::Result<Box<dyn DiskFile>>;

    /// Opens a regular file for reading and appending. A symbolic link is not followed.
    ///
    /// # Errors
    /// Returns [`io::ErrorKind::InvalidInput`] if it is not a regular file, and an error if the system
    /// refuses.
    fn open(&self, path: &Path) -> io::Result<Box<dyn DiskFile>>;

    /// Returns all bytes of the regular file that a path leads to, at most `limit`, with its status.
    ///
    /// # Errors
    /// Returns [`io::ErrorKind::InvalidInput`] if it is not a regular file, [`io::ErrorKind::FileTooLarge`]
    /// if there are more bytes, and an error if the system refuses.
    fn read(&self, path: &Path, limit: u64) -> io::Result<(Vec<u8>, FileStatus)>;

    /// Returns where a symbolic link leads, as it is written in it, or `None` if the path is not a link or
    /// does not exist.
    ///
    /// # Errors
    /// Returns an error if the system refuses.
    fn link_target(&self, path: &Path) -> io::Result<Option<PathBuf>>;

    /// Returns whether this user may write into the file. A rename asks only for the folder, and would put
    /// a new file over one that was made read-only on purpose.
    fn may_write(&self, path: &Path) -> bool;

    /// Returns what is known of the file that a path leads to.
    ///
    /// # Errors
    /// Returns an error if the system refuses.
    fn status(&self, path: &Path) -> io::Result<FileStatus>;

    /// Renames a file, replacing the file that had the new name.
    ///
    /// # Errors
    /// Returns an error if the system refuses.
    fn rename(&self, from: &Path, to: &Path) -> io::Result<()>;

    /// Removes a file.
    ///
    /// # Errors
    /// Returns an error if the system refuses.
    fn remove(&self, path: &Path) -> io::Result<()>;

    /// Returns the names in a folder, in no order.
    ///
    /// # Errors
    /// Returns an error if the system refuses.
    fn list(&self, folder: &Path) -> io::Result<Vec<OsString>>;

    /// Makes a folder, with those above it, readable by this user alone, unless it exists.
    ///
    /// # Errors
    /// Returns an error if the system refuses.
    fn make_folder(&self, folder: &Path) -> io::Result<()>;

    /// Waits until the names in a folder are on the disk.
    ///
    /// # Errors
    /// Returns an error if the system refuses; some file systems cannot flush a folder.
    fn sync_folder(&self, folder: &Path) -> io::Result<()>;

    /// Returns whether a file can be replaced while somebody has it open.
    fn replaces_open_files(&self) -> bool {
        true
    }
}

/// Flushes a folder. Some file systems cannot; the file itself has been flushed.
///
/// # Errors
/// Returns an error if the system refuses.
pub fn sync_folder(disk: &dyn Disk, folder: &Path) -> io::Result<()> {
    use io::ErrorKind::{InvalidInput, PermissionDenied, Unsupported};
    disk.sync_folder(folder).or_else(|error| match error.kind() {
        InvalidInput | PermissionDenied | Unsupported => Ok(()),
        _ => Err(error),
    })
}

/// An open file that only grows at its end, or is cut back.
pub trait DiskFile: Debug + Send {
    /// Writes bytes at the end of the file.
    ///
    /// # Errors
    /// Returns an error if the system refuses; a part of the bytes may have been written.
    fn append(&mut self, bytes: &[u8]) -> io::Result<()>;

    /// Cuts the file back to a length.
    ///
    /// # Errors
    /// Returns an error if the system refuses.
    fn truncate(&mut self, length: u64) -> io::Result<()>;

    /// Waits until the file's bytes are on the disk.
    ///
    /// # Errors
    /// Returns an error if the system refuses. What was written before may be lost then, even where a later
    /// call succeeds.
    fn sync(&mut self) -> io::Result<()>;

    /// Waits until the file's bytes and all that is known of it are on the disk.
    ///
    /// # Errors
    /// Returns an error in the same cases as [`DiskFile::sync`].
    fn sync_all(&mut self) -> io::Result<()>;

    /// Copies the attributes of another file: mode, owner, extended attributes, access list. Those it has
    /// already are not set again. Returns what could not be copied.
    fn copy_attributes(&mut self, from: &Path) -> LostAttributes;

    /// Returns all bytes of the file, at most `limit`.
    ///
    /// # Errors
    /// Returns [`io::ErrorKind::FileTooLarge`] if there are more, and an error if the system refuses.
    fn read(&mut self, limit: u64) -> io::Result<Vec<u8>>;

    /// Returns the first bytes of the file, at most `limit`.
    ///
    /// # Errors
    /// Returns an error if the system refuses.
    fn read_start(&mut self, limit: u64) -> io::Result<Vec<u8>>;

    /// Tries to take the file's lock.
    fn try_lock(&mut self) -> TryLock;

    /// Returns whether this is the file that the path leads to now.
    fn is_at(&self, path: &Path) -> bool;
}
