//! Import from outside: other programs' files and published reports.

mod copies;
mod published;
#[path = "../e2e/skipped.rs"]
mod skipped;
