//! Journals of anything that a clerk can do, whole, cut off and damaged.

use std::sync::Arc;

use proptest::prelude::*;

use super::*;
use crate::draft::{Adjustment, Compiled, Forms, Part, Waived};
use crate::edit::Change;
use crate::store::disk::simulated::SimulatedDisk;
use crate::store::to_ron;

/// What a clerk does: a number for the kind of it, one for the field, and what is typed.
type Act = (u8, usize, String);

fn sitting() -> Sitting {
    let disk = Arc::new(SimulatedDisk::new(1));
    Sitting::new(disk, Path::new("/journal"), Some(Path::new("/草稿/甲.ron")), None)
}

fn act(sitting: &mut Sitting, (what, field, text): Act) {
    let fields = sitting.form.fields();
    let id = fields[field % fields.len()].id.clone();
    match what {
        0..=3 => return sitting.set(id.as_str(), &text),
        4..=7 => {
            let now = sitting.draft.text("overview").to_string();
            let cut = now.char_indices().nth(field % 9).map_or(now.len(), |(at, _)| at);
            return sitting.type_on("overview", &format!("{}{text}{}", &now[..cut], &now[cut..]));
        }
        8 => sitting.history.close_group(),
        9 | 10 => drop(sitting.history.undo(&mut sitting.draft)),
        11 => drop(sitting.history.redo(&mut sitting.draft)),
        12 => return sitting.save(&Fingerprint::of(text.as_bytes())),
        13 => {
            let edit = Edit::switch_totals(&sitting.form, &sitting.draft);
            sitting.history.apply(&mut sitting.draft, edit);
        }
        14 => {
            let edit = of_every_kind(&sitting.draft, &id, text);
            sitting.history.apply(&mut sitting.draft, edit);
        }
        15 => sitting.history.cancel_group(&mut sitting.draft),
        _ => {
            // One key may do several things.
            sitting.history.close_group();
            let edit = sitting.typed(id.as_str(), &text);
            sitting.history.apply(&mut sitting.draft, edit);
            let edit = sitting.typed("overview", &text);
            sitting.history.apply_grouped(&mut sitting.draft, edit);
        }
    }
    sitting.record();
}

/// A finding set aside, a note, the units of a compiled report, last year's draft, the forms.
fn of_every_kind(draft: &Draft, id: &FieldId, text: String) -> Edit {
    let finding = Waived { rule: "D3".into(), fields: vec![id.clone()] };
    let mut edit = Edit::waive(draft, finding, Some(text.clone()));
    let note =
        Change::Note { id: id.clone(), before: draft.notes.get(id).cloned(), after: Some(text.clone()) };
    let part = Part { unit: text.clone(), file: text.clone(), print: "00".into() };
    let adjustment = Adjustment { field: id.clone(), amount: 7.into(), reason: text.clone() };
    let compiled = Compiled { units: vec![part], missing: vec![text.clone()], adjustments: vec![adjustment] };
    edit.changes.extend([
        note,
        Change::Compiled(draft.compiled.clone(), Some(compiled)),
        Change::Last(draft.last.clone(), Some(text)),
        Change::Forms(draft.forms.clone(), Forms::same("2019")),
        Change::Forms(Forms::same("2019"), draft.forms.clone()),
    ]);
    edit
}

fn acts() -> impl Strategy<Value = Vec<Act>> {
    let text = prop_oneof!["[0-9]{0,3}", "\\PC{0,6}", "全年\n?|251000元|减4|/|[\\x00-\\x1f]"];
    proptest::collection::vec((0u8..18, 0usize..300, text), 0..40)
}

/// The journal after some acts, with the draft at each length of it since its checkpoint.
fn written(acts: Vec<Act>) -> (Sitting, Vec<u8>, Vec<(usize, Draft)>) {
    let mut sitting = sitting();
    let mut bytes = sitting.bytes();
    let mut states = vec![(bytes.len(), sitting.draft.clone())];
    for what in acts {
        act(&mut sitting, what);
        let now = sitting.bytes();
        if !now.starts_with(&bytes) {
            states.clear();
        }
        bytes = now;
        states.push((bytes.len(), sitting.draft.clone()));
    }
    (sitting, bytes, states)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, ..ProptestConfig::default() })]

    #[test]
    fn everything_comes_back_with_its_undo_history(acts in acts()) {
        let (mut sitting, bytes, _) = written(acts);
        let mut found = read(&bytes);
        prop_assert_eq!(&found.draft, &sitting.draft);
        prop_assert_eq!((found.used, found.damaged), (bytes.len(), 0));
        prop_assert_eq!(&found.history, &sitting.history);
        prop_assert_eq!(found.history.is_grouping(), sitting.history.is_grouping());
        // It is what the file holds: a draft file leaves out what is computed.
        let saved = [&found.saved, &sitting.session.saved].map(|(form, draft)| to_ron(form, draft));
        prop_assert_eq!(&saved[0], &saved[1]);
        prop_assert_eq!(found.on_disk, sitting.session.on_disk);
        while found.history.undo(&mut found.draft).is_some() {
            prop_assert!(sitting.history.undo(&mut sitting.draft).is_some());
            prop_assert_eq!(&found.draft, &sitting.draft);
            prop_assert_eq!(found.history.is_modified(), sitting.history.is_modified());
        }
        prop_assert!(sitting.history.undo(&mut sitting.draft).is_none());
        while found.history.redo(&mut found.draft).is_some() {
            prop_assert!(sitting.history.redo(&mut sitting.draft).is_some());
            prop_assert_eq!(&found.draft, &sitting.draft);
        }
        prop_assert!(sitting.history.redo(&mut sitting.draft).is_none());
    }

    #[test]
    fn what_is_typed_after_a_recovery_joins_what_was_typed_before(acts in acts(), more in acts()) {
        let (mut sitting, bytes, _) = written(acts);
        let mut again = super::bytes::sitting();
        let found = read(&bytes);
        (again.draft, again.history, again.session.saved) = (found.draft, found.history, found.saved);
        again.journal.checkpoint(&again.session, (&again.form, &again.draft, &again.history)).unwrap();
        for what in more {
            act(&mut sitting, what.clone());
            act(&mut again, what);
            prop_assert_eq!(&again.history, &sitting.history);
        }
        let found = read(&again.bytes());
        prop_assert_eq!((&found.draft, &found.history), (&sitting.draft, &sitting.history));
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
                prop_assert_eq!((found.used, found.damaged), (*length, cut - length));
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
            prop_assert_eq!(found.used + found.damaged, bytes.len());
        }
    }

    #[test]
    fn any_bytes_are_replayed_or_refused(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
        let _ = recover("x", &bytes, &Library::new());
    }
}
