//! Finds the columns of a table's numbers where a row with blanks does not show them.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::hash::Hash;

use super::assign::Assignment;
use super::normalize::{Normalized, normalize_letters};
use super::number::parse_cell;
use super::number_row::{NumberRow, RowCells, RowNumbers};
use super::outline::{OutlineItem, TableRow};
use super::target_row::TargetRow;

/// The rows of tables that labels claim: each is the measure of the others' columns.
pub struct NumberColumns<'a>(Vec<ClaimedRow<'a>>);

/// A row of a table that the label of a row of the form claims.
struct ClaimedRow<'a> {
    cells: &'a RowCells,
    /// The block of the form that its label is in.
    block: usize,
    /// How many numbers that row of the form has.
    count: usize,
    /// The columns of its numbers, if it shows them by itself.
    columns: Option<Vec<usize>>,
}

impl<'a> NumberColumns<'a> {
    /// Collects every row that a label claims.
    pub fn of(rows: &'a [NumberRow], targets: &[TargetRow], assigned: &Assignment) -> NumberColumns<'a> {
        let claimed = targets.iter().zip(&assigned.rows).flat_map(|(target, own)| {
            let (block, count) = (target.block, target.fields.len());
            own.iter().filter_map(move |at| match &rows[*at].numbers {
                RowNumbers::Cells(cells) => {
                    Some(ClaimedRow { cells, block, count, columns: cells.contiguous_columns(count) })
                }
                RowNumbers::Tokens { .. } => None,
            })
        });
        NumberColumns(claimed.collect())
    }

    /// Returns the rows of the same table with as many numbers.
    fn in_table(&self, table: usize, count: usize) -> impl Iterator<Item = &ClaimedRow<'a>> {
        self.0.iter().filter(move |it| (it.cells.table, it.count) == (table, count))
    }

    /// Returns the rows of the same table and block whose label ends at the same column: programs that lose merged
    /// cells move all of them alike.
    fn beside(&self, cells: &RowCells, block: usize) -> impl Iterator<Item = &ClaimedRow<'a>> {
        let key = (cells.table, block, cells.start);
        self.0.iter().filter(move |it| (it.cells.table, it.block, it.cells.start) == key)
    }

    /// Returns whether a row is in a table of more numbers than the form has: which of them are the form's is unknown.
    pub fn has_extra_numbers(&self, row: &NumberRow, count: usize) -> bool {
        let RowNumbers::Cells(cells) = &row.numbers else { return false };
        count > 1 && self.in_table(cells.table, count).any(|it| it.cells.number_count() > count)
    }

    /// Returns whether the row fills the same columns as every other whose label ends where its own does.
    pub fn is_like_others(&self, row: &NumberRow, target: &TargetRow) -> bool {
        let RowNumbers::Cells(cells) = &row.numbers else { return false };
        let Some(columns) = cells.contiguous_columns(target.fields.len()) else { return false };
        let beside = self.beside(cells, target.block).filter_map(|it| it.columns.as_ref());
        let (own, others) = own_and_others(beside, &columns);
        own > 1 && others == 0
    }

    /// Returns whether a row's numbers may stand beside their columns, because a cell was put in or taken out: most
    /// rows whose label ends where its own does fill other columns or have more or fewer cells. Exactly as many cells
    /// as the form has, or its headings at the columns `headed`, vouch for it against as many others; what neither
    /// vouches for is open without another row like it.
    pub fn may_be_shifted(&self, row: &NumberRow, target: &TargetRow, headed: Option<&[usize]>) -> bool {
        let RowNumbers::Cells(cells) = &row.numbers else { return false };
        let count = target.fields.len();
        let lengths = self.in_table(cells.table, count).filter(|it| it.cells.start == cells.start);
        let (own, others) = own_and_others(lengths.map(|it| it.cells.cells.len()), cells.cells.len());
        let is_longer = cells.cells.len() > count && others >= own;
        let Some(columns) = cells.contiguous_columns(count) else {
            // Blank cells among them: it is not known which was put in.
            return is_longer && !row.is_blank();
        };
        if cells.ragged && (is_longer || others > own) {
            return true;
        }
        let beside = self.beside(cells, target.block).filter_map(|it| it.columns.as_ref());
        let (own, others) = own_and_others(beside, &columns);
        let under = headed.map(|headed| stands_under(&columns, headed));
        let is_vouched_for = cells.cells.len() == count || under == Some(true);
        let is_alone = own < 2 && (is_longer || under == Some(false));
        others > own || !is_vouched_for && (others == own || is_alone)
    }

    /// Returns the columns of `count` numbers of a row.
    pub fn columns_of(&self, row: &NumberRow, count: usize) -> Option<Vec<usize>> {
        let RowNumbers::Cells(cells) = &row.numbers else { return None };
        let in_table = || self.in_table(cells.table, count);
        // Where every row has exactly that many cells after its label each is its own measure, and a merged label
        // that reaches too far down shifts nothing.
        if in_table().all(|it| it.cells.cells.len() == count) {
            return Some(cells.cells.iter().map(|(column, _)| *column).collect());
        }
        // If cells shift only rows of the same length, with their label as far, are comparable.
        let is_comparable = |it: &&ClaimedRow| {
            !cells.ragged || (it.cells.start, it.cells.width) == (cells.start, cells.width)
        };
        let mut votes = in_table().filter(is_comparable).filter_map(|it| it.columns.as_ref());
        if let Some(first) = votes.next() {
            return votes.all(|other| other == first).then(|| first.clone());
        }
        // The labels of a table fill just the columns in front of its numbers.
        let start = in_table().map(|it| it.cells.start).max()?;
        let columns: Vec<usize> = (start..start + count).collect();
        let fits = |it: &ClaimedRow| {
            let mut filled = it.cells.cells.iter().filter(|(_, text)| !text.is_empty());
            it.cells.width == start + count && filled.all(|(column, _)| columns.contains(column))
        };
        in_table().all(fits).then_some(columns)
    }
}

/// Returns whether no number stands under another's heading. Either may cover several columns.
fn stands_under(columns: &[usize], headed: &[usize]) -> bool {
    let mut pairs = columns.windows(2).zip(headed.windows(2));
    pairs.all(|(own, heads)| own[0] < heads[1] && heads[0] < own[1])
}

/// Returns how many rows are as `own` is, and how many as the other that most of them are.
fn own_and_others<T: Eq + Hash>(rows: impl Iterator<Item = T>, own: T) -> (usize, usize) {
    let mut counts: HashMap<T, usize> = HashMap::new();
    rows.for_each(|row| *counts.entry(row).or_default() += 1);
    let own = counts.remove(&own).unwrap_or(0);
    (own, counts.into_values().max().unwrap_or(0))
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
