//! The platform code of the terminal, for Unix.
//!
//! Each signal sets a flag and writes a byte into a pipe: one `poll` waits for everything, and an idle program
//! never wakes up. The terminal is on standard input and output.

use std::io::{self, Read, Write};
use std::os::fd::{AsFd, BorrowedFd};
use std::os::unix::net::UnixStream;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::io::Errno;
use rustix::process::{getpgrp, getpid, getppid, getsid};
use rustix::stdio::{stdin, stdout};
use rustix::termios::{InputModes, isatty, tcgetattr, tcgetpgrp, tcgetwinsize};
use signal_hook::consts::signal::{
    SIGALRM, SIGCONT, SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGTSTP, SIGUSR1, SIGUSR2, SIGWINCH, SIGXCPU, SIGXFSZ,
};
use signal_hook::{SigId, flag, low_level};

pub use crossterm::terminal::enable_raw_mode;

use super::signals::{Signal, Wakeup};

/// Whether a terminal shows UTF-8 where no variable says so.
pub const IS_UTF8_BY_DEFAULT: bool = false;

/// The signals that are caught, in the order in which they are reported.
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

/// Returns `true` if standard input and output are a terminal.
pub fn is_terminal() -> bool {
    isatty(stdin()) && isatty(stdout())
}

/// Returns a variable of the environment.
pub fn variable(name: &str) -> Option<String> {
    std::env::var(name).ok()
}

/// Returns the command that sets a variable of the environment.
pub fn assignment(name: &str, value: &str) -> String {
    format!("export {name}={value}")
}

/// Returns the columns and rows of the window, or `None` if the terminal does not know them.
pub fn window_size() -> Option<(u16, u16)> {
    let window = tcgetwinsize(stdout()).ok()?;
    (window.ws_col > 0 && window.ws_row > 0).then_some((window.ws_col, window.ws_row))
}

/// Returns whether Ctrl+S stops the output (IXON), or `None` if there is no terminal.
pub fn has_flow_control() -> Option<bool> {
    Some(tcgetattr(stdin()).ok()?.input_modes.contains(InputModes::IXON))
}

/// Returns `true` if this process is in the foreground of the terminal.
///
/// A process in the background is stopped when it touches the terminal, and receives none of its signals.
pub fn is_in_foreground() -> bool {
    // Not every terminal has a foreground process group.
    tcgetpgrp(stdin()).map_or(true, |group| group == getpgrp())
}

/// Returns whether there is a shell that can continue the program once it is suspended. One that a window or a
/// shortcut has started by itself would never come back.
pub fn can_suspend() -> bool {
    let own = getsid(None);
    own != Ok(getpid()) && getppid().is_some_and(|parent| getsid(Some(parent)) == own)
}

/// How the terminal is set: crossterm keeps that itself.
#[derive(Clone, Copy, Debug)]
pub struct TerminalModes;

/// Returns how the terminal is set now.
///
/// # Errors
/// Never returns an error.
pub fn terminal_modes() -> io::Result<TerminalModes> {
    Ok(TerminalModes)
}

/// Sets the terminal as it was before raw mode.
///
/// # Errors
/// Returns an error if the terminal is gone.
pub fn restore_modes(_: TerminalModes) -> io::Result<()> {
    crossterm::terminal::disable_raw_mode()
}

/// Writes all bytes to the terminal, in one write unless the terminal accepts only a part.
///
/// Waits for a terminal that accepts nothing.
///
/// # Errors
/// Returns an error if the terminal is gone, or the program has been asked to end.
pub fn write(bytes: &[u8], signals: &EventSource) -> io::Result<()> {
    write_when(bytes, |out| signals.wait_to_write(out))
}

/// Writes all bytes to the terminal, and waits at most `time` whenever it accepts nothing.
///
/// Waits as long as it takes if `time` is `None`.
///
/// # Errors
/// Returns an error if the terminal is gone, or the time is over.
pub fn write_within(bytes: &[u8], time: Option<Duration>) -> io::Result<()> {
    let time = time.and_then(|time| Timespec::try_from(time).ok());
    write_when(bytes, |out| match poll(&mut [PollFd::new(&out, PollFlags::OUT)], time.as_ref()) {
        Ok(0) => Err(io::ErrorKind::TimedOut.into()),
        Ok(_) | Err(Errno::INTR) => Ok(()),
        Err(error) => Err(error.into()),
    })
}

fn write_when(mut bytes: &[u8], ready: impl Fn(BorrowedFd) -> io::Result<()>) -> io::Result<()> {
    let out = stdout();
    while !bytes.is_empty() {
        ready(out)?;
        match rustix::io::write(out, bytes) {
            Ok(written) => bytes = bytes.get(written..).unwrap_or_default(),
            Err(Errno::INTR | Errno::AGAIN) => {}
            Err(error) => return Err(error.into()),
        }
    }
    Ok(())
}

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
    fn wait_to_write(&self, out: BorrowedFd) -> io::Result<()> {
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
        ends.extend(wake.map(|wake| PollFd::from_borrowed_fd(wake.receiver.as_fd(), PollFlags::IN)));
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

/// The signals that end the program, caught a second time for the [watchdog](super::watchdog), until the
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

/// Receives the wake-ups of background threads; [`EventSource::wait`] watches it too.
#[derive(Debug)]
pub struct WakeReceiver {
    receiver: UnixStream,
    waker: Waker,
}

/// Wakes the event loop from a background thread. Several wake-ups at once count as one.
#[derive(Clone, Debug)]
pub struct Waker(Arc<UnixStream>);

impl WakeReceiver {
    /// Creates a receiver and its first [`Waker`].
    ///
    /// # Errors
    /// Returns an error if the process may not open more files.
    pub fn new() -> io::Result<Self> {
        let (receiver, sender) = UnixStream::pair()?;
        receiver.set_nonblocking(true)?;
        sender.set_nonblocking(true)?;
        Ok(WakeReceiver { receiver, waker: Waker(Arc::new(sender)) })
    }

    /// Returns a waker for one more thread.
    pub fn waker(&self) -> Waker {
        self.waker.clone()
    }

    /// Clears all wake-ups so far.
    pub fn drain(&mut self) {
        let mut bytes = [0; 64];
        while matches!(self.receiver.read(&mut bytes), Ok(1..)) {}
    }
}

impl Waker {
    /// Wakes the event loop. A pipe that is full wakes it without one more byte.
    pub fn wake(&self) {
        let _ = (&*self.0).write(&[1]);
    }
}

/// Returns the text on the clipboard of the desktop: `None`, since only the terminal knows it.
pub fn clipboard_text() -> Option<String> {
    None
}

/// Puts a text on the clipboard of the desktop: the terminal does so, see
/// [`copy_sequence`](super::clipboard::copy_sequence).
pub fn set_clipboard_text(_: &str) {}

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

    #[test]
    fn several_wakeups_count_as_one() {
        let mut receiver = WakeReceiver::new().unwrap();
        (0..2).for_each(|_| receiver.waker().wake());
        receiver.drain();
        assert!(receiver.receiver.read(&mut [0]).is_err_and(|e| e.kind() == io::ErrorKind::WouldBlock));
    }
}
