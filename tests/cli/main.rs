//! The program from outside: stdout, stderr and exit code of each command, seen together.

mod doctor;
mod folder;
mod history;
mod many;
mod one;
#[path = "../e2e/skipped.rs"]
mod skipped;
