//! Changes to a draft as values that can be inverted, and their history.

mod carry;
mod change;
mod change_delta;
mod delta;
mod history;
#[cfg(test)]
mod tests;

pub use carry::carry;
pub use change::Change;
pub use delta::Delta;
pub use history::{History, HistoryEvent};

use crate::draft::{Amount, Draft, IgnoredFinding, Ledger, Totals, Value, parse_value};
use crate::form::{FieldId, Form};

/// One step of the clerk's work, with one or many changes. A paste is one edit.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Edit {
    /// The changes, in the order in which they are applied.
    pub changes: Vec<Change>,
}

impl Edit {
    /// Creates an edit without changes.
    pub fn new() -> Self {
        Edit::default()
    }

    /// Returns the edit that sets one field; empty if it has the value already.
    pub fn set(draft: &Draft, id: &FieldId, after: Value) -> Self {
        let mut edit = Edit::new();
        edit.push_value(draft, id, after);
        edit
    }

    /// Returns the edit that sets a field to a typed text, parsed by the field's kind; empty if the form
    /// has no such field.
    pub fn from_typed(form: &Form, draft: &Draft, id: &FieldId, text: &str) -> Self {
        let kind = form.field(id.as_str()).map(|field| &field.kind);
        kind.map_or_else(Edit::new, |kind| Edit::set(draft, id, parse_value(kind, text)))
    }

    /// Adds the change of one field unless it has the value already.
    pub fn push_value(&mut self, draft: &Draft, id: &FieldId, after: Value) {
        let before = draft.get(id.as_str());
        if *before != after {
            self.changes.push(Change::Field { id: id.clone(), before: before.clone(), after });
        }
    }

    /// Returns the edit that ignores findings for a reason, or with `None` stops ignoring them.
    pub fn ignore_findings(draft: &Draft, findings: Vec<IgnoredFinding>, reason: Option<String>) -> Self {
        let change = |finding: IgnoredFinding| {
            let (before, after) = (draft.ignored_findings.get(&finding).cloned(), reason.clone());
            (before != after).then_some(Change::Ignore { finding, before, after })
        };
        Edit { changes: findings.into_iter().filter_map(change).collect() }
    }

    /// Returns the edit that switches between computed and typed totals. Switching to typed
    /// totals stores the computed ones (an unknown one stays blank); switching back drops the stored ones.
    pub fn switch_totals(form: &Form, draft: &Draft) -> Self {
        let ledger = Ledger::new(form, draft);
        let mut edit = Edit::new();
        let totals = form.fields().iter().filter(|field| field.sum.is_some());
        match draft.totals {
            Totals::Auto => {
                for field in totals {
                    if let Amount::Known(sum) = ledger.amount(form, field.id.as_str()) {
                        edit.push_value(draft, &field.id, parse_value(&field.kind, &sum.to_string()));
                    }
                }
                edit.changes.push(Change::Totals(Totals::Auto, Totals::Typed));
            }
            Totals::Typed => {
                for field in totals {
                    edit.push_value(draft, &field.id, Value::Blank);
                }
                edit.changes.push(Change::Totals(Totals::Typed, Totals::Auto));
            }
        }
        edit
    }

    /// Returns `true` if it has no changes.
    pub fn is_empty(&self) -> bool {
        self.changes.is_empty()
    }

    /// Applies the changes to a draft.
    pub fn apply(&self, draft: &mut Draft) {
        for change in &self.changes {
            change.apply(draft);
        }
    }

    /// Returns the edit that undoes this one.
    pub fn inverse(&self) -> Edit {
        Edit { changes: self.changes.iter().rev().map(Change::inverse).collect() }
    }

    /// Returns this edit and the next as one; `None` unless both change the value of the same single field.
    pub fn joined(mut self, next: &Edit) -> Option<Edit> {
        match (&mut self.changes[..], &next.changes[..]) {
            ([Change::Field { id, after, .. }], [Change::Field { id: next, after: last, .. }])
                if id == next =>
            {
                *after = last.clone();
                Some(self)
            }
            _ => None,
        }
    }

    /// Returns the changed fields, in the order of the changes.
    pub fn fields(&self) -> impl Iterator<Item = &FieldId> {
        self.changes.iter().filter_map(|change| match change {
            Change::Field { id, .. } | Change::Note { id, .. } => Some(id),
            Change::Ignore { finding, .. } => finding.fields.first(),
            _ => None,
        })
    }
}
