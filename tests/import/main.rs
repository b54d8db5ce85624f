//! Import from outside: other programs' files and published reports.
#![allow(clippy::unwrap_used, reason = "a test stops where it cannot go on")]

mod copies;
mod published;
#[path = "../e2e/skipped.rs"]
mod skipped;
mod text;
