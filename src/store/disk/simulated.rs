//! A disk for tests that fails, fills up, stops in the middle, and forgets what was not flushed.
//!
//! Every file has the bytes that programs see and those that are on the disk; between them lie the
//! writes that nobody waited for. Losing power keeps any of these, none, or half of one. Names are the
//! same, except that one change of a name is done or not done. An error while flushing loses what was to
//! be flushed although programs go on seeing it, as Linux does.

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, SystemTime};

mod file;
mod random;

use file::SimulatedFile;
pub use random::Random;

use super::{Disk, DiskFile, FileStatus};

/// A change of a file's bytes that is not on the disk yet.
#[derive(Clone, Debug)]
enum PendingWrite {
    At(usize, Vec<u8>),
    Length(usize),
}

impl PendingWrite {
    fn apply(&self, bytes: &mut Vec<u8>) {
        match self {
            PendingWrite::At(at, new) => {
                // What was between is not on the disk: it reads as zeros.
                bytes.resize(bytes.len().max(at + new.len()), 0);
                bytes[*at..at + new.len()].copy_from_slice(new);
            }
            PendingWrite::Length(length) => bytes.resize(*length, 0),
        }
    }
}

#[derive(Clone, Debug, Default)]
struct Inode {
    seen: Vec<u8>,
    durable: Vec<u8>,
    pending: Vec<PendingWrite>,
    modified: u64,
    /// The handle that holds the lock.
    holder: Option<u64>,
}

/// A change of a name that is not on the disk yet: what it leads to from then on.
type Naming = Vec<(PathBuf, Option<usize>)>;

#[derive(Debug)]
struct DiskState {
    inodes: Vec<Inode>,
    names: BTreeMap<PathBuf, usize>,
    durable_names: BTreeMap<PathBuf, usize>,
    pending_names: Vec<Naming>,
    random: Random,
    clock: u64,
    handles: u64,
    /// After so many operations the process is killed.
    operations_left: Option<u64>,
    dead: bool,
    /// One in so many operations fails; 0 for none.
    fail_one_in: u64,
    /// Whether there is no room for a byte more.
    full: bool,
}

/// A disk in memory.
#[derive(Clone, Debug)]
pub struct SimulatedDisk(Arc<Mutex<DiskState>>);

impl SimulatedDisk {
    /// An empty disk.
    pub fn new(seed: u64) -> Self {
        SimulatedDisk(Arc::new(Mutex::new(DiskState {
            inodes: Vec::new(),
            names: BTreeMap::new(),
            durable_names: BTreeMap::new(),
            pending_names: Vec::new(),
            random: Random::new(seed),
            clock: 0,
            handles: 0,
            operations_left: None,
            dead: false,
            fail_one_in: 0,
            full: false,
        })))
    }

    fn state(&self) -> MutexGuard<'_, DiskState> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The process is killed within the operation after `left` more of them.
    pub fn kill_after(&self, left: u64) {
        self.state().operations_left = Some(left);
    }

    /// Whether the process was killed.
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

    /// The bytes of a file as programs see them.
    pub fn bytes(&self, path: &Path) -> Option<Vec<u8>> {
        let state = self.state();
        state.names.get(path).map(|at| state.inodes[*at].seen.clone())
    }

    /// The names of all files.
    pub fn files(&self) -> Vec<PathBuf> {
        self.state().names.keys().cloned().collect()
    }
}

fn apply_naming(names: &mut BTreeMap<PathBuf, usize>, naming: &Naming) {
    for (path, inode) in naming {
        match inode {
            Some(inode) => names.insert(path.clone(), *inode),
            None => names.remove(path),
        };
    }
}

impl DiskState {
    /// Counts an operation; an error if it fails, or the process does not live to do it.
    fn begin_operation(&mut self) -> io::Result<()> {
        self.clock += 1;
        if self.dead {
            return Err(io::ErrorKind::Interrupted.into());
        }
        if let Some(left) = &mut self.operations_left {
            match left.checked_sub(1) {
                Some(fewer) => *left = fewer,
                None => {
                    self.dead = true;
                    return Err(io::ErrorKind::Interrupted.into());
                }
            }
        }
        if self.fail_one_in > 0 && self.random.below(self.fail_one_in) == 0 {
            return Err(io::Error::from_raw_os_error(5));
        }
        Ok(())
    }

    fn rename(&mut self, naming: Naming) {
        apply_naming(&mut self.names, &naming);
        self.pending_names.push(naming);
    }

    fn inode(&self, path: &Path) -> io::Result<usize> {
        self.names.get(path).copied().ok_or_else(|| io::ErrorKind::NotFound.into())
    }

    fn write(&mut self, inode: usize, write: PendingWrite) {
        let clock = self.clock;
        let inode = &mut self.inodes[inode];
        write.apply(&mut inode.seen);
        inode.pending.push(write);
        inode.modified = clock;
    }
}

impl SimulatedDisk {
    fn handle(&self, inode: usize) -> Box<dyn DiskFile> {
        let mut state = self.state();
        state.handles += 1;
        Box::new(SimulatedFile { disk: self.clone(), inode, handle: state.handles })
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
