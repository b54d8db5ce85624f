//! What a reader of files does when it fails at a file nobody thought of.
//!
//! Much of the reading is done by crates, and files come from anywhere. One that makes a crate panic is refused
//! like any other that cannot be read: the other files of its folder are still read, and the report that is open
//! stays open.

use std::thread;

use super::{ImportError, Source};

/// The name of the threads that read. A panic hook writes nothing for them: the failure is an
/// [`ImportError::ReaderFailed`].
pub const READER_THREAD: &str = "reader";

/// The stack of a reader, in bytes: as large as that of a main thread, for files that nest deeply.
const STACK: usize = 8 << 20;

/// Reads on a thread of its own, which may panic.
pub fn read_guarded(
    read: impl FnOnce() -> Result<Source, ImportError> + Send,
) -> Result<Source, ImportError> {
    thread::scope(|scope| {
        let builder = thread::Builder::new().name(READER_THREAD.into()).stack_size(STACK);
        let reader = builder.spawn_scoped(scope, read).map_err(|_| ImportError::ReaderFailed)?;
        reader.join().unwrap_or(Err(ImportError::ReaderFailed))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reader_that_panics_refuses_its_file() {
        let broken = || -> Result<Source, ImportError> { unreachable!("a file that nobody thought of") };
        assert!(matches!(read_guarded(broken), Err(ImportError::ReaderFailed)));
        assert!(matches!(read_guarded(|| Err(ImportError::Empty)), Err(ImportError::Empty)));
    }
}
