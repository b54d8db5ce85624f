//! What holds for any text, whatever it says: each job in one place.
//!
//! Nothing here knows a report. What several modules must agree on, because one writes what another
//! reads or measures what another draws, is decided here once.

pub mod ambiguous;
pub mod digits;
mod file_name;
pub mod invisible;
pub mod line_break;
pub mod markdown;
pub mod numerals;
mod quoted;
pub mod width;

pub use file_name::safe_file_name;
pub use quoted::{RonText, quoted};
