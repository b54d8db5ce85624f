//! The program from outside: stdout, stderr and exit code of each command, seen together.
#![allow(clippy::unwrap_used, reason = "a test stops where it cannot go on")]

mod batch;
mod colors;
mod doctor;
mod folder;
mod history;
mod many;
mod one;
mod reviewer;
mod script;
mod scripts;
#[path = "../e2e/skipped.rs"]
mod skipped;
mod streams;
mod unfinished;
mod unread;
