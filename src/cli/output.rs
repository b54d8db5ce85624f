//! Where results go, and why a command could not do its work.

use std::io;
use std::path::{Component, Path, PathBuf};
use std::time::SystemTime;

use super::{Desk, say};
use crate::draft::Draft;
use crate::form::Form;
use crate::store::atomic::{self, Expected, Written};
use crate::store::{self, Fingerprint, Places, StoreError, backups};
use crate::text::safe_file_name;

/// Why a command stopped, in words for the clerk; no words where the reader of the output went away.
#[derive(Debug)]
pub(super) struct Refusal(Option<String>);

impl Refusal {
    pub(super) fn new(words: impl Into<String>) -> Self {
        Refusal(Some(words.into()))
    }

    pub(super) fn words(&self) -> Option<&str> {
        self.0.as_deref()
    }
}

impl From<io::Error> for Refusal {
    /// A failure to write the output.
    fn from(error: io::Error) -> Self {
        if error.kind() == io::ErrorKind::BrokenPipe {
            return Refusal(None);
        }
        Refusal::new(format!("结果写不出去：{}", store::system_words(&error)))
    }
}

impl From<StoreError> for Refusal {
    fn from(error: StoreError) -> Self {
        Refusal::new(error.to_string())
    }
}

/// Whether a path stands for the standard stream.
pub(super) fn is_stream(path: &Path) -> bool {
    path.as_os_str() == "-"
}

/// Refuses a file that is there already.
pub(super) fn free(path: &Path, force: bool) -> Result<(), Refusal> {
    if !force && path.symlink_metadata().is_ok() {
        let words = format!("{} 已经存在，没有覆盖；要覆盖请加 --force，要另存请用 -o", path.display());
        return Err(Refusal::new(words));
    }
    Ok(())
}

/// The file name for a unit's report of a year.
pub(super) fn name(unit: &str, year: u16) -> PathBuf {
    safe_file_name(unit, &format!("-{year}.ron")).into()
}

/// Writes a draft's file, whole or not at all. One that is written over is kept as a saved version.
pub(super) fn draft(
    path: &Path,
    force: bool,
    form: &Form,
    draft: &Draft,
    desk: &mut Desk,
) -> Result<(), Refusal> {
    free(path, force)?;
    let kept = force.then(|| keep(path, desk.places)).flatten();
    save(path, form, draft, expected(force, kept.as_ref()), desk)
}

/// What has to be in a file that is written: what was kept of it, or nothing.
fn expected(force: bool, kept: Option<&Fingerprint>) -> Expected<'_> {
    match kept {
        _ if !force => Expected::Nothing,
        Some(kept) => Expected::Content(kept),
        None => Expected::Anything,
    }
}

/// Writes a draft's file where what is expected is in it.
pub(super) fn save(
    path: &Path,
    form: &Form,
    draft: &Draft,
    expected: Expected,
    desk: &mut Desk,
) -> Result<(), Refusal> {
    let saved = store::put(path, form, draft, expected)?;
    tell_lost(path, &saved.written, desk);
    Ok(())
}

/// Keeps what a draft's file holds as a version, for `nianbao history`. Returns the fingerprint of what
/// it holds, where that can be read.
pub(super) fn keep(path: &Path, places: Option<&Places>) -> Option<Fingerprint> {
    let bytes = store::read_file(path, store::LARGEST).ok()?;
    if let Some(places) = places {
        let path = std::path::absolute(path).unwrap_or_else(|_| path.into());
        // A version more in the drawer; the work itself does not hang on it.
        let _ = backups::keep(&places.backups(), &path, &bytes, SystemTime::now());
    }
    Some(Fingerprint::of(&bytes))
}

/// Writes a file, whole or not at all, where what is known to be in it still is.
pub(super) fn file(
    path: &Path,
    force: bool,
    known: Option<&Fingerprint>,
    bytes: &[u8],
    desk: &mut Desk,
) -> Result<(), Refusal> {
    free(path, force)?;
    let written = atomic::replace(path, bytes, expected(force, known))?;
    tell_lost(path, &written, desk);
    Ok(())
}

/// Says what could not be kept of the file that was written over.
fn tell_lost(path: &Path, written: &Written, desk: &mut Desk) {
    if let Some(words) = written.words() {
        say(desk, &format!("注意：{}：{words}", path.display()));
    }
}

/// A path as it is seen from a folder, for a file that is kept with others: where the two have no
/// common root, the path as it is from the root.
pub(super) fn relative(folder: &Path, path: &Path) -> String {
    let here = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
    let (Ok(from), Ok(to)) = (here.canonicalize(), path.canonicalize()) else {
        return path.display().to_string();
    };
    let common = from.components().zip(to.components()).take_while(|(a, b)| a == b).count();
    if common == 0 {
        return to.display().to_string();
    }
    let up = from.components().skip(common).map(|_| Component::ParentDir);
    up.chain(to.components().skip(common)).collect::<PathBuf>().display().to_string()
}
