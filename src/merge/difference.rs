//! The edit that leads from one draft to another.

use std::collections::BTreeSet;

use super::{Sides, names};
use crate::draft::{Draft, Waived};
use crate::edit::{Change, Edit};
use crate::form::Form;

/// The edit that makes `from` into `to`, its fields in the form's order: a merge, or a version that
/// is brought back, becomes one step that can be undone. Where an imported draft came from is no
/// change a clerk makes, and is left as it is.
pub fn difference(form: &Form, from: &Draft, to: &Draft) -> Edit {
    let mut edit = Edit::new();
    let both = Sides { base: from, ours: from, theirs: to };
    if from.forms != to.forms {
        edit.changes.push(Change::Forms(from.forms.clone(), to.forms.clone()));
    }
    if from.totals != to.totals {
        edit.changes.push(Change::Totals(from.totals, to.totals));
    }
    if from.last != to.last {
        edit.changes.push(Change::Last(from.last.clone(), to.last.clone()));
    }
    if from.compiled != to.compiled {
        edit.changes.push(Change::Compiled(from.compiled.clone(), to.compiled.clone()));
    }
    for id in names(form, both, |draft| draft.values().map(|(id, _)| id).collect()) {
        edit.put(from, &id, to.get(id.as_str()).clone());
    }
    for id in names(form, both, |draft| draft.notes.keys().collect()) {
        let (before, after) = (from.notes.get(&id).cloned(), to.notes.get(&id).cloned());
        if before != after {
            edit.changes.push(Change::Note { id, before, after });
        }
    }
    let findings: BTreeSet<&Waived> = from.waivers.keys().chain(to.waivers.keys()).collect();
    for finding in findings {
        let reason = to.waivers.get(finding).cloned();
        edit.changes.extend(Edit::waive(from, finding.clone(), reason).changes);
    }
    edit
}
