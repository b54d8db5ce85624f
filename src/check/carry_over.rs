//! D3: what was carried over at the end of last year equals what was carried in this year.

use super::{Check, Finding, Rule, RuleInput, Severity};
use crate::draft::{Value, parse_value};
use crate::edit::Edit;
use crate::form::{Field, FieldId};

const D3: Rule = Rule {
    id: "D3",
    severity: Severity::Error,
    description: "本年“上年结转”各列，等于上年报告“结转下年度继续办理”各列。",
    basis: "两格的字面意思：上年结转到本年的，就是本年从上年接来的；确有更正的可说明后搁置",
};

pub(super) const CHECK: Check = Check { rules: &[D3], run: check_carry_over };

fn check_carry_over(input: &RuleInput) -> Vec<Finding> {
    let Some(last) = &input.last_year else { return wrong_year(input).into_iter().collect() };
    let mut broken: Vec<(&Field, String, String)> = Vec::new();
    for field in carried_in_cells(input) {
        let id = field.id.as_str();
        // A computed total, which comes last in its row, is compared only if all of this year's columns are
        // filled and none differs: then only last year's total can have caused the difference.
        let has_blank_column = || {
            carried_in_cells(input)
                .any(|cell| cell.sum.is_none() && input.draft.get(cell.id.as_str()).is_blank())
        };
        if input.ledger.is_computed(input.form, id) && (!broken.is_empty() || has_blank_column()) {
            continue;
        }
        let before = last.number(&format!("requests.carried_out.{}", field.id.column()));
        if let (Some(now), Some(before)) = (input.number(id), before)
            && now != before
        {
            broken.push((field, now.to_string(), before.to_string()));
        }
    }
    let Some((_, now, before)) = broken.first() else { return Vec::new() };
    let parts: Vec<String> =
        broken.iter().map(|(field, now, before)| format!("{} {now}，上年 {before}", field.column)).collect();
    let message = format!("上年结转与上年报告的结转下年度不一致：{}", parts.join("；"));
    let fields = broken.iter().map(|(field, ..)| field.id.clone()).collect();
    let mut finding = Finding::new(D3.id, D3.severity, fields, message);
    finding.expected = Some(before.clone());
    finding.found = Some(now.clone());
    let entered =
        broken.iter().filter(|(field, ..)| !input.ledger.is_computed(input.form, field.id.as_str()));
    let mut fix = Edit::new();
    for (field, _, before) in entered.clone() {
        fix.push_value(input.draft, &field.id, parse_value(&field.kind, before));
    }
    finding.fix = (!fix.is_empty()).then_some(fix);
    vec![finding]
}

/// Returns the cells of the row 上年结转.
fn carried_in_cells<'a>(input: &RuleInput<'a>) -> impl Iterator<Item = &'a Field> {
    let form = input.form;
    let lines = form.section("requests").into_iter().flat_map(|section| section.blocks());
    let lines = lines.flat_map(|block| &block.rows).filter(|line| line.id == "carried_in");
    lines.flat_map(|line| &line.cells).filter_map(|id| form.field(id.as_str()))
}

/// Reports that the draft named as last year's is of another year and cannot be compared.
fn wrong_year(input: &RuleInput) -> Option<Finding> {
    let last = &input.context.last_year?.draft;
    let year = input.draft.year()?;
    let of = match last.get("cover.year") {
        Value::Count(of) => format!("{of} 年的"),
        _ => "没有写明年度的".into(),
    };
    let message = format!("所选的上年报告是{of}，不是 {} 年的，未作比较", year.saturating_sub(1));
    Some(Finding::new(D3.id, Severity::Warning, vec![FieldId::new("cover.year")], message))
}

#[cfg(test)]
mod tests {
    use super::super::sample::{found, found_beside_last_year, full, full_with, type_into};
    use super::*;
    use crate::check::{Context, LastYear, check};

    const TWO: (&str, &str) = ("requests.carried_out.natural", "2");

    #[test]
    fn a_column_that_differs_is_fixed_by_last_years_number() {
        let findings = found_beside_last_year("D3", &[("requests.carried_out.natural", "3")], &[]);
        assert_eq!(findings.len(), 1);
        assert_eq!(findings[0].severity, Severity::Error);
        assert!(findings[0].message.contains("自然人 2，上年 3"), "{}", findings[0].message);
        let (_, mut draft) = full("2021");
        findings[0].fix.clone().unwrap().apply(&mut draft);
        assert_eq!(*draft.get("requests.carried_in.natural"), Value::Count(3));
    }

    #[test]
    fn typed_totals_are_compared_and_fixed_with_columns() {
        let (form, mut draft) = full("2021");
        Edit::switch_totals(&form, &draft).apply(&mut draft);
        let (_, before) = full_with("2021", &[("cover.year", "2023"), ("requests.carried_out.natural", "5")]);
        let last = LastYear::new(form.clone(), before);
        let mut findings = check(&form, &draft, Context { last_year: Some(&last), ..Context::default() });
        findings.retain(|f| f.rule == "D3");
        assert_eq!(findings[0].fields.len(), 2, "自然人 and 总计");
        findings[0].fix.clone().unwrap().apply(&mut draft);
        assert_eq!(*draft.get("requests.carried_in.total"), Value::Count(5));
    }

    #[test]
    fn equal_numbers_and_blanks_pass() {
        assert_eq!(found_beside_last_year("D3", &[TWO], &[]), vec![]);
        assert_eq!(
            found_beside_last_year("D3", &[TWO], &[("requests.carried_in.natural", "")]),
            vec![],
            "not yet"
        );
        let unknown: Vec<(&str, &str)> = vec![("requests.carried_out.natural", "二")];
        assert_eq!(found_beside_last_year("D3", &unknown, &[]), vec![], "last year's cannot be read");
        let (form, draft) = full("2021");
        assert_eq!(found(&form, &draft, "D3"), vec![], "no report beside it");
    }

    #[test]
    fn not_applicable_last_year_is_zero() {
        let this = [("requests.carried_in.natural", "0")];
        assert_eq!(found_beside_last_year("D3", &[("requests.carried_out.natural", "/")], &this), vec![]);
    }

    #[test]
    fn a_report_of_another_year_is_reported_not_compared() {
        let findings = found_beside_last_year("D3", &[("cover.year", "2022")], &[]);
        assert_eq!(findings.len(), 1);
        assert_eq!(findings[0].severity, Severity::Warning);
        assert!(findings[0].message.contains("2022 年的，不是 2023 年的"), "{}", findings[0].message);
    }

    #[test]
    fn formats_may_differ_between_the_years() {
        let (old, mut before) = full("2019");
        type_into(&old, &mut before, "requests.carried_out.natural", "4");
        let (form, draft) = full_with("2021", &[("cover.year", "2021")]);
        let last = LastYear::new(old, before);
        let findings = check(&form, &draft, Context { last_year: Some(&last), ..Context::default() });
        assert!(findings.iter().any(|f| f.rule == "D3"));
    }
}
