//! The open files of the simulated disk.

use std::io;
use std::path::Path;

use super::super::{DiskFile, LostAttributes, TryLock};
use super::state::{PendingWrite, SharedState};

/// An open file of the simulated disk.
#[derive(Debug)]
pub struct SimulatedFile {
    pub state: SharedState,
    pub inode: usize,
    pub handle: u64,
}

impl Drop for SimulatedFile {
    fn drop(&mut self) {
        let mut state = self.state.lock();
        let inode = &mut state.inodes[self.inode];
        if inode.holder == Some(self.handle) {
            inode.holder = None;
        }
    }
}

impl DiskFile for SimulatedFile {
    fn append(&mut self, bytes: &[u8]) -> io::Result<()> {
        let mut state = self.state.lock();
        let at = state.inodes[self.inode].seen.len();
        let alive = !state.dead;
        let result =
            if state.full { Err(io::ErrorKind::StorageFull.into()) } else { state.begin_operation() };
        // One that fails may have done a part; so may one that is killed, if it is long.
        let done = match &result {
            Ok(()) => bytes.len(),
            Err(_) if alive => usize::try_from(state.random.below(bytes.len() as u64)).unwrap_or(0),
            Err(_) => 0,
        };
        if done > 0 {
            state.write(self.inode, PendingWrite::At(at, bytes[..done].to_vec()));
        }
        result
    }

    fn truncate(&mut self, length: u64) -> io::Result<()> {
        let mut state = self.state.lock();
        state.begin_operation()?;
        state.write(self.inode, PendingWrite::Length(usize::try_from(length).unwrap_or(0)));
        Ok(())
    }

    fn sync(&mut self) -> io::Result<()> {
        let mut state = self.state.lock();
        let result = state.begin_operation();
        let dead = state.dead;
        let inode = &mut state.inodes[self.inode];
        match &result {
            Ok(()) => {
                for write in std::mem::take(&mut inode.pending) {
                    write.apply(&mut inode.durable);
                }
            }
            Err(_) if dead => {}
            Err(_) => inode.pending.clear(),
        }
        result
    }

    fn sync_all(&mut self) -> io::Result<()> {
        self.sync()
    }

    fn copy_attributes(&mut self, _: &Path) -> LostAttributes {
        LostAttributes::default()
    }

    fn read(&mut self, limit: u64) -> io::Result<Vec<u8>> {
        let bytes = self.read_start(u64::MAX)?;
        if bytes.len() as u64 > limit { Err(io::ErrorKind::FileTooLarge.into()) } else { Ok(bytes) }
    }

    fn read_start(&mut self, limit: u64) -> io::Result<Vec<u8>> {
        let mut state = self.state.lock();
        state.begin_operation()?;
        let seen = &state.inodes[self.inode].seen;
        Ok(seen[..seen.len().min(usize::try_from(limit).unwrap_or(usize::MAX))].to_vec())
    }

    fn try_lock(&mut self) -> TryLock {
        let mut state = self.state.lock();
        let inode = &mut state.inodes[self.inode];
        match inode.holder {
            Some(holder) if holder != self.handle => TryLock::Held,
            _ => {
                inode.holder = Some(self.handle);
                TryLock::Acquired
            }
        }
    }

    fn is_at(&self, path: &Path) -> bool {
        self.state.lock().names.get(path) == Some(&self.inode)
    }
}
