//! The units of a compiled report as their drafts are now, beside what was added up.

use std::collections::HashMap;

use super::{Contribution, Rollup};
use crate::draft::{Compiled, Draft, Part, Value};
use crate::edit::Edit;
use crate::form::{FieldId, Form};

/// What the units' drafts say now.
#[derive(Clone, Debug, Default)]
pub struct Gathered {
    /// The sum of every entered cell, adjustments included.
    pub sums: Vec<(FieldId, Value)>,
    /// What is to be told of the units since they were added up.
    pub news: News,
    /// The sums while they can still be taken into the draft: see [`Gathered::taken_into`].
    pub rollup: Rollup,
    /// What each unit of the sums gives, in the order of its parts; empty where it was not kept.
    pub given: Vec<Contribution>,
    /// Drafts of units that were missing when the report was added up. They are in no sum yet.
    pub late: Vec<Late>,
    /// The fingerprints of the units' numbers, by their names.
    prints: HashMap<String, String>,
    /// Units that cannot be read or added now, with the reason.
    unread: Vec<(String, String)>,
}

/// What is to be told of the units since they were added up, by their names.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct News {
    /// Their numbers are no longer those that were added.
    pub changed: Vec<String>,
    /// They cannot be read or added now, each with the reason.
    pub unread: Vec<String>,
    /// They were missing, and have filed since.
    pub filed: Vec<String>,
    /// They were missing, and several drafts are there now, which are named.
    pub doubled: Vec<String>,
}

/// The draft of a unit that was missing when the report was added up.
#[derive(Clone, Debug)]
pub struct Late {
    /// The name under which it was missing: the unit's, or that of a file which could not be read then.
    pub missing: String,
    /// Its draft, as a path relative to the compiled one.
    pub file: String,
    /// What it gives.
    pub given: Contribution,
}

impl Gathered {
    /// Adds what a unit of a compiled draft says now, or why it cannot be read. With `keep` it can be
    /// asked for its numbers later.
    pub fn add(
        &mut self,
        form: &Form,
        draft: &Draft,
        part: &Part,
        read: Result<Contribution, String>,
        keep: bool,
    ) {
        let added = read.and_then(|given| {
            if given.forms != draft.forms || given.year != draft.year() {
                return Err(format!("{} 的年度或格式与汇总不同", part.file));
            }
            let (print, kept) = (given.print.clone(), keep.then(|| given.clone()));
            self.rollup.add(form, &part.file, given).map_err(|mixed| mixed.to_string())?;
            self.prints.insert(part.unit.clone(), print);
            self.given.extend(kept);
            Ok(())
        });
        if let Err(why) = added {
            self.unread.push((part.unit.clone(), why));
        }
    }

    /// Looks at a draft that lies beside those of the units: it is noted where it is of a unit that was
    /// missing, for the same year and on the same forms. Drafts of other years are no report of this one.
    pub fn found(&mut self, draft: &Draft, file: String, given: Contribution) {
        let Some(compiled) = &draft.compiled else { return };
        // A second draft of a unit that is in the sum already is no missing one's.
        let fits = given.forms == draft.forms && given.year == draft.year() && !is_in(compiled, &given.unit);
        let missing = compiled.missing.iter().find(|missing| **missing == given.unit || **missing == file);
        if let Some(missing) = missing.filter(|_| fits) {
            self.late.push(Late { missing: missing.clone(), file, given });
        }
    }

    /// The units that were missing and have filed since, one draft each.
    fn filed_since(&self) -> impl Iterator<Item = &Late> {
        self.late.iter().filter(|late| self.drafts(&late.missing).count() == 1)
    }

    /// The units that were missing and of which several drafts are there now, with their files: which of
    /// them counts nobody has said.
    fn doubled(&self) -> Vec<String> {
        let is_first =
            |late: &&Late| self.drafts(&late.missing).next().is_some_and(|first| first == late.file);
        let doubled = self.late.iter().filter(|late| self.drafts(&late.missing).count() > 1).filter(is_first);
        let named = |late: &Late| {
            format!("{}（{}）", late.missing, self.drafts(&late.missing).collect::<Vec<_>>().join("、"))
        };
        doubled.map(named).collect()
    }

    fn drafts(&self, missing: &str) -> impl Iterator<Item = &str> {
        let of_it = self.late.iter().filter(move |late| late.missing == missing);
        of_it.map(|late| late.file.as_str())
    }

    /// The edit that takes the units' numbers as they are now into the compiled draft, with those of the
    /// units that have filed since. Units that cannot be read are missing from then on.
    pub fn taken_into(&self, form: &Form, draft: &Draft) -> Edit {
        let Some(compiled) = &draft.compiled else { return Edit::new() };
        let (mut rollup, mut missing) = (self.rollup.clone(), compiled.missing.clone());
        for late in self.filed_since() {
            if rollup.add(form, &late.file, late.given.clone()).is_ok() {
                missing.retain(|unit| *unit != late.missing);
            }
        }
        let gone = self.unread.iter().map(|(unit, _)| unit).filter(|unit| !compiled.missing.contains(unit));
        missing.extend(gone.cloned());
        rollup.taken_into(form, draft, missing)
    }

    /// Takes the sums and what is to be told, when all units and the drafts beside theirs were looked at.
    /// Both hold as long as the compiled report has these units and adjustments.
    pub fn conclude(&mut self, form: &Form, compiled: &Compiled) {
        self.sums = self.rollup.values(form, &compiled.adjustments);
        let changed = |part: &&Part| self.prints.get(&part.unit).is_some_and(|print| *print != part.print);
        self.news = News {
            changed: compiled.units.iter().filter(changed).map(|part| part.unit.clone()).collect(),
            unread: self.unread.iter().map(|(unit, why)| format!("{unit}（{why}）")).collect(),
            filed: self.filed_since().map(|late| late.missing.clone()).collect(),
            doubled: self.doubled(),
        };
    }
}

fn is_in(compiled: &Compiled, unit: &str) -> bool {
    compiled.units.iter().any(|part| part.unit == unit)
}
