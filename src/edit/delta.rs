//! Edits as the history and the journal store them: of a long text only the part that changed.

use serde::{Deserialize, Serialize};

use super::change_delta::{ChangeDelta, Splice};
use super::{Change, Edit};
use crate::draft::{Draft, Value};
use crate::form::FieldId;

/// An edit that can be applied and reverted, stored without the unchanged parts of long texts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Delta(Box<[ChangeDelta]>);

impl Delta {
    /// Creates the delta of an edit.
    pub fn new(edit: Edit) -> Self {
        let piece = |change| match change {
            Change::Field { id, before: Value::Text(before), after: Value::Text(after) } => {
                ChangeDelta::Text(id, Splice::between(&before, &after))
            }
            other => ChangeDelta::Other(Box::new(other)),
        };
        Delta(edit.changes.into_iter().map(piece).collect())
    }

    /// Applies the changes to a draft and returns them as an edit. Returns `None` and leaves the draft
    /// unchanged if it is not in the state before these changes.
    pub fn apply(&self, draft: &mut Draft) -> Option<Edit> {
        apply_all(self.0.iter().map(|piece| (piece, false)), draft)
    }

    /// Reverts the changes and returns them as an edit. Returns `None` and leaves the draft unchanged if it
    /// is not in the state after these changes.
    pub fn revert(&self, draft: &mut Draft) -> Option<Edit> {
        apply_all(self.0.iter().rev().map(|piece| (piece, true)), draft).map(|edit| edit.inverse())
    }

    /// Returns the fields it changes with their values before, the last changed first. Texts that changed in
    /// one range are left out: they are not stored whole.
    pub fn values_before(&self) -> impl Iterator<Item = (&FieldId, &Value)> {
        self.0.iter().rev().filter_map(|piece| match piece {
            ChangeDelta::Text(..) => None,
            ChangeDelta::Other(change) => match &**change {
                Change::Field { id, before, .. } => Some((id, before)),
                _ => None,
            },
        })
    }

    /// Returns `true` if it changes nothing.
    pub fn is_noop(&self) -> bool {
        self.0.iter().all(|piece| match piece {
            ChangeDelta::Text(_, Splice(_, removed, inserted)) => removed == inserted,
            ChangeDelta::Other(change) => {
                matches!(&**change, Change::Field { before, after, .. } if before == after)
            }
        })
    }

    /// Returns its approximate size in memory, in bytes.
    pub fn size(&self) -> usize {
        let piece = |piece: &ChangeDelta| match piece {
            ChangeDelta::Text(_, Splice(_, removed, inserted)) => 64 + removed.len() + inserted.len(),
            ChangeDelta::Other(change) => 200 + change.text_len(),
        };
        16 + self.0.iter().map(piece).sum::<usize>()
    }
}

/// Applies changes to a draft one after another, or with `back` reverts them; either all or none.
fn apply_all<'p>(pieces: impl Iterator<Item = (&'p ChangeDelta, bool)>, draft: &mut Draft) -> Option<Edit> {
    let mut edit = Edit::new();
    for (piece, back) in pieces {
        match piece.to_change(draft, back) {
            Some(change) => {
                change.apply(draft);
                edit.changes.push(change);
            }
            None => {
                edit.inverse().apply(draft);
                return None;
            }
        }
    }
    Some(edit)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::edit::Edit;
    use crate::form::Library;
    use proptest::prelude::*;

    fn text(text: &str) -> Value {
        Value::Text(text.into())
    }

    proptest! {
        #[test]
        fn a_delta_leads_there_and_back(before in "[全年a]{0,9}", after in "[全年a]{0,9}") {
            let mut draft = Draft::new("示例局", 2025, &Library::new());
            draft.set("overview", text(&before));
            let first = draft.clone();
            let edit = Edit::set(&draft, &FieldId::new("overview"), text(&after));
            let delta = Delta::new(edit.clone());
            prop_assert_eq!(delta.apply(&mut draft), Some(edit.clone()));
            prop_assert_eq!(draft.get("overview"), &text(&after));
            prop_assert_eq!(delta.revert(&mut draft), Some(edit));
            prop_assert_eq!(draft, first);
        }
    }

    #[test]
    fn a_delta_of_another_draft_changes_nothing() {
        let mut draft = Draft::new("示例局", 2025, &Library::new());
        draft.set("overview", text("全年共收到"));
        let mut edit = Edit::set(&draft, &FieldId::new("requests.new.natural"), Value::Count(3));
        edit.push_value(&draft, &FieldId::new("overview"), text("全年新收到"));
        let delta = Delta::new(edit);
        assert!(delta.revert(&mut draft.clone()).is_none(), "it was never applied");
        draft.set("overview", text("今年共收到"));
        assert!(delta.apply(&mut draft.clone()).is_some(), "the text it replaces is there");
        draft.set("overview", text("今年收到"));
        let other = draft.clone();
        assert!(delta.apply(&mut draft).is_none());
        assert_eq!(draft, other, "not even the first of two changes");
    }

    #[test]
    fn only_the_changed_part_of_a_long_text_is_kept() {
        let mut draft = Draft::new("示例局", 2025, &Library::new());
        draft.set("overview", text(&"全年共收到申请。".repeat(400)));
        let longer = draft.text("overview").replacen("共收", "共新收", 1);
        let delta = Delta::new(Edit::set(&draft, &FieldId::new("overview"), text(&longer)));
        assert!(delta.size() < 100, "{}", delta.size());
    }
}
