//! What each side changed is there; what both changed is reported; nothing else happens.

use super::*;
use crate::draft::{Adjustment, Compiled, CompiledUnit, FormIds, Unread, parse_value};
use crate::form::{Kind, Library};
use proptest::prelude::*;
use std::sync::Arc;

fn form() -> Arc<Form> {
    Library::new().get("2021").unwrap()
}

fn prose(text: &str) -> Value {
    parse_value(&Kind::Prose, text)
}

/// Drafts over few fields and few values, so that sides often meet.
fn drafts() -> impl Strategy<Value = Draft> {
    let ids = ["cover.unit", "requests.new.natural", "requests.new.total", "review.later_suit.upheld"];
    let values = proptest::collection::vec(0u64..4, ids.len());
    let text = || proptest::collection::vec("[甲乙丙]?", 0..6).prop_map(|list| list.join("\n"));
    let word = || proptest::option::of("[ab]");
    let maps = (word(), word(), word(), "202[01]", proptest::option::of(compiled()));
    (values, text(), text(), maps).prop_map(move |(values, one, five, (note, ignored, last, form, units))| {
        let mut draft = Draft::empty(FormIds::same(&form));
        draft.totals = Totals::Typed;
        for (id, value) in ids.iter().zip(values) {
            let value = match value {
                0 => Value::Blank,
                3 if *id != "cover.unit" => Value::Unread(Box::new(Unread { line: 3, ..Unread::default() })),
                value => Value::Count(value),
            };
            draft.set(*id, value);
        }
        draft.set("overview", prose(&one));
        draft.set("problems", prose(&five));
        set_entry(&mut draft.notes, "requests.new.natural".into(), note);
        set_entry(
            &mut draft.ignored_findings,
            IgnoredFinding { rule: "D3".into(), fields: vec!["requests.new".into()] },
            ignored,
        );
        draft.last_year = last;
        draft.compiled = units;
        draft
    })
}

/// Units in one order, so that the sides agree on it.
fn compiled() -> impl Strategy<Value = Compiled> {
    let units = proptest::collection::btree_map("[甲乙]", "[01]", 0..3);
    let adjustment = (0i64..2).prop_map(|amount| Adjustment {
        field: "requests.new.natural".into(),
        amount: amount.into(),
        reason: String::new(),
    });
    let lists =
        (proptest::collection::btree_set("[丙丁]", 0..3), proptest::collection::vec(adjustment, 0..3));
    (units, lists).prop_map(|(units, (missing, adjustments))| Compiled {
        units: units
            .into_iter()
            .map(|(unit, print)| CompiledUnit { unit, file: String::new(), print })
            .collect(),
        missing: missing.into_iter().collect(),
        adjustments,
    })
}

/// Returns a draft with its units in one order: which side comes first decides nothing else.
fn sorted(mut draft: Draft) -> Draft {
    if let Some(compiled) = &mut draft.compiled {
        compiled.units.sort_by(|a, b| a.unit.cmp(&b.unit));
        compiled.missing.sort();
        compiled.adjustments.sort_by_key(|adjustment| adjustment.amount);
    }
    draft
}

fn swapped(conflict: &Conflict) -> Conflict {
    fn swap<T: Clone>(sides: &Sides<T>) -> Sides<T> {
        let Sides { base, ours, theirs } = sides.clone();
        Sides { base, ours: theirs, theirs: ours }
    }
    match conflict {
        Conflict::Field(id, sides) => Conflict::Field(id.clone(), swap(sides)),
        // Where ours is in the merged text depends on how long ours is: not compared.
        Conflict::Paragraphs { id, sides, .. } => {
            Conflict::Paragraphs { id: id.clone(), at: 0, sides: swap(sides) }
        }
        Conflict::Note(id, sides) => Conflict::Note(id.clone(), swap(sides)),
        Conflict::Ignored(finding, sides) => Conflict::Ignored(finding.clone(), swap(sides)),
        Conflict::Forms(sides) => Conflict::Forms(swap(sides)),
        Conflict::LastYear(sides) => Conflict::LastYear(swap(sides)),
        Conflict::Provenance(sides) => Conflict::Provenance(swap(sides)),
        Conflict::Unit(name, sides) => Conflict::Unit(name.clone(), swap(sides)),
        Conflict::Compiled(sides) => Conflict::Compiled(swap(sides)),
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 128, ..ProptestConfig::default() })]

    #[test]
    fn a_side_that_changed_nothing_adds_nothing(base in drafts(), x in drafts()) {
        let form = form();
        prop_assert_eq!(merge(&form, &base, &x, &base), (x.clone(), vec![]));
        prop_assert_eq!(merge(&form, &base, &base, &x), (x.clone(), vec![]));
        prop_assert_eq!(merge(&form, &base, &x, &x), (x, vec![]));
    }

    #[test]
    fn swapping_the_sides_swaps_the_conflicts_and_nothing_else(b in drafts(), x in drafts(), y in drafts()) {
        let form = form();
        let (xy, found) = merge(&form, &b, &x, &y);
        let (yx, turned) = merge(&form, &b, &y, &x);
        // Units are in the order of our side, and so do their conflicts.
        let in_order = |list: Vec<Conflict>| {
            let mut list: Vec<_> = list.into_iter().map(|c| format!("{c:?}")).collect();
            list.sort();
            list
        };
        let straight = found.iter().map(|c| swapped(&swapped(c))).collect();
        prop_assert_eq!(in_order(turned.iter().map(swapped).collect()), in_order(straight));
        // Choosing the same side in both gives the same draft.
        let theirs = vec![Resolution::Theirs; found.len()];
        prop_assert_eq!(sorted(merge_resolved(&form, &b, &x, &y, &theirs).0), sorted(yx));
        prop_assert_eq!(sorted(merge_resolved(&form, &b, &y, &x, &theirs).0), sorted(xy));
    }

    #[test]
    fn conflicts_name_every_field_that_both_changed_differently(b in drafts(), x in drafts(), y in drafts()) {
        let form = form();
        let (draft, found) = merge(&form, &b, &x, &y);
        for field in form.fields() {
            let id = field.id.as_str();
            let (was, ours, theirs) = (b.get(id), x.get(id), y.get(id));
            let named = found.iter().any(|c| matches!(c, Conflict::Field(f, _) if *f == field.id));
            if field.kind != Kind::Prose {
                prop_assert_eq!(named, was != ours && was != theirs && ours != theirs, "{}", id);
                let expected = if ours == was { theirs } else { ours };
                prop_assert_eq!(draft.get(id), expected);
            }
        }
    }

    #[test]
    fn every_paragraph_of_a_side_is_in_the_text_or_a_conflict(b in drafts(), x in drafts(), y in drafts()) {
        let form = form();
        let (draft, found) = merge(&form, &b, &x, &y);
        for id in ["overview", "problems"] {
            let mut there: Vec<&str> = draft.text(id).split('\n').collect();
            for conflict in &found {
                if let Conflict::Paragraphs { id: named, sides, .. } = conflict && named.as_str() == id {
                    there.extend(sides.theirs.iter().map(String::as_str));
                }
            }
            for paragraph in x.text(id).split('\n').chain(y.text(id).split('\n')) {
                let new = !paragraph.is_empty() && !b.text(id).split('\n').any(|old| old == paragraph);
                prop_assert!(!new || there.contains(&paragraph), "{} lost from {}", paragraph, id);
            }
        }
    }

    #[test]
    fn the_difference_leads_from_one_draft_to_the_other_and_back(x in drafts(), y in drafts()) {
        let edit = edit_between(&form(), &x, &y);
        let mut draft = x.clone();
        edit.apply(&mut draft);
        prop_assert_eq!(&draft, &y);
        edit.inverse().apply(&mut draft);
        prop_assert_eq!(&draft, &x);
    }
}

fn overview(base: &str, ours: &str, theirs: &str) -> (Draft, Vec<Conflict>) {
    chosen([base, ours, theirs], &[])
}

fn chosen(texts: [&str; 3], choices: &[Resolution]) -> (Draft, Vec<Conflict>) {
    let side = |text: &str| {
        let mut draft = Draft::empty(FormIds::same("2021"));
        draft.set("overview", prose(text));
        draft
    };
    let [base, ours, theirs] = texts.map(side);
    merge_resolved(&form(), &base, &ours, &theirs, choices)
}

#[test]
fn paragraphs_changed_apart_are_both_taken() {
    let (draft, found) = overview("一\n二\n三\n四", "一改\n二\n三\n四", "一\n二\n三\n四改\n五");
    assert_eq!((draft.text("overview"), found), ("一改\n二\n三\n四改\n五", vec![]));
    let (draft, found) = overview("一\n二", "一改\n二", "一\n二改");
    assert_eq!((draft.text("overview"), found), ("一改\n二改", vec![]), "two that follow each other");
    let (draft, found) = overview("一\n二\n三", "一\n三", "一\n二\n三\n四");
    assert_eq!((draft.text("overview"), found), ("一\n三\n四", vec![]));
}

#[test]
fn a_paragraph_that_both_changed_is_shown_side_by_side() {
    let texts = ["一\n二\n三", "零\n一\n二甲\n三", "一\n二乙\n二丙\n三\n四"];
    let (draft, found) = chosen(texts, &[]);
    assert_eq!(draft.text("overview"), "零\n一\n二甲\n三\n四");
    let [Conflict::Paragraphs { at: 2, sides, .. }] = &found[..] else { panic!("{found:?}") };
    assert_eq!(
        (&sides.ours[..], &sides.theirs[..]),
        (&["二甲".into()][..], &["二乙".into(), "二丙".into()][..])
    );
    assert_eq!(chosen(texts, &[Resolution::Both]).0.text("overview"), "零\n一\n二甲\n二乙\n二丙\n三\n四");
    assert_eq!(chosen(texts, &[Resolution::Theirs]).0.text("overview"), "零\n一\n二乙\n二丙\n三\n四");
}

#[test]
fn two_conflicts_in_one_text_are_resolved_each_for_itself() {
    let texts = ["一\n二\n三\n四\n五", "一甲\n二\n三\n四甲\n五", "\n一乙\n二\n三\n五"];
    assert_eq!(chosen(texts, &[]).1.len(), 2);
    let text = |choices: &[Resolution]| chosen(texts, choices).0.text("overview").to_string();
    assert_eq!(text(&[Resolution::Theirs]), "\n一乙\n二\n三\n四甲\n五");
    assert_eq!(text(&[Resolution::Ours, Resolution::Theirs]), "一甲\n二\n三\n五");
}

#[test]
fn totals_are_dropped_where_one_side_lets_them_be_computed() {
    let mut base = Draft::empty(FormIds::same("2021"));
    base.totals = Totals::Typed;
    base.set("requests.new.natural", Value::Count(3));
    base.set("requests.new.total", Value::Count(3));
    let mut ours = base.clone();
    ours.set("requests.new.total", Value::Count(4));
    let mut theirs = base.clone();
    theirs.totals = Totals::Auto;
    theirs.set("requests.new.total", Value::Blank);
    for (ours, theirs) in [(&ours, &theirs), (&theirs, &ours)] {
        let (draft, found) = merge(&form(), &base, ours, theirs);
        assert_eq!((draft.totals, found), (Totals::Auto, vec![]));
        assert!(draft.get("requests.new.total").is_blank());
    }
}

#[test]
fn a_unit_that_both_sides_added_up_is_shown() {
    let part = |unit: &str, print: &str| CompiledUnit {
        unit: unit.into(),
        file: format!("{unit}.ron"),
        print: print.into(),
    };
    let side = |units: &[CompiledUnit], missing: &[&str]| {
        let mut draft = Draft::empty(FormIds::same("2021"));
        let missing = missing.iter().map(|name| (*name).to_string()).collect();
        draft.compiled = Some(Compiled { units: units.to_vec(), missing, adjustments: Vec::new() });
        draft
    };
    let base = side(&[part("甲", "0")], &["乙", "丙"]);
    let ours = side(&[part("甲", "1"), part("乙", "0")], &["丙"]);
    let theirs = side(&[part("甲", "2"), part("丙", "0")], &["乙"]);
    let (draft, found) = merge(&form(), &base, &ours, &theirs);
    let compiled = draft.compiled.unwrap();
    assert_eq!(compiled.units, [part("甲", "1"), part("乙", "0"), part("丙", "0")]);
    assert!(compiled.missing.is_empty());
    assert!(matches!(&found[..], [Conflict::Unit(name, _)] if name == "甲"), "{found:?}");
}

#[test]
fn thousands_of_paragraphs_are_merged_at_once() {
    let text = |word: &str| (0..50_000).map(|n| format!("{word}{n}\n")).collect::<String>();
    let (draft, found) = overview(&text("甲"), &text("乙"), &text("丙"));
    assert_eq!(found.len(), 1);
    assert!(draft.text("overview").starts_with("乙0\n乙1\n"));
}

#[test]
fn a_cell_that_one_side_answered_is_answered() {
    let id = "requests.new.natural";
    let side = |value: Value| {
        let mut draft = Draft::empty(FormIds::same("2021"));
        draft.set(id, value);
        draft
    };
    let (base, ours) = (side(Value::Unread(Box::default())), side(Value::Count(31)));
    for (ours, theirs) in [(&ours, &base), (&base, &ours)] {
        let (draft, found) = merge(&form(), &base, ours, theirs);
        assert_eq!((draft.get(id), found), (&Value::Count(31), vec![]));
    }
    let (draft, found) = merge(&form(), &base, &ours, &side(Value::Count(3)));
    assert_eq!(draft.get(id), &Value::Count(31));
    assert!(matches!(&found[..], [Conflict::Field(field, _)] if field.as_str() == id), "{found:?}");
    let form = form();
    let lines = diff_drafts((&form, &base), (&form, &ours));
    let lines: Vec<String> =
        lines.iter().filter(|line| line.name == id).flat_map(Difference::to_lines).collect();
    assert!(lines.len() == 1 && lines[0].ends_with("自然人：? → 31"), "{lines:?}");
}
