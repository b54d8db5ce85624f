//! A corrected cell is not blamed; its totals follow it, and only those that were right and untouched.

use std::collections::HashMap;
use std::sync::Arc;

use proptest::prelude::*;

use super::tests::held;
use super::*;
use crate::check::{Context, check};
use crate::draft::{Draft, Value};
use crate::edit::History;
use crate::form::{FieldId, Form};

/// A report whose sums hold, with typed totals, and the history of what is done to it.
#[derive(Clone)]
struct Session {
    form: Arc<Form>,
    draft: Draft,
    history: History,
}

impl Session {
    fn new(id: &str) -> Self {
        let (form, draft) = held(id);
        Session { form, draft, history: History::new() }
    }

    fn number(&self, id: &str) -> u64 {
        let Value::Count(number) = *self.draft.get(id) else { panic!("{id} is no count") };
        number
    }

    fn add(&mut self, id: &str, more: u64) {
        let number = self.number(id) + more;
        let edit = Edit::set(&self.draft, &FieldId::new(id), Value::Count(number));
        self.apply(edit);
    }

    fn apply(&mut self, edit: Edit) {
        self.history.apply(&mut self.draft, edit);
    }

    fn findings(&self) -> Vec<Finding> {
        let context = Context { history: Some(&self.history), ..Context::default() };
        let mut findings = check(&self.form, &self.draft, context);
        findings.retain(|finding| finding.rule.starts_with('T'));
        findings
    }

    /// The fields that the follow-ups set, and the edit.
    fn follow_ups(&self) -> Option<(Vec<String>, Edit)> {
        let findings = self.findings().into_iter().filter(Finding::has_follow_ups);
        let edits: Vec<Edit> = findings.filter_map(|finding| finding.fix).collect();
        let edit = edits.first().cloned()?;
        let table = |edit: &Edit| edit.fields().next().map(|id| id.section().to_string());
        let alike = |other: &Edit| table(other) != table(&edit) || *other == edit;
        assert!(edits.iter().all(alike), "one proposal for a table");
        Some((edit.fields().map(|id| id.to_string()).collect(), edit))
    }

    /// The relations with a total that hold, by their places in the form.
    fn held_totals(&self) -> Vec<usize> {
        let ledger = crate::draft::Ledger::new(&self.form, &self.draft);
        let relations = self.form.relations().iter().enumerate().filter(|(_, relation)| relation.is_total);
        let holds = |relation: &Relation| {
            ledger.sum(&self.form, &relation.left) == ledger.sum(&self.form, &relation.right)
        };
        relations.filter(|(_, relation)| holds(relation)).map(|(at, _)| at).collect()
    }
}

const LEAF: &str = "requests.granted.natural";

#[test]
fn a_corrected_number_is_not_blamed() {
    let mut session = Session::new("2021");
    session.add("requests.carried_in.natural", 1);
    let findings = session.findings();
    let rules: Vec<&str> = findings.iter().map(|finding| finding.rule.as_str()).collect();
    assert_eq!(rules, ["T1", "T3"]);
    let now = session.number("requests.carried_in.natural");
    let change = format!("“上年结转·自然人”刚由 {} 改为 {now}，总计还没有跟上。", now - 1);
    for finding in findings {
        assert!(finding.message.starts_with(&change), "{}", finding.message);
        assert_eq!(finding.suspect, None);
        assert_eq!(finding.changed, Some(FieldId::new("requests.carried_in.natural")));
    }
    let (fields, edit) = session.follow_ups().unwrap();
    assert_eq!(fields, ["requests.carried_in.total"]);
    session.apply(edit);
    let left = session.findings();
    assert!(left.iter().all(|finding| finding.rule == "T1" && finding.fix.is_none()), "{left:?}");
    assert_eq!(left.len(), 2, "自然人 and 总计: which cell is wrong is for the clerk to say");
}

#[test]
fn every_total_on_the_way_follows_any_cell() {
    for id in ["2019", "2021"] {
        let form = held(id).0;
        let in_sums =
            |field: &&FieldId| form.relations().iter().any(|r| r.is_total && r.right.contains(field));
        let cells = form.fields().iter().filter(|field| field.sum.is_none()).map(|field| &field.id);
        for cell in cells.filter(in_sums) {
            let mut session = Session::new(id);
            session.add(cell.as_str(), 3);
            let (fields, edit) = session.follow_ups().unwrap_or_else(|| panic!("{cell}"));
            let row = fields.iter().any(|field| FieldId::new(field).row() == cell.row());
            assert!(row && (1..=3).contains(&fields.len()), "{cell}: {fields:?}");
            session.apply(edit);
            assert!(session.findings().iter().all(|finding| finding.rule == "T1"), "{cell}");
            session.history.undo(&mut session.draft).unwrap();
            session.history.undo(&mut session.draft).unwrap();
            assert_eq!(session.draft, held(id).1, "{cell}");
        }
    }
}

#[test]
fn two_corrections_are_followed_together() {
    let mut session = Session::new("2021");
    session.add(LEAF, 1);
    session.add("requests.partial.natural", 2);
    let (fields, edit) = session.follow_ups().unwrap();
    let totals = ["granted.total", "partial.total", "handled.natural", "handled.total"];
    assert_eq!(fields, totals.map(|total| format!("requests.{total}")));
    session.apply(edit);
    assert!(session.findings().iter().all(|finding| finding.rule == "T1"));
}

#[test]
fn a_total_typed_after_the_change_is_kept() {
    let mut session = Session::new("2021");
    session.add(LEAF, 1);
    session.add("requests.handled.total", 7);
    assert_eq!(session.follow_ups(), None, "they would not agree with what was typed");
    assert!(session.findings().iter().all(|finding| finding.suspect != Some(FieldId::new(LEAF))));
    let mut session = Session::new("2021");
    session.add(LEAF, 1);
    session.add("requests.handled.total", 1);
    let (fields, edit) = session.follow_ups().unwrap();
    assert_eq!(fields, ["requests.granted.total", "requests.handled.natural"]);
    session.apply(edit);
    assert!(session.findings().iter().all(|finding| finding.rule == "T1"));
}

#[test]
fn a_total_that_holds_since_it_was_typed_is_kept_too() {
    // The clerk brought the second correction up to the grand total, and not yet the first.
    let mut session = Session::new("2021");
    session.add(LEAF, 1);
    for cell in ["partial.natural", "partial.total", "handled.total"] {
        session.add(&format!("requests.{cell}"), 1);
    }
    assert_eq!(session.follow_ups(), None, "the grand total would have to be typed over");
}

#[test]
fn a_total_that_was_wrong_before_is_a_finding_of_its_own() {
    let mut session = Session::new("2021");
    session.add("requests.granted.total", 2);
    session.history = History::new();
    session.add(LEAF, 1);
    let (fields, edit) = session.follow_ups().unwrap();
    assert_eq!(fields, ["requests.handled.natural", "requests.handled.total"]);
    session.apply(edit);
    let rest = session.findings();
    let row = rest.iter().find(|finding| finding.rule == "T3").unwrap();
    assert_eq!((&row.changed, &row.suspect), (&None, &Some(FieldId::new("requests.granted.total"))));
    assert!(row.fix.is_some(), "its sum is offered as ever");
}

#[test]
fn a_total_that_was_changed_last_is_blamed() {
    let mut session = Session::new("2021");
    session.add("requests.granted.total", 5);
    for finding in session.findings() {
        assert!(finding.message.contains("“予以公开·总计”刚由"), "{}", finding.message);
        assert_eq!(finding.changed.is_none(), finding.fields[0].row() == "granted", "{finding:?}");
    }
    let row = session.findings().into_iter().find(|finding| finding.rule == "T3").unwrap();
    assert_eq!(row.suspect, Some(FieldId::new("requests.granted.total")));
    session.apply(row.fix.unwrap());
    assert_eq!(session.findings(), vec![]);
    // With a cell of the row changed before it, either may be right: nothing is offered over it.
    session.add(LEAF, 1);
    session.add("requests.granted.total", 3);
    let row = session.findings().into_iter().find(|finding| finding.rule == "T3").unwrap();
    assert_eq!((row.changed, row.fix), (None, None));
    assert_ne!(row.suspect, Some(FieldId::new(LEAF)));
}

#[test]
fn without_a_history_nothing_is_told_of_changes() {
    let mut session = Session::new("2021");
    session.add(LEAF, 1);
    let findings = check(&session.form, &session.draft, Context::default());
    let findings: Vec<_> = findings.into_iter().filter(|finding| finding.rule.starts_with('T')).collect();
    assert!(!findings.is_empty());
    for finding in &findings {
        assert!(!finding.message.contains("刚由") && finding.changed.is_none(), "{}", finding.message);
    }
    session.history = History::new();
    assert_eq!(session.findings(), findings, "as after opening the file again");
}

#[test]
fn what_was_undone_is_no_change() {
    let mut session = Session::new("2021");
    session.add(LEAF, 1);
    let told = session.findings();
    session.history.undo(&mut session.draft).unwrap();
    assert_eq!(session.findings(), vec![]);
    session.history.redo(&mut session.draft).unwrap();
    assert_eq!(session.findings(), told);
}

#[test]
fn with_computed_totals_the_change_is_named_and_not_blamed() {
    let mut session = Session::new("2021");
    Edit::switch_totals(&session.form, &session.draft).apply(&mut session.draft);
    session.add("requests.new.natural", 1);
    let findings = session.findings();
    let first = &findings[0];
    assert_eq!((first.rule.as_str(), &first.fix, &first.suspect), ("T1", &None, &None));
    assert!(first.message.contains("“本年新收·自然人”刚由"), "{}", first.message);
    assert_eq!(first.changed, Some(FieldId::new("requests.new.natural")));
}

#[test]
fn a_cell_that_cannot_be_read_is_followed_by_nothing() {
    let mut session = Session::new("2021");
    session.add(LEAF, 1);
    let unreadable = Value::Unreadable("1O".into());
    let edit = Edit::set(&session.draft, &FieldId::new("requests.granted.legal"), unreadable);
    session.apply(edit);
    assert!(
        session.follow_ups().is_none_or(|(fields, _)| !fields.contains(&"requests.granted.total".into()))
    );
}

/// What a clerk may do to a cell of section 三 or 四.
#[derive(Clone, Debug)]
enum ClerkAction {
    /// Types another number into the cell at that place among them.
    Type(usize, u64),
    /// Blanks it.
    Blank(usize),
    /// Pastes over a row from there.
    Paste(usize, Vec<u64>),
    /// Makes the totals follow.
    Follow,
    /// Takes the offered fix.
    Fix,
    Undo,
}

fn clerk_action() -> impl Strategy<Value = ClerkAction> {
    let near = prop_oneof![3 => 0usize..40, 1 => 0usize..220];
    prop_oneof![
        6 => (near.clone(), 0u64..12).prop_map(|(cell, number)| ClerkAction::Type(cell, number)),
        1 => near.clone().prop_map(ClerkAction::Blank),
        1 => (near, prop::collection::vec(0u64..9, 1..8)).prop_map(|(cell, row)| ClerkAction::Paste(cell, row)),
        2 => Just(ClerkAction::Follow),
        1 => Just(ClerkAction::Fix),
        1 => Just(ClerkAction::Undo),
    ]
}

/// Does it, and returns the cells that the clerk typed.
fn perform(session: &mut Session, action: &ClerkAction) -> Vec<FieldId> {
    let form = session.form.clone();
    let of_sums = |field: &&crate::form::Field| matches!(field.id.section(), "requests" | "review");
    let cells: Vec<FieldId> = form.fields().iter().filter(of_sums).map(|field| field.id.clone()).collect();
    let cell = |at: usize| cells[at % cells.len()].clone();
    let mut edit = Edit::new();
    match action {
        ClerkAction::Type(at, number) => edit.push_value(&session.draft, &cell(*at), Value::Count(*number)),
        ClerkAction::Blank(at) => edit.push_value(&session.draft, &cell(*at), Value::Blank),
        ClerkAction::Paste(at, row) => {
            for (more, number) in row.iter().enumerate() {
                edit.push_value(&session.draft, &cell(at + more), Value::Count(*number));
            }
        }
        ClerkAction::Follow => {
            let edit = session.follow_ups().map(|(_, edit)| edit);
            edit.into_iter().for_each(|edit| session.apply(edit));
            return Vec::new();
        }
        ClerkAction::Fix => {
            let fix = session.findings().into_iter().find_map(|finding| finding.fix);
            fix.into_iter().for_each(|edit| session.apply(edit));
            return Vec::new();
        }
        ClerkAction::Undo => {
            session.history.undo(&mut session.draft);
            return Vec::new();
        }
    }
    let typed = edit.fields().cloned().collect();
    session.apply(edit);
    typed
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: std::env::var("PROPTEST_CASES").ok().and_then(|cases| cases.parse().ok()).unwrap_or(200),
        ..ProptestConfig::default()
    })]

    #[test]
    fn follow_ups_only_ever_mend(form in prop::sample::select(vec!["2019", "2021"]),
        actions in prop::collection::vec(clerk_action(), 1..14))
    {
        let mut session = Session::new(form);
        // When each cell was typed last; what an undo takes back is forgotten with all before it.
        let mut typed: HashMap<FieldId, usize> = HashMap::new();
        for (time, action) in actions.iter().enumerate() {
            let held_before = session.held_totals();
            let cells = perform(&mut session, action);
            if matches!(action, ClerkAction::Undo) {
                typed.clear();
            }
            typed.extend(cells.iter().map(|cell| (cell.clone(), time)));
            let findings = session.findings();
            for finding in &findings {
                // What was just typed and broke a sum that held is named, and not to be changed back.
                let relation = session.form.relations().iter().position(|r| r.fields().eq(&finding.fields));
                let broke = relation.is_some_and(|at| held_before.contains(&at));
                if let [cell] = &cells[..]
                    && broke && finding.fields.contains(cell) && !session.form.is_total(cell.as_str())
                    && finding.severity == Severity::Error
                {
                    prop_assert_eq!(&finding.changed, &Some(cell.clone()));
                    prop_assert_eq!(&finding.suspect, &None);
                }
                let Some(fix) = finding.fix.clone().filter(|_| finding.has_follow_ups()) else { continue };
                let changed = finding.changed.clone().unwrap();
                prop_assert!(finding.suspect.is_none());
                for total in fix.fields() {
                    prop_assert!(session.form.is_total(total.as_str()), "{} is no total", total);
                    // Never over what was typed after the change.
                    if let (Some(total_time), Some(time)) = (typed.get(total), typed.get(&changed)) {
                        prop_assert!(total_time < time, "{} was typed after {}", total, changed);
                    }
                }
                let mut after = session.clone();
                after.apply(fix.clone());
                let (now, then) = (session.held_totals(), after.held_totals());
                prop_assert!(now.iter().all(|at| then.contains(at)), "a sum that held is broken");
                prop_assert!(then.len() > now.len(), "nothing is mended");
                if !finding.rule.starts_with("T1") {
                    prop_assert!(then.contains(&relation.unwrap()), "its own sum is mended");
                }
                after.history.undo(&mut after.draft).unwrap();
                prop_assert_eq!(&after.draft, &session.draft, "one undo takes all back");
            }
        }
    }
}
