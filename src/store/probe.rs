//! Tries what a folder allows by writing, locking and removing a file, for `nianbao doctor`.

use std::fs::{self, OpenOptions, TryLockError};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use super::error::system_message;
use super::{atomic, platform};

/// The result of trying a folder.
#[derive(Debug)]
pub struct FolderProbe {
    /// The folder that was tried: the one asked for, or the nearest above it that is there.
    pub folder: PathBuf,
    /// `Ok` if files can be written, else why not and what to do.
    pub writable: Result<(), String>,
    /// Whether a lock keeps a second opener out.
    pub locks: bool,
    /// Bytes that are free for this user, if the system reports it.
    pub free_bytes: Option<u64>,
}

/// Tries a folder, or the nearest existing one above it. Nothing is left behind.
pub fn probe_folder(folder: &Path) -> FolderProbe {
    let folder = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
    let there = folder.ancestors().find(|above| above.is_dir()).unwrap_or(folder).to_path_buf();
    let path = atomic::temporary_path(&there.join("probe"), 0);
    let written = write_and_lock(&path);
    let locks = matches!(written, Ok(true));
    let _ = fs::remove_file(&path);
    let writes = written.map(drop).map_err(|error| system_message(&error));
    FolderProbe { writable: writes, locks, free_bytes: platform::free_bytes(&there), folder: there }
}

/// Writes a new file, and returns whether its lock is respected.
fn write_and_lock(path: &Path) -> io::Result<bool> {
    let mut first = OpenOptions::new().read(true).write(true).create_new(true).open(path)?;
    first.write_all(&[b'\n'; 4096])?;
    first.sync_all()?;
    // A network drive locks only what is open for writing.
    let second = OpenOptions::new().read(true).write(true).open(path)?;
    Ok(first.try_lock().is_ok() && matches!(second.try_lock(), Err(TryLockError::WouldBlock)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn trying_a_folder_leaves_no_trace_in_it_or_above() {
        let folder = tempfile::tempdir().unwrap();
        let asked = folder.path().join("a").join("b");
        let probe = probe_folder(&asked);
        assert_eq!(probe.folder, folder.path());
        assert!(probe.writable.is_ok() && probe.locks);
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0);
    }
}
