//! What protects the work on the open draft: its journal, its lock, and the fingerprint of its file.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant, SystemTime};

use crate::draft::Draft;
use crate::edit::{History, HistoryEvent};
use crate::form::{Form, Library};
use crate::store::disk::SystemDisk;
use crate::store::journal::{
    HEARTBEAT, JournalQuery, Leftover, OrphanJournal, Recovery, SavedState, SessionJournal, next_leftover,
};
use crate::store::lock::{Lock, LockResult, acquire};
use crate::store::{self, AppDirs, FileChange, Fingerprint, StoreError, absolute_path, backups};

/// How long after a change the journal is flushed to disk at the latest.
const SYNCED_WITHIN: Duration = Duration::from_secs(1);
/// How often the file is checked for changes by others, at most.
const POLL_EVERY: Duration = Duration::from_secs(1);

/// Why the lock of a draft was not acquired.
pub enum LockError {
    /// This user, on this machine, has the draft open.
    HeldBy(String),
    /// Files cannot be locked here, with a message for the clerk.
    Unsupported(String),
}

/// The session of one draft, from opening to closing it.
#[derive(Default)]
pub struct DraftGuard {
    dirs: Option<AppDirs>,
    journal: Option<SessionJournal>,
    known: Option<Fingerprint>,
    lock: Option<Lock>,
    /// Journals that the clerk will decide about another time.
    postponed: Vec<OrphanJournal>,
    /// Since when there have been changes that are not flushed to disk.
    unsynced: Option<Instant>,
    /// When the last heartbeat of a journal without a lock was written.
    last_heartbeat: Option<Instant>,
    /// When the file was last checked for changes by others.
    checked: Option<Instant>,
    /// Whether it was reported that the file has several names.
    links_reported: bool,
    /// How many comments somebody else wrote into the file, until that is reported.
    comments: usize,
    /// Whether the clerk saves to the file although it is marked as read-only.
    ignores_read_only: bool,
    /// Whether the content of the file was backed up before the first save that replaces it.
    is_backed_up: bool,
}

impl DraftGuard {
    /// Creates a session without a draft.
    pub fn new(dirs: Option<AppDirs>) -> Self {
        DraftGuard { dirs, ..DraftGuard::default() }
    }

    /// Begins the session of a draft that is new, or was read from its file with the fingerprint `known`.
    /// `since` is the time now, as it is shown to others.
    pub fn begin(
        &mut self,
        path: Option<&Path>,
        saved: (Arc<Form>, Draft),
        known: Option<Fingerprint>,
        (since, library): (&str, &Library),
    ) {
        let on_disk = known.as_ref().map(|known| (known.hash, known.length));
        let state = SavedState { path: path.map(absolute_path), since: since.into(), saved, on_disk };
        let dirs = self.dirs.take();
        let folder = dirs.as_ref().map(AppDirs::journals);
        let journal = SessionJournal::new(Arc::new(SystemDisk), library.clone(), folder, state);
        *self = DraftGuard {
            dirs,
            journal: Some(journal),
            known,
            checked: Some(Instant::now()),
            ..DraftGuard::default()
        };
    }

    fn path(&self) -> Option<&Path> {
        self.journal.as_ref().and_then(|journal| journal.saved_state().path.as_deref())
    }

    /// Acquires the lock of the draft.
    ///
    /// # Errors
    /// Returns an error if somebody else holds it, or files cannot be locked here.
    pub fn lock(&mut self, since: &str) -> Result<(), LockError> {
        let Some(path) = self.path() else { return Ok(()) };
        match acquire(path, since) {
            LockResult::Acquired(lock) => {
                self.lock = Some(lock);
                Ok(())
            }
            LockResult::Held(owner) => {
                Err(LockError::HeldBy(owner.map_or("已在别处打开".into(), |owner| owner.sentence(since))))
            }
            LockResult::Unsupported(message, lock) => {
                self.lock = lock;
                Err(LockError::Unsupported(message))
            }
        }
    }

    /// Returns the next thing that an earlier session left of the draft in this file, whether that is open
    /// or gone. With `None` it is one of a draft that was never saved, or whose file is gone.
    pub fn next_leftover(&mut self, path: Option<&Path>, library: &Library) -> Option<Leftover> {
        let folder = self.dirs.as_ref()?.journals();
        let path = path.map(absolute_path);
        let open = path.as_deref().filter(|path| self.is_own(path)).and(self.journal.as_ref());
        let saved = open.map(|journal| &journal.saved_state().saved.1);
        let wanted = match &path {
            Some(path) => JournalQuery::ForDraft(path, open.and(self.known.as_ref())),
            None => JournalQuery::Homeless,
        };
        let absorbed = self.journal.iter().flat_map(SessionJournal::known_paths);
        let known: Vec<&Path> = absorbed.chain(self.postponed.iter().map(|orphan| &*orphan.path)).collect();
        next_leftover(&SystemDisk, library, &folder, wanted, saved, &known)
    }

    /// Leaves a journal for the next session, because the clerk will decide another time. No other session
    /// can have it until then.
    pub fn postpone(&mut self, orphan: OrphanJournal) {
        self.postponed.push(orphan);
    }

    /// Removes a journal that the clerk does not want.
    ///
    /// A damaged one is kept, under the name that is returned.
    pub fn set_aside(&mut self, orphan: OrphanJournal, recovery: &Recovery) -> Option<PathBuf> {
        if recovery.damaged_bytes > 0 {
            return orphan.set_aside(&SystemDisk).ok();
        }
        // If it cannot be removed, it is found again when the draft is next opened.
        let _ = orphan.discard(&SystemDisk);
        None
    }

    /// Returns `true` if nothing has been changed in the open draft since it was read.
    pub fn is_fresh(&self) -> bool {
        self.journal.as_ref().is_some_and(SessionJournal::is_fresh)
    }

    /// Continues the journal of an earlier session, which has led to the draft `now`.
    pub fn adopt(&mut self, orphan: OrphanJournal, recovery: &Recovery, now: (&Form, &Draft, &History)) {
        if let Some(journal) = &mut self.journal {
            journal.adopt(orphan, recovery, now);
        }
    }

    /// Records that the changes of a journal were merged into the open draft: the journal is removed once
    /// that is saved.
    pub fn absorb(&mut self, orphan: OrphanJournal, recovery: &Recovery) {
        if let Some(journal) = &mut self.journal {
            journal.absorb(orphan, recovery);
        }
    }

    /// Compares the draft with its file as it is now, no longer with what an earlier session knew of it.
    pub fn rebase(&mut self, saved: (Arc<Form>, Draft)) {
        if let (Some(journal), Some(known)) = (&mut self.journal, &self.known) {
            journal.rebase(saved, Some((known.hash, known.length)));
        }
    }

    /// Records the changes of one key press, which have led to the draft `now`.
    pub fn record(&mut self, events: Vec<HistoryEvent>, now: (&Form, &Draft, &History)) {
        if let Some(journal) = &mut self.journal {
            journal.record(events, now);
            self.unsynced.get_or_insert_with(Instant::now);
        }
    }

    /// Returns why changes are not recorded at present, or `None` if they are.
    pub fn fault(&self) -> Option<&StoreError> {
        self.journal.as_ref().and_then(SessionJournal::fault)
    }

    /// Flushes the journal to disk if that is due or `at_once` is `true`, and writes its heartbeat if due.
    pub fn sync(&mut self, at_once: bool) {
        let Some(journal) = &mut self.journal else { return };
        if self.unsynced.is_some_and(|since| at_once || since.elapsed() >= SYNCED_WITHIN) {
            self.unsynced = None;
            journal.sync();
        }
        if journal.needs_heartbeat() {
            let last = self.last_heartbeat.get_or_insert_with(Instant::now);
            if last.elapsed() >= HEARTBEAT {
                *last = Instant::now();
                journal.heartbeat();
            }
        }
    }

    /// Returns how long until the journal has to be flushed, or its next heartbeat is due.
    pub fn due(&self) -> Option<Duration> {
        let left = |since: Instant, limit: Duration| {
            limit.saturating_sub(since.elapsed()).max(Duration::from_millis(1))
        };
        let sync = self.unsynced.map(|since| left(since, SYNCED_WITHIN));
        let needs = self.journal.as_ref().is_some_and(SessionJournal::needs_heartbeat);
        let heartbeat = self.last_heartbeat.filter(|_| needs).map(|last| left(last, HEARTBEAT));
        sync.into_iter().chain(heartbeat).min()
    }

    /// Returns the draft as it was when the file was last read, and as somebody else has saved it since;
    /// `None` if nobody has. With `thorough` the file is read in any case, as it must be before it is
    /// overwritten; otherwise it is checked at most once a second.
    ///
    /// # Errors
    /// Returns an error if the file cannot be read.
    pub fn theirs(
        &mut self,
        library: &Library,
        thorough: bool,
    ) -> Result<Option<(Draft, Draft)>, StoreError> {
        let Some(path) = self.path().map(Path::to_path_buf) else { return Ok(None) };
        let (Some(journal), Some(known)) = (&mut self.journal, &mut self.known) else { return Ok(None) };
        if !thorough && self.checked.is_some_and(|at| at.elapsed() < POLL_EVERY) {
            return Ok(None);
        }
        self.checked = Some(Instant::now());
        let change = if thorough {
            store::detect_change_by_content(&path, known)
        } else {
            store::detect_change(&path, known)
        }?;
        let FileChange::Changed { bytes, now } = change else { return Ok(None) };
        let loaded = store::parse(&path.display().to_string(), &bytes, library)?;
        *known = now;
        // Their file is backed up before it is overwritten: a draft cannot hold their comments.
        self.is_backed_up = false;
        self.comments = loaded.comment_count;
        let (_, base) = journal.rebase((loaded.form, loaded.draft.clone()), Some((now.hash, now.length)));
        Ok(Some((base, loaded.draft)))
    }

    /// Returns the fingerprint of the file when it was last read or saved.
    pub fn known(&self) -> Option<&Fingerprint> {
        self.known.as_ref()
    }

    /// Returns `true` if this is the file of the open draft.
    pub fn is_own(&self, path: &Path) -> bool {
        self.path() == Some(absolute_path(path).as_path())
    }

    /// Returns the number of comments that somebody else wrote into the file and a save would lose, if
    /// there are any that were not yet reported.
    pub fn comments(&mut self) -> Option<usize> {
        Some(std::mem::take(&mut self.comments)).filter(|count| *count > 0)
    }

    /// Returns the number of the file's hard links, if there are several and that was not yet reported.
    pub fn hard_links(&mut self, path: &Path) -> Option<u64> {
        let names = store::atomic::hard_link_count(path);
        (names > 1 && !std::mem::replace(&mut self.links_reported, true)).then_some(names)
    }

    /// Returns `true` if the clerk has said once to save to a file that is marked as read-only.
    pub fn ignores_read_only(&self) -> bool {
        self.ignores_read_only
    }

    /// Records that the clerk saves to a file although it is marked as read-only.
    pub fn ignore_read_only(&mut self, is_said: bool) {
        self.ignores_read_only |= is_said;
    }

    /// Backs up the file before the first save of the session replaces it, or before a save replaces
    /// another file.
    pub fn backup_before_first_save(&mut self, path: &Path) {
        let first = !std::mem::replace(&mut self.is_backed_up, true);
        if (first || !self.is_own(path))
            && let Ok(bytes) = store::read_file(path, store::LARGEST)
        {
            self.write_backup(path, &bytes);
        }
    }

    fn write_backup(&self, path: &Path, bytes: &[u8]) {
        if let Some(dirs) = &self.dirs {
            // The save must not fail because of its backup.
            let _ = backups::save_backup(&dirs.backups(), &absolute_path(path), bytes, SystemTime::now());
        }
    }

    /// Records that the draft was saved, and keeps a backup. If it was saved under another name, the session
    /// continues with that file, its lock and its journal.
    pub fn saved(
        &mut self,
        path: &Path,
        saved: &store::Saved,
        since: &str,
        (form, draft, history): (&Arc<Form>, &Draft, &History),
    ) {
        self.write_backup(path, saved.text.as_bytes());
        let moved = !self.is_own(path);
        let Fingerprint { hash, length, .. } = saved.fingerprint;
        self.known = Some(saved.fingerprint);
        if let Some(journal) = &mut self.journal {
            let state = SavedState {
                path: Some(absolute_path(path)),
                since: since.into(),
                saved: (form.clone(), draft.clone()),
                on_disk: Some((hash, length)),
            };
            journal.on_saved(state, (form, draft, history));
        }
        if moved {
            self.unlock();
            let _ = self.lock(since);
        }
        self.checked = Some(Instant::now());
    }

    /// Closes the draft: its journal is removed and its lock released.
    pub fn close(&mut self) {
        if let Some(journal) = self.journal.take() {
            journal.close();
        }
        self.unlock();
        (self.unsynced, self.known) = (None, None);
    }

    fn unlock(&mut self) {
        if let Some(lock) = self.lock.take() {
            lock.release();
        }
    }

    /// Returns the file of the journal, to be reported if the program crashes.
    pub fn journal_path(&self) -> Option<&Path> {
        self.journal.as_ref().and_then(SessionJournal::path)
    }
}
