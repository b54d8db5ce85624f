//! Questions to the terminal itself: how far the cursor moves over a text, and what it is.
//!
//! All questions are sent at once, the one that every terminal answers last: when its answer is
//! there, nothing else will come. A terminal that answers nothing costs one second.

use std::time::{Duration, Instant};

use crossterm::terminal::{disable_raw_mode, enable_raw_mode};

use super::super::signals::{Signals, Wakeup};
use super::super::terminal;

/// How long all answers may take.
const ANSWER_WITHIN: Duration = Duration::from_secs(1);
/// A text that takes four columns in UTF-8, and six where its bytes are taken for GBK or Latin-1.
const CHINESE: &str = "年报";
/// Characters that the form and the screen use, of which terminals differ in the width.
pub const AMBIGUOUS: [&str; 5] = ["“", "—", "…", "①", "·"];
/// What the terminal is (DA1): answered by all.
const DEVICE_ATTRIBUTES: &str = "\x1b[c";

/// What the terminal has answered.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Answers {
    /// The columns taken by [`CHINESE`] and each of [`AMBIGUOUS`], as far as answers came.
    columns: Vec<u16>,
    /// The numbers of its answer to what it is.
    pub kind: Vec<u16>,
}

impl Answers {
    /// Whether the terminal shows UTF-8; none where it did not answer, or what no terminal would.
    pub fn is_utf8(&self) -> Option<bool> {
        match self.columns.first()? {
            4 => Some(true),
            5 | 6 => Some(false),
            _ => None,
        }
    }

    /// How wide it draws each of [`AMBIGUOUS`], as far as answers came that can be meant.
    pub fn ambiguous(&self) -> impl Iterator<Item = (&'static str, u16)> {
        let answered = AMBIGUOUS.into_iter().zip(self.columns.iter().skip(1).copied());
        answered.filter(|(_, columns)| self.is_utf8() == Some(true) && (1..=2).contains(columns))
    }

    /// Reads the answers out of what came: `ESC [ row ; column R`, and `ESC [ ? … c`.
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

/// Keys come unprocessed while this is kept.
pub struct RawMode;

impl RawMode {
    /// None where there is no terminal.
    pub fn enter() -> Option<Self> {
        enable_raw_mode().ok().map(|()| RawMode)
    }
}

impl Drop for RawMode {
    fn drop(&mut self) {
        leave_raw_mode();
    }
}

/// Keys are processed as before.
pub fn leave_raw_mode() {
    if terminal::is_in_foreground() {
        let _ = disable_raw_mode();
    }
}

/// Asks the terminal; none where it cannot be asked. Keys pressed meanwhile are lost.
pub fn ask() -> Option<Answers> {
    let mut signals = Signals::listen().ok()?;
    let _raw = RawMode::enter()?;
    let probes = std::iter::once(CHINESE).chain(AMBIGUOUS);
    let probes: String = probes.map(|text| format!("\r{text}\x1b[6n")).collect();
    terminal::write(format!("{probes}\r\x1b[K{DEVICE_ATTRIBUTES}").as_bytes(), &signals).ok()?;
    let (begun, mut came, mut bytes) = (Instant::now(), Vec::new(), [0; 256]);
    while let Some(left) = ANSWER_WITHIN.checked_sub(begun.elapsed())
        && Answers::read(&came).kind.is_empty()
    {
        match signals.wait(Some(left), None) {
            Wakeup::Input => match terminal::read(&mut bytes) {
                0 => break,
                read => came.extend_from_slice(bytes.get(..read).unwrap_or_default()),
            },
            // Of a signal that ends the program the watchdog takes care.
            Wakeup::Signal => drop(signals.take()),
            Wakeup::Waker => {}
            Wakeup::Timeout | Wakeup::Closed => break,
        }
    }
    Some(Answers::read(&came))
}

/// What tmux does with the clipboard: `on`, `external` or `off`.
pub fn tmux_clipboard() -> Option<String> {
    let asked = std::process::Command::new("tmux").args(["show-options", "-gsv", "set-clipboard"]).output();
    let said = String::from_utf8(asked.ok()?.stdout).ok()?;
    Some(said.trim().to_string()).filter(|said| !said.is_empty())
}
