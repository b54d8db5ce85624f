//! The disk of this machine.

use std::ffi::OsString;
use std::fs::{self, File, OpenOptions};
use std::io::{self, Read, Seek};
use std::path::{Path, PathBuf};

use super::{Disk, DiskFile, FileStatus, LostAttributes, TryLock};
use crate::store::platform;

/// The file system of this machine.
#[derive(Clone, Copy, Debug, Default)]
pub struct SystemDisk;

impl Disk for SystemDisk {
    fn create_new(&self, path: &Path) -> io::Result<Box<dyn DiskFile>> {
        let mut options = OpenOptions::new();
        platform::open_growing(&mut options);
        platform::make_private(&mut options);
        Ok(Box::new(options.create_new(true).open(path)?))
    }

    fn create_shared(&self, path: &Path) -> io::Result<Box<dyn DiskFile>> {
        let mut options = OpenOptions::new();
        platform::open_growing(&mut options);
        Ok(Box::new(options.create_new(true).open(path)?))
    }

    fn open(&self, path: &Path) -> io::Result<Box<dyn DiskFile>> {
        let mut options = OpenOptions::new();
        platform::open_growing(&mut options);
        // A link could lead anywhere.
        platform::open_at_once(&mut options, false);
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
        // Checked again on the open file: it may have become a pipe, which would wait for its other end.
        platform::open_at_once(&mut options, true);
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
            Err(error) if platform::is_no_link(&error) => Ok(None),
            Err(error) => Err(error),
        }
    }

    fn may_write(&self, path: &Path) -> bool {
        platform::may_write(path)
    }

    fn status(&self, path: &Path) -> io::Result<FileStatus> {
        fs::metadata(path).map(|about| status_of(&about))
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        platform::rename(from, to)
    }

    fn remove(&self, path: &Path) -> io::Result<()> {
        platform::remove(path)
    }

    fn list(&self, folder: &Path) -> io::Result<Vec<OsString>> {
        Ok(platform::read_folder(folder)?.into_iter().map(|entry| entry.name).collect())
    }

    fn make_folder(&self, folder: &Path) -> io::Result<()> {
        platform::make_private_folder(folder)
    }

    fn sync_folder(&self, folder: &Path) -> io::Result<()> {
        platform::sync_folder(folder)
    }

    fn replaces_open_files(&self) -> bool {
        platform::REPLACES_OPEN_FILES
    }
}

fn status_of(about: &fs::Metadata) -> FileStatus {
    FileStatus { is_file: about.is_file(), length: about.len(), modified: about.modified().ok() }
}

impl DiskFile for File {
    fn append(&mut self, bytes: &[u8]) -> io::Result<()> {
        platform::append(self, bytes)
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
        platform::copy_attributes(from, self)
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
        File::try_lock(self).into()
    }

    fn is_at(&self, path: &Path) -> bool {
        platform::is_same_file(self, path)
    }
}
