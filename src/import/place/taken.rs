//! The numbers that a record gives when so many are wanted of it.

use super::digits;
use super::number::{Number, digit, value};
use super::record::{Cells, Record, Tail};

/// What a record gives when so many numbers are wanted of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Taken {
    /// One number for each.
    Values(Vec<Number>),
    /// Several ways, each with one number for each.
    Ways(Vec<Vec<String>>),
    /// Another count of numbers than wanted, and no way to tell which is which.
    Mismatch,
}

impl Record {
    /// So many numbers of this record. `groups` are the sizes of the groups in which the last
    /// number is the sum of the others, where the form has such sums; `columns` the columns that
    /// the other rows of the table, or its headings, give to the numbers.
    pub fn take(&self, count: usize, groups: Option<&[usize]>, columns: Option<&[usize]>) -> Taken {
        match &self.tail {
            Tail::Cells(cells) => cells.take(count, columns),
            Tail::Tokens { numbers, .. } => from_tokens(numbers, count, groups),
        }
    }
}

impl Taken {
    /// Whether the last number is another than the sum of the others, blanks counting nothing. No word
    /// on numbers that cannot be added up.
    pub fn breaks_sum(&self) -> bool {
        let Taken::Values(values) = self else { return false };
        let plain = |number: &Number| match number.raw.as_str() {
            "" => Some(0),
            raw => raw.chars().map(digit).filter(|c| *c != ',').collect::<String>().parse::<u64>().ok(),
        };
        let numbers: Option<Vec<u64>> = values.iter().map(plain).collect();
        let Some((total, parts)) = numbers.as_deref().and_then(<[u64]>::split_last) else { return false };
        parts.iter().map(|part| u128::from(*part)).sum::<u128>() != u128::from(*total)
    }
}

/// A cell's value; words that are no number are kept as they are, to be shown as unreadable.
fn cell_value(text: &str) -> Number {
    value(text).unwrap_or_else(|| Number { raw: text.into(), note: String::new() })
}

impl Cells {
    /// The columns of the numbers in this row, where they can be told from the row alone.
    pub fn columns(&self, count: usize) -> Option<Vec<usize>> {
        let filled: Vec<usize> =
            self.cells.iter().filter(|(_, text)| !text.is_empty()).map(|(column, _)| *column).collect();
        let readable = self.cells.iter().all(|(_, text)| value(text).is_some());
        if filled.len() == count && readable {
            return Some(filled);
        }
        None
    }

    fn take(&self, count: usize, columns: Option<&[usize]>) -> Taken {
        let texts = || self.cells.iter().map(|(_, text)| text.as_str());
        if texts().all(str::is_empty) && self.cells.len() >= count {
            return Taken::Values(vec![Number::default(); count]);
        }
        if self.columns(count).is_some() {
            return Taken::Values(texts().filter(|text| !text.is_empty()).map(cell_value).collect());
        }
        // Blank cells among them: the places must be certain.
        let columns: Vec<usize> = match columns {
            Some(columns) if columns.len() == count => columns.to_vec(),
            _ if self.cells.len() == count && !self.ragged => {
                self.cells.iter().map(|(column, _)| *column).collect()
            }
            _ => return Taken::Mismatch,
        };
        let outside = self.cells.iter().any(|(column, text)| !text.is_empty() && !columns.contains(column));
        // A row of just so many cells in other columns than its table's: one of the two is damaged.
        let own = || self.cells.iter().map(|(column, _)| *column);
        let shifted = !self.ragged && self.cells.len() == count && !own().eq(columns.iter().copied());
        if outside || shifted {
            return Taken::Mismatch;
        }
        let at = |wanted: &usize| self.cells.iter().find(|(column, _)| column == wanted);
        let values = columns
            .iter()
            .map(|column| at(column).map_or_else(Number::default, |(_, text)| cell_value(text)));
        Taken::Values(values.collect())
    }
}

fn from_tokens(numbers: &[Number], count: usize, groups: Option<&[usize]>) -> Taken {
    let whole =
        |number: &Number| !(number.is_digits() && number.raw.len() > 1 && number.raw.starts_with('0'));
    if numbers.len() == count && numbers.iter().all(whole) {
        return Taken::Values(numbers.to_vec());
    }
    let pieces: Vec<&str> = numbers.iter().map(|number| number.raw.as_str()).collect();
    let ways = match groups {
        Some(groups) if pieces.len() < count => digits::cut(&pieces, groups),
        Some(groups) if pieces.len() > count => digits::join(&pieces, groups),
        Some(groups) => digits::cut(&pieces, groups),
        None => digits::every(&pieces, count),
    };
    match &ways[..] {
        [] => Taken::Mismatch,
        [one] if groups.is_some() => {
            Taken::Values(one.iter().map(|raw| Number { raw: raw.clone(), note: String::new() }).collect())
        }
        several => Taken::Ways(several.to_vec()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blank_cells_are_placed_only_by_columns_that_are_certain() {
        let cells = |ragged, texts: &[&str]| Cells {
            table: 0,
            ragged,
            start: 1,
            width: 8,
            cells: texts.iter().enumerate().map(|(at, text)| (at + 1, text.to_string())).collect(),
        };
        let row = cells(true, &["5", "", "", "", "", "", ""]);
        assert_eq!(row.take(7, None), Taken::Mismatch);
        assert!(matches!(row.take(7, Some(&[1, 2, 3, 4, 5, 6, 7])), Taken::Values(_)));
        assert_eq!(row.take(7, Some(&[2, 3, 4, 5, 6, 7, 8])), Taken::Mismatch);
        assert!(matches!(cells(false, &["5", "", "", "", "", "", ""]).take(7, None), Taken::Values(_)));
    }
}
