//! The units of a compiled report as they are now, compared with what was added up.

use std::collections::HashMap;

use super::{Contribution, UnitSums};
use crate::draft::{Amount, Compiled, CompiledUnit, Draft, Ledger, Value};
use crate::edit::Edit;
use crate::form::{FieldId, Form, Relation};

/// The present state of the units' drafts.
#[derive(Clone, Debug, Default)]
pub struct CurrentUnits {
    /// The sum of every entered cell, adjustments included.
    pub sums: Vec<(FieldId, Value)>,
    /// What has changed since the units were added up.
    pub changes: UnitChanges,
    /// The present sums, as [`CurrentUnits::refresh_edit`] takes them into the draft.
    pub unit_sums: UnitSums,
    /// The contribution of each unit, in the order of the sums' units; empty if they were not kept.
    pub contributions: Vec<Contribution>,
    /// Balances that a unit's own numbers break: the position of the relation in the form, and the unit.
    pub unbalanced: Vec<(usize, String)>,
    /// Drafts of units that were missing when the report was added up. They are in no sum yet.
    pub late_units: Vec<LateUnit>,
    /// The fingerprints of the units' numbers, by their names.
    fingerprints: HashMap<String, String>,
    /// Units that cannot be read or added now, with the reason.
    unread: Vec<(String, String)>,
}

/// The names of the units that have changed since they were added up.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct UnitChanges {
    /// Units whose numbers differ from those that were added.
    pub changed: Vec<String>,
    /// Units that cannot be read or added now, each with the reason.
    pub unread: Vec<String>,
    /// Units that were missing and have filed since.
    pub newly_filed: Vec<String>,
    /// Units that were missing and now have several drafts, each with its files.
    pub duplicates: Vec<String>,
    /// Units with blank cells in their tables, each with their number.
    pub with_blanks: Vec<String>,
}

/// The draft of a unit that was missing when the report was added up.
#[derive(Clone, Debug)]
pub struct LateUnit {
    /// The name under which it was missing: the unit's, or that of a file that could not be read then.
    pub missing_as: String,
    /// Its draft, as a path relative to the compiled one.
    pub file: String,
    /// What it contributes.
    pub contribution: Contribution,
}

impl CurrentUnits {
    /// Adds the present draft of a unit of the compiled report, or the reason why it cannot be read. With
    /// `keep`, its numbers are kept in `contributions`.
    pub fn add_unit(
        &mut self,
        form: &Form,
        draft: &Draft,
        part: &CompiledUnit,
        read: Result<Contribution, String>,
        keep: bool,
    ) {
        let added = read.and_then(|given| {
            if given.forms != draft.forms || given.year != draft.year() {
                return Err(format!("{} 的年度或格式与汇总不同", part.file));
            }
            let (print, kept) = (given.fingerprint.clone(), keep.then(|| given.clone()));
            let broken = if keep { broken_balances(form, &given) } else { Vec::new() };
            self.unit_sums.add(form, &part.file, given).map_err(|mixed| mixed.to_string())?;
            self.fingerprints.insert(part.unit.clone(), print);
            self.contributions.extend(kept);
            self.unbalanced.extend(broken.into_iter().map(|at| (at, part.unit.clone())));
            Ok(())
        });
        if let Err(why) = added {
            self.unread.push((part.unit.clone(), why));
        }
    }

    /// Adds a draft found beside those of the units if it is of a missing unit, for the same year and in the
    /// same forms.
    pub fn note_late_unit(&mut self, draft: &Draft, file: String, given: Contribution) {
        let Some(compiled) = &draft.compiled else { return };
        // A second draft of a unit that is in the sums already is not that of a missing unit.
        let fits = given.forms == draft.forms && given.year == draft.year() && !is_in(compiled, &given.unit);
        // One that is not finished is not filed.
        let fits = fits && given.blank_tables.is_empty();
        let missing = compiled.missing.iter().find(|missing| **missing == given.unit || **missing == file);
        if let Some(missing) = missing.filter(|_| fits) {
            self.late_units.push(LateUnit { missing_as: missing.clone(), file, contribution: given });
        }
    }

    /// Returns the units that were missing and have filed since, one draft each.
    fn filed_since(&self) -> impl Iterator<Item = &LateUnit> {
        self.late_units.iter().filter(|late| self.drafts(&late.missing_as).count() == 1)
    }

    /// Returns the units that were missing and now have several drafts, with their files: it is not known
    /// which of them counts.
    fn duplicates(&self) -> Vec<String> {
        let is_first =
            |late: &&LateUnit| self.drafts(&late.missing_as).next().is_some_and(|first| first == late.file);
        let doubled =
            self.late_units.iter().filter(|late| self.drafts(&late.missing_as).count() > 1).filter(is_first);
        let named = |late: &LateUnit| {
            format!("{}（{}）", late.missing_as, self.drafts(&late.missing_as).collect::<Vec<_>>().join("、"))
        };
        doubled.map(named).collect()
    }

    fn drafts(&self, missing: &str) -> impl Iterator<Item = &str> {
        let of_it = self.late_units.iter().filter(move |late| late.missing_as == missing);
        of_it.map(|late| late.file.as_str())
    }

    /// Returns the edit that updates the compiled draft to the units' present numbers, including those of
    /// units that have filed since. Units that cannot be read become missing.
    pub fn refresh_edit(&self, form: &Form, draft: &Draft) -> Edit {
        let Some(compiled) = &draft.compiled else { return Edit::new() };
        let (mut unit_sums, mut missing) = (self.unit_sums.clone(), compiled.missing.clone());
        for late in self.filed_since() {
            if unit_sums.add(form, &late.file, late.contribution.clone()).is_ok() {
                missing.retain(|unit| *unit != late.missing_as);
            }
        }
        let gone = self.unread.iter().map(|(unit, _)| unit).filter(|unit| !compiled.missing.contains(unit));
        missing.extend(gone.cloned());
        unit_sums.refresh_edit(form, draft, missing)
    }

    /// Computes the sums and the changes once all units and the drafts beside them have been added. They are
    /// valid as long as the compiled report has these units and adjustments.
    pub fn finish(&mut self, form: &Form, compiled: &Compiled) {
        self.sums = self.unit_sums.sums(form, &compiled.adjustments);
        let changed = |part: &&CompiledUnit| {
            self.fingerprints.get(&part.unit).is_some_and(|print| *print != part.print)
        };
        self.changes = UnitChanges {
            changed: compiled.units.iter().filter(changed).map(|part| part.unit.clone()).collect(),
            unread: self.unread.iter().map(|(unit, why)| format!("{unit}（{why}）")).collect(),
            newly_filed: self.filed_since().map(|late| late.missing_as.clone()).collect(),
            duplicates: self.duplicates(),
            with_blanks: self.unit_sums.describe_blank_cells(),
        };
    }
}

/// Returns the positions of the relations without a total that a unit's numbers break.
fn broken_balances(form: &Form, given: &Contribution) -> Vec<usize> {
    let mut draft = Draft::empty(given.forms.clone());
    for (at, value) in &given.cells {
        if let Some(field) = form.fields().get(*at) {
            draft.set(field.id.clone(), value.clone());
        }
    }
    let ledger = Ledger::new(form, &draft);
    let is_broken = |relation: &&Relation| {
        let sides = [&relation.left, &relation.right].map(|side| ledger.sum(form, side.iter()));
        matches!(sides, [Amount::Known(left), Amount::Known(right)] if left != right)
    };
    let balances = form.relations().iter().enumerate().filter(|(_, relation)| !relation.is_total);
    balances.filter(|(_, relation)| is_broken(relation)).map(|(at, _)| at).collect()
}

fn is_in(compiled: &Compiled, unit: &str) -> bool {
    compiled.units.iter().any(|part| part.unit == unit)
}
