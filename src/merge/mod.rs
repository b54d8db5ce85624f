//! Three-way merge of drafts: what one side changed is taken, what both changed is a conflict.
//!
//! Needed when somebody else saved the draft meanwhile, or when a recovery journal does not fit the file.
//! Fields are merged one by one, narratives paragraph by paragraph. Conflicts are data: until they are
//! resolved the merged draft holds our side, and the conflict keeps theirs.

mod compiled;
mod diff;
mod edit_between;
mod paragraphs;
#[cfg(test)]
mod tests;

pub use diff::{DiffLine, Difference, diff_drafts, draft_lines};
pub use edit_between::edit_between;

use std::collections::{BTreeMap, BTreeSet};

use crate::draft::{Compiled, CompiledUnit, Draft, FormIds, IgnoredFinding, Provenance, Totals, Value};
use crate::form::{FieldId, Form};

/// The three versions of one thing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sides<T> {
    /// The common version that both sides started from.
    pub base: T,
    /// Our version.
    pub ours: T,
    /// Their version.
    pub theirs: T,
}

/// Something that both sides changed differently.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Conflict {
    /// The value of a field.
    Field(FieldId, Sides<Value>),
    /// Neighbouring paragraphs of a narrative.
    Paragraphs {
        /// The narrative.
        id: FieldId,
        /// The index of the first of these paragraphs in the merged text, from 0.
        at: usize,
        /// The paragraphs; `None` on a side that removed them or does not have them yet.
        sides: Sides<Vec<String>>,
    },
    /// The note beside a field.
    Note(FieldId, Sides<Option<String>>),
    /// The reason for which a finding is ignored.
    Ignored(IgnoredFinding, Sides<Option<String>>),
    /// The forms of the tables.
    Forms(Sides<FormIds>),
    /// The path of last year's draft.
    LastYear(Sides<Option<String>>),
    /// The origin of an imported draft.
    Provenance(Sides<Option<Provenance>>),
    /// One unit's report in a compiled one; `None` on a side that removed it or does not have it yet.
    Unit(String, Sides<Option<CompiledUnit>>),
    /// All units of a compiled report, if names do not identify them or one side has none.
    Compiled(Sides<Option<Compiled>>),
}

impl Conflict {
    /// Returns the field it is about; `None` if it concerns the whole draft.
    pub fn field(&self) -> Option<&FieldId> {
        match self {
            Conflict::Field(id, _) | Conflict::Note(id, _) | Conflict::Paragraphs { id, .. } => Some(id),
            Conflict::Ignored(finding, _) => finding.fields.first(),
            Conflict::Forms(_) | Conflict::LastYear(_) | Conflict::Provenance(_) => None,
            Conflict::Unit(..) | Conflict::Compiled(_) => None,
        }
    }
}

/// Which side to take in a conflict.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Resolution {
    /// Our version.
    #[default]
    Ours,
    /// Their version.
    Theirs,
    /// In a narrative our paragraphs followed by theirs; elsewhere our version.
    Both,
}

/// Merges two drafts that both started from `base`. If both changed one thing differently, the draft has
/// our version and a conflict is reported. Conflicts are in the form's order; those that concern the whole
/// draft come first. Swapping the sides swaps them in the conflicts and changes nothing else except the
/// order of a compiled report's units.
pub fn merge(form: &Form, base: &Draft, ours: &Draft, theirs: &Draft) -> (Draft, Vec<Conflict>) {
    merge_resolved(form, base, ours, theirs, &[])
}

/// Merges like [`merge`], with a choice for each conflict, in their order. Our version is taken if there
/// are fewer choices than conflicts.
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
    // With two possible values, both sides can only have changed to the same one.
    draft.totals = merge_three_way(sides.map(|draft| draft.totals)).unwrap_or(ours.totals);
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

/// Merges the value of one field.
fn merge_field(form: &Form, id: &FieldId, sides: Sides<&Draft>, totals: Totals, found: &mut Merger) -> Value {
    let all = [sides.base, sides.ours, sides.theirs];
    let switched = all.iter().any(|side| side.totals != totals);
    if switched && totals == Totals::Auto && form.is_total(id.as_str()) {
        // One side switched to computed totals: those typed by the other are not needed any more.
        return Value::Blank;
    }
    let values = sides.map(|draft| draft.get(id.as_str()).clone());
    match paragraphs::split_paragraphs(&values).filter(|_| id.row().is_empty()) {
        Some(lists) => paragraphs::merge_paragraphs(id, &lists, found),
        None => found.merge_value(values, |sides| Conflict::Field(id.clone(), sides)),
    }
}

/// The conflicts found so far, and the choices for all.
struct Merger<'c> {
    resolutions: &'c [Resolution],
    conflicts: Vec<Conflict>,
}

impl Merger<'_> {
    /// Returns the choice for the next conflict.
    fn next_resolution(&self) -> Resolution {
        self.resolutions.get(self.conflicts.len()).copied().unwrap_or_default()
    }

    /// Merges one thing.
    fn merge_value<T: PartialEq + Clone>(
        &mut self,
        sides: Sides<T>,
        name: impl FnOnce(Sides<T>) -> Conflict,
    ) -> T {
        merge_three_way(sides).unwrap_or_else(|sides| {
            let taken = if self.next_resolution() == Resolution::Theirs {
                sides.theirs.clone()
            } else {
                sides.ours.clone()
            };
            self.conflicts.push(name(sides));
            taken
        })
    }
}

impl<T> Sides<T> {
    /// Applies a function to each version.
    fn map<U>(&self, each: impl Fn(&T) -> U) -> Sides<U> {
        Sides { base: each(&self.base), ours: each(&self.ours), theirs: each(&self.theirs) }
    }
}

impl Copy for Sides<&Draft> {}

/// Returns the merged version of one thing, or all versions as an error if both sides changed it
/// differently.
fn merge_three_way<T: PartialEq>(sides: Sides<T>) -> Result<T, Sides<T>> {
    if sides.ours == sides.theirs || sides.theirs == sides.base {
        Ok(sides.ours)
    } else if sides.ours == sides.base {
        Ok(sides.theirs)
    } else {
        Err(sides)
    }
}

/// Returns the fields that are not blank on every side, in the form's order.
fn field_ids(
    form: &Form,
    sides: Sides<&Draft>,
    of: impl for<'d> Fn(&'d Draft) -> Vec<&'d FieldId>,
) -> Vec<FieldId> {
    let all: BTreeSet<&FieldId> = [sides.base, sides.ours, sides.theirs].into_iter().flat_map(of).collect();
    let mut all: Vec<FieldId> = all.into_iter().cloned().collect();
    all.sort_by_key(|id| form.position(id.as_str()).unwrap_or(usize::MAX));
    all
}

fn set_entry<K: Ord, V>(map: &mut BTreeMap<K, V>, key: K, value: Option<V>) {
    match value {
        Some(value) => drop(map.insert(key, value)),
        None => drop(map.remove(&key)),
    }
}
