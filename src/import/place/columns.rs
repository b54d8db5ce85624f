//! In which columns the numbers of a table stand, where a row with blanks does not say.

use std::collections::{BTreeMap, HashMap};

use super::assign::Assigned;
use super::outline::Item;
use super::record::{Record, Tail};
use super::target::Target;
use super::words::{Words, letters};

/// The columns that the rows of a table give to so many numbers, where all rows agree.
pub struct Columns(HashMap<Key, Option<Vec<usize>>>);

/// What rows must share for their columns to be comparable: the table, the count of numbers, and
/// where cells wander also where the label ends and how long the row is.
type Key = (usize, usize, Option<(usize, usize)>);

impl Columns {
    /// Asks every row that a label claims and that is filled.
    pub fn of(records: &[Record], targets: &[Target], assigned: &Assigned) -> Columns {
        let mut votes: HashMap<_, Option<Vec<usize>>> = HashMap::new();
        let mut whole: HashMap<(usize, usize), bool> = HashMap::new();
        let pairs = targets
            .iter()
            .zip(&assigned.records)
            .flat_map(|(target, own)| own.iter().map(move |at| (target, *at)));
        for (target, at) in pairs.clone() {
            let Tail::Cells(cells) = &records[at].tail else { continue };
            let count = target.fields.len();
            let every = whole.entry((cells.table, count)).or_insert(true);
            *every &= cells.cells.len() == count;
            let Some(columns) = cells.columns(count) else { continue };
            votes
                .entry(key(&records[at], count))
                .and_modify(|own| {
                    if own.as_ref().is_some_and(|own| *own != columns) {
                        *own = None;
                    }
                })
                .or_insert(Some(columns));
        }
        // A table told apart by tabs in which every row has just its numbers does not wander.
        for (target, at) in pairs {
            let Tail::Cells(cells) = &records[at].tail else { continue };
            let count = target.fields.len();
            if cells.ragged && whole.get(&(cells.table, count)) == Some(&true) {
                let own = cells.cells.iter().map(|(column, _)| *column).collect();
                votes.entry(key(&records[at], count)).or_insert(Some(own));
            }
        }
        Columns(votes)
    }

    /// The columns for so many numbers of a record.
    pub fn get(&self, record: &Record, count: usize) -> Option<Vec<usize>> {
        self.0.get(&key(record, count)).cloned().flatten()
    }
}

fn key(record: &Record, count: usize) -> Key {
    match &record.tail {
        Tail::Cells(cells) => (cells.table, count, cells.ragged.then_some((cells.start, cells.width))),
        Tail::Tokens { .. } => (usize::MAX, count, None),
    }
}

/// The columns of the headings above a row, where every one of them is there and in order.
pub fn headed(record: &Record, heads: &[Words], items: &[Item]) -> Option<Vec<usize>> {
    let Tail::Cells(cells) = &record.tail else { return None };
    if cells.ragged {
        return None;
    }
    let mut found: BTreeMap<usize, Words> = BTreeMap::new();
    for item in items {
        let Item::Row(row) = item else { continue };
        if row.table != cells.table || row.line >= record.line {
            continue;
        }
        for (column, text) in &row.cells {
            let label = letters(text);
            if heads.contains(&label) {
                found.insert(*column, label);
            } else if !label.is_empty() && found.contains_key(column) {
                found.remove(column);
            }
        }
    }
    let labels: Vec<&Words> = found.values().collect();
    (labels.len() == heads.len() && labels.iter().zip(heads).all(|(a, b)| *a == b))
        .then(|| found.keys().copied().collect())
}
