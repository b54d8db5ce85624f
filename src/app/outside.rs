//! Small errands on this machine: the user's keys, paths, the clipboard, files to hand in or read.

use std::path::{Path, PathBuf};

use crossterm::Command;
use crossterm::clipboard::CopyToClipboard;

use crate::draft::Draft;
use crate::editor::{Keymap, SaveFault, Version};
use crate::export::Format;
use crate::form::{Form, Library};
use crate::import::LARGEST;
use crate::store::atomic::{self, Expected, Written};
use crate::store::{self, Fault, Places, backups};

/// The longest text that is put on the terminal's clipboard; many terminals drop longer ones.
const LONGEST_COPY: usize = 70_000;

/// Writes a report in a format, whole or not at all.
pub fn export(
    format: Format,
    path: &Path,
    form: &Form,
    draft: &Draft,
    overwrite: bool,
) -> Result<Written, SaveFault> {
    if !overwrite && path.symlink_metadata().is_ok() {
        return Err(SaveFault::Exists);
    }
    let bytes = format.write(form, draft).map_err(|error| SaveFault::Failed(error.to_string()))?;
    atomic::sweep(path);
    let expected = if overwrite { Expected::Anything } else { Expected::Nothing };
    atomic::replace(path, &bytes, expected).map_err(|error| match error.fault {
        Fault::Changed => SaveFault::Exists,
        _ => SaveFault::Failed(error.to_string()),
    })
}

/// The bytes of a file to import, or why they cannot be had.
pub fn read(path: &Path) -> Result<Vec<u8>, String> {
    store::read_file(path, LARGEST as u64).map_err(|error| error.to_string())
}

/// The saved versions of a draft, each of them read.
pub fn versions(places: Option<&Places>, path: &Path, library: &Library) -> Vec<Version> {
    let path = std::path::absolute(path).unwrap_or_else(|_| path.into());
    let all = places.map_or_else(Vec::new, |places| backups::list(&places.backups(), &path));
    let version = |kept: backups::Version| {
        let saved = jiff::Timestamp::try_from(kept.saved).unwrap_or_default();
        let saved = saved.to_zoned_datetime(jiff::tz::TimeZone::system());
        Version {
            when: saved.strftime("%Y-%m-%d %H:%M").to_string(),
            bytes: std::fs::metadata(&kept.path).map_or(0, |about| about.len()),
            report: store::load(&kept.path, library)
                .map(|loaded| Box::new((loaded.form, loaded.draft)))
                .map_err(|error| error.words),
        }
    };
    all.into_iter().map(version).collect()
}

/// The time now, as it is shown to others.
pub fn now() -> String {
    jiff::ZonedDateTime::now().strftime("%Y-%m-%d %H:%M").to_string()
}

/// The keys as shipped with the user's own file over them where it can be used.
pub fn keys(places: Option<&Places>, words: &mut Vec<String>) -> Keymap {
    let shipped = Keymap::shipped();
    let own = match places.map(Places::read_keys) {
        Some(Ok(own)) => own,
        Some(Err(error)) => {
            words.push(error.to_string());
            None
        }
        None => None,
    };
    match own.map(|own| shipped.clone().with(&own)) {
        Some(Ok(keys)) => keys,
        Some(Err(error)) => {
            words.push(format!("{error}。先用原来的按键"));
            shipped
        }
        None => shipped,
    }
}

/// A path with a leading `~/` taken from the home directory, as shells do.
pub fn at_home(path: &Path) -> PathBuf {
    let home = || directories::BaseDirs::new().map(|dirs| dirs.home_dir().to_path_buf());
    match path.strip_prefix("~") {
        Ok(rest) => home().map_or_else(|| path.into(), |home| home.join(rest)),
        Err(_) => path.into(),
    }
}

/// The bytes that put a text on the terminal's clipboard (OSC 52), over SSH too.
pub fn clipboard(text: &str) -> Vec<u8> {
    if text.len() > LONGEST_COPY {
        return Vec::new();
    }
    let mut bytes = String::new();
    // Writing to a String cannot fail.
    let _ = CopyToClipboard::to_clipboard_from(text).write_ansi(&mut bytes);
    bytes.into_bytes()
}
