//! Journals as files: whose they are, where they are found, and when they go.

use std::fs::{self, File};
use std::sync::Arc;

use super::*;
use crate::store::disk::SystemDisk;

/// A folder for journals and drafts.
struct Home(tempfile::TempDir);

impl Home {
    fn new() -> Self {
        Home(tempfile::tempdir().expect("a folder"))
    }

    fn journals(&self) -> PathBuf {
        self.0.path().join("journal")
    }

    fn draft(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    /// A draft with something typed that is not saved.
    fn typed(&self, path: Option<&Path>, file: Option<&Fingerprint>) -> Sitting {
        let mut sitting = Sitting::new(Arc::new(SystemDisk), &self.journals(), path, file);
        sitting.set("requests.new.natural", "12");
        sitting
    }

    fn orphans(&self, wanted: Wanted) -> Vec<Orphan> {
        orphans(&SystemDisk, &self.journals(), wanted)
    }

    fn names(&self) -> Vec<String> {
        let entries = fs::read_dir(self.journals()).expect("the folder").flatten();
        entries.map(|entry| entry.file_name().to_string_lossy().into_owned()).collect()
    }
}

#[test]
fn a_journal_is_not_offered_while_its_writer_lives() {
    let home = Home::new();
    let draft = home.draft("甲.ron");
    let sitting = home.typed(Some(&draft), None);
    assert!(home.orphans(Wanted::Of(&draft, None)).is_empty(), "it is being written");
    let path = sitting.kill();
    assert!(home.orphans(Wanted::Of(&home.draft("乙.ron"), None)).is_empty(), "of another draft");
    let mut found = home.orphans(Wanted::Of(&draft, None));
    assert!(home.orphans(Wanted::Of(&draft, None)).is_empty(), "the one who found it has it");
    assert_eq!((found.len(), &found[0].path), (1, &path));
    assert!(found[0].modified.is_some());
    let recovery = read(&found[0].read().unwrap());
    assert_eq!(recovery.head.draft().as_deref(), Some(draft.as_path()));
    assert_eq!(recovery.draft.get("requests.new.natural").typed(), "12");
    drop(found);
    assert_eq!(home.orphans(Wanted::Of(&draft, None)).len(), 1, "nothing was decided");
}

#[test]
fn a_journal_is_not_offered_while_it_is_renewed() {
    let home = Home::new();
    let draft = home.draft("甲.ron");
    let mut sitting = home.typed(Some(&draft), None);
    sitting.save(&Fingerprint::of(b"saved"));
    sitting.set("requests.new.natural", "13");
    assert!(home.orphans(Wanted::Of(&draft, None)).is_empty(), "the new file is locked too");
    let _ = sitting.kill();
    assert_eq!(home.orphans(Wanted::Of(&draft, None)).len(), 1);
}

#[test]
fn a_recovered_journal_goes_on_and_is_taken_away_at_its_end() {
    let home = Home::new();
    let draft = home.draft("甲.ron");
    let path = home.typed(Some(&draft), None).kill();
    let mut orphan = home.orphans(Wanted::Of(&draft, None)).remove(0);
    let recovery = read(&orphan.read().unwrap());
    let disk: Arc<dyn Disk> = Arc::new(SystemDisk);
    let library = Library::new();
    let session = Session {
        path: Some(draft.clone()),
        since: "2026-01-21 09:30".into(),
        saved: recovery.saved.clone(),
        on_disk: None,
    };
    let before = fs::read(&path).unwrap();
    let mut writer = JournalWriter::resume(&disk, &library, orphan, &recovery);
    assert_eq!(fs::read(&path).unwrap(), before, "recovering writes nothing");
    let now = (&*recovery.form, &recovery.draft, &recovery.history);
    writer.checkpoint(&session, now).unwrap();
    assert_eq!(writer.path(), path);
    let found = read(&fs::read(&path).unwrap());
    assert_eq!((&found.draft, &found.history), (&recovery.draft, &recovery.history));
    assert!(home.orphans(Wanted::Of(&draft, None)).is_empty(), "it is being written again");
    writer.finish().unwrap();
    assert!(home.names().is_empty());
}

#[test]
fn drafts_without_a_file_have_journals_and_share_none() {
    let home = Home::new();
    let (first, second) = (home.typed(None, None), home.typed(None, None));
    assert_ne!(first.journal.path(), second.journal.path());
    drop(first);
    assert_eq!(home.orphans(Wanted::Homeless).len(), 1);
    drop(second);
    let all = home.orphans(Wanted::Homeless);
    assert_eq!(all.len(), 2);
    for found in all {
        found.discard(&SystemDisk).unwrap();
    }
    assert!(home.orphans(Wanted::Homeless).is_empty() && home.names().is_empty());
}

#[cfg(unix)]
#[test]
fn a_journal_is_for_its_owner_and_found_through_a_link() {
    use std::os::unix::fs::{MetadataExt, symlink};
    let home = Home::new();
    let (draft, link) = (home.draft("甲.ron"), home.draft("乙.ron"));
    fs::write(&draft, "").unwrap();
    symlink(&draft, &link).unwrap();
    let mut sitting = home.typed(Some(&link), None);
    let mode = |path: &Path| fs::metadata(path).unwrap().mode() & 0o777;
    assert_eq!((mode(sitting.journal.path()), mode(&home.journals())), (0o600, 0o700));
    sitting.save(&Fingerprint::of(b"saved"));
    assert_eq!(mode(sitting.journal.path()), 0o600, "a new checkpoint too");
    sitting.kill();
    assert_eq!(home.orphans(Wanted::Of(&draft, None)).len(), 1);
}

#[test]
fn the_journal_of_a_renamed_draft_is_found_by_its_content() {
    let home = Home::new();
    let (old, new) = (home.draft("旧/甲.ron"), home.draft("新/甲.ron"));
    fs::create_dir_all(old.parent().unwrap()).unwrap();
    fs::write(&old, "the draft").unwrap();
    let print = Fingerprint::of(b"the draft");
    home.typed(Some(&old), Some(&print)).kill();
    assert!(home.orphans(Wanted::Of(&new, Some(&print))).is_empty(), "the old file is still there");
    assert!(home.orphans(Wanted::Homeless).is_empty(), "it has a file");
    fs::rename(old.parent().unwrap(), new.parent().unwrap()).unwrap();
    assert!(home.orphans(Wanted::Of(&new, None)).is_empty());
    assert!(home.orphans(Wanted::Of(&new, Some(&Fingerprint::of(b"another")))).is_empty());
    assert_eq!(home.orphans(Wanted::Of(&new, Some(&print))).len(), 1);
    assert_eq!(home.orphans(Wanted::Homeless).len(), 1, "it is offered at the first screen too");
}

#[test]
fn files_that_got_no_name_are_removed_but_no_living_ones() {
    let home = Home::new();
    fs::create_dir(home.journals()).unwrap();
    fs::write(home.journals().join("0-0-0.77.new"), "left").unwrap();
    let living = File::create(home.journals().join("0-0-0.78.new")).unwrap();
    living.lock().unwrap();
    assert!(home.orphans(Wanted::Homeless).is_empty());
    assert_eq!(home.names(), ["0-0-0.78.new"]);
    drop(living);
    assert!(home.orphans(Wanted::Homeless).is_empty());
    assert!(home.names().is_empty());
}

#[test]
fn what_is_written_last_is_offered_first() {
    let home = Home::new();
    let draft = home.draft("甲.ron");
    let paths: Vec<PathBuf> = [30, 10, 20]
        .map(|ago| {
            let sitting = home.typed(Some(&draft), None);
            let when = std::time::SystemTime::now() - std::time::Duration::from_secs(ago);
            File::options().append(true).open(sitting.journal.path()).unwrap().set_modified(when).unwrap();
            // Kept until all have names, so that no two have the same.
            sitting
        })
        .into_iter()
        .map(Sitting::kill)
        .collect();
    let found = home.orphans(Wanted::Of(&draft, None));
    let found: Vec<&PathBuf> = found.iter().map(|orphan| &orphan.path).collect();
    assert_eq!(found, [&paths[1], &paths[2], &paths[0]]);
}
