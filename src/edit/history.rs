//! Undo, redo, and which state is saved.

use std::collections::VecDeque;

use serde::{Deserialize, Serialize};

use super::{Delta, Edit};
use crate::draft::Draft;

/// The maximum size of all edits in bytes; beyond it the oldest are dropped. An hour of typing takes far
/// less.
const MOST_BYTES: usize = 2 * 1024 * 1024;

/// The maximum number of edits, since recovery replays them from the journal.
const MOST_STEPS: usize = 20_000;

/// The number of latest edits that are kept, whatever their size.
const ALWAYS_KEPT: usize = 20;

/// An operation on a draft's history, as the journal records and replays it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum HistoryEvent {
    /// [`History::apply`].
    Apply(Delta),
    /// [`History::apply_grouped`], with the change of this key alone.
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

/// The edits of one session, oldest first, and how many of them are applied.
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
    /// The number of applied steps in the saved state; `None` once that state cannot be reached any more.
    saved: Option<usize>,
    /// The open group that typing joins: the last step, from its start to its present state.
    #[serde(skip)]
    group: Option<Edit>,
    /// The events since [`History::drain_events`] was last called.
    #[serde(skip)]
    events: Vec<HistoryEvent>,
    /// The approximate size of the steps, in bytes.
    #[serde(skip)]
    bytes: usize,
}

impl PartialEq for History {
    /// Returns `true` if both undo and redo the same steps and have the same saved state.
    fn eq(&self, other: &Self) -> bool {
        (&self.steps, self.done, self.saved) == (&other.steps, other.done, other.saved)
    }
}

impl History {
    /// Creates the history of a draft in its saved state.
    pub fn new() -> Self {
        History { saved: Some(0), ..History::default() }
    }

    /// Removes and returns the events since the last call, oldest first.
    pub fn drain_events(&mut self) -> Vec<HistoryEvent> {
        std::mem::take(&mut self.events)
    }

    /// Applies an edit as a new step and drops the undone steps.
    pub fn apply(&mut self, draft: &mut Draft, edit: Edit) {
        if !edit.is_empty() {
            edit.apply(draft);
            let delta = Delta::new(edit);
            self.events.push(HistoryEvent::Apply(delta.clone()));
            self.push(delta);
        }
    }

    /// Applies a change of text and joins it to the typing before it, so that one undo reverts both. A new
    /// step begins if the field is another or [`History::close_group`] was called in between.
    pub fn apply_grouped(&mut self, draft: &mut Draft, edit: Edit) {
        if edit.is_empty() {
            return;
        }
        edit.apply(draft);
        self.events.push(HistoryEvent::ApplyGrouped(Delta::new(edit.clone())));
        self.join(edit);
    }

    /// Replays an [`HistoryEvent::Apply`] or, if `grouped`, an [`HistoryEvent::ApplyGrouped`], without
    /// recording an event. Returns `None` and changes nothing if the delta does not fit the draft.
    pub fn apply_delta(&mut self, draft: &mut Draft, delta: Delta, grouped: bool) -> Option<()> {
        let edit = delta.apply(draft)?;
        if grouped {
            self.join(edit);
        } else {
            self.push(delta);
        }
        Some(())
    }

    /// Closes the open group: the next change is an undo step of its own. A group that ends in the state
    /// it started from leaves no step.
    pub fn close_group(&mut self) {
        if self.group.take().is_some() {
            self.events.push(HistoryEvent::CloseGroup);
            if self.steps.back().is_some_and(Delta::is_noop) {
                self.pop();
            }
        }
    }

    /// Reverts the open group and removes it from the history.
    pub fn cancel_group(&mut self, draft: &mut Draft) {
        if self.group.take().is_some()
            && let Some(delta) = self.steps.back().cloned()
        {
            delta.revert(draft);
            self.events.push(HistoryEvent::CancelGroup(delta));
            self.pop();
        }
    }

    /// Undoes the last edit and returns it; `None` if there is nothing to undo.
    pub fn undo(&mut self, draft: &mut Draft) -> Option<Edit> {
        let delta = self.done.checked_sub(1).and_then(|last| self.steps.get(last))?;
        let edit = delta.revert(draft)?;
        self.events.push(HistoryEvent::Undo(delta.clone()));
        self.group = None;
        self.done -= 1;
        Some(edit)
    }

    /// Redoes the edit that was undone last and returns it; `None` if there is nothing to redo.
    pub fn redo(&mut self, draft: &mut Draft) -> Option<Edit> {
        // With nothing to redo, the open group stays open and no event is recorded.
        let delta = self.steps.get(self.done)?;
        let edit = delta.apply(draft)?;
        self.events.push(HistoryEvent::Redo(delta.clone()));
        self.group = None;
        self.done += 1;
        Some(edit)
    }

    /// Marks the present state as the saved one.
    pub fn mark_saved(&mut self) {
        self.saved = Some(self.done);
        self.group = None;
    }

    /// Marks the saved state as one that undo and redo cannot reach.
    pub fn mark_unsaved(&mut self) {
        self.saved = None;
    }

    /// Returns `true` if the draft differs from the saved state.
    pub fn is_modified(&self) -> bool {
        self.saved != Some(self.done)
    }

    /// Returns the steps that can be undone, oldest first.
    pub fn applied_steps(&self) -> impl DoubleEndedIterator<Item = &Delta> {
        self.steps.iter().take(self.done)
    }

    /// Returns the number of steps that can be undone and redone.
    pub fn depth(&self) -> (usize, usize) {
        (self.done, self.steps.len().saturating_sub(self.done))
    }

    /// Returns `true` if the next [`History::apply_grouped`] may join the last step.
    pub fn is_grouping(&self) -> bool {
        self.group.is_some()
    }

    /// Returns a deserialized history in a valid state, whatever the file said. With `grouping`, its last
    /// step is an open group again. `draft` is the draft that it belongs to.
    pub fn restored(mut self, draft: &Draft, grouping: bool) -> Self {
        self.done = self.done.min(self.steps.len());
        self.bytes = self.steps.iter().map(Delta::size).sum();
        if grouping && self.done == self.steps.len() {
            self.group = self.steps.back().and_then(|last| last.revert(&mut draft.clone()));
        }
        self
    }

    /// Joins an applied edit to the open group, or starts a group with it.
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

    /// Removes and returns the last applied step.
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
