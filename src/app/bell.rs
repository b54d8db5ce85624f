//! A bell that threads of our own ring, so that the one `poll` of the loop hears them too.

use std::io::{self, Read, Write};
use std::os::fd::{AsFd, BorrowedFd};
use std::os::unix::net::UnixStream;
use std::sync::Arc;

/// The end that listens, and the rope that is handed to threads.
#[derive(Debug)]
pub struct Bell {
    ear: UnixStream,
    rope: Rope,
}

/// What a thread pulls to be heard. Any number of pulls before somebody listens are one ring.
#[derive(Clone, Debug)]
pub struct Rope(Arc<UnixStream>);

impl Bell {
    /// A bell that nobody rings yet.
    ///
    /// # Errors
    /// When the process may have no more open files.
    pub fn hang() -> io::Result<Self> {
        let (ear, rope) = UnixStream::pair()?;
        ear.set_nonblocking(true)?;
        rope.set_nonblocking(true)?;
        Ok(Bell { ear, rope: Rope(Arc::new(rope)) })
    }

    /// A rope for a thread.
    pub fn rope(&self) -> Rope {
        self.rope.clone()
    }

    /// What becomes readable when somebody has pulled.
    pub fn ear(&self) -> BorrowedFd<'_> {
        self.ear.as_fd()
    }

    /// Takes note of every pull so far.
    pub fn hear(&mut self) {
        let mut bytes = [0; 64];
        while matches!(self.ear.read(&mut bytes), Ok(1..)) {}
    }
}

impl Rope {
    /// Rings. A bell that is full of rings is heard without one more.
    pub fn pull(&self) {
        let _ = (&*self.0).write(&[1]);
    }
}
