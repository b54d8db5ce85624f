//! What drafts on disk need from the system: names, processes, locks, rights, folders.
//!
//! One file for each kind of system offers the same functions; all platform code of [`store`](super) is
//! here.

mod entry;
#[cfg(test)]
pub mod testing;
#[cfg(unix)]
mod unix;
#[cfg(windows)]
mod windows;

pub use entry::{EntryKind, FolderEntry};
#[cfg(unix)]
pub use unix::*;
#[cfg(windows)]
pub use windows::*;
