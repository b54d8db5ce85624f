//! The lock for checking and replacing a file: of two saves at the same time, the second sees the first.

use std::io;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use super::super::disk::{Disk, DiskFile, TryLock};
use super::super::platform;
use super::temporary;

/// The longest that a save waits for another one.
const LONGEST: Duration = Duration::from_secs(2);
/// How often it asks meanwhile.
const PAUSE: Duration = Duration::from_millis(2);
/// More than the line in a note.
const LONGEST_NOTE: u64 = 100;

/// The lock, held until this is dropped.
#[derive(Debug)]
pub struct SaveLock<'a> {
    disk: &'a dyn Disk,
    /// The file that is locked, until the lock is given up.
    file: Option<Box<dyn DiskFile>>,
    /// The note that keeps others out where there are no locks.
    note: Option<PathBuf>,
}

impl Drop for SaveLock<'_> {
    fn drop(&mut self) {
        let file = self.file.take();
        let note = self.note.take().filter(|note| file.is_some_and(|file| file.is_at(note)));
        // Closed by now: a file that is open is not gone at once everywhere.
        let _ = note.map(|note| self.disk.remove(&note));
    }
}

/// Waits for the lock to replace a file: the file's own, or, where locks do not work, as on many network
/// drives, a note beside it that only one program can create. Returns `None` if neither can be had, or if
/// another save has stopped in the middle: a save does not wait for long.
pub fn acquire_save_lock<'a>(disk: &'a dyn Disk, target: &Path) -> Option<SaveLock<'a>> {
    if !disk.replaces_open_files() {
        return acquire_by_note(disk, target);
    }
    let begun = Instant::now();
    while begun.elapsed() < LONGEST {
        // A network drive locks only what is open for writing.
        let Ok(mut file) = disk.open(target) else { return acquire_by_note(disk, target) };
        match file.try_lock() {
            // Another save has put a new file in this one's place.
            TryLock::Acquired if file.is_at(target) => {
                return Some(SaveLock { disk, file: Some(file), note: None });
            }
            TryLock::Acquired => {}
            TryLock::Held => std::thread::sleep(PAUSE),
            TryLock::Unsupported => return acquire_by_note(disk, target),
        }
    }
    None
}

fn acquire_by_note<'a>(disk: &'a dyn Disk, target: &Path) -> Option<SaveLock<'a>> {
    let note = temporary::note_path(target);
    let mut begun = Instant::now();
    let mut seen = None;
    loop {
        match disk.create_shared(&note) {
            Ok(mut file) => {
                // Without its line it holds all the same, only longer if we are killed.
                let _ = file.append(note_line().as_bytes());
                return Some(SaveLock { disk, file: Some(file), note: Some(note) });
            }
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
            // Somebody still reads a note that was removed.
            Err(error) if error.kind() == io::ErrorKind::PermissionDenied && !disk.replaces_open_files() => {}
            Err(_) => return None,
        }
        let now = disk.status(&note).ok().and_then(|status| status.modified);
        if now != seen {
            // Another save holds the note now than the one waited for.
            (seen, begun) = (now, Instant::now());
        }
        if is_stale(disk, &note) || begun.elapsed() >= LONGEST {
            // Killed in the middle; on which machine is not known, where it took so long.
            disk.remove(&note).ok()?;
        } else {
            std::thread::sleep(PAUSE);
        }
    }
}

/// Returns whether a note is of a process of this machine that is gone.
pub fn is_stale(disk: &dyn Disk, note: &Path) -> bool {
    let Ok((bytes, _)) = disk.read(note, LONGEST_NOTE) else { return false };
    let text = String::from_utf8_lossy(&bytes);
    let writer = text.trim_end().split_once('-').filter(|(host, _)| *host == temporary::host_hash());
    writer.and_then(|(_, pid)| pid.parse().ok()).is_some_and(|pid| platform::is_abandoned(note, pid))
}

fn note_line() -> String {
    format!("{}-{}\n", temporary::host_hash(), std::process::id())
}
