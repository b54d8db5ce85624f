//! Journals in the state directory: one a draft, for its owner's eyes alone.

use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use super::super::fingerprint::hash;
use super::super::{StoreError, places};
use super::record::{Head, Step, encode, encode_head};

/// The most that is read of a journal: weeks of typing.
const LARGEST: u64 = 64 * 1024 * 1024;

/// A journal that is being written.
#[derive(Debug)]
pub struct Journal {
    file: File,
    path: PathBuf,
    /// How many bytes are whole records.
    length: u64,
    /// Whether its folder has not been flushed since it was made.
    new: bool,
    /// Why a step could not be written.
    gap: Option<StoreError>,
}

impl Journal {
    /// Begins a journal in `folder`, beside those that wait there for their drafts.
    ///
    /// # Errors
    /// What the system refused. Editing can go on; the clerk is told that nothing is recorded.
    pub fn begin(folder: &Path, head: &Head) -> Result<Self, StoreError> {
        places::make(folder)?;
        let stem = stem(head.draft.as_deref());
        let mut last = io::Error::from(io::ErrorKind::AlreadyExists);
        for number in 0..1000 {
            let path = folder.join(format!("{stem}-{number}.journal"));
            match create(&path) {
                Ok(file) => {
                    // Where there are no locks, the file is ours all the same: its name is new.
                    let _ = file.try_lock();
                    let mut journal = Journal { file, path, length: 0, new: true, gap: None };
                    return match journal.write(&encode_head(head)) {
                        Ok(()) => Ok(journal),
                        Err(error) => {
                            let _ = fs::remove_file(&journal.path);
                            Err(error)
                        }
                    };
                }
                Err(error) if error.kind() == io::ErrorKind::AlreadyExists => last = error,
                Err(error) => return Err(refused(&path, &error)),
            }
        }
        Err(refused(folder, &last))
    }

    /// Writes one step down, in one call of the system and without waiting for the disk. It survives
    /// the end of the process at once, and that of the machine after [`Journal::sync`].
    ///
    /// # Errors
    /// What the system refused. The journal keeps all steps before this one and takes no more: a step
    /// would be missing between. A new one is begun with the text of the last save and one
    /// [`Step::Run`] of all that differs from it.
    pub fn append(&mut self, step: &Step) -> Result<(), StoreError> {
        match &self.gap {
            Some(error) => Err(error.clone()),
            None => self.write(&encode(step)).inspect_err(|error| self.gap = Some(error.clone())),
        }
    }

    /// Waits until all that was appended is on the disk.
    ///
    /// # Errors
    /// What the system refused.
    pub fn sync(&mut self) -> Result<(), StoreError> {
        self.file.sync_data().map_err(|error| refused(&self.path, &error))?;
        if self.new {
            // Some file systems cannot flush a folder; the file itself has been.
            let _ = self.path.parent().map(|folder| File::open(folder).and_then(|f| f.sync_all()));
            self.new = false;
        }
        Ok(())
    }

    /// Where it is, to be told when the program ends badly.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// How long it is in bytes. After a save, a long one may as well be begun anew.
    pub fn length(&self) -> u64 {
        self.length
    }

    /// Removes it: everything in it is saved.
    ///
    /// # Errors
    /// What the system refused; the next opening will find that nothing in it is new.
    pub fn finish(self) -> Result<(), StoreError> {
        fs::remove_file(&self.path).map_err(|error| refused(&self.path, &error))
    }

    fn write(&mut self, bytes: &[u8]) -> Result<(), StoreError> {
        match self.file.write_all(bytes) {
            Ok(()) => {
                self.length += bytes.len() as u64;
                Ok(())
            }
            Err(error) => {
                // Half a record would hide all that come after it.
                let _ = self.file.set_len(self.length);
                let _ = self.file.seek(SeekFrom::Start(self.length));
                Err(refused(&self.path, &error))
            }
        }
    }
}

/// A journal that nobody writes: its program ended without finishing it.
#[derive(Debug)]
pub struct Waiting {
    file: File,
    /// Where it is.
    pub path: PathBuf,
    /// When it was last written.
    pub when: Option<SystemTime>,
}

impl Waiting {
    /// What it holds, for [`super::replay`].
    ///
    /// # Errors
    /// It cannot be read.
    pub fn read(&mut self) -> Result<Vec<u8>, StoreError> {
        let mut bytes = Vec::new();
        let failed = |error| refused(&self.path, &error);
        self.file.rewind().map_err(failed)?;
        (&self.file).take(LARGEST).read_to_end(&mut bytes).map_err(failed)?;
        Ok(bytes)
    }

    /// Goes on writing it after its first `used` bytes, as [`super::Recovered::used`] has them.
    ///
    /// # Errors
    /// What the system refused; it still waits then.
    pub fn resume(mut self, used: usize) -> Result<Journal, StoreError> {
        let length = used as u64;
        let cut = self.file.set_len(length).and_then(|()| self.file.seek(SeekFrom::Start(length)));
        cut.map_err(|error| refused(&self.path, &error))?;
        Ok(Journal { file: self.file, path: self.path, length, new: false, gap: None })
    }

    /// Removes it: the clerk does not want what is in it, or nothing in it is new.
    ///
    /// # Errors
    /// What the system refused.
    pub fn discard(self) -> Result<(), StoreError> {
        fs::remove_file(&self.path).map_err(|error| refused(&self.path, &error))
    }
}

/// The journals of a draft that wait to be recovered, the last written first.
pub fn waiting(folder: &Path, draft: &Path) -> Vec<Waiting> {
    all(folder, &stem(Some(draft)))
}

/// The journals of drafts that were never saved, the last written first.
pub fn unnamed(folder: &Path) -> Vec<Waiting> {
    all(folder, &stem(None))
}

fn all(folder: &Path, stem: &str) -> Vec<Waiting> {
    let Ok(entries) = fs::read_dir(folder) else { return Vec::new() };
    let mut found: Vec<_> = entries
        .flatten()
        .filter(|entry| entry.file_name().to_str().is_some_and(|name| is_named(name, stem)))
        .filter_map(|entry| open(entry.path()))
        .collect();
    found.sort_by_key(|waiting| std::cmp::Reverse(waiting.when));
    found
}

fn is_named(name: &str, stem: &str) -> bool {
    let number = name.strip_prefix(stem).and_then(|rest| rest.strip_prefix('-')?.strip_suffix(".journal"));
    number.is_some_and(|number| number.parse::<u32>().is_ok())
}

/// Opens a journal unless a living program writes it.
fn open(path: PathBuf) -> Option<Waiting> {
    let file = OpenOptions::new().read(true).write(true).open(&path).ok()?;
    if matches!(file.try_lock(), Err(TryLockError::WouldBlock)) {
        return None;
    }
    let about = file.metadata().ok().filter(fs::Metadata::is_file)?;
    Some(Waiting { file, path, when: about.modified().ok() })
}

fn create(path: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.read(true).write(true).create_new(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt;
        options.mode(0o600);
    }
    options.open(path)
}

/// What the names of a draft's journals begin with: the hash of its path through all links.
pub(in super::super) fn stem(draft: Option<&Path>) -> String {
    let Some(draft) = draft else { return "new".into() };
    let whole = fs::canonicalize(draft).unwrap_or_else(|_| {
        let folder = draft.parent().filter(|folder| !folder.as_os_str().is_empty());
        let folder = fs::canonicalize(folder.unwrap_or(Path::new(".")));
        folder.map_or_else(|_| draft.into(), |folder| folder.join(draft.file_name().unwrap_or_default()))
    });
    format!("{:016x}", hash(whole.as_os_str().as_encoded_bytes()))
}

fn refused(path: &Path, error: &io::Error) -> StoreError {
    StoreError::system(path, "写恢复记录", error)
}
