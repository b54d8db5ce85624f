//! Text in general: characters, widths, numerals, line breaks, file names.
//!
//! Nothing here knows about reports. What several modules must agree on, because one reads what another
//! writes or draws what another measures, is decided here once.

pub mod ambiguous;
pub mod digits;
mod file_name;
mod initials;
pub mod invisible;
pub mod line_break;
pub mod markdown;
pub mod nearest;
pub mod numerals;
mod quoted;
pub mod radicals;
mod traditional;
pub mod width;

pub use file_name::safe_file_name;
pub use initials::matches_typed;
pub use quoted::{RonText, quoted};
pub use traditional::simplified;

/// Returns how long a text is as office software counts it (字数): its characters without blanks.
pub fn character_count(text: &str) -> usize {
    text.chars().filter(|c| !c.is_whitespace()).count()
}
