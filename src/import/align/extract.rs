//! Extracts a given count of numbers from a row.

use std::cmp::Ordering;

use super::digit_search;
use super::normalize::is_letter;
use super::number::{PrintedNumber, holds_text, parse_cell, plain_digit};
use super::number_row::{NumberRow, RowCells, RowNumbers};

/// The result of extracting a given count of numbers from a row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Extracted {
    /// One number for each.
    Values(Vec<PrintedNumber>),
    /// Several ways, each with one number for each.
    Alternatives(Vec<Vec<String>>),
    /// A different count of numbers, and no way to know which is which.
    Mismatch,
}

impl NumberRow {
    /// Extracts `count` numbers from this row. `groups` are the sizes of the groups in which the last
    /// number is the sum of the others, where the form has such sums; `columns` the columns that the other
    /// rows of the table, or its headings, give to the numbers.
    pub fn extract(&self, count: usize, groups: Option<&[usize]>, columns: Option<&[usize]>) -> Extracted {
        match &self.numbers {
            RowNumbers::Cells(cells) => cells.extract(count, columns),
            // A cell a line: none of them ran together, and none was broken in two.
            RowNumbers::Tokens { numbers, single: true } if numbers.len() != count && numbers.len() > 1 => {
                Extracted::Mismatch
            }
            RowNumbers::Tokens { numbers, .. } => extract_from_tokens(numbers, count, groups),
        }
    }

    /// Returns one number for each digit, if it is as many digits run together as numbers are wanted and the sums
    /// do not speak for another cut: no fewer numbers add up, and of several groups one at most does not. Where
    /// blank cells are left out that is not certain.
    pub fn extract_digits(&self, count: usize, groups: Option<&[usize]>) -> Option<Extracted> {
        let RowNumbers::Tokens { numbers, .. } = &self.numbers else { return None };
        let [number] = &numbers[..] else { return None };
        if !number.is_digits() || number.raw.len() != count || count < 2 {
            return None;
        }
        let digits: Vec<PrintedNumber> =
            number.raw.chars().map(|digit| PrintedNumber::of(&digit.to_string())).collect();
        let broken = |sizes: &[usize]| {
            let mut rest = &digits[..];
            let parts = sizes.iter().map(|size| {
                let (part, behind) = rest.split_at(*size.min(&rest.len()));
                rest = behind;
                Extracted::Values(part.to_vec())
            });
            parts.filter(Extracted::breaks_sum).count()
        };
        let doubtful = groups.is_some_and(|sizes| {
            sizes.len() < 2 || broken(sizes) > 1 || digit_search::splits_shorter(&[&number.raw], sizes)
        });
        (!doubtful).then_some(Extracted::Values(digits))
    }

    /// Returns whether it is not one number of another length than so many digits.
    pub fn has_digits_for(&self, count: usize) -> bool {
        match &self.numbers {
            RowNumbers::Tokens { numbers, .. } => match &numbers[..] {
                [number] => !number.is_digits() || number.raw.len() == count,
                _ => true,
            },
            _ => true,
        }
    }

    /// Returns whether it has zeros run together: those that are printed are not left out.
    pub fn prints_zeros(&self) -> bool {
        matches!(&self.numbers, RowNumbers::Tokens { numbers, .. }
            if numbers.iter().any(|number| number.is_digits() && number.raw.contains("00")))
    }

    /// Returns whether it is numbers without text before them, the rest of a row that wrapped.
    pub fn is_continuation(&self) -> bool {
        self.before.is_empty() && self.is_running_text()
    }

    /// Returns the numbers of a wrapped row and the lines it goes on in, where joining pieces gives one
    /// answer.
    pub fn extract_wrapped<'a>(
        &'a self,
        below: impl Iterator<Item = &'a NumberRow>,
        groups: &[usize],
    ) -> Extracted {
        let mut pieces = Vec::new();
        for row in std::iter::once(self).chain(below) {
            let RowNumbers::Tokens { numbers, .. } = &row.numbers else { return Extracted::Mismatch };
            pieces.extend(numbers.iter().cloned());
        }
        let count: usize = groups.iter().sum();
        match pieces.len().cmp(&count) {
            Ordering::Less => Extracted::Mismatch,
            // As many as the row has: none of them is broken, if they add up.
            Ordering::Equal => {
                let whole = Extracted::Values(pieces);
                if whole.numbers().is_none() || whole.breaks_sum() { Extracted::Mismatch } else { whole }
            }
            Ordering::Greater => extract_from_tokens(&pieces, count, Some(groups)),
        }
    }
}

impl Extracted {
    /// Returns the numbers, with blank or “not applicable” as 0, or `None` if one cannot be added up.
    pub fn numbers(&self) -> Option<Vec<u64>> {
        let Extracted::Values(values) = self else { return None };
        let plain = |number: &PrintedNumber| match number.raw.as_str() {
            raw if !raw.chars().any(char::is_numeric) && !raw.chars().any(is_letter) || raw == "无" => {
                Some(0)
            }
            raw => raw.chars().map(plain_digit).filter(|c| *c != ',').collect::<String>().parse::<u64>().ok(),
        };
        values.iter().map(plain).collect()
    }

    /// Returns whether the last number is another than the sum of the others, blanks counting nothing.
    /// Returns `false` for numbers that cannot be added up.
    pub fn breaks_sum(&self) -> bool {
        let numbers = self.numbers();
        let Some((total, parts)) = numbers.as_deref().and_then(<[u64]>::split_last) else { return false };
        parts.iter().map(|part| u128::from(*part)).sum::<u128>() != u128::from(*total)
    }
}

/// Returns a cell's value; words that are not numbers are kept as they are, to be shown as unreadable.
fn number_or_text(text: &str) -> PrintedNumber {
    parse_cell(text).unwrap_or_else(|| PrintedNumber::of(text))
}

impl RowCells {
    /// Returns the columns of the numbers in this row, if the row alone shows them: exactly `count` of
    /// them, side by side.
    pub fn contiguous_columns(&self, count: usize) -> Option<Vec<usize>> {
        let filled = |(_, text): &&(usize, String)| !text.is_empty();
        let first = self.cells.iter().position(|cell| filled(&cell))?;
        let side_by_side = self.cells.get(first..first + count)?;
        let whole = self.cells.iter().filter(filled).count() == count
            && side_by_side.iter().all(|cell| filled(&cell));
        let readable = self.cells.iter().all(|(_, text)| parse_cell(text).is_some());
        (whole && readable).then(|| side_by_side.iter().map(|(column, _)| *column).collect())
    }

    /// Returns whether the numbers add up one or two columns further on, but not where they are taken to
    /// be: spans in the table are wrong, or a label fills a column less than elsewhere.
    pub fn adds_up_when_shifted(&self, columns: &[usize]) -> bool {
        let at = |shift: isize| -> Option<Extracted> {
            let columns: Option<Vec<usize>> =
                columns.iter().map(|column| column.checked_add_signed(shift)).collect();
            let columns = columns?;
            let outside =
                self.cells.iter().any(|(column, text)| !text.is_empty() && !columns.contains(column));
            let cell = |wanted: &usize| self.cells.iter().find(|(column, _)| column == wanted);
            let values: Option<Vec<PrintedNumber>> =
                columns.iter().map(|place| cell(place).map(|(_, text)| number_or_text(text))).collect();
            (!outside).then_some(Extracted::Values(values?))
        };
        let fits = |taken: Extracted| {
            taken.numbers().is_some_and(|it| it.iter().any(|n| *n > 0)) && !taken.breaks_sum()
        };
        at(0).is_none_or(|taken| taken.breaks_sum()) && [-2, -1, 1, 2].into_iter().filter_map(at).any(fits)
    }

    /// Returns how many cells hold a number.
    pub fn number_count(&self) -> usize {
        self.cells.iter().filter(|(_, text)| parse_cell(text).is_some_and(|it| !it.raw.is_empty())).count()
    }

    fn extract(&self, count: usize, columns: Option<&[usize]>) -> Extracted {
        let texts = || self.cells.iter().map(|(_, text)| text.as_str());
        if texts().all(str::is_empty) && self.cells.len() >= count {
            return Extracted::Values(vec![PrintedNumber::default(); count]);
        }
        if self.contiguous_columns(count).is_some() {
            return Extracted::Values(texts().filter(|text| !text.is_empty()).map(number_or_text).collect());
        }
        // A merged cell that a converter wrote into each of its positions.
        let mut filled = self.cells.iter().filter(|(_, text)| !text.is_empty());
        if count == 1
            && let Some((_, first)) = filled.next()
            && parse_cell(first).is_some()
            && filled.all(|(_, text)| text == first)
        {
            return Extracted::Values(vec![number_or_text(first)]);
        }
        // Blank cells among them: the columns must be certain.
        let columns: Vec<usize> = match columns {
            Some(columns) if columns.len() == count => columns.to_vec(),
            _ if self.cells.len() == count && !self.ragged => {
                self.cells.iter().map(|(column, _)| *column).collect()
            }
            _ => return Extracted::Mismatch,
        };
        let last = columns.last().copied().unwrap_or_default();
        // A column of remarks behind the numbers, in a row that has all its cells.
        let whole = self.cells.last().is_some_and(|(column, _)| column + 1 == self.width);
        let is_remark = |column: usize, text: &str| whole && column > last && holds_text(text);
        let outside = self
            .cells
            .iter()
            .any(|(column, text)| !text.is_empty() && !columns.contains(column) && !is_remark(*column, text));
        // A row of exactly that many cells in other columns than its table's: one of the two is damaged.
        let own = || self.cells.iter().map(|(column, _)| *column);
        let shifted = !self.ragged && self.cells.len() == count && !own().eq(columns.iter().copied());
        // A label in one of the columns pushed the numbers to the side.
        let pushed = columns.first().is_some_and(|first| *first < self.start);
        if outside || shifted || pushed {
            return Extracted::Mismatch;
        }
        self.values_in(&columns)
    }

    /// Returns the numbers in some columns, in that order, where nothing else is in the row.
    pub fn extract_columns(&self, columns: &[usize]) -> Extracted {
        let outside = self.cells.iter().any(|(column, text)| !text.is_empty() && !columns.contains(column));
        if outside || self.ragged { Extracted::Mismatch } else { self.values_in(columns) }
    }

    fn values_in(&self, columns: &[usize]) -> Extracted {
        // A column without a cell: one was deleted, and those after it have moved.
        let at = |wanted: &usize| self.cells.iter().find(|(column, _)| column == wanted);
        let values: Option<Vec<PrintedNumber>> =
            columns.iter().map(|column| at(column).map(|(_, text)| number_or_text(text))).collect();
        values.map_or(Extracted::Mismatch, Extracted::Values)
    }
}

fn extract_from_tokens(numbers: &[PrintedNumber], count: usize, groups: Option<&[usize]>) -> Extracted {
    let whole =
        |number: &PrintedNumber| !(number.is_digits() && number.raw.len() > 1 && number.raw.starts_with('0'));
    if numbers.len() == count && numbers.iter().all(whole) {
        return Extracted::Values(numbers.to_vec());
    }
    let pieces: Vec<&str> = numbers.iter().map(|number| number.raw.as_str()).collect();
    let ways = match groups {
        Some(groups) if pieces.len() > count => digit_search::join_by_sums(&pieces, groups),
        Some(groups) => digit_search::split_by_sums(&pieces, groups),
        None => digit_search::all_splits(&pieces, count),
    };
    // Digits in which fewer numbers add up as well: blank cells may have been left out.
    let certain = |groups| pieces.len() > count || !digit_search::splits_shorter(&pieces, groups);
    match &ways[..] {
        [] => Extracted::Mismatch,
        [one] if groups.is_some_and(certain) && !cuts_a_whole_number(&pieces, one, count) => {
            Extracted::Values(one.iter().map(|raw| PrintedNumber::of(raw)).collect())
        }
        more => Extracted::Alternatives(more.to_vec()),
    }
}

/// Returns whether a number was cut that may be whole, in a row of which most numbers stand apart: one of the others
/// may be missing instead, and the sums hold by chance. One that begins with a zero is no number.
fn cuts_a_whole_number(pieces: &[&str], cut: &[String], count: usize) -> bool {
    let mut rest = cut.iter();
    let is_cut = |piece: &&&str| {
        let mut length = 0;
        let parts = rest.by_ref().take_while(|part| {
            length += part.len();
            length < piece.len()
        });
        parts.count() > 0
    };
    let is_apart = pieces.len() < count && pieces.len() * 2 > count;
    is_apart && pieces.iter().filter(is_cut).any(|piece| !piece.starts_with('0'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_that_stands_apart_is_not_cut_to_fill_a_gap() {
        let numbers = |text: &str| text.split(' ').map(PrintedNumber::of).collect::<Vec<_>>();
        let taken = |text: &str| extract_from_tokens(&numbers(text), 5, Some(&[5]));
        assert!(matches!(taken("4 0 3 29"), Extracted::Alternatives(_)), "22 may be missing before 29");
        assert!(matches!(taken("4 00 3 7"), Extracted::Values(_)), "a number does not begin with a zero");
        assert!(matches!(taken("40329"), Extracted::Values(_)), "all of them ran together");
    }

    #[test]
    fn a_row_that_adds_up_a_column_further_on_has_no_certain_places() {
        let texts = ["", "728", "889", "878", "—", "", "2,495", ""];
        let cells = texts.iter().enumerate().map(|(at, text)| (at + 1, text.to_string())).collect();
        let row = RowCells { table: 0, row: 0, ragged: false, start: 1, width: 9, cells };
        assert!(row.adds_up_when_shifted(&[2, 3, 4, 5, 6, 7, 8]));
        assert!(!row.adds_up_when_shifted(&[1, 2, 3, 4, 5, 6, 7]));
    }

    #[test]
    fn blank_cells_are_placed_only_by_columns_that_are_certain() {
        let cells = |ragged, texts: &[&str]| RowCells {
            table: 0,
            row: 0,
            ragged,
            start: 1,
            width: 8,
            cells: texts.iter().enumerate().map(|(at, text)| (at + 1, text.to_string())).collect(),
        };
        let row = cells(true, &["5", "", "", "", "", "", ""]);
        assert_eq!(row.extract(7, None), Extracted::Mismatch);
        assert!(matches!(row.extract(7, Some(&[1, 2, 3, 4, 5, 6, 7])), Extracted::Values(_)));
        assert_eq!(row.extract(7, Some(&[2, 3, 4, 5, 6, 7, 8])), Extracted::Mismatch);
        assert!(matches!(
            cells(false, &["5", "", "", "", "", "", ""]).extract(7, None),
            Extracted::Values(_)
        ));
    }
}
