//! What keeps a sitting's work: its journal, its lock, and knowing what the file was.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant, SystemTime};

use super::scribe::Scribe;
use crate::draft::Draft;
use crate::edit::Deed;
use crate::form::{Form, Library};
use crate::store::journal::{Head, Recovered, Waiting, replay, unnamed, waiting};
use crate::store::lock::{Claim, Lock, claim};
use crate::store::{self, Change, Fingerprint, Places, StoreError, backups};

/// A journal is on the disk at the latest so long after a change.
const SYNCED_WITHIN: Duration = Duration::from_secs(1);
/// The file is looked at, at a key, at most once in this time.
const LOOK_EVERY: Duration = Duration::from_secs(1);

/// The safety of the draft on the desk.
#[derive(Default)]
pub struct Safety {
    places: Option<Places>,
    path: Option<PathBuf>,
    /// The draft as it was read or saved last, with its form.
    base: Option<(Arc<Form>, Draft)>,
    known: Option<Fingerprint>,
    scribe: Option<Scribe>,
    lock: Option<Lock>,
    /// Since when there are changes that are not on the disk.
    unsynced: Option<Instant>,
    looked: Option<Instant>,
    /// Whether it was told that nothing can be recorded, or that the file has several names.
    told: (bool, bool),
    /// The comments that somebody else wrote into the file, until that is told.
    comments: usize,
    /// What the file held is kept as a version before the first save that replaces it.
    kept: bool,
}

/// What an earlier sitting left.
pub struct Left {
    /// Its journal.
    pub waiting: Waiting,
    /// What was in it.
    pub recovered: Recovered,
}

impl Safety {
    /// Nothing on the desk yet.
    pub fn new(places: Option<Places>) -> Self {
        Safety { places, ..Safety::default() }
    }

    /// A draft goes on the desk: from its file as that was read, or new.
    pub fn begin(
        &mut self,
        path: Option<&Path>,
        form: &Arc<Form>,
        draft: &Draft,
        known: Option<Fingerprint>,
    ) {
        let path = path.map(absolute);
        let base = Some((form.clone(), draft.clone()));
        let (places, looked) = (self.places.take(), Some(Instant::now()));
        *self = Safety { places, path, base, known, looked, ..Safety::default() };
    }

    /// Asks for the draft's lock; who has it, or why there is none, in words.
    pub fn claim(&mut self, since: &str) -> Result<(), Result<String, String>> {
        let Some(path) = &self.path else { return Ok(()) };
        match claim(path, since) {
            Claim::Ours(lock) => {
                self.lock = Some(lock);
                Ok(())
            }
            Claim::Taken(owner) => Err(Ok(owner.map_or("不知道是谁".into(), |owner| owner.to_string()))),
            Claim::Unlocked(words) => Err(Err(words)),
        }
    }

    /// What an earlier sitting left of this draft, or of one that was never saved. Journals with
    /// nothing new in them are cleared away.
    pub fn left(&self, path: Option<&Path>, library: &Library) -> Option<Left> {
        let folder = self.places.as_ref()?.journals();
        let all = path.map_or_else(|| unnamed(&folder), |path| waiting(&folder, &absolute(path)));
        for mut waiting in all {
            let name = waiting.path.display().to_string();
            let Ok(bytes) = waiting.read() else { continue };
            let Ok(recovered) = replay(&name, &bytes, library) else { continue };
            // The kill may have come between the save and the record of it.
            let saved = path.is_some()
                && recovered.entry.is_none()
                && self.base.as_ref().is_some_and(|(_, file)| *file == recovered.draft);
            if recovered.is_empty() || saved {
                // Nothing in it is new; that it stays costs nothing.
                let _ = waiting.discard();
                continue;
            }
            return Some(Left { waiting, recovered });
        }
        None
    }

    /// Goes on with the journal that was recovered.
    pub fn resume(&mut self, waiting: Waiting, recovered: &Recovered) -> Result<(), StoreError> {
        self.base = Some((recovered.form.clone(), recovered.base.clone()));
        self.scribe = Some(Scribe::resume(waiting, recovered)?);
        Ok(())
    }

    /// Writes down what was done and has led to `draft`. Words for the clerk, once, where that is not
    /// possible.
    pub fn record(&mut self, deeds: Vec<Deed>, form: &Form, draft: &Draft, since: &str) -> Option<String> {
        let result = self.write(deeds, form, draft, since);
        self.unsynced.get_or_insert_with(Instant::now);
        let Err(error) = result else {
            self.told.0 = false;
            return None;
        };
        let first = !std::mem::replace(&mut self.told.0, true);
        first.then(|| format!("改动没有记进恢复日志，请常按 Ctrl+S 保存：{error}"))
    }

    fn write(&mut self, deeds: Vec<Deed>, form: &Form, draft: &Draft, since: &str) -> Result<(), StoreError> {
        if let Some(scribe) = &mut self.scribe
            && scribe.write(deeds, form, draft).is_ok()
        {
            return Ok(());
        }
        // No journal yet, or one with a gap, which is kept until a new one has all.
        let (Some(places), Some((form_before, base))) = (&self.places, &self.base) else { return Ok(()) };
        let known = self.known.as_ref().map(|known| (known.hash, known.length));
        let text = store::to_ron(form_before, base);
        let head = Head { draft: self.path.clone(), since: since.into(), text, base: known };
        let mut scribe = Scribe::begin(&places.journals(), &head, base)?;
        match scribe.write(Vec::new(), form, draft) {
            Ok(()) => {
                let _ = self.scribe.replace(scribe).map(Scribe::finish);
                Ok(())
            }
            Err(error) => {
                scribe.finish();
                Err(error)
            }
        }
    }

    /// Puts the journal on the disk where that is due, or in any case. That a disk refuses is told
    /// when it matters: at the next record, or the save.
    pub fn sync(&mut self, at_once: bool) {
        if self.unsynced.is_some_and(|since| at_once || since.elapsed() >= SYNCED_WITHIN) {
            self.unsynced = None;
            if let Some(scribe) = &mut self.scribe {
                let _ = scribe.sync();
            }
        }
    }

    /// How long until the journal has to be on the disk, if it is not.
    pub fn due(&self) -> Option<Duration> {
        self.unsynced.map(|since| SYNCED_WITHIN.saturating_sub(since.elapsed()).max(Duration::from_millis(1)))
    }

    /// The draft as somebody else has saved it since we last read it, and as it was then. `thorough`
    /// reads the file in any case: before it is overwritten.
    pub fn theirs(
        &mut self,
        library: &Library,
        thorough: bool,
    ) -> Result<Option<(Draft, Draft)>, StoreError> {
        let (Some(path), Some(known)) = (&self.path, &mut self.known) else { return Ok(None) };
        if !thorough && self.looked.is_some_and(|at| at.elapsed() < LOOK_EVERY) {
            return Ok(None);
        }
        self.looked = Some(Instant::now());
        let change = if thorough { store::look_inside(path, known) } else { store::look(path, known) }?;
        let Change::Changed { bytes, now } = change else { return Ok(None) };
        let loaded = store::parse(&path.display().to_string(), &bytes, library)?;
        *known = now;
        // What they wrote is kept as a version before it is written over: remarks have no place in a draft.
        self.kept = false;
        self.comments = loaded.comments;
        let base = self.base.replace((loaded.form, loaded.draft.clone())).map(|(_, base)| base);
        Ok(base.map(|base| (base, loaded.draft)))
    }

    /// What the file was when it was last read or saved.
    pub fn known(&self) -> Option<&Fingerprint> {
        self.known.as_ref()
    }

    /// Whether this file is the one on the desk.
    pub fn is_own(&self, path: &Path) -> bool {
        self.path.as_deref() == Some(absolute(path).as_path())
    }

    /// The number of comments that somebody else wrote into the file and a save would lose, once.
    pub fn comments(&mut self) -> Option<usize> {
        Some(std::mem::take(&mut self.comments)).filter(|count| *count > 0)
    }

    /// The number of the file's names, where there are several and it was not yet told.
    pub fn links(&mut self, path: &Path) -> Option<u64> {
        let names = store::atomic::links(path);
        (names > 1 && !std::mem::replace(&mut self.told.1, true)).then_some(names)
    }

    /// Keeps what is in the file now, before the first save of the sitting replaces it, or one that
    /// replaces another file.
    pub fn keep_old(&mut self, path: &Path) {
        let first = !std::mem::replace(&mut self.kept, true);
        if (first || !self.is_own(path))
            && let Ok(bytes) = std::fs::read(path)
        {
            self.keep(path, &bytes);
        }
    }

    fn keep(&self, path: &Path, bytes: &[u8]) {
        if let Some(places) = &self.places {
            // A version more in the drawer; the save itself does not hang on it.
            let _ = backups::keep(&places.backups(), &absolute(path), bytes, SystemTime::now());
        }
    }

    /// The draft was saved: the journal says so, and a version is kept. Under another name the draft
    /// goes on there, with a lock and a journal of its own.
    pub fn saved(
        &mut self,
        path: &Path,
        (form, draft): (&Arc<Form>, &Draft),
        saved: &store::Saved,
        since: &str,
    ) {
        self.keep(path, saved.text.as_bytes());
        if !self.is_own(path) {
            self.close();
            self.path = Some(absolute(path));
            let _ = self.claim(since);
        }
        let Fingerprint { hash, length, .. } = saved.fingerprint;
        self.known = Some(saved.fingerprint);
        self.base = Some((form.clone(), draft.clone()));
        if self.scribe.as_mut().is_some_and(|scribe| scribe.saved(hash, length).is_err()) {
            // It has a gap, and the file has all that is in it.
            let _ = self.scribe.take().map(Scribe::finish);
        }
        self.looked = Some(Instant::now());
    }

    /// The draft was left on purpose: journal and lock go.
    pub fn close(&mut self) {
        if let Some(scribe) = self.scribe.take() {
            scribe.finish();
        }
        if let Some(lock) = self.lock.take() {
            lock.release();
        }
        self.unsynced = None;
    }

    /// Where the work is, to be told when the program ends badly.
    pub fn journal(&self) -> Option<&Path> {
        self.scribe.as_ref().map(Scribe::path)
    }
}

fn absolute(path: &Path) -> PathBuf {
    std::path::absolute(path).unwrap_or_else(|_| path.into())
}
