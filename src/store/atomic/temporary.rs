//! Names of the files that are beside a file while it is replaced.

use std::ffi::OsString;
use std::path::{Path, PathBuf};

use super::super::{hash::hash, host};
use super::links::parent_folder;

/// What the name of every such file begins with.
pub const START: &str = ".nianbao-";
/// What the name of a new content ends with.
pub const FILE: &str = ".tmp";
/// What the name of a note ends with.
pub const NOTE: &str = ".saving";

/// Returns a name for a file in the target's folder: short, whatever the target is called, and its own for
/// each target, machine, process and number.
pub fn temporary_path(target: &Path, number: usize) -> PathBuf {
    let (start, host, pid) = (name_start(target), host_hash(), std::process::id());
    parent_folder(target).join(OsString::from(format!("{start}{host}-{pid}-{number}{FILE}")))
}

/// Returns the name of the note that one program at a time can make, the same on all machines.
pub fn note_path(target: &Path) -> PathBuf {
    parent_folder(target).join(OsString::from(format!("{}{NOTE}", name_start(target))))
}

fn name_start(target: &Path) -> String {
    let name = target.file_name().map(|name| name.as_encoded_bytes().to_vec()).unwrap_or_default();
    format!("{START}{:08x}", hash(&name) as u32)
}

/// This machine, in the names of files.
pub fn host_hash() -> String {
    format!("{:08x}", hash(host::host_name().as_bytes()) as u32)
}
