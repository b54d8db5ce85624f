//! The units of a compiled report as their drafts are now, beside what was added up.

use std::collections::HashMap;

use super::{Contribution, UnitSums};
use crate::draft::{Compiled, CompiledUnit, Draft, Value};
use crate::edit::Edit;
use crate::form::{FieldId, Form};

/// What the units' drafts say now.
#[derive(Clone, Debug, Default)]
pub struct CurrentUnits {
    /// The sum of every entered cell, adjustments included.
    pub sums: Vec<(FieldId, Value)>,
    /// What is to be told of the units since they were added up.
    pub changes: UnitChanges,
    /// The sums while they can still be taken into the draft: see [`CurrentUnits::refresh_edit`].
    pub unit_sums: UnitSums,
    /// What each unit of the sums gives, in the order of its parts; empty where it was not kept.
    pub contributions: Vec<Contribution>,
    /// Drafts of units that were missing when the report was added up. They are in no sum yet.
    pub late_units: Vec<LateUnit>,
    /// The fingerprints of the units' numbers, by their names.
    fingerprints: HashMap<String, String>,
    /// Units that cannot be read or added now, with the reason.
    unread: Vec<(String, String)>,
}

/// What is to be told of the units since they were added up, by their names.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct UnitChanges {
    /// Their numbers are no longer those that were added.
    pub changed: Vec<String>,
    /// They cannot be read or added now, each with the reason.
    pub unread: Vec<String>,
    /// They were missing, and have filed since.
    pub newly_filed: Vec<String>,
    /// They were missing, and several drafts are there now, which are named.
    pub duplicates: Vec<String>,
}

/// The draft of a unit that was missing when the report was added up.
#[derive(Clone, Debug)]
pub struct LateUnit {
    /// The name under which it was missing: the unit's, or that of a file which could not be read then.
    pub missing_as: String,
    /// Its draft, as a path relative to the compiled one.
    pub file: String,
    /// What it gives.
    pub contribution: Contribution,
}

impl CurrentUnits {
    /// Adds what a unit of a compiled draft says now, or why it cannot be read. With `keep` it can be
    /// asked for its numbers later.
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
            self.unit_sums.add(form, &part.file, given).map_err(|mixed| mixed.to_string())?;
            self.fingerprints.insert(part.unit.clone(), print);
            self.contributions.extend(kept);
            Ok(())
        });
        if let Err(why) = added {
            self.unread.push((part.unit.clone(), why));
        }
    }

    /// Looks at a draft that lies beside those of the units: it is noted where it is of a unit that was
    /// missing, for the same year and on the same forms. Drafts of other years are no report of this one.
    pub fn note_late_unit(&mut self, draft: &Draft, file: String, given: Contribution) {
        let Some(compiled) = &draft.compiled else { return };
        // A second draft of a unit that is in the sum already is no missing one's.
        let fits = given.forms == draft.forms && given.year == draft.year() && !is_in(compiled, &given.unit);
        let missing = compiled.missing.iter().find(|missing| **missing == given.unit || **missing == file);
        if let Some(missing) = missing.filter(|_| fits) {
            self.late_units.push(LateUnit { missing_as: missing.clone(), file, contribution: given });
        }
    }

    /// The units that were missing and have filed since, one draft each.
    fn filed_since(&self) -> impl Iterator<Item = &LateUnit> {
        self.late_units.iter().filter(|late| self.drafts(&late.missing_as).count() == 1)
    }

    /// The units that were missing and of which several drafts are there now, with their files: which of
    /// them counts nobody has said.
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

    /// The edit that takes the units' numbers as they are now into the compiled draft, with those of the
    /// units that have filed since. Units that cannot be read are missing from then on.
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

    /// Takes the sums and what is to be told, when all units and the drafts beside theirs were looked at.
    /// Both hold as long as the compiled report has these units and adjustments.
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
        };
    }
}

fn is_in(compiled: &Compiled, unit: &str) -> bool {
    compiled.units.iter().any(|part| part.unit == unit)
}
