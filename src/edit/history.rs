//! Undo and redo without limit, and the mark of what is saved.

use super::{Change, Edit};
use crate::draft::Draft;

/// One thing that was done to a draft through its history, for the journal that can do it again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Deed {
    /// [`History::run`].
    Run(Edit),
    /// [`History::run_typing`].
    Typing(Edit),
    /// [`History::seal`], where typing was open.
    Seal,
    /// [`History::undo`], or typing that was given up.
    Undo,
    /// [`History::redo`].
    Redo,
}

/// The edits of one sitting, oldest first, and how many of them are in the draft now.
///
/// ```
/// use nianbao::{draft::{Draft, Value}, edit::{Edit, History}, form::{FieldId, Library}};
///
/// let library = Library::new();
/// let mut draft = Draft::new("示例市水务局", 2025, &library);
/// let form = draft.form(&library).expect("an official form");
/// let mut history = History::new();
/// let typed = Edit::typed(&form, &draft, &FieldId::new("requests.new.natural"), "１２");
/// history.run(&mut draft, typed);
/// assert_eq!(draft.get("requests.new.natural"), &Value::Count(12));
/// history.undo(&mut draft);
/// assert!(draft.get("requests.new.natural").is_blank());
/// ```
#[derive(Clone, Debug, Default)]
pub struct History {
    edits: Vec<Edit>,
    done: usize,
    /// How many edits were in the draft when it was last saved; none once that state is out of reach.
    saved: Option<usize>,
    open: bool,
    /// What was done since it was last asked for.
    deeds: Vec<Deed>,
}

impl History {
    /// A history of a draft that is as saved.
    pub fn new() -> Self {
        History { saved: Some(0), ..History::default() }
    }

    /// What was done since this was last asked, oldest first.
    pub fn take_deeds(&mut self) -> Vec<Deed> {
        std::mem::take(&mut self.deeds)
    }

    /// Applies an edit and remembers it. What had been undone is forgotten.
    pub fn run(&mut self, draft: &mut Draft, edit: Edit) {
        if !edit.is_empty() {
            self.deeds.push(Deed::Run(edit.clone()));
            self.put(draft, edit);
        }
    }

    fn put(&mut self, draft: &mut Draft, edit: Edit) {
        edit.apply(draft);
        self.edits.truncate(self.done);
        if self.saved.is_some_and(|saved| saved > self.done) {
            self.saved = None;
        }
        self.edits.push(edit);
        self.done += 1;
        self.open = false;
    }

    /// Applies a change of text that belongs to the typing before it: one undo takes back both,
    /// as long as the same field is typed into and [`History::seal`] was not called between.
    pub fn run_typing(&mut self, draft: &mut Draft, edit: Edit) {
        if edit.is_empty() {
            return;
        }
        self.deeds.push(Deed::Typing(edit.clone()));
        let joined = self.open
            && self.done == self.edits.len()
            && self.saved != Some(self.done)
            && match (self.edits.last_mut().map(|last| &mut last.changes[..]), &edit.changes[..]) {
                (Some([Change::Field { id, after, .. }]), [Change::Field { id: now, after: new, .. }])
                    if id == now =>
                {
                    *after = new.clone();
                    true
                }
                _ => false,
            };
        if joined {
            edit.apply(draft);
        } else {
            self.put(draft, edit);
        }
        self.open = true;
    }

    /// Ends the typing that is being joined: the next change is an undo step of its own. Typing
    /// that came back to what was there before leaves no step.
    pub fn seal(&mut self) {
        if self.open {
            self.deeds.push(Deed::Seal);
        }
        let idle = |change: &Change| matches!(change, Change::Field { before, after, .. } if before == after);
        if self.open
            && self.done == self.edits.len()
            && self.edits.last().is_some_and(|e| e.changes.iter().all(idle))
        {
            self.edits.pop();
            self.done -= 1;
        }
        self.open = false;
    }

    /// Takes back the typing that is being joined as if it had never been.
    pub fn abandon(&mut self, draft: &mut Draft) {
        if self.open
            && self.done == self.edits.len()
            && let Some(edit) = self.edits.pop()
        {
            edit.inverse().apply(draft);
            self.done -= 1;
            self.deeds.push(Deed::Undo);
        }
        self.open = false;
    }

    /// Takes back the last edit. Gives it back, for the cursor to go where it was.
    pub fn undo(&mut self, draft: &mut Draft) -> Option<&Edit> {
        self.open = false;
        let edit = self.done.checked_sub(1).and_then(|last| self.edits.get(last))?;
        edit.inverse().apply(draft);
        self.done -= 1;
        self.deeds.push(Deed::Undo);
        Some(edit)
    }

    /// Makes again the edit that was taken back last.
    pub fn redo(&mut self, draft: &mut Draft) -> Option<&Edit> {
        self.open = false;
        let edit = self.edits.get(self.done)?;
        edit.apply(draft);
        self.done += 1;
        self.deeds.push(Deed::Redo);
        Some(edit)
    }

    /// Marks the present state as the one on disk.
    pub fn mark_saved(&mut self) {
        self.saved = Some(self.done);
        self.open = false;
    }

    /// Marks the state on disk as one that no undo leads to.
    pub fn mark_unsaved(&mut self) {
        self.saved = None;
    }

    /// Whether the draft differs from the one on disk.
    pub fn is_modified(&self) -> bool {
        self.saved != Some(self.done)
    }

    /// Whether there is something to take back, and something to make again.
    pub fn reach(&self) -> (bool, bool) {
        (self.done > 0, self.done < self.edits.len())
    }
}
