//! Two drafts that grew from one: what each changed is taken over, what both changed is shown.
//!
//! Somebody else saved the draft meanwhile, or a recovery journal does not fit the file. Fields are
//! merged one by one, narratives paragraph by paragraph. Conflicts are data: until they are resolved
//! the merged draft holds our side, and nothing of theirs is lost, for it stands in the conflict.

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

/// The three states of one thing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sides<T> {
    /// What it was before either changed it.
    pub base: T,
    /// What we made of it.
    pub ours: T,
    /// What they made of it.
    pub theirs: T,
}

/// Something that both changed, each to something else.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Conflict {
    /// The value of a field.
    Field(FieldId, Sides<Value>),
    /// Neighbouring paragraphs of a narrative.
    Paragraphs {
        /// Which narrative.
        id: FieldId,
        /// Where the paragraphs that were taken begin in the merged text, from 0.
        at: usize,
        /// The paragraphs; none where they were taken out, or not yet put in.
        sides: Sides<Vec<String>>,
    },
    /// The note beside a field.
    Note(FieldId, Sides<Option<String>>),
    /// The reason for which a finding is set aside.
    Ignored(IgnoredFinding, Sides<Option<String>>),
    /// The forms of the tables.
    Forms(Sides<FormIds>),
    /// The path of last year's draft.
    LastYear(Sides<Option<String>>),
    /// Where an imported draft came from.
    Provenance(Sides<Option<Provenance>>),
    /// The report of one unit in a compiled one; none where it was taken out, or not yet put in.
    Unit(String, Sides<Option<CompiledUnit>>),
    /// All units of a compiled report, where they cannot be told apart or one side has none.
    Compiled(Sides<Option<Compiled>>),
}

impl Conflict {
    /// The field that it is about; none for what concerns the whole draft.
    pub fn field(&self) -> Option<&FieldId> {
        match self {
            Conflict::Field(id, _) | Conflict::Note(id, _) | Conflict::Paragraphs { id, .. } => Some(id),
            Conflict::Ignored(finding, _) => finding.fields.first(),
            Conflict::Forms(_) | Conflict::LastYear(_) | Conflict::Provenance(_) => None,
            Conflict::Unit(..) | Conflict::Compiled(_) => None,
        }
    }
}

/// What to take where both changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Resolution {
    /// What we made of it.
    #[default]
    Ours,
    /// What they made of it.
    Theirs,
    /// In a narrative our paragraphs and then theirs; elsewhere ours.
    Both,
}

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

/// The value of one field.
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

/// The conflicts found so far, and what was chosen for each.
struct Merger<'c> {
    resolutions: &'c [Resolution],
    conflicts: Vec<Conflict>,
}

impl Merger<'_> {
    /// What was chosen for the conflict that comes next.
    fn next_resolution(&self) -> Resolution {
        self.resolutions.get(self.conflicts.len()).copied().unwrap_or_default()
    }

    /// What becomes of one thing.
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
    /// The same of each side.
    fn map<U>(&self, each: impl Fn(&T) -> U) -> Sides<U> {
        Sides { base: each(&self.base), ours: each(&self.ours), theirs: each(&self.theirs) }
    }
}

impl Copy for Sides<&Draft> {}

/// What became of one thing: the change of the one side that changed it, or all sides where both did
/// and not alike.
fn merge_three_way<T: PartialEq>(sides: Sides<T>) -> Result<T, Sides<T>> {
    if sides.ours == sides.theirs || sides.theirs == sides.base {
        Ok(sides.ours)
    } else if sides.ours == sides.base {
        Ok(sides.theirs)
    } else {
        Err(sides)
    }
}

/// The fields that any side has something for, in the form's order.
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
