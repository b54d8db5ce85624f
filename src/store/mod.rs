//! Drafts on disk: reading and writing them, and everything that keeps what was typed from being lost.
//!
//! A draft file is RON with its version first (INTERFACE.md, “Draft files”). It is read field by field
//! against the form it names, so a name that the form does not have, or that occurs twice, is refused with
//! its position; nothing is dropped. The modules below know nothing of files, and this one nothing of
//! terminals.

pub mod atomic;
pub mod backups;
mod cells;
mod comments;
mod compiled;
mod contents;
mod dirs;
pub mod disk;
mod document_kind;
mod error;
mod extras;
mod fingerprint;
pub mod folder;
mod folder_settings;
mod hash;
mod host;
pub mod journal;
mod load;
pub mod lock;
mod lock_owner;
mod path_text;
mod platform;
mod positions;
mod probe;
mod read_only;
mod reader;
pub mod recent;
pub mod settings;
mod stored_path;
mod stored_totals;
#[cfg(test)]
mod tests;
mod visitor;
mod write;

pub use contents::read_file;
pub use dirs::AppDirs;
pub use document_kind::document_kind;
pub use error::{Fault, StoreError, system_message};
pub use fingerprint::{FileChange, Fingerprint, detect_change, detect_change_by_content};
pub use folder_settings::{SETTINGS_NAME, SettingsFile, find_settings, read_settings};
pub use load::{Loaded, load, parse};
#[cfg(test)]
pub(crate) use platform::testing;
pub use positions::Positions;
pub use probe::{FolderProbe, probe_folder};
pub use read_only::{ReadOnly, read_only_mark, with_mark_lifted};
pub use stored_path::{absolute_path, stored_path};
pub use stored_totals::IgnoredTotal;
pub use write::{Saved, save_expected, save_on, to_ron};

/// The largest draft that is read, in bytes. A report of a whole city is under 100 KB; one compiled
/// from the reports of 300 000 units names them all and comes to 35 MB.
pub const LARGEST: u64 = 64 * 1024 * 1024;

/// The version of the draft files that are written, and the newest that is read.
pub const VERSION: u64 = 1;
