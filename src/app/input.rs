//! All that has come since the last paint, as one batch of events.

use super::decode::Decoder;
use super::signals::{Signal, Signals, Wakeup};
use super::terminal;
use crate::editor::key::Event;
use std::io;
use std::os::fd::BorrowedFd;
use std::time::Duration;

/// More bytes than this are not gathered before something is painted.
const MAX_READ: usize = 1 << 20;
/// So many bytes at once are no single key: the system may be handing them over in pieces, and the
/// rest is waited for, briefly.
const BURST: usize = 32;
const BURST_WAIT: Duration = Duration::from_micros(300);

/// What a wait has brought.
#[derive(Debug, PartialEq, Eq)]
pub enum InputEvent {
    /// At least one event.
    Events(Vec<Event>),
    /// A signal; keys that came with it are told next.
    Call(Signal),
    /// The terminal is gone, without a signal.
    Gone,
}

/// The keyboard and the signals.
#[derive(Debug)]
pub struct Input {
    decoder: Decoder,
    signals: Signals,
}

impl Input {
    /// Starts listening.
    ///
    /// # Errors
    /// When the process may have no more open files.
    pub fn listen() -> io::Result<Self> {
        Ok(Self { decoder: Decoder::default(), signals: Signals::listen()? })
    }

    /// The signals, for those who must stop the process or give up a write.
    pub fn signals(&mut self) -> &mut Signals {
        &mut self.signals
    }

    /// Waits until something comes, and takes all that is there. [`Event::Timeout`] comes alone when
    /// nothing has come for the time given, [`Event::Wakeup`] when only the bell of this ear rang.
    pub fn wait(&mut self, pause: Option<Duration>, ear: Option<BorrowedFd>) -> InputEvent {
        let mut events = Vec::new();
        loop {
            if let Some(call) = self.signals.take() {
                return InputEvent::Call(call);
            }
            // What is incomplete has its own, short time; the pause is only counted without it.
            let patience = self.decoder.timeout();
            match self.signals.wait(patience.or(pause), ear) {
                Wakeup::Signal => continue,
                Wakeup::Closed => return InputEvent::Gone,
                Wakeup::Timeout if patience.is_some() => events.extend(self.decoder.flush()),
                Wakeup::Timeout => events.push(Event::Timeout),
                Wakeup::Waker => events.push(Event::Wakeup),
                Wakeup::Input => {
                    if !self.read_available(&mut events) {
                        return InputEvent::Gone;
                    }
                }
            }
            if !events.is_empty() {
                return InputEvent::Events(events);
            }
        }
    }

    /// What was typed before the program was asked to end, and has not been read yet. Of a line that
    /// has dropped the system keeps nothing.
    pub fn drain(&mut self) -> Vec<Event> {
        let mut events = Vec::new();
        while self.signals.wait(Some(Duration::ZERO), None) == Wakeup::Input
            && self.read_available(&mut events)
        {}
        events.extend(self.decoder.flush());
        events
    }

    /// Reads until nothing is waiting; false if the terminal is gone.
    fn read_available(&mut self, events: &mut Vec<Event>) -> bool {
        let mut bytes = [0; 4096];
        let mut read = 0;
        while read < MAX_READ {
            let piece = terminal::read(&mut bytes);
            if piece == 0 {
                return false;
            }
            read += piece;
            events.extend(self.decoder.feed(bytes.get(..piece).unwrap_or_default()));
            let rest = if piece < BURST { Duration::ZERO } else { BURST_WAIT };
            if self.signals.wait(Some(rest), None) != Wakeup::Input {
                break;
            }
        }
        true
    }
}
