//! The cells of one table section: read, blank, ambiguous or not found.

use std::collections::BTreeMap;

use super::assign::assign;
use super::columns::{Columns, headed};
use super::number::Number;
use super::outline::Item;
use super::record::{Record, Tail, Taken, records};
use super::target::{Target, is_stacked, targets, vocabulary};
use super::words::{Words, holds, letters};
use crate::form::{FieldId, Form, Section};

/// What became of one cell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Cell {
    /// A number as printed, or a blank with an empty text.
    Read(Number),
    /// What it could be.
    Ambiguous(Vec<String>),
    /// It has no certain place in the source.
    NotFound,
}

/// A section's table as read.
#[derive(Clone, Debug, Default)]
pub struct Table {
    /// Each field of the section: what became of it, the line and text it was looked for in.
    pub cells: BTreeMap<FieldId, (Cell, usize, String)>,
    /// Rows with numbers that belong to no row of the form: line and text.
    pub unplaced: Vec<(usize, String)>,
    /// How well the form fits, to choose between formats.
    pub fit: f32,
}

/// Reads a section of the form out of the items that stand under its heading.
pub fn read(form: &Form, section: &Section, items: &[Item]) -> Table {
    let (records, behind) = records(items);
    let targets = targets(form, section);
    let mut table = Table::default();
    let assigned = if is_stacked(section) {
        super::stacked::read(&records, &targets, items, &mut table)
    } else {
        rows(&records, &targets, &behind, items, &mut table)
    };
    for target in &targets {
        for field in &target.fields {
            let line = items.first().map_or(0, Item::line);
            table.cells.entry(field.clone()).or_insert((Cell::NotFound, line, String::new()));
        }
    }
    for (at, record) in records.iter().enumerate() {
        if !assigned.contains(&at) && says_something(record) {
            table.unplaced.push((record.line, record.printed.clone()));
        }
    }
    table.fit = fit(section, &table, items);
    table
}

/// Whether a record that found no place holds a number worth telling.
fn says_something(record: &Record) -> bool {
    let digit = |text: &str| text.chars().any(|c| c.is_ascii_digit() || ('０'..='９').contains(&c));
    match &record.tail {
        Tail::Cells(cells) => cells.cells.iter().any(|(_, text)| digit(text)),
        Tail::Tokens { numbers, .. } => numbers.iter().any(|number| digit(&number.raw)),
    }
}

fn fit(section: &Section, table: &Table, items: &[Item]) -> f32 {
    let read = table.cells.values().filter(|(cell, ..)| matches!(cell, Cell::Read(_))).count();
    let labels = vocabulary(section);
    let text = all_letters(items);
    let said = labels.iter().filter(|label| holds(&text, label)).count();
    let share = |part: usize, whole: usize| part as f32 / whole.max(1) as f32;
    share(read, table.cells.len()) + share(said, labels.len())
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
    items: &[Item],
    table: &mut Table,
) -> Vec<usize> {
    let assigned = assign(records, targets, behind);
    let columns = Columns::of(records, targets, &assigned);
    let mut used = Vec::new();
    for (target, own) in targets.iter().zip(&assigned.records) {
        let count = target.fields.len();
        let groups = target.groups();
        let taken: Vec<(usize, Taken)> = own
            .iter()
            .map(|at| {
                let record = &records[*at];
                // Where cells wander, headings say nothing about a row.
                let ragged = matches!(&record.tail, Tail::Cells(cells) if cells.ragged);
                let heads = || headed(record, &target.heads, items).filter(|_| !ragged);
                let known = columns.get(record, count).or_else(heads);
                (*at, record.take(count, groups.as_deref(), known.as_deref()))
            })
            .collect();
        used.extend(own.iter().copied());
        let Some((at, first)) = taken.first() else { continue };
        let record = &records[*at];
        let same = taken.iter().all(|(_, other)| other == first);
        for (place, field) in target.fields.iter().enumerate() {
            let cell = if assigned.refused {
                Cell::NotFound
            } else if same {
                cell(first, place)
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

/// What one place of a row became.
pub fn cell(taken: &Taken, place: usize) -> Cell {
    match taken {
        Taken::Values(values) => values.get(place).cloned().map_or(Cell::NotFound, Cell::Read),
        Taken::Ways(_) => Cell::Ambiguous(several([taken], place)),
        Taken::Mismatch => Cell::Ambiguous(Vec::new()),
    }
}

/// The different values that several readings give to one place.
fn several<'a>(readings: impl IntoIterator<Item = &'a Taken>, place: usize) -> Vec<String> {
    let mut values: Vec<String> = Vec::new();
    for taken in readings {
        let found: Vec<String> = match taken {
            Taken::Values(numbers) => {
                numbers.get(place).map(|number| number.raw.clone()).into_iter().collect()
            }
            Taken::Ways(ways) => ways.iter().filter_map(|way| way.get(place).cloned()).collect(),
            Taken::Mismatch => Vec::new(),
        };
        for value in found {
            if !values.contains(&value) {
                values.push(value);
            }
        }
    }
    values
}
