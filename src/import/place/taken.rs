//! The numbers that a record gives when so many are wanted of it.

use super::digits;
use super::number::{Number, digit, value};
use super::record::{Cells, Record, Tail};
use super::words::is_letter;

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

    /// Whether it is numbers without a word before them, the rest of a row that wrapped.
    pub fn goes_on(&self) -> bool {
        self.before.is_empty() && self.is_running()
    }

    /// The numbers of a wrapped row and the lines it goes on in, where joining pieces gives one answer.
    pub fn take_with<'a>(&'a self, below: impl Iterator<Item = &'a Record>, groups: &[usize]) -> Taken {
        let mut pieces = Vec::new();
        for record in std::iter::once(self).chain(below) {
            let Tail::Tokens { numbers, .. } = &record.tail else { return Taken::Mismatch };
            pieces.extend(numbers.iter().cloned());
        }
        let count: usize = groups.iter().sum();
        if pieces.len() <= count { Taken::Mismatch } else { from_tokens(&pieces, count, Some(groups)) }
    }
}

impl Taken {
    /// The numbers, a blank or “not applicable” as 0; none where one cannot be added up.
    pub fn numbers(&self) -> Option<Vec<u64>> {
        let Taken::Values(values) = self else { return None };
        let plain = |number: &Number| match number.raw.as_str() {
            raw if !raw.chars().any(char::is_numeric) && !raw.chars().any(is_letter) || raw == "无" => {
                Some(0)
            }
            raw => raw.chars().map(digit).filter(|c| *c != ',').collect::<String>().parse::<u64>().ok(),
        };
        values.iter().map(plain).collect()
    }

    /// Whether the last number is another than the sum of the others, blanks counting nothing. No word
    /// on numbers that cannot be added up.
    pub fn breaks_sum(&self) -> bool {
        let numbers = self.numbers();
        let Some((total, parts)) = numbers.as_deref().and_then(<[u64]>::split_last) else { return false };
        parts.iter().map(|part| u128::from(*part)).sum::<u128>() != u128::from(*total)
    }
}

/// A cell's value; words that are no number are kept as they are, to be shown as unreadable.
fn cell_value(text: &str) -> Number {
    value(text).unwrap_or_else(|| Number { raw: text.into(), note: String::new() })
}

impl Cells {
    /// The columns of the numbers in this row, where they can be told from the row alone: just so many
    /// of them, side by side.
    pub fn columns(&self, count: usize) -> Option<Vec<usize>> {
        let filled = |(_, text): &&(usize, String)| !text.is_empty();
        let first = self.cells.iter().position(|cell| filled(&cell))?;
        let side_by_side = self.cells.get(first..first + count)?;
        let whole = self.cells.iter().filter(filled).count() == count
            && side_by_side.iter().all(|cell| filled(&cell));
        let readable = self.cells.iter().all(|(_, text)| value(text).is_some());
        (whole && readable).then(|| side_by_side.iter().map(|(column, _)| *column).collect())
    }

    /// Whether the numbers add up one or two columns further on, but not where they are taken to be:
    /// spans in the table are wrong, or a label fills a column less than elsewhere.
    pub fn add_up_beside(&self, columns: &[usize]) -> bool {
        let at = |shift: isize| -> Option<Taken> {
            let places: Option<Vec<usize>> =
                columns.iter().map(|column| column.checked_add_signed(shift)).collect();
            let places = places?;
            let outside =
                self.cells.iter().any(|(column, text)| !text.is_empty() && !places.contains(column));
            let cell = |wanted: &usize| self.cells.iter().find(|(column, _)| column == wanted);
            let values: Option<Vec<Number>> =
                places.iter().map(|place| cell(place).map(|(_, text)| cell_value(text))).collect();
            (!outside).then_some(Taken::Values(values?))
        };
        let fits =
            |taken: Taken| taken.numbers().is_some_and(|it| it.iter().any(|n| *n > 0)) && !taken.breaks_sum();
        at(0).is_none_or(|taken| taken.breaks_sum()) && [-2, -1, 1, 2].into_iter().filter_map(at).any(fits)
    }

    /// How many cells hold a number.
    pub fn numbers(&self) -> usize {
        self.cells.iter().filter(|(_, text)| value(text).is_some_and(|it| !it.raw.is_empty())).count()
    }

    fn take(&self, count: usize, columns: Option<&[usize]>) -> Taken {
        let texts = || self.cells.iter().map(|(_, text)| text.as_str());
        if texts().all(str::is_empty) && self.cells.len() >= count {
            return Taken::Values(vec![Number::default(); count]);
        }
        if self.columns(count).is_some() {
            return Taken::Values(texts().filter(|text| !text.is_empty()).map(cell_value).collect());
        }
        // A merged cell that a converter wrote into each of its places.
        let mut filled = self.cells.iter().filter(|(_, text)| !text.is_empty());
        if count == 1
            && let Some((_, first)) = filled.next()
            && value(first).is_some()
            && filled.all(|(_, text)| text == first)
        {
            return Taken::Values(vec![cell_value(first)]);
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
        // A label in one of the columns pushed the numbers to the side.
        let pushed = columns.first().is_some_and(|first| *first < self.start);
        if outside || shifted || pushed {
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
    fn a_row_that_adds_up_a_column_further_on_has_no_certain_places() {
        let texts = ["", "728", "889", "878", "—", "", "2,495", ""];
        let cells = texts.iter().enumerate().map(|(at, text)| (at + 1, text.to_string())).collect();
        let row = Cells { table: 0, row: 0, ragged: false, start: 1, width: 9, cells };
        assert!(row.add_up_beside(&[2, 3, 4, 5, 6, 7, 8]));
        assert!(!row.add_up_beside(&[1, 2, 3, 4, 5, 6, 7]));
    }

    #[test]
    fn blank_cells_are_placed_only_by_columns_that_are_certain() {
        let cells = |ragged, texts: &[&str]| Cells {
            table: 0,
            row: 0,
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
