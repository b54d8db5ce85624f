//! A complete report of an invented unit without any finding, for the tests of the rules.

use std::sync::Arc;

use super::{Context, Finding, LastYear, check};
use crate::draft::{Draft, Value, parse_value};
use crate::form::{Form, Library};

const OVERVIEW: &str = "2024年，我局认真落实政府信息公开各项要求。\n\
（一）主动公开。通过区政府网站公开信息120条。\n\
（二）依申请公开。全年收到政府信息公开申请12件，上年结转2件，办结13件，结转下年度1件。\n\
（三）政府信息管理。完善信息管理制度，清理过期文件。\n\
（四）政府信息公开平台建设。维护好信息公开专栏。\n\
（五）监督保障。开展工作考核、社会评议，没有责任追究情形。";

/// Returns the form and a complete report without findings for 2024, or for 2020 in the 2019 format.
pub fn full(id: &str) -> (Arc<Form>, Draft) {
    let library = Library::new();
    let form = library.get(id).unwrap();
    let year = if id == "2019" { 2020 } else { 2024 };
    let mut draft = Draft::new("示例市某局", year, &library);
    for field in form.fields().iter().filter(|field| field.kind.is_number() && field.sum.is_none()) {
        draft.set(field.id.clone(), parse_value(&field.kind, "0"));
    }
    for (name, number) in [
        ("requests.new.natural", "10"),
        ("requests.new.business", "2"),
        ("requests.carried_in.natural", "2"),
        ("requests.granted.natural", "8"),
        ("requests.granted.business", "2"),
        ("requests.unable_not_held.natural", "3"),
        ("requests.carried_out.natural", "1"),
        ("review.reconsideration.upheld", "1"),
        ("disclosure.licensing.decisions", "35"),
    ] {
        type_into(&form, &mut draft, name, number);
    }
    for (name, text) in [
        ("cover.date", format!("{}年1月20日", year + 1)),
        ("cover.kind", "部门".into()),
        ("cover.level", "县区".into()),
        (
            "preface",
            format!(
                "根据《中华人民共和国政府信息公开条例》编制本报告。统计期限自{year}年1月1日至{year}年12月31日。"
            ),
        ),
        ("overview", OVERVIEW.replace("2024年", &format!("{year}年"))),
        ("problems", "一是公开内容不够全面。二是解读形式单一。下一步，我局将加强培训，丰富解读形式。".into()),
        ("other_matters", "本年度未收取信息处理费。".into()),
    ] {
        type_into(&form, &mut draft, name, &text);
    }
    (form, draft)
}

/// Sets a field to a typed text.
pub fn type_into(form: &Form, draft: &mut Draft, id: &str, text: &str) {
    let kind = &form.field(id).unwrap_or_else(|| panic!("no field {id}")).kind;
    draft.set(id, parse_value(kind, text));
}

/// Returns the complete report with some fields replaced.
pub fn full_with(id: &str, typed: &[(&str, &str)]) -> (Arc<Form>, Draft) {
    let (form, mut draft) = full(id);
    for (name, text) in typed {
        type_into(&form, &mut draft, name, text);
    }
    (form, draft)
}

/// Returns the findings of one rule, with an empty context.
pub fn found(form: &Form, draft: &Draft, rule: &str) -> Vec<Finding> {
    only(check(form, draft, Context::default()), rule)
}

/// Returns the findings of one rule in the complete report for 2024 with some fields replaced.
pub fn found_with(rule: &str, typed: &[(&str, &str)]) -> Vec<Finding> {
    let (form, draft) = full_with("2021", typed);
    found(&form, &draft, rule)
}

/// Returns what a rule underlines in a text of the complete report for 2024, or `None` if it finds nothing.
///
/// # Panics
/// Panics if the last of its findings underlines nothing.
pub fn underlined_in(rule: &str, field: &str, text: &str) -> Option<String> {
    let finding = found_with(rule, &[(field, text)]).pop()?;
    let span = finding.span.unwrap();
    Some(text[span.start..span.end].to_string())
}

/// Returns the findings of one rule in the complete report for 2024 compared with last year's, with some
/// fields of each replaced.
pub fn found_beside_last_year(rule: &str, last: &[(&str, &str)], this: &[(&str, &str)]) -> Vec<Finding> {
    let (form, draft) = full_with("2021", this);
    let (_, mut before) = full_with("2021", &[("cover.year", "2023")]);
    for (name, text) in last {
        type_into(&form, &mut before, name, text);
    }
    let last = LastYear::new(form.clone(), before);
    only(check(&form, &draft, Context { last_year: Some(&last), ..Context::default() }), rule)
}

fn only(mut findings: Vec<Finding>, rule: &str) -> Vec<Finding> {
    findings.retain(|finding| finding.rule == rule);
    findings
}

#[test]
fn a_complete_report_has_no_findings() {
    for id in ["2019", "2021"] {
        let (form, mut draft) = full(id);
        assert_eq!(check(&form, &draft, Context::default()), vec![], "{id}");
        draft.set("cover.kind", Value::Text("政府".into()));
        assert_eq!(check(&form, &draft, Context::default()), vec![], "{id}, a government's");
    }
}

#[test]
fn a_text_behind_a_table_is_judged_as_a_narrative_is() {
    for (id, text, rule) in [
        ("disclosure", "2022年，我局制发文件一批。", "S3"),
        ("requests", "本年收到政府信息公开申请30件。", "N1"),
        ("requests", "本年未收到政府信息公开申请。", "N2"),
        ("review", "本年未发生行政复议。", "N2"),
        ("review", "行政诉讼××件。", "S9"),
    ] {
        let (form, draft) = full_with("2021", &[(id, text)]);
        let findings = check(&form, &draft, Context::default());
        assert_eq!(findings.len(), 1, "{text}: {findings:?}");
        let span = findings[0].span.as_ref().unwrap();
        assert_eq!((findings[0].rule.as_str(), span.field.as_str()), (rule, id), "{text}");
    }
    let wrong_year = found_with("S3", &[("disclosure", "2022年，我局制发文件一批。")]);
    assert!(wrong_year[0].message.contains("“二·表后说明”"), "{}", wrong_year[0].message);
}

#[test]
fn every_rule_is_listed_once_with_its_basis() {
    let ids: Vec<&str> = super::rules().map(|rule| rule.id).collect();
    for (letter, numbers) in [("T", 1..=4), ("S", 1..=9), ("D", 0..=9), ("N", 1..=4), ("A", 1..=1)] {
        for number in numbers {
            let id = format!("{letter}{number}");
            assert_eq!(ids.iter().filter(|found| **found == id).count(), 1, "{id}");
        }
    }
    for rule in super::rules() {
        assert!(rule.description.ends_with('。') && !rule.basis.is_empty(), "{}", rule.id);
    }
}
