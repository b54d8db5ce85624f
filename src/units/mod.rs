//! The reports of many units: found in folders, checked, imported and added up, on all cores.
//!
//! What the commands and the screen over a folder both do is done here. Progress is passed to a closure;
//! nothing is printed, and messages are in the clerk's words.

mod carry;
mod compile;
mod current_units;
pub mod file_checker;
pub mod file_rules;
pub mod files;
mod folder_index;
mod folder_settings;
pub mod import;
pub mod input;
mod parallel;
mod return_notes;
mod scan;

use std::path::Path;
use std::time::SystemTime;

pub use carry::{carry_draft, draft_file_name, unread_carried};
pub use compile::{CompileJob, CompileOutcome, CompiledSum, compile_units, describe_list};
pub use current_units::read_units;
pub use folder_index::FolderIndex;
pub use folder_settings::{FolderSettings, Settings, settings_for};
pub use parallel::map_in_order;
pub use return_notes::{ReturnNote, return_notes};
pub use scan::{check_unit_file, find_roster, read_unit_file, roster_path, scan_folder};

use crate::store::{self, AppDirs, Fingerprint, backups};

/// Keeps what a draft's file holds as a version, for `nianbao history`. Returns the fingerprint of what
/// it holds, where that can be read.
pub fn keep_version(path: &Path, dirs: Option<&AppDirs>, now: SystemTime) -> Option<Fingerprint> {
    let bytes = store::read_file(path, store::LARGEST).ok()?;
    if let Some(dirs) = dirs {
        let path = store::absolute_path(path);
        // One more version is a convenience; the work itself does not depend on it.
        let _ = backups::save_backup(&dirs.backups(), &path, &bytes, now);
    }
    Some(Fingerprint::of(&bytes))
}
