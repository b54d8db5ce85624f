//! Each of the 40 and 42 sums held and broken once; unfinished tables; suspects; fixes.

use std::sync::Arc;

use super::*;
use crate::check::{Context, check};
use crate::draft::{Draft, Totals, Value};
use crate::form::{FieldId, Form, Library};

/// Returns a draft in which every sum holds, with typed totals: leaf `k` is `k % 7 + 1`, and 上年结转 is
/// whatever makes T1 hold.
pub(super) fn held(id: &str) -> (Arc<Form>, Draft) {
    let library = Library::new();
    let form = library.get(id).unwrap();
    let mut draft = Draft::empty(crate::draft::FormIds::same(id));
    for (at, field) in form.fields().iter().enumerate() {
        if field.kind.is_number() && field.sum.is_none() {
            draft.set(field.id.clone(), parse_value(&field.kind, &(at % 7 + 1).to_string()));
        }
    }
    let ledger = crate::draft::Ledger::new(&form, &draft);
    for relation in form.relations().iter().filter(|r| r.id == "T1" && &*r.name != "总计") {
        let Amount::Known(sum) = ledger.sum(&form, &relation.right) else { panic!() };
        draft.set(relation.left[0].clone(), Value::Count(0));
        draft.set(relation.left[1].clone(), parse_value(&crate::form::Kind::Count, &sum.to_string()));
    }
    Edit::switch_totals(&form, &draft).apply(&mut draft);
    (form, draft)
}

fn tally(form: &Form, draft: &Draft) -> Vec<Finding> {
    let mut findings = check(form, draft, Context::default());
    findings.retain(|f| f.rule.starts_with('T') || f.rule == "D0");
    findings
}

fn put(draft: &mut Draft, id: &str, number: u64) {
    draft.set(id, Value::Count(number));
}

fn add(draft: &mut Draft, id: &FieldId, more: u64) {
    let Value::Count(number) = *draft.get(id.as_str()) else { panic!("{id} is no count") };
    draft.set(id.clone(), Value::Count(number + more));
}

#[test]
fn a_draft_in_which_every_sum_holds_has_no_finding() {
    for id in ["2019", "2021"] {
        let (form, draft) = held(id);
        assert_eq!(tally(&form, &draft), vec![], "{id}");
    }
}

#[test]
fn each_sum_is_found_when_it_is_broken_alone() {
    for (id, relations) in [("2019", 40), ("2021", 42)] {
        let (form, draft) = held(id);
        assert_eq!(form.relations().len(), relations);
        for relation in form.relations() {
            let mut draft = draft.clone();
            add(&mut draft, &relation.left[0], 1);
            let findings = tally(&form, &draft);
            let hit = |f: &&Finding| {
                f.rule == relation.id && f.fields == relation.fields().cloned().collect::<Vec<_>>()
            };
            let found = findings.iter().find(hit).unwrap_or_else(|| panic!("{relation:?} was not found"));
            assert_eq!(found.severity, Severity::Error);
            assert!(found.message.contains("相差 1"), "{}", found.message);
        }
    }
}

#[test]
fn any_single_total_changed_by_one_is_found_and_fixed() {
    for id in ["2019", "2021"] {
        let (form, draft) = held(id);
        for field in form.fields().iter().filter(|field| field.sum.is_some()) {
            let mut broken = draft.clone();
            add(&mut broken, &field.id, 1);
            let findings = tally(&form, &broken);
            let fix = findings.iter().find_map(|f| f.fix.clone()).unwrap_or_else(|| panic!("{}", field.id));
            fix.apply(&mut broken);
            assert_eq!(broken, draft, "{}", field.id);
        }
    }
}

#[test]
fn one_wrong_leaf_offers_the_crossing_cell_not_the_totals() {
    let (form, right) = held("2021");
    let mut draft = right.clone();
    add(&mut draft, &FieldId::new("requests.partial.legal"), 3);
    let findings = tally(&form, &draft);
    assert_eq!(findings.iter().map(|f| f.rule.as_str()).collect::<Vec<_>>(), ["T3", "T2"]);
    for finding in findings {
        assert_eq!(finding.suspect, Some(FieldId::new("requests.partial.legal")));
        assert!(finding.message.contains("部分公开·法律服务机构"), "{}", finding.message);
        let mut mended = draft.clone();
        finding.fix.expect("the crossing cell").apply(&mut mended);
        assert_eq!(mended, right);
    }
}

#[test]
fn the_balance_is_spelled_out_with_names_and_numbers() {
    let library = Library::new();
    let form = library.get("2021").unwrap();
    let mut draft = Draft::new("示例市某局", 2024, &library);
    for field in form.fields_of(form.section("requests").unwrap()) {
        if field.sum.is_none() {
            draft.set(field.id.clone(), Value::Count(0));
        }
    }
    put(&mut draft, "requests.new.natural", 12);
    put(&mut draft, "requests.granted.natural", 10);
    put(&mut draft, "requests.carried_out.natural", 1);
    let finding = &tally(&form, &draft)[0];
    assert_eq!(finding.rule, "T1");
    assert_eq!(
        finding.message,
        "自然人：本年新收 12 + 上年结转 0 = 12，办理结果总计 10 + 结转下年 1 = 11，相差 1"
    );
    assert_eq!(finding.fix, None, "any of the four cells may be the wrong one");
}

#[test]
fn an_unfinished_table_gives_warnings_not_errors() {
    let library = Library::new();
    let form = library.get("2021").unwrap();
    let mut draft = Draft::new("示例市某局", 2024, &library);
    put(&mut draft, "requests.new.natural", 12);
    let findings = tally(&form, &draft);
    assert!(
        findings.iter().all(|f| f.severity == Severity::Warning && f.message.contains("还差 12")),
        "{findings:?}"
    );
    put(&mut draft, "requests.granted.natural", 13);
    put(&mut draft, "requests.carried_in.natural", 0);
    let findings = tally(&form, &draft);
    assert!(
        findings.iter().any(|f| f.severity == Severity::Error),
        "no blank on the smaller side: {findings:?}"
    );
}

#[test]
fn sums_over_a_missing_total_wait_for_it() {
    let (form, mut draft) = held("2019");
    draft.set("requests.granted.total", Value::Blank);
    let findings = tally(&form, &draft);
    assert_eq!(findings.len(), 1, "{findings:?}");
    assert_eq!((findings[0].rule.as_str(), findings[0].severity), ("D0", Severity::Warning));
    let (_, full) = held("2019");
    findings[0].fix.clone().unwrap().apply(&mut draft);
    assert_eq!(draft, full);
}

#[test]
fn a_total_over_blank_parts_reports_the_missing_parts() {
    let library = Library::new();
    let form = library.get("2021").unwrap();
    let mut draft = Draft::new("示例市某局", 2024, &library);
    draft.totals = Totals::Typed;
    put(&mut draft, "review.direct_suit.total", 3);
    let findings = tally(&form, &draft);
    assert_eq!(findings.len(), 1);
    assert_eq!(findings[0].severity, Severity::Warning);
    assert!(findings[0].message.contains("都还没有填"));
}

#[test]
fn blanks_alone_and_unreadable_cells_have_no_finding() {
    let library = Library::new();
    let form = library.get("2021").unwrap();
    let draft = Draft::new("示例市某局", 2024, &library);
    assert_eq!(tally(&form, &draft), vec![]);
    let (form, mut draft) = held("2021");
    draft.set("review.direct_suit.upheld", Value::Unreadable("2O".into()));
    assert_eq!(tally(&form, &draft), vec![]);
}

#[test]
fn a_finding_says_that_blanks_count_as_zero() {
    let (form, mut draft) = held("2021");
    draft.set("review.direct_suit.upheld", Value::Blank);
    put(&mut draft, "review.direct_suit.total", 0);
    let finding = &tally(&form, &draft)[0];
    assert_eq!(finding.severity, Severity::Error);
    assert!(finding.message.contains("空白按 0 计"), "{}", finding.message);
}

#[test]
fn computed_totals_leave_only_the_balance_to_break() {
    let (form, mut draft) = held("2021");
    Edit::switch_totals(&form, &draft).apply(&mut draft);
    add(&mut draft, &FieldId::new("requests.new.natural"), 1);
    let rules: Vec<_> = tally(&form, &draft).into_iter().map(|f| f.rule).collect();
    assert_eq!(rules, ["T1", "T1"], "自然人 and 总计");
}

#[test]
fn two_equal_mistakes_are_reported_without_a_suspect() {
    let (form, mut draft) = held("2021");
    let Value::Count(right) = *draft.get("requests.partial.legal") else { panic!() };
    put(&mut draft, "requests.partial.legal", right - 1);
    add(&mut draft, &FieldId::new("requests.declined_repeat.total"), 1);
    // 部分公开: the leaf and its total would both explain it.
    let findings = tally(&form, &draft);
    let partial = findings.iter().find(|f| f.fields[0].row() == "partial").unwrap();
    assert_eq!((&partial.suspect, &partial.fix), (&None, &None), "{}", partial.message);
}
