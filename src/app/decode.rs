//! Bytes from the terminal → keys, pastes, mouse and answers.
//!
//! It knows what xterm, PuTTY, the Linux console, GNU screen, tmux and rxvt send. Reading our
//! own bytes lets an answer of the terminal come whenever it likes, keeps a paste with broken
//! bytes in it whole, and starts at once. [`Decoder`] holds what is still incomplete; what the
//! bytes in front of it are is a pure function.

mod step;

use self::step::{ALT, Step, key, step};
use crate::editor::key::{Event, Key, KeyCode};
use std::time::Duration;

const PASTE_BEGIN: &[u8] = b"\x1b[200~";
const PASTE_END: &[u8] = b"\x1b[201~";
/// How long the rest of a sequence may take before an Escape byte is the key Esc.
const ESCAPE_WAIT: Duration = Duration::from_millis(50);
/// How long a paste may pause before what has come of it is handed over.
const PASTE_WAIT: Duration = Duration::from_secs(2);
/// After a paused paste, more bytes than this at once are its rest, fewer are a hand typing.
const TYPED_AT_ONCE: usize = 16;

/// Turns bytes, in whatever pieces they come, into events.
#[derive(Debug, Default)]
pub struct Decoder {
    pending: Vec<u8>,
    pasting: Pasting,
}

#[derive(Debug, Default, PartialEq, Eq, Clone, Copy)]
enum Pasting {
    #[default]
    No,
    /// `pending` is the paste so far, and no end mark begins before this offset.
    Since(usize),
    /// It paused; the next bytes tell whether it goes on.
    Torn,
}

impl Decoder {
    /// The events that these bytes complete.
    pub fn feed(&mut self, bytes: &[u8]) -> Vec<Event> {
        if self.pasting == Pasting::Torn && !bytes.is_empty() {
            let goes_on = bytes.len() > TYPED_AT_ONCE || find(bytes, PASTE_END).is_some();
            self.pasting = if goes_on { Pasting::Since(0) } else { Pasting::No };
        }
        self.pending.extend_from_slice(bytes);
        let mut events = Vec::new();
        let mut rest = std::mem::take(&mut self.pending);
        let mut at = 0;
        loop {
            if let Pasting::Since(scanned) = self.pasting {
                let body = rest.get(at..).unwrap_or_default();
                let Some(end) = find(body.get(scanned..).unwrap_or_default(), PASTE_END) else {
                    let safe = body.len().saturating_sub(PASTE_END.len() - 1);
                    self.pasting = Pasting::Since(safe.max(scanned));
                    break;
                };
                let (text, _) = body.split_at(scanned + end);
                events.push(Event::Paste(pasted(text)));
                at += text.len() + PASTE_END.len();
                self.pasting = Pasting::No;
            }
            let ahead = rest.get(at..).unwrap_or_default();
            if ahead.starts_with(PASTE_BEGIN) {
                at += PASTE_BEGIN.len();
                self.pasting = Pasting::Since(0);
                continue;
            }
            match step(ahead) {
                Step::Done(used, event) => {
                    events.extend(event);
                    at += used;
                }
                Step::More => break,
            }
        }
        rest.drain(..at.min(rest.len()));
        self.pending = rest;
        events
    }

    /// How long to wait for the rest of what has begun; `None` when nothing has.
    pub fn patience(&self) -> Option<Duration> {
        match self.pasting {
            Pasting::Since(_) => Some(PASTE_WAIT),
            _ if self.pending.is_empty() => None,
            _ => Some(ESCAPE_WAIT),
        }
    }

    /// The events to make of what has begun, now that nothing more has come in time.
    pub fn expire(&mut self) -> Vec<Event> {
        let pending = std::mem::take(&mut self.pending);
        match self.pasting {
            Pasting::Since(_) => {
                self.pasting = Pasting::Torn;
                let text = pasted(&pending);
                if text.is_empty() { Vec::new() } else { vec![Event::Paste(text)] }
            }
            _ => match pending.as_slice() {
                [] => Vec::new(),
                [0x1b] => vec![Event::Key(Key::plain(KeyCode::Esc))],
                [0x1b, 0x1b] => vec![Event::Key(Key::plain(KeyCode::Esc)); 2],
                [0x1b, c @ (b'[' | b'O')] => vec![key(KeyCode::Char(char::from(*c)), ALT)],
                [0x1b, ..] => Vec::new(),
                _ => vec![Event::Key(Key::plain(KeyCode::Char('\u{fffd}')))],
            },
        }
    }
}

fn find(haystack: &[u8], needle: &[u8]) -> Option<usize> {
    haystack.windows(needle.len()).position(|window| window == needle)
}

/// Pasted bytes as text: line ends are `\n`, broken bytes are U+FFFD.
fn pasted(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).replace("\r\n", "\n").replace('\r', "\n")
}

#[cfg(test)]
mod tests;
