//! The program from outside: stdout, stderr and exit code of each command, seen together.

mod doctor;
mod folder;
mod git;
mod history;
mod many;
mod one;
