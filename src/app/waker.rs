//! Wakes the event loop from background threads: a pipe that its one `poll` watches too.

use std::io::{self, Read, Write};
use std::os::fd::{AsFd, BorrowedFd};
use std::os::unix::net::UnixStream;
use std::sync::Arc;

/// The receiving end, and the [`Waker`] that is handed to threads.
#[derive(Debug)]
pub struct WakePipe {
    receiver: UnixStream,
    waker: Waker,
}

/// Wakes the event loop. Several wake-ups before it looks count as one.
#[derive(Clone, Debug)]
pub struct Waker(Arc<UnixStream>);

impl WakePipe {
    /// Creates the pipe.
    ///
    /// # Errors
    /// Fails when the process may open no more files.
    pub fn new() -> io::Result<Self> {
        let (receiver, sender) = UnixStream::pair()?;
        receiver.set_nonblocking(true)?;
        sender.set_nonblocking(true)?;
        Ok(WakePipe { receiver, waker: Waker(Arc::new(sender)) })
    }

    /// A waker for one more thread.
    pub fn waker(&self) -> Waker {
        self.waker.clone()
    }

    /// The descriptor that becomes readable after a wake-up.
    pub fn as_fd(&self) -> BorrowedFd<'_> {
        self.receiver.as_fd()
    }

    /// Clears all wake-ups so far.
    pub fn drain(&mut self) {
        let mut bytes = [0; 64];
        while matches!(self.receiver.read(&mut bytes), Ok(1..)) {}
    }
}

impl Waker {
    /// Wakes the loop. A pipe that is full wakes it without one more byte.
    pub fn wake(&self) {
        let _ = (&*self.0).write(&[1]);
    }
}
