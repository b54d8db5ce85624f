//! The units of a compiled report as their drafts are now, beside what was added up.

use std::collections::HashMap;

use super::{Contribution, Rollup};
use crate::draft::{Compiled, Draft, Part, Value};
use crate::form::{FieldId, Form};

/// What the units' drafts say now.
#[derive(Clone, Debug, Default)]
pub struct Gathered {
    /// The sum of every entered cell, adjustments included.
    pub sums: Vec<(FieldId, Value)>,
    /// Units that cannot be read or added now, with the reason.
    pub unread: Vec<(String, String)>,
    /// The sums while they can still be taken into the draft: see [`Rollup::taken_into`].
    pub rollup: Rollup,
    /// What each unit of the sums gives, in the order of its parts; empty where it was not kept.
    pub given: Vec<Contribution>,
    /// The fingerprints of the units' numbers, by their names.
    prints: HashMap<String, String>,
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

    /// Takes the sums, when all units were added.
    pub fn sum(&mut self, form: &Form, compiled: &Compiled) {
        self.sums = self.rollup.values(form, &compiled.adjustments);
    }

    /// The units whose numbers are no longer those that were added.
    pub fn changed(&self, compiled: &Compiled) -> Vec<String> {
        let changed = |part: &&Part| self.prints.get(&part.unit).is_some_and(|print| *print != part.print);
        compiled.units.iter().filter(changed).map(|part| part.unit.clone()).collect()
    }

    /// The units of the compiled draft that cannot be read or added now, each with the reason.
    pub fn unread(&self, compiled: &Compiled) -> Vec<String> {
        let is_in = |unit: &str| compiled.units.iter().any(|part| part.unit == unit);
        let unread = self.unread.iter().filter(|(unit, _)| is_in(unit));
        unread.map(|(unit, why)| format!("{unit}（{why}）")).collect()
    }
}
