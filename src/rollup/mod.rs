//! Many units' reports added up into one: what each gave, which are missing, what was adjusted.
//!
//! Only entered cells are added; totals are computed again. All units must report on the same year
//! in the same formats: reports that cannot be added are refused with a sentence, and nothing that
//! is missing or unreadable is ever taken for 0.

mod contribution;
mod filed;
mod gathered;
mod roster;
mod share;
mod sum;
#[cfg(test)]
mod tests;

pub use contribution::Contribution;
pub use filed::{Filed, Standing};
pub use gathered::{Gathered, Late, News};
pub use roster::Roster;
pub use share::{Share, parts, shares};
pub use sum::{Mixed, Rollup, cells};
