//! Files that stand beside a file while it is replaced, and what is left of them after a kill.

use std::ffi::OsString;
use std::path::{Path, PathBuf};

use super::super::disk::{Disk, SystemDisk};
use super::super::{fingerprint, host};
use super::{parent_folder, save_lock};

const START: &str = ".nianbao-";
const FILE: &str = ".tmp";
const NOTE: &str = ".saving";
/// Of a folder with more names than this, only so many are looked through: it must not take long.
const LOOKED_THROUGH: usize = 50_000;

/// A name for a file in the target's folder: short, whatever the target is called, and its own for
/// each target, machine, process and number.
pub fn temporary_path(target: &Path, number: usize) -> PathBuf {
    let (start, host, pid) = (name_start(target), host_hash(), std::process::id());
    parent_folder(target).join(OsString::from(format!("{start}{host}-{pid}-{number}{FILE}")))
}

/// The name of the note that one program at a time can make, the same on all machines.
pub fn note_path(target: &Path) -> PathBuf {
    parent_folder(target).join(OsString::from(format!("{}{NOTE}", name_start(target))))
}

fn name_start(target: &Path) -> String {
    let name = target.file_name().map(|name| name.as_encoded_bytes().to_vec()).unwrap_or_default();
    format!("{START}{:08x}", fingerprint::hash(&name) as u32)
}

/// This machine, in the names of files.
pub fn host_hash() -> String {
    format!("{:08x}", fingerprint::hash(host::host_name().as_bytes()) as u32)
}

/// Removes what killed saves have left in the folder of a file: files of processes of this machine
/// that are gone. Nothing else there is touched, and errors are nothing to tell.
pub fn remove_leftovers(path: &Path) {
    let disk = &SystemDisk;
    let Ok(target) = super::resolve_links(disk, path) else { return };
    let (host, folder) = (host_hash(), parent_folder(&target));
    for name in disk.list(&folder).unwrap_or_default().into_iter().take(LOOKED_THROUGH) {
        let Some(rest) = name.to_str().and_then(|name| name.strip_prefix(START)) else { continue };
        let path = folder.join(&name);
        let is_file = || std::fs::symlink_metadata(&path).is_ok_and(|about| about.is_file());
        let is_left = match rest.strip_suffix(FILE) {
            Some(rest) => writer_pid(rest, &host).is_some_and(|pid| !host::is_alive(pid)),
            None => rest.len() == 8 + NOTE.len() && rest.ends_with(NOTE) && save_lock::is_stale(disk, &path),
        };
        if is_left && is_file() {
            let _ = disk.remove(&path);
        }
    }
}

/// The process of this machine that wrote a file, by what follows [`START`] in its name.
fn writer_pid(rest: &str, host: &str) -> Option<u32> {
    let (names, rest) = rest.split_once('-')?;
    let (pid, number) = rest.split_once('-')?;
    let is_hex = |text: &str| text.len() == 8 && text.bytes().all(|b| b.is_ascii_hexdigit());
    let ours = names.get(..8).is_some_and(is_hex) && names.get(8..) == Some(host);
    number.parse::<u32>().ok()?;
    pid.parse().ok().filter(|_| ours)
}
