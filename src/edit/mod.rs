//! Changes to a draft as values: what was there before, what is there after, and the history of both.

mod carry;
mod history;
#[cfg(test)]
mod tests;

pub use carry::carry;
pub use history::{Deed, History};

use crate::draft::{Amount, Compiled, Draft, Forms, Ledger, Totals, Value, Waived, read};
use crate::form::{FieldId, Form};

/// One change of one thing, with what was there before, so that it can be taken back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Change {
    /// The value of a field.
    Field {
        /// Which field.
        id: FieldId,
        /// Its value before.
        before: Value,
        /// Its value after.
        after: Value,
    },
    /// The note beside a field.
    Note {
        /// Which field.
        id: FieldId,
        /// The note before, if any.
        before: Option<String>,
        /// The note after, if any.
        after: Option<String>,
    },
    /// Whether totals are computed or typed.
    Totals(Totals, Totals),
    /// The form of each table.
    Forms(Forms, Forms),
    /// A finding set aside, or taken up again.
    Waiver {
        /// Which finding.
        finding: Waived,
        /// The reason before, if it was set aside.
        before: Option<String>,
        /// The reason after.
        after: Option<String>,
    },
    /// The path of last year's draft.
    Last(Option<String>, Option<String>),
    /// What a compiled report keeps of its units.
    Compiled(Option<Compiled>, Option<Compiled>),
}

/// A change that the clerk makes in one step, of one or many things. A paste is one edit.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Edit {
    /// The changes, in the order in which they are applied.
    pub changes: Vec<Change>,
}

impl Edit {
    /// An edit of no change.
    pub fn new() -> Self {
        Edit::default()
    }

    /// The edit that puts one value into one field; empty where it is there already.
    pub fn set(draft: &Draft, id: &FieldId, after: Value) -> Self {
        let mut edit = Edit::new();
        edit.put(draft, id, after);
        edit
    }

    /// The edit that puts a typed text into a field of the form, read as the field's kind.
    /// Empty where the form has no such field.
    pub fn typed(form: &Form, draft: &Draft, id: &FieldId, text: &str) -> Self {
        let kind = form.field(id.as_str()).map(|field| &field.kind);
        kind.map_or_else(Edit::new, |kind| Edit::set(draft, id, read(kind, text)))
    }

    /// Adds the change of one field, unless the draft has the value already.
    pub fn put(&mut self, draft: &Draft, id: &FieldId, after: Value) {
        let before = draft.get(id.as_str());
        if *before != after {
            self.changes.push(Change::Field { id: id.clone(), before: before.clone(), after });
        }
    }

    /// The edit that sets a finding aside with a reason, or takes it up again with none.
    pub fn waive(draft: &Draft, finding: Waived, reason: Option<String>) -> Self {
        let before = draft.waivers.get(&finding).cloned();
        let changes = if before == reason {
            Vec::new()
        } else {
            vec![Change::Waiver { finding, before, after: reason }]
        };
        Edit { changes }
    }

    /// The edit that switches between computed and typed totals. Going to typed writes down the
    /// totals as computed (an unknown one stays blank); going to auto drops the ones stored.
    pub fn switch_totals(form: &Form, draft: &Draft) -> Self {
        let ledger = Ledger::new(form, draft);
        let mut edit = Edit::new();
        let totals = form.fields().iter().filter(|field| field.sum.is_some());
        match draft.totals {
            Totals::Auto => {
                for field in totals {
                    if let Amount::Known(sum) = ledger.amount(form, field.id.as_str()) {
                        edit.put(draft, &field.id, read(&field.kind, &sum.to_string()));
                    }
                }
                edit.changes.push(Change::Totals(Totals::Auto, Totals::Typed));
            }
            Totals::Typed => {
                for field in totals {
                    edit.put(draft, &field.id, Value::Blank);
                }
                edit.changes.push(Change::Totals(Totals::Typed, Totals::Auto));
            }
        }
        edit
    }

    /// Whether nothing changes.
    pub fn is_empty(&self) -> bool {
        self.changes.is_empty()
    }

    /// Makes the changes in the draft.
    pub fn apply(&self, draft: &mut Draft) {
        for change in &self.changes {
            match change.clone() {
                Change::Field { id, after, .. } => {
                    draft.set(id, after);
                }
                Change::Note { id, after: Some(note), .. } => {
                    draft.notes.insert(id, note);
                }
                Change::Note { id, after: None, .. } => {
                    draft.notes.remove(&id);
                }
                Change::Totals(_, after) => draft.totals = after,
                Change::Forms(_, after) => draft.forms = after,
                Change::Waiver { finding, after: Some(reason), .. } => {
                    draft.waivers.insert(finding, reason);
                }
                Change::Waiver { finding, after: None, .. } => {
                    draft.waivers.remove(&finding);
                }
                Change::Last(_, after) => draft.last = after,
                Change::Compiled(_, after) => draft.compiled = after,
            }
        }
    }

    /// The edit that takes this one back.
    pub fn inverse(&self) -> Edit {
        let turn = |change: &Change| match change.clone() {
            Change::Field { id, before, after } => Change::Field { id, before: after, after: before },
            Change::Note { id, before, after } => Change::Note { id, before: after, after: before },
            Change::Totals(before, after) => Change::Totals(after, before),
            Change::Forms(before, after) => Change::Forms(after, before),
            Change::Waiver { finding, before, after } => {
                Change::Waiver { finding, before: after, after: before }
            }
            Change::Last(before, after) => Change::Last(after, before),
            Change::Compiled(before, after) => Change::Compiled(after, before),
        };
        Edit { changes: self.changes.iter().rev().map(turn).collect() }
    }

    /// The fields that it changes, in its order.
    pub fn fields(&self) -> impl Iterator<Item = &FieldId> {
        self.changes.iter().filter_map(|change| match change {
            Change::Field { id, .. } | Change::Note { id, .. } => Some(id),
            Change::Waiver { finding, .. } => finding.fields.first(),
            _ => None,
        })
    }
}
