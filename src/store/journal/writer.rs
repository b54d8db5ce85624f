//! Writing a journal.

use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use super::super::disk::{Disk, DiskFile, TryLock, sync_folder};
use super::super::{Fault, StoreError, load, to_ron};
use super::header::{JournalHeader, JournalOwner};
use super::orphan::{OrphanJournal, file_name, file_stem, set_aside};
use super::record::{Checkpoint, Record, RecordedEvent};
use super::recovery::Recovery;
use crate::draft::Draft;
use crate::edit::{Delta, Edit, History, HistoryEvent};
use crate::form::{Form, Library};
use crate::merge;

/// A log grows by this many bytes, and by a quarter of its checkpoint, before a new checkpoint is made.
const LOG: u64 = 128 * 1024;

/// How often a journal without a lock shows that its process lives.
pub const HEARTBEAT: Duration = Duration::from_secs(30);

/// The draft that a journal is for, as it was last saved or opened.
#[derive(Clone, Debug)]
pub struct SavedState {
    /// The draft's file from the root; `None` for one that was never saved.
    pub path: Option<PathBuf>,
    /// When the session began, `2026-01-20 09:30`.
    pub since: String,
    /// The draft as it is in the file, with its form.
    pub saved: (Arc<Form>, Draft),
    /// Hash and length of the file, or `None` if there is none.
    pub on_disk: Option<(u64, u64)>,
}

/// A journal that is being written.
#[derive(Debug)]
pub struct JournalWriter {
    disk: Arc<dyn Disk>,
    library: Library,
    file: Box<dyn DiskFile>,
    path: PathBuf,
    /// Whether the file's lock is held: where there are no locks, the file has to show signs of life.
    locked: bool,
    /// How many bytes are whole records, and how many of them are the checkpoint's.
    length: u64,
    checkpoint: u64,
    /// The log's length at which a new checkpoint was last tried in vain.
    failed_at: u64,
    /// The draft to which the records lead.
    draft: Draft,
    steps: u64,
    /// Whether its folder has not been flushed since the file got its name.
    folder_unsynced: bool,
    /// Whether the file is a damaged one, which must not be replaced or removed.
    damaged: bool,
    /// Why nothing can be added to this log any more.
    broken: Option<StoreError>,
}

impl JournalWriter {
    /// Begins a journal in `folder` for a draft as its first step has left it.
    ///
    /// # Errors
    /// Returns an error if the system refuses. Nothing is left behind; the clerk has to know that nothing
    /// is recorded.
    pub fn begin(
        disk: &Arc<dyn Disk>,
        library: &Library,
        folder: &Path,
        session: &SavedState,
        now: (&Form, &Draft, &History),
    ) -> Result<Self, StoreError> {
        let failed = |path: &Path, error: io::Error| write_error(path, &error);
        disk.make_folder(folder).map_err(|error| failed(folder, error))?;
        let path = free_name(&**disk, folder, &file_stem(session.path.as_deref()))?;
        let bytes = checkpoint_bytes(session, now, 1, library)?;
        let (file, locked) = write_beside(&**disk, &path, &bytes, false)?;
        Ok(JournalWriter {
            disk: disk.clone(),
            library: library.clone(),
            file,
            path,
            locked,
            length: bytes.len() as u64,
            checkpoint: bytes.len() as u64,
            failed_at: 0,
            draft: now.1.clone(),
            steps: 1,
            folder_unsynced: true,
            damaged: false,
            broken: None,
        })
    }

    /// Takes over a journal that was recovered. It is left as it is until [`JournalWriter::checkpoint`] or
    /// the next record has put a checkpoint in its place: an earlier process may have learned that what it
    /// wrote could not be flushed, and no later flush would say so again.
    pub fn resume(
        disk: &Arc<dyn Disk>,
        library: &Library,
        orphan: OrphanJournal,
        recovery: &Recovery,
    ) -> Self {
        let OrphanJournal { file, path, locked, .. } = orphan;
        JournalWriter {
            disk: disk.clone(),
            library: library.clone(),
            file,
            broken: Some(StoreError::new(&path, Fault::Content, "恢复记录还没有接上")),
            path,
            locked,
            length: recovery.bytes_read as u64,
            checkpoint: 0,
            failed_at: 0,
            draft: recovery.draft.clone(),
            steps: recovery.steps,
            folder_unsynced: true,
            damaged: recovery.damaged_bytes > 0,
        }
    }

    /// Puts a new checkpoint in the place of the log, once it is on the disk. If that fails, the log stays
    /// and is used on, unless something is missing in it.
    ///
    /// # Errors
    /// Returns an error in the same cases as [`JournalWriter::record`].
    pub fn checkpoint(
        &mut self,
        session: &SavedState,
        now: (&Form, &Draft, &History),
    ) -> Result<(), StoreError> {
        let leads_here = self.broken.is_none() && self.draft == *now.1;
        let result = self.replace_log(session, now);
        if let (Err(error), false) = (&result, leads_here) {
            self.broken.get_or_insert_with(|| error.clone());
        }
        result
    }

    /// Writes down what one key did and has led to the draft as it is now, without waiting for the disk.
    /// It survives the end of the process at once, and that of the machine after [`JournalWriter::sync`].
    ///
    /// # Errors
    /// Returns an error if the system refuses. The journal keeps what it had; the next call tries to write
    /// all that is missing as a new checkpoint.
    pub fn record(
        &mut self,
        events: Vec<HistoryEvent>,
        session: &SavedState,
        now: (&Form, &Draft, &History),
    ) -> Result<(), StoreError> {
        self.steps += 1;
        if self.broken.is_some() {
            return self.checkpoint(session, now);
        }
        for event in &events {
            apply_event(&mut self.draft, event);
        }
        if self.draft != *now.1 {
            // The draft was changed behind the history's back: only a checkpoint can say how.
            return self.checkpoint(session, now);
        }
        let steps: Vec<RecordedEvent> = events.into_iter().map(RecordedEvent::from).collect();
        self.append(&Record::Steps(steps)).or_else(|_| self.checkpoint(session, now))?;
        if self.length - self.checkpoint.max(self.failed_at) > LOG + self.checkpoint / 4 {
            self.failed_at = self.length;
            // The log is still whole; it will be tried again when it has grown.
            let _ = self.checkpoint(session, now);
        }
        Ok(())
    }

    /// The draft was saved as `session` says, and is in its file: a new checkpoint starts from there.
    ///
    /// # Errors
    /// Returns an error in the same cases as [`JournalWriter::record`].
    pub fn saved(&mut self, session: &SavedState, now: (&Form, &Draft, &History)) -> Result<(), StoreError> {
        if let (None, Some((hash, length))) = (&self.broken, session.on_disk) {
            // If the checkpoint cannot be written, the log says it all the same.
            self.append(&Record::Saved(hash, length)).ok();
        }
        self.checkpoint(session, now)
    }

    /// Returns whether nothing can be added to the log any more.
    pub fn is_broken(&self) -> bool {
        self.broken.is_some()
    }

    /// Waits until all that was written is on the disk.
    ///
    /// # Errors
    /// Returns an error if the system refuses. What was written may be lost then, so the next record begins
    /// anew.
    pub fn sync(&mut self) -> Result<(), StoreError> {
        if let Some(error) = &self.broken {
            return Err(error.clone());
        }
        let result = match self.file.is_at(&self.path) {
            true => self.file.sync().map_err(|error| write_error(&self.path, &error)),
            false => Err(StoreError::system(&self.path, "写恢复记录", &io::ErrorKind::NotFound.into())),
        };
        if let Err(error) = result {
            self.broken = Some(error.clone());
            return Err(error);
        }
        if self.folder_unsynced {
            let folder = self.path.parent().unwrap_or(Path::new(""));
            if let Err(error) = sync_folder(&*self.disk, folder) {
                let error = write_error(&self.path, &error);
                self.broken = Some(error.clone());
                return Err(error);
            }
            self.folder_unsynced = false;
        }
        Ok(())
    }

    /// Returns whether the file's lock is held. Without it, the journal has to show signs of life.
    pub fn has_lock(&self) -> bool {
        self.locked
    }

    /// Shows that the process lives.
    pub fn heartbeat(&mut self) {
        if self.broken.is_none() {
            let _ = self.append(&Record::Owner(JournalOwner::this_process()));
        }
    }

    /// Returns its path.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Returns its length in bytes.
    pub fn length(&self) -> u64 {
        self.length
    }

    /// Removes it: everything in it is in a saved file, or the clerk has given it up. A damaged one that was
    /// not yet replaced is set aside.
    ///
    /// # Errors
    /// Returns an error if the system refuses; the next opening will find it.
    pub fn finish(self) -> Result<(), StoreError> {
        let done = match self.damaged {
            true => set_aside(&*self.disk, &self.path).map(drop),
            false => self.disk.remove(&self.path),
        };
        done.map_err(|error| write_error(&self.path, &error))
    }

    fn append(&mut self, record: &Record) -> Result<(), StoreError> {
        let line = record.to_line();
        match self.file.append(&line) {
            Ok(()) => {
                self.length += line.len() as u64;
                Ok(())
            }
            Err(error) => {
                // Half a record would be taken for damage.
                let _ = self.file.truncate(self.length);
                let error = write_error(&self.path, &error);
                self.broken = Some(error.clone());
                Err(error)
            }
        }
    }

    fn replace_log(
        &mut self,
        session: &SavedState,
        now: (&Form, &Draft, &History),
    ) -> Result<(), StoreError> {
        let bytes = checkpoint_bytes(session, now, self.steps, &self.library)?;
        let folder = self.path.parent().unwrap_or(Path::new("")).to_path_buf();
        let stem = file_stem(session.path.as_deref());
        // The draft may go by another name since it was recovered, or somebody may have taken this one.
        let is_ours = self.file.is_at(&self.path);
        let may_keep_name = self.disk.replaces_open_files() && has_stem(&self.path, &stem);
        let keeps_name = is_ours && !self.damaged && may_keep_name;
        let path = if keeps_name { self.path.clone() } else { free_name(&*self.disk, &folder, &stem)? };
        self.disk.make_folder(&folder).map_err(|error| write_error(&folder, &error))?;
        let (file, locked) = write_beside(&*self.disk, &path, &bytes, true)?;
        // Else a loss of power could bring the old log back, which is older than the file by now.
        let named = sync_folder(&*self.disk, &folder);
        if !keeps_name && is_ours && named.is_ok() {
            // All of it is in the new one; the old one must not come back when the power goes.
            let _ = if self.damaged {
                set_aside(&*self.disk, &self.path).map(drop)
            } else {
                self.disk.remove(&self.path)
            };
            let _ = sync_folder(&*self.disk, &folder);
        }
        (self.file, self.path, self.locked) = (file, path, locked);
        self.length = bytes.len() as u64;
        (self.checkpoint, self.failed_at) = (self.length, 0);
        self.draft = now.1.clone();
        (self.folder_unsynced, self.damaged, self.broken) = (named.is_err(), false, None);
        Ok(())
    }
}

/// Applies an event to a draft. If it does not fit, the drafts will differ.
fn apply_event(draft: &mut Draft, event: &HistoryEvent) {
    match event {
        HistoryEvent::Apply(delta) | HistoryEvent::ApplyGrouped(delta) | HistoryEvent::Redo(delta) => {
            delta.apply(draft);
        }
        HistoryEvent::Undo(delta) | HistoryEvent::CancelGroup(delta) => {
            delta.revert(draft);
        }
        HistoryEvent::CloseGroup => {}
    }
}

/// Returns the bytes with which a journal begins.
fn checkpoint_bytes(
    session: &SavedState,
    (form, draft, history): (&Form, &Draft, &History),
    steps: u64,
    library: &Library,
) -> Result<Vec<u8>, StoreError> {
    let saved = to_ron(&session.saved.0, &session.saved.1);
    let text = Some(to_ron(form, draft)).filter(|text| *text != saved);
    // A draft file does not hold everything that a draft can be while it is being written.
    let read = load::parse("恢复记录", text.as_ref().unwrap_or(&saved).as_bytes(), library)?;
    let rest: Edit = merge::edit_between(form, &read.draft, draft);
    let rest = (!rest.is_empty()).then(|| Delta::new(rest));
    let (history, grouping) = (history.clone(), history.is_grouping());
    let head = JournalHeader::new(session.path.as_deref(), &session.since, session.on_disk);
    let checkpoint = Checkpoint { saved, draft: text, rest, history, grouping, steps };
    let records = [
        Record::Header(head),
        Record::Owner(JournalOwner::this_process()),
        Record::Checkpoint(Box::new(checkpoint)),
    ];
    Ok(records.iter().flat_map(Record::to_line).collect())
}

/// Writes a file under a passing name, locks it, and gives it its name; `flushed` waits for the disk
/// before that. Returns the file and whether the lock is held.
fn write_beside(
    disk: &dyn Disk,
    path: &Path,
    bytes: &[u8],
    flushed: bool,
) -> Result<(Box<dyn DiskFile>, bool), StoreError> {
    let beside = path.with_extension(format!("{}.new", std::process::id()));
    // One that a killed process with our number left behind was never named, so nothing counts on it.
    let _ = disk.remove(&beside);
    let write = || {
        let mut file = disk.create_new(&beside)?;
        let locked = matches!(file.try_lock(), TryLock::Acquired);
        file.append(bytes)?;
        if flushed {
            file.sync()?;
        }
        disk.rename(&beside, path)?;
        Ok((file, locked))
    };
    write().map_err(|error| {
        let _ = disk.remove(&beside);
        write_error(path, &error)
    })
}

/// Returns a name in the folder that no journal has.
fn free_name(disk: &dyn Disk, folder: &Path, stem: &str) -> Result<PathBuf, StoreError> {
    let taken = disk.list(folder).map_err(|error| write_error(folder, &error))?;
    let free =
        (0u32..).map(|number| file_name(stem, number)).find(|name| !taken.iter().any(|one| **one == **name));
    Ok(folder.join(free.unwrap_or_default()))
}

fn has_stem(path: &Path, stem: &str) -> bool {
    path.file_name().and_then(|name| name.to_str()).is_some_and(|name| name.starts_with(stem))
}

fn write_error(path: &Path, error: &io::Error) -> StoreError {
    StoreError::system(path, "写恢复记录", error)
}
