//! The units of a compiled report merged unit by unit.

use std::collections::BTreeSet;

use super::conflict::{Conflict, Merger};
use super::sides::{Sides, merge_three_way};
use crate::draft::{Adjustment, Compiled, CompiledUnit};

/// Merges the units. A unit that both added up again, each to other numbers, is a conflict; adjustments
/// that either entered are in, those that either took out are not. What both sides have is in our order,
/// what only they have after it.
pub fn merge_compiled(sides: Sides<Option<Compiled>>, found: &mut Merger) -> Option<Compiled> {
    let sides = match merge_three_way(sides) {
        Ok(compiled) => return compiled,
        Err(sides) => sides,
    };
    let each = sides.map(|compiled| compiled.clone().unwrap_or_default());
    let both = sides.ours.is_some() && sides.theirs.is_some();
    if !both || [&each.base, &each.ours, &each.theirs].into_iter().any(has_duplicate_names) {
        return found.merge_value(sides, Conflict::Compiled);
    }
    let mut units = Vec::new();
    for name in unit_names(&each, |compiled| compiled.units.iter().map(|part| part.unit.as_str()).collect()) {
        let part = |compiled: &Compiled| compiled.units.iter().find(|part| part.unit == name).cloned();
        units.extend(
            found.merge_value::<Option<CompiledUnit>>(each.map(part), |sides| {
                Conflict::Unit(name.into(), sides)
            }),
        );
    }
    let missing = unit_names(&each, |compiled| compiled.missing.iter().map(String::as_str).collect());
    let is_missing = |name: &&str| {
        let there = each.map(|compiled| compiled.missing.iter().any(|missing| missing == name));
        // Of two answers both sides can only have changed to the same one.
        merge_three_way(there).unwrap_or(true)
    };
    let missing = missing.into_iter().filter(is_missing).map(String::from).collect();
    Some(Compiled { units, missing, adjustments: merge_adjustments(&each) })
}

/// Returns whether a unit is named twice, so that its name does not say which.
fn has_duplicate_names(compiled: &Compiled) -> bool {
    let names: BTreeSet<&str> = compiled.units.iter().map(|part| part.unit.as_str()).collect();
    names.len() < compiled.units.len()
}

/// Returns the names that our side or theirs has, each once, ours first.
fn unit_names<'a>(each: &'a Sides<Compiled>, of: impl Fn(&'a Compiled) -> Vec<&'a str>) -> Vec<&'a str> {
    let mut seen = BTreeSet::new();
    let all = of(&each.ours).into_iter().chain(of(&each.theirs)).chain(of(&each.base));
    all.filter(|name| seen.insert(*name)).collect()
}

/// Merges the adjustments: what either side added is added, what either removed is removed.
fn merge_adjustments(each: &Sides<Compiled>) -> Vec<Adjustment> {
    let mut merged: Vec<Adjustment> = Vec::new();
    for adjustment in each.ours.adjustments.iter().chain(&each.theirs.adjustments) {
        let times = |list: &[Adjustment]| list.iter().filter(|other| *other == adjustment).count();
        let wanted = times(&each.ours.adjustments) + times(&each.theirs.adjustments);
        if times(&merged) + times(&each.base.adjustments) < wanted {
            merged.push(adjustment.clone());
        }
    }
    merged
}
