//! The last saved versions of each draft, in the state directory.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use super::fingerprint::hash;
use super::{StoreError, atomic, journal, places};

/// How many versions of a draft are kept.
pub const KEPT: usize = 5;

/// A version of a draft that was saved. It is a draft file like any other: [`super::load`] reads it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Version {
    /// Where it is kept.
    pub path: PathBuf,
    /// When it was last saved.
    pub saved: SystemTime,
    /// XXH3 of its bytes.
    pub hash: u64,
}

/// Keeps a version of a draft in `folder`; the same content is kept once, as of the last time. It is
/// called with what was saved, and before the first save of a sitting with what the file held then,
/// for that may be somebody else's work.
///
/// # Errors
/// What the system refused. The save itself is done.
pub fn keep(folder: &Path, draft: &Path, bytes: &[u8], now: SystemTime) -> Result<(), StoreError> {
    let folder = folder.join(journal::stem(Some(draft)));
    places::make(&folder)?;
    let hash = hash(bytes);
    let millis = now.duration_since(UNIX_EPOCH).unwrap_or_default().as_millis();
    let path = folder.join(format!("{millis:015}-{hash:016x}.ron"));
    let versions = read(&folder);
    match versions.iter().find(|version| version.hash == hash) {
        Some(same) => {
            fs::rename(&same.path, &path).map_err(|error| StoreError::system(&path, "保留旧版本", &error))?
        }
        None => atomic::write(&path, bytes)?,
    }
    // A version that cannot be removed costs room, nothing else.
    for old in read(&folder).into_iter().skip(KEPT) {
        let _ = fs::remove_file(old.path);
    }
    Ok(())
}

/// The versions of a draft, the last saved first.
pub fn list(folder: &Path, draft: &Path) -> Vec<Version> {
    read(&folder.join(journal::stem(Some(draft))))
}

fn read(folder: &Path) -> Vec<Version> {
    let Ok(entries) = fs::read_dir(folder) else { return Vec::new() };
    let mut versions: Vec<_> = entries.flatten().filter_map(|entry| version(entry.path())).collect();
    versions.sort_by(|a, b| b.path.cmp(&a.path));
    versions
}

fn version(path: PathBuf) -> Option<Version> {
    let (millis, hash) = path.file_name()?.to_str()?.strip_suffix(".ron")?.split_once('-')?;
    let saved = UNIX_EPOCH.checked_add(Duration::from_millis(millis.parse().ok()?))?;
    let hash = u64::from_str_radix(hash, 16).ok()?;
    Some(Version { path, saved, hash })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(second: u64) -> SystemTime {
        UNIX_EPOCH + Duration::from_secs(1_768_000_000 + second)
    }

    fn texts(folder: &Path, draft: &Path) -> Vec<String> {
        list(folder, draft).iter().map(|version| fs::read_to_string(&version.path).unwrap()).collect()
    }

    #[test]
    fn the_last_versions_are_kept_newest_first_and_each_content_once() {
        let folder = tempfile::tempdir().unwrap();
        let (kept, draft) = (folder.path().join("backups"), folder.path().join("甲.ron"));
        assert!(list(&kept, &draft).is_empty());
        for number in 0..8 {
            keep(&kept, &draft, number.to_string().as_bytes(), at(number)).unwrap();
        }
        assert_eq!(texts(&kept, &draft), ["7", "6", "5", "4", "3"]);
        keep(&kept, &draft, b"7", at(20)).unwrap();
        keep(&kept, &draft, b"4", at(21)).unwrap();
        assert_eq!(texts(&kept, &draft), ["4", "7", "6", "5", "3"]);
        assert_eq!(list(&kept, &draft)[0].saved, at(21));
        assert!(list(&kept, &folder.path().join("乙.ron")).is_empty());
    }

    #[test]
    fn files_that_are_no_versions_are_left_alone() {
        let folder = tempfile::tempdir().unwrap();
        let draft = folder.path().join("甲.ron");
        keep(folder.path(), &draft, b"x", at(0)).unwrap();
        let inside = folder.path().join(journal::stem(Some(&draft)));
        for name in ["README", "x-y.ron", "99999999999999999999-0.ron"] {
            fs::write(inside.join(name), "").unwrap();
        }
        assert_eq!(texts(folder.path(), &draft), ["x"]);
    }
}
