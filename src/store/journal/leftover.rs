//! What earlier sessions left, one thing after another, until the clerk has decided about all of it.

use std::path::{Path, PathBuf};

use super::super::disk::{Disk, sync_folder};
use super::super::{Fault, StoreError};
use super::orphan::{JournalQuery, OrphanJournal, find_orphans};
use super::recovery::{Recovery, recover};
use crate::draft::Draft;
use crate::form::Library;

/// What an earlier session left.
#[derive(Debug)]
pub enum Leftover {
    /// Changes that are in no file.
    Changes(Box<(OrphanJournal, Recovery)>),
    /// A journal that cannot be read: why, and under which name it is kept.
    Unreadable(OrphanJournal, StoreError, PathBuf),
}

/// Returns the next thing that an earlier session left, the last written first, except those that are
/// `known` already; `file` is what the draft's file holds now. What holds nothing new is removed.
pub fn next_leftover(
    disk: &dyn Disk,
    library: &Library,
    folder: &Path,
    query: JournalQuery,
    file: Option<&Draft>,
    known: &[&Path],
) -> Option<Leftover> {
    let all = find_orphans(disk, folder, query);
    let new: Vec<_> = all.into_iter().filter(|orphan| !known.contains(&orphan.path.as_path())).collect();
    // A kill may have come before the file's new name was on the disk: what is only in the file may still
    // go with the power, so nothing else that holds it is removed before.
    let parent = match query {
        JournalQuery::ForDraft(draft, _) if !new.is_empty() => draft.parent(),
        _ => None,
    };
    let is_kept = parent.is_none_or(|parent| sync_folder(disk, parent).is_ok());
    // All are held until one is found, so that the order is not another program's to change.
    new.into_iter().find_map(|orphan| examine(disk, library, orphan, file, is_kept))
}

fn examine(
    disk: &dyn Disk,
    library: &Library,
    mut orphan: OrphanJournal,
    file: Option<&Draft>,
    is_kept: bool,
) -> Option<Leftover> {
    let name = orphan.path.display().to_string();
    let bytes = match orphan.read() {
        Ok(bytes) => bytes,
        Err(error) => return Some(unreadable(disk, orphan, error)),
    };
    match recover(&name, &bytes, library) {
        // The file was named and never flushed when the machine went down: it never held anything.
        Err(_) if bytes.iter().all(|byte| *byte == 0) => {
            let _ = orphan.discard(disk);
            None
        }
        Err(error) => Some(unreadable(disk, orphan, error)),
        // The kill may have come between the save and the record of it.
        Ok(recovery) if recovery.is_saved() || file == Some(&recovery.draft) => {
            if recovery.damaged_bytes > 0 {
                let message = format!("恢复记录第 {} 步以后的内容已损坏，无法读取", recovery.steps);
                let error = StoreError { file: name, at: None, fault: Fault::Content, message };
                return Some(unreadable(disk, orphan, error));
            }
            if is_kept {
                let _ = orphan.discard(disk);
            }
            None
        }
        Ok(recovery) => Some(Leftover::Changes(Box::new((orphan, recovery)))),
    }
}

/// Renames a damaged journal, so that it is reported once and kept; one that another version wrote, or
/// whose form is missing, stays for whoever can read it.
fn unreadable(disk: &dyn Disk, orphan: OrphanJournal, error: StoreError) -> Leftover {
    let aside = match error.fault {
        Fault::Content => orphan.set_aside(disk).ok(),
        _ => None,
    };
    let path = aside.unwrap_or_else(|| orphan.path.clone());
    Leftover::Unreadable(orphan, error, path)
}
