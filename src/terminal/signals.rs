//! Signals to the program, and what ends a wait for input.

/// What another process or the terminal driver asks of the program.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Signal {
    /// The connection was lost or the window was closed.
    HangUp,
    /// The program shall end.
    Terminate,
    /// The program shall be suspended.
    Stop,
    /// The program continues after it was suspended.
    Continue,
    /// The window has a new size.
    Resize,
}

impl Signal {
    /// Returns `true` if the program has to end.
    pub fn is_final(self) -> bool {
        matches!(self, Signal::HangUp | Signal::Terminate)
    }
}

/// What ended a wait.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wakeup {
    /// Input from the terminal can be read.
    Input,
    /// A signal arrived: [`EventSource::take`](super::EventSource::take) returns it.
    Signal,
    /// The time is over.
    Timeout,
    /// A background thread used its [`Waker`](super::Waker).
    Waker,
    /// The terminal is gone.
    Closed,
}
