//! Journals of anything that a clerk can do, whole, cut off and damaged.

use std::sync::Arc;

use proptest::prelude::*;

use super::*;
use crate::draft::{Adjustment, Compiled, CompiledUnit, FormIds, IgnoredFinding, Unread, Value};
use crate::edit::Change;
use crate::store::disk::simulated::SimulatedDisk;
use crate::store::to_ron;

/// What a clerk does: a number for the kind of it, one for the field, and what is typed.
type Act = (u8, usize, String);

fn test_session() -> TestSession {
    let disk = Arc::new(SimulatedDisk::new(1));
    TestSession::new(disk, Path::new("/journal"), Some(Path::new("/草稿/甲.ron")), None)
}

fn act(test_session: &mut TestSession, (what, field, text): Act) {
    let fields = test_session.form.fields();
    let id = fields[field % fields.len()].id.clone();
    match what {
        0..=3 => return test_session.set(id.as_str(), &text),
        4..=7 => {
            let now = test_session.draft.text("overview").to_string();
            let cut = now.char_indices().nth(field % 9).map_or(now.len(), |(at, _)| at);
            return test_session.type_on("overview", &format!("{}{text}{}", &now[..cut], &now[cut..]));
        }
        8 => test_session.history.close_group(),
        9 | 10 => drop(test_session.history.undo(&mut test_session.draft)),
        11 => drop(test_session.history.redo(&mut test_session.draft)),
        12 => return test_session.save(&Fingerprint::of(text.as_bytes())),
        13 => {
            let edit = Edit::switch_totals(&test_session.form, &test_session.draft);
            test_session.history.apply(&mut test_session.draft, edit);
        }
        14 => {
            let edit = of_every_kind(&test_session.draft, &id, text);
            test_session.history.apply(&mut test_session.draft, edit);
        }
        15 => test_session.history.cancel_group(&mut test_session.draft),
        _ => {
            // One key may do several things.
            test_session.history.close_group();
            let edit = test_session.typed(id.as_str(), &text);
            test_session.history.apply(&mut test_session.draft, edit);
            let edit = test_session.typed("overview", &text);
            test_session.history.apply_grouped(&mut test_session.draft, edit);
        }
    }
    test_session.record();
}

/// Returns a finding set aside, a note, a cell that could not be told, the units of a compiled report, last year's draft, the forms.
fn of_every_kind(draft: &Draft, id: &FieldId, text: String) -> Edit {
    let finding = IgnoredFinding { rule: "D3".into(), fields: vec![id.clone()] };
    let mut edit = Edit::ignore_findings(draft, vec![finding], Some(text.clone()));
    let note =
        Change::Note { id: id.clone(), before: draft.notes.get(id).cloned(), after: Some(text.clone()) };
    // Drafts have `/` in paths, whatever the system has.
    let path = text.replace('\\', "/");
    let part = CompiledUnit { unit: text.clone(), file: path.clone(), print: "00".into() };
    let adjustment = Adjustment { field: id.clone(), amount: 7.into(), reason: text.clone() };
    let compiled = Compiled { units: vec![part], missing: vec![text.clone()], adjustments: vec![adjustment] };
    if !id.column().is_empty() {
        let unread = Unread { candidates: vec![text.clone()], line: text.len(), text: text.clone() };
        edit.push_value(draft, id, Value::Unread(Box::new(unread)));
    }
    edit.changes.extend([
        note,
        Change::Compiled(draft.compiled.clone(), Some(compiled)),
        Change::LastYear(draft.last_year.clone(), Some(path)),
        Change::Forms(draft.forms.clone(), FormIds::same("2019")),
        Change::Forms(FormIds::same("2019"), draft.forms.clone()),
    ]);
    edit
}

fn acts() -> impl Strategy<Value = Vec<Act>> {
    let text = prop_oneof!["[0-9]{0,3}", "\\PC{0,6}", "全年\n?|251000元|减4|/|[\\x00-\\x1f]"];
    proptest::collection::vec((0u8..18, 0usize..300, text), 0..40)
}

/// Returns the journal after some acts, with the draft at each length of it since its checkpoint.
fn written(acts: Vec<Act>) -> (TestSession, Vec<u8>, Vec<(usize, Draft)>) {
    let mut test_session = test_session();
    let mut bytes = test_session.bytes();
    let mut states = vec![(bytes.len(), test_session.draft.clone())];
    for what in acts {
        act(&mut test_session, what);
        let now = test_session.bytes();
        if !now.starts_with(&bytes) {
            states.clear();
        }
        bytes = now;
        states.push((bytes.len(), test_session.draft.clone()));
    }
    (test_session, bytes, states)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, ..ProptestConfig::default() })]

    #[test]
    fn everything_comes_back_with_its_undo_history(acts in acts()) {
        let (mut test_session, bytes, _) = written(acts);
        let mut found = read(&bytes);
        prop_assert_eq!(&found.draft, &test_session.draft);
        prop_assert_eq!((found.bytes_read, found.damaged_bytes), (bytes.len(), 0));
        prop_assert_eq!(&found.history, &test_session.history);
        prop_assert_eq!(found.history.is_grouping(), test_session.history.is_grouping());
        // It is what the file holds: a draft file leaves out what is computed.
        let saved = [&found.saved, &test_session.session.saved].map(|(form, draft)| to_ron(form, draft));
        prop_assert_eq!(&saved[0], &saved[1]);
        prop_assert_eq!(found.on_disk, test_session.session.on_disk);
        while found.history.undo(&mut found.draft).is_some() {
            prop_assert!(test_session.history.undo(&mut test_session.draft).is_some());
            prop_assert_eq!(&found.draft, &test_session.draft);
            prop_assert_eq!(found.history.is_modified(), test_session.history.is_modified());
        }
        prop_assert!(test_session.history.undo(&mut test_session.draft).is_none());
        while found.history.redo(&mut found.draft).is_some() {
            prop_assert!(test_session.history.redo(&mut test_session.draft).is_some());
            prop_assert_eq!(&found.draft, &test_session.draft);
        }
        prop_assert!(test_session.history.redo(&mut test_session.draft).is_none());
    }

    #[test]
    fn what_is_typed_after_a_recovery_joins_what_was_typed_before(acts in acts(), more in acts()) {
        let (mut test_session, bytes, _) = written(acts);
        let mut again = super::bytes::test_session();
        let found = read(&bytes);
        (again.draft, again.history, again.session.saved) = (found.draft, found.history, found.saved);
        again.journal.checkpoint(&again.session, (&again.form, &again.draft, &again.history)).unwrap();
        for what in more {
            act(&mut test_session, what.clone());
            act(&mut again, what);
            prop_assert_eq!(&again.history, &test_session.history);
        }
        let found = read(&again.bytes());
        prop_assert_eq!((&found.draft, &found.history), (&test_session.draft, &test_session.history));
    }

    #[test]
    fn a_journal_cut_anywhere_gives_what_was_on_the_screen(
        acts in acts(),
        cut in any::<prop::sample::Index>(),
    ) {
        let (_, bytes, states) = written(acts);
        let cut = cut.index(bytes.len() + 1);
        let found = recover("x", &bytes[..cut], &Library::new());
        match states.iter().rev().find(|(length, _)| *length <= cut) {
            Some((length, draft)) => {
                let found = found.unwrap();
                prop_assert_eq!(&found.draft, draft);
                prop_assert_eq!((found.bytes_read, found.damaged_bytes), (*length, cut - length));
            }
            None => prop_assert_eq!(found.unwrap_err().fault, crate::store::Fault::Content),
        }
    }

    #[test]
    fn damaged_bytes_never_panic_and_never_make_up_a_draft(
        acts in acts(),
        at in any::<prop::sample::Index>(),
        byte in any::<u8>(),
    ) {
        let (_, mut bytes, states) = written(acts);
        let at = at.index(bytes.len());
        let _ = recover("x", &bytes[at..], &Library::new());
        bytes[at] = byte;
        if let Ok(found) = recover("x", &bytes, &Library::new()) {
            prop_assert!(states.iter().any(|(_, draft)| *draft == found.draft));
            prop_assert_eq!(found.bytes_read + found.damaged_bytes, bytes.len());
        }
    }

    #[test]
    fn any_bytes_are_replayed_or_refused(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
        let _ = recover("x", &bytes, &Library::new());
    }
}
