//! Two drafts that grew from one: what each changed is taken over, what both changed is shown.
//!
//! Somebody else saved the draft meanwhile, or a recovery journal does not fit the file. Fields are merged
//! one by one, narratives paragraph by paragraph. Conflicts are data: until they are resolved the merged
//! draft holds our side, and nothing of theirs is lost, for it is in the conflict.

mod compiled;
mod conflict;
mod describe;
mod diff;
mod draft_lines;
mod edit_between;
mod paragraph_match;
mod paragraphs;
mod sides;
#[cfg(test)]
mod tests;

pub use conflict::{Conflict, Resolution};
pub use describe::describe_conflict;
pub use diff::{Difference, diff_drafts};
pub use draft_lines::{DiffLine, draft_lines};
pub use edit_between::edit_between;
pub use sides::Sides;

use std::collections::{BTreeMap, BTreeSet};

use conflict::Merger;
use sides::{field_ids, merge_three_way};

use crate::draft::{Draft, IgnoredFinding, Totals, Value};
use crate::form::{FieldId, Form};

/// Merges two drafts that both grew from `base`. Where both changed one thing, each differently, the
/// draft has ours, and a conflict names it; the conflicts are in the form's order, those that concern
/// the whole draft first. Exchanging the sides exchanges them in the conflicts and changes nothing else,
/// but for the order of a compiled report's units.
pub fn merge(form: &Form, base: &Draft, ours: &Draft, theirs: &Draft) -> (Draft, Vec<Conflict>) {
    merge_resolved(form, base, ours, theirs, &[])
}

/// Merges as [`merge`] does, with what the clerk chose for each conflict, in their order. Where there
/// are fewer choices than conflicts, ours is taken.
pub fn merge_resolved(
    form: &Form,
    base: &Draft,
    ours: &Draft,
    theirs: &Draft,
    choices: &[Resolution],
) -> (Draft, Vec<Conflict>) {
    let mut found = Merger { resolutions: choices, conflicts: Vec::new() };
    let mut draft = ours.clone();
    let sides = Sides { base, ours, theirs };
    draft.forms = found.merge_value(sides.map(|draft| draft.forms.clone()), Conflict::Forms);
    // Of two ways both sides can only have changed to the same one.
    draft.totals = merge_three_way(sides.map(|draft| draft.totals)).unwrap_or(ours.totals);
    // Where both went on, the report is only as far as the one that is less far.
    draft.state = merge_three_way(sides.map(|draft| draft.state)).unwrap_or(ours.state.min(theirs.state));
    draft.last_year = found.merge_value(sides.map(|draft| draft.last_year.clone()), Conflict::LastYear);
    draft.provenance = found.merge_value(sides.map(|draft| draft.provenance.clone()), Conflict::Provenance);
    draft.compiled = compiled::merge_compiled(sides.map(|draft| draft.compiled.clone()), &mut found);
    for id in field_ids(form, sides, |draft| draft.values().map(|(id, _)| id).collect()) {
        let value = merge_field(form, &id, sides, draft.totals, &mut found);
        draft.set(id, value);
    }
    for id in field_ids(form, sides, |draft| draft.notes.keys().collect()) {
        let notes = sides.map(|draft| draft.notes.get(&id).cloned());
        let note = found.merge_value(notes, |sides| Conflict::Note(id.clone(), sides));
        set_entry(&mut draft.notes, id, note);
    }
    let findings: BTreeSet<&IgnoredFinding> =
        [base, ours, theirs].iter().flat_map(|d| d.ignored_findings.keys()).collect();
    for finding in findings {
        let reasons = sides.map(|draft| draft.ignored_findings.get(finding).cloned());
        let reason = found.merge_value(reasons, |sides| Conflict::Ignored(finding.clone(), sides));
        set_entry(&mut draft.ignored_findings, finding.clone(), reason);
    }
    (draft, found.conflicts)
}

/// Merges one field.
fn merge_field(form: &Form, id: &FieldId, sides: Sides<&Draft>, totals: Totals, found: &mut Merger) -> Value {
    let all = [sides.base, sides.ours, sides.theirs];
    let switched = all.iter().any(|side| side.totals != totals);
    if switched && totals == Totals::Auto && form.is_total(id.as_str()) {
        // One side let the program compute the totals: what the other typed is not asked for any more.
        return Value::Blank;
    }
    let values = sides.map(|draft| draft.get(id.as_str()).clone());
    match paragraphs::split_paragraphs(&values).filter(|_| id.row().is_empty()) {
        Some(lists) => paragraphs::merge_paragraphs(id, &lists, found),
        None => found.merge_value(values, |sides| Conflict::Field(id.clone(), sides)),
    }
}

fn set_entry<K: Ord, V>(map: &mut BTreeMap<K, V>, key: K, value: Option<V>) {
    match value {
        Some(value) => drop(map.insert(key, value)),
        None => drop(map.remove(&key)),
    }
}
