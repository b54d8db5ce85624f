//! From the bytes of a journal to the draft as it was when they ended, with its undo history.

use std::sync::Arc;

use super::super::{Fault, Fingerprint, StoreError, load};
use super::record::{Head, Record, decode, edit, head};
use crate::draft::Draft;
use crate::edit::History;
use crate::form::{FieldId, Form, Library};

/// A cell that was being typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Which cell.
    pub field: FieldId,
    /// What was typed so far.
    pub text: String,
}

/// What a journal holds.
#[derive(Clone, Debug)]
pub struct Recovered {
    /// What the journal begins with.
    pub head: Head,
    /// The form of the draft.
    pub form: Arc<Form>,
    /// The draft as it was last saved: what a merge starts from.
    pub base: Draft,
    /// The draft as it was when the journal ended.
    pub draft: Draft,
    /// Its undo history, with the saved mark where it was.
    pub history: History,
    /// The cell that was being typed, if one was.
    pub entry: Option<Entry>,
    /// Hash and length of the draft's file after the last save, or at the start; none for no file.
    pub on_disk: Option<(u64, u64)>,
    /// How many bytes of the journal were used.
    pub used: usize,
}

impl Recovered {
    /// Whether the draft's file is still as it was last saved, so that the recovered draft simply
    /// goes on from it. Where not, it is for a merge: base [`Recovered::base`], ours
    /// [`Recovered::draft`], theirs the file.
    pub fn fits(&self, file: Option<&Fingerprint>) -> bool {
        self.on_disk == file.map(|file| (file.hash, file.length))
    }

    /// Whether there is nothing in it that the file does not have.
    pub fn is_empty(&self) -> bool {
        self.entry.is_none() && self.base == self.draft
    }
}

/// Replays a journal. `file` is its name, for the words of a refusal.
///
/// # Errors
/// It does not begin as a journal does, or the draft in it cannot be read.
pub fn replay(file: &str, bytes: &[u8], library: &Library) -> Result<Recovered, StoreError> {
    let (records, used) = decode(bytes);
    let mut records = records.into_iter();
    let Some(head) = records.next().as_ref().and_then(head) else {
        let words = "恢复记录的开头已损坏，或是别的版本写的，无法使用".into();
        return Err(StoreError { file: file.into(), at: None, fault: Fault::Content, words });
    };
    let loaded = load::parse(file, head.text.as_bytes(), library)?;
    let mut history = History::new();
    if head.base.is_none() {
        history.mark_unsaved();
    }
    let mut found = Recovered {
        on_disk: head.base,
        head,
        form: loaded.form,
        base: loaded.draft.clone(),
        draft: loaded.draft,
        history,
        entry: None,
        used,
    };
    for record in records {
        // A record that does not fit the draft cannot be from its history, nor can those after it.
        if found.step(record).is_none() {
            break;
        }
    }
    found.form = found.draft.form(library).unwrap_or(found.form);
    Ok(found)
}

impl Recovered {
    fn step(&mut self, record: Record) -> Option<()> {
        match record {
            Record::Head { .. } => return None,
            Record::Run(puts) => {
                let edit = edit(&puts, &self.draft)?;
                self.history.run(&mut self.draft, edit);
            }
            Record::Typing(puts) => {
                let edit = edit(&puts, &self.draft)?;
                self.history.run_typing(&mut self.draft, edit);
            }
            Record::Seal => self.history.seal(),
            Record::Undo => {
                self.history.undo(&mut self.draft)?;
            }
            Record::Redo => {
                self.history.redo(&mut self.draft)?;
            }
            Record::Saved(hash, length) => {
                self.history.mark_saved();
                self.base = self.draft.clone();
                self.on_disk = Some((hash, length));
            }
            Record::Entry(field, text) => {
                self.entry = Some(Entry { field: FieldId::new(&field), text: text.into_owned() });
            }
            Record::EntryDone => self.entry = None,
        }
        Some(())
    }
}
