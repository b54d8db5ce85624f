//! Claims: what a text says about the tables, before anything is compared.

use rust_decimal::Decimal;
use std::ops::Range;

use super::topic::Sum;

/// A statement of a text about the tables.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Claim {
    /// First byte.
    pub start: usize,
    /// The byte after the last.
    pub end: usize,
    /// The bytes of the number alone; all of the claim if it is made in words.
    pub number: Range<usize>,
    /// What is claimed.
    pub assertion: Assertion,
    /// The possible readings, the likeliest first; for a percentage, the possible totals.
    pub sums: Vec<Sum>,
}

/// What is claimed of a sum.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Assertion {
    /// It equals this number.
    Count(u64),
    /// It is this amount of 万元, as written.
    Money {
        /// The amount in 万元.
        amount: Decimal,
        /// The number of its decimals in 万元, to which the table's is rounded.
        decimals: u32,
    },
    /// Its parts, as the text names them, add up to another number; of no table.
    Parts {
        /// The number.
        head: u64,
        /// The sum of its parts.
        sum: u64,
    },
    /// All of what the text gives were answered, so that nothing is left: said in words.
    Done {
        /// What the text gives for them.
        of: u64,
    },
    /// It has changed against last year by this percentage.
    Change {
        /// Whether it has grown.
        up: bool,
        /// Whether it is of the new ones alone.
        new_only: bool,
        /// What the text gives for this year.
        of: u64,
        /// The digits of the percentage without the decimal point.
        digits: u64,
        /// The number of digits after the decimal point.
        decimals: u32,
    },
    /// It is 0, said in words: 未收到, 均已办结.
    Zero,
    /// A part, as the text or the table has it, is this percentage of it.
    Percentage {
        /// The part, as the text has it.
        of: u64,
        /// The readings of the part.
        part: Vec<Sum>,
        /// The digits of the percentage without the decimal point.
        digits: u64,
        /// The number of digits after the decimal point.
        decimals: u32,
        /// Numbers of the text that may be the total.
        totals: Vec<u64>,
    },
}
