//! The platform code of drafts on disk, for Windows.
//!
//! There a file that somebody has open cannot be replaced, and may not even be read: who opens it says
//! what others may do meanwhile. A lock by `LockFileEx` would keep others from reading who holds it, so
//! the lock of a draft is a file that is open for writing and shared for reading alone.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Seek, SeekFrom, Write};
use std::os::windows::fs::OpenOptionsExt;
use std::path::{Component, Path, PathBuf, Prefix};
use std::thread::sleep;
use std::time::{Duration, SystemTime};

use winapi_util::{file::information, sysinfo};

use super::super::disk::{LostAttributes, TryLock};
use super::entry::FolderEntry;

/// Whether a file can be replaced, renamed or removed while somebody has it open.
pub const REPLACES_OPEN_FILES: bool = false;

/// `FILE_SHARE_READ` and all of them, as `CreateFileW` numbers what others may do with a file meanwhile.
const SHARE_READ: u32 = 1;
const SHARE_ALL: u32 = 7;
/// What `CreateFileW` and `MoveFileExW` fail with where somebody else has the file open.
const ACCESS_DENIED: i32 = 5;
const SHARING_VIOLATION: i32 = 32;
const LOCK_VIOLATION: i32 = 33;
/// A virus scanner looks at a new file for a moment: the pauses between attempts to rename or remove it,
/// in milliseconds.
const PAUSES: [u64; 6] = [5, 20, 50, 100, 200, 400];
/// A passing file that nobody has open and that is older than this was left by a program that was killed.
const ABANDONED: Duration = Duration::from_secs(10 * 60);

/// Returns the directories of this user's state and settings, `%LOCALAPPDATA%\nianbao` and
/// `%APPDATA%\nianbao`, or `None` for a user without them. The variables of other systems say otherwise.
pub fn user_dirs() -> Option<(PathBuf, PathBuf)> {
    let known = directories::BaseDirs::new()?;
    let named = |name: &str| std::env::var_os(name).map(PathBuf::from).filter(|path| path.has_root());
    let state = named("XDG_STATE_HOME").unwrap_or_else(|| known.data_local_dir().into());
    let config = named("XDG_CONFIG_HOME").unwrap_or_else(|| known.config_dir().into());
    Some((state.join("nianbao"), config.join("nianbao")))
}

/// Returns whether a file is marked as read-only; the mark of a folder means something else here.
pub fn is_read_only(path: &Path) -> bool {
    fs::metadata(path).is_ok_and(|about| about.is_file() && about.permissions().readonly())
}

/// Takes the mark off a file; returns its permissions as they were.
#[allow(clippy::permissions_set_readonly_false, reason = "it is one mark here, not the rights of everybody")]
pub fn make_writable(path: &Path) -> io::Result<fs::Permissions> {
    let marked = fs::metadata(path)?.permissions();
    let mut writable = marked.clone();
    writable.set_readonly(false);
    fs::set_permissions(path, writable)?;
    Ok(marked)
}

/// Returns the name of this machine; it is empty if it has none.
pub fn machine_name() -> String {
    let name = sysinfo::get_computer_name(sysinfo::ComputerNameKind::PhysicalDnsHostname);
    name.unwrap_or_default().to_string_lossy().into_owned()
}

/// Returns the number of the user; it has none.
pub fn user_id() -> String {
    String::new()
}

/// Returns whether a process of this machine lives: `None`, since that is not known here.
pub fn is_alive(_: u32) -> Option<bool> {
    None
}

/// Returns whether whoever made a passing file is gone.
pub fn is_abandoned(path: &Path, _: u32) -> bool {
    let modified = fs::metadata(path).and_then(|about| about.modified());
    let age = modified.map(|modified| SystemTime::now().duration_since(modified).unwrap_or_default());
    age.is_ok_and(|age| age > ABANDONED) && OpenOptions::new().read(true).share_mode(0).open(path).is_ok()
}

/// Returns when a process began: `None`, since that is not known here.
pub fn process_start(_: u32) -> Option<u64> {
    None
}

/// Returns whether an open file is the one that this path leads to now.
pub fn is_same_file(file: &File, path: &Path) -> bool {
    let place =
        |file: &File| information(file).map(|about| (about.volume_serial_number(), about.file_index()));
    match (place(file), File::open(path).and_then(|there| place(&there))) {
        // Not every file system numbers its volume.
        (Ok((0, open)), Ok((_, there))) | (Ok((_, open)), Ok((0, there))) => open == there,
        (Ok(open), Ok(there)) => open == there,
        _ => false,
    }
}

/// Returns how many names (hard links) a file has, or `None` if it does not exist.
pub fn link_count(path: &Path) -> Option<u64> {
    File::open(path).and_then(information).ok().map(|about| about.number_of_links())
}

/// Returns how many bytes are free: `None`, since that is not known here.
pub fn free_bytes(_: &Path) -> Option<u64> {
    None
}

/// Returns the path of these bytes, as [`std::ffi::OsStr::as_encoded_bytes`] gives them.
pub fn path_from_bytes(bytes: Vec<u8>) -> PathBuf {
    String::from_utf8_lossy(&bytes).into_owned().into()
}

/// Returns a path without the `\\?\` that the system puts before it, which other programs do not read.
pub fn simplify(path: PathBuf) -> PathBuf {
    let mut parts = path.components();
    let start = match parts.next() {
        Some(Component::Prefix(prefix)) => match prefix.kind() {
            Prefix::VerbatimDisk(letter) => format!("{}:", char::from(letter)).into(),
            Prefix::VerbatimUNC(server, share) => {
                let mut start = std::ffi::OsString::from(r"\\");
                start.extend([server, r"\".as_ref(), share]);
                start
            }
            _ => return path,
        },
        _ => return path,
    };
    let mut whole = start;
    whole.push(parts.as_path());
    whole.into()
}

/// Lets only this user read and write the file that is created: as the folder says, here.
pub fn make_private(_: &mut OpenOptions) {}

/// Lets opening never wait for the other end of a pipe: pipes are elsewhere, here.
pub fn open_at_once(_: &mut OpenOptions, _: bool) {}

/// Lets the file be read, and grow at its end by [`append`]. A file opened for appending alone could not
/// be cut back.
pub fn open_growing(options: &mut OpenOptions) {
    options.read(true).write(true);
}

/// Writes bytes at the end of a file opened with [`open_growing`].
///
/// # Errors
/// Returns an error if the system refuses; a part of the bytes may have been written.
pub fn append(file: &mut File, bytes: &[u8]) -> io::Result<()> {
    file.seek(SeekFrom::End(0))?;
    file.write_all(bytes)
}

/// Makes a folder, with those above it, unless it exists. Who can read it, the folder above says.
///
/// # Errors
/// Returns an error if the system refuses.
pub fn make_private_folder(folder: &Path) -> io::Result<()> {
    fs::create_dir_all(folder)
}

/// Waits until the names in a folder are on the disk: the file system keeps a journal of them itself.
///
/// # Errors
/// Never returns an error.
pub fn sync_folder(_: &Path) -> io::Result<()> {
    Ok(())
}

/// Renames a file, replacing the file that had the new name. Tries again for a moment while somebody has
/// it open.
///
/// # Errors
/// Returns an error if the system refuses.
pub fn rename(from: &Path, to: &Path) -> io::Result<()> {
    retry(|| fs::rename(from, to)).map_err(|error| match error.raw_os_error() {
        // Its folder could be written to, or there would be no file to rename.
        Some(ACCESS_DENIED) if to.is_file() => io::Error::from_raw_os_error(SHARING_VIOLATION),
        _ => error,
    })
}

/// Removes a file. Tries again for a moment while somebody has it open.
///
/// # Errors
/// Returns an error if the system refuses.
pub fn remove(path: &Path) -> io::Result<()> {
    retry(|| fs::remove_file(path))
}

fn retry(attempt: impl Fn() -> io::Result<()>) -> io::Result<()> {
    let mut result = attempt();
    for pause in PAUSES {
        match &result {
            Err(error) if matches!(error.raw_os_error(), Some(ACCESS_DENIED | SHARING_VIOLATION)) => {
                sleep(Duration::from_millis(pause));
                result = attempt();
            }
            _ => break,
        }
    }
    result
}

/// Returns whether another program that has the file open made this error.
pub fn is_open_elsewhere(error: &io::Error) -> bool {
    matches!(error.raw_os_error(), Some(SHARING_VIOLATION | LOCK_VIOLATION))
}

/// Returns whether the path is no link, by the error of reading it as one: there is an error for every
/// file system.
pub fn is_no_link(_: &io::Error) -> bool {
    true
}

/// Opens a draft's lock file and locks it, until the file is closed. The file is open for writing, unless
/// somebody else holds the lock or it is another user's.
///
/// # Errors
/// Returns an error if the file cannot be opened, or is not a regular file.
pub fn open_locked(path: &Path) -> io::Result<(File, TryLock)> {
    let open = |write: bool, share: u32| {
        let file = OpenOptions::new().read(true).write(write).create(write).share_mode(share).open(path)?;
        if file.metadata()?.is_file() { Ok(file) } else { Err(io::Error::from(io::ErrorKind::InvalidInput)) }
    };
    let is_held = |error: &io::Error| error.raw_os_error() == Some(SHARING_VIOLATION);
    match open(true, SHARE_READ) {
        Ok(file) => Ok((file, TryLock::Acquired)),
        Err(error) if is_held(&error) => Ok((open(false, SHARE_ALL)?, TryLock::Held)),
        Err(error) if error.kind() == io::ErrorKind::PermissionDenied && path.is_file() => {
            match open(false, SHARE_READ) {
                Ok(file) => Ok((file, TryLock::Acquired)),
                Err(error) if is_held(&error) => Ok((open(false, SHARE_ALL)?, TryLock::Held)),
                Err(error) => Err(error),
            }
        }
        Err(error) => Err(error),
    }
}

/// Lets everybody who can read the draft read its lock: the folder says so of both, here.
pub fn copy_read_access(_: &Path, _: &File) {}

/// Returns whether this user may write into the file.
pub fn may_write(path: &Path) -> bool {
    fs::metadata(path).is_ok_and(|about| !about.permissions().readonly())
}

/// Copies the attributes of the old file to the new one, as far as the folder does not give them.
pub fn copy_attributes(from: &Path, to: &File) -> LostAttributes {
    let set = fs::metadata(from).and_then(|old| to.set_permissions(old.permissions()));
    let names = if set.is_err() { vec!["权限"] } else { Vec::new() };
    LostAttributes { names, more_readable: false }
}

/// Returns everything in a folder, in no order, without `.` and `..`.
///
/// # Errors
/// Returns an error if the folder cannot be opened or read to its end.
pub fn read_folder(folder: &Path) -> io::Result<Vec<FolderEntry>> {
    let entry = |entry: io::Result<fs::DirEntry>| {
        let entry = entry?;
        Ok(FolderEntry { kind: entry.file_type()?.into(), name: entry.file_name() })
    };
    fs::read_dir(folder)?.map(entry).collect()
}
