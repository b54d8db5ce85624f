//! The disk of this machine.

use std::ffi::OsString;
use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{self, Read, Seek, Write};
use std::path::{Path, PathBuf};

use super::{Disk, DiskFile, FileStatus, LostAttributes, TryLock, attributes};
use crate::store::{folder, host};

/// The file system of this machine.
#[derive(Clone, Copy, Debug, Default)]
pub struct SystemDisk;

impl Disk for SystemDisk {
    fn create_new(&self, path: &Path) -> io::Result<Box<dyn DiskFile>> {
        let mut options = OpenOptions::new();
        options.read(true).append(true).create_new(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        Ok(Box::new(options.open(path)?))
    }

    fn create_shared(&self, path: &Path) -> io::Result<Box<dyn DiskFile>> {
        Ok(Box::new(OpenOptions::new().read(true).append(true).create_new(true).open(path)?))
    }

    fn open(&self, path: &Path) -> io::Result<Box<dyn DiskFile>> {
        let mut options = OpenOptions::new();
        options.read(true).append(true);
        #[cfg(unix)]
        {
            use std::os::unix::fs::OpenOptionsExt;
            // A pipe would wait for its other end, a link could lead anywhere.
            let flags = rustix::fs::OFlags::NONBLOCK | rustix::fs::OFlags::NOFOLLOW;
            options.custom_flags(flags.bits().cast_signed());
        }
        let file = options.open(path)?;
        if !file.metadata()?.is_file() {
            return Err(io::ErrorKind::InvalidInput.into());
        }
        Ok(Box::new(file))
    }

    fn read(&self, path: &Path, limit: u64) -> io::Result<(Vec<u8>, FileStatus)> {
        // Checked before opening: opening a device may start it.
        let known = self.status(path)?;
        if !known.is_file {
            return Err(io::ErrorKind::InvalidInput.into());
        }
        let mut options = OpenOptions::new();
        options.read(true);
        #[cfg(unix)]
        {
            use std::os::unix::fs::OpenOptionsExt;
            // Checked again on the open file: it may have become a pipe, which would wait for its other
            // end.
            options.custom_flags(rustix::fs::OFlags::NONBLOCK.bits().cast_signed());
        }
        let mut file = options.open(path)?;
        let status = status_of(&file.metadata()?);
        if !status.is_file {
            return Err(io::ErrorKind::InvalidInput.into());
        }
        Ok((DiskFile::read(&mut file, limit)?, status))
    }

    fn link_target(&self, path: &Path) -> io::Result<Option<PathBuf>> {
        match fs::read_link(path) {
            Ok(target) => Ok(Some(target)),
            Err(error) if cfg!(not(unix)) || is_no_link(&error) => Ok(None),
            Err(error) => Err(error),
        }
    }

    fn may_write(&self, path: &Path) -> bool {
        attributes::may_write(path)
    }

    fn status(&self, path: &Path) -> io::Result<FileStatus> {
        fs::metadata(path).map(|about| status_of(&about))
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        fs::rename(from, to)
    }

    fn remove(&self, path: &Path) -> io::Result<()> {
        fs::remove_file(path)
    }

    fn list(&self, folder: &Path) -> io::Result<Vec<OsString>> {
        Ok(folder::read_folder(folder)?.into_iter().map(|entry| entry.name).collect())
    }

    fn make_folder(&self, folder: &Path) -> io::Result<()> {
        let mut builder = fs::DirBuilder::new();
        builder.recursive(true);
        #[cfg(unix)]
        std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
        builder.create(folder)
    }

    fn sync_folder(&self, folder: &Path) -> io::Result<()> {
        let mut options = OpenOptions::new();
        options.read(true);
        #[cfg(unix)]
        {
            use std::os::unix::fs::OpenOptionsExt;
            options.custom_flags(rustix::fs::OFlags::DIRECTORY.bits().cast_signed());
        }
        options.open(folder)?.sync_all()
    }
}

fn status_of(about: &fs::Metadata) -> FileStatus {
    FileStatus { is_file: about.is_file(), length: about.len(), modified: about.modified().ok() }
}

fn is_no_link(error: &io::Error) -> bool {
    matches!(error.kind(), io::ErrorKind::InvalidInput | io::ErrorKind::NotFound)
}

impl DiskFile for File {
    fn append(&mut self, bytes: &[u8]) -> io::Result<()> {
        // The file was opened for appending.
        self.write_all(bytes)
    }

    fn truncate(&mut self, length: u64) -> io::Result<()> {
        self.set_len(length)
    }

    fn sync(&mut self) -> io::Result<()> {
        self.sync_data()
    }

    fn sync_all(&mut self) -> io::Result<()> {
        File::sync_all(self)
    }

    fn copy_attributes(&mut self, from: &Path) -> LostAttributes {
        attributes::copy_attributes(from, self)
    }

    fn read(&mut self, limit: u64) -> io::Result<Vec<u8>> {
        if self.metadata()?.len() > limit {
            return Err(io::ErrorKind::FileTooLarge.into());
        }
        // It may have grown over the limit since its length was read.
        let bytes = self.read_start(limit.saturating_add(1))?;
        if bytes.len() as u64 > limit { Err(io::ErrorKind::FileTooLarge.into()) } else { Ok(bytes) }
    }

    fn read_start(&mut self, limit: u64) -> io::Result<Vec<u8>> {
        let mut bytes = Vec::new();
        self.rewind()?;
        Read::take(&mut *self, limit).read_to_end(&mut bytes)?;
        Ok(bytes)
    }

    fn try_lock(&mut self) -> TryLock {
        match File::try_lock(self) {
            Ok(()) => TryLock::Acquired,
            Err(TryLockError::WouldBlock) => TryLock::Held,
            Err(TryLockError::Error(_)) => TryLock::Unsupported,
        }
    }

    fn is_at(&self, path: &Path) -> bool {
        host::is_same_file(self, path)
    }
}
