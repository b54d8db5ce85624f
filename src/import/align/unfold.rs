//! Tables that are printed otherwise than the form's, laid out as its own: turned on their side, or in halves
//! beside each other.

use super::normalize::{Normalized, normalize_letters};
use super::number::{holds_text, parse_cell};
use super::outline::TableRow;

/// The fewest headings of columns that show the table of a form.
const MIN_HEADINGS: usize = 4;
/// The fewest rows that show that a table has another half beside it.
const MIN_ROWS: usize = 3;
/// How many halves beside each other are told apart.
const MAX_PARTS: usize = 4;
/// The most rows of a table that is turned.
const MAX_ROWS: usize = 64;

/// Returns the rows of a table as the form prints them. `headings` are those of the columns of each of the form's
/// tables. A table may hold several of them, as a sheet does, with lines of text in between.
pub fn unfold(rows: Vec<TableRow>, headings: &[Vec<Normalized>]) -> Vec<TableRow> {
    let mut whole: Vec<TableRow> = Vec::with_capacity(rows.len());
    let mut block: Vec<TableRow> = Vec::new();
    for row in rows {
        if row.filled().nth(1).is_some() {
            block.push(row);
            continue;
        }
        whole.extend(unfold_block(std::mem::take(&mut block), headings));
        whole.push(row);
    }
    whole.extend(unfold_block(block, headings));
    whole.iter_mut().enumerate().for_each(|(at, row)| row.row = at);
    whole
}

fn unfold_block(rows: Vec<TableRow>, headings: &[Vec<Normalized>]) -> Vec<TableRow> {
    let mut rows = if headings.iter().any(|names| is_turned(&rows, names)) { turn(&rows) } else { rows };
    for _ in 1..MAX_PARTS {
        match second_half(&rows) {
            Some(column) => rows = stack(rows, column),
            None => break,
        }
    }
    rows
}

fn is_number(text: &str) -> bool {
    parse_cell(text).is_some_and(|number| !number.raw.is_empty())
}

/// Returns whether the headings of columns stand below each other, each before the numbers of a row.
fn is_turned(rows: &[TableRow], headings: &[Normalized]) -> bool {
    if headings.len() < MIN_HEADINGS || rows.len() > MAX_ROWS || rows.iter().any(|row| row.ragged) {
        return false;
    }
    let names = |row: &TableRow| {
        let labels = row.cells.iter().map(|(_, text)| text).take_while(|text| !is_number(text));
        labels.map(|text| normalize_letters(text)).filter(|text| headings.contains(text)).collect::<Vec<_>>()
    };
    let is_row = |row: &&TableRow| {
        names(row).len() == 1 && row.cells.iter().filter(|(_, text)| is_number(text)).count() > 1
    };
    let mut known: Vec<Normalized> = rows.iter().filter(is_row).flat_map(names).collect();
    let count = known.len();
    known.sort();
    known.dedup();
    // Where a row is headed by several of them the table stands upright.
    count == known.len() && count + 1 >= headings.len() && rows.iter().all(|row| names(row).len() <= 2)
}

/// Returns the columns of a table as its rows.
fn turn(rows: &[TableRow]) -> Vec<TableRow> {
    let Some(first) = rows.first() else { return Vec::new() };
    let width = rows.iter().flat_map(|row| &row.cells).map(|(column, _)| column + 1).max().unwrap_or(0);
    let column = |at: usize| TableRow {
        line: first.line,
        table: first.table,
        row: 0,
        ragged: false,
        sparse: false,
        cells: rows
            .iter()
            .map(|row| {
                row.cells.iter().find(|(column, _)| *column == at).map_or("", |(_, text)| text.as_str())
            })
            .enumerate()
            .map(|(place, text)| (place, text.to_string()))
            .collect(),
        end: rows.len(),
        width: rows.len(),
    };
    (0..width).map(column).collect()
}

/// Returns the column at which another half of a table begins: labels of its own stand there, behind numbers and
/// before others.
fn second_half(rows: &[TableRow]) -> Option<usize> {
    let begins = |row: &TableRow| {
        let mut cells = row
            .cells
            .iter()
            .skip_while(|(_, text)| !is_number(text))
            .skip_while(|(_, text)| !holds_text(text));
        let (column, label) = cells.next()?;
        (cells.any(|(_, text)| is_number(text))).then(|| (*column, normalize_letters(label)))
    };
    let mut found: Vec<(usize, Normalized)> = rows.iter().filter_map(begins).collect();
    let column = found.first()?.0;
    let count = found.len();
    found.sort();
    found.dedup();
    let whole = |row: &TableRow| row.cells.iter().all(|(at, text)| *at != column || !is_number(text));
    let same = found.len() == count && found.iter().all(|(other, _)| *other == column);
    (same && count >= MIN_ROWS && rows.iter().all(|row| !row.ragged && whole(row))).then_some(column)
}

/// Returns the rows of a table cut at a column, those of the second half below the others.
fn stack(rows: Vec<TableRow>, column: usize) -> Vec<TableRow> {
    let mut second = Vec::with_capacity(rows.len());
    let mut stacked: Vec<TableRow> = Vec::with_capacity(rows.len() * 2);
    for mut row in rows {
        let at = row.cells.partition_point(|(own, _)| *own < column);
        let cells = row.cells.split_off(at).into_iter().map(|(own, text)| (own - column, text)).collect();
        let other = TableRow {
            cells,
            end: row.end.saturating_sub(column),
            width: row.width.saturating_sub(column),
            ..row.clone()
        };
        (row.end, row.width) = (row.end.min(column), row.width.min(column));
        stacked.push(row);
        if other.filled().next().is_some() {
            second.push(other);
        }
    }
    stacked.append(&mut second);
    stacked
}
