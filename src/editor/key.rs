//! A key press.
//!
//! A [`Key`] is written the same way in `assets/keys.ron`, in the footer, in the help and in the
//! manual: `Ctrl+S`, `Alt+1`, `F8`, `Shift+Tab`, `Ctrl+PgDn`, `Ctrl+Space`, `Alt+=`. A key has
//! exactly one form here ([`Key::new`] sees to it), so that comparing two keys is enough.

use serde::de::{Deserialize, Deserializer, Error, Visitor};
use serde::ser::{Serialize, Serializer};
use std::fmt;
use std::str::FromStr;

/// A key without its modifiers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum KeyCode {
    /// A character that can be typed; a space is `Char(' ')`.
    Char(char),
    /// A function key, counted from 1.
    F(u8),
    /// Enter, of the number pad too.
    Enter,
    /// The tabulator.
    Tab,
    /// Escape.
    Esc,
    /// Deletes to the left.
    Backspace,
    /// Deletes to the right.
    Delete,
    /// Insert.
    Insert,
    /// Home.
    Home,
    /// End.
    End,
    /// Page up.
    PageUp,
    /// Page down.
    PageDown,
    /// Arrow up.
    Up,
    /// Arrow down.
    Down,
    /// Arrow left.
    Left,
    /// Arrow right.
    Right,
}

/// One key press with its modifiers, in the one form that [`Key::new`] gives it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Key {
    /// What was pressed.
    pub code: KeyCode,
    /// Ctrl was held.
    pub ctrl: bool,
    /// Alt was held (or Escape came just before).
    pub alt: bool,
    /// Shift was held; never true for a character, which is another character with Shift.
    pub shift: bool,
}

impl Key {
    /// The key in its one form: Shift makes a small letter a capital one and is then forgotten,
    /// for every character; letters with Ctrl or Alt are small, so that Caps Lock changes no
    /// command; `Ctrl+/` is `Ctrl+_`, the byte that terminals send for both.
    pub fn new(code: KeyCode, ctrl: bool, alt: bool, shift: bool) -> Self {
        let KeyCode::Char(typed) = code else {
            return Self { code, ctrl, alt, shift };
        };
        let letter = match typed {
            '/' if ctrl => '_',
            c if ctrl || alt => c.to_ascii_lowercase(),
            c if shift => c.to_ascii_uppercase(),
            c => c,
        };
        Self { code: KeyCode::Char(letter), ctrl, alt, shift: false }
    }

    /// A key with no modifier.
    pub fn plain(code: KeyCode) -> Self {
        Self::new(code, false, false, false)
    }

    /// The character that this key types into a cell or a text; `None` for commands.
    pub fn typed_char(&self) -> Option<char> {
        match self.code {
            KeyCode::Char(c) if !self.ctrl && !self.alt => Some(c),
            _ => None,
        }
    }
}

/// Names of the keys that are no characters; where a key has two, the first is written.
const KEY_NAMES: [(&str, KeyCode); 24] = [
    ("Enter", KeyCode::Enter),
    ("Return", KeyCode::Enter),
    ("Tab", KeyCode::Tab),
    ("Esc", KeyCode::Esc),
    ("Escape", KeyCode::Esc),
    ("Backspace", KeyCode::Backspace),
    ("BS", KeyCode::Backspace),
    ("Delete", KeyCode::Delete),
    ("Del", KeyCode::Delete),
    ("Insert", KeyCode::Insert),
    ("Ins", KeyCode::Insert),
    ("Home", KeyCode::Home),
    ("End", KeyCode::End),
    ("PgUp", KeyCode::PageUp),
    ("PageUp", KeyCode::PageUp),
    ("PgDn", KeyCode::PageDown),
    ("PageDown", KeyCode::PageDown),
    ("Up", KeyCode::Up),
    ("Down", KeyCode::Down),
    ("Left", KeyCode::Left),
    ("Right", KeyCode::Right),
    ("Space", KeyCode::Char(' ')),
    ("Plus", KeyCode::Char('+')),
    ("Minus", KeyCode::Char('-')),
];

impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (held, name) in [(self.ctrl, "Ctrl+"), (self.alt, "Alt+"), (self.shift, "Shift+")] {
            if held {
                f.write_str(name)?;
            }
        }
        match self.code {
            KeyCode::F(n) => write!(f, "F{n}"),
            KeyCode::Char(c) if c != ' ' => {
                let shown = if self.ctrl || self.alt { c.to_ascii_uppercase() } else { c };
                write!(f, "{shown}")
            }
            code => f.write_str(KEY_NAMES.iter().find(|(_, c)| *c == code).map_or("?", |(n, _)| n)),
        }
    }
}

/// Why a text is no key; the words are for the person who wrote a `keys.ron`.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum KeyError {
    /// Nobody knows this name.
    #[error("无法识别的按键“{0}”。写法如 Ctrl+S、Alt+1、F8、Shift+Tab、PgDn、Space。")]
    Unknown(String),
    /// A terminal sends the same byte for another key.
    #[error("“{0}”在终端里与 {1} 是同一个键，请换一个键。")]
    Same(String, &'static str),
}

impl FromStr for Key {
    type Err = KeyError;

    fn from_str(text: &str) -> Result<Self, KeyError> {
        let (mut ctrl, mut alt, mut shift) = (false, false, false);
        let mut rest = text.trim();
        // `Ctrl++` is Ctrl with the plus key, so a modifier needs something behind its plus.
        while let Some((word, behind)) = rest.split_once('+').filter(|(_, b)| !b.is_empty()) {
            match word.to_ascii_lowercase().as_str() {
                "ctrl" => ctrl = true,
                "alt" => alt = true,
                "shift" => shift = true,
                _ => break,
            }
            rest = behind;
        }
        let unknown = || KeyError::Unknown(text.to_string());
        let code = parse_code(rest).ok_or_else(unknown)?;
        let twin = match code {
            KeyCode::Char(c) if ctrl => match c.to_ascii_lowercase() {
                'i' => Some("Tab"),
                'j' | 'm' => Some("Enter"),
                'h' => Some("Backspace"),
                '[' => Some("Esc"),
                _ => None,
            },
            _ => None,
        };
        match twin {
            Some(other) => Err(KeyError::Same(text.to_string(), other)),
            None => Ok(Self::new(code, ctrl, alt, shift)),
        }
    }
}

/// A key file writes its keys by their names.
impl<'de> Deserialize<'de> for Key {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        struct Name;

        impl Visitor<'_> for Name {
            type Value = Key;

            fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
                f.write_str("用英文引号括起的按键，如 \"Ctrl+S\"")
            }

            fn visit_str<E: Error>(self, name: &str) -> Result<Key, E> {
                name.parse().map_err(E::custom)
            }
        }

        from.deserialize_str(Name)
    }
}

impl Serialize for Key {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.collect_str(self)
    }
}

fn parse_code(name: &str) -> Option<KeyCode> {
    let mut letters = name.chars();
    if let (Some(only), None) = (letters.next(), letters.next()) {
        return (!only.is_control()).then_some(KeyCode::Char(only));
    }
    if let Some((_, code)) = KEY_NAMES.iter().find(|(n, _)| n.eq_ignore_ascii_case(name)) {
        return Some(*code);
    }
    let number = name.strip_prefix(['F', 'f'])?.parse().ok()?;
    (1..=24).contains(&number).then_some(KeyCode::F(number))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn names_of_the_interface_are_read_and_written_back_as_they_are() {
        let names = [
            "Alt+0",
            "F6",
            "Ctrl+PgDn",
            "Ctrl+S",
            "Shift+Tab",
            "Ctrl+Space",
            "Alt+=",
            "?",
            "Esc",
            "Ctrl++",
            "Shift+Left",
            "Ctrl+Home",
            "Delete",
            "Enter",
            "a",
            "A",
            "，",
            "Ctrl+_",
            "+",
        ];
        for name in names {
            assert_eq!(name.parse::<Key>().map(|k| k.to_string()), Ok(name.to_string()));
        }
    }

    #[test]
    fn shift_and_caps_lock_leave_one_form() {
        let shifted = Key::new(KeyCode::Char('a'), false, false, true);
        assert_eq!(shifted, Key::plain(KeyCode::Char('A')));
        assert_eq!("ctrl+shift+s".parse(), "Ctrl+S".parse::<Key>());
        assert_eq!("Alt+X".parse(), "Alt+x".parse::<Key>());
        assert_eq!("Ctrl+/".parse(), "Ctrl+_".parse::<Key>());
    }

    #[test]
    fn keys_that_terminals_confuse_are_refused_by_name() {
        for (name, twin) in [("Ctrl+I", "Tab"), ("Ctrl+M", "Enter"), ("Ctrl+H", "Backspace")] {
            assert!(name.parse::<Key>().unwrap_err().to_string().contains(twin));
        }
        for name in ["", "Ctrl+", "Hyper+A", "F0", "F25", "Fx", "ab", "\u{1b}"] {
            assert!(matches!(name.parse::<Key>(), Err(KeyError::Unknown(_))), "{name:?}");
        }
    }

    proptest! {
        #[test]
        fn no_text_breaks_the_reading_of_a_key(text in ".*") {
            if let Ok(key) = text.parse::<Key>() {
                prop_assert_eq!(key.to_string().parse::<Key>(), Ok(key));
            }
        }
    }
}
