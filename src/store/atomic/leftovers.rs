//! What killed saves have left beside a file.

use std::path::Path;

use super::super::disk::{Disk, SystemDisk};
use super::super::platform;
use super::links::{parent_folder, resolve_links};
use super::save_lock;
use super::temporary::{FILE, NOTE, START, host_hash};

/// At most this many names of a folder are examined, so that a huge folder does not delay a save.
const MAX_NAMES: usize = 50_000;

/// Removes what killed saves have left in the folder of a file: files of processes of this machine that are
/// gone. Nothing else there is touched, and errors are ignored.
pub fn remove_temporary_files(path: &Path) {
    let disk = &SystemDisk;
    let Ok(target) = resolve_links(disk, path) else { return };
    let (host, folder) = (host_hash(), parent_folder(&target));
    for name in disk.list(&folder).unwrap_or_default().into_iter().take(MAX_NAMES) {
        let Some(rest) = name.to_str().and_then(|name| name.strip_prefix(START)) else { continue };
        let path = folder.join(&name);
        let is_file = || std::fs::symlink_metadata(&path).is_ok_and(|about| about.is_file());
        let is_left = match rest.strip_suffix(FILE) {
            Some(rest) => writer_pid(rest, &host).is_some_and(|pid| platform::is_abandoned(&path, pid)),
            None => rest.len() == 8 + NOTE.len() && rest.ends_with(NOTE) && save_lock::is_stale(disk, &path),
        };
        if is_left && is_file() {
            let _ = disk.remove(&path);
        }
    }
}

/// Returns the process of this machine that wrote a file, by what follows [`START`] in its name.
fn writer_pid(rest: &str, host: &str) -> Option<u32> {
    let (names, rest) = rest.split_once('-')?;
    let (pid, number) = rest.split_once('-')?;
    let is_hex = |text: &str| text.len() == 8 && text.bytes().all(|b| b.is_ascii_hexdigit());
    let ours = names.get(..8).is_some_and(is_hex) && names.get(8..) == Some(host);
    number.parse::<u32>().ok()?;
    pid.parse().ok().filter(|_| ours)
}
