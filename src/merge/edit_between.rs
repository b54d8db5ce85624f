//! The edit that leads from one draft to another.

use std::collections::BTreeSet;

use super::sides::{Sides, field_ids};
use crate::draft::{Draft, IgnoredFinding};
use crate::edit::{Change, Edit};
use crate::form::Form;

/// Returns the edit that makes `from` into `to`, its fields in the form's order: a merge, or a version that
/// is brought back, becomes one step that can be undone. Where an imported draft came from is not a change
/// a clerk makes, and is left as it is.
pub fn edit_between(form: &Form, from: &Draft, to: &Draft) -> Edit {
    let mut edit = Edit::new();
    let both = Sides { base: from, ours: from, theirs: to };
    if from.forms != to.forms {
        edit.changes.push(Change::Forms(from.forms.clone(), to.forms.clone()));
    }
    if from.totals != to.totals {
        edit.changes.push(Change::Totals(from.totals, to.totals));
    }
    if from.state != to.state {
        edit.changes.push(Change::State(from.state, to.state));
    }
    if from.last_year != to.last_year {
        edit.changes.push(Change::LastYear(from.last_year.clone(), to.last_year.clone()));
    }
    if from.compiled != to.compiled {
        edit.changes.push(Change::Compiled(from.compiled.clone(), to.compiled.clone()));
    }
    for id in field_ids(form, both, |draft| draft.values().map(|(id, _)| id).collect()) {
        edit.push_value(from, &id, to.get(id.as_str()).clone());
    }
    for id in field_ids(form, both, |draft| draft.notes.keys().collect()) {
        let (before, after) = (from.notes.get(&id).cloned(), to.notes.get(&id).cloned());
        if before != after {
            edit.changes.push(Change::Note { id, before, after });
        }
    }
    let findings: BTreeSet<&IgnoredFinding> =
        from.ignored_findings.keys().chain(to.ignored_findings.keys()).collect();
    for finding in findings {
        let reason = to.ignored_findings.get(finding).cloned();
        edit.changes.extend(Edit::ignore_findings(from, vec![finding.clone()], reason).changes);
    }
    edit
}
