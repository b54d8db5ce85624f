//! The cells of one table section: read, blank, ambiguous or not found.

use std::collections::{BTreeMap, HashSet};

use super::assign::assign;
use super::cells::{Cell, Table, cell, several};
use super::columns::{Columns, Heads};
use super::outline::Item;
use super::record::{Record, Tail, records};
use super::stacked;
use super::taken::Taken;
use super::target::{Target, is_stacked, targets, vocabulary};
use super::words::{Words, letters};
use crate::form::{Form, Section};
use crate::text::digits;

/// How many lines of numbers alone a wrapped row can go on in.
const WRAPPED: usize = 4;

/// The most rows of numbers that are matched with a table's labels; no table has a tenth of it.
const RECORDS: usize = 1_000;

/// Items with their rows of numbers, found once for every form and section that is looked for in them.
pub struct Rows<'a> {
    items: &'a [Item],
    records: Vec<Record>,
    behind: Words,
    heads: Heads<'a>,
    /// Every two letters that stand side by side.
    pairs: HashSet<(char, char)>,
}

impl<'a> Rows<'a> {
    /// The rows of some items.
    pub fn of(items: &'a [Item]) -> Self {
        let (records, behind) = records(items);
        let pairs = all_letters(items).windows(2).map(|pair| (pair[0], pair[1])).collect();
        Rows { items, records, behind, heads: Heads::of(items), pairs }
    }
}

/// Reads a section of the form out of what stands under its heading.
pub fn read(form: &Form, section: &Section, found: &Rows) -> Table {
    let Rows { items, records, behind, heads, pairs } = found;
    let targets = targets(form, section);
    let mut table = Table::default();
    let mut told = String::new();
    let assigned: HashSet<usize> = if records.len() > RECORDS {
        told = format!("这里有 {} 行数字，比表格多得多，没有逐行辨认", records.len());
        HashSet::new()
    } else if is_stacked(section) {
        stacked::read(records, &targets, heads, &mut table)
    } else {
        rows(records, &targets, behind, heads, &mut table)
    };
    for target in &targets {
        for field in &target.fields {
            let line = items.first().map_or(0, Item::line);
            table.cells.entry(field.clone()).or_insert((Cell::NotFound, line, told.clone()));
        }
    }
    for (at, record) in records.iter().enumerate() {
        if !assigned.contains(&at) && says_something(record) {
            table.unplaced.push((record.line, record.printed.clone()));
        }
    }
    table.fit = fit(section, &table, pairs);
    table
}

/// Whether a record that found no place holds a number worth telling.
fn says_something(record: &Record) -> bool {
    let digit = |text: &str| text.chars().any(|c| digits::digit(c).is_some());
    match &record.tail {
        Tail::Cells(cells) => cells.cells.iter().any(|(_, text)| digit(text)),
        Tail::Tokens { numbers, .. } => numbers.iter().any(|number| digit(&number.raw)),
    }
}

fn fit(section: &Section, table: &Table, pairs: &HashSet<(char, char)>) -> f32 {
    let read = table.cells.values().filter(|(cell, ..)| matches!(cell, Cell::Read(_))).count();
    let labels = vocabulary(section);
    let said: f32 = labels.iter().map(|label| said(label, pairs)).sum();
    read as f32 / table.cells.len().max(1) as f32 + said * SAID
}

/// What a label that is said counts against the share of cells that were read: what a table calls its
/// rows and columns says more about its format than how much of it can be read.
const SAID: f32 = 0.15;

/// Whether a text says a label, from 1 to -1, by the share of its pairs of letters that stand somewhere
/// in it: copies break labels up, and other labels have some of the pairs.
fn said(label: &[char], pairs: &HashSet<(char, char)>) -> f32 {
    let own = label.windows(2).filter(|pair| pairs.contains(&(pair[0], pair[1]))).count();
    let share = own as f32 / label.len().saturating_sub(1).max(1) as f32;
    ((share - 0.75) * 4.0).clamp(-1.0, 1.0)
}

/// Every letter of the items, one after the other.
fn all_letters(items: &[Item]) -> Words {
    let mut text = Words::new();
    for item in items {
        match item {
            Item::Text { text: line, .. } => text.extend(letters(line)),
            Item::Row(row) => row.cells.iter().for_each(|(_, cell)| text.extend(letters(cell))),
            Item::Picture { .. } => {}
        }
    }
    text
}

fn rows(
    records: &[Record],
    targets: &[Target],
    behind: &Words,
    heads: &Heads,
    table: &mut Table,
) -> HashSet<usize> {
    let assigned = assign(records, targets, behind);
    let columns = Columns::of(records, targets, &assigned);
    let take = |target: &Target, at: usize| {
        let (record, count) = (&records[at], target.fields.len());
        if columns.are_other(record, count) || heads.contradict(record, &target.heads) {
            return Taken::Mismatch;
        }
        // Where cells wander, headings say nothing about a row.
        let ragged = matches!(&record.tail, Tail::Cells(cells) if cells.ragged);
        let headed = || heads.columns(record, &target.heads).filter(|_| !ragged);
        let known = columns.get(record, count).or_else(headed);
        if let (Tail::Cells(cells), Some(columns), true) = (&record.tail, &known, target.is_sum)
            && cells.add_up_beside(columns)
        {
            return Taken::Mismatch;
        }
        record.take(count, target.groups().as_deref(), known.as_deref())
    };
    let claimed: HashSet<usize> = assigned.records.iter().flatten().copied().collect();
    let mut used = HashSet::new();
    let mut rows: Vec<Vec<(usize, Taken)>> = Vec::new();
    for (target, own) in targets.iter().zip(&assigned.records) {
        let mut taken: Vec<(usize, Taken)> = own.iter().map(|at| (*at, take(target, *at))).collect();
        // A row whose cells wrapped goes on in lines of numbers alone.
        if let ([(at, own)], Some(groups)) = (&mut taken[..], target.groups())
            && (*own == Taken::Mismatch || own.breaks_sum())
        {
            let goes_on = |at: &usize| !claimed.contains(at) && records[*at].goes_on();
            let below: Vec<usize> = (*at + 1..records.len()).take_while(goes_on).take(WRAPPED).collect();
            let whole = records[*at].take_with(below.iter().map(|at| &records[*at]), &groups);
            if matches!(whole, Taken::Values(_)) {
                *own = whole;
                used.extend(below);
            }
        }
        rows.push(taken);
    }
    let doubts = Doubts::of(records, &rows);
    for (target, taken) in targets.iter().zip(&rows) {
        used.extend(taken.iter().map(|(at, _)| *at));
        let Some((at, first)) = taken.first() else { continue };
        let record = &records[*at];
        let same = taken.iter().all(|(_, other)| other == first);
        for (place, field) in target.fields.iter().enumerate() {
            let cell = if assigned.refused {
                Cell::NotFound
            } else if same {
                match cell(first, place) {
                    Cell::Read(number) if doubts.about(*at, first, target.is_sum) => {
                        Cell::Ambiguous(vec![number.raw])
                    }
                    certain => certain,
                }
            } else {
                Cell::Ambiguous(several(taken.iter().map(|(_, taken)| taken), place))
            };
            let told = match (assigned.refused, &cell) {
                (true, _) => "数字没有和各行对齐，可能是按列复制的".to_string(),
                _ => record.printed.clone(),
            };
            table.cells.insert(field.clone(), (cell, record.line, told));
        }
    }
    used
}

/// Numbers of running text that no row has, beside which the rows may have lost a digit.
struct Doubts {
    /// The records that no row takes its numbers from, and whether words stand before them.
    strays: BTreeMap<usize, bool>,
    /// Records whose numbers each stand on a line of their own in a table of which something is left
    /// over or missing.
    listed: HashSet<usize>,
}

impl Doubts {
    fn of(records: &[Record], rows: &[Vec<(usize, Taken)>]) -> Doubts {
        let read: HashSet<usize> = rows
            .iter()
            .flatten()
            .filter(|(_, taken)| matches!(taken, Taken::Values(_)))
            .map(|(at, _)| *at)
            .collect();
        let left =
            records.iter().enumerate().filter(|(at, record)| record.is_running() && !read.contains(at));
        let strays: BTreeMap<usize, bool> =
            left.map(|(at, record)| (at, !record.before.is_empty())).collect();
        let whole = strays.is_empty() && rows.iter().all(|row| row.len() == 1);
        let listed = read.iter().copied().filter(|at| !whole && records[*at].is_listed()).collect();
        Doubts { strays, listed }
    }

    /// Whether the numbers of a row may not be what they seem: its sum is broken, or it has none, and
    /// digits that could be its own stand beside it or its cells were written out one by one.
    fn about(&self, at: usize, taken: &Taken, is_sum: bool) -> bool {
        let above = at.checked_sub(1).and_then(|above| self.strays.get(&above));
        let below = self.strays.get(&(at + 1));
        if is_sum {
            let beside = above.or(below).is_some();
            return (beside || self.listed.contains(&at)) && taken.breaks_sum();
        }
        below == Some(&false)
    }
}
