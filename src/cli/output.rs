//! Where results go, and why a command could not do its work.

use std::io;
use std::path::{Component, Path, PathBuf};
use std::time::SystemTime;

use crate::draft::Draft;
use crate::form::Form;
use crate::store::{self, Places, StoreError, backups};
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
        Refusal::new(format!("结果写不出去：{error}"))
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
    places: Option<&Places>,
) -> Result<(), Refusal> {
    free(path, force)?;
    keep(path, places);
    Ok(store::save(path, form, draft)?)
}

/// Keeps what a draft's file holds as a version, for `nianbao history`.
pub(super) fn keep(path: &Path, places: Option<&Places>) {
    // A pipe or a device has nothing to keep, and may never be read to its end.
    let is_draft = path.metadata().is_ok_and(|about| about.is_file() && about.len() <= store::LARGEST);
    if let (true, Some(places), Ok(bytes)) = (is_draft, places, std::fs::read(path)) {
        let path = std::path::absolute(path).unwrap_or_else(|_| path.into());
        // A version more in the drawer; the work itself does not hang on it.
        let _ = backups::keep(&places.backups(), &path, &bytes, SystemTime::now());
    }
}

/// Writes a file, whole or not at all.
pub(super) fn file(path: &Path, force: bool, bytes: &[u8]) -> Result<(), Refusal> {
    free(path, force)?;
    Ok(store::atomic::write(path, bytes)?)
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
