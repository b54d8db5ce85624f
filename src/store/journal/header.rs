//! What a journal begins with, and who writes it.

use serde::{Deserialize, Serialize};
use std::path::{Path, PathBuf};

use super::super::path_text::{path_from_text, path_to_text};
use super::super::{host, platform};
use super::VERSION;

/// What a journal begins with.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct JournalHeader {
    version: u32,
    /// The draft's file from the root, as text; `None` for a draft that was never saved.
    #[serde(default)]
    draft: Option<String>,
    /// When the session began, `2026-01-20 09:30`.
    #[serde(default)]
    pub since: String,
    /// Hash and length of the draft's file as it was at the checkpoint, or `None` if there was no file.
    #[serde(default)]
    pub on_disk: Option<(u64, u64)>,
}

impl JournalHeader {
    /// Creates the header of a new journal.
    pub fn new(draft: Option<&Path>, since: &str, on_disk: Option<(u64, u64)>) -> Self {
        JournalHeader { version: VERSION, draft: draft.map(path_to_text), since: since.into(), on_disk }
    }

    /// Returns the draft's file from the root; `None` for a draft that was never saved.
    pub fn draft(&self) -> Option<PathBuf> {
        self.draft.as_deref().map(path_from_text)
    }

    /// Returns whether this program reads journals of that version.
    pub fn is_supported(&self) -> bool {
        self.version == VERSION
    }
}

/// The process that writes a journal.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct JournalOwner {
    /// The machine.
    pub host: String,
    /// The process on that machine.
    pub pid: u32,
    /// When the process began, in the system's own terms, which distinguishes it from a later process with
    /// the same number.
    pub began: Option<u64>,
}

impl JournalOwner {
    /// This process.
    pub fn this_process() -> Self {
        let pid = std::process::id();
        JournalOwner { host: host::host_name(), pid, began: platform::process_start(pid) }
    }

    /// Returns whether the process lives; `None` if that cannot be determined from this machine.
    pub fn is_alive(&self) -> Option<bool> {
        let here = self.host == host::host_name();
        let is_alive = here.then(|| platform::is_alive(self.pid)).flatten();
        is_alive.map(|is_alive| is_alive && platform::process_start(self.pid) == self.began)
    }
}
