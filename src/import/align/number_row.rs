//! Rows of numbers with the text around them, from tables and from lines of text alike.

use super::label::{MIN_SCORE, NormalizedLabel};
use super::normalize::{Normalized, common_length};
use super::number::PrintedNumber;

/// The letters of a heading that is printed again at the top of a page, in the middle of a label.
const MAX_HEADING: usize = 80;

/// Numbers that belong together, and the text around them.
#[derive(Clone, Debug)]
pub struct NumberRow {
    /// The line of the source.
    pub line: usize,
    /// The line or row as printed, for the clerk.
    pub printed: String,
    /// The text since the previous numbers.
    pub before: Normalized,
    /// The text of the row's own label cell; empty in running text.
    pub label_cell: Normalized,
    /// Whether there is text before the numbers on their own line or in their own row.
    pub beside: bool,
    /// The text up to the next numbers.
    pub after: Normalized,
    /// The numbers.
    pub numbers: RowNumbers,
}

/// The numbers of a row, as its source has them.
#[derive(Clone, Debug)]
pub enum RowNumbers {
    /// Cells of a table row after its label.
    Cells(RowCells),
    /// Numbers of running text.
    Tokens {
        /// The numbers in order.
        numbers: Vec<PrintedNumber>,
        /// Whether each stood on a line of its own.
        single: bool,
    },
}

/// The cells of a row after its label.
#[derive(Clone, Debug)]
pub struct RowCells {
    /// The table of the row.
    pub table: usize,
    /// Which row of the table it is.
    pub row: usize,
    /// Whether columns can shift.
    pub ragged: bool,
    /// The column after the label.
    pub start: usize,
    /// The columns of the row (ragged) or table.
    pub width: usize,
    /// Column and text of each cell.
    pub cells: Vec<(usize, String)>,
}

/// So many digits together may be a row of seven numbers that ran together; hardly any count is as long.
const JOINED_DIGITS: usize = 7;

impl NumberRow {
    /// Returns whether it has enough digits for `count` numbers, however they are split. A table row can be
    /// blank.
    pub fn can_give(&self, count: usize) -> bool {
        match &self.numbers {
            RowNumbers::Cells(_) => true,
            RowNumbers::Tokens { numbers, .. } => {
                numbers.iter().map(|number| number.raw.chars().count()).sum::<usize>() >= count
            }
        }
    }

    /// Returns whether it is digits that can be cut into `count` numbers, or pieces joined to them, in more ways than one.
    pub fn needs_cutting(&self, count: usize) -> bool {
        let RowNumbers::Tokens { numbers, .. } = &self.numbers else { return false };
        let digits: usize = numbers.iter().map(|number| number.raw.len()).sum();
        numbers.len() != count && digits != count && numbers.iter().all(PrintedNumber::is_digits)
    }

    /// Returns whether it has exactly `count` numbers, whatever they add up to.
    pub fn has_exactly(&self, count: usize) -> bool {
        match &self.numbers {
            RowNumbers::Cells(cells) => cells.cells.len() == count,
            RowNumbers::Tokens { numbers, .. } => numbers.len() == count,
        }
    }

    /// Returns whether it may be a whole row of `count` numbers: as many, or fewer where blank cells are there or
    /// left out, or digits that ran together.
    pub fn may_be_whole(&self, count: usize) -> bool {
        let own = self.number_count();
        own == count
            || own < count
                && match &self.numbers {
                    RowNumbers::Cells(cells) => cells.cells.len() >= count,
                    RowNumbers::Tokens { .. } => self.may_hold(2),
                }
    }

    /// Returns whether it has so many numbers, or digits for as many that ran together.
    pub fn may_hold(&self, count: usize) -> bool {
        let together = || match &self.numbers {
            RowNumbers::Tokens { numbers, .. } => {
                let is_joined = |raw: &str| raw.starts_with('0') || raw.len() >= JOINED_DIGITS;
                numbers.iter().any(|number| number.is_digits() && is_joined(&number.raw))
                    && self.can_give(count)
            }
            RowNumbers::Cells(_) => false,
        };
        self.number_count() >= count || together()
    }

    /// Returns whether the text around the numbers holds two thirds of a label's letters in order, with
    /// others in between, and a label cell of its own says nothing else.
    pub fn resembles_label(&self, label: &NormalizedLabel) -> bool {
        if !self.label_cell.is_empty() && label.score_of_cell(&self.label_cell) < MIN_SCORE / 2.0 {
            return false;
        }
        let label = label.letters();
        let far = label.len() * 2 + MAX_HEADING;
        let before = &self.before[self.before.len().saturating_sub(far)..];
        let after = &self.after[..self.after.len().min(far)];
        let around: Normalized = before.iter().chain(after).copied().collect();
        common_length(label, &around) * 3 >= label.len() * 2
    }

    /// Returns whether it is running text with every number on a line of its own: the order in which a
    /// program wrote out the cells, which need not be the order of the row.
    pub fn is_one_per_line(&self) -> bool {
        matches!(self.numbers, RowNumbers::Tokens { single: true, .. })
    }

    /// Returns the text of its label cell, or the text before it in running text.
    pub fn label_text(&self) -> &[char] {
        if self.label_cell.is_empty() { &self.before } else { &self.label_cell }
    }

    /// Returns the table that it is a row of, or `None` in running text.
    pub fn table(&self) -> Option<usize> {
        match &self.numbers {
            RowNumbers::Cells(cells) => Some(cells.table),
            RowNumbers::Tokens { .. } => None,
        }
    }

    /// Returns whether it is running text.
    pub fn is_running_text(&self) -> bool {
        matches!(self.numbers, RowNumbers::Tokens { .. })
    }

    /// Returns whether every cell is blank.
    pub fn is_blank(&self) -> bool {
        match &self.numbers {
            RowNumbers::Cells(cells) => cells.cells.iter().all(|(_, text)| text.is_empty()),
            RowNumbers::Tokens { .. } => false,
        }
    }

    /// Returns how many numbers it has.
    pub fn number_count(&self) -> usize {
        match &self.numbers {
            RowNumbers::Cells(cells) => cells.cells.iter().filter(|(_, text)| !text.is_empty()).count(),
            RowNumbers::Tokens { numbers, .. } => numbers.len(),
        }
    }
}
