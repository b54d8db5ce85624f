//! Whatever was written down comes back, with the undo history; damage costs only what it touched.

mod bytes;
mod files;
mod growth;
mod histories;
mod leftovers;
mod replay;

use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::*;
use crate::draft::Draft;
use crate::edit::{Edit, History};
use crate::form::{FieldId, Form, Library};
use crate::store::Fingerprint;
use crate::store::disk::Disk;

/// A draft that is typed into, every key of it written down, on a disk of any kind.
struct TestSession {
    disk: Arc<dyn Disk>,
    form: Arc<Form>,
    draft: Draft,
    history: History,
    session: SavedState,
    journal: JournalWriter,
}

impl TestSession {
    /// Begins to write down a draft that is in this file.
    fn new(disk: Arc<dyn Disk>, folder: &Path, path: Option<&Path>, file: Option<&Fingerprint>) -> Self {
        let library = Library::new();
        let draft = Draft::new("示例市某局", 2024, &library);
        let form = draft.form(&library).expect("an official form");
        let session = SavedState {
            path: path.map(Path::to_path_buf),
            since: "2026-01-20 09:30".into(),
            saved: (form.clone(), draft.clone()),
            on_disk: file.map(|file| (file.hash, file.length)),
        };
        let history = History::new();
        let now = (&*form, &draft, &history);
        let journal = JournalWriter::begin(&disk, &library, folder, &session, now).expect("a journal");
        TestSession { disk, form, draft, history, session, journal }
    }

    /// Writes down what was done since the last time, as one key.
    fn record(&mut self) {
        let events = self.history.drain_events();
        if !events.is_empty() {
            let now = (&*self.form, &self.draft, &self.history);
            self.journal.record(events, &self.session, now).expect("a record");
        }
    }

    /// Changes a field as typing over it does.
    fn set(&mut self, id: &str, text: &str) {
        let edit = self.typed(id, text);
        self.history.apply(&mut self.draft, edit);
        self.record();
    }

    /// Changes a field as typing into it does: it joins the typing before.
    fn type_on(&mut self, id: &str, text: &str) {
        let edit = self.typed(id, text);
        self.history.apply_grouped(&mut self.draft, edit);
        self.record();
    }

    fn typed(&self, id: &str, text: &str) -> Edit {
        Edit::from_typed(&self.form, &self.draft, &FieldId::new(id), text)
    }

    /// The draft was saved, and its file is now so.
    fn save(&mut self, file: &Fingerprint) {
        self.history.mark_saved();
        self.session.saved = (self.form.clone(), self.draft.clone());
        self.session.on_disk = Some((file.hash, file.length));
        self.journal.saved(&self.session, (&self.form, &self.draft, &self.history)).expect("a checkpoint");
    }

    /// Returns what a later session would read.
    fn bytes(&self) -> Vec<u8> {
        self.disk.read(self.journal.path(), u64::MAX - 1).expect("the journal").0
    }

    /// Kills the process: the journal stays.
    fn kill(self) -> PathBuf {
        self.journal.path().to_path_buf()
    }
}

/// Returns what these bytes of a journal hold.
fn read(bytes: &[u8]) -> Recovery {
    recover("x.journal", bytes, &Library::new()).expect("a journal")
}
