//! What is offered of earlier sessions, what is reported, and what is kept in any case.

use std::fs::{self, File};
use std::sync::Arc;

use super::super::record::frame_json;
use super::*;
use crate::store::disk::SystemDisk;
use crate::store::disk::simulated::SimulatedDisk;
use crate::store::{Fault, to_ron};

/// A draft in its file, with the journal of a session that was killed.
struct Left {
    home: tempfile::TempDir,
    draft: PathBuf,
    print: Fingerprint,
    saved: Draft,
    journal: PathBuf,
}

impl Left {
    fn new() -> Self {
        let home = tempfile::tempdir().expect("a folder");
        let draft = home.path().join("甲.ron");
        let saved = Draft::new("示例市某局", 2024, &Library::new());
        let form = saved.form(&Library::new()).expect("an official form");
        let text = to_ron(&form, &saved);
        fs::write(&draft, &text).expect("the draft");
        let print = Fingerprint::of(text.as_bytes());
        let mut left = Left { home, draft, print, saved, journal: PathBuf::new() };
        left.journal = left.type_and_die("12");
        left
    }

    fn type_and_die(&self, text: &str) -> PathBuf {
        let folder = self.folder();
        let mut test_session =
            TestSession::new(Arc::new(SystemDisk), &folder, Some(&self.draft), Some(&self.print));
        test_session.set("requests.new.natural", text);
        test_session.set("overview", "全年");
        test_session.kill()
    }

    fn folder(&self) -> PathBuf {
        self.home.path().join("journal")
    }

    fn next(&self, known: &[&Path]) -> Option<Leftover> {
        let wanted = JournalQuery::ForDraft(&self.draft, Some(&self.print));
        next_leftover(&SystemDisk, &Library::new(), &self.folder(), wanted, Some(&self.saved), known)
    }

    #[track_caller]
    fn changes(&self, known: &[&Path]) -> (OrphanJournal, Recovery) {
        match self.next(known) {
            Some(Leftover::Changes(changes)) => *changes,
            other => panic!("{other:?}"),
        }
    }

    /// Returns why something cannot be read, and where it is kept.
    #[track_caller]
    fn unreadable(&self) -> (Fault, PathBuf) {
        match self.next(&[]) {
            Some(Leftover::Unreadable(_, error, kept)) => (error.fault, kept),
            other => panic!("{other:?}"),
        }
    }

    /// Returns a session that goes on with what was left.
    fn adopt(&self) -> (SessionJournal, Recovery) {
        let (orphan, recovery) = self.changes(&[]);
        let session = SavedState {
            path: Some(self.draft.clone()),
            since: "2026-01-21 09:30".into(),
            saved: (recovery.form.clone(), self.saved.clone()),
            on_disk: Some((self.print.hash, self.print.length)),
        };
        let mut journal =
            SessionJournal::new(Arc::new(SystemDisk), Library::new(), Some(self.folder()), session);
        journal.adopt(orphan, &recovery, (&recovery.form, &recovery.draft, &recovery.history));
        (journal, recovery)
    }

    fn files(&self) -> Vec<PathBuf> {
        fs::read_dir(self.folder()).expect("the folder").flatten().map(|entry| entry.path()).collect()
    }
}

#[test]
fn what_is_put_off_waits_and_what_is_given_up_goes() {
    let left = Left::new();
    let (orphan, _) = left.changes(&[]);
    assert!(left.next(&[&left.journal]).is_none(), "put off for this session");
    drop(orphan);
    let (orphan, recovery) = left.changes(&[]);
    assert_eq!((recovery.draft.text("overview"), recovery.damaged_bytes), ("全年", 0));
    assert!(recovery.fits(Some(&left.print)));
    orphan.discard(&SystemDisk).unwrap();
    assert!(left.next(&[]).is_none() && left.files().is_empty());
}

#[test]
fn what_is_in_the_file_already_is_cleared_away_silently() {
    let mut left = Left::new();
    // The kill came between the save and the record of it.
    let (orphan, recovery) = left.changes(&[]);
    left.saved = recovery.draft.clone();
    drop(orphan);
    assert!(left.next(&[]).is_none() && left.files().is_empty());
}

#[test]
fn a_journal_torn_at_its_end_is_offered_as_far_as_it_reads() {
    let left = Left::new();
    tear(&left.journal);
    let (orphan, recovery) = left.changes(&[]);
    assert_eq!(*recovery.draft.get("requests.new.natural").typed(), *"12");
    assert!(recovery.draft.get("overview").is_blank() && recovery.damaged_bytes > 0);
    drop(orphan);
    // Taken up, it is kept all the same, under another name.
    let torn = fs::read(&left.journal).unwrap();
    let (journal, _) = left.adopt();
    let own = journal.path().unwrap().to_path_buf();
    journal.close();
    assert!(!own.exists());
    let kept = left.files();
    assert_eq!(kept, [left.journal.with_extension("damaged-1")]);
    assert_eq!(fs::read(&kept[0]).unwrap(), torn, "as it was");
    assert!(left.next(&[]).is_none(), "it is not offered again");
}

#[test]
fn a_journal_with_a_broken_start_is_reported_once_and_kept() {
    let left = Left::new();
    let mut bytes = fs::read(&left.journal).unwrap();
    bytes[30] ^= 1;
    fs::write(&left.journal, &bytes).unwrap();
    let (fault, kept) = left.unreadable();
    assert_eq!((fault, kept.clone()), (Fault::Content, left.journal.with_extension("damaged-1")));
    assert_eq!(fs::read(&kept).unwrap(), bytes);
    assert!(left.next(&[]).is_none(), "told once");
    // A second one takes a name of its own.
    let again = left.type_and_die("13");
    fs::write(&again, "broken").unwrap();
    assert_eq!(left.unreadable().1, again.with_extension("damaged-2"));
    assert_eq!(left.files().len(), 2);
}

#[test]
fn a_damaged_journal_that_holds_nothing_new_is_kept_too() {
    let mut left = Left::new();
    tear(&left.journal);
    let bytes = fs::read(&left.journal).unwrap();
    left.saved = read(&bytes).draft;
    let (fault, kept) = left.unreadable();
    assert_eq!(fault, Fault::Content);
    assert_eq!(fs::read(kept).unwrap(), bytes);
}

#[test]
fn a_journal_of_another_version_stays_where_that_finds_it() {
    let left = Left::new();
    let bytes = frame_json(br#"{"head":{"version":3,"draft":null,"since":""}}"#);
    fs::write(&left.journal, &bytes).unwrap();
    for _ in 0..2 {
        assert_eq!(left.unreadable(), (Fault::Newer, left.journal.clone()));
    }
    assert_eq!(fs::read(&left.journal).unwrap(), bytes);
}

#[test]
fn a_journal_beyond_all_measure_is_reported_and_left_alone() {
    let left = Left::new();
    // Four gigabytes that take no space.
    File::options().write(true).open(&left.journal).unwrap().set_len(4 << 30).unwrap();
    let (fault, kept) = left.unreadable();
    assert_eq!((fault, kept), (Fault::TooLarge, left.journal.clone()));
    assert_eq!(fs::metadata(&left.journal).unwrap().len(), 4 << 30);
}

#[test]
fn what_is_no_file_is_neither_opened_nor_removed() {
    let left = Left::new();
    fs::remove_file(&left.journal).unwrap();
    fs::create_dir(&left.journal).unwrap();
    assert!(left.next(&[]).is_none());
    assert!(left.journal.is_dir());
}

#[test]
fn a_journal_stays_until_what_is_in_it_is_saved() {
    let left = Left::new();
    let (mut journal, recovery) = left.adopt();
    let second = left.type_and_die("77");
    let known: Vec<PathBuf> = journal.known_paths().map(Path::to_path_buf).collect();
    let known: Vec<&Path> = known.iter().map(|path| &**path).collect();
    let (orphan, second_recovery) = left.changes(&known);
    journal.absorb(orphan, &second_recovery);
    assert!(second.exists() && left.next(&[]).is_none(), "ours until it is saved");
    let now = (&*recovery.form, &recovery.draft, &recovery.history);
    journal.record(Vec::new(), now);
    assert!(second.exists());
    let session = SavedState {
        saved: (recovery.form.clone(), recovery.draft.clone()),
        ..journal.saved_state().clone()
    };
    journal.on_saved(session, now);
    assert!(is_gone(&second, &journal));
    drop(journal);
    assert!(left.next(&[]).is_none() && left.files().is_empty(), "all of it is saved");
}

#[test]
fn a_damaged_journal_is_kept_when_its_changes_are_taken_in() {
    for saves in [true, false] {
        let left = Left::new();
        let (mut journal, recovery) = left.adopt();
        let second = left.type_and_die("77");
        tear(&second);
        let torn = fs::read(&second).unwrap();
        let own = journal.path().unwrap().to_path_buf();
        let (orphan, changes) = left.changes(&[&own]);
        journal.absorb(orphan, &changes);
        if saves {
            let now = (&*recovery.form, &recovery.draft, &recovery.history);
            journal.on_saved(journal.saved_state().clone(), now);
            assert!(is_gone(&second, &journal));
        } else {
            journal.close();
            assert!(!second.exists());
        }
        assert_eq!(fs::read(second.with_extension("damaged-1")).unwrap(), torn);
    }
}

#[test]
fn a_damaged_journal_that_could_not_be_replaced_is_kept() {
    let disk = SimulatedDisk::new(3);
    let shared: Arc<dyn Disk> = Arc::new(disk.clone());
    let folder = Path::new("/journal");
    let mut test_session = TestSession::new(shared.clone(), folder, Some(Path::new("/a.ron")), None);
    test_session.set("requests.new.natural", "12");
    test_session.set("overview", "全年");
    let session = test_session.session.clone();
    let length = test_session.journal.length();
    let path = test_session.kill();
    shared.open(&path).unwrap().truncate(length - 3).unwrap();
    let mut orphan = find_orphans(&disk, folder, JournalQuery::ForDraft(Path::new("/a.ron"), None)).remove(0);
    let recovery = read(&orphan.read().unwrap());
    let now = (&*recovery.form, &recovery.draft, &recovery.history);
    let mut journal = SessionJournal::new(shared, Library::new(), Some(folder.into()), session.clone());
    disk.set_full(true);
    journal.adopt(orphan, &recovery, now);
    assert!(journal.fault().is_some(), "the disk is full");
    journal.on_saved(SavedState { saved: (recovery.form.clone(), recovery.draft.clone()), ..session }, now);
    assert_eq!(disk.files(), [path.with_extension("damaged-1")]);
}

/// Takes the last bytes of a journal away.
fn tear(journal: &Path) {
    let bytes = fs::read(journal).unwrap();
    fs::write(journal, &bytes[..bytes.len() - 3]).unwrap();
}

/// Whether a journal was removed. The session's own may have its name by now, where an open file cannot be
/// replaced.
fn is_gone(journal: &Path, own: &SessionJournal) -> bool {
    !journal.exists() || own.path() == Some(journal)
}

#[test]
fn the_step_to_which_it_can_be_recovered_is_counted_from_one() {
    let left = Left::new();
    fs::remove_file(&left.journal).unwrap();
    let mut draft = left.saved.clone();
    let (form, mut history) = (draft.form(&Library::new()).unwrap(), History::new());
    let session = SavedState {
        path: Some(left.draft.clone()),
        since: "2026-01-20 09:30".into(),
        saved: (form.clone(), draft.clone()),
        on_disk: Some((left.print.hash, left.print.length)),
    };
    let mut journal = SessionJournal::new(Arc::new(SystemDisk), Library::new(), Some(left.folder()), session);
    for number in ["1", "2", "3"] {
        let edit = Edit::from_typed(&form, &draft, &FieldId::new("requests.new.natural"), number);
        history.apply(&mut draft, edit);
        journal.record(history.drain_events(), (&form, &draft, &history));
    }
    drop(journal);
    let journal = left.files().remove(0);
    tear(&journal);
    let (_, recovery) = left.changes(&[]);
    assert_eq!((recovery.steps, &*recovery.draft.get("requests.new.natural").typed()), (2, "2"));
}
