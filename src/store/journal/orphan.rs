//! Journals that no living process writes: what a session left that ended without saving or leaving.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use super::super::disk::{Disk, DiskFile, TryLock};
use super::super::fingerprint::Fingerprint;
use super::super::hash::hash;
use super::super::{Fault, StoreError};
use super::header::{JournalHeader, JournalOwner};
use super::record::{Record, Records};

/// The longest journal that is read, in bytes. A longer one is not a journal of ours: it is left where it
/// is, and reported.
const LARGEST: u64 = 512 * 1024 * 1024;

/// The first bytes of a journal, which hold its header.
const HEAD: u64 = 64 * 1024;

/// A process on another machine that has shown no sign of life for this long has ended.
const SILENT: Duration = Duration::from_secs(10 * 60);

/// The ending of a journal's name.
const ENDING: &str = ".journal";

/// A journal whose process has ended. As long as this is kept, no other process is offered it.
#[derive(Debug)]
pub struct OrphanJournal {
    pub(super) file: Box<dyn DiskFile>,
    /// Where it is.
    pub path: PathBuf,
    /// When it was last written, where the file system knows.
    pub modified: Option<SystemTime>,
    pub(super) locked: bool,
}

impl OrphanJournal {
    /// Returns all bytes of it, for [`super::recover`].
    ///
    /// # Errors
    /// Returns [`Fault::TooLarge`] if it is too long, and an error if the system refuses: never a part of
    /// it.
    pub fn read(&mut self) -> Result<Vec<u8>, StoreError> {
        self.file.read(LARGEST).map_err(|error| match error.kind() {
            io::ErrorKind::FileTooLarge => {
                let message = format!("恢复记录超过 {} MB，没有读取", LARGEST / 1024 / 1024);
                StoreError::new(&self.path, Fault::TooLarge, message)
            }
            _ => StoreError::system(&self.path, "读恢复记录", &error),
        })
    }

    /// Gives a journal that cannot be read a name under which it is not found again, and returns that name.
    ///
    /// # Errors
    /// Returns an error if the system refuses; it has the name it had then.
    pub fn set_aside(&self, disk: &dyn Disk) -> Result<PathBuf, StoreError> {
        set_aside(disk, &self.path).map_err(|error| StoreError::system(&self.path, "另存", &error))
    }

    /// Removes it: the clerk does not want what is in it, or all of it is in a saved file.
    ///
    /// # Errors
    /// Returns an error if the system refuses; the next opening will find it.
    pub fn discard(self, disk: &dyn Disk) -> Result<(), StoreError> {
        disk.remove(&self.path).map_err(|error| StoreError::system(&self.path, "删除恢复记录", &error))
    }
}

/// Which journals to find.
#[derive(Clone, Copy, Debug)]
pub enum JournalQuery<'w> {
    /// Those of the draft in this file, and, where its folder or the file itself was renamed, those of a
    /// draft that is no longer there and was as this file is.
    ForDraft(&'w Path, Option<&'w Fingerprint>),
    /// Those of drafts that were never saved, or whose file is no longer there.
    Homeless,
}

/// Returns the journals that can be recovered, the last written first.
pub fn find_orphans(disk: &dyn Disk, folder: &Path, query: JournalQuery) -> Vec<OrphanJournal> {
    let names = disk.list(folder).unwrap_or_default();
    let names = names.iter().filter_map(|name| name.to_str());
    let mut found = Vec::new();
    for name in names {
        if name.ends_with(".new") {
            remove_unnamed(disk, folder.join(name));
        } else if name.ends_with(ENDING) {
            found.extend(claim_orphan(disk, folder, name, query));
        }
    }
    found.sort_by_key(|orphan| std::cmp::Reverse(orphan.modified));
    found
}

fn claim_orphan(disk: &dyn Disk, folder: &Path, name: &str, query: JournalQuery) -> Option<OrphanJournal> {
    let path = folder.join(name);
    let is_its_own = |stem: &str| name.strip_prefix(stem).is_some_and(|rest| rest.starts_with('-'));
    let named = match query {
        JournalQuery::ForDraft(draft, _) => is_its_own(&file_stem(Some(draft))),
        JournalQuery::Homeless => is_its_own(&file_stem(None)),
    };
    let mut file = disk.open(&path).ok()?;
    let modified = disk.status(&path).ok()?.modified;
    if !named {
        let head = read_header(&mut *file)?;
        let gone = head.draft().is_some_and(
            |draft| matches!(disk.status(&draft), Err(error) if error.kind() == io::ErrorKind::NotFound),
        );
        let fits = match query {
            JournalQuery::ForDraft(_, Some(now)) => head.on_disk == Some((now.hash, now.length)),
            JournalQuery::ForDraft(_, None) => false,
            JournalQuery::Homeless => true,
        };
        if !gone || !fits {
            return None;
        }
    }
    let locked = match file.try_lock() {
        // Its process may have given the name to a new file meanwhile.
        TryLock::Acquired if file.is_at(&path) => true,
        TryLock::Acquired | TryLock::Held => return None,
        TryLock::Unsupported => {
            let bytes = file.read(LARGEST).unwrap_or_default();
            if has_living_writer(disk, folder, &bytes, modified) {
                return None;
            }
            false
        }
    };
    Some(OrphanJournal { file, path, modified, locked })
}

/// Returns whether a living process writes a journal, as far as that is known without locks.
fn has_living_writer(disk: &dyn Disk, folder: &Path, bytes: &[u8], modified: Option<SystemTime>) -> bool {
    let owner = Records::new(bytes).filter_map(|record| match record {
        Record::Owner(owner) => Some(owner),
        _ => None,
    });
    let Some(owner) = owner.last() else { return false };
    // A session of this process is not an orphan.
    if owner == JournalOwner::this_process() {
        return true;
    }
    owner.is_alive().unwrap_or_else(|| {
        // Only the clock of the file system itself can be compared with its times.
        let now = folder_clock(disk, folder).unwrap_or_else(SystemTime::now);
        modified.is_none_or(|modified| now.duration_since(modified).is_ok_and(|age| age < SILENT))
    })
}

/// Returns the time on the clock by which a folder's files are dated.
fn folder_clock(disk: &dyn Disk, folder: &Path) -> Option<SystemTime> {
    let probe = folder.join(format!("clock-{}.new", std::process::id()));
    let _ = disk.create_new(&probe).ok()?.append(b"\n");
    let now = disk.status(&probe).ok().and_then(|about| about.modified);
    let _ = disk.remove(&probe);
    now
}

/// Gives a journal a name under which it is not found again, and returns that name.
pub(super) fn set_aside(disk: &dyn Disk, path: &Path) -> io::Result<PathBuf> {
    let mut names = (1u32..).map(|number| path.with_extension(format!("damaged-{number}")));
    let free = names.find(|name| disk.status(name).is_err()).unwrap_or_default();
    disk.rename(path, &free).map(|()| free)
}

/// Removes a file that never got its name because its process was killed before.
fn remove_unnamed(disk: &dyn Disk, path: PathBuf) {
    let ours =
        |file: &mut Box<dyn DiskFile>| matches!(file.try_lock(), TryLock::Acquired) && file.is_at(&path);
    if disk.open(&path).is_ok_and(|mut file| ours(&mut file)) {
        let _ = disk.remove(&path);
    }
}

fn read_header(file: &mut dyn DiskFile) -> Option<JournalHeader> {
    let bytes = file.read_start(HEAD).ok()?;
    match Records::new(&bytes).next()? {
        Record::Header(head) => Some(head),
        _ => None,
    }
}

/// Returns what the names of a draft's journals and versions begin with: the hash of its path through all
/// links.
pub fn file_stem(draft: Option<&Path>) -> String {
    let Some(draft) = draft else { return "new".into() };
    let whole = fs::canonicalize(draft).unwrap_or_else(|_| {
        let folder = draft.parent().filter(|folder| !folder.as_os_str().is_empty());
        let folder = fs::canonicalize(folder.unwrap_or(Path::new(".")));
        folder.map_or_else(|_| draft.into(), |folder| folder.join(draft.file_name().unwrap_or_default()))
    });
    format!("{:016x}", hash(whole.as_os_str().as_encoded_bytes()))
}

/// Returns the name of the `number`-th journal that this process gives a draft. No other process gives the
/// same.
pub(super) fn file_name(stem: &str, number: u32) -> String {
    let JournalOwner { host, pid, began } = JournalOwner::this_process();
    let owner = format!("{host} {pid} {}", began.unwrap_or_default());
    format!("{stem}-{:016x}-{number}{ENDING}", hash(owner.as_bytes()))
}
