//! What keeps the open draft's work: its journal, its lock, and knowing what its file was.

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
use crate::store::{self, AppDirs, FileChange, Fingerprint, StoreError, backups};

/// A journal is on the disk at the latest so long after a change.
const SYNCED_WITHIN: Duration = Duration::from_secs(1);
/// The file is looked at, at a key, at most once in this time.
const POLL_EVERY: Duration = Duration::from_secs(1);

/// The session of one draft, from its opening to its leaving.
#[derive(Default)]
pub struct DraftSession {
    places: Option<AppDirs>,
    journal: Option<SessionJournal>,
    known: Option<Fingerprint>,
    lock: Option<Lock>,
    /// Journals about which the clerk has not decided.
    postponed: Vec<OrphanJournal>,
    /// Since when there are changes that are not on the disk.
    unsynced: Option<Instant>,
    /// When a journal without a lock was last written to.
    beaten: Option<Instant>,
    looked: Option<Instant>,
    /// Whether it was told that the file has several names.
    links_told: bool,
    /// The comments that somebody else wrote into the file, until that is told.
    comments: usize,
    /// What the file held is kept as a version before the first save that replaces it.
    kept: bool,
}

impl DraftSession {
    /// No draft yet.
    pub fn new(places: Option<AppDirs>) -> Self {
        DraftSession { places, ..DraftSession::default() }
    }

    /// A draft is opened, from its file as that was read, or new.
    pub fn begin(
        &mut self,
        path: Option<&Path>,
        saved: (Arc<Form>, Draft),
        known: Option<Fingerprint>,
        (since, library): (&str, &Library),
    ) {
        let on_disk = known.as_ref().map(|known| (known.hash, known.length));
        let session = SavedState { path: path.map(absolute), since: since.into(), saved, on_disk };
        let places = self.places.take();
        let folder = places.as_ref().map(AppDirs::journals);
        let journal = SessionJournal::new(Arc::new(SystemDisk), library.clone(), folder, session);
        *self = DraftSession {
            places,
            journal: Some(journal),
            known,
            looked: Some(Instant::now()),
            ..DraftSession::default()
        };
    }

    fn path(&self) -> Option<&Path> {
        self.journal.as_ref().and_then(|journal| journal.saved_state().path.as_deref())
    }

    /// Asks for the draft's lock; who has it, or why there is none, in words.
    pub fn lock(&mut self, since: &str) -> Result<(), Result<String, String>> {
        let Some(path) = self.path() else { return Ok(()) };
        match acquire(path, since) {
            LockResult::Acquired(lock) => {
                self.lock = Some(lock);
                Ok(())
            }
            LockResult::Held(owner) => Err(Ok(owner.map_or("不知道是谁".into(), |owner| owner.to_string()))),
            LockResult::Unsupported(words, lock) => {
                self.lock = lock;
                Err(Err(words))
            }
        }
    }

    /// The next thing that an earlier session left of the draft in this file, whether that is open or gone;
    /// without one, of a draft that was never saved or whose file is no longer there.
    pub fn next_leftover(&mut self, path: Option<&Path>, library: &Library) -> Option<Leftover> {
        let folder = self.places.as_ref()?.journals();
        let path = path.map(absolute);
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

    /// The clerk will decide another time: it waits for the next session, and is nobody else's until then.
    pub fn postpone(&mut self, orphan: OrphanJournal) {
        self.postponed.push(orphan);
    }

    /// The clerk does not want what is in a journal. What could not be read of it is kept all the same,
    /// under the name that is returned.
    pub fn set_aside(&mut self, orphan: OrphanJournal, recovery: &Recovery) -> Option<PathBuf> {
        if recovery.damaged_bytes > 0 {
            return orphan.set_aside(&SystemDisk).ok();
        }
        // One that cannot be removed is found at the next opening.
        let _ = orphan.discard(&SystemDisk);
        None
    }

    /// Whether the open draft holds nothing yet that was not in its file.
    pub fn is_fresh(&self) -> bool {
        self.journal.as_ref().is_some_and(SessionJournal::is_fresh)
    }

    /// Goes on with what an earlier session left: the draft is now as `now`.
    pub fn adopt(&mut self, orphan: OrphanJournal, recovery: &Recovery, now: (&Form, &Draft, &History)) {
        if let Some(journal) = &mut self.journal {
            journal.adopt(orphan, recovery, now);
        }
    }

    /// The changes of a journal were taken into the open draft: it is removed once that is saved.
    pub fn absorb(&mut self, orphan: OrphanJournal, recovery: &Recovery) {
        if let Some(journal) = &mut self.journal {
            journal.absorb(orphan, recovery);
        }
    }

    /// The draft is measured by its file as it is now, no longer by what an earlier session knew of it.
    pub fn rebase(&mut self, saved: (Arc<Form>, Draft)) {
        if let (Some(journal), Some(known)) = (&mut self.journal, &self.known) {
            journal.rebase(saved, Some((known.hash, known.length)));
        }
    }

    /// Writes down what one key did and has led to the draft as it is now.
    pub fn record(&mut self, events: Vec<HistoryEvent>, now: (&Form, &Draft, &History)) {
        if let Some(journal) = &mut self.journal {
            journal.record(events, now);
            self.unsynced.get_or_insert_with(Instant::now);
        }
    }

    /// Why changes are not recorded now, if they are not.
    pub fn fault(&self) -> Option<&StoreError> {
        self.journal.as_ref().and_then(SessionJournal::fault)
    }

    /// Puts the journal on the disk where that is due, or in any case.
    pub fn sync(&mut self, at_once: bool) {
        let Some(journal) = &mut self.journal else { return };
        if self.unsynced.is_some_and(|since| at_once || since.elapsed() >= SYNCED_WITHIN) {
            self.unsynced = None;
            journal.sync();
        }
        if journal.needs_heartbeat() {
            let beaten = self.beaten.get_or_insert_with(Instant::now);
            if beaten.elapsed() >= HEARTBEAT {
                *beaten = Instant::now();
                journal.heartbeat();
            }
        }
    }

    /// How long until the journal has to be on the disk, or to show that this session lives.
    pub fn due(&self) -> Option<Duration> {
        let left = |since: Instant, limit: Duration| {
            limit.saturating_sub(since.elapsed()).max(Duration::from_millis(1))
        };
        let sync = self.unsynced.map(|since| left(since, SYNCED_WITHIN));
        let needs = self.journal.as_ref().is_some_and(SessionJournal::needs_heartbeat);
        let beat = self.beaten.filter(|_| needs).map(|beaten| left(beaten, HEARTBEAT));
        sync.into_iter().chain(beat).min()
    }

    /// The draft as somebody else has saved it since we last read it, and as it was then. `thorough`
    /// reads the file in any case: before it is overwritten.
    pub fn theirs(
        &mut self,
        library: &Library,
        thorough: bool,
    ) -> Result<Option<(Draft, Draft)>, StoreError> {
        let Some(path) = self.path().map(Path::to_path_buf) else { return Ok(None) };
        let (Some(journal), Some(known)) = (&mut self.journal, &mut self.known) else { return Ok(None) };
        if !thorough && self.looked.is_some_and(|at| at.elapsed() < POLL_EVERY) {
            return Ok(None);
        }
        self.looked = Some(Instant::now());
        let change = if thorough {
            store::detect_change_by_content(&path, known)
        } else {
            store::detect_change(&path, known)
        }?;
        let FileChange::Changed { bytes, now } = change else { return Ok(None) };
        let loaded = store::parse(&path.display().to_string(), &bytes, library)?;
        *known = now;
        // What they wrote is kept as a version before it is written over: remarks have no place in a draft.
        self.kept = false;
        self.comments = loaded.comment_count;
        let (_, base) = journal.rebase((loaded.form, loaded.draft.clone()), Some((now.hash, now.length)));
        Ok(Some((base, loaded.draft)))
    }

    /// What the file was when it was last read or saved.
    pub fn known(&self) -> Option<&Fingerprint> {
        self.known.as_ref()
    }

    /// Whether this file is the one that is open.
    pub fn is_own(&self, path: &Path) -> bool {
        self.path() == Some(absolute(path).as_path())
    }

    /// The number of comments that somebody else wrote into the file and a save would lose, once.
    pub fn comments(&mut self) -> Option<usize> {
        Some(std::mem::take(&mut self.comments)).filter(|count| *count > 0)
    }

    /// The number of the file's names, where there are several and it was not yet told.
    pub fn hard_links(&mut self, path: &Path) -> Option<u64> {
        let names = store::atomic::hard_link_count(path);
        (names > 1 && !std::mem::replace(&mut self.links_told, true)).then_some(names)
    }

    /// Keeps what is in the file now, before the first save of the session replaces it, or one that
    /// replaces another file.
    pub fn backup_before_first_save(&mut self, path: &Path) {
        let first = !std::mem::replace(&mut self.kept, true);
        if (first || !self.is_own(path))
            && let Ok(bytes) = store::read_file(path, store::LARGEST)
        {
            self.write_backup(path, &bytes);
        }
    }

    fn write_backup(&self, path: &Path, bytes: &[u8]) {
        if let Some(places) = &self.places {
            // A version more in the drawer; the save itself does not hang on it.
            let _ = backups::save_backup(&places.backups(), &absolute(path), bytes, SystemTime::now());
        }
    }

    /// The draft was saved: the journal says so, and a version is kept. Under another name the draft
    /// goes on there, with a lock and a journal of its own.
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
            let session = SavedState {
                path: Some(absolute(path)),
                since: since.into(),
                saved: (form.clone(), draft.clone()),
                on_disk: Some((hash, length)),
            };
            journal.on_saved(session, (form, draft, history));
        }
        if moved {
            self.unlock();
            let _ = self.lock(since);
        }
        self.looked = Some(Instant::now());
    }

    /// The draft was left on purpose: journal and lock go.
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

    /// Where the work is, to be told when the program ends badly.
    pub fn journal_path(&self) -> Option<&Path> {
        self.journal.as_ref().and_then(SessionJournal::path)
    }
}

fn absolute(path: &Path) -> PathBuf {
    std::path::absolute(path).unwrap_or_else(|_| path.into())
}
