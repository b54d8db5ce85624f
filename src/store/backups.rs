//! The last saved versions of each draft, in the state directory.

use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use super::disk::{Disk, SystemDisk};
use super::hash::hash;
use super::{StoreError, atomic, dirs, journal};

/// How many versions of a draft are kept.
pub const KEPT: usize = 5;

/// A version of a draft that was saved. It is a draft file like any other: [`super::load`] reads it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Backup {
    /// Where it is kept.
    pub path: PathBuf,
    /// When it was last saved.
    pub saved: SystemTime,
    /// XXH3 of its bytes.
    pub hash: u64,
    /// Its number in the order of saves, since the clock may have been set back. 0 if an earlier version of
    /// the program kept it, which went by the clock alone.
    pub number: u64,
}

/// Keeps a version of a draft in `folder`; the same content is kept only once, as of the last save. It is
/// called with what was saved, and before the first save of a session with what the file held then, since
/// that may be somebody else's work.
///
/// # Errors
/// Returns an error if the system refuses. The save itself is done.
pub fn save_backup(folder: &Path, draft: &Path, bytes: &[u8], now: SystemTime) -> Result<(), StoreError> {
    let folder = folder.join(journal::file_stem(Some(draft)));
    dirs::create_private_dir(&folder)?;
    let hash = hash(bytes);
    let millis = now.duration_since(UNIX_EPOCH).unwrap_or_default().as_millis();
    let versions = read_backups(&folder);
    let number = versions.first().map_or(0, |newest| newest.number).saturating_add(1);
    let path = folder.join(format!("{number:010}-{millis:015}-{hash:016x}.ron"));
    atomic::remove_temporary_files(&path);
    match versions.iter().find(|version| version.hash == hash) {
        Some(same) => SystemDisk
            .rename(&same.path, &path)
            .map_err(|error| StoreError::system(&path, "保留旧版本", &error))?,
        None => atomic::write_file(&path, bytes)?,
    }
    // A version that cannot be removed takes space, nothing else.
    let others = read_backups(&folder).into_iter().filter(|version| version.path != path);
    for old in others.skip(KEPT - 1) {
        let _ = SystemDisk.remove(&old.path);
    }
    Ok(())
}

/// Returns the versions of a draft, the last saved first.
pub fn list_backups(folder: &Path, draft: &Path) -> Vec<Backup> {
    read_backups(&folder.join(journal::file_stem(Some(draft))))
}

fn read_backups(folder: &Path) -> Vec<Backup> {
    let names = SystemDisk.list(folder).unwrap_or_default();
    let mut versions: Vec<_> = names.into_iter().filter_map(|name| parse_backup(folder.join(name))).collect();
    versions.sort_by(|a, b| (b.number, &b.path).cmp(&(a.number, &a.path)));
    versions
}

/// `NUMBER-MILLIS-HASH.ron`; `MILLIS-HASH.ron` from an earlier version of the program.
fn parse_backup(path: PathBuf) -> Option<Backup> {
    let (rest, hash) = path.file_name()?.to_str()?.strip_suffix(".ron")?.rsplit_once('-')?;
    let (number, millis) = rest.split_once('-').unwrap_or(("0", rest));
    let number = number.parse().ok()?;
    let saved = UNIX_EPOCH.checked_add(Duration::from_millis(millis.parse().ok()?))?;
    let hash = u64::from_str_radix(hash, 16).ok()?;
    Some(Backup { path, saved, hash, number })
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;

    fn at(second: u64) -> SystemTime {
        UNIX_EPOCH + Duration::from_secs(1_768_000_000 + second)
    }

    fn texts(folder: &Path, draft: &Path) -> Vec<String> {
        list_backups(folder, draft).iter().map(|version| fs::read_to_string(&version.path).unwrap()).collect()
    }

    #[test]
    fn the_last_versions_are_kept_each_content_once() {
        let folder = tempfile::tempdir().unwrap();
        let (kept, draft) = (folder.path().join("backups"), folder.path().join("甲.ron"));
        assert!(list_backups(&kept, &draft).is_empty());
        for number in 0..8 {
            save_backup(&kept, &draft, number.to_string().as_bytes(), at(number)).unwrap();
        }
        assert_eq!(texts(&kept, &draft), ["7", "6", "5", "4", "3"]);
        save_backup(&kept, &draft, b"7", at(20)).unwrap();
        save_backup(&kept, &draft, b"4", at(21)).unwrap();
        assert_eq!(texts(&kept, &draft), ["4", "7", "6", "5", "3"]);
        assert_eq!(list_backups(&kept, &draft)[0].saved, at(21));
        assert!(list_backups(&kept, &folder.path().join("乙.ron")).is_empty());
    }

    #[test]
    fn with_the_clock_set_back_the_last_saved_is_still_the_newest() {
        let folder = tempfile::tempdir().unwrap();
        let (kept, draft) = (folder.path().join("backups"), folder.path().join("甲.ron"));
        for (number, second) in [(0, 100), (1, 90), (2, 80), (3, 70), (4, 60), (5, 50), (6, 200), (7, 0)] {
            save_backup(&kept, &draft, number.to_string().as_bytes(), at(second)).unwrap();
            assert_eq!(texts(&kept, &draft)[0], number.to_string());
        }
        assert_eq!(texts(&kept, &draft), ["7", "6", "5", "4", "3"]);
        save_backup(&kept, &draft, b"3", UNIX_EPOCH).unwrap();
        assert_eq!(texts(&kept, &draft), ["3", "7", "6", "5", "4"]);
    }

    #[test]
    fn what_an_earlier_program_kept_is_older_than_anything_new() {
        let folder = tempfile::tempdir().unwrap();
        let (kept, draft) = (folder.path().join("backups"), folder.path().join("甲.ron"));
        save_backup(&kept, &draft, b"new", UNIX_EPOCH).unwrap();
        let inside = kept.join(journal::file_stem(Some(&draft)));
        for second in 0..6 {
            let (millis, text) = (1_768_000_000_000u64 + second * 1000, format!("old {second}"));
            let name = format!("{millis:015}-{:016x}.ron", hash(text.as_bytes()));
            fs::write(inside.join(name), text).unwrap();
        }
        assert_eq!(texts(&kept, &draft)[..3], ["new", "old 5", "old 4"]);
        save_backup(&kept, &draft, b"newer", UNIX_EPOCH).unwrap();
        assert_eq!(texts(&kept, &draft), ["newer", "new", "old 5", "old 4", "old 3"]);
        // The content of one of them comes to the head as any other.
        save_backup(&kept, &draft, b"old 3", UNIX_EPOCH).unwrap();
        assert_eq!(texts(&kept, &draft), ["old 3", "newer", "new", "old 5", "old 4"]);
    }

    #[test]
    fn a_name_with_the_highest_number_does_not_push_the_newest_out() {
        let folder = tempfile::tempdir().unwrap();
        let (kept, draft) = (folder.path().join("backups"), folder.path().join("甲.ron"));
        save_backup(&kept, &draft, b"x", at(0)).unwrap();
        let inside = kept.join(journal::file_stem(Some(&draft)));
        for number in 0..9 {
            fs::write(inside.join(format!("{}-{number:015}-{number:016x}.ron", u64::MAX)), "").unwrap();
        }
        save_backup(&kept, &draft, b"y", UNIX_EPOCH).unwrap();
        assert!(texts(&kept, &draft).contains(&"y".to_string()));
    }

    #[test]
    fn files_that_are_no_versions_are_left_alone() {
        let folder = tempfile::tempdir().unwrap();
        let draft = folder.path().join("甲.ron");
        save_backup(folder.path(), &draft, b"x", at(0)).unwrap();
        let inside = folder.path().join(journal::file_stem(Some(&draft)));
        for name in ["README", "x-y.ron", "99999999999999999999-0.ron"] {
            fs::write(inside.join(name), "").unwrap();
        }
        assert_eq!(texts(folder.path(), &draft), ["x"]);
    }
}
