//! Keys as sentences name them. Every sentence of the screen that names a key takes it from here, so
//! that it is the key of this clerk.

use super::command::{Command, Scope};
use super::key::{Key, KeyCode};
use super::key_label::{key_label, with_modifiers};
use super::{Editor, Keymap};

impl Keymap {
    /// The first key of a command that works at a place, as a sentence names it: `Ctrl+Z`, `回车`.
    /// `None` if it has none there.
    pub fn label(&self, scope: Scope, command: Command) -> Option<String> {
        self.labels(scope, &[command])
    }

    /// The keys of commands that belong together: `上下键`, `Shift+方向键`, else one beside the other.
    /// `None` if none of them has a key there.
    pub fn labels(&self, scope: Scope, commands: &[Command]) -> Option<String> {
        let mut keys: Vec<Key> = commands.iter().filter_map(|command| self.key(scope, *command)).collect();
        keys.dedup();
        let first = *keys.first()?;
        let plain = |key: &Key| Key { code: key.code, ..first } == *key;
        let mut codes: Vec<KeyCode> = keys.iter().map(|key| key.code).collect();
        codes.sort();
        let together = match codes[..] {
            _ if !keys.iter().all(plain) => None,
            [KeyCode::Up, KeyCode::Down] => Some("上下键"),
            [KeyCode::Left, KeyCode::Right] => Some("左右键"),
            [KeyCode::Up, KeyCode::Down, KeyCode::Left, KeyCode::Right] => Some("方向键"),
            _ => None,
        };
        let one_by_one = || keys.iter().copied().map(spoken).collect::<Vec<_>>().join("、");
        Some(together.map_or_else(one_by_one, |arrows| with_modifiers(first, arrows)))
    }

    /// A command's key and what it is good for, `Ctrl+Z 可撤销`; without a key the command's own
    /// name, as the palette lists it.
    pub fn using(&self, scope: Scope, command: Command, purpose: &str) -> String {
        match self.label(scope, command) {
            Some(label) => joined(&label, purpose),
            None => self.by_name(scope, command, purpose),
        }
    }

    /// The same as a request: `按 Ctrl+Z 可撤销`.
    pub fn press(&self, scope: Scope, command: Command, purpose: &str) -> String {
        match self.label(scope, command) {
            Some(label) => joined("按", &joined(&label, purpose)),
            None => self.by_name(scope, command, purpose),
        }
    }

    fn key(&self, scope: Scope, command: Command) -> Option<Key> {
        self.bindings_in(scope).filter(|(row, _)| row.command == command).find_map(|(_, key)| key)
    }

    fn by_name(&self, scope: Scope, command: Command, purpose: &str) -> String {
        let mut rows = scope.lookup_order().iter().flat_map(|place| {
            self.rows().iter().filter(move |row| row.scope == *place && row.command == command)
        });
        let name = rows.next().map_or("", |row| row.words.as_str());
        format!("用“{name}”命令{purpose}")
    }
}

impl Editor {
    /// [`Keymap::press`] at the place under the windows, where a message is read.
    pub(crate) fn press_hint(&self, command: Command, purpose: &str) -> String {
        self.keys.press(self.scope_below_layers(), command, purpose)
    }
}

/// A key as a sentence names it.
pub(crate) fn spoken(key: Key) -> String {
    match key.code {
        KeyCode::Enter => with_modifiers(key, "回车"),
        KeyCode::Char(' ') => with_modifiers(key, "空格"),
        _ => key_label(key),
    }
}

/// Two pieces of a sentence, with a space where Latin and Chinese letters meet.
fn joined(left: &str, right: &str) -> String {
    let (Some(last), Some(first)) = (left.chars().next_back(), right.chars().next()) else {
        return format!("{left}{right}");
    };
    let is_stop = |c: char| "，。；、（）：".contains(c);
    let meet = last.is_ascii() != first.is_ascii() && !is_stop(last) && !is_stop(first);
    format!("{left}{}{right}", if meet { " " } else { "" })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_stands_in_its_sentence_as_it_always_did() {
        let keys = Keymap::shipped();
        assert_eq!(keys.press(Scope::Table, Command::Undo, "可撤销"), "按 Ctrl+Z 可撤销");
        assert_eq!(keys.press(Scope::Table, Command::Save, "，起个名"), "按 Ctrl+S，起个名");
        assert_eq!(keys.press(Scope::Typing, Command::Enter, ""), "按回车");
        assert_eq!(keys.using(Scope::Table, Command::NextChoice, "切换"), "空格切换");
        let both = |back, on| keys.labels(Scope::Window, &[back, on]).unwrap();
        assert_eq!(both(Command::Left, Command::Right), "左右键");
        assert_eq!(both(Command::Up, Command::Down), "上下键");
        let arrows = [Command::SelectLeft, Command::SelectRight, Command::SelectUp, Command::SelectDown];
        assert_eq!(keys.labels(Scope::Text, &arrows).unwrap(), "Shift+方向键");
    }

    #[test]
    fn undo_on_another_key_is_named_by_that_key() {
        let own = "[(scope: everywhere, command: undo, on: [\"F12\"])]";
        let keys = Keymap::shipped().with_overrides(own).unwrap();
        assert_eq!(keys.press(Scope::Text, Command::Undo, "可撤销"), "按 F12 可撤销");
        // A key that means something else at this place is not offered for it.
        let own = "[(scope: table, command: mark, on: [\"Ctrl+Z\"])]";
        let keys = Keymap::shipped().with_overrides(own).unwrap();
        assert_eq!(keys.label(Scope::Table, Command::Undo), None);
    }

    #[test]
    fn a_command_without_a_key_is_named_as_in_the_palette() {
        let own = "[(scope: everywhere, command: undo, on: [])]";
        let keys = Keymap::shipped().with_overrides(own).unwrap();
        assert_eq!(keys.label(Scope::Table, Command::Undo), None);
        assert_eq!(keys.press(Scope::Table, Command::Undo, "可撤销"), "用“撤销”命令可撤销");
        assert_eq!(keys.using(Scope::Table, Command::Undo, ""), "用“撤销”命令");
    }
}
