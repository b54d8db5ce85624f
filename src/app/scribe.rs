//! The scribe: writes what is done to a draft into its journal, and never believes that the journal
//! says the same as the draft without looking.
//!
//! A journal is begun at the first change, or anew where a save went elsewhere or a disk was full for
//! a while; the undo history of the editor may reach back beyond its first record. So the scribe does
//! every step again, as a recovery would, and where that leads elsewhere writes down the difference.

use std::path::Path;

use crate::draft::Draft;
use crate::edit::{Deed, History};
use crate::form::Form;
use crate::merge;
use crate::store::StoreError;
use crate::store::journal::{Head, Journal, Recovered, Step, Waiting};

/// A journal with the draft and the history that a recovery would have from it.
pub struct Scribe {
    journal: Journal,
    draft: Draft,
    history: History,
}

impl Scribe {
    /// Begins a journal in this folder for a draft that is as `base`, which is the text in the head.
    pub fn begin(folder: &Path, head: &Head, base: &Draft) -> Result<Self, StoreError> {
        let journal = Journal::begin(folder, head)?;
        let mut history = History::new();
        if head.base.is_none() {
            history.mark_unsaved();
        }
        Ok(Scribe { journal, draft: base.clone(), history })
    }

    /// Goes on with a journal that was recovered.
    pub fn resume(waiting: Waiting, recovered: &Recovered) -> Result<Self, StoreError> {
        let journal = waiting.resume(recovered.used)?;
        Ok(Scribe { journal, draft: recovered.draft.clone(), history: recovered.history.clone() })
    }

    /// Writes down what was done and has led to `draft`.
    pub fn write(&mut self, deeds: Vec<Deed>, form: &Form, draft: &Draft) -> Result<(), StoreError> {
        for deed in deeds {
            if let Some(step) = self.again(deed) {
                self.journal.append(&step)?;
            }
        }
        if self.draft != *draft {
            let edit = merge::difference(form, &self.draft, draft);
            if !edit.is_empty() {
                self.journal.append(&Step::Run(edit.clone()))?;
                self.history.run(&mut self.draft, edit);
            }
        }
        self.history.take_deeds();
        Ok(())
    }

    /// Does a step again. None where the history does not reach so far back.
    fn again(&mut self, deed: Deed) -> Option<Step> {
        let draft = &mut self.draft;
        Some(match deed {
            Deed::Run(edit) => {
                self.history.run(draft, edit.clone());
                Step::Run(edit)
            }
            Deed::Typing(edit) => {
                self.history.run_typing(draft, edit.clone());
                Step::Typing(edit)
            }
            Deed::Seal => {
                self.history.seal();
                Step::Seal
            }
            Deed::Undo => {
                self.history.undo(draft)?;
                Step::Undo
            }
            Deed::Redo => {
                self.history.redo(draft)?;
                Step::Redo
            }
        })
    }

    /// The draft was saved, to a file with this hash and length.
    pub fn saved(&mut self, hash: u64, length: u64) -> Result<(), StoreError> {
        self.journal.append(&Step::Saved(hash, length))?;
        self.history.mark_saved();
        Ok(())
    }

    /// Waits until all is on the disk.
    pub fn sync(&mut self) -> Result<(), StoreError> {
        self.journal.sync()
    }

    /// Removes the journal: all that is in it is kept elsewhere, or given up.
    pub fn finish(self) {
        // One that cannot be removed is found at the next opening, and that nothing in it is new.
        let _ = self.journal.finish();
    }

    /// Where the journal is.
    pub fn path(&self) -> &Path {
        self.journal.path()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::draft::Value;
    use crate::edit::Edit;
    use crate::form::{FieldId, Library};
    use crate::store::{self, journal};

    /// A history that is older than the journal, as after a save under another name.
    #[test]
    fn what_is_undone_beyond_the_beginning_of_the_journal_is_recovered_as_it_was() {
        let library = Library::new();
        let folder = tempfile::tempdir().unwrap();
        let mut draft = Draft::new("示例局", 2025, &library);
        let form = draft.form(&library).unwrap();
        let mut history = History::new();
        let set = |draft: &Draft, number| {
            Edit::set(draft, &FieldId::new("requests.new.natural"), Value::Count(number))
        };
        for number in [1, 2] {
            let edit = set(&draft, number);
            history.run(&mut draft, edit);
        }
        history.take_deeds();
        let head = Head {
            draft: Some(folder.path().join("a.ron")),
            since: "now".into(),
            text: store::to_ron(&form, &draft),
            base: Some((1, 2)),
        };
        let mut scribe = Scribe::begin(folder.path(), &head, &draft).unwrap();
        let check = |scribe: &mut Scribe, history: &mut History, draft: &Draft| {
            scribe.write(history.take_deeds(), &form, draft).unwrap();
            let bytes = std::fs::read(scribe.path()).unwrap();
            let recovered = journal::replay("journal", &bytes, &library).unwrap();
            assert_eq!(recovered.draft, *draft);
        };
        for back in [true, true, false, true, false, false] {
            if back { history.undo(&mut draft) } else { history.redo(&mut draft) }.unwrap();
            check(&mut scribe, &mut history, &draft);
        }
        let edit = set(&draft, 3);
        history.run(&mut draft, edit);
        check(&mut scribe, &mut history, &draft);
        scribe.finish();
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0);
    }
}
