//! One row of a key file, as it is written.

use serde::{Deserialize, Serialize};

use super::command::{Command, Scope};
use super::key::Key;

/// One row of a key file.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct KeyBinding {
    /// Where it holds.
    pub scope: Scope,
    /// What it does.
    pub command: Command,
    /// Its keys; the first is shown.
    pub on: Vec<Key>,
    /// The words for it.
    #[serde(default)]
    pub words: String,
    /// The pinyin initials of the words, for the palette.
    #[serde(default)]
    pub pinyin: String,
    /// The word in the footer; empty where it does not stand there.
    #[serde(default)]
    pub foot: String,
}

impl KeyBinding {
    /// Returns the command's id in key files, `next_finding`.
    pub fn id(&self) -> String {
        ron::to_string(&self.command).unwrap_or_default()
    }
}
