//! The platform code of drafts on disk, for Unix.

mod attributes;
#[cfg(test)]
mod tests;

use std::ffi::OsString;
use std::fs::{self, File, OpenOptions};
use std::io::{self, Write};
use std::os::unix::ffi::OsStringExt;
use std::os::unix::fs::{DirBuilderExt, MetadataExt, OpenOptionsExt, PermissionsExt, fchown};
use std::path::{Path, PathBuf};

use rustix::fs::{Dir, FileType, Mode, OFlags};
use rustix::io::retry_on_intr;

pub use attributes::{copy_attributes, may_write};

use super::super::disk::TryLock;
use super::entry::{EntryKind, FolderEntry};

/// Whether a file can be replaced, renamed or removed while somebody has it open.
pub const REPLACES_OPEN_FILES: bool = true;

/// Returns the directories of this user's state and settings, or `None` for a user without a home.
pub fn user_dirs() -> Option<(PathBuf, PathBuf)> {
    let project = directories::ProjectDirs::from("", "", "nianbao")?;
    let state = project.state_dir().unwrap_or_else(|| project.data_local_dir());
    Some((state.into(), project.config_dir().into()))
}

/// Returns whether a file or a folder is marked as read-only for everybody.
pub fn is_read_only(path: &Path) -> bool {
    fs::metadata(path).is_ok_and(|about| about.permissions().mode() & 0o222 == 0)
}

/// Lets the owner write to a file; returns its permissions as they were.
pub fn make_writable(path: &Path) -> io::Result<fs::Permissions> {
    let marked = fs::metadata(path)?.permissions();
    fs::set_permissions(path, fs::Permissions::from_mode(marked.mode() | 0o200))?;
    Ok(marked)
}

/// Returns the name of this machine; it is empty if it has none.
pub fn machine_name() -> String {
    rustix::system::uname().nodename().to_string_lossy().into_owned()
}

/// Returns the number of the user.
pub fn user_id() -> String {
    rustix::process::getuid().as_raw().to_string()
}

/// Returns whether a process of this machine lives, or `None` if that is not known. One of another user
/// counts as living.
pub fn is_alive(pid: u32) -> Option<bool> {
    let pid = i32::try_from(pid).ok().and_then(rustix::process::Pid::from_raw);
    Some(pid.is_some_and(|pid| {
        !matches!(rustix::process::test_kill_process(pid), Err(error) if error == rustix::io::Errno::SRCH)
    }))
}

/// Returns whether whoever made a passing file is gone: the process `writer` of this machine.
pub fn is_abandoned(_: &Path, writer: u32) -> bool {
    is_alive(writer) == Some(false)
}

/// Returns when a process of this machine began, in clock ticks since the machine started, with the
/// machine's start mixed in; `None` if the system does not report it, as only Linux does.
pub fn process_start(pid: u32) -> Option<u64> {
    let about = fs::read_to_string(format!("/proc/{pid}/stat")).ok()?;
    // The name in parentheses may hold anything; the start is the 20th item after it.
    let ticks: u64 = about.rsplit_once(')')?.1.split_ascii_whitespace().nth(19)?.parse().ok()?;
    let boot = fs::read_to_string("/proc/sys/kernel/random/boot_id").unwrap_or_default();
    Some(ticks ^ super::super::hash::hash(boot.as_bytes()))
}

/// Returns whether an open file is the one that this path leads to now.
pub fn is_same_file(file: &File, path: &Path) -> bool {
    let place = |about: fs::Metadata| (about.dev(), about.ino());
    match (file.metadata(), fs::metadata(path)) {
        (Ok(open), Ok(there)) => place(open) == place(there),
        _ => false,
    }
}

/// Returns how many names (hard links) a file has, or `None` if it does not exist.
pub fn link_count(path: &Path) -> Option<u64> {
    fs::metadata(path).ok().map(|about| about.nlink())
}

/// Returns how many bytes this user may still write in a folder, or `None` if the system does not report
/// it.
pub fn free_bytes(folder: &Path) -> Option<u64> {
    let about = rustix::fs::statvfs(folder).ok()?;
    about.f_bavail.checked_mul(about.f_frsize)
}

/// Returns the path of these bytes, as [`std::ffi::OsStr::as_encoded_bytes`] gives them.
pub fn path_from_bytes(bytes: Vec<u8>) -> PathBuf {
    OsString::from_vec(bytes).into()
}

/// Returns a path without what only this system puts before it.
pub fn simplify(path: PathBuf) -> PathBuf {
    path
}

/// Lets only this user read and write the file that is created.
pub fn make_private(options: &mut OpenOptions) {
    options.mode(0o600);
}

/// Lets opening never wait for the other end of a pipe, and with `follow` false not follow a link.
pub fn open_at_once(options: &mut OpenOptions, follow: bool) {
    let flags = if follow { OFlags::NONBLOCK } else { OFlags::NONBLOCK | OFlags::NOFOLLOW };
    options.custom_flags(flags.bits().cast_signed());
}

/// Lets the file be read, and grow at its end by [`append`].
pub fn open_growing(options: &mut OpenOptions) {
    options.read(true).append(true);
}

/// Writes bytes at the end of a file opened with [`open_growing`].
///
/// # Errors
/// Returns an error if the system refuses; a part of the bytes may have been written.
pub fn append(file: &mut File, bytes: &[u8]) -> io::Result<()> {
    file.write_all(bytes)
}

/// Makes a folder, with those above it, readable by this user alone, unless it exists.
///
/// # Errors
/// Returns an error if the system refuses.
pub fn make_private_folder(folder: &Path) -> io::Result<()> {
    fs::DirBuilder::new().recursive(true).mode(0o700).create(folder)
}

/// Waits until the names in a folder are on the disk.
///
/// # Errors
/// Returns an error if the system refuses; some file systems cannot flush a folder.
pub fn sync_folder(folder: &Path) -> io::Result<()> {
    let mut options = OpenOptions::new();
    options.read(true).custom_flags(OFlags::DIRECTORY.bits().cast_signed());
    options.open(folder)?.sync_all()
}

/// Renames a file, replacing the file that had the new name.
///
/// # Errors
/// Returns an error if the system refuses.
pub fn rename(from: &Path, to: &Path) -> io::Result<()> {
    fs::rename(from, to)
}

/// Removes a file.
///
/// # Errors
/// Returns an error if the system refuses.
pub fn remove(path: &Path) -> io::Result<()> {
    fs::remove_file(path)
}

/// Returns whether another program that has the file open made this error.
pub fn is_open_elsewhere(_: &io::Error) -> bool {
    false
}

/// Returns whether the path is no link, by the error of reading it as one.
pub fn is_no_link(error: &io::Error) -> bool {
    matches!(error.kind(), io::ErrorKind::InvalidInput | io::ErrorKind::NotFound)
}

/// Opens a draft's lock file and tries to lock it, until the file is closed. The file is open for writing,
/// unless it is another user's.
///
/// # Errors
/// Returns an error if the file cannot be opened, or is not a regular file.
pub fn open_locked(path: &Path) -> io::Result<(File, TryLock)> {
    let mut options = OpenOptions::new();
    let file = match open_regular(path, options.read(true).write(true).create(true).truncate(false)) {
        Err(error) if error.kind() == io::ErrorKind::PermissionDenied && path.exists() => {
            open_regular(path, OpenOptions::new().read(true))?
        }
        other => other?,
    };
    let lock = file.try_lock().into();
    Ok((file, lock))
}

/// Opens a regular file and nothing else. A link planted under this name in a shared folder must not
/// lead the owner line elsewhere, and a pipe would wait for its other end.
fn open_regular(path: &Path, options: &mut OpenOptions) -> io::Result<File> {
    open_at_once(options, false);
    let file = options.open(path)?;
    if file.metadata()?.is_file() { Ok(file) } else { Err(io::ErrorKind::InvalidInput.into()) }
}

/// Lets everybody who can read the draft read its lock, and gives the lock the draft's group.
pub fn copy_read_access(draft: &Path, lock: &File) {
    if let Ok(about) = fs::metadata(draft) {
        let _ = fchown(lock, None, Some(about.gid()));
        let _ = lock.set_permissions(fs::Permissions::from_mode((about.mode() & 0o666) | 0o600));
    }
}

/// Returns everything in a folder, in no order, without `.` and `..`.
///
/// # Errors
/// Returns an error if the folder cannot be opened or read to its end. Errors of closing it are ignored.
pub fn read_folder(folder: &Path) -> io::Result<Vec<FolderEntry>> {
    let flags = OFlags::RDONLY | OFlags::DIRECTORY | OFlags::CLOEXEC;
    let mut dir = Dir::new(retry_on_intr(|| rustix::fs::open(folder, flags, Mode::empty()))?)?;
    let mut entries = Vec::new();
    while let Some(entry) = dir.read() {
        let entry = entry?;
        let name = entry.file_name().to_bytes();
        if matches!(name, b"." | b"..") {
            continue;
        }
        let name = OsString::from_vec(name.to_vec());
        let kind = match entry.file_type() {
            FileType::RegularFile => EntryKind::File,
            FileType::Directory => EntryKind::Folder,
            FileType::Symlink => EntryKind::Link,
            // Some file systems do not say.
            FileType::Unknown => folder
                .join(&name)
                .symlink_metadata()
                .map_or(EntryKind::Other, |about| about.file_type().into()),
            _ => EntryKind::Other,
        };
        entries.push(FolderEntry { name, kind });
    }
    Ok(entries)
}
