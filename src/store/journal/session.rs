//! The journal of one session: begun at the first change, taken over from a session before it, and
//! removed only when everything in it is saved or given up.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::super::disk::Disk;
use super::super::{Fault, StoreError};
use super::orphan::OrphanJournal;
use super::recovery::Recovery;
use super::writer::{JournalWriter, SavedState};
use crate::draft::Draft;
use crate::edit::{History, HistoryEvent};
use crate::form::{Form, Library};

/// The journal of the draft that is open, and those of earlier sessions that it deals with.
#[derive(Debug)]
pub struct SessionJournal {
    disk: Arc<dyn Disk>,
    library: Library,
    /// Where journals are; `None` for a user without a home.
    folder: Option<PathBuf>,
    saved_state: SavedState,
    writer: Option<JournalWriter>,
    /// Journals whose changes were taken into this draft, and whether they are damaged: they go once it is
    /// saved.
    absorbed: Vec<(OrphanJournal, bool)>,
    /// Whether the log starts from another saved draft than the session.
    rebased: bool,
    /// Why changes are not recorded now, if they are not.
    fault: Option<StoreError>,
}

impl SessionJournal {
    /// Creates the journal of a draft that was just opened or begun; nothing is written before it changes.
    pub fn new(disk: Arc<dyn Disk>, library: Library, folder: Option<PathBuf>, session: SavedState) -> Self {
        SessionJournal {
            disk,
            library,
            folder,
            saved_state: session,
            writer: None,
            absorbed: Vec::new(),
            rebased: false,
            fault: None,
        }
    }

    /// Returns the draft as it was last saved or opened.
    pub fn saved_state(&self) -> &SavedState {
        &self.saved_state
    }

    /// Somebody else has saved the draft, and that was read: from now on changes are measured by it.
    /// Returns what they were measured by before.
    pub fn rebase(&mut self, saved: (Arc<Form>, Draft), on_disk: Option<(u64, u64)>) -> (Arc<Form>, Draft) {
        self.rebased = true;
        self.saved_state.on_disk = on_disk;
        std::mem::replace(&mut self.saved_state.saved, saved)
    }

    /// Returns whether there is nothing in the draft yet that was not in its file.
    pub fn is_fresh(&self) -> bool {
        self.writer.is_none()
    }

    /// Goes on with what an earlier session left: this draft is now as `now`, and its file was as the
    /// earlier session knew it.
    pub fn adopt(&mut self, orphan: OrphanJournal, recovery: &Recovery, now: (&Form, &Draft, &History)) {
        self.saved_state.saved = recovery.saved.clone();
        self.saved_state.on_disk = recovery.on_disk;
        let mut writer = JournalWriter::resume(&self.disk, &self.library, orphan, recovery);
        self.fault = writer.checkpoint(&self.saved_state, now).err();
        if let Some(own) = self.writer.replace(writer)
            && self.fault.is_none()
        {
            // What was typed here before is part of what is now in the draft.
            let _ = own.finish();
        }
    }

    /// Returns the journals that this session deals with already.
    pub fn known_paths(&self) -> impl Iterator<Item = &Path> {
        let absorbed = self.absorbed.iter().map(|(orphan, _)| &*orphan.path);
        absorbed.chain(self.writer.as_ref().map(JournalWriter::path))
    }

    /// The changes of a journal were taken into this draft: it is removed once that is saved, or set aside
    /// where it is damaged.
    pub fn absorb(&mut self, orphan: OrphanJournal, recovery: &Recovery) {
        self.absorbed.push((orphan, recovery.damaged_bytes > 0));
    }

    /// Lets go of the journals that were taken in: all that could be read of them is saved, or given up.
    fn release_absorbed(&mut self) {
        for (orphan, damaged) in self.absorbed.drain(..) {
            // One that cannot be removed is found at the next opening.
            let _ =
                if damaged { orphan.set_aside(&*self.disk).map(drop) } else { orphan.discard(&*self.disk) };
        }
    }

    /// Writes down what one key did and has led to the draft as it is now.
    pub fn record(&mut self, events: Vec<HistoryEvent>, now: (&Form, &Draft, &History)) {
        let result = match (&mut self.writer, &self.folder) {
            (Some(writer), _) if self.rebased => writer.checkpoint(&self.saved_state, now),
            (Some(writer), _) => writer.record(events, &self.saved_state, now),
            (None, Some(folder)) => {
                JournalWriter::begin(&self.disk, &self.library, folder, &self.saved_state, now)
                    .map(|writer| self.writer = Some(writer))
            }
            (None, None) => {
                let message = "不知道您的主目录在哪里（环境变量 HOME 没有设置）";
                Err(StoreError::new(Path::new("恢复记录"), Fault::Missing, message))
            }
        };
        self.rebased &= result.is_err();
        self.fault = result.err();
    }

    /// The draft was saved as `session` says: what is in a journal is in a file now.
    pub fn on_saved(&mut self, session: SavedState, now: (&Form, &Draft, &History)) {
        let moved = self.saved_state.path != session.path;
        (self.saved_state, self.rebased) = (session, false);
        self.release_absorbed();
        if moved && let Some(writer) = self.writer.take() {
            let _ = writer.finish();
        }
        if let Some(mut writer) = self.writer.take() {
            self.fault = writer.saved(&self.saved_state, now).err();
            if writer.is_broken() {
                // It is older than the file by now, and cannot be made to say so.
                let _ = writer.finish();
            } else {
                self.writer = Some(writer);
            }
        }
    }

    /// Waits until all that was recorded is on the disk.
    pub fn sync(&mut self) {
        if let Some(Err(error)) = self.writer.as_mut().map(JournalWriter::sync) {
            self.fault.get_or_insert(error);
        }
    }

    /// Returns whether the journal has to show signs of life: there is one, and no locks.
    pub fn needs_heartbeat(&self) -> bool {
        self.writer.as_ref().is_some_and(|writer| !writer.has_lock())
    }

    /// Shows that this session lives.
    pub fn heartbeat(&mut self) {
        if let Some(writer) = &mut self.writer {
            writer.heartbeat();
        }
    }

    /// Returns why changes are not recorded now, if they are not.
    pub fn fault(&self) -> Option<&StoreError> {
        self.fault.as_ref()
    }

    /// Returns where the journal is, if there is one.
    pub fn path(&self) -> Option<&Path> {
        self.writer.as_ref().map(JournalWriter::path)
    }

    /// The clerk has left the draft: everything is saved, or given up.
    pub fn close(mut self) {
        self.release_absorbed();
        if let Some(writer) = self.writer {
            let _ = writer.finish();
        }
    }
}
