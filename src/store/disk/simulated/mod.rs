//! A disk for tests that fails, fills up, stops in the middle, and forgets what was not flushed.
//!
//! Every file has the bytes that programs see and those that are on the disk; between them lie the
//! writes that nobody waited for. Losing power keeps any of these, none, or half of one. Names are the
//! same, except that one change of a name is done or not done. An error while flushing loses what was to
//! be flushed although programs go on seeing it, as Linux does.

use std::ffi::OsString;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::MutexGuard;
use std::time::{Duration, SystemTime};

mod file;
mod random;
mod state;

use file::SimulatedFile;
pub use random::Random;
use state::{DiskState, Inode, Naming, PendingWrite, SharedState, apply_naming};

use super::{Disk, DiskFile, FileStatus};

/// A disk in memory.
#[derive(Clone, Debug)]
pub struct SimulatedDisk(SharedState);

impl SimulatedDisk {
    /// Creates an empty disk.
    pub fn new(seed: u64) -> Self {
        SimulatedDisk(SharedState::new(seed))
    }

    fn state(&self) -> MutexGuard<'_, DiskState> {
        self.0.lock()
    }

    /// The process is killed within the operation after `left` more of them.
    pub fn kill_after(&self, left: u64) {
        self.state().operations_left = Some(left);
    }

    /// Returns whether the process was killed.
    pub fn is_dead(&self) -> bool {
        self.state().dead
    }

    /// One in `failing` operations fails from now on; 0 for none.
    pub fn fail_one_in(&self, failing: u64) {
        self.state().fail_one_in = failing;
    }

    /// Whether the disk is full from now on.
    pub fn set_full(&self, full: bool) {
        self.state().full = full;
    }

    /// A new process: the old one's locks are gone, what it wrote is there.
    pub fn restart(&self) {
        let mut state = self.state();
        (state.operations_left, state.dead, state.fail_one_in, state.full) = (None, false, 0, false);
        for inode in &mut state.inodes {
            inode.holder = None;
        }
    }

    /// The power goes: what was not flushed is there, or not, or half.
    pub fn lose_power(&self) {
        let mut guard = self.state();
        let state = &mut *guard;
        let random = &mut state.random;
        for naming in std::mem::take(&mut state.pending_names) {
            if random.below(2) == 0 {
                apply_naming(&mut state.durable_names, &naming);
            }
        }
        state.names = state.durable_names.clone();
        for inode in &mut state.inodes {
            for write in std::mem::take(&mut inode.pending) {
                match (random.below(3), write) {
                    (0, _) => {}
                    (1, PendingWrite::At(at, mut bytes)) => {
                        bytes.truncate(usize::try_from(random.below(bytes.len() as u64)).unwrap_or(0));
                        PendingWrite::At(at, bytes).apply(&mut inode.durable);
                    }
                    (_, write) => write.apply(&mut inode.durable),
                }
            }
            inode.seen = inode.durable.clone();
        }
        drop(guard);
        self.restart();
    }

    /// Returns the bytes of a file as programs see them.
    pub fn bytes(&self, path: &Path) -> Option<Vec<u8>> {
        let state = self.state();
        state.names.get(path).map(|at| state.inodes[*at].seen.clone())
    }

    /// Returns the names of all files.
    pub fn files(&self) -> Vec<PathBuf> {
        self.state().names.keys().cloned().collect()
    }
}

impl SimulatedDisk {
    fn handle(&self, inode: usize) -> Box<dyn DiskFile> {
        let mut state = self.state();
        state.handles += 1;
        Box::new(SimulatedFile { state: self.0.clone(), inode, handle: state.handles })
    }
}

impl Disk for SimulatedDisk {
    fn create_new(&self, path: &Path) -> io::Result<Box<dyn DiskFile>> {
        let mut state = self.state();
        state.begin_operation()?;
        if state.names.contains_key(path) {
            return Err(io::ErrorKind::AlreadyExists.into());
        }
        let inode = state.inodes.len();
        let modified = state.clock;
        state.inodes.push(Inode { modified, ..Inode::default() });
        state.rename(vec![(path.into(), Some(inode))]);
        drop(state);
        Ok(self.handle(inode))
    }

    fn create_shared(&self, path: &Path) -> io::Result<Box<dyn DiskFile>> {
        self.create_new(path)
    }

    fn read(&self, path: &Path, limit: u64) -> io::Result<(Vec<u8>, FileStatus)> {
        let status = self.status(path)?;
        Ok((self.open(path)?.read(limit)?, status))
    }

    fn link_target(&self, _: &Path) -> io::Result<Option<PathBuf>> {
        self.state().begin_operation().map(|()| None)
    }

    fn may_write(&self, _: &Path) -> bool {
        true
    }

    fn open(&self, path: &Path) -> io::Result<Box<dyn DiskFile>> {
        let mut state = self.state();
        state.begin_operation()?;
        let inode = state.inode(path)?;
        drop(state);
        Ok(self.handle(inode))
    }

    fn status(&self, path: &Path) -> io::Result<FileStatus> {
        let mut state = self.state();
        state.begin_operation()?;
        let inode = &state.inodes[state.inode(path)?];
        let modified = Some(SystemTime::UNIX_EPOCH + Duration::from_secs(inode.modified));
        Ok(FileStatus { is_file: true, length: inode.seen.len() as u64, modified })
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        let mut state = self.state();
        state.begin_operation()?;
        let inode = state.inode(from)?;
        state.rename(vec![(from.into(), None), (to.into(), Some(inode))]);
        Ok(())
    }

    fn remove(&self, path: &Path) -> io::Result<()> {
        let mut state = self.state();
        state.begin_operation()?;
        state.inode(path)?;
        state.rename(vec![(path.into(), None)]);
        Ok(())
    }

    fn list(&self, folder: &Path) -> io::Result<Vec<OsString>> {
        let mut state = self.state();
        state.begin_operation()?;
        let inside = state.names.keys().filter(|path| path.parent() == Some(folder));
        Ok(inside.filter_map(|path| path.file_name().map(Into::into)).collect())
    }

    fn make_folder(&self, _: &Path) -> io::Result<()> {
        self.state().begin_operation()
    }

    fn sync_folder(&self, folder: &Path) -> io::Result<()> {
        let mut state = self.state();
        state.begin_operation()?;
        let inside = |naming: &Naming| naming.iter().any(|(path, _)| path.parent() == Some(folder));
        let (flushed, others): (Vec<_>, Vec<_>) = state.pending_names.drain(..).partition(inside);
        state.pending_names = others;
        for naming in &flushed {
            apply_naming(&mut state.durable_names, naming);
        }
        Ok(())
    }
}
