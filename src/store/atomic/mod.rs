//! Writing a file whole or not at all: beside it, flushed, renamed over it, the folder flushed.
//!
//! At every moment, a kill or a power cut included, either the old file or the new one is there.

mod leftovers;
mod links;
mod save_lock;
mod temporary;
#[cfg(test)]
mod tests;

use std::io;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use super::disk::{Disk, DiskFile, LostAttributes, SystemDisk, sync_folder};
use super::{Fault, Fingerprint, LARGEST, StoreError, platform};
pub use leftovers::remove_temporary_files;
use links::{parent_folder, resolve_links};
pub(super) use temporary::temporary_path;

/// What has to be in a file for a save to replace it.
#[derive(Clone, Copy, Debug)]
pub enum Expected<'a> {
    /// Whatever is there.
    Anything,
    /// No file.
    Nothing,
    /// This content, or no file.
    Content(&'a Fingerprint),
}

/// A file that was written, and what of the old one could not be kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Written {
    /// What could not be carried over.
    pub lost: LostAttributes,
    /// Whether the file's bytes are on the disk for certain. If not, this disk cannot flush files.
    pub synced: bool,
    /// When it was written, by the file's own clock, where that is known.
    pub modified: Option<SystemTime>,
}

impl Written {
    /// Returns what the clerk should know, or `None` if nothing: what could not be kept, and whether more
    /// people may read the file than before.
    pub fn warning(&self) -> Option<String> {
        let mut message = Vec::new();
        if !self.lost.names.is_empty() {
            message.push(format!("文件的{}没能保留", self.lost.names.join("、")));
        }
        if self.lost.more_readable {
            message.push("现在能读到它的人比原来多，请核对权限".into());
        }
        if !self.synced {
            message.push("这个磁盘不能确认写入，断电可能丢失刚存的内容".into());
        }
        (!message.is_empty()).then(|| message.join("；"))
    }
}

/// Writes a file so that at every moment either the old one or the new one is there, whole.
///
/// # Errors
/// Returns an error in the same cases as [`replace_file`].
pub fn write_file(path: &Path, bytes: &[u8]) -> Result<(), StoreError> {
    replace_file(path, bytes, Expected::Anything).map(drop)
}

/// Writes a file as [`write_file`] does if what is expected is in it, and returns what could not be kept.
/// Mode, owner, extended attributes and access lists stay; a symbolic link stays one, what it leads to is
/// replaced. Of several hard links only this name gets the new file: ask [`hard_link_count`] before.
///
/// # Errors
/// Returns [`Fault::Changed`] if something else is in the file, or was put over the new one at once, and an
/// error if the system refuses. The file is as it was, or as somebody else wrote it, and no other file is
/// left behind.
pub fn replace_file(path: &Path, bytes: &[u8], expected: Expected) -> Result<Written, StoreError> {
    replace_file_on(&SystemDisk, path, bytes, expected)
}

/// Writes a file on a disk as [`replace_file`] does.
///
/// # Errors
/// Returns an error in the same cases as [`replace_file`].
pub fn replace_file_on(
    disk: &dyn Disk,
    path: &Path,
    bytes: &[u8],
    expected: Expected,
) -> Result<Written, StoreError> {
    let failed = |error: io::Error| save_error(path, &error);
    let target = resolve_links(disk, path).map_err(failed)?;
    let is_there = match disk.status(&target) {
        Ok(old) if !old.is_file => return Err(not_a_file_error(path)),
        Ok(_) => true,
        Err(error) if error.kind() == io::ErrorKind::NotFound => false,
        Err(error) => return Err(failed(error)),
    };
    if is_there && !disk.may_write(&target) {
        let message = "保存失败：文件设成了只读，请另存为别的名字，或先放开它的写权限。原来的文件没有动";
        return Err(StoreError::new(path, Fault::System(io::ErrorKind::PermissionDenied), message));
    }
    let (beside, file) = create_beside(disk, &target, is_there).map_err(failed)?;
    let done = write_contents(file, bytes, &target, is_there).map_err(failed).and_then(|(lost, synced)| {
        let _turn = (is_there || !matches!(expected, Expected::Anything))
            .then(|| save_lock::acquire_save_lock(disk, &target));
        verify_expected(disk, path, &target, bytes, expected)?;
        disk.rename(&beside, &target).map_err(failed)?;
        let modified = verify_written(disk, path, &target, bytes, expected);
        Ok((lost, synced, modified))
    });
    let (lost, synced, modified) = done.inspect_err(|_| drop(disk.remove(&beside)))?;
    let modified = modified?;
    sync_folder(disk, &parent_folder(&target)).map_err(|error| {
        let mut failure = StoreError::system(path, "保存", &error);
        failure.message.push_str("。新的内容已写进文件，但没能确认落到磁盘，请再存一次");
        failure
    })?;
    Ok(Written { lost, synced, modified })
}

fn save_error(path: &Path, error: &io::Error) -> StoreError {
    let mut failure = StoreError::system(path, "保存", error);
    if failure.fault == Fault::Missing {
        failure.message = "保存失败：要存入的文件夹不存在，请先建好它，或存到别的位置".into();
    }
    failure.message.push_str("。原来的文件没有动");
    failure
}

fn not_a_file_error(path: &Path) -> StoreError {
    let message = "保存失败：这个名字已是一个文件夹、管道或设备，请换一个名字";
    StoreError::new(path, Fault::NotAFile, message)
}

/// Checks right before the rename that the file is the one expected, or already holds what is written.
fn verify_expected(
    disk: &dyn Disk,
    path: &Path,
    target: &Path,
    bytes: &[u8],
    expected: Expected,
) -> Result<(), StoreError> {
    let known = match expected {
        Expected::Anything => return Ok(()),
        Expected::Nothing => None,
        Expected::Content(known) => Some(known),
    };
    let is_expected = |now: &[u8]| known.is_some_and(|known| Fingerprint::of(now).same_content(known));
    match disk.read(target, LARGEST) {
        Ok((now, _)) if now == bytes || is_expected(&now) => Ok(()),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        Err(error) if error.kind() == io::ErrorKind::InvalidInput => Err(not_a_file_error(path)),
        Err(error) if error.kind() != io::ErrorKind::FileTooLarge => Err(save_error(path, &error)),
        _ => {
            let message = match known {
                None => "保存失败：这个名字下刚刚有了别人存的文件，没有覆盖它，请换一个名字",
                Some(_) => "保存失败：文件刚刚被别人改过，没有覆盖它，请再试一次",
            };
            Err(StoreError::new(path, Fault::Changed, message))
        }
    }
}

/// Checks right after the rename that the new file is still there: somebody without locks may have put
/// another one over it at the same moment. Returns when it was written.
fn verify_written(
    disk: &dyn Disk,
    path: &Path,
    target: &Path,
    bytes: &[u8],
    expected: Expected,
) -> Result<Option<SystemTime>, StoreError> {
    if matches!(expected, Expected::Anything) {
        return Ok(disk.status(target).ok().and_then(|status| status.modified));
    }
    match disk.read(target, LARGEST.max(bytes.len() as u64)) {
        Ok((now, status)) if now == bytes => Ok(status.modified),
        Ok(_) => {
            let message = "保存失败：刚存进去，就被别人同时存的盖住了，请再试一次";
            Err(StoreError::new(path, Fault::Changed, message))
        }
        // It was written; what is there is checked again later.
        Err(_) => Ok(None),
    }
}

/// Returns how many names (hard links) a file has; 1 if it does not exist or that is unknown. Saving gives
/// the new content to one of them only, so the clerk is warned first.
pub fn hard_link_count(path: &Path) -> u64 {
    platform::link_count(path).unwrap_or(1)
}

/// Fills the new file and gives it the attributes of the old one. Returns what was lost, and `false` if
/// this disk cannot flush files.
fn write_contents(
    mut file: Box<dyn DiskFile>,
    bytes: &[u8],
    target: &Path,
    has_old: bool,
) -> io::Result<(LostAttributes, bool)> {
    file.append(bytes)?;
    let lost = if has_old { file.copy_attributes(target) } else { LostAttributes::default() };
    Ok((lost, flush_result(file.sync_all())?))
}

/// Returns whether something was flushed: `false` if this file system cannot do so.
fn flush_result(result: io::Result<()>) -> io::Result<bool> {
    use io::ErrorKind as Kind;
    match result {
        Ok(()) => Ok(true),
        Err(error) => match error.kind() {
            Kind::PermissionDenied | Kind::InvalidInput | Kind::Unsupported => Ok(false),
            _ => Err(error),
        },
    }
}

/// Creates a new file in the target's folder. It is the writer's alone until it has the old file's mode.
fn create_beside(disk: &dyn Disk, target: &Path, private: bool) -> io::Result<(PathBuf, Box<dyn DiskFile>)> {
    if target.file_name().is_none() {
        return Err(io::ErrorKind::IsADirectory.into());
    }
    let mut last = io::Error::from(io::ErrorKind::AlreadyExists);
    for number in 0..100 {
        let beside = temporary_path(target, number);
        let made = if private { disk.create_new(&beside) } else { disk.create_shared(&beside) };
        match made {
            Ok(file) => return Ok((beside, file)),
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => last = error,
            Err(error) => return Err(error),
        }
    }
    Err(last)
}
