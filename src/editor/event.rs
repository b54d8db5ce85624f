//! What reaches a session from outside: keys, pasted text, the mouse, and what the terminal tells.

use super::key::Key;

/// What is behind the text of a terminal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Background {
    /// Black or another dark colour.
    Dark,
    /// White or another light colour.
    Light,
}

/// What the mouse did.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum MouseKind {
    /// The left button went down.
    Press,
    /// The left button went down again at the same place, soon after.
    DoublePress,
    /// The mouse moved while the left button was down.
    Drag,
    /// The left button came up.
    Release,
    /// The wheel turned away from the hand.
    WheelUp,
    /// The wheel turned towards the hand.
    WheelDown,
}

/// One thing the mouse did, and where; other buttons are never reported.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Mouse {
    /// What it did.
    pub kind: MouseKind,
    /// Column of the screen, from 0.
    pub column: u16,
    /// Row of the screen, from 0.
    pub row: u16,
}

/// Everything that reaches a session from outside. It is defined here, since the editor takes it and the
/// terminal, which lies above, makes it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Event {
    /// A key press.
    Key(Key),
    /// Pasted text as it came, line ends as `\n`, bytes that are no UTF-8 as U+FFFD; it may hold
    /// any character, control characters too.
    Paste(String),
    /// The paste just before came without its end: some of it may be missing, or still come.
    PasteIncomplete,
    /// The mouse.
    Mouse(Mouse),
    /// The window has this size now, in cells.
    Resize {
        /// Columns of the window.
        columns: u16,
        /// Rows of the window.
        rows: u16,
    },
    /// The window got (`true`) or lost the keyboard.
    Focus(bool),
    /// The terminal told whether it draws ambiguous characters (“ ” — …) two columns wide.
    WidthReport {
        /// Two columns, not one.
        wide: bool,
    },
    /// The terminal told what is behind its text.
    BackgroundReport(Background),
    /// The terminal told whether it shows UTF-8: whether two Chinese characters took four columns.
    CharsetReport {
        /// They did.
        utf8: bool,
    },
    /// The time that the session had asked for has passed without any other event.
    Timeout,
    /// A background thread of the session has sent something.
    Wakeup,
    /// The program runs again after it had been suspended.
    Resumed,
}
