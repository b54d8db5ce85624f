//! Adding many units' reports up into one: contributions, missing units, adjustments.
//!
//! Only entered cells are added; totals are computed anew. All units must report on the same year in the
//! same formats. Reports that cannot be added are refused with a message, and nothing missing or unreadable
//! ever counts as 0.

mod contribution;
mod current_units;
mod roster;
mod share;
#[cfg(test)]
mod tests;
mod unit_file;
mod unit_status;
mod unit_sums;

pub use contribution::{Contribution, summed_cells};
pub use current_units::{CurrentUnits, LateUnit, UnitChanges};
pub use roster::Roster;
pub use share::{Share, entered_parts, shares};
pub use unit_file::{UnitFile, UnitFinding};
pub use unit_status::UnitStatus;
pub use unit_sums::{CompileError, UnitSums};
