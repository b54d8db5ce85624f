//! Waking the event loop from another thread.

use std::io::{self, Read, Write};
use std::os::fd::{AsFd, BorrowedFd};
use std::os::unix::net::UnixStream;
use std::sync::Arc;

/// Receives the wake-ups of background threads; [`EventSource::wait`](super::EventSource::wait) watches it too.
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

impl AsFd for WakeReceiver {
    fn as_fd(&self) -> BorrowedFd<'_> {
        self.receiver.as_fd()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn several_wakeups_count_as_one() {
        let mut receiver = WakeReceiver::new().unwrap();
        (0..2).for_each(|_| receiver.waker().wake());
        receiver.drain();
        assert!(receiver.receiver.read(&mut [0]).is_err_and(|e| e.kind() == io::ErrorKind::WouldBlock));
    }
}
