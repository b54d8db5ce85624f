//! One step of decoding: the event at the beginning of the input.

use crate::editor::event::{Background, Event, Mouse, MouseKind};
use crate::editor::key::{Key, KeyCode};

/// The length of the longest control sequence; a longer one is noise.
const LONGEST: usize = 32;

/// How the answer to the question for the background begins, after `ESC ]`.
const BACKGROUND: &[u8] = b"11;";

/// The result of one step.
#[derive(Debug, PartialEq, Eq)]
pub enum Decoded {
    /// So many bytes are this event; `None` if they are to be ignored.
    Done(usize, Option<Event>),
    /// The input is incomplete.
    More,
}

/// Modifiers as xterm numbers them, minus one: 1 Shift, 2 Alt, 4 Ctrl, 8 Meta or Super.
pub type Modifiers = u32;
const SHIFT: Modifiers = 1;
/// The Alt key.
pub const ALT: Modifiers = 2;
const CTRL: Modifiers = 4;
/// With arrows some terminals report Alt as this one.
const META_OR_SUPER: Modifiers = 8;
/// Hyper and Meta, as terminals that tell them apart number them: held with a key they mean nothing here,
/// least of all the key by itself.
const FOREIGN: Modifiers = 16 | 32;

/// Returns a key press with these modifiers.
pub fn key(code: KeyCode, modifiers: Modifiers) -> Event {
    Event::Key(Key::new(
        code,
        modifiers & CTRL != 0,
        modifiers & (ALT | META_OR_SUPER) != 0,
        modifiers & SHIFT != 0,
    ))
}

/// Decodes the event at the beginning of the input.
pub fn decode_first(bytes: &[u8]) -> Decoded {
    match bytes {
        [] => Decoded::More,
        [0x1b, rest @ ..] => escape(rest),
        _ => plain(bytes, 0),
    }
}

/// Decodes what follows an Escape byte.
fn escape(rest: &[u8]) -> Decoded {
    match rest {
        [] | [b'[' | b'O' | b']'] | [0x1b] | [0x1b, b'[' | b'O'] => Decoded::More,
        [b'[', body @ ..] => advanced(2, csi(body, 0)),
        [b'O', body @ ..] => advanced(2, ss3(body, 0)),
        [b']', body @ ..] if BACKGROUND.starts_with(body) || body.starts_with(BACKGROUND) => {
            advanced(2, background(body))
        }
        [0x1b, b'[', body @ ..] => advanced(3, csi(body, ALT)),
        [0x1b, b'O', body @ ..] => advanced(3, ss3(body, ALT)),
        [0x1b, ..] => Decoded::Done(1, Some(key(KeyCode::Esc, 0))),
        _ => advanced(1, plain(rest, ALT)),
    }
}

fn advanced(before: usize, step: Decoded) -> Decoded {
    match step {
        Decoded::Done(used, event) => Decoded::Done(before + used, event),
        Decoded::More => Decoded::More,
    }
}

/// Decodes a key that is one byte or one character.
fn plain(bytes: &[u8], modifiers: Modifiers) -> Decoded {
    let Some(&first) = bytes.first() else { return Decoded::More };
    let one = |code, modifiers| Decoded::Done(1, Some(key(code, modifiers)));
    match first {
        0x00 => one(KeyCode::Char(' '), modifiers | CTRL),
        0x08 | 0x7f => one(KeyCode::Backspace, modifiers),
        b'\t' => one(KeyCode::Tab, modifiers),
        b'\r' if bytes.get(1) == Some(&b'\n') => advanced(1, one(KeyCode::Enter, modifiers)),
        b'\r' | b'\n' => one(KeyCode::Enter, modifiers),
        0x01..=0x1a => one(KeyCode::Char(char::from(first + 0x60)), modifiers | CTRL),
        0x1b => one(KeyCode::Esc, modifiers),
        0x1c..=0x1f => one(KeyCode::Char(char::from(first + 0x40)), modifiers | CTRL),
        _ => character(bytes, modifiers),
    }
}

/// Decodes one character of UTF-8. An invalid byte becomes U+FFFD, so that the clerk sees that something
/// arrived.
fn character(bytes: &[u8], modifiers: Modifiers) -> Decoded {
    let near = bytes.get(..4).unwrap_or(bytes);
    let valid = match std::str::from_utf8(near) {
        Ok(text) => text,
        Err(error) if error.valid_up_to() > 0 => {
            near.get(..error.valid_up_to()).and_then(|b| std::str::from_utf8(b).ok()).unwrap_or_default()
        }
        Err(error) => {
            return match error.error_len() {
                None => Decoded::More,
                Some(broken) => Decoded::Done(broken, Some(key(KeyCode::Char('\u{fffd}'), 0))),
            };
        }
    };
    match valid.chars().next() {
        None => Decoded::More,
        Some(c) if c.is_control() => Decoded::Done(c.len_utf8(), None),
        Some(c) => Decoded::Done(c.len_utf8(), Some(key(KeyCode::Char(c), modifiers))),
    }
}

/// Decodes the answer to the question for the background, `ESC ] 11 ; rgb:1e1e/1e1e/1e1e` and the end of
/// the string: BEL or `ESC \`.
fn background(body: &[u8]) -> Decoded {
    let ends = |at: &usize| body[*at] == 0x07 || body[*at..].starts_with(b"\x1b\\");
    let Some(end) = (0..body.len()).find(ends) else {
        return if body.len() > LONGEST { Decoded::Done(body.len(), None) } else { Decoded::More };
    };
    let used = end + if body[end] == 0x07 { 1 } else { 2 };
    let text = body.get(BACKGROUND.len()..end).and_then(|text| std::str::from_utf8(text).ok());
    let colour = text.and_then(|text| text.split_once(':')).filter(|(kind, _)| kind.starts_with("rgb"));
    Decoded::Done(used, colour.and_then(|(_, parts)| brightness(parts)).map(Event::BackgroundReport))
}

/// Tells whether a colour of hexadecimal parts is dark, as the eye sees it.
fn brightness(parts: &str) -> Option<Background> {
    let mut sum = 0;
    for (part, share) in parts.split('/').zip([299, 587, 114]) {
        let most =
            16u32.checked_pow(u32::try_from(part.len()).ok()?)?.checked_sub(1).filter(|most| *most > 0)?;
        sum += u32::from_str_radix(part, 16).ok()?.min(most) * 255 / most * share;
    }
    let is_whole = parts.split('/').count() >= 3;
    is_whole.then_some(if sum < 128 * 1000 { Background::Dark } else { Background::Light })
}

/// Decodes `ESC O x`: function keys, arrows, and the number pad in application mode. Some terminals put the
/// modifiers between, `ESC O 5 x`.
fn ss3(body: &[u8], modifiers: Modifiers) -> Decoded {
    let held = body.iter().take_while(|byte| byte.is_ascii_digit() || **byte == b';').count();
    if held > 0 {
        let (parameters, rest) = body.split_at(held);
        let number = parameters.split(|byte| *byte == b';').next_back().unwrap_or_default();
        let number = std::str::from_utf8(number).ok().and_then(|number| number.parse().ok());
        let more: Modifiers = number.unwrap_or(1u32).saturating_sub(1);
        return match advanced(held, ss3(rest, modifiers | more)) {
            Decoded::Done(used, _) if more & FOREIGN != 0 => Decoded::Done(used, None),
            step => step,
        };
    }
    let Some(&last) = body.first() else { return Decoded::More };
    let pad = |c| Some((KeyCode::Char(c), 0));
    let found = match last {
        b'P'..=b'S' => Some((KeyCode::F(last - b'P' + 1), 0)),
        b'a'..=b'd' => arrow(last.to_ascii_uppercase()).map(|code| (code, CTRL)),
        b'M' => Some((KeyCode::Enter, 0)),
        b'X' => pad('='),
        b'j'..=b'o' => pad(char::from(last - b'j' + b'*')),
        b'p'..=b'y' => pad(char::from(last - b'p' + b'0')),
        0x1b | 0x00..=0x1f | 0x7f.. => return Decoded::Done(0, Some(key(KeyCode::Char('O'), ALT))),
        _ => arrow(last).map(|code| (code, 0)),
    };
    Decoded::Done(1, found.map(|(code, more)| key(code, modifiers | more)))
}

fn arrow(last: u8) -> Option<KeyCode> {
    Some(match last {
        b'A' => KeyCode::Up,
        b'B' => KeyCode::Down,
        b'C' => KeyCode::Right,
        b'D' => KeyCode::Left,
        b'F' => KeyCode::End,
        b'H' => KeyCode::Home,
        _ => return None,
    })
}

/// Decodes a control sequence, `ESC [ …`.
fn csi(body: &[u8], modifiers: Modifiers) -> Decoded {
    match body {
        // The Linux console's F1 … F5.
        [b'[', last @ b'A'..=b'E', ..] => Decoded::Done(2, Some(key(KeyCode::F(last - b'A' + 1), modifiers))),
        [b'['] => Decoded::More,
        [b'[', ..] => Decoded::Done(2, None),
        // The mouse of terminals without SGR mode: three bytes, which may be invalid UTF-8.
        [b'M', b, x, y, ..] => Decoded::Done(4, mouse(u16::from(b.wrapping_sub(32)), pair(*x, *y), true)),
        [b'M', ..] => Decoded::More,
        _ => {
            let Some(end) = body.iter().enumerate().position(|(at, b)| ends(body, at, *b)) else {
                return if body.len() > LONGEST { Decoded::Done(body.len(), None) } else { Decoded::More };
            };
            let (parameters, last) = body.split_at(end);
            match last.first() {
                Some(last @ (0x40..=0x7e | b'$')) => {
                    Decoded::Done(end + 1, sequence(parameters, *last, modifiers))
                }
                // The sequence was cut off; what follows is decoded by itself.
                _ => Decoded::Done(end, None),
            }
        }
    }
}

/// Returns `true` if a byte ends a control sequence. `$` ends a key of rxvt if there are only digits before
/// it; in answers of terminals it precedes the last byte.
fn ends(body: &[u8], at: usize, byte: u8) -> bool {
    let only_digits = || body.iter().take(at).all(u8::is_ascii_digit);
    !(0x20..=0x3f).contains(&byte) || (byte == b'$' && at > 0 && only_digits())
}

fn pair(x: u8, y: u8) -> (u16, u16) {
    (u16::from(x.saturating_sub(32)), u16::from(y.saturating_sub(32)))
}

/// Decodes a complete control sequence from its parameters and last byte.
fn sequence(parameters: &[u8], last: u8, modifiers: Modifiers) -> Option<Event> {
    if let Some(report) = parameters.strip_prefix(b"<") {
        let [button, x, y] = numbers(report)?;
        return matches!(last, b'M' | b'm').then(|| mouse(button, (x, y), last == b'M')).flatten();
    }
    if parameters.first().is_some_and(|b| (b'<'..=b'?').contains(b)) {
        return None;
    }
    let [first, second, third] = numbers(parameters)?;
    let modifiers = modifiers | u32::from(second.saturating_sub(1));
    if modifiers & FOREIGN != 0 && (last != b'R' || first <= 1) {
        return None;
    }
    match last {
        b'A'..=b'D' | b'F' | b'H' => arrow(last).map(|code| key(code, modifiers)),
        b'a'..=b'd' => arrow(last.to_ascii_uppercase()).map(|code| key(code, modifiers | SHIFT)),
        b'Z' => Some(key(KeyCode::Tab, modifiers | SHIFT)),
        b'I' => Some(Event::Focus(true)),
        b'O' => Some(Event::Focus(false)),
        // Answers to the probes, which are printed on row 2. On row 1 the same sequence is F3 with a
        // modifier in xterm. Anything else is no answer to a probe.
        b'R' if first > 1 => match (first, second) {
            (2, 2) => Some(Event::WidthReport { wide: false }),
            (2, 3) => Some(Event::WidthReport { wide: true }),
            // From column 50: four columns in UTF-8, five or six if each byte is a character.
            (2, 54) => Some(Event::CharsetReport { utf8: true }),
            (2, 55 | 56) => Some(Event::CharsetReport { utf8: false }),
            _ => None,
        },
        b'P'..=b'S' => Some(key(KeyCode::F(last - b'P' + 1), modifiers)),
        // modifyOtherKeys, if another program has switched it on.
        b'~' if first == 27 && third > 0 => other(u32::from(third), modifiers),
        b'u' => other(u32::from(first), modifiers),
        b'~' | b'^' | b'@' | b'$' => tilde(parameters, last, modifiers),
        _ => None,
    }
}

/// Decodes a key that the terminal reports by its character. A chord that is no key of this program must
/// not become another one: Super with a letter, Ctrl and Shift with a letter.
fn other(code: u32, modifiers: Modifiers) -> Option<Event> {
    let letter = char::from_u32(code)?;
    let is_chord = modifiers & (CTRL | SHIFT) == CTRL | SHIFT && letter.is_alphabetic();
    if modifiers & META_OR_SUPER != 0 || is_chord {
        return None;
    }
    if (0xe000..=0xf8ff).contains(&code) {
        return number_pad(code).map(|code| key(code, modifiers));
    }
    let byte = u8::try_from(code).ok().filter(u8::is_ascii_control);
    match byte.map(|b| plain(&[b], modifiers)) {
        Some(Decoded::Done(_, event)) => event,
        Some(Decoded::More) => None,
        None => (!letter.is_control()).then(|| key(KeyCode::Char(letter), modifiers)),
    }
}

/// Returns the key of the number pad that kitty's protocol reports by a code of the private use area.
/// The other keys there, such as Shift by itself, are none of this program.
fn number_pad(code: u32) -> Option<KeyCode> {
    use KeyCode::*;
    const FIRST: u32 = 57_399;
    const KEYS: [KeyCode; 28] = [
        Char('0'),
        Char('1'),
        Char('2'),
        Char('3'),
        Char('4'),
        Char('5'),
        Char('6'),
        Char('7'),
        Char('8'),
        Char('9'),
        Char('.'),
        Char('/'),
        Char('*'),
        Char('-'),
        Char('+'),
        Enter,
        Char('='),
        Char(','),
        Left,
        Right,
        Up,
        Down,
        PageUp,
        PageDown,
        Home,
        End,
        Insert,
        Delete,
    ];
    KEYS.get(usize::try_from(code.checked_sub(FIRST)?).ok()?).copied()
}

/// Decodes a key that is reported by a number: `ESC [ 5 ~`, with rxvt's `^ $ @` for Ctrl, Shift, both.
fn tilde(parameters: &[u8], last: u8, modifiers: Modifiers) -> Option<Event> {
    let [number, ..] = numbers(parameters)?;
    let code = match number {
        1 | 7 => KeyCode::Home,
        2 => KeyCode::Insert,
        3 => KeyCode::Delete,
        4 | 8 => KeyCode::End,
        5 => KeyCode::PageUp,
        6 => KeyCode::PageDown,
        11..=15 | 17..=21 | 23..=26 | 28 | 29 | 31..=34 => {
            let gaps = [10, 16, 22, 27, 30].iter().filter(|gap| number > **gap).count();
            KeyCode::F(u8::try_from(number).ok()?.checked_sub(u8::try_from(gaps).ok()? + 9)?)
        }
        _ => return None,
    };
    let more = match last {
        b'^' => CTRL,
        b'$' => SHIFT,
        b'@' => CTRL | SHIFT,
        _ => 0,
    };
    Some(key(code, modifiers | more))
}

/// Parses up to three numbers between semicolons, 0 if one is missing. Returns `None` if one is invalid.
fn numbers(parameters: &[u8]) -> Option<[u16; 3]> {
    let mut found = [0; 3];
    let text = std::str::from_utf8(parameters).ok()?;
    for (slot, part) in found.iter_mut().zip(text.split(';')) {
        *slot = if part.is_empty() { 0 } else { part.parse().ok()? };
    }
    Some(found)
}

/// Decodes a mouse report: xterm's button number, and the cell counted from 1.
fn mouse(button: u16, (x, y): (u16, u16), down: bool) -> Option<Event> {
    let kind = match (button & 0b1110_0011, down) {
        (0, true) => MouseKind::Press,
        (0, false) | (3, _) => MouseKind::Release,
        (32, _) => MouseKind::Drag,
        (64, _) => MouseKind::WheelUp,
        (65, _) => MouseKind::WheelDown,
        _ => return None,
    };
    Some(Event::Mouse(Mouse { kind, column: x.saturating_sub(1), row: y.saturating_sub(1) }))
}
