//! The signals that end the program, for the [watchdog](crate::terminal::watchdog).

use std::io::{self, Read};
use std::os::unix::net::UnixStream;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use signal_hook::{flag, low_level};

use super::EventSource;
use super::events::SIGNALS;

/// The signals that end the program, caught a second time for the [watchdog](crate::terminal::watchdog), until the
/// process has ended.
#[derive(Debug)]
pub struct FinalSignals {
    pipe: UnixStream,
    last: Arc<AtomicUsize>,
}

impl FinalSignals {
    /// Starts catching them a second time.
    ///
    /// # Errors
    /// Returns an error if the process may not open more files.
    pub fn listen(_: &EventSource) -> io::Result<Self> {
        let (pipe, end) = UnixStream::pair()?;
        let last = Arc::new(AtomicUsize::new(0));
        for (signal, _) in SIGNALS.iter().filter(|(_, signal)| signal.is_final()) {
            // The number first: whoever reads the pipe finds it set.
            let number = usize::try_from(*signal).unwrap_or_default();
            flag::register_usize(*signal, Arc::clone(&last), number)?;
            low_level::pipe::register(*signal, end.try_clone()?)?;
        }
        Ok(Self { pipe, last })
    }

    /// Waits for signals, at most `time`, or as long as it takes if that is `None`. Returns how many
    /// arrived, and `None` if no more can arrive.
    pub fn wait(&mut self, time: Option<Duration>) -> Option<usize> {
        self.pipe.set_read_timeout(time).ok()?;
        match self.pipe.read(&mut [0; 64]) {
            Ok(0) => None,
            Ok(arrived) => Some(arrived),
            Err(error) if matches!(error.kind(), io::ErrorKind::Interrupted | io::ErrorKind::WouldBlock) => {
                Some(0)
            }
            Err(_) => None,
        }
    }

    /// Ends the process at once, with 128 + the number of the last signal as its exit code.
    pub fn exit(&self) -> ! {
        let last = i32::try_from(self.last.load(Ordering::SeqCst)).unwrap_or_default();
        low_level::exit(128 + last)
    }
}
