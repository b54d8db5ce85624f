//! Decodes bytes from the terminal into keys, pastes, mouse events and reports.
//!
//! It knows what xterm, PuTTY, the Linux console, GNU screen, tmux and rxvt send. Decoding the bytes here
//! lets the terminal answer at any time, keeps a paste with invalid bytes in it whole, and needs no time
//! to start. [`Decoder`] holds what is still incomplete; decoding one event is a pure function (`step`).

mod step;

use self::step::{ALT, Decoded, decode_first, key};
use crate::editor::event::Event;
use crate::editor::key::{Key, KeyCode};
use std::time::Duration;

const PASTE_BEGIN: &[u8] = b"\x1b[200~";
const PASTE_END: &[u8] = b"\x1b[201~";
/// How long the rest of a sequence may take before an Escape byte is the key Esc.
const ESCAPE_WAIT: Duration = Duration::from_millis(50);
/// How long a paste may pause before its text so far is reported and further bytes may be keys again.
const PASTE_WAIT: Duration = Duration::from_millis(300);
/// After a paste has paused, more bytes of text than this at once are its rest, fewer are typed.
const TYPED_AT_ONCE: usize = 16;

/// Turns bytes into events, in whatever pieces they arrive.
#[derive(Debug, Default)]
pub struct Decoder {
    pending: Vec<u8>,
    pasting: Pasting,
}

#[derive(Debug, Default, PartialEq, Eq, Clone, Copy)]
enum Pasting {
    #[default]
    No,
    /// `pending` is the paste so far, and no mark begins before the offset `scanned`. If it is `torn`, a
    /// part of it was already reported.
    Since { scanned: usize, torn: bool },
    /// The paste has paused, and the next bytes show whether it continues. `pending` may be the beginning
    /// of its end mark, or of a character.
    Torn,
}

impl Decoder {
    /// Adds bytes and returns the events that they complete.
    pub fn feed(&mut self, bytes: &[u8]) -> Vec<Event> {
        let mut events = Vec::new();
        let before = self.pending.len();
        self.pending.extend_from_slice(bytes);
        let mut at = 0;
        if self.pasting == Pasting::Torn && !bytes.is_empty() {
            let Some(used) = self.after_pause(before, &mut events) else { return events };
            at = used;
        }
        let rest = std::mem::take(&mut self.pending);
        loop {
            let ahead = rest.get(at..).unwrap_or_default();
            if let Pasting::Since { scanned, torn } = self.pasting {
                let Some((length, begins)) = find_mark(ahead, scanned) else {
                    let safe = ahead.len().saturating_sub(PASTE_END.len() - 1);
                    self.pasting = Pasting::Since { scanned: safe.max(scanned), torn };
                    break;
                };
                let (text, _) = ahead.split_at(length);
                at += length + PASTE_END.len();
                if begins || torn {
                    push_torn_paste(text, &mut events);
                } else {
                    events.push(Event::Paste(pasted(text)));
                }
                // If another paste begins, the end mark of this one was lost.
                self.pasting = if begins { Pasting::Since { scanned: 0, torn: false } } else { Pasting::No };
            } else if ahead.starts_with(PASTE_BEGIN) {
                at += PASTE_BEGIN.len();
                self.pasting = Pasting::Since { scanned: 0, torn: false };
            } else {
                match decode_first(ahead) {
                    Decoded::Done(used, event) => {
                        events.extend(event);
                        at += used;
                    }
                    Decoded::More => break,
                }
            }
        }
        self.pending = rest.get(at..).unwrap_or_default().to_vec();
        events
    }

    /// Decides whether the bytes after a pause are the rest of the paste, its end mark, or keys.
    /// `length_before` of them arrived before the pause. Returns how many were consumed, or `None` if that
    /// cannot be decided yet.
    fn after_pause(&mut self, length_before: usize, events: &mut Vec<Event>) -> Option<usize> {
        let (before, now) = self.pending.split_at_checked(length_before)?;
        if !before.is_empty() && PASTE_END.starts_with(&self.pending) {
            if self.pending.len() < PASTE_END.len() {
                return None;
            }
            self.pasting = Pasting::No;
            return Some(PASTE_END.len());
        }
        let until = find_mark(now, 0);
        let head = now.get(..until.map_or(now.len(), |(length, _)| length)).unwrap_or_default();
        let is_text = |byte: &u8| !byte.is_ascii_control() || matches!(byte, b'\t' | b'\r' | b'\n');
        let is_ended = matches!(until, Some((1.., false)));
        // A key never begins in the middle of a character.
        let is_cut = !before.is_empty() && now.first().is_some_and(|byte| (0x80..0xc0).contains(byte));
        let continues = head.iter().all(is_text) && (is_ended || is_cut || head.len() > TYPED_AT_ONCE);
        if continues {
            self.pasting = Pasting::Since { scanned: 0, torn: true };
            return Some(0);
        }
        if before.first() != Some(&0x1b) {
            push_torn_paste(before, events);
        }
        self.pasting = Pasting::No;
        Some(length_before)
    }

    /// Returns how long to wait for the rest of something incomplete, or `None` if there is nothing.
    pub fn timeout(&self) -> Option<Duration> {
        match self.pasting {
            Pasting::Since { .. } => Some(PASTE_WAIT),
            Pasting::Torn => None,
            Pasting::No => (!self.pending.is_empty()).then_some(ESCAPE_WAIT),
        }
    }

    /// Returns the events for what is incomplete, after the [timeout](Self::timeout) has passed.
    pub fn flush(&mut self) -> Vec<Event> {
        let mut pending = std::mem::take(&mut self.pending);
        match self.pasting {
            Pasting::Since { .. } => {
                self.pasting = Pasting::Torn;
                self.pending = pending.split_off(pending.len() - unfinished(&pending));
                let mut events = Vec::new();
                push_torn_paste(&pending, &mut events);
                events
            }
            Pasting::Torn => {
                self.pending = pending;
                Vec::new()
            }
            Pasting::No => match pending.as_slice() {
                [] => Vec::new(),
                [0x1b] => vec![Event::Key(Key::plain(KeyCode::Esc))],
                [0x1b, 0x1b] => vec![Event::Key(Key::plain(KeyCode::Esc)); 2],
                [0x1b, c @ (b'[' | b'O' | b']')] => vec![key(KeyCode::Char(char::from(*c)), ALT)],
                [0x1b, ..] => Vec::new(),
                _ => vec![Event::Key(Key::plain(KeyCode::Char('\u{fffd}')))],
            },
        }
    }
}

/// Adds a paste of which a part may be missing, and an event that says so.
fn push_torn_paste(text: &[u8], events: &mut Vec<Event>) {
    if !text.is_empty() {
        events.extend([Event::Paste(pasted(text)), Event::PasteIncomplete]);
    }
}

/// Returns how many bytes at the end are the beginning of an end mark or a character.
fn unfinished(bytes: &[u8]) -> usize {
    let tail = |length: usize| bytes.get(bytes.len().saturating_sub(length)..).unwrap_or_default();
    let marks = (1..PASTE_END.len()).rev().find(|length| PASTE_END.get(..*length) == Some(tail(*length)));
    let is_cut = |length: &usize| {
        let begins = tail(*length).first().is_some_and(|byte| *byte >= 0xc0);
        begins && std::str::from_utf8(tail(*length)).is_err_and(|error| error.error_len().is_none())
    };
    marks.or_else(|| (1..4).find(is_cut)).unwrap_or(0)
}

/// Finds the first mark of a paste from an offset on: where it begins, and whether it begins a paste.
fn find_mark(bytes: &[u8], from: usize) -> Option<(usize, bool)> {
    let windows = bytes.get(from..)?.windows(PASTE_END.len());
    let mut marks = windows.enumerate().filter(|(_, window)| *window == PASTE_END || *window == PASTE_BEGIN);
    marks.next().map(|(at, window)| (from + at, window == PASTE_BEGIN))
}

/// Returns pasted bytes as text: line ends become `\n`, invalid bytes U+FFFD.
fn pasted(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).replace("\r\n", "\n").replace('\r', "\n")
}

#[cfg(test)]
mod tests;
