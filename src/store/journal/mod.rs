//! The recovery journal: every change of a draft, written down before its frame is painted.
//!
//! A journal is a log that begins with a checkpoint. It is a text file of one record a line: the
//! record's length, a checksum, and the record as JSON. The first records say which draft it is and who
//! writes it; then comes the checkpoint, which is the draft as it was last saved, the draft as it was
//! then, and its undo history; then every change since. So a journal can be replayed, or merged,
//! whatever has become of the draft's own file.
//!
//! What always holds:
//!
//! - A log only grows at its end. Recovering only reads it, and puts a checkpoint in its place: what it
//!   says step by step is never written a second time.
//! - A new checkpoint is written beside the log and takes its name once it is on the disk. Until then the
//!   log stays, so that at every moment one file says everything.
//! - The records of one key are one record, so a journal that was cut anywhere leads to a draft that was
//!   on the screen.
//! - A record that does not fit its checksum, or the draft, ends what is read. What comes from there on
//!   is set aside under a name of its own and never removed.
//! - A journal belongs to one process. It holds the file's lock; where there are no locks, the file
//!   names the process and is written to once in a while as long as that lives.
//!
//! `record` turns changes into bytes and back and knows no files, `recovery` turns records into a draft,
//! `writer` writes, `orphan` and `leftover` find what ended without having been saved, and `session` keeps a journal in step
//! with one open draft.

mod header;
mod leftover;
mod orphan;
mod record;
mod recovery;
mod session;
#[cfg(test)]
mod tests;
mod writer;

pub use header::{JournalHeader, JournalOwner};
pub use leftover::{Leftover, next_leftover};
pub use orphan::{JournalQuery, OrphanJournal, file_stem, find_orphans};
pub use record::frame_json;
pub use recovery::{Recovery, recover};
pub use session::SessionJournal;
pub use writer::{HEARTBEAT, JournalWriter, SavedState};

/// The version of the journals that are written and read.
pub const VERSION: u32 = 2;
