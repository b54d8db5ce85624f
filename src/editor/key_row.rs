//! One row of a key file, as it is written.

use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

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
    /// The pinyin of the words, syllable by syllable, for the palette and the help.
    #[serde(default)]
    pub pinyin: String,
    /// What else it may be called, each with its pinyin.
    #[serde(default)]
    pub also: BTreeMap<String, String>,
    /// The word in the footer; empty where it does not stand there.
    #[serde(default)]
    pub foot: String,
}

impl KeyBinding {
    /// Returns the command's id in key files, `next_finding`.
    pub fn id(&self) -> String {
        ron::to_string(&self.command).unwrap_or_default()
    }

    /// Returns how well it fits what was typed in small letters, the best with 0: its words, its pinyin whole or
    /// by initials, its id, or what else it may be called. `None` if it does not.
    pub fn match_rank(&self, typed: &str) -> Option<u8> {
        let own = [(self.words.as_str(), self.pinyin.as_str())];
        let also = || self.also.iter().map(|(words, pinyin)| (words.as_str(), pinyin.as_str()));
        if own.iter().any(|(words, pinyin)| words.starts_with(typed) || pinyin_matches(pinyin, typed, true)) {
            return Some(0);
        }
        if also().any(|(words, pinyin)| words.starts_with(typed) || pinyin_matches(pinyin, typed, true)) {
            return Some(1);
        }
        let mut all = own.into_iter().chain(also());
        let is_within =
            all.any(|(words, pinyin)| words.contains(typed) || pinyin_matches(pinyin, typed, false));
        (is_within || self.id().contains(typed)).then_some(2)
    }
}

/// Returns `true` if what was typed is pinyin, whole or by initials, that begins at the first syllable or, unless
/// `at_start`, at any other. Initials without syllables, as in a user's own file, are matched as they stand.
fn pinyin_matches(pinyin: &str, typed: &str, at_start: bool) -> bool {
    let syllables: Vec<&str> = pinyin.split(' ').collect();
    let starts = if at_start { 1 } else { syllables.len() };
    (0..starts).any(|from| {
        let rest = &syllables[from..];
        let initials: String = rest.iter().filter_map(|syllable| syllable.chars().next()).collect();
        initials.starts_with(typed) || rest.concat().starts_with(typed)
    }) || (!at_start && syllables.len() == 1 && pinyin.contains(typed))
}
