//! In which columns the numbers of a table stand, where a row with blanks does not say.

use std::collections::{BTreeMap, HashMap, HashSet};

use super::assign::Assigned;
use super::number::value;
use super::outline::{Item, TableRow};
use super::record::{Record, Tail};
use super::target::Target;
use super::words::{Words, letters};

/// The columns that the rows of a table give to so many numbers, where all rows agree.
pub struct Columns {
    /// What filled rows say; none where they differ.
    votes: HashMap<Key, Option<Vec<usize>>>,
    /// The last columns of a table, where its labels leave just so many.
    last: HashMap<(usize, usize), Vec<usize>>,
    /// Tables in which every row has just so many cells behind its label: each is its own measure,
    /// and a merged label that reaches too far down shifts nothing.
    exact: HashSet<(usize, usize)>,
    /// Tables in which some row has more numbers than the form: nobody knows which of them it wants.
    wider: HashSet<(usize, usize)>,
}

/// What rows must share for their columns to be comparable: the table, the count of numbers, and
/// where cells wander also where the label ends and how long the row is.
type Key = (usize, usize, Option<(usize, usize)>);

impl Columns {
    /// Asks every row that a label claims.
    pub fn of(records: &[Record], targets: &[Target], assigned: &Assigned) -> Columns {
        let mut votes: HashMap<Key, Option<Vec<usize>>> = HashMap::new();
        let mut areas: HashMap<(usize, usize), Area> = HashMap::new();
        for (target, own) in targets.iter().zip(&assigned.records) {
            let count = target.fields.len();
            for record in own.iter().map(|at| &records[*at]) {
                let Tail::Cells(cells) = &record.tail else { continue };
                let area = areas.entry((cells.table, count)).or_insert_with(|| Area {
                    width: Some(cells.width),
                    exact: true,
                    ..Area::default()
                });
                area.exact &= cells.cells.len() == count && !cells.ragged;
                area.wider |= cells.numbers() > count && count > 1;
                area.start = area.start.max(cells.start);
                area.width = area.width.filter(|width| *width == cells.width);
                let filled = cells.cells.iter().filter(|(_, text)| !text.is_empty());
                area.filled.extend(filled.map(|(column, _)| *column));
                if let Some(columns) = cells.columns(count) {
                    let vote = votes.entry(key(record, count)).or_insert_with(|| Some(columns.clone()));
                    if vote.as_ref().is_some_and(|vote| *vote != columns) {
                        *vote = None;
                    }
                }
            }
        }
        let exact = areas.iter().filter(|(_, area)| area.exact).map(|(key, _)| *key).collect();
        let wider = areas.iter().filter(|(_, area)| area.wider).map(|(key, _)| *key).collect();
        // The labels of a table fill just the columns in front of its numbers.
        let last = areas.into_iter().filter_map(|((table, count), area)| {
            let columns: Vec<usize> = (area.start..area.start + count).collect();
            let fits = area.width == Some(area.start + count);
            let inside = area.filled.iter().all(|column| columns.contains(column));
            (fits && inside).then_some(((table, count), columns))
        });
        Columns { votes, last: last.collect(), exact, wider }
    }

    /// Whether a record stands in a table of more numbers than the form has.
    pub fn are_other(&self, record: &Record, count: usize) -> bool {
        matches!(&record.tail, Tail::Cells(cells) if self.wider.contains(&(cells.table, count)))
    }

    /// The columns for so many numbers of a record.
    pub fn get(&self, record: &Record, count: usize) -> Option<Vec<usize>> {
        let Tail::Cells(cells) = &record.tail else { return None };
        if self.exact.contains(&(cells.table, count)) {
            return Some(cells.cells.iter().map(|(column, _)| *column).collect());
        }
        match self.votes.get(&key(record, count)) {
            Some(voted) => voted.clone(),
            None => self.last.get(&(cells.table, count)).cloned(),
        }
    }
}

/// The part of a table that rows of so many numbers take.
#[derive(Default)]
struct Area {
    /// The first column behind every label.
    start: usize,
    /// The width that all rows share; none where they differ.
    width: Option<usize>,
    /// Whether every row has just so many cells.
    exact: bool,
    /// Whether some row has more numbers.
    wider: bool,
    /// Columns in which something stands behind a label.
    filled: Vec<usize>,
}

fn key(record: &Record, count: usize) -> Key {
    match &record.tail {
        Tail::Cells(cells) => (cells.table, count, cells.ragged.then_some((cells.start, cells.width))),
        Tail::Tokens { .. } => (usize::MAX, count, None),
    }
}

/// The rows of tables that hold no number: what can be headings.
pub struct Heads<'a>(Vec<&'a TableRow>);

/// The most rows without numbers that are looked at above a row; no table has as many.
const ABOVE: usize = 100;

impl<'a> Heads<'a> {
    /// Those among some items.
    pub fn of(items: &'a [Item]) -> Heads<'a> {
        let rows = items.iter().filter_map(|item| if let Item::Row(row) = item { Some(row) } else { None });
        // A row with numbers is no heading, even where its label is 总计.
        let is_number = |text: &str| value(text).is_some_and(|number| !number.raw.is_empty());
        Heads(rows.filter(|row| !row.cells.iter().any(|(_, text)| is_number(text))).collect())
    }

    /// The columns of the headings above a row, where every one of them is there and in order.
    pub fn columns(&self, record: &Record, heads: &[Words]) -> Option<Vec<usize>> {
        let found = self.over(record, heads)?;
        found.values().eq(heads).then(|| found.into_keys().collect())
    }

    /// Whether every heading stands above a row, but in another order than the form's: the report has
    /// columns of its own.
    pub fn contradict(&self, record: &Record, heads: &[Words]) -> bool {
        let wandering = matches!(&record.tail, Tail::Cells(cells) if cells.ragged);
        !wandering
            && self.over(record, heads).is_some_and(|found| {
                let mut ours: Vec<&Words> = heads.iter().collect();
                let mut theirs: Vec<&Words> = found.values().collect();
                let same_order = ours == theirs;
                ours.sort();
                theirs.sort();
                !same_order && ours == theirs
            })
    }

    /// The form's headings that stand above a row in its table, by their columns; none where some of
    /// them are not over the numbers.
    fn over(&self, record: &Record, heads: &[Words]) -> Option<BTreeMap<usize, Words>> {
        let Tail::Cells(cells) = &record.tail else { return None };
        let end = self.0.partition_point(|row| (row.table, row.row) < (cells.table, cells.row));
        let above = self.0.get(end.saturating_sub(ABOVE)..end).unwrap_or_default();
        let mut found: BTreeMap<usize, Words> = BTreeMap::new();
        for (column, text) in above.iter().filter(|row| row.table == cells.table).flat_map(|row| &row.cells) {
            let label = letters(text);
            if heads.contains(&label) {
                found.insert(*column, label);
            } else if value(text).is_none() {
                found.remove(column);
            }
        }
        // Headings further left than some label are not over the numbers: the cells wander.
        let over = found.keys().next().is_some_and(|first| *first >= cells.start);
        over.then_some(found)
    }
}
