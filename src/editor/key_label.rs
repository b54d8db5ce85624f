//! What keys are called on the screen.

use super::key::{Key, KeyCode};

/// A key as lists and the footer name it. Its name in a key file may be another.
pub(crate) fn key_label(key: Key) -> String {
    match key.code {
        KeyCode::Up => with_modifiers(key, "↑"),
        KeyCode::Down => with_modifiers(key, "↓"),
        KeyCode::Left => with_modifiers(key, "←"),
        KeyCode::Right => with_modifiers(key, "→"),
        KeyCode::Char(' ') => with_modifiers(key, "空格键"),
        _ => key.to_string(),
    }
}

/// A name of a key behind what is held with it.
pub(crate) fn with_modifiers(key: Key, name: &str) -> String {
    let held = [(key.ctrl, "Ctrl+"), (key.alt, "Alt+"), (key.shift, "Shift+")];
    held.into_iter().filter(|(held, _)| *held).map(|(_, name)| name).chain([name]).collect()
}
