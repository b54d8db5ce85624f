//! What a user or a machine does to the program from outside: the real program in a pseudo-terminal,
//! killed, hung up, out of disk, fed with hostile files, beside other programs. Not part of a plain
//! `cargo test`, which is to be quick: `cargo test --test e2e`, or one part of it with
//! `cargo test --test e2e safety::`. `.ci/run` runs all.
//!
//! A test that needs what this machine lacks prints a line `skipped: …` and passes.
#![cfg(unix)]
#![allow(clippy::unwrap_used, reason = "a test stops where it cannot go on")]
#![allow(clippy::print_stdout, reason = "says what it has judged")]

mod crash;
#[path = "scale/generator.rs"]
mod generator;
mod git;
#[cfg(all(feature = "pdf", feature = "docx", feature = "xlsx"))]
mod handed_in;
mod import;
mod mouse;
mod packages;
mod pty;
mod safety;
mod seed;
mod session;
mod signals;
mod skipped;
mod sum;
mod terminal;
mod terminals;
mod unread;
mod windows;
