//! Asks the terminal itself: how far the cursor moves over a text, and what kind of terminal it is.
//!
//! All questions are sent at once, and last the one that every terminal answers: after its answer
//! nothing else will come. A terminal that answers nothing costs one second.

use std::time::{Duration, Instant};

use crate::terminal::enter::RawMode;
use crate::terminal::signals::Wakeup;
use crate::terminal::{EventSource, write};

/// How long all answers may take.
const ANSWER_WITHIN: Duration = Duration::from_secs(1);
/// A text that takes four columns in UTF-8, and six where its bytes are taken for GBK or Latin-1.
const CHINESE: &str = "年报";
/// Characters of the form and the screen whose width differs between terminals.
pub const AMBIGUOUS: [&str; 5] = ["“", "—", "…", "①", "·"];
/// Asks what kind of terminal it is (DA1); every terminal answers.
const DEVICE_ATTRIBUTES: &str = "\x1b[c";

/// What the terminal has answered.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Answers {
    /// The columns taken by [`CHINESE`] and each of [`AMBIGUOUS`], as far as it has answered.
    columns: Vec<u16>,
    /// The numbers with which it says what kind it is.
    pub kind: Vec<u16>,
}

impl Answers {
    /// Returns whether the terminal shows UTF-8, or `None` if its answer is missing or impossible.
    pub fn is_utf8(&self) -> Option<bool> {
        match self.columns.first()? {
            4 => Some(true),
            5 | 6 => Some(false),
            _ => None,
        }
    }

    /// Returns the width of each of [`AMBIGUOUS`] for which there is a plausible answer.
    pub fn ambiguous(&self) -> impl Iterator<Item = (&'static str, u16)> {
        let answered = AMBIGUOUS.into_iter().zip(self.columns.iter().skip(1).copied());
        answered.filter(|(_, columns)| self.is_utf8() == Some(true) && (1..=2).contains(columns))
    }

    /// Parses the answers in the input: `ESC [ row ; column R`, and `ESC [ ? … c`.
    pub fn read(bytes: &[u8]) -> Self {
        let text = String::from_utf8_lossy(bytes);
        let mut answers = Answers::default();
        for part in text.split("\x1b[").skip(1) {
            let Some(end) = part.find(|c: char| c.is_ascii_alphabetic()) else { continue };
            let (numbers, last) = part.split_at(end);
            let numbers = || numbers.trim_start_matches('?').split(';').filter_map(|n| n.parse().ok());
            match last.chars().next() {
                Some('R') => answers.columns.extend(numbers().nth(1).map(|at: u16| at.saturating_sub(1))),
                Some('c') => answers.kind = numbers().collect(),
                _ => {}
            }
        }
        answers
    }
}

/// Asks the terminal; returns `None` if that is impossible. Keys pressed meanwhile are lost.
pub fn ask(signals: &mut EventSource) -> Option<Answers> {
    let _raw = RawMode::enter()?;
    let probes = std::iter::once(CHINESE).chain(AMBIGUOUS);
    let probes: String = probes.map(|text| format!("\r{text}\x1b[6n")).collect();
    write(format!("{probes}\r\x1b[K{DEVICE_ATTRIBUTES}").as_bytes(), signals).ok()?;
    let (begun, mut input, mut bytes) = (Instant::now(), Vec::new(), [0; 256]);
    while let Some(left) = ANSWER_WITHIN.checked_sub(begun.elapsed())
        && Answers::read(&input).kind.is_empty()
    {
        match signals.wait(Some(left), None) {
            Wakeup::Input => match signals.read(&mut bytes) {
                0 => break,
                length => input.extend_from_slice(bytes.get(..length).unwrap_or_default()),
            },
            // The watchdog ends the program if the signal asks for it.
            Wakeup::Signal => drop(signals.take()),
            Wakeup::Waker => {}
            Wakeup::Timeout | Wakeup::Closed => break,
        }
    }
    Some(Answers::read(&input))
}

/// Returns what tmux does with the clipboard: `on`, `external` or `off`.
pub fn tmux_clipboard() -> Option<String> {
    let output = std::process::Command::new("tmux").args(["show-options", "-gsv", "set-clipboard"]).output();
    let value = String::from_utf8(output.ok()?.stdout).ok()?;
    Some(value.trim().to_string()).filter(|value| !value.is_empty())
}
