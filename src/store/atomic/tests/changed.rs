//! A file that somebody else writes at the very moment of a save.

use super::super::super::disk::{FileStatus, TryLock};
use super::*;
use std::collections::BTreeSet;
use std::ffi::OsString;
use std::sync::Mutex;

/// A disk without locks, where others write at chosen moments.
#[derive(Debug, Default)]
struct Shared {
    /// Written into the file before it is checked.
    before: Option<&'static str>,
    /// Written into the file right after the rename.
    after: Option<&'static str>,
    /// The names of notes that were made.
    notes: Mutex<Vec<PathBuf>>,
}

#[derive(Debug)]
struct Unlocked(Box<dyn DiskFile>);

impl DiskFile for Unlocked {
    fn append(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.0.append(bytes)
    }
    fn truncate(&mut self, length: u64) -> io::Result<()> {
        self.0.truncate(length)
    }
    fn sync(&mut self) -> io::Result<()> {
        self.0.sync()
    }
    fn sync_all(&mut self) -> io::Result<()> {
        Err(io::ErrorKind::Unsupported.into())
    }
    fn copy_attributes(&mut self, from: &Path) -> LostAttributes {
        self.0.copy_attributes(from)
    }
    fn read(&mut self, limit: u64) -> io::Result<Vec<u8>> {
        self.0.read(limit)
    }
    fn read_start(&mut self, limit: u64) -> io::Result<Vec<u8>> {
        self.0.read_start(limit)
    }
    fn try_lock(&mut self) -> TryLock {
        TryLock::Unsupported
    }
    fn is_at(&self, path: &Path) -> bool {
        self.0.is_at(path)
    }
}

impl Disk for Shared {
    fn create_new(&self, path: &Path) -> io::Result<Box<dyn DiskFile>> {
        Ok(Box::new(Unlocked(SystemDisk.create_new(path)?)))
    }
    fn create_shared(&self, path: &Path) -> io::Result<Box<dyn DiskFile>> {
        let file = SystemDisk.create_shared(path)?;
        if path.extension().is_some_and(|ending| ending == "saving") {
            self.notes.lock().unwrap().push(path.into());
        }
        Ok(Box::new(Unlocked(file)))
    }
    fn open(&self, path: &Path) -> io::Result<Box<dyn DiskFile>> {
        if let Some(text) = self.before {
            fs::write(path, text)?;
        }
        Ok(Box::new(Unlocked(SystemDisk.open(path)?)))
    }
    fn read(&self, path: &Path, limit: u64) -> io::Result<(Vec<u8>, FileStatus)> {
        SystemDisk.read(path, limit)
    }
    fn link_target(&self, path: &Path) -> io::Result<Option<PathBuf>> {
        SystemDisk.link_target(path)
    }
    fn may_write(&self, path: &Path) -> bool {
        SystemDisk.may_write(path)
    }
    fn status(&self, path: &Path) -> io::Result<FileStatus> {
        SystemDisk.status(path)
    }
    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        SystemDisk.rename(from, to)?;
        self.after.map_or(Ok(()), |text| fs::write(to, text))
    }
    fn remove(&self, path: &Path) -> io::Result<()> {
        SystemDisk.remove(path)
    }
    fn list(&self, folder: &Path) -> io::Result<Vec<OsString>> {
        SystemDisk.list(folder)
    }
    fn make_folder(&self, folder: &Path) -> io::Result<()> {
        SystemDisk.make_folder(folder)
    }
    fn sync_folder(&self, _: &Path) -> io::Result<()> {
        Err(io::ErrorKind::InvalidInput.into())
    }
}

/// Saves “new” over “old”, and returns the result and what is in the file then.
fn save(disk: &Shared, expected: Expected) -> (Result<Written, StoreError>, String) {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("a.ron");
    fs::write(&file, "old").unwrap();
    let result = replace_file_on(disk, &file, b"new", expected);
    assert_eq!(names(folder.path()), ["a.ron"], "nothing is left beside");
    (result, fs::read_to_string(file).unwrap())
}

#[test]
fn what_somebody_wrote_before_the_rename_stays() {
    let old = Fingerprint::of(b"old");
    let disk = Shared { before: Some("theirs"), ..Shared::default() };
    let (result, text) = save(&disk, Expected::Content(&old));
    assert_eq!((result.unwrap_err().fault, text.as_str()), (Fault::Changed, "theirs"));
    let (result, text) = save(&Shared::default(), Expected::Nothing);
    assert_eq!((result.unwrap_err().fault, text.as_str()), (Fault::Changed, "old"));
    // What is there already may be written again: the first time it may not have reached the disk.
    let same = Shared { before: Some("new"), ..Shared::default() };
    assert!(save(&same, Expected::Nothing).0.is_ok());
    let (result, text) = save(&disk, Expected::Anything);
    assert_eq!((result.is_ok(), text.as_str()), (true, "new"));
}

#[test]
fn what_somebody_wrote_right_after_the_rename_is_an_error() {
    let old = Fingerprint::of(b"old");
    let disk = Shared { after: Some("theirs"), ..Shared::default() };
    let (result, text) = save(&disk, Expected::Content(&old));
    assert_eq!((result.unwrap_err().fault, text.as_str()), (Fault::Changed, "theirs"));
}

#[test]
fn without_locks_a_note_keeps_others_out() {
    let (disk, old) = (Shared::default(), Fingerprint::of(b"old"));
    let (result, text) = save(&disk, Expected::Content(&old));
    let written = result.unwrap();
    assert_eq!((text.as_str(), written.synced), ("new", false));
    assert!(written.warning().unwrap().contains("不能确认写入"));
    assert_eq!(disk.notes.lock().unwrap().len(), 1);
}

#[test]
fn the_note_of_a_killed_program_blocks_nobody() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("a.ron");
    fs::write(&file, "old").unwrap();
    // One of a dead process of this machine is known at once, one of another machine by its age.
    for host in [temporary::host_hash(), "00000000".into()] {
        fs::write(temporary::note_path(&file), format!("{host}-{}\n", i32::MAX)).unwrap();
        replace_file_on(&Shared::default(), &file, b"new", Expected::Content(&Fingerprint::of(b"old")))
            .unwrap();
        assert_eq!(names(folder.path()), ["a.ron"], "{host}");
        fs::write(&file, "old").unwrap();
    }
}

#[test]
fn of_many_saves_at_once_each_sees_the_one_before_it() {
    let folder = tempfile::tempdir().unwrap();
    for (name, disk) in [("locks", &SystemDisk as &dyn Disk), ("notes", &Shared::default())] {
        let file = folder.path().join(name);
        std::thread::scope(|scope| {
            for number in 0..8 {
                let file = &file;
                scope.spawn(move || {
                    for round in 0..5 {
                        // Each adds its line to what is there, again and again until it could.
                        loop {
                            let old = fs::read(file).ok();
                            let known = old.as_deref().map(Fingerprint::of);
                            let new =
                                [&*old.unwrap_or_default(), format!("{number}.{round} ").as_bytes()].concat();
                            let expected = known.as_ref().map_or(Expected::Nothing, Expected::Content);
                            match replace_file_on(disk, file, &new, expected) {
                                Ok(_) => break,
                                Err(error) => assert_eq!(error.fault, Fault::Changed, "{error}"),
                            }
                        }
                    }
                });
            }
        });
        let text = fs::read_to_string(&file).unwrap();
        // A save that is refused may have been written and built upon, and then stands there twice: none is lost.
        let kept: BTreeSet<&str> = text.split_whitespace().collect();
        assert_eq!(kept.len(), 40, "{name}: {text}");
    }
}
