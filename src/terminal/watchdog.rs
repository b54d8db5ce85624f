//! Ends a program that was asked to end and does not react.
//!
//! The event loop ends by itself when such a signal arrives. But it may be stuck: reading a file on a
//! drive that does not answer, writing to a terminal that accepts nothing, in a long computation. So a
//! thread of its own catches the same signals and ends the process when the time is over. What was typed
//! is in the journal, as after a power failure.

use super::platform::{EventSource, FinalSignals};
use std::io;
use std::sync::mpsc::channel;
use std::thread;
use std::time::{Duration, Instant};

/// How long the editor may take to end after it was asked to.
pub const GRACE: Duration = Duration::from_secs(2);
/// A window that is closed sends its signal two or three times; within this time they count as one.
const SAME_SIGNAL_WITHIN: Duration = Duration::from_millis(250);
/// How long restoring the terminal may take.
const RESTORED_WITHIN: Duration = Duration::from_millis(500);

/// Ends the process at the latest `grace` after a signal that ends the program, and at once after a
/// second one, with the exit code 128 + the signal's number.
///
/// `restore` restores the terminal before; it is not waited for if it hangs. The watchdog runs until the
/// process has ended.
///
/// # Errors
/// Returns an error if the process may not open more files or start more threads.
pub fn watch(
    signals: &EventSource,
    grace: Duration,
    restore: impl FnOnce() + Send + 'static,
) -> io::Result<()> {
    let mut signals = FinalSignals::listen(signals)?;
    thread::Builder::new().name("watchdog".into()).spawn(move || {
        if wait(|time| signals.wait(time), grace) {
            end_now(&signals, restore);
        }
    })?;
    Ok(())
}

/// Waits for a signal and then until the time is over; returns `false` if no signal can arrive.
///
/// `next` waits at most the given time and returns how many signals arrived, or `None` if none can.
fn wait(mut next: impl FnMut(Option<Duration>) -> Option<usize>, grace: Duration) -> bool {
    let arrived = loop {
        match next(None) {
            None => return false,
            Some(0) => {}
            Some(arrived) => break arrived,
        }
    };
    let begun = Instant::now();
    let mut allowed = if arrived > 1 { grace.min(SAME_SIGNAL_WITHIN) } else { grace };
    while let Some(left) = allowed.checked_sub(begun.elapsed()).filter(|left| !left.is_zero()) {
        match next(Some(left)) {
            None => break,
            Some(0) => {}
            Some(_) => allowed = allowed.min(SAME_SIGNAL_WITHIN),
        }
    }
    true
}

fn end_now(signals: &FinalSignals, restore: impl FnOnce() + Send + 'static) {
    let (restored, wait) = channel();
    let begun = thread::Builder::new().spawn(move || {
        restore();
        restored.send(())
    });
    if begun.is_ok() {
        let _ = wait.recv_timeout(RESTORED_WITHIN);
    }
    signals.exit();
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::mpsc::RecvTimeoutError;

    /// How long the wait takes if so many signals arrive at once.
    fn waited(signals: usize, grace: Duration) -> Duration {
        let (send, receive) = channel();
        send.send(signals).unwrap();
        let next = |time: Option<Duration>| match time {
            None => receive.recv().ok(),
            Some(time) => match receive.recv_timeout(time) {
                Err(RecvTimeoutError::Disconnected) => None,
                arrived => Some(arrived.unwrap_or(0)),
            },
        };
        let begun = Instant::now();
        assert!(wait(next, grace));
        begun.elapsed()
    }

    #[test]
    fn one_signal_leaves_the_whole_time_and_none_ends_nothing() {
        let grace = Duration::from_millis(300);
        assert!(waited(1, grace) >= grace);
        assert!(waited(1, Duration::ZERO) < GRACE);
        assert!(waited(2, Duration::MAX) >= SAME_SIGNAL_WITHIN, "sent twice on closing a window");
        assert!(!wait(|_| None, grace));
    }
}
