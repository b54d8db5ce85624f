//! Finds the columns of a table's numbers where a row with blanks does not show them.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::hash::Hash;

use super::assign::Assignment;
use super::normalize::{Normalized, normalize_letters};
use super::number::parse_cell;
use super::number_row::{NumberRow, RowCells, RowNumbers};
use super::outline::{OutlineItem, TableRow};
use super::target_row::TargetRow;

/// The columns of a given count of numbers in a table, if all its rows agree.
pub struct NumberColumns {
    /// The columns of filled rows; `None` if they differ.
    votes: HashMap<VoteKey, Option<Vec<usize>>>,
    /// The last columns of a table, if its labels leave exactly that many.
    last: HashMap<(usize, usize), Vec<usize>>,
    /// Tables in which every row has exactly that many cells after its label: each is its own measure, and
    /// a merged label that reaches too far down shifts nothing.
    exact: HashSet<(usize, usize)>,
    /// Tables in which some row has more numbers than the form: it is unknown which of them belong to the
    /// form.
    wider: HashSet<(usize, usize)>,
    /// The columns of filled rows whose label ends at the same column, by table, block and that column; and how many
    /// rows fill them. Programs that lose merged cells move all of them alike.
    alike: HashMap<StartKey, HashMap<Vec<usize>, usize>>,
    /// How many cells such rows have, filled or not, and how many rows have as many.
    lengths: HashMap<StartKey, HashMap<usize, usize>>,
}

/// What rows must share for their columns to be comparable: the table, the count of numbers, and if cells
/// shift also the end of the label and the length of the row.
type VoteKey = (usize, usize, Option<(usize, usize)>);

/// A table, the block of the form, and the column behind a label.
type StartKey = (usize, usize, usize);

impl NumberColumns {
    /// Collects the columns of every row that a label claims.
    pub fn of(rows: &[NumberRow], targets: &[TargetRow], assigned: &Assignment) -> NumberColumns {
        let mut votes: HashMap<VoteKey, Option<Vec<usize>>> = HashMap::new();
        let mut areas: HashMap<(usize, usize), NumberArea> = HashMap::new();
        let mut alike: HashMap<StartKey, HashMap<Vec<usize>, usize>> = HashMap::new();
        let mut lengths: HashMap<StartKey, HashMap<usize, usize>> = HashMap::new();
        for (target, own) in targets.iter().zip(&assigned.rows) {
            let count = target.fields.len();
            for row in own.iter().map(|at| &rows[*at]) {
                let RowNumbers::Cells(cells) = &row.numbers else { continue };
                let area = areas.entry((cells.table, count)).or_insert_with(|| NumberArea {
                    width: Some(cells.width),
                    exact: true,
                    ..NumberArea::default()
                });
                let key = (cells.table, target.block, cells.start);
                *lengths.entry(key).or_default().entry(cells.cells.len()).or_default() += 1;
                area.exact &= cells.cells.len() == count;
                area.wider |= cells.number_count() > count && count > 1;
                area.start = area.start.max(cells.start);
                area.width = area.width.filter(|width| *width == cells.width);
                let filled = cells.cells.iter().filter(|(_, text)| !text.is_empty());
                area.filled.extend(filled.map(|(column, _)| *column));
                if let Some(columns) = cells.contiguous_columns(count) {
                    *alike.entry(key).or_default().entry(columns.clone()).or_default() += 1;
                    let vote = votes.entry(vote_key(row, count)).or_insert_with(|| Some(columns.clone()));
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
        NumberColumns { votes, last: last.collect(), exact, wider, alike, lengths }
    }

    /// Returns whether a row is in a table of more numbers than the form has.
    pub fn has_extra_numbers(&self, row: &NumberRow, count: usize) -> bool {
        matches!(&row.numbers, RowNumbers::Cells(cells) if self.wider.contains(&(cells.table, count)))
    }

    /// Returns whether the row fills the same columns as every other whose label ends where its own does.
    pub fn is_like_others(&self, row: &NumberRow, target: &TargetRow) -> bool {
        let RowNumbers::Cells(cells) = &row.numbers else { return false };
        let Some(columns) = cells.contiguous_columns(target.fields.len()) else { return false };
        let alike = self.alike.get(&(cells.table, target.block, cells.start));
        alike.is_some_and(|rows| own_and_others(rows, &columns).is_some_and(|it| it.0 > 1 && it.1 == 0))
    }

    /// Returns whether most rows whose label ends where its own does fill other columns or have more or fewer cells.
    pub fn is_unlike_others(&self, row: &NumberRow, target: &TargetRow) -> bool {
        let RowNumbers::Cells(cells) = &row.numbers else { return false };
        let Some(columns) = cells.contiguous_columns(target.fields.len()) else { return false };
        let key = (cells.table, target.block, cells.start);
        let is_minority = |(own, others): (usize, usize)| others > own;
        let by_columns = self.alike.get(&key).and_then(|rows| own_and_others(rows, &columns));
        let by_length = self.lengths.get(&key).and_then(|rows| own_and_others(rows, &cells.cells.len()));
        by_columns.is_some_and(is_minority) || cells.ragged && by_length.is_some_and(is_minority)
    }

    /// Returns the columns of `count` numbers of a row.
    pub fn columns_of(&self, row: &NumberRow, count: usize) -> Option<Vec<usize>> {
        let RowNumbers::Cells(cells) = &row.numbers else { return None };
        if self.exact.contains(&(cells.table, count)) {
            return Some(cells.cells.iter().map(|(column, _)| *column).collect());
        }
        match self.votes.get(&vote_key(row, count)) {
            Some(voted) => voted.clone(),
            None => self.last.get(&(cells.table, count)).cloned(),
        }
    }
}

/// Returns how many rows are as `own` is, and how many as the other that most of them are.
fn own_and_others<T: Eq + Hash>(rows: &HashMap<T, usize>, own: &T) -> Option<(usize, usize)> {
    let others = rows.iter().filter(|(other, _)| *other != own).map(|(_, rows)| *rows).max();
    Some((*rows.get(own)?, others.unwrap_or(0)))
}

/// The part of a table that is filled by rows of a given count of numbers.
#[derive(Default)]
struct NumberArea {
    /// The first column after every label.
    start: usize,
    /// The width that all rows share; none where they differ.
    width: Option<usize>,
    /// Whether every row has exactly that many cells.
    exact: bool,
    /// Whether some row has more numbers.
    wider: bool,
    /// Columns in which something is after a label.
    filled: Vec<usize>,
}

fn vote_key(row: &NumberRow, count: usize) -> VoteKey {
    match &row.numbers {
        RowNumbers::Cells(cells) => (cells.table, count, cells.ragged.then_some((cells.start, cells.width))),
        RowNumbers::Tokens { .. } => (usize::MAX, count, None),
    }
}

/// The rows of tables that hold no number: what can be headings.
pub struct ColumnHeadings<'a>(Vec<&'a TableRow>);

/// The most rows without numbers that are searched above a row; no table has as many.
const MAX_ROWS_ABOVE: usize = 100;

impl<'a> ColumnHeadings<'a> {
    /// Those among some items.
    pub fn of(items: &'a [OutlineItem]) -> ColumnHeadings<'a> {
        let rows =
            items.iter().filter_map(|item| if let OutlineItem::Row(row) = item { Some(row) } else { None });
        // A row with numbers is not a heading, even where its label is 总计.
        let is_number = |text: &str| parse_cell(text).is_some_and(|number| !number.raw.is_empty());
        ColumnHeadings(rows.filter(|row| !row.cells.iter().any(|(_, text)| is_number(text))).collect())
    }

    /// Returns the columns of the headings above a row, in the form's order, where every one of them is there.
    /// The last may be missing: a report without a column of totals. They are not sorted where the report has an
    /// order of its own.
    pub fn columns(&self, row: &NumberRow, heads: &[Normalized]) -> Option<Vec<usize>> {
        let found = self.headings_above(row, heads)?;
        let named = heads.iter().collect::<HashSet<_>>().len() == heads.len();
        if found.values().eq(heads) || named && found.values().eq(heads.split_last()?.1) {
            return Some(found.into_keys().collect());
        }
        let column =
            |head: &Normalized| found.iter().find(|(_, other)| *other == head).map(|(column, _)| *column);
        let columns: Option<Vec<usize>> = heads.iter().map(column).collect();
        columns.filter(|_| named && found.len() == heads.len())
    }

    /// Returns whether two headings of one row above are the other way round than the form has them, in a
    /// table whose cells shift: which number is whose is not known then.
    pub fn contradicts(&self, row: &NumberRow, heads: &[Normalized]) -> bool {
        let RowNumbers::Cells(cells) = &row.numbers else { return false };
        if !cells.ragged || heads.iter().collect::<HashSet<_>>().len() < heads.len() {
            return false;
        }
        let place = |text: &String| heads.iter().position(|head| *head == normalize_letters(text));
        self.above(cells).any(|row| !row.cells.iter().filter_map(|(_, text)| place(text)).is_sorted())
    }

    /// Returns the rows without numbers above a row of the same table.
    fn above(&self, cells: &RowCells) -> impl Iterator<Item = &TableRow> {
        let end = self.0.partition_point(|row| (row.table, row.row) < (cells.table, cells.row));
        let above = self.0.get(end.saturating_sub(MAX_ROWS_ABOVE)..end).unwrap_or_default();
        let table = cells.table;
        above.iter().copied().filter(move |row| row.table == table)
    }

    /// Returns the form's headings that are above a row in its table, by their columns, or `None` if some
    /// of them are not over the numbers.
    fn headings_above(&self, row: &NumberRow, heads: &[Normalized]) -> Option<BTreeMap<usize, Normalized>> {
        let RowNumbers::Cells(cells) = &row.numbers else { return None };
        let mut found: BTreeMap<usize, Normalized> = BTreeMap::new();
        // One word of a row is its label: 3.其他 is no heading.
        let named = |row: &&TableRow| {
            let names = row.cells.iter().filter(|(_, text)| heads.contains(&normalize_letters(text)));
            heads.len() < 3 || names.count() != 1
        };
        for (column, text) in self.above(cells).filter(named).flat_map(|row| &row.cells) {
            let label = normalize_letters(text);
            if heads.contains(&label) {
                found.insert(*column, label);
            } else if parse_cell(text).is_none() {
                found.remove(column);
            }
        }
        // Headings further left than some label are not over the numbers: the cells shift.
        let over = found.keys().next().is_some_and(|first| *first >= cells.start);
        over.then_some(found)
    }
}
