//! Writing a file whole or not at all: beside it, flushed, renamed over it, the folder flushed.
//!
//! At every moment, a kill or a power cut included, either the old file or the new one is there.

#[cfg(all(test, unix))]
mod tests;

use std::ffi::OsString;
use std::io;
use std::path::{Path, PathBuf};

use super::disk::{Disk, DiskFile, FileStatus, Lost, SystemDisk};
use super::{Fault, StoreError, fingerprint, machine};

/// How many symbolic links are followed before they are taken for a loop.
const LINKS: usize = 40;

/// A file that was written, and what of the old one could not be kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Written {
    /// The file itself, where the name given was a symbolic link.
    pub target: PathBuf,
    /// What could not be carried over.
    pub lost: Lost,
    /// Whether the folder could be flushed as well. Where not, a power cut within the next seconds
    /// may bring the old file back, whole.
    pub flushed: bool,
}

/// Writes a file so that at every moment either the old one or the new one is there, whole.
///
/// # Errors
/// As [`replace`].
pub fn write(path: &Path, bytes: &[u8]) -> Result<(), StoreError> {
    replace(path, bytes).map(drop)
}

/// Writes a file as [`write()`] does and tells what could not be kept. Mode, owner, extended attributes
/// and access lists stay; a symbolic link stays one, what it leads to is replaced. Of several hard
/// links only this name gets the new file: ask [`links`] before.
///
/// # Errors
/// What the system refused. The old file is as it was, and no other file is left behind.
pub fn replace(path: &Path, bytes: &[u8]) -> Result<Written, StoreError> {
    replace_on(&SystemDisk, path, bytes)
}

/// Writes a file on a disk as [`replace`] does.
///
/// # Errors
/// As [`replace`].
pub fn replace_on(disk: &dyn Disk, path: &Path, bytes: &[u8]) -> Result<Written, StoreError> {
    let failed = |error: io::Error| {
        let mut failure = StoreError::system(path, "保存", &error);
        if failure.fault == Fault::Missing {
            failure.words = "保存失败：要存入的文件夹不存在，请先建好它，或存到别的位置".into();
        }
        failure.words.push_str("。原来的文件没有动");
        failure
    };
    let target = target(disk, path).map_err(failed)?;
    let old = match disk.status(&target) {
        Ok(old) => Some(old),
        Err(error) if error.kind() == io::ErrorKind::NotFound => None,
        Err(error) => return Err(failed(error)),
    };
    if old.as_ref().is_some_and(|old| !old.is_file) {
        let words = "保存失败：这个名字已是一个文件夹或设备，请换一个名字";
        return Err(StoreError::new(path, Fault::NotAFile, words));
    }
    if old.is_some() && !disk.may_write(&target) {
        let words = "保存失败：文件设成了只读，请另存为别的名字，或先放开它的写权限。原来的文件没有动";
        return Err(StoreError::new(path, Fault::System(io::ErrorKind::PermissionDenied), words));
    }
    let (beside, file) = create_beside(disk, &target, old.is_some()).map_err(failed)?;
    match fill(file, bytes, &target, old.as_ref())
        .and_then(|lost| disk.rename(&beside, &target).map(|()| lost))
    {
        Ok(lost) => {
            let flushed = flush_folder(disk, &target).map_err(|error| {
                let mut failure = StoreError::system(path, "保存", &error);
                failure.words.push_str("。新的内容已写进文件，但没能确认落到磁盘，请再存一次");
                failure
            })?;
            Ok(Written { target, lost, flushed })
        }
        Err(error) => {
            let _ = disk.remove(&beside);
            Err(failed(error))
        }
    }
}

/// How many names (hard links) a file has; 1 where it is not there or that cannot be told. Saving
/// gives the new content to one of them only, so the clerk is told before.
pub fn links(path: &Path) -> u64 {
    std::fs::metadata(path).map_or(1, |about| names(&about))
}

/// How many names the file has.
#[cfg(unix)]
fn names(about: &std::fs::Metadata) -> u64 {
    use std::os::unix::fs::MetadataExt;
    about.nlink()
}

#[cfg(not(unix))]
fn names(_: &std::fs::Metadata) -> u64 {
    1
}

/// Removes what saves of this file left beside it when they were killed: files of processes of this
/// machine that are gone. Errors are nothing to tell.
pub fn sweep(path: &Path) {
    let disk = &SystemDisk;
    let Ok(target) = target(disk, path) else { return };
    let prefix = prefix(&target);
    let Ok(names) = disk.list(&folder(&target)) else { return };
    for name in names {
        let writer = name.to_str().and_then(|name| name.strip_prefix(&prefix)?.strip_suffix(".tmp"));
        let writer = writer.and_then(|rest| rest.split('-').next()?.parse().ok());
        if writer.is_some_and(|pid| !machine::is_alive(pid)) {
            let _ = disk.remove(&folder(&target).join(&name));
        }
    }
}

/// Fills the new file and gives it what the old one had.
fn fill(
    mut file: Box<dyn DiskFile>,
    bytes: &[u8],
    target: &Path,
    old: Option<&FileStatus>,
) -> io::Result<Lost> {
    file.append(bytes)?;
    let lost = old.map_or_else(Lost::default, |_| file.copy_attributes(target));
    file.sync_all()?;
    Ok(lost)
}

/// The file that a path leads to through symbolic links, there or not.
fn target(disk: &dyn Disk, path: &Path) -> io::Result<PathBuf> {
    let mut target = path.to_path_buf();
    for _ in 0..LINKS {
        match disk.link_target(&target)? {
            Some(next) => target = folder(&target).join(next),
            // Not a link, or not there: this is the name to write.
            None => return Ok(target),
        }
    }
    Err(io::Error::other("符号链接绕成了圈"))
}

fn folder(target: &Path) -> PathBuf {
    let folder = target.parent().filter(|folder| !folder.as_os_str().is_empty());
    folder.map_or_else(|| PathBuf::from("."), Path::to_path_buf)
}

/// What the names of files beside the target begin with: short, whatever the target is called, and
/// its own for each target and machine.
fn prefix(target: &Path) -> String {
    let name = target.file_name().map(|name| name.as_encoded_bytes().to_vec()).unwrap_or_default();
    let host = fingerprint::hash(machine::host().as_bytes()) as u32;
    format!(".nianbao-{:08x}{host:08x}-", fingerprint::hash(&name) as u32)
}

/// A new file in the target's folder. It is the writer's alone until it has the old file's mode.
fn create_beside(disk: &dyn Disk, target: &Path, private: bool) -> io::Result<(PathBuf, Box<dyn DiskFile>)> {
    if target.file_name().is_none() {
        return Err(io::ErrorKind::IsADirectory.into());
    }
    let prefix = prefix(target);
    let mut last = io::Error::from(io::ErrorKind::AlreadyExists);
    for number in 0..100 {
        let name = OsString::from(format!("{prefix}{}-{number}.tmp", std::process::id()));
        let beside = folder(target).join(name);
        let made = if private { disk.create_new(&beside) } else { disk.create_shared(&beside) };
        match made {
            Ok(file) => return Ok((beside, file)),
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => last = error,
            Err(error) => return Err(error),
        }
    }
    Err(last)
}

/// Flushes the folder, so that the rename outlives a power cut. False where folders cannot be
/// flushed here: some network file systems refuse it, and a folder one may not list cannot be opened.
fn flush_folder(disk: &dyn Disk, target: &Path) -> io::Result<bool> {
    use io::ErrorKind as Kind;
    match disk.sync_folder(&folder(target)) {
        Ok(()) => Ok(true),
        Err(error) => match error.kind() {
            Kind::PermissionDenied | Kind::InvalidInput | Kind::Unsupported => Ok(false),
            _ => Err(error),
        },
    }
}
