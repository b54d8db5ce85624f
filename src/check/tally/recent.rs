//! What the session's history knows of a broken relation: which of its cells were changed since it held.

use super::relation::RelationState;
use crate::check::RuleInput;
use crate::draft::{Amount, Value};
use crate::form::{Form, Relation};

/// The steps of the history that are looked at; what lies further back is not known.
const MOST_STEPS: usize = 200;

/// A cell that was changed in this session.
#[derive(Clone, Copy, Debug)]
pub struct ChangedCell<'a> {
    /// Its position in the form's order.
    pub position: usize,
    /// Its value when the relation held last.
    pub before: &'a Value,
    /// The number of steps since it was changed last; 0 for the last step.
    pub age: usize,
}

/// The changes of this session, as far as they broke relations.
pub struct RecentChanges<'a> {
    since: Vec<Option<Vec<ChangedCell<'a>>>>,
    ages: Vec<Option<usize>>,
}

impl<'a> RecentChanges<'a> {
    /// Goes back through the history to the last state in which each broken relation held.
    pub fn new(input: &RuleInput<'a>, states: &[RelationState]) -> Self {
        let RuleInput { form, ledger, .. } = *input;
        let relations = form.relations();
        let fields = form.fields().len();
        let mut recent = RecentChanges { since: vec![None; relations.len()], ages: vec![None; fields] };
        let is_broken = |at: &usize| matches!(states.get(*at), Some(RelationState::Broken { .. }));
        let mut pending: Vec<usize> = (0..relations.len()).filter(is_broken).collect();
        let Some(history) = input.context.history.filter(|_| !pending.is_empty()) else { return recent };
        let mut values: Vec<&'a Value> = (0..fields).map(|position| input.value_at(position)).collect();
        let is_computed = |position: usize| ledger.is_computed(form, form.fields()[position].id.as_str());
        let mut age = 0;
        for step in history.applied_steps().rev() {
            let before: Vec<(usize, &'a Value)> = step
                .values_before()
                .filter_map(|(id, value)| Some((form.position(id.as_str())?, value)))
                .filter(|(position, _)| form.fields()[*position].kind.is_number())
                .collect();
            if before.is_empty() {
                continue;
            }
            for (position, value) in before {
                values[position] = value;
                recent.ages[position].get_or_insert(age);
            }
            pending.retain(|&at| {
                let relation = &relations[at];
                let holds = holds(form, relation, &values, &is_computed);
                if holds {
                    recent.since[at] = Some(changed_cells(input, relation, &values, &recent.ages));
                }
                !holds
            });
            age += 1;
            if pending.is_empty() || age >= MOST_STEPS {
                break;
            }
        }
        recent
    }

    /// Returns the cells of a broken relation that were changed since it held, the latest first; `None` if it
    /// is not known to have held.
    pub fn since_held(&self, relation: usize) -> Option<&[ChangedCell<'a>]> {
        self.since.get(relation)?.as_deref().filter(|changed| !changed.is_empty())
    }

    /// Returns the number of steps since a cell was changed, if that is known.
    pub fn age(&self, position: usize) -> Option<usize> {
        self.ages.get(position).copied().flatten()
    }
}

fn changed_cells<'a>(
    input: &RuleInput<'a>,
    relation: &Relation,
    values: &[&'a Value],
    ages: &[Option<usize>],
) -> Vec<ChangedCell<'a>> {
    let positions = relation.left_positions().iter().chain(relation.right_positions());
    let mut changed: Vec<ChangedCell> = positions
        .filter(|&&position| values[position] != input.value_at(position))
        .filter_map(|&position| {
            Some(ChangedCell { position, before: values[position], age: ages[position]? })
        })
        .collect();
    changed.sort_by_key(|cell| cell.age);
    changed
}

/// Returns whether both sides were numbers and equal in an earlier state.
fn holds(form: &Form, relation: &Relation, values: &[&Value], is_computed: &dyn Fn(usize) -> bool) -> bool {
    let sum = |positions: &[usize]| {
        let amounts = positions.iter().map(|&position| amount(form, values, is_computed, position));
        amounts.fold(Amount::Blank, Amount::plus)
    };
    let left = sum(relation.left_positions());
    matches!(left, Amount::Known(_)) && left == sum(relation.right_positions())
}

fn amount(form: &Form, values: &[&Value], is_computed: &dyn Fn(usize) -> bool, position: usize) -> Amount {
    match form.fields()[position].sum {
        // This ends: forms in which a total includes itself are refused.
        Some(sum) if is_computed(position) => form.relations()[sum]
            .right_positions()
            .iter()
            .map(|&part| amount(form, values, is_computed, part))
            .fold(Amount::Blank, Amount::plus),
        _ => Amount::of(values[position]),
    }
}
