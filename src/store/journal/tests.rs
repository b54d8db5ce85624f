//! Whatever was written down comes back, with the undo history; damage costs only what it touched.

use super::*;
use crate::draft::{Adjustment, Compiled, Draft, Forms, Part, Totals, Value, Waived, read};
use crate::edit::{Change, Edit, History};
use crate::form::{FieldId, Form, Library};
use crate::store::{Fingerprint, to_ron};
use proptest::prelude::*;
use std::path::Path;

/// A sitting that writes everything it does into a journal.
struct Sitting {
    library: Library,
    form: std::sync::Arc<Form>,
    draft: Draft,
    history: History,
    journal: Vec<u8>,
    /// The length of the journal and the draft after each step.
    states: Vec<(usize, Draft)>,
}

impl Sitting {
    fn new(base: Option<(u64, u64)>) -> Self {
        let library = Library::new();
        let draft = Draft::new("示例市某局", 2024, &library);
        let form = draft.form(&library).unwrap();
        let text = to_ron(&form, &draft);
        let head =
            Head { draft: Some("/草稿/甲.ron".into()), since: "2026-01-20 09:30".into(), text, base };
        let journal = encode_head(&head);
        let mut history = History::new();
        if base.is_none() {
            history.mark_unsaved();
        }
        let states = vec![(journal.len(), draft.clone())];
        Sitting { library, form, draft, history, journal, states }
    }

    fn step(&mut self, step: Step) {
        self.journal.extend(encode(&step));
        match step {
            Step::Run(edit) => self.history.run(&mut self.draft, edit),
            Step::Typing(edit) => self.history.run_typing(&mut self.draft, edit),
            Step::Seal => self.history.seal(),
            Step::Undo => drop(self.history.undo(&mut self.draft)),
            Step::Redo => drop(self.history.redo(&mut self.draft)),
            Step::Saved(..) => self.history.mark_saved(),
            Step::Entry(..) | Step::EntryDone => {}
        }
        self.states.push((self.journal.len(), self.draft.clone()));
    }

    fn set(&self, id: &str, text: &str) -> Edit {
        Edit::typed(&self.form, &self.draft, &FieldId::new(id), text)
    }

    fn replay(&self, bytes: &[u8]) -> Recovered {
        replay("x.journal", bytes, &self.library).unwrap()
    }
}

/// What a clerk may do, by number.
fn act(sitting: &mut Sitting, (what, field, text): (u8, usize, String)) {
    let fields = sitting.form.fields();
    let id = fields[field % fields.len()].id.clone();
    match what {
        0..=3 => {
            let edit = sitting.set(id.as_str(), &text);
            sitting.step(Step::Run(edit));
        }
        4..=7 => {
            let now = sitting.draft.text("overview").to_string();
            let cut = now.char_indices().nth(field % 9).map_or(now.len(), |(at, _)| at);
            let edit = sitting.set("overview", &format!("{}{text}{}", &now[..cut], &now[cut..]));
            sitting.step(Step::Typing(edit));
        }
        8 => sitting.step(Step::Seal),
        9 | 10 if sitting.history.reach().0 => sitting.step(Step::Undo),
        11 if sitting.history.reach().1 => sitting.step(Step::Redo),
        12 => sitting.step(Step::Saved(field as u64, 7)),
        13 => {
            let edit = Edit::switch_totals(&sitting.form, &sitting.draft);
            sitting.step(Step::Run(edit));
        }
        14 => {
            let finding = Waived { rule: "D3".into(), fields: vec![id.clone()] };
            let mut edit = Edit::waive(&sitting.draft, finding, Some(text.clone()));
            let before = sitting.draft.notes.get(&id).cloned();
            edit.changes.push(Change::Note { id: id.clone(), before, after: Some(text.clone()) });
            let part = Part { unit: text.clone(), file: text.clone(), print: "00".into() };
            let adjustment = Adjustment { field: id.clone(), amount: 7.into(), reason: text.clone() };
            let units =
                Compiled { units: vec![part], missing: vec![text.clone()], adjustments: vec![adjustment] };
            edit.changes.push(Change::Compiled(sitting.draft.compiled.clone(), Some(units)));
            edit.changes.push(Change::Last(sitting.draft.last.clone(), Some(text)));
            edit.changes.push(Change::Forms(sitting.draft.forms.clone(), Forms::same("2019")));
            edit.changes.push(Change::Forms(Forms::same("2019"), sitting.draft.forms.clone()));
            sitting.step(Step::Run(edit));
        }
        _ => sitting.step(Step::Entry(id, text)),
    }
}

fn acts() -> impl Strategy<Value = Vec<(u8, usize, String)>> {
    let text = prop_oneof!["[0-9]{0,3}", "\\PC{0,6}", "全年\n?|251000元|减4|/|[\\x00-\\x1f]"];
    proptest::collection::vec((0u8..17, 0usize..300, text), 0..40)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, ..ProptestConfig::default() })]

    #[test]
    fn everything_written_down_comes_back_with_its_undo_history(acts in acts(), saved in any::<bool>()) {
        let mut sitting = Sitting::new(saved.then_some((1, 2)));
        for what in acts {
            act(&mut sitting, what);
        }
        let mut found = sitting.replay(&sitting.journal);
        prop_assert_eq!(&found.draft, &sitting.draft);
        prop_assert_eq!(found.used, sitting.journal.len());
        prop_assert_eq!(found.history.is_modified(), sitting.history.is_modified());
        prop_assert_eq!(found.history.reach(), sitting.history.reach());
        while found.history.undo(&mut found.draft).is_some() {
            sitting.history.undo(&mut sitting.draft);
            prop_assert_eq!(&found.draft, &sitting.draft);
            prop_assert_eq!(found.history.is_modified(), sitting.history.is_modified());
        }
        while found.history.redo(&mut found.draft).is_some() {
            sitting.history.redo(&mut sitting.draft);
            prop_assert_eq!(&found.draft, &sitting.draft);
        }
    }

    #[test]
    fn a_journal_cut_anywhere_gives_all_whole_records_before_the_cut(acts in acts(), cut in any::<prop::sample::Index>()) {
        let mut sitting = Sitting::new(None);
        for what in acts {
            act(&mut sitting, what);
        }
        let first = sitting.states[0].0;
        let cut = first + cut.index(sitting.journal.len() - first + 1);
        let whole = sitting.states.iter().rev().find(|(length, _)| *length <= cut).unwrap();
        let found = sitting.replay(&sitting.journal[..cut]);
        prop_assert_eq!(&found.draft, &whole.1);
        prop_assert_eq!(found.used, whole.0);
    }

    #[test]
    fn damaged_journals_never_panic(acts in acts(), at in any::<prop::sample::Index>(), byte in any::<u8>()) {
        let mut sitting = Sitting::new(None);
        for what in acts {
            act(&mut sitting, what);
        }
        let mut bytes = sitting.journal.clone();
        let at = at.index(bytes.len());
        bytes[at] = byte;
        let _ = replay("x", &bytes, &sitting.library);
        let _ = replay("x", &bytes[at..], &sitting.library);
    }

    #[test]
    fn any_bytes_are_replayed_or_refused(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
        let _ = replay("x", &bytes, &Library::new());
    }
}

#[test]
fn records_that_do_not_fit_the_draft_end_the_replay() {
    let mut sitting = Sitting::new(None);
    let edit = sitting.set("overview", "全年");
    sitting.step(Step::Run(edit));
    for json in [
        r#"{"run":[{"t":["overview",4,"x",0]}]}"#,
        r#"{"run":[{"t":["overview",1,"x",0]}]}"#,
        r#"{"run":[{"t":["overview",18446744073709551615,"x",18446744073709551615]}]}"#,
        r#"{"run":[{"t":["overview",6,"x",3]}]}"#,
        r#"{"run":[{"v":["disclosure.fees.amount",{"m":["1e99","",""]}]}]}"#,
        r#""redo""#,
        r#"{"head":{"version":1,"since":"","text":""}}"#,
    ] {
        let mut bytes = sitting.journal.clone();
        bytes.extend(frame(json.as_bytes()));
        bytes.extend(encode(&Step::Entry("overview".into(), "后面的".into())));
        let found = sitting.replay(&bytes);
        assert_eq!(found.draft, sitting.draft, "{json}");
        assert_eq!(found.entry, None, "{json}");
    }
}

#[test]
fn the_cell_being_typed_is_there_until_it_is_done() {
    let mut sitting = Sitting::new(None);
    sitting.step(Step::Entry("requests.new.natural".into(), "1".into()));
    sitting.step(Step::Entry("requests.new.natural".into(), "12".into()));
    let found = sitting.replay(&sitting.journal);
    assert_eq!(found.entry, Some(Entry { field: "requests.new.natural".into(), text: "12".into() }));
    assert!(!found.is_empty());
    sitting.step(Step::EntryDone);
    assert!(sitting.replay(&sitting.journal).is_empty());
}

#[test]
fn typing_into_a_long_text_writes_only_what_changed() {
    let mut sitting = Sitting::new(None);
    let edit = sitting.set("overview", &"全年共收到申请。".repeat(400));
    sitting.step(Step::Run(edit));
    let before = sitting.journal.len();
    let longer = sitting.draft.text("overview").replacen("共收", "共新收", 1);
    let edit = sitting.set("overview", &longer);
    sitting.step(Step::Typing(edit));
    assert!(sitting.journal.len() - before < 80, "{}", sitting.journal.len() - before);
}

#[test]
fn whether_it_fits_the_file_is_asked_of_the_last_save() {
    let bytes = b"whatever is in the file";
    let now = Fingerprint::of(bytes);
    let mut sitting = Sitting::new(Some((now.hash, now.length)));
    assert!(sitting.replay(&sitting.journal).fits(Some(&now)));
    assert!(!sitting.replay(&sitting.journal).fits(None));
    let edit = sitting.set("requests.new.natural", "3");
    sitting.step(Step::Run(edit));
    let saved = Fingerprint::of(b"saved");
    sitting.step(Step::Saved(saved.hash, saved.length));
    let edit = sitting.set("requests.new.natural", "4");
    sitting.step(Step::Run(edit));
    let found = sitting.replay(&sitting.journal);
    assert!(found.fits(Some(&saved)) && !found.fits(Some(&now)));
    assert_eq!(*found.base.get("requests.new.natural"), Value::Count(3));
    assert_eq!(found.base.totals, Totals::Auto);
}

fn head(draft: Option<&Path>) -> Head {
    let sitting = Sitting::new(None);
    let text = to_ron(&sitting.form, &sitting.draft);
    Head { draft: draft.map(Path::to_path_buf), since: "2026-01-20 09:30".into(), text, base: None }
}

#[test]
fn a_journal_waits_for_its_draft_until_it_is_finished() {
    let folder = tempfile::tempdir().unwrap();
    let journals = folder.path().join("journal");
    let draft = folder.path().join("甲.ron");
    let mut journal = Journal::begin(&journals, &head(Some(&draft))).unwrap();
    let step = Step::Entry("requests.new.natural".into(), "12".into());
    journal.append(&step).unwrap();
    journal.sync().unwrap();
    assert!(waiting(&journals, &draft).is_empty(), "it is being written");
    let path = journal.path().to_path_buf();
    drop(journal);
    assert!(waiting(&journals, &folder.path().join("乙.ron")).is_empty());
    let mut found = waiting(&journals, &draft);
    assert_eq!(found.len(), 1);
    let mut found = found.remove(0);
    assert!(found.when.is_some());
    let bytes = found.read().unwrap();
    let recovered = replay("x", &bytes, &Library::new()).unwrap();
    assert_eq!(recovered.head.draft.as_deref(), Some(draft.as_path()));
    assert_eq!(recovered.entry.unwrap().text, "12");
    let mut journal = found.resume(recovered.used).unwrap();
    journal.append(&Step::EntryDone).unwrap();
    assert_eq!(journal.length(), std::fs::metadata(&path).unwrap().len());
    let again = replay("x", &std::fs::read(&path).unwrap(), &Library::new()).unwrap();
    assert_eq!(again.entry, None);
    journal.finish().unwrap();
    assert!(!path.exists());
}

#[test]
fn drafts_without_a_file_have_journals_too_and_two_sittings_do_not_share_one() {
    let folder = tempfile::tempdir().unwrap();
    let first = Journal::begin(folder.path(), &head(None)).unwrap();
    let second = Journal::begin(folder.path(), &head(None)).unwrap();
    assert_ne!(first.path(), second.path());
    drop(first);
    assert_eq!(unnamed(folder.path()).len(), 1);
    drop(second);
    assert_eq!(unnamed(folder.path()).len(), 2);
    for found in unnamed(folder.path()) {
        found.discard().unwrap();
    }
    assert!(unnamed(folder.path()).is_empty());
}

#[cfg(unix)]
#[test]
fn a_journal_is_for_its_owner_alone_and_found_through_a_link() {
    use std::os::unix::fs::{MetadataExt, symlink};
    let folder = tempfile::tempdir().unwrap();
    let journals = folder.path().join("journal");
    let (draft, link) = (folder.path().join("甲.ron"), folder.path().join("乙.ron"));
    std::fs::write(&draft, "").unwrap();
    symlink(&draft, &link).unwrap();
    let journal = Journal::begin(&journals, &head(Some(&link))).unwrap();
    let mode = |path: &Path| std::fs::metadata(path).unwrap().mode() & 0o777;
    assert_eq!((mode(journal.path()), mode(&journals)), (0o600, 0o700));
    drop(journal);
    assert_eq!(waiting(&journals, &draft).len(), 1);
}

#[test]
fn values_come_back_exactly() {
    let mut sitting = Sitting::new(None);
    let kinds =
        [("disclosure.fees.amount", "1,234.50万元"), ("requests.new.legal", "—"), ("cover.year", "二〇二四")];
    for (id, text) in kinds {
        let kind = &sitting.form.field(id).unwrap().kind.clone();
        let edit = Edit::set(&sitting.draft, &FieldId::new(id), read(kind, text));
        sitting.step(Step::Run(edit));
    }
    assert_eq!(sitting.replay(&sitting.journal).draft, sitting.draft);
}
