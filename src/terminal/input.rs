//! Everything that has arrived since the last frame, as one batch of events.

use super::click::ClickCounter;
use super::decode::Decoder;
use super::platform::{EventSource, WakeReceiver};
use super::signals::{Signal, Wakeup};
use crate::editor::event::Event;
use std::io;
use std::time::{Duration, Instant};

/// At most so many bytes are read before a frame is painted.
const MAX_READ: usize = 1 << 20;
/// So many bytes at once are no single key: the system may deliver them in pieces, so there is a short
/// wait for the rest.
const BURST: usize = 32;
const BURST_WAIT: Duration = Duration::from_micros(300);

/// The result of a wait for input.
#[derive(Debug, PartialEq, Eq)]
pub enum InputEvent {
    /// At least one event.
    Events(Vec<Event>),
    /// A signal. Keys that arrived with it are returned by the next wait.
    Signal(Signal),
    /// The terminal is gone, without a signal.
    Gone,
}

/// The keyboard and the signals.
#[derive(Debug)]
pub struct Input {
    decoder: Decoder,
    clicks: ClickCounter,
    signals: EventSource,
}

impl Input {
    /// Starts catching signals.
    ///
    /// # Errors
    /// Returns an error if the process may not open more files.
    pub fn listen() -> io::Result<Self> {
        Ok(Self {
            decoder: Decoder::default(),
            clicks: ClickCounter::default(),
            signals: EventSource::listen()?,
        })
    }

    /// Returns the signals, to stop the process or to give up a write.
    pub fn signals(&mut self) -> &mut EventSource {
        &mut self.signals
    }

    /// Waits until something arrives, and reads all that is there.
    ///
    /// [`Event::Timeout`] comes alone if nothing has arrived within `pause`, [`Event::Wakeup`] if only
    /// `wake` was woken.
    pub fn wait(&mut self, pause: Option<Duration>, wake: Option<&WakeReceiver>) -> InputEvent {
        let mut events = Vec::new();
        loop {
            if let Some(signal) = self.signals.take() {
                return InputEvent::Signal(signal);
            }
            // An incomplete sequence has its own, short time; the pause only counts without one.
            let incomplete = self.decoder.timeout();
            match self.signals.wait(incomplete.or(pause), wake) {
                Wakeup::Signal => continue,
                Wakeup::Closed => return InputEvent::Gone,
                Wakeup::Timeout if incomplete.is_some() => events.extend(self.decoder.flush()),
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

    /// Returns `true` if [`Self::wait`] would return at once.
    pub fn is_ready(&self) -> bool {
        self.signals.wait(Some(Duration::ZERO), None) != Wakeup::Timeout
    }

    /// Returns what has arrived by now; what is incomplete is returned by the next wait.
    pub fn take_available(&mut self) -> Vec<Event> {
        let mut events = Vec::new();
        if self.signals.wait(Some(Duration::ZERO), None) == Wakeup::Input {
            self.read_available(&mut events);
        }
        events
    }

    /// Returns what was typed before the program was asked to end and has not been read yet. The system
    /// keeps nothing if the connection was lost.
    pub fn drain(&mut self) -> Vec<Event> {
        let mut events = Vec::new();
        while self.signals.wait(Some(Duration::ZERO), None) == Wakeup::Input
            && self.read_available(&mut events)
        {}
        events.extend(self.decoder.flush());
        events
    }

    /// Reads until there is no more input; returns `false` if the terminal is gone.
    fn read_available(&mut self, events: &mut Vec<Event>) -> bool {
        let mut bytes = [0; 4096];
        let (mut read, first) = (0, events.len());
        while read < MAX_READ {
            let piece = self.signals.read(&mut bytes);
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
        self.clicks.mark(events.get_mut(first..).unwrap_or_default(), Instant::now());
        true
    }
}
