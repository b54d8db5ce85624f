//! Import from outside: other programs' files and published reports.
#![allow(clippy::unwrap_used, reason = "a test stops where it cannot go on")]
#![allow(clippy::print_stdout, reason = "says what it has judged")]

mod copies;
mod damage;
mod guesses;
mod layouts;
mod published;
mod shifted;
#[path = "../e2e/skipped.rs"]
mod skipped;
mod text;
