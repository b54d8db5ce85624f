//! Signals, and waiting for them and the keyboard together.
//!
//! One of the files that know Unix. Each signal sets a flag and writes a byte into a pipe, so
//! one `poll` waits for everything and an idle program never wakes up.

use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::io::Errno;
use signal_hook::consts::signal::{
    SIGALRM, SIGCONT, SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGTSTP, SIGUSR1, SIGUSR2, SIGWINCH, SIGXCPU, SIGXFSZ,
};
use signal_hook::{SigId, flag, low_level};
use std::io::{self, Read};
use std::os::fd::BorrowedFd;
use std::os::unix::net::UnixStream;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

/// What another process, or the terminal's driver, wants of the program.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Signal {
    /// The line dropped or the window was closed.
    HangUp,
    /// The program is asked to end.
    Terminate,
    /// It is to be suspended.
    Stop,
    /// It runs again after having been suspended.
    Continue,
    /// The window has another size.
    Resize,
}

const SIGNALS: [(i32, Signal); 11] = [
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

/// What ended a wait.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wakeup {
    /// The keyboard has sent something, or an answer of the terminal came.
    Input,
    /// A signal came: ask [`Signals::take`].
    Signal,
    /// The time is over.
    Timeout,
    /// The sitting's own bell rang.
    Waker,
    /// The terminal is gone.
    Closed,
}

/// Listens to the signals from its making on.
#[derive(Debug)]
pub struct Signals {
    flags: [(Signal, Arc<AtomicBool>); SIGNALS.len()],
    pipe: UnixStream,
    registered: Vec<SigId>,
}

impl Signals {
    /// Starts listening.
    ///
    /// # Errors
    /// When the process may have no more open files.
    pub fn listen() -> io::Result<Self> {
        let (pipe, end) = UnixStream::pair()?;
        pipe.set_nonblocking(true)?;
        let flags = SIGNALS.map(|(_, call)| (call, Arc::new(AtomicBool::new(false))));
        let mut registered = Vec::new();
        for ((signal, _), (_, set)) in SIGNALS.iter().zip(&flags) {
            // The flag first: whoever reads the pipe finds it set.
            registered.push(flag::register(*signal, Arc::clone(set))?);
            registered.push(low_level::pipe::register(*signal, end.try_clone()?)?);
        }
        // A file that may grow no more is told by the write that fails, not by the end of the program.
        registered.push(flag::register(SIGXFSZ, Arc::default())?);
        Ok(Self { flags, pipe, registered })
    }

    /// The next signal that came, the gravest first; each is told once.
    pub fn take(&mut self) -> Option<Signal> {
        self.drain();
        self.flags.iter().find(|(_, flag)| flag.swap(false, Ordering::SeqCst)).map(|(call, _)| *call)
    }

    /// Empties the pipe; what came stays to be taken.
    fn drain(&self) {
        let mut bytes = [0; 64];
        while matches!((&self.pipe).read(&mut bytes), Ok(n) if n == bytes.len()) {}
    }

    /// Waits until bytes can be written, as long as it takes.
    ///
    /// # Errors
    /// When the program has been asked to end, or the end is gone.
    pub fn wait_to_write(&self, out: BorrowedFd) -> io::Result<()> {
        while !self.ends() {
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

    /// Whether the program has been asked to end, or the line has dropped.
    pub fn ends(&self) -> bool {
        let last = |call: &Signal| matches!(call, Signal::HangUp | Signal::Terminate);
        self.flags.iter().any(|(call, flag)| last(call) && flag.load(Ordering::SeqCst))
    }

    /// Whether the program is asked to end within this time.
    pub fn end_within(&self, time: Duration) -> bool {
        let begun = Instant::now();
        while let Some(left) = time.checked_sub(begun.elapsed()).filter(|_| !self.ends()) {
            self.drain();
            let left = Timespec::try_from(left).ok();
            let _ = poll(&mut [PollFd::new(&self.pipe, PollFlags::IN)], left.as_ref());
        }
        self.ends()
    }

    /// Waits for the keyboard, a signal, a bell where there is one, or the time; without a time as
    /// long as it takes.
    pub fn wait(&self, time: Option<Duration>, ear: Option<BorrowedFd>) -> Wakeup {
        let keyboard = rustix::stdio::stdin();
        let mut ends = vec![PollFd::new(&keyboard, PollFlags::IN), PollFd::new(&self.pipe, PollFlags::IN)];
        ends.extend(ear.map(|ear| PollFd::from_borrowed_fd(ear, PollFlags::IN)));
        let time = time.and_then(|time| Timespec::try_from(time).ok());
        match poll(&mut ends, time.as_ref()) {
            Ok(0) => return Wakeup::Timeout,
            Ok(_) => {}
            Err(Errno::INTR) => return Wakeup::Signal,
            Err(_) => return Wakeup::Closed,
        }
        let heard = |at: usize| ends.get(at).map_or(PollFlags::empty(), PollFd::revents);
        let (keys, pipe) = (heard(0), heard(1));
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

    /// Stops the process as SIGTSTP does where nobody listens; returns when it runs again.
    ///
    /// # Errors
    /// When the system refuses.
    pub fn stop(&mut self) -> io::Result<()> {
        low_level::emulate_default_handler(SIGTSTP)?;
        for (call, flag) in &self.flags {
            if matches!(call, Signal::Stop | Signal::Continue) {
                flag.store(false, Ordering::SeqCst);
            }
        }
        Ok(())
    }
}

impl Drop for Signals {
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
    fn a_signal_wakes_the_wait_and_is_told_once_the_gravest_first() {
        let mut signals = Signals::listen().unwrap();
        low_level::raise(SIGWINCH).unwrap();
        low_level::raise(SIGTERM).unwrap();
        low_level::raise(SIGWINCH).unwrap();
        assert!(signals.ends());
        assert_eq!(signals.wait(None, None), Wakeup::Signal);
        assert_eq!(signals.take(), Some(Signal::Terminate));
        assert_eq!(signals.take(), Some(Signal::Resize));
        assert_eq!((signals.take(), signals.ends()), (None, false));
    }
}
