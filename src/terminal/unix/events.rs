//! Waiting for input and signals.
//!
//! Each signal sets a flag and writes a byte into a pipe: one `poll` waits for everything, and an idle program
//! never wakes up.

use std::io::{self, Read, Write};
use std::os::fd::{AsFd, BorrowedFd};
use std::os::unix::net::UnixStream;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::io::Errno;
use rustix::stdio::stdin;
use signal_hook::consts::signal::{
    SIGALRM, SIGCONT, SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGTSTP, SIGUSR1, SIGUSR2, SIGWINCH, SIGXCPU, SIGXFSZ,
};
use signal_hook::{SigId, flag, low_level};

use super::WakeReceiver;
use crate::terminal::signals::{Signal, Wakeup};

/// The signals that are caught, in the order in which they are reported.
pub(super) const SIGNALS: [(i32, Signal); 11] = [
    (SIGHUP, Signal::HangUp),
    (SIGTERM, Signal::Terminate),
    (SIGQUIT, Signal::Terminate),
    (SIGUSR1, Signal::Terminate),
    (SIGUSR2, Signal::Terminate),
    (SIGALRM, Signal::Terminate),
    (SIGXCPU, Signal::Terminate),
    (SIGTSTP, Signal::Stop),
    (SIGCONT, Signal::Continue),
    (SIGWINCH, Signal::Resize),
    (SIGINT, Signal::Terminate),
];

/// Catches signals for as long as it exists.
#[derive(Debug)]
pub struct EventSource {
    flags: [(Signal, Arc<AtomicBool>); SIGNALS.len()],
    pipe: UnixStream,
    registered: Vec<SigId>,
}

impl EventSource {
    /// Starts catching signals.
    ///
    /// # Errors
    /// Returns an error if the process may not open more files.
    pub fn listen() -> io::Result<Self> {
        let (pipe, end) = UnixStream::pair()?;
        pipe.set_nonblocking(true)?;
        let flags = SIGNALS.map(|(_, signal)| (signal, Arc::new(AtomicBool::new(false))));
        let mut registered = Vec::new();
        for ((number, _), (_, flag)) in SIGNALS.iter().zip(&flags) {
            // The flag first: whoever reads the pipe finds it set.
            registered.push(flag::register(*number, Arc::clone(flag))?);
            registered.push(low_level::pipe::register(*number, end.try_clone()?)?);
        }
        // One that came between the two has left no byte that would wake the wait.
        if flags.iter().any(|(_, flag)| flag.load(Ordering::SeqCst)) {
            (&end).write_all(&[0])?;
        }
        // A file that may not grow makes the write fail, no more.
        registered.push(flag::register(SIGXFSZ, Arc::default())?);
        Ok(Self { flags, pipe, registered })
    }

    /// Returns the next signal that arrived, the most severe first; each is returned once.
    pub fn take(&mut self) -> Option<Signal> {
        self.drain();
        self.flags.iter().find(|(_, flag)| flag.swap(false, Ordering::SeqCst)).map(|(signal, _)| *signal)
    }

    /// Reads input into `buffer` and returns the number of bytes; waits if there is none yet.
    ///
    /// Returns 0 if the terminal is gone.
    pub fn read(&self, buffer: &mut [u8]) -> usize {
        loop {
            match rustix::io::read(stdin(), &mut *buffer) {
                Err(Errno::INTR) => {}
                read => return read.unwrap_or(0),
            }
        }
    }

    /// Empties the pipe; the flags stay set.
    fn drain(&self) {
        let mut bytes = [0; 64];
        while matches!((&self.pipe).read(&mut bytes), Ok(n) if n == bytes.len()) {}
    }

    /// Waits until bytes can be written, as long as it takes.
    pub(super) fn wait_to_write(&self, out: BorrowedFd) -> io::Result<()> {
        while !self.is_ending() {
            let mut ends = [PollFd::new(&out, PollFlags::OUT), PollFd::new(&self.pipe, PollFlags::IN)];
            match poll(&mut ends, None) {
                Ok(_) | Err(Errno::INTR) => {}
                Err(error) => return Err(error.into()),
            }
            let [out, pipe] = ends.map(|end| end.revents());
            if !out.is_empty() {
                return Ok(());
            }
            if !pipe.is_empty() {
                self.drain();
            }
        }
        Err(Errno::INTR.into())
    }

    /// Returns `true` if the program has been asked to end, or the connection was lost.
    pub fn is_ending(&self) -> bool {
        self.flags.iter().any(|(signal, flag)| signal.is_final() && flag.load(Ordering::SeqCst))
    }

    /// Waits at most `time` for a signal that ends the program, and returns `true` if one arrived.
    pub fn is_ending_within(&self, time: Duration) -> bool {
        let begun = Instant::now();
        while let Some(left) = time.checked_sub(begun.elapsed()).filter(|_| !self.is_ending()) {
            self.drain();
            let left = Timespec::try_from(left).ok();
            let _ = poll(&mut [PollFd::new(&self.pipe, PollFlags::IN)], left.as_ref());
        }
        self.is_ending()
    }

    /// Waits for input, a signal or a wake-up, at most `time`, or as long as it takes if that is `None`.
    pub fn wait(&self, time: Option<Duration>, wake: Option<&WakeReceiver>) -> Wakeup {
        let keyboard = stdin();
        let mut ends = vec![PollFd::new(&keyboard, PollFlags::IN), PollFd::new(&self.pipe, PollFlags::IN)];
        ends.extend(wake.map(|wake| PollFd::from_borrowed_fd(wake.as_fd(), PollFlags::IN)));
        let time = time.and_then(|time| Timespec::try_from(time).ok());
        match poll(&mut ends, time.as_ref()) {
            Ok(0) => return Wakeup::Timeout,
            Ok(_) => {}
            Err(Errno::INTR) => return Wakeup::Signal,
            Err(_) => return Wakeup::Closed,
        }
        let ready = |at: usize| ends.get(at).map_or(PollFlags::empty(), PollFd::revents);
        let (keys, pipe) = (ready(0), ready(1));
        if !pipe.is_empty() {
            Wakeup::Signal
        } else if keys.intersects(PollFlags::HUP | PollFlags::ERR | PollFlags::NVAL) {
            Wakeup::Closed
        } else if !keys.is_empty() {
            Wakeup::Input
        } else {
            Wakeup::Waker
        }
    }

    /// Stops the process as an uncaught SIGTSTP does; returns when it continues.
    ///
    /// # Errors
    /// Returns an error if the system refuses.
    pub fn stop(&mut self) -> io::Result<()> {
        low_level::emulate_default_handler(SIGTSTP)?;
        for (signal, flag) in &self.flags {
            if matches!(signal, Signal::Stop | Signal::Continue) {
                flag.store(false, Ordering::SeqCst);
            }
        }
        Ok(())
    }
}

impl Drop for EventSource {
    fn drop(&mut self) {
        for id in self.registered.drain(..) {
            low_level::unregister(id);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_signal_wakes_the_wait_once_the_most_severe_first() {
        let mut signals = EventSource::listen().unwrap();
        [SIGWINCH, SIGTERM, SIGWINCH].into_iter().for_each(|signal| low_level::raise(signal).unwrap());
        assert_eq!((signals.is_ending(), signals.wait(None, None)), (true, Wakeup::Signal));
        let taken = [signals.take(), signals.take(), signals.take()];
        assert_eq!(taken, [Some(Signal::Terminate), Some(Signal::Resize), None]);
    }
}
