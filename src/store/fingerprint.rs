//! Whether a file is still the one that was read: its time, its length, and a hash of its bytes.

use std::path::Path;
use std::time::SystemTime;

use super::contents::read_with_status;
use super::disk::{Disk, FileStatus, SystemDisk};
use super::hash::hash;
use super::{Fault, LARGEST, StoreError};

/// What a file was when it was read or written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Fingerprint {
    /// XXH3 of its bytes.
    pub hash: u64,
    /// Its length in bytes.
    pub length: u64,
    /// When it was last modified, if the file system knows it and the file was read or written.
    pub modified: Option<SystemTime>,
}

impl Fingerprint {
    /// Returns the fingerprint of content, whatever file it is in.
    pub fn of(bytes: &[u8]) -> Self {
        Fingerprint { hash: hash(bytes), length: bytes.len() as u64, modified: None }
    }

    /// Returns whether the content is the same, whenever it was written.
    pub fn same_content(&self, other: &Fingerprint) -> bool {
        (self.hash, self.length) == (other.hash, other.length)
    }
}

/// What became of a file since it was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FileChange {
    /// Nothing: it is the same, though it may have been touched.
    None,
    /// Somebody wrote something else into it.
    Changed {
        /// What is in it now.
        bytes: Vec<u8>,
        /// The fingerprint of that.
        now: Fingerprint,
    },
    /// It is no longer there.
    Gone,
}

/// As [`detect_change`], but always reads the file: before it is overwritten, for a change within one tick of
/// the file system's clock that keeps the length shows in nothing else.
///
/// # Errors
/// Returns an error in the same cases as [`detect_change`].
pub fn detect_change_by_content(path: &Path, known: &mut Fingerprint) -> Result<FileChange, StoreError> {
    let modified = known.modified.take();
    let change = detect_change(path, known);
    known.modified = known.modified.or(modified);
    change
}

/// Checks whether a file is still the one that was read. As long as its time and length stay the same, this
/// costs one question to the file system; otherwise the file is read.
///
/// # Errors
/// Returns an error if the file exists and cannot be read.
pub fn detect_change(path: &Path, known: &mut Fingerprint) -> Result<FileChange, StoreError> {
    let status = match SystemDisk.status(path) {
        Ok(status) => status,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(FileChange::Gone),
        Err(error) => return Err(StoreError::system(path, "查看", &error)),
    };
    let same_time = status.modified.is_some() && status.modified == known.modified;
    if same_time && status.is_file && status.length == known.length {
        return Ok(FileChange::None);
    }
    // The time of what is read, not of what was there before: it may be replaced at any moment.
    let (bytes, FileStatus { modified, .. }) = match read_with_status(path, LARGEST) {
        Ok(read) => read,
        Err(error) if error.fault == Fault::Missing => return Ok(FileChange::Gone),
        Err(error) => return Err(error),
    };
    let now = Fingerprint { modified, ..Fingerprint::of(&bytes) };
    if now.same_content(known) {
        // Touched, not changed: the next check need not read it again.
        known.modified = modified;
        return Ok(FileChange::None);
    }
    Ok(FileChange::Changed { bytes, now })
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;

    #[test]
    fn a_file_changed_touched_or_gone_is_distinguished() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("甲.ron");
        fs::write(&file, "one").unwrap();
        let modified = fs::metadata(&file).unwrap().modified().ok();
        let mut known = Fingerprint { modified, ..Fingerprint::of(b"one") };
        assert_eq!(detect_change(&file, &mut known).unwrap(), FileChange::None);
        let later = known.modified.unwrap() + std::time::Duration::from_secs(5);
        fs::File::options().write(true).open(&file).unwrap().set_modified(later).unwrap();
        assert_eq!(detect_change(&file, &mut known).unwrap(), FileChange::None, "touched");
        assert_eq!(known.modified, Some(later), "and not read again");
        fs::write(&file, "oNe").unwrap();
        fs::File::options().write(true).open(&file).unwrap().set_modified(later).unwrap();
        assert_eq!(
            detect_change(&file, &mut known).unwrap(),
            FileChange::None,
            "in one tick, as long as before"
        );
        assert!(matches!(detect_change_by_content(&file, &mut known).unwrap(), FileChange::Changed { .. }));
        fs::write(&file, "two").unwrap();
        let FileChange::Changed { bytes, now } = detect_change(&file, &mut known).unwrap() else { panic!() };
        assert_eq!((bytes.as_slice(), now.same_content(&Fingerprint::of(b"two"))), (&b"two"[..], true));
        fs::remove_file(&file).unwrap();
        assert_eq!(detect_change(&file, &mut known).unwrap(), FileChange::Gone);
    }
}
