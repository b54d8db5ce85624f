//! The keys: one row per command and scope, from `assets/keys.ron` and the user's own file.

use foldhash::fast::FixedState;
use std::collections::HashMap;

use super::command::{Command, Scope};
use super::key::Key;
use super::key_label::key_label;
use super::key_row::KeyBinding;
use crate::form::ron_message;

/// The keys as shipped, as `assets/build.rs` has read them.
const SHIPPED: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/keys.bin"));

/// Why a key file cannot be used.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("按键文件第 {line} 行：{message}")]
pub struct KeyFileError {
    /// The line, from 1.
    pub line: usize,
    /// What is wrong and what to do.
    pub message: String,
}

/// All rows, and for each scope what a key does.
#[derive(Clone, Debug)]
pub struct Keymap {
    bindings: Vec<KeyBinding>,
    index: HashMap<(Scope, Key), Command, FixedState>,
}

impl Keymap {
    /// The keys as shipped. A test reads the shipped file, so it is never empty.
    pub fn shipped() -> Self {
        let none = Keymap { bindings: Vec::new(), index: HashMap::default() };
        let rows = postcard::from_bytes(SHIPPED).ok();
        rows.and_then(|rows| none.clone().merge(rows).ok()).unwrap_or(none)
    }

    /// These keys with the rows of another file: a row for the same scope and command takes the
    /// place of the one here, and keeps its words where it gives none. A key that was another
    /// command's there is taken from it.
    ///
    /// # Errors
    /// The first row that cannot be read, names a key nobody knows, or gives a key that another
    /// command of its scope has.
    pub fn with_overrides(self, source: &str) -> Result<Self, KeyFileError> {
        let source = source.strip_prefix('\u{feff}').unwrap_or(source);
        let rows: Vec<KeyBinding> = ron::from_str(source).map_err(|error| KeyFileError {
            line: error.span.start.line,
            message: ron_message(&error.code),
        })?;
        self.merge(rows).map_err(|key| {
            let words = format!("“{key}”已用于其他命令，请换一个键");
            KeyFileError { line: line_of(source, key), message: words }
        })
    }

    /// These keys with other rows over them; else the key that is given to two commands.
    fn merge(mut self, rows: Vec<KeyBinding>) -> Result<Self, Key> {
        let mut own: HashMap<_, _, FixedState> = HashMap::default();
        for row in rows {
            let same = |old: &&mut KeyBinding| old.scope == row.scope && old.command == row.command;
            for key in &row.on {
                if own.insert((row.scope, *key), row.command).is_some_and(|other| other != row.command) {
                    return Err(*key);
                }
            }
            match self.bindings.iter_mut().find(same) {
                Some(old) if row.words.is_empty() => old.on = row.on,
                Some(old) => *old = row,
                None => self.bindings.push(row),
            }
        }
        self.index.clear();
        for row in &mut self.bindings {
            let given = |key: &Key| own.get(&(row.scope, *key)).copied().unwrap_or(row.command);
            row.on.retain(|key| given(key) == row.command);
            self.index.extend(row.on.iter().map(|key| ((row.scope, *key), row.command)));
        }
        Ok(self)
    }

    /// These keys without a command that cannot be carried out here.
    pub fn without(mut self, command: Command) -> Self {
        self.bindings.retain(|row| row.command != command);
        self.index.retain(|_, other| *other != command);
        self
    }

    /// What a key does at a place, by the nearest row that has it.
    pub fn command(&self, scope: Scope, key: Key) -> Option<Command> {
        scope.lookup_order().iter().find_map(|place| self.index.get(&(*place, key))).copied()
    }

    /// Every row, in the order of the file.
    pub fn rows(&self) -> &[KeyBinding] {
        &self.bindings
    }

    /// The rows that hold at a place, the nearest first, each with the first of its keys that works
    /// there: no nearer row has it, and it is no character where characters are typed. None where the
    /// row has no key; rows whose keys are all taken are left out.
    pub fn bindings_in(&self, scope: Scope) -> impl Iterator<Item = (&KeyBinding, Option<Key>)> {
        self.bindings_of(scope, |_| true)
    }

    /// Those of [`bindings_in`](Self::bindings_in) that are wanted.
    pub fn bindings_of(
        &self,
        scope: Scope,
        is_wanted: impl Fn(&KeyBinding) -> bool,
    ) -> impl Iterator<Item = (&KeyBinding, Option<Key>)> {
        let places = scope.lookup_order().iter();
        let rows = places.flat_map(|place| self.bindings.iter().filter(move |row| row.scope == *place));
        let rows = rows.filter(move |row| is_wanted(row));
        rows.filter_map(move |row| match row.on.iter().find(|key| self.is_reachable(scope, row, **key)) {
            Some(key) => Some((row, Some(*key))),
            None => row.on.is_empty().then_some((row, None)),
        })
    }

    fn is_reachable(&self, scope: Scope, row: &KeyBinding, key: Key) -> bool {
        let nearest = scope.lookup_order().iter().find(|place| self.index.contains_key(&(**place, key)));
        let is_typed = scope.accepts_text() && key.typed_char().is_some();
        nearest == Some(&row.scope) && !is_typed
    }

    /// The first key of a command that works at a place, as shown; empty where it has none.
    pub fn key_label(&self, scope: Scope, command: Command) -> String {
        let mut rows = self.bindings_in(scope).filter(|(row, _)| row.command == command);
        rows.find_map(|(_, key)| key).map_or(String::new(), key_label)
    }
}

/// The line on which a key is given for the second time, in whatever spelling.
fn line_of(source: &str, key: Key) -> usize {
    let mut at = 0;
    let mut places = source.split('"').filter_map(|piece| {
        let start = at;
        at += piece.len() + 1;
        (piece.parse() == Ok(key)).then_some(start)
    });
    let first = places.next();
    let at = places.next().or(first).unwrap_or(0);
    source[..at].matches('\n').count() + 1
}

#[cfg(test)]
mod tests {
    use super::*;

    fn is_han(c: char) -> bool {
        ('\u{4e00}'..='\u{9fff}').contains(&c)
    }

    #[test]
    fn every_binding_has_words_and_their_pinyin() {
        for row in Keymap::shipped().rows() {
            let han = row.words.chars().filter(|&c| is_han(c)).count();
            assert!(han > 0, "{row:?}");
            assert_eq!(row.pinyin.split(' ').count(), han, "{} {}", row.words, row.pinyin);
            for (words, pinyin) in &row.also {
                assert_eq!(pinyin.split(' ').count(), words.chars().count(), "{words} {pinyin}");
            }
        }
    }

    #[test]
    fn the_shipped_file_is_read() {
        assert!(Keymap::shipped().rows().len() > 80);
    }

    #[test]
    fn the_keys_as_built_are_the_files_as_written() {
        let written: Vec<KeyBinding> = ron::from_str(include_str!("../../assets/keys.ron")).unwrap();
        let built: Vec<KeyBinding> = postcard::from_bytes(SHIPPED).unwrap();
        assert_eq!(format!("{built:?}"), format!("{written:?}"));
    }

    #[test]
    fn no_key_is_given_twice_at_a_place() {
        let mut seen = std::collections::HashSet::new();
        for row in Keymap::shipped().rows() {
            for key in &row.on {
                assert!(seen.insert((row.scope, *key)), "{:?} {key}", row.scope);
            }
        }
    }

    #[test]
    fn keys_that_tmux_and_terminals_keep_are_not_used() {
        for row in Keymap::shipped().rows() {
            for key in &row.on {
                assert!(!["Ctrl+B", "Ctrl+Tab"].contains(&key.to_string().as_str()), "{row:?}");
                assert!(!(key.ctrl && key.shift), "{row:?}");
            }
        }
    }

    #[test]
    fn a_users_binding_replaces_keys_and_keeps_the_text() {
        let own = "[(scope: everywhere, command: save, on: [\"F12\"])]";
        let keys = Keymap::shipped().with_overrides(own).unwrap();
        assert_eq!(keys.command(Scope::Table, "F12".parse().unwrap()), Some(Command::Save));
        assert_eq!(keys.command(Scope::Table, "Ctrl+S".parse().unwrap()), None);
        assert_eq!(keys.key_label(Scope::Table, Command::Save), "F12");
        assert!(keys.rows().iter().any(|row| row.command == Command::Save && row.words == "保存"));
    }

    #[test]
    fn a_command_left_out_has_no_row_and_no_key() {
        let keys = Keymap::shipped().without(Command::Save);
        assert_eq!(keys.command(Scope::Table, "Ctrl+S".parse().unwrap()), None);
        assert!(keys.rows().iter().all(|row| row.command != Command::Save));
    }

    #[test]
    fn a_users_key_wins_over_the_shipped_command_that_had_it() {
        let own = "[(scope: everywhere, command: save, on: [\"F9\"])]";
        let keys = Keymap::shipped().with_overrides(own).unwrap();
        assert_eq!(keys.command(Scope::Text, "F9".parse().unwrap()), Some(Command::Save));
    }

    #[test]
    fn a_broken_key_file_is_refused_with_its_line() {
        let own = "[\n(scope: everywhere, command: save, on: [\"Strg+S\"]),\n]";
        let error = Keymap::shipped().with_overrides(own).unwrap_err();
        assert_eq!(error.line, 2);
        assert!(error.message.contains("Strg+S"), "{error}");
        assert_eq!(Keymap::shipped().with_overrides("[\n\n(scope: nowhere)]").unwrap_err().line, 3);
        let twice = "[\n(scope: everywhere, command: save, on: [\"F12\"]),\n\
            (scope: everywhere, command: undo, on: [\"f12\"]),\n]";
        assert_eq!(Keymap::shipped().with_overrides(twice).unwrap_err().line, 3);
    }

    #[test]
    fn ids_are_those_of_the_key_file() {
        for row in Keymap::shipped().rows() {
            let source = format!("[(scope: everywhere, command: {}, on: [])]", row.id());
            assert!(
                ron::from_str::<Vec<KeyBinding>>(&source).is_ok_and(|r| r[0].command == row.command),
                "{}",
                row.id()
            );
        }
    }
}
