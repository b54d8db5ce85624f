//! Undo and redo, and the mark of what is saved.

use std::collections::VecDeque;

use serde::{Deserialize, Serialize};

use super::{Delta, Edit};
use crate::draft::Draft;

/// How many bytes of edits are kept; beyond it the oldest are forgotten. An hour of typing is far less.
const MOST_BYTES: usize = 2 * 1024 * 1024;

/// How many edits are kept at most: they are replayed when a journal is recovered.
const MOST_STEPS: usize = 20_000;

/// How many of the last edits are kept, however large they are.
const ALWAYS_KEPT: usize = 20;

/// One thing that was done to a draft through its history, for the journal that can do it again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum HistoryEvent {
    /// [`History::apply`].
    Apply(Delta),
    /// [`History::apply_grouped`]: the change of this key alone.
    ApplyGrouped(Delta),
    /// [`History::close_group`], if a group was open.
    CloseGroup,
    /// [`History::cancel_group`], if a group was open.
    CancelGroup(Delta),
    /// [`History::undo`].
    Undo(Delta),
    /// [`History::redo`].
    Redo(Delta),
}

/// The edits of one session, oldest first, and how many of them are in the draft now.
///
/// ```
/// use nianbao::{draft::{Draft, Value}, edit::{Edit, History}, form::{FieldId, Library}};
///
/// let library = Library::new();
/// let mut draft = Draft::new("示例市水务局", 2025, &library);
/// let form = draft.form(&library).expect("an official form");
/// let mut history = History::new();
/// let typed = Edit::from_typed(&form, &draft, &FieldId::new("requests.new.natural"), "１２");
/// history.apply(&mut draft, typed);
/// assert_eq!(draft.get("requests.new.natural"), &Value::Count(12));
/// history.undo(&mut draft);
/// assert!(draft.get("requests.new.natural").is_blank());
/// ```
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct History {
    steps: VecDeque<Delta>,
    done: usize,
    /// How many steps were in the draft when it was last saved; `None` once that state is out of reach.
    saved: Option<usize>,
    /// The edit that typing is being joined to: the last step, as it began and as it is now.
    #[serde(skip)]
    group: Option<Edit>,
    /// What was done since it was last asked for.
    #[serde(skip)]
    events: Vec<HistoryEvent>,
    /// About how many bytes the steps keep.
    #[serde(skip)]
    bytes: usize,
}

impl PartialEq for History {
    /// Whether undo and redo lead through the same steps and the same state is saved.
    fn eq(&self, other: &Self) -> bool {
        (&self.steps, self.done, self.saved) == (&other.steps, other.done, other.saved)
    }
}

impl History {
    /// A history of a draft that is as saved.
    pub fn new() -> Self {
        History { saved: Some(0), ..History::default() }
    }

    /// What was done since this was last asked, oldest first.
    pub fn drain_events(&mut self) -> Vec<HistoryEvent> {
        std::mem::take(&mut self.events)
    }

    /// Applies an edit and remembers it. What had been undone is forgotten.
    pub fn apply(&mut self, draft: &mut Draft, edit: Edit) {
        if !edit.is_empty() {
            edit.apply(draft);
            let delta = Delta::new(edit);
            self.events.push(HistoryEvent::Apply(delta.clone()));
            self.push(delta);
        }
    }

    /// Applies a change of text that belongs to the typing before it: one undo takes back both,
    /// as long as the same field is typed into and [`History::close_group`] was not called between.
    pub fn apply_grouped(&mut self, draft: &mut Draft, edit: Edit) {
        if edit.is_empty() {
            return;
        }
        edit.apply(draft);
        self.events.push(HistoryEvent::ApplyGrouped(Delta::new(edit.clone())));
        self.join(edit);
    }

    /// Does again what an [`HistoryEvent::Apply`] or, where `grouped`, an [`HistoryEvent::ApplyGrouped`]
    /// tells of; it makes no event. Returns `None`, with nothing done, if it does not fit the draft.
    pub fn apply_delta(&mut self, draft: &mut Draft, delta: Delta, grouped: bool) -> Option<()> {
        let edit = delta.apply(draft)?;
        if grouped {
            self.join(edit);
        } else {
            self.push(delta);
        }
        Some(())
    }

    /// Ends the typing that is being joined: the next change is an undo step of its own. Typing
    /// that came back to what was there before leaves no step.
    pub fn close_group(&mut self) {
        if self.group.take().is_some() {
            self.events.push(HistoryEvent::CloseGroup);
            if self.steps.back().is_some_and(Delta::is_noop) {
                self.pop();
            }
        }
    }

    /// Takes back the typing that is being joined as if it had never been.
    pub fn cancel_group(&mut self, draft: &mut Draft) {
        if self.group.take().is_some()
            && let Some(delta) = self.steps.back().cloned()
        {
            delta.revert(draft);
            self.events.push(HistoryEvent::CancelGroup(delta));
            self.pop();
        }
    }

    /// Takes back the last edit, and returns it. Returns `None` if there is nothing to take back.
    pub fn undo(&mut self, draft: &mut Draft) -> Option<Edit> {
        let delta = self.done.checked_sub(1).and_then(|last| self.steps.get(last))?;
        let edit = delta.revert(draft)?;
        self.events.push(HistoryEvent::Undo(delta.clone()));
        self.group = None;
        self.done -= 1;
        Some(edit)
    }

    /// Makes the edit that was undone last again, and returns it.
    pub fn redo(&mut self, draft: &mut Draft) -> Option<Edit> {
        // Where there is nothing to make again, typing goes on as it was: the journal is not told of it.
        let delta = self.steps.get(self.done)?;
        let edit = delta.apply(draft)?;
        self.events.push(HistoryEvent::Redo(delta.clone()));
        self.group = None;
        self.done += 1;
        Some(edit)
    }

    /// Marks the present state as the one on disk.
    pub fn mark_saved(&mut self) {
        self.saved = Some(self.done);
        self.group = None;
    }

    /// Marks the state on disk as one that no undo leads to.
    pub fn mark_unsaved(&mut self) {
        self.saved = None;
    }

    /// Whether the draft differs from the one on disk.
    pub fn is_modified(&self) -> bool {
        self.saved != Some(self.done)
    }

    /// How many steps can be undone, and how many made again.
    pub fn depth(&self) -> (usize, usize) {
        (self.done, self.steps.len().saturating_sub(self.done))
    }

    /// Whether the next [`History::apply_grouped`] may join the last step.
    pub fn is_grouping(&self) -> bool {
        self.group.is_some()
    }

    /// A history as it was read from a file: makes sense of it whatever it says, and opens the group again
    /// that its last step was. `draft` is the draft that it belongs to.
    pub fn restored(mut self, draft: &Draft, grouping: bool) -> Self {
        self.done = self.done.min(self.steps.len());
        self.bytes = self.steps.iter().map(Delta::size).sum();
        if grouping && self.done == self.steps.len() {
            self.group = self.steps.back().and_then(|last| last.revert(&mut draft.clone()));
        }
        self
    }

    /// Joins an edit that was applied to the group, or begins one with it.
    fn join(&mut self, edit: Edit) {
        let joined = match (self.group.take(), self.saved == Some(self.done)) {
            (Some(group), false) => group.joined(&edit),
            _ => None,
        };
        if joined.is_some() {
            self.pop();
        }
        let group = joined.unwrap_or(edit);
        self.push(Delta::new(group.clone()));
        self.group = Some(group);
    }

    fn push(&mut self, delta: Delta) {
        while self.steps.len() > self.done {
            self.pop_back();
        }
        if self.saved.is_some_and(|saved| saved > self.done) {
            self.saved = None;
        }
        self.bytes += delta.size();
        self.steps.push_back(delta);
        self.done += 1;
        self.group = None;
        while self.steps.len() > ALWAYS_KEPT && (self.bytes > MOST_BYTES || self.steps.len() > MOST_STEPS) {
            self.forget_oldest();
        }
    }

    /// Takes the last step out, which is in the draft.
    fn pop(&mut self) {
        self.pop_back();
        self.done = self.steps.len();
    }

    fn pop_back(&mut self) {
        if let Some(delta) = self.steps.pop_back() {
            self.bytes = self.bytes.saturating_sub(delta.size());
        }
    }

    fn forget_oldest(&mut self) {
        if let Some(delta) = self.steps.pop_front() {
            self.bytes = self.bytes.saturating_sub(delta.size());
            self.done -= 1;
            self.saved = self.saved.and_then(|saved| saved.checked_sub(1));
        }
    }
}
