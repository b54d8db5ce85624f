//! What the simulated disk holds, shared by the disk and its open files.

use std::collections::BTreeMap;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use super::random::Random;

/// The state of a disk, one for all that use it.
#[derive(Clone, Debug)]
pub struct SharedState(Arc<Mutex<DiskState>>);

impl SharedState {
    /// Returns the state of an empty disk.
    pub fn new(seed: u64) -> Self {
        SharedState(Arc::new(Mutex::new(DiskState { random: Random::new(seed), ..DiskState::default() })))
    }

    /// Locks the state.
    pub fn lock(&self) -> MutexGuard<'_, DiskState> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A change of a file's bytes that is not on the disk yet.
#[derive(Clone, Debug)]
pub enum PendingWrite {
    At(usize, Vec<u8>),
    Length(usize),
}

impl PendingWrite {
    pub fn apply(&self, bytes: &mut Vec<u8>) {
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
pub struct Inode {
    pub seen: Vec<u8>,
    pub durable: Vec<u8>,
    pub pending: Vec<PendingWrite>,
    pub modified: u64,
    /// The handle that holds the lock.
    pub holder: Option<u64>,
}

/// A change of a name that is not on the disk yet: what it leads to from then on.
pub type Naming = Vec<(PathBuf, Option<usize>)>;

#[derive(Debug, Default)]
pub struct DiskState {
    pub inodes: Vec<Inode>,
    pub names: BTreeMap<PathBuf, usize>,
    pub durable_names: BTreeMap<PathBuf, usize>,
    pub pending_names: Vec<Naming>,
    pub random: Random,
    pub clock: u64,
    pub handles: u64,
    /// After so many operations the process is killed.
    pub operations_left: Option<u64>,
    pub dead: bool,
    /// One in so many operations fails; 0 for none.
    pub fail_one_in: u64,
    /// Whether there is no space for another byte.
    pub full: bool,
}

pub fn apply_naming(names: &mut BTreeMap<PathBuf, usize>, naming: &Naming) {
    for (path, inode) in naming {
        match inode {
            Some(inode) => names.insert(path.clone(), *inode),
            None => names.remove(path),
        };
    }
}

impl DiskState {
    /// Counts an operation; an error if it fails, or the process does not live to do it.
    pub fn begin_operation(&mut self) -> io::Result<()> {
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
            return Err(io::Error::other("the disk is broken"));
        }
        Ok(())
    }

    pub fn rename(&mut self, naming: Naming) {
        apply_naming(&mut self.names, &naming);
        self.pending_names.push(naming);
    }

    pub fn inode(&self, path: &Path) -> io::Result<usize> {
        self.names.get(path).copied().ok_or_else(|| io::ErrorKind::NotFound.into())
    }

    pub fn write(&mut self, inode: usize, write: PendingWrite) {
        let clock = self.clock;
        let inode = &mut self.inodes[inode];
        write.apply(&mut inode.seen);
        inode.pending.push(write);
        inode.modified = clock;
    }
}
