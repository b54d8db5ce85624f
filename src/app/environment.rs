//! What effects need from this machine: the user's keys, paths, the time, files to export and import.

use std::path::{Path, PathBuf};

use crate::draft::Draft;
use crate::editor::{Command, Keymap, SaveError, SavedVersion};
use crate::export::Format;
use crate::form::{Form, Library};
use crate::import::LARGEST;
use crate::store::atomic::{self, Expected, Written};
use crate::store::{self, AppDirs, Fault, backups};
use crate::terminal;
use crate::ui::Themes;
use crate::units::ReturnNote;

/// Writes a report in a format, whole or not at all.
///
/// # Errors
/// Returns an error if the file exists and `overwrite` is `false`, or it cannot be written.
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
    write_new(path, &bytes, overwrite)
}

/// Writes a file, whole or not at all.
///
/// # Errors
/// Returns an error if the file exists and `overwrite` is `false`, or it cannot be written.
pub fn write_new(path: &Path, bytes: &[u8], overwrite: bool) -> Result<Written, SaveError> {
    atomic::remove_temporary_files(path);
    let expected = if overwrite { Expected::Anything } else { Expected::Nothing };
    atomic::replace_file(path, bytes, expected).map_err(|error| match error.fault {
        Fault::Changed => SaveError::Exists,
        _ => SaveError::Failed(error.to_string()),
    })
}

/// Writes notes to units in a format into a folder, which is made if it is not there.
///
/// # Errors
/// Returns an error if one of them cannot be written; those before it are.
pub fn write_notes(folder: &Path, notes: &[ReturnNote], format: Format) -> Result<(), String> {
    std::fs::create_dir_all(folder).map_err(|error| store::system_message(&error))?;
    notes.iter().try_for_each(|note| {
        let bytes = format.write_letter(&note.text).map_err(|error| error.to_string())?;
        atomic::write_file(&folder.join(&note.name), &bytes).map_err(|error| error.to_string())
    })
}

/// Reads a file to import.
///
/// # Errors
/// Returns a message for the clerk if it is too large or cannot be read.
pub fn read(path: &Path) -> Result<Vec<u8>, String> {
    store::read_file(path, LARGEST as u64).map_err(|error| error.to_string())
}

/// Reads all saved versions of a draft.
pub fn versions(dirs: Option<&AppDirs>, path: &Path, library: &Library) -> Vec<SavedVersion> {
    let path = store::absolute_path(path);
    let all = dirs.map_or_else(Vec::new, |dirs| backups::list_backups(&dirs.backups(), &path));
    let version = |backup: backups::Backup| {
        let saved = jiff::Timestamp::try_from(backup.saved).unwrap_or_default();
        let saved = saved.to_zoned_datetime(jiff::tz::TimeZone::system());
        SavedVersion {
            saved_at: saved.strftime("%Y-%m-%d %H:%M:%S").to_string(),
            bytes: std::fs::metadata(&backup.path).map_or(0, |metadata| metadata.len()),
            report: store::load(&backup.path, library)
                .map(|loaded| Box::new((loaded.form, loaded.draft)))
                .map_err(|error| error.message),
        }
    };
    all.into_iter().map(version).collect()
}

/// Returns the current local time, as it is shown to others.
pub fn now() -> String {
    jiff::ZonedDateTime::now().strftime("%Y-%m-%d %H:%M").to_string()
}

/// Returns the shipped key map with the user's own file over it. If that cannot be used, `warnings` says
/// why.
pub fn keys(dirs: Option<&AppDirs>, warnings: &mut Vec<String>) -> Keymap {
    let shipped = Keymap::shipped();
    let own = match dirs.map(AppDirs::read_keys) {
        Some(Ok(own)) => own,
        Some(Err(error)) => {
            warnings.push(error.to_string());
            None
        }
        None => None,
    };
    let keys = match own.map(|own| shipped.clone().with_overrides(&own)) {
        Some(Ok(keys)) => keys,
        Some(Err(error)) => {
            warnings.push(format!("{error}。暂用默认按键"));
            shipped
        }
        None => shipped,
    };
    if terminal::can_suspend() { keys } else { keys.without(Command::Suspend) }
}

/// Returns the user's home directory, as `~` stands for it.
pub fn home_dir() -> Option<PathBuf> {
    directories::BaseDirs::new().map(|dirs| dirs.home_dir().to_path_buf())
}

/// Returns the shipped themes with the user's own file over them. If that cannot be used, `warnings` says
/// why.
pub fn themes(dirs: Option<&AppDirs>, warnings: &mut Vec<String>) -> Themes {
    let shipped = Themes::shipped();
    let own = match dirs.map(AppDirs::read_theme) {
        Some(Ok(Some(own))) => own,
        Some(Err(error)) => {
            warnings.push(error.to_string());
            return shipped;
        }
        Some(Ok(None)) | None => return shipped,
    };
    shipped.clone().with_overrides(&own).unwrap_or_else(|error| {
        warnings.push(format!("{error}。暂用默认配色"));
        shipped
    })
}

/// Returns `true` unless the user has turned the mouse off.
pub fn uses_mouse(dirs: Option<&AppDirs>) -> bool {
    dirs.is_none_or(store::settings::read_mouse)
}

/// Replaces a leading `~/` with the home directory, as shells do.
pub fn expand_tilde(path: &Path) -> PathBuf {
    match path.strip_prefix("~") {
        Ok(rest) => home_dir().map_or_else(|| path.into(), |home| home.join(rest)),
        Err(_) => path.into(),
    }
}
