//! The cells of a table section as read, and what the numbers of a row make of them.

use std::collections::BTreeMap;

use super::extract::Extracted;
use super::number::{PrintedNumber, holds_text, plain_digit};
use crate::form::FieldId;

/// What became of one cell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Cell {
    /// A number as printed, or a blank with an empty text.
    Read(PrintedNumber),
    /// What it could be.
    Ambiguous(Vec<String>),
    /// It has no certain place in the source.
    NotFound,
}

/// A section's table as read.
#[derive(Clone, Debug, Default)]
pub struct Table {
    /// Each field of the section: what was read, and the line and text where it was expected.
    pub cells: BTreeMap<FieldId, (Cell, usize, String)>,
    /// The first field of each row whose numbers only their sums told apart.
    pub decided: Vec<FieldId>,
    /// Rows with numbers that belong to no row of the form: line and text.
    pub unplaced: Vec<(usize, String)>,
    /// How well the form fits, to choose between formats.
    pub fit: f32,
}

/// Returns what was read for one position of a row.
pub fn cell(taken: &Extracted, place: usize) -> Cell {
    match taken {
        Extracted::Values(values) => {
            values.get(place).map_or(Cell::NotFound, |number| match readings_of_cell(&number.raw) {
                Some(candidates) => Cell::Ambiguous(candidates),
                None => Cell::Read(number.clone()),
            })
        }
        Extracted::Alternatives(_) => Cell::Ambiguous(candidates_at([taken], place)),
        Extracted::Mismatch => Cell::Ambiguous(Vec::new()),
    }
}

/// Returns what a cell of several numbers could mean: one that was broken, or any of them. `None` if it is
/// one number.
fn readings_of_cell(raw: &str) -> Option<Vec<String>> {
    // `00` is two cells that ran together rather than one.
    if raw.len() > 1 && raw.starts_with('0') && raw.bytes().all(|byte| byte.is_ascii_digit()) {
        return Some(Vec::new());
    }
    let pieces: Vec<&str> = raw.split_whitespace().collect();
    let is_number = |piece: &&str| piece.starts_with(|c: char| plain_digit(c).is_ascii_digit());
    let numbers = pieces.iter().filter(|piece| is_number(piece)).count();
    if numbers < 2 && (pieces.len() < 2 || holds_text(raw)) {
        return None;
    }
    let whole = pieces.iter().all(is_number).then(|| pieces.concat());
    let mut list: Vec<String> = whole.into_iter().collect();
    for piece in pieces {
        if !list.iter().any(|known| known == piece) {
            list.push(piece.to_string());
        }
    }
    Some(list)
}

/// Returns the different values that some readings give to one place of a row.
pub fn candidates_at<'a>(readings: impl IntoIterator<Item = &'a Extracted>, place: usize) -> Vec<String> {
    let mut values: Vec<String> = Vec::new();
    for taken in readings {
        let found: Vec<String> = match taken {
            Extracted::Values(numbers) => {
                numbers.get(place).map(|number| number.raw.clone()).into_iter().collect()
            }
            Extracted::Alternatives(ways) => ways.iter().filter_map(|way| way.get(place).cloned()).collect(),
            Extracted::Mismatch => Vec::new(),
        };
        for value in found {
            if !values.contains(&value) {
                values.push(value);
            }
        }
    }
    values
}
