//! Digits that ran together and were cut by the sum of their own row: whether the rest of the table bears it out.
//!
//! A row that breaks its sum, cut anywhere, can add up by chance. So its cut counts only where the sums over
//! other rows hold with it, or where so few rows of the table have no cut at all that chance is no explanation.

use std::collections::{BTreeSet, HashMap, HashSet};

use super::extract::Extracted;
use super::number_row::NumberRow;
use super::target_row::TargetRow;
use crate::form::{FieldId, Form};

/// Of so many rows that ran together one may have no cut that adds up, and those of the others still count.
const ROWS_FOR_ONE_WITHOUT: usize = 10;

/// The rows of a table whose numbers only their sums tell apart.
#[derive(Default)]
pub struct Cuts {
    /// The targets whose row was cut by its own sum.
    by_sums: BTreeSet<usize>,
    /// Those of them that nothing bears out, or that other sums contradict.
    doubtful: BTreeSet<usize>,
}

impl Cuts {
    /// Judges the rows that were taken for each target.
    pub fn of(
        form: &Form,
        rows: &[NumberRow],
        targets: &[TargetRow],
        readings: &[Vec<(usize, Extracted)>],
    ) -> Cuts {
        let (mut by_sums, mut without) = (BTreeSet::new(), 0);
        let mut known: HashMap<&FieldId, (usize, u64)> = HashMap::new();
        for (row, (target, taken)) in targets.iter().zip(readings).enumerate() {
            let [(at, taken)] = &taken[..] else { continue };
            if target.is_sum && rows[*at].needs_cutting(target.fields.len()) {
                match taken {
                    Extracted::Mismatch => without += 1,
                    Extracted::Values(_) => _ = by_sums.insert(row),
                    Extracted::Alternatives(_) => {}
                }
            }
            let numbers = taken.numbers().filter(|numbers| numbers.len() == target.fields.len());
            for (field, number) in target.fields.iter().zip(numbers.unwrap_or_default()) {
                known.insert(field, (row, number));
            }
        }
        if by_sums.is_empty() {
            return Cuts::default();
        }
        let (mut held, mut broken) = (HashSet::new(), HashSet::new());
        for relation in form.relations() {
            let fields = || relation.left.iter().chain(&relation.right);
            let rows: HashSet<usize> = fields().filter_map(|field| known.get(field)).map(|it| it.0).collect();
            if rows.len() < 2 || !fields().all(|field| known.contains_key(field)) {
                continue;
            }
            let sum = |side: &[FieldId]| side.iter().map(|field| u128::from(known[field].1)).sum::<u128>();
            let agrees = sum(&relation.left) == sum(&relation.right);
            if agrees { &mut held } else { &mut broken }.extend(rows);
        }
        let rare = without * ROWS_FOR_ONE_WITHOUT <= by_sums.len();
        let is_doubtful = |row: &usize| broken.contains(row) || !held.contains(row) && !rare;
        let doubtful = by_sums.iter().copied().filter(is_doubtful).collect();
        Cuts { by_sums, doubtful }
    }

    /// Returns whether the row of a target may have been cut in the wrong places.
    pub fn is_doubtful(&self, target: usize) -> bool {
        self.doubtful.contains(&target)
    }

    /// Returns the targets whose numbers their sums alone told apart, without doubt.
    pub fn decided(&self) -> impl Iterator<Item = usize> {
        self.by_sums.difference(&self.doubtful).copied()
    }
}
