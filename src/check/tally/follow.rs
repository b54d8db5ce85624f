//! Follow-ups (跟着改): the totals that a corrected cell has left behind, with the sums they should have.
//!
//! A total is followed only if it was right before the change and nobody has typed into it since. The
//! totals of a table are proposed together, and only if every sum on the way agrees then. What a total was
//! wrong by before, for another reason, stays a finding of its own.

use rust_decimal::Decimal;
use std::collections::BTreeSet;

use super::recent::RecentChanges;
use super::relation::RelationState;
use crate::check::RuleInput;
use crate::draft::{Amount, parse_value};
use crate::edit::Edit;
use crate::form::FieldId;

/// The follow-ups of one table.
pub struct FollowUps {
    /// The cells that were changed, by their positions in the form's order.
    pub causes: BTreeSet<usize>,
    /// The totals that have to follow, by their positions.
    pub totals: BTreeSet<usize>,
    /// The edit that sets them to their sums.
    pub edit: Edit,
}

/// Returns the follow-ups of each table that has some.
pub fn find_follow_ups(
    input: &RuleInput,
    states: &[RelationState],
    recent: &RecentChanges,
) -> Vec<FollowUps> {
    let form = input.form;
    let table = |at: usize| form.relations()[at].left.first().map(FieldId::section);
    let tables: BTreeSet<&str> = (0..states.len()).filter_map(table).collect();
    let follow = |name: &&str| {
        let of_table = |at: &usize| form.relations()[*at].is_total && table(*at) == Some(*name);
        let relations: Vec<usize> = (0..states.len()).filter(of_table).collect();
        Table { input, states, recent, relations }.follow_ups()
    };
    tables.iter().filter_map(follow).collect()
}

/// The sums of one table.
struct Table<'i, 'a> {
    input: &'i RuleInput<'a>,
    states: &'i [RelationState],
    recent: &'i RecentChanges<'a>,
    /// Its relations with a total.
    relations: Vec<usize>,
}

impl Table<'_, '_> {
    fn follow_ups(&self) -> Option<FollowUps> {
        let left_behind = self.relations.iter().filter(|&&at| self.is_left_behind(at));
        let changed = left_behind.filter_map(|&at| self.recent.since_held(at)).flatten();
        let causes: BTreeSet<usize> = changed.clone().map(|cell| cell.position).collect();
        let oldest = changed.map(|cell| cell.age).max()?;
        let (amounts, totals) = self.follow(oldest);
        if totals.is_empty() || !self.agrees(&amounts, &causes, &totals) {
            return None;
        }
        let RuleInput { form, draft, .. } = self.input;
        let mut edit = Edit::new();
        for &total in &totals {
            let field = &form.fields()[total];
            edit.push_value(draft, &field.id, parse_value(&field.kind, &amounts[total].display_text()));
        }
        Some(FollowUps { causes, totals, edit })
    }

    /// Returns `true` if a relation held until parts of it were changed, and its total was not.
    fn is_left_behind(&self, at: usize) -> bool {
        let total = self.total(at);
        let changed = self.recent.since_held(at);
        changed.is_some_and(|changed| changed.iter().all(|cell| Some(cell.position) != total))
    }

    fn total(&self, at: usize) -> Option<usize> {
        self.input.form.relations()[at].left_positions().first().copied()
    }

    /// Sets every total to its new sum, parts before wholes, and returns the amounts then with the totals that
    /// changed. One typed since the first of the changes, or whose sums disagree, stays as it is.
    fn follow(&self, oldest: usize) -> (Vec<Amount>, BTreeSet<usize>) {
        let RuleInput { form, ledger, .. } = self.input;
        let mut amounts: Vec<Amount> = (0..form.fields().len()).map(|at| ledger.sum_at(&[at])).collect();
        let mut followed = BTreeSet::new();
        let totals: BTreeSet<usize> = self.relations.iter().filter_map(|&at| self.total(at)).collect();
        let is_open = |total: &usize| self.recent.age(*total).is_none_or(|age| age > oldest);
        let totals: Vec<(usize, Vec<usize>)> =
            totals.into_iter().filter(is_open).map(|total| (total, self.right_before(total))).collect();
        // Each round reaches the totals over those of the round before; a total never includes itself.
        for _ in 0..=totals.len() {
            let before = amounts.clone();
            for (total, relations) in &totals {
                let total = *total;
                if let (Amount::Known(sum), Amount::Known(now)) =
                    (self.new_sum(relations, &amounts), amounts[total])
                    && sum != now
                    && sum >= Decimal::ZERO
                {
                    amounts[total] = Amount::Known(sum);
                    followed.insert(total);
                }
            }
            if amounts == before {
                break;
            }
        }
        followed.retain(|&total| amounts[total] != ledger.sum_at(&[total]));
        (amounts, followed)
    }

    /// Returns the relations of a total that were right before.
    fn right_before(&self, total: usize) -> Vec<usize> {
        let was_right = |at: &usize| {
            self.total(*at) == Some(total)
                && (self.states[*at] == RelationState::Holds || self.is_left_behind(*at))
        };
        self.relations.iter().copied().filter(was_right).collect()
    }

    /// Returns the sum that all these relations of a total demand; unknown if they differ.
    fn new_sum(&self, relations: &[usize], amounts: &[Amount]) -> Amount {
        let mut sums =
            relations.iter().map(|&at| sum_of(amounts, self.input.form.relations()[at].right_positions()));
        let first = sums.next().unwrap_or(Amount::Unknown);
        if sums.all(|sum| sum == first) { first } else { Amount::Unknown }
    }

    /// Returns `true` if every relation on the way holds with these amounts. One that was broken before, or
    /// cannot be judged, is not asked.
    fn agrees(&self, amounts: &[Amount], causes: &BTreeSet<usize>, totals: &BTreeSet<usize>) -> bool {
        self.relations.iter().all(|&at| {
            let relation = &self.input.form.relations()[at];
            let mut cells = relation.left_positions().iter().chain(relation.right_positions());
            let on_the_way = cells.any(|cell| causes.contains(cell) || totals.contains(cell));
            let is_judged = match self.states[at] {
                RelationState::Holds => true,
                RelationState::Broken { .. } => self.recent.since_held(at).is_some(),
                _ => false,
            };
            let sides = || {
                let left = sum_of(amounts, relation.left_positions());
                left == sum_of(amounts, relation.right_positions())
            };
            !on_the_way || !is_judged || sides()
        })
    }
}

fn sum_of(amounts: &[Amount], positions: &[usize]) -> Amount {
    positions.iter().map(|&at| amounts[at]).fold(Amount::Blank, Amount::plus)
}
