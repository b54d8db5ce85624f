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

    /// Returns a draft with something typed that is not saved.
    fn typed(&self, path: Option<&Path>, file: Option<&Fingerprint>) -> TestSession {
        let mut test_session = TestSession::new(Arc::new(SystemDisk), &self.journals(), path, file);
        test_session.set("requests.new.natural", "12");
        test_session
    }

    fn orphans(&self, wanted: JournalQuery) -> Vec<OrphanJournal> {
        find_orphans(&SystemDisk, &self.journals(), wanted)
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
    let test_session = home.typed(Some(&draft), None);
    assert!(home.orphans(JournalQuery::ForDraft(&draft, None)).is_empty(), "it is being written");
    let path = test_session.kill();
    assert!(home.orphans(JournalQuery::ForDraft(&home.draft("乙.ron"), None)).is_empty(), "of another draft");
    let mut found = home.orphans(JournalQuery::ForDraft(&draft, None));
    assert!(home.orphans(JournalQuery::ForDraft(&draft, None)).is_empty(), "the one who found it has it");
    assert_eq!((found.len(), &found[0].path), (1, &path));
    assert!(found[0].modified.is_some());
    let recovery = read(&found[0].read().unwrap());
    assert_eq!(recovery.header.draft().as_deref(), Some(draft.as_path()));
    assert_eq!(recovery.draft.get("requests.new.natural").typed(), "12");
    drop(found);
    assert_eq!(home.orphans(JournalQuery::ForDraft(&draft, None)).len(), 1, "nothing was decided");
}

#[test]
fn a_journal_is_not_offered_while_it_is_renewed() {
    let home = Home::new();
    let draft = home.draft("甲.ron");
    let mut test_session = home.typed(Some(&draft), None);
    test_session.save(&Fingerprint::of(b"saved"));
    test_session.set("requests.new.natural", "13");
    assert!(home.orphans(JournalQuery::ForDraft(&draft, None)).is_empty(), "the new file is locked too");
    let _ = test_session.kill();
    assert_eq!(home.orphans(JournalQuery::ForDraft(&draft, None)).len(), 1);
}

#[test]
fn a_recovered_journal_goes_on_and_is_taken_away_at_its_end() {
    let home = Home::new();
    let draft = home.draft("甲.ron");
    let path = home.typed(Some(&draft), None).kill();
    let mut orphan = home.orphans(JournalQuery::ForDraft(&draft, None)).remove(0);
    let recovery = read(&orphan.read().unwrap());
    let disk: Arc<dyn Disk> = Arc::new(SystemDisk);
    let library = Library::new();
    let session = SavedState {
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
    assert_eq!(writer.path() == path, disk.replaces_open_files(), "in its place, where that can be done");
    let found = read(&fs::read(writer.path()).unwrap());
    assert_eq!((&found.draft, &found.history), (&recovery.draft, &recovery.history));
    assert!(home.orphans(JournalQuery::ForDraft(&draft, None)).is_empty(), "it is being written again");
    writer.finish().unwrap();
    assert!(home.names().is_empty());
}

#[test]
fn drafts_without_a_file_have_journals_and_share_none() {
    let home = Home::new();
    let (first, second) = (home.typed(None, None), home.typed(None, None));
    assert_ne!(first.journal.path(), second.journal.path());
    drop(first);
    assert_eq!(home.orphans(JournalQuery::Homeless).len(), 1);
    drop(second);
    let all = home.orphans(JournalQuery::Homeless);
    assert_eq!(all.len(), 2);
    for found in all {
        found.discard(&SystemDisk).unwrap();
    }
    assert!(home.orphans(JournalQuery::Homeless).is_empty() && home.names().is_empty());
}

#[test]
fn a_journal_is_for_its_owner_and_found_through_a_link() {
    use crate::store::platform::testing::{mode, symlink};
    let home = Home::new();
    let (draft, link) = (home.draft("甲.ron"), home.draft("乙.ron"));
    fs::write(&draft, "").unwrap();
    if !symlink(&draft, &link) {
        return;
    }
    let mut test_session = home.typed(Some(&link), None);
    let is_private = |path: &Path, bits| mode(path).is_none_or(|mode| mode == bits);
    assert!(is_private(test_session.journal.path(), 0o600) && is_private(&home.journals(), 0o700));
    test_session.save(&Fingerprint::of(b"saved"));
    assert!(is_private(test_session.journal.path(), 0o600), "a new checkpoint too");
    test_session.kill();
    assert_eq!(home.orphans(JournalQuery::ForDraft(&draft, None)).len(), 1);
}

#[test]
fn the_journal_of_a_renamed_draft_is_found_by_its_content() {
    let home = Home::new();
    let (old, new) = (home.draft("旧/甲.ron"), home.draft("新/甲.ron"));
    fs::create_dir_all(old.parent().unwrap()).unwrap();
    fs::write(&old, "the draft").unwrap();
    let print = Fingerprint::of(b"the draft");
    home.typed(Some(&old), Some(&print)).kill();
    assert!(
        home.orphans(JournalQuery::ForDraft(&new, Some(&print))).is_empty(),
        "the old file is still there"
    );
    assert!(home.orphans(JournalQuery::Homeless).is_empty(), "it has a file");
    fs::rename(old.parent().unwrap(), new.parent().unwrap()).unwrap();
    assert!(home.orphans(JournalQuery::ForDraft(&new, None)).is_empty());
    assert!(home.orphans(JournalQuery::ForDraft(&new, Some(&Fingerprint::of(b"another")))).is_empty());
    assert_eq!(home.orphans(JournalQuery::ForDraft(&new, Some(&print))).len(), 1);
    assert_eq!(home.orphans(JournalQuery::Homeless).len(), 1, "it is offered at the home screen too");
}

#[test]
fn files_that_got_no_name_are_removed_but_no_living_ones() {
    let home = Home::new();
    fs::create_dir(home.journals()).unwrap();
    fs::write(home.journals().join("0-0-0.77.new"), "left").unwrap();
    let living = File::create(home.journals().join("0-0-0.78.new")).unwrap();
    living.lock().unwrap();
    assert!(home.orphans(JournalQuery::Homeless).is_empty());
    assert_eq!(home.names(), ["0-0-0.78.new"]);
    drop(living);
    assert!(home.orphans(JournalQuery::Homeless).is_empty());
    assert!(home.names().is_empty());
}

#[test]
fn what_is_written_last_is_offered_first() {
    let home = Home::new();
    let draft = home.draft("甲.ron");
    let paths: Vec<PathBuf> = [30, 10, 20]
        .map(|ago| {
            let test_session = home.typed(Some(&draft), None);
            let when = std::time::SystemTime::now() - std::time::Duration::from_secs(ago);
            File::options()
                .append(true)
                .open(test_session.journal.path())
                .unwrap()
                .set_modified(when)
                .unwrap();
            // Kept until all have names, so that no two have the same.
            test_session
        })
        .into_iter()
        .map(TestSession::kill)
        .collect();
    let found = home.orphans(JournalQuery::ForDraft(&draft, None));
    let found: Vec<&PathBuf> = found.iter().map(|orphan| &orphan.path).collect();
    assert_eq!(found, [&paths[1], &paths[2], &paths[0]]);
}
