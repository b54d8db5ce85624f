//! The cells of a table section as read, and what the numbers of a row make of them.

use std::collections::BTreeMap;

use super::number::Number;
use super::taken::Taken;
use crate::form::FieldId;

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

/// What one place of a row became.
pub fn cell(taken: &Taken, place: usize) -> Cell {
    match taken {
        Taken::Values(values) => values.get(place).cloned().map_or(Cell::NotFound, Cell::Read),
        Taken::Ways(_) => Cell::Ambiguous(several([taken], place)),
        Taken::Mismatch => Cell::Ambiguous(Vec::new()),
    }
}

/// The different values that several readings give to one place.
pub fn several<'a>(readings: impl IntoIterator<Item = &'a Taken>, place: usize) -> Vec<String> {
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
