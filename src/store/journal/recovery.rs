//! From the bytes of a journal to the draft as it was when they ended, with its undo history.

use std::sync::Arc;

use super::super::{Fault, Fingerprint, StoreError, load};
use super::header::JournalHeader;
use super::record::{Checkpoint, Record, RecordedEvent, Records};
use crate::draft::Draft;
use crate::edit::History;
use crate::form::{Form, Library};

/// What a journal holds.
#[derive(Clone, Debug)]
pub struct Recovery {
    /// What the journal begins with.
    pub header: JournalHeader,
    /// The form of the draft.
    pub form: Arc<Form>,
    /// The draft as it was last saved, with its form: what a merge starts from.
    pub saved: (Arc<Form>, Draft),
    /// The draft as it was when the journal ended.
    pub draft: Draft,
    /// Its undo history, with the saved mark where it was.
    pub history: History,
    /// Hash and length of the draft's file after the last save, or at the start; `None` for no file.
    pub on_disk: Option<(u64, u64)>,
    /// How many steps were done since the session began.
    pub steps: u64,
    /// How many bytes of the journal were read.
    pub bytes_read: usize,
    /// How many bytes at its end could not be read.
    pub damaged_bytes: usize,
}

impl Recovery {
    /// Returns whether the draft's file is still as it was last saved, so that the recovered draft simply
    /// goes on from it. If not, it has to be merged: base [`Recovery::saved`], ours [`Recovery::draft`],
    /// theirs the file.
    pub fn fits(&self, file: Option<&Fingerprint>) -> bool {
        self.on_disk == file.map(|file| (file.hash, file.length))
    }

    /// Returns whether it holds nothing that was not saved.
    pub fn is_saved(&self) -> bool {
        self.saved.1 == self.draft
    }
}

/// Replays a journal. `file` is its name, for the sentence of an error.
///
/// # Errors
/// Returns [`Fault::Newer`] for a journal of another version, [`Fault::Content`] for one whose checkpoint
/// is damaged, and the errors of [`load::parse`], since the form of the draft may not be available.
pub fn recover(file: &str, bytes: &[u8], library: &Library) -> Result<Recovery, StoreError> {
    let fail =
        |fault, message: &str| StoreError { file: file.into(), at: None, fault, message: message.into() };
    let damaged = || fail(Fault::Content, "恢复记录的开头已损坏，无法读取");
    let mut records = Records::new(bytes);
    let Some(Record::Header(head)) = records.next() else { return Err(damaged()) };
    if !head.is_supported() {
        return Err(fail(Fault::Newer, "恢复记录是其他版本的程序写的，这一版读不了，请用那一版打开草稿"));
    }
    let checkpoint = records.by_ref().find_map(|record| match record {
        Record::Checkpoint(checkpoint) => Some(checkpoint),
        _ => None,
    });
    let mut recovery = from_checkpoint(file, head, *checkpoint.ok_or_else(damaged)?, library)?;
    recovery.bytes_read = records.bytes_read;
    while let Some(record) = records.next() {
        if recovery.replay(record).is_none() {
            // It cannot be from this draft's history, nor can those after it; what one key did is done whole
            // or not at all.
            let before = recover(file, bytes.get(..recovery.bytes_read).unwrap_or_default(), library)?;
            return Ok(Recovery { damaged_bytes: bytes.len() - before.bytes_read, ..before });
        }
        recovery.bytes_read = records.bytes_read;
    }
    recovery.damaged_bytes = bytes.len() - recovery.bytes_read;
    recovery.form = recovery.draft.form(library).unwrap_or(recovery.form);
    recovery.history.drain_events();
    Ok(recovery)
}

/// Restores the draft of a checkpoint.
fn from_checkpoint(
    file: &str,
    head: JournalHeader,
    at: Checkpoint,
    library: &Library,
) -> Result<Recovery, StoreError> {
    let saved = load::parse(file, at.saved.as_bytes(), library)?;
    let mut loaded = match &at.draft {
        Some(text) => load::parse(file, text.as_bytes(), library)?,
        None => saved.clone(),
    };
    if at.rest.is_some_and(|rest| rest.apply(&mut loaded.draft).is_none()) {
        let message = "恢复记录的内容前后不一致，无法读取".into();
        return Err(StoreError { file: file.into(), at: None, fault: Fault::Content, message });
    }
    Ok(Recovery {
        on_disk: head.on_disk,
        header: head,
        form: loaded.form,
        saved: (saved.form, saved.draft),
        history: at.history.restored(&loaded.draft, at.grouping),
        draft: loaded.draft,
        steps: at.steps,
        bytes_read: 0,
        damaged_bytes: 0,
    })
}

impl Recovery {
    /// Does what a record says. Returns `None`, perhaps halfway, if it does not fit the draft.
    fn replay(&mut self, record: Record) -> Option<()> {
        match record {
            Record::Header(_) | Record::Checkpoint(_) => return None,
            Record::Owner(_) => {}
            Record::Steps(steps) => {
                for step in steps {
                    self.replay_event(step)?;
                }
                self.steps += 1;
            }
            Record::Saved(hash, length) => {
                self.history.mark_saved();
                self.saved = (self.form.clone(), self.draft.clone());
                self.on_disk = Some((hash, length));
            }
        }
        Some(())
    }

    fn replay_event(&mut self, step: RecordedEvent) -> Option<()> {
        let (draft, history) = (&mut self.draft, &mut self.history);
        match step {
            RecordedEvent::Apply(delta) => history.apply_delta(draft, delta, false)?,
            RecordedEvent::ApplyGrouped(delta) => history.apply_delta(draft, delta, true)?,
            RecordedEvent::CloseGroup => history.close_group(),
            RecordedEvent::CancelGroup => history.cancel_group(draft),
            RecordedEvent::Undo => drop(history.undo(draft)?),
            RecordedEvent::Redo => drop(history.redo(draft)?),
        }
        Some(())
    }
}
