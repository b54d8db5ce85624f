//! What a text says of the tables, before anything is compared.

use super::topic::Sum;

/// Something that a text says of the tables.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Claim {
    /// First byte of the words.
    pub start: usize,
    /// The byte after the last.
    pub end: usize,
    /// What is said.
    pub assertion: Assertion,
    /// The ways to read it, the likeliest first. Of a share: what it may be a share of.
    pub sums: Vec<Sum>,
}

/// What is said of a sum.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Assertion {
    /// It is this number.
    Count(u64),
    /// It is 0, in words: 未收到, 均已办结.
    Zero,
    /// This many, or what the table has of them, are so many hundredths of it.
    Percentage {
        /// The figure whose share it is.
        of: u64,
        /// The cells of that figure.
        part: Vec<Sum>,
        /// The digits of the share without their point.
        digits: u64,
        /// How many of them stand behind the point.
        decimals: u32,
        /// Numbers of the text that it may be a share of.
        totals: Vec<u64>,
    },
}
