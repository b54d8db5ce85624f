//! What the console of Windows reports of the keyboard and the mouse, as the bytes that xterm sends.
//!
//! So one [decoder](super::decode) serves both. A console that knows xterm's sequences reports most keys
//! as their characters; an older one, and a few keys everywhere, come as the number of the key.

use std::fmt::Write;

/// So many characters at once, with a line end among them, are a paste of a console that does not mark it.
const PASTED_AT_ONCE: usize = 20;
const PASTE_BEGIN: &str = "\x1b[200~";
const PASTE_END: &str = "\x1b[201~";

/// Keys by their numbers (`VK_…`).
const BACKSPACE: u16 = 0x08;
const TAB: u16 = 0x09;
const ENTER: u16 = 0x0d;
const ALT: u16 = 0x12;
const SPACE: u16 = 0x20;

/// What is held with a key, as xterm numbers it minus one: 1 Shift, 2 Alt, 4 Ctrl.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct HeldKeys {
    /// Shift.
    pub shift: bool,
    /// Alt, the left one.
    pub alt: bool,
    /// Ctrl.
    pub ctrl: bool,
}

/// A key that was pressed or released.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ConsoleKey {
    /// Whether it was pressed.
    pub is_down: bool,
    /// How often, while it was held.
    pub repeat: u16,
    /// The number of the key; 0 if there is only a character.
    pub number: u16,
    /// The character, as a unit of UTF-16; 0 if there is none.
    pub unit: u16,
    /// What is held.
    pub held: HeldKeys,
}

/// The mouse.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ConsoleMouse {
    /// The column, from 0.
    pub column: i16,
    /// The row, from 0.
    pub row: i16,
    /// Whether the left button is down.
    pub left: bool,
    /// Whether it was moved.
    pub is_moved: bool,
    /// Above 0 if the wheel was turned up, below if down.
    pub wheel: i32,
}

/// One report of the console.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ConsoleRecord {
    /// The keyboard.
    Key(ConsoleKey),
    /// The mouse.
    Mouse(ConsoleMouse),
    /// The window became the active one, or another did.
    Focus(bool),
}

/// Turns reports into bytes.
#[derive(Debug, Default)]
pub struct ConsoleTranslator {
    /// The first half of a character of two units.
    first_half: Option<u16>,
    is_left_down: bool,
}

impl ConsoleTranslator {
    /// Returns the bytes for all reports that have arrived at once.
    pub fn translate(&mut self, records: &[ConsoleRecord]) -> Vec<u8> {
        let mut out = String::new();
        for record in records {
            match record {
                ConsoleRecord::Key(key) => self.key(key, &mut out),
                ConsoleRecord::Mouse(mouse) => self.mouse(mouse, &mut out),
                ConsoleRecord::Focus(is_here) => out.push_str(if *is_here { "\x1b[I" } else { "\x1b[O" }),
            }
        }
        if is_unmarked_paste(&out) {
            out = format!("{PASTE_BEGIN}{out}{PASTE_END}");
        }
        out.into_bytes()
    }

    fn key(&mut self, key: &ConsoleKey, out: &mut String) {
        // A character typed by its number comes when Alt is released.
        let is_typed_by_number = !key.is_down && key.number == ALT && key.unit != 0;
        if !key.is_down && !is_typed_by_number {
            return;
        }
        let text = if is_typed_by_number { self.character(key.unit) } else { self.pressed(key) };
        for _ in 0..key.repeat.max(1) {
            out.push_str(&text);
        }
    }

    fn pressed(&mut self, key: &ConsoleKey) -> String {
        let held = key.held;
        let modifiers = u8::from(held.shift) + 2 * u8::from(held.alt) + 4 * u8::from(held.ctrl);
        let escape = if held.alt { "\x1b" } else { "" };
        match key.number {
            BACKSPACE => return format!("{escape}\x7f"),
            TAB if modifiers == 1 => return "\x1b[Z".into(),
            ENTER if modifiers == 0 => return "\r".into(),
            TAB | ENTER if modifiers & 4 != 0 => return format!("\x1b[{};{}u", key.number, modifiers + 1),
            SPACE if modifiers == 4 => return "\0".into(),
            _ => {}
        }
        if let Some((number, last)) = special(key.number).filter(|_| key.unit == 0) {
            return match (modifiers, number) {
                (0, 1) => format!("\x1b[{last}"),
                (0, _) => format!("\x1b[{number}{last}"),
                _ => format!("\x1b[{number};{}{last}", modifiers + 1),
            };
        }
        if key.unit == 0 {
            // A digit with Ctrl has no character.
            let digit = u8::try_from(key.number).ok().filter(u8::is_ascii_digit);
            return digit.map_or_else(String::new, |digit| format!("\x1b[{digit};{}u", modifiers + 1));
        }
        // Ctrl and Alt together with a character are the key that makes a third character of a key.
        let is_third = held.ctrl && held.alt && key.unit >= 0x20;
        let text = self.character(key.unit);
        if key.number != 0 && held.alt && !is_third && !text.is_empty() {
            format!("\x1b{text}")
        } else {
            text
        }
    }

    /// Returns the character that a unit completes; nothing for the first half of one.
    fn character(&mut self, unit: u16) -> String {
        match self.first_half.take() {
            Some(first) => String::from_utf16_lossy(&[first, unit]),
            None if (0xd800..0xdc00).contains(&unit) => {
                self.first_half = Some(unit);
                String::new()
            }
            None => String::from_utf16_lossy(&[unit]),
        }
    }

    fn mouse(&mut self, mouse: &ConsoleMouse, out: &mut String) {
        let was_down = std::mem::replace(&mut self.is_left_down, mouse.left);
        let (button, last) = match (mouse.wheel, was_down, mouse.left) {
            (1.., ..) => (64, 'M'),
            (..=-1, ..) => (65, 'M'),
            (0, false, true) => (0, 'M'),
            (0, true, false) => (0, 'm'),
            (0, true, true) if mouse.is_moved => (32, 'M'),
            _ => return,
        };
        let (x, y) = (i32::from(mouse.column) + 1, i32::from(mouse.row) + 1);
        // Writing to a String cannot fail.
        let _ = write!(out, "\x1b[<{button};{x};{y}{last}");
    }
}

/// Returns xterm's parameter and last byte for a key without a character.
fn special(number: u16) -> Option<(u8, char)> {
    Some(match number {
        0x21 => (5, '~'),
        0x22 => (6, '~'),
        0x23 => (1, 'F'),
        0x24 => (1, 'H'),
        0x25 => (1, 'D'),
        0x26 => (1, 'A'),
        0x27 => (1, 'C'),
        0x28 => (1, 'B'),
        0x2d => (2, '~'),
        0x2e => (3, '~'),
        // F1 to F4 are `ESC O P` and so on in xterm, and these in rxvt.
        0x70..=0x74 => (u8::try_from(number - 0x70).ok()? + 11, '~'),
        0x75..=0x79 => (u8::try_from(number - 0x75).ok()? + 17, '~'),
        0x7a..=0x7b => (u8::try_from(number - 0x7a).ok()? + 23, '~'),
        _ => return None,
    })
}

fn is_unmarked_paste(text: &str) -> bool {
    let is_text = |c: char| !c.is_control() || matches!(c, '\t' | '\r' | '\n');
    text.contains('\r') && text.chars().count() >= PASTED_AT_ONCE && text.chars().all(is_text)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::editor::event::{Event, Mouse, MouseKind};
    use crate::editor::key::Key;
    use crate::terminal::decode::Decoder;

    fn events(records: &[ConsoleRecord]) -> Vec<Event> {
        let mut decoder = Decoder::default();
        let mut events = decoder.feed(&ConsoleTranslator::default().translate(records));
        events.extend(decoder.flush());
        events
    }

    fn press(number: u16, unit: u16, held: &str) -> ConsoleRecord {
        let held = HeldKeys { shift: held.contains('S'), alt: held.contains('A'), ctrl: held.contains('C') };
        ConsoleRecord::Key(ConsoleKey { is_down: true, repeat: 1, number, unit, held })
    }

    fn typed(text: &str) -> Vec<ConsoleRecord> {
        text.encode_utf16().map(|unit| press(0, unit, "")).collect()
    }

    #[test]
    fn a_key_by_its_number_is_the_key_of_other_terminals() {
        for (number, unit, held, key) in [
            (0x70, 0, "", "F1"),
            (0x77, 0, "", "F8"),
            (0x77, 0, "S", "Shift+F8"),
            (0x7b, 0, "C", "Ctrl+F12"),
            (0x26, 0, "", "Up"),
            (0x27, 0, "CS", "Ctrl+Shift+Right"),
            (0x24, 0, "", "Home"),
            (0x22, 0, "C", "Ctrl+PgDn"),
            (0x2e, 0, "", "Delete"),
            (0x08, 8, "", "Backspace"),
            (0x09, 9, "S", "Shift+Tab"),
            (0x0d, 13, "", "Enter"),
            (0x1b, 27, "", "Esc"),
            (0x53, 0x13, "C", "Ctrl+S"),
            (0x33, u16::from(b'3'), "A", "Alt+3"),
            (0x20, 0, "C", "Ctrl+Space"),
        ] {
            let key: Key = key.parse().unwrap();
            assert_eq!(events(&[press(number, unit, held)]), [Event::Key(key)], "{key}");
        }
    }

    #[test]
    fn what_is_released_or_only_held_is_no_key() {
        let released = ConsoleKey { number: 0x41, unit: u16::from(b'a'), ..ConsoleKey::default() };
        assert_eq!(events(&[ConsoleRecord::Key(released), press(0x10, 0, "S"), press(0x11, 0, "C")]), []);
    }

    #[test]
    fn characters_of_an_input_method_come_whole() {
        let keys = events(&typed("年𠮷"));
        let expected = ["年", "𠮷"].map(|c| Event::Key(c.parse().unwrap()));
        assert_eq!(keys, expected);
        let by_number = ConsoleKey { number: ALT, unit: 0x5e74, ..ConsoleKey::default() };
        assert_eq!(events(&[ConsoleRecord::Key(by_number)]), expected[..1]);
    }

    #[test]
    fn a_third_character_of_a_key_is_typed() {
        assert_eq!(events(&[press(0x51, u16::from(b'@'), "CA")]), [Event::Key("@".parse().unwrap())]);
    }

    #[test]
    fn held_keys_repeat() {
        let key = ConsoleKey { is_down: true, repeat: 3, number: 0x28, ..ConsoleKey::default() };
        assert_eq!(events(&[ConsoleRecord::Key(key)]).len(), 3);
    }

    #[test]
    fn sequences_of_the_console_pass_as_they_are() {
        assert_eq!(events(&typed("\x1b[15~")), [Event::Key("F5".parse().unwrap())]);
        assert_eq!(events(&typed("\x1b[200~1\t2\r3\x1b[201~")), [Event::Paste("1\t2\n3".into())]);
    }

    #[test]
    fn many_characters_with_a_line_end_are_a_paste() {
        let text = "本年新收\t58\t6\t1\t0\t2\t1\t68\r上年结转\t3";
        assert_eq!(events(&typed(text)), [Event::Paste(text.replace('\r', "\n"))]);
        assert_eq!(events(&typed("58\r6\r")).len(), 5, "typed fast");
        assert_eq!(events(&typed(&"长".repeat(40))).len(), 40, "a sentence of an input method");
    }

    #[test]
    fn the_mouse_presses_drags_releases_and_turns_its_wheel() {
        let at = |left, is_moved, wheel| {
            ConsoleRecord::Mouse(ConsoleMouse { column: 4, row: 2, left, is_moved, wheel })
        };
        let records = [
            at(true, false, 0),
            at(true, true, 0),
            at(false, false, 0),
            at(false, true, 0),
            at(false, false, -120),
        ];
        let kinds = [MouseKind::Press, MouseKind::Drag, MouseKind::Release, MouseKind::WheelDown];
        let expected = kinds.map(|kind| Event::Mouse(Mouse { kind, column: 4, row: 2 }));
        assert_eq!(events(&records), expected);
    }
}
