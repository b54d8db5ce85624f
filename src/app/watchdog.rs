//! The end of a program that was asked to end and does not answer.
//!
//! The loop ends by itself when a signal comes. It may be stuck, though: in a file on a drive that does
//! not answer, before a terminal that takes no more output, in a long computation. So a thread of its
//! own hears the same signals, and ends the process when its time is over. What was typed is in the
//! journal, as after a power cut.

use signal_hook::consts::signal::{SIGALRM, SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGUSR1, SIGUSR2, SIGXCPU};
use signal_hook::{flag, low_level};
use std::io::{self, Read};
use std::os::unix::net::UnixStream;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::channel;
use std::thread;
use std::time::{Duration, Instant};

/// The signals that end the program. While the editor has the terminal, Ctrl+C is a key and no signal.
pub const ENDING: [i32; 8] = [SIGHUP, SIGTERM, SIGQUIT, SIGINT, SIGUSR1, SIGUSR2, SIGALRM, SIGXCPU];
/// How long the editor may take to end after it was asked to.
pub const GRACE: Duration = Duration::from_secs(2);
/// A window that is closed sends its signal twice or thrice; within this time they are one.
const SAME_SIGNAL_WITHIN: Duration = Duration::from_millis(250);
/// How long the terminal may take to be given back.
const RESTORED_WITHIN: Duration = Duration::from_millis(500);

/// From now on the process ends at the latest `grace` after one of these signals, and at once at a second
/// one, with the exit code 128 + the signal's number; `restore` gives the terminal back before, unless it
/// waits for too long. This holds until the process has ended.
///
/// # Errors
/// When the process may have no more open files or threads.
pub fn watch(signals: &[i32], grace: Duration, restore: impl FnOnce() + Send + 'static) -> io::Result<()> {
    let (ear, end) = UnixStream::pair()?;
    let came = Arc::new(AtomicUsize::new(0));
    for signal in signals {
        // Which it is first: whoever reads the pipe finds it set.
        let number = usize::try_from(*signal).unwrap_or_default();
        flag::register_usize(*signal, Arc::clone(&came), number)?;
        low_level::pipe::register(*signal, end.try_clone()?)?;
    }
    thread::Builder::new().name("watchdog".into()).spawn(move || {
        if wait(&ear, grace) {
            end_now(came.load(Ordering::SeqCst), restore);
        }
    })?;
    Ok(())
}

/// Waits for a signal and until its time is over; false if none can come any more.
fn wait(mut ear: &UnixStream, grace: Duration) -> bool {
    let mut bytes = [0; 64];
    let came = loop {
        match ear.read(&mut bytes) {
            Ok(came @ 1..) => break came,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Ok(0) | Err(_) => return false,
        }
    };
    let begun = Instant::now();
    let mut allowed = if came > 1 { grace.min(SAME_SIGNAL_WITHIN) } else { grace };
    while let Some(left) = allowed.checked_sub(begun.elapsed()).filter(|left| !left.is_zero()) {
        if ear.set_read_timeout(Some(left)).is_err() {
            break;
        }
        if matches!(ear.read(&mut bytes), Ok(1..)) {
            allowed = allowed.min(SAME_SIGNAL_WITHIN);
        }
    }
    true
}

fn end_now(signal: usize, restore: impl FnOnce() + Send + 'static) {
    let (restored, wait) = channel();
    let begun = thread::Builder::new().spawn(move || {
        restore();
        restored.send(())
    });
    if begun.is_ok() {
        let _ = wait.recv_timeout(RESTORED_WITHIN);
    }
    low_level::exit(128 + i32::try_from(signal).unwrap_or_default());
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Write;

    /// How long the wait took, if so many signals come at once.
    fn waited(signals: usize, grace: Duration) -> Duration {
        let (ear, mut end) = UnixStream::pair().unwrap();
        end.write_all(&vec![0; signals]).unwrap();
        let begun = Instant::now();
        assert!(wait(&ear, grace));
        begun.elapsed()
    }

    #[test]
    fn one_signal_leaves_the_whole_time_and_none_ends_nothing() {
        let grace = Duration::from_millis(300);
        assert!(waited(1, grace) >= grace);
        assert!(waited(1, Duration::ZERO) < GRACE);
        assert!(waited(2, Duration::MAX) >= SAME_SIGNAL_WITHIN, "sent twice on closing a window");
        let (ear, end) = UnixStream::pair().unwrap();
        drop(end);
        assert!(!wait(&ear, grace));
    }
}
