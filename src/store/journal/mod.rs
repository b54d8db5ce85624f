//! The recovery journal: every change of a draft, written down before its frame is painted.
//!
//! A journal is a text file of one record a line: its length, a checksum, and the record as JSON. The
//! first record tells which draft it is and holds the text that the changes start from, so a journal
//! can be replayed, or merged, whatever has become of the draft's own file. A record that was torn by
//! the end of the machine fails its checksum; what stands before it is used. `record` turns steps into
//! bytes and back and knows no files, `replay` turns records into a draft, `files` only moves bytes.

mod files;
mod record;
mod replay;
#[cfg(test)]
mod tests;

pub(super) use files::stem;
pub use files::{Journal, Waiting, unnamed, waiting};
pub use record::{Head, Step, encode, encode_head, frame};
pub use replay::{Entry, Recovered, replay};
