//! Small errands on this machine: the user's keys, paths, the clipboard, files to hand in or read.

use std::path::{Path, PathBuf};

use crossterm::Command;
use crossterm::clipboard::CopyToClipboard;

use crate::draft::Draft;
use crate::editor::{Keymap, SaveError, SavedVersion};
use crate::export::Format;
use crate::form::{Form, Library};
use crate::import::LARGEST;
use crate::store::atomic::{self, Expected, Written};
use crate::store::{self, AppDirs, Fault, backups};

/// The longest text that is put on the terminal's clipboard; many terminals drop longer ones.
const MAX_CLIPBOARD: usize = 70_000;

/// Writes a report in a format, whole or not at all.
pub fn export(
    format: Format,
    path: &Path,
    form: &Form,
    draft: &Draft,
    overwrite: bool,
) -> Result<Written, SaveError> {
    if !overwrite && path.symlink_metadata().is_ok() {
        return Err(SaveError::Exists);
    }
    let bytes = format.write(form, draft).map_err(|error| SaveError::Failed(error.to_string()))?;
    atomic::remove_leftovers(path);
    let expected = if overwrite { Expected::Anything } else { Expected::Nothing };
    atomic::replace_file(path, &bytes, expected).map_err(|error| match error.fault {
        Fault::Changed => SaveError::Exists,
        _ => SaveError::Failed(error.to_string()),
    })
}

/// The bytes of a file to import, or why they cannot be had.
pub fn read(path: &Path) -> Result<Vec<u8>, String> {
    store::read_file(path, LARGEST as u64).map_err(|error| error.to_string())
}

/// The saved versions of a draft, each of them read.
pub fn versions(places: Option<&AppDirs>, path: &Path, library: &Library) -> Vec<SavedVersion> {
    let path = std::path::absolute(path).unwrap_or_else(|_| path.into());
    let all = places.map_or_else(Vec::new, |places| backups::list_backups(&places.backups(), &path));
    let version = |kept: backups::Backup| {
        let saved = jiff::Timestamp::try_from(kept.saved).unwrap_or_default();
        let saved = saved.to_zoned_datetime(jiff::tz::TimeZone::system());
        SavedVersion {
            saved_at: saved.strftime("%Y-%m-%d %H:%M").to_string(),
            bytes: std::fs::metadata(&kept.path).map_or(0, |about| about.len()),
            report: store::load(&kept.path, library)
                .map(|loaded| Box::new((loaded.form, loaded.draft)))
                .map_err(|error| error.message),
        }
    };
    all.into_iter().map(version).collect()
}

/// The time now, as it is shown to others.
pub fn now() -> String {
    jiff::ZonedDateTime::now().strftime("%Y-%m-%d %H:%M").to_string()
}

/// The keys as shipped with the user's own file over them where it can be used.
pub fn keys(places: Option<&AppDirs>, words: &mut Vec<String>) -> Keymap {
    let shipped = Keymap::shipped();
    let own = match places.map(AppDirs::read_keys) {
        Some(Ok(own)) => own,
        Some(Err(error)) => {
            words.push(error.to_string());
            None
        }
        None => None,
    };
    match own.map(|own| shipped.clone().with_overrides(&own)) {
        Some(Ok(keys)) => keys,
        Some(Err(error)) => {
            words.push(format!("{error}。先用原来的按键"));
            shipped
        }
        None => shipped,
    }
}

/// A path with a leading `~/` taken from the home directory, as shells do.
pub fn expand_tilde(path: &Path) -> PathBuf {
    let home = || directories::BaseDirs::new().map(|dirs| dirs.home_dir().to_path_buf());
    match path.strip_prefix("~") {
        Ok(rest) => home().map_or_else(|| path.into(), |home| home.join(rest)),
        Err(_) => path.into(),
    }
}

/// The bytes that put a text on the terminal's clipboard (OSC 52), over SSH too.
pub fn clipboard(text: &str) -> Vec<u8> {
    if text.len() > MAX_CLIPBOARD {
        return Vec::new();
    }
    let mut bytes = String::new();
    // Writing to a String cannot fail.
    let _ = CopyToClipboard::to_clipboard_from(text).write_ansi(&mut bytes);
    bytes.into_bytes()
}
