//! D8: numbers that all equal last year's, or that jump or drop to 0 compared with it.

use rust_decimal::Decimal;

use super::{Check, Finding, Rule, RuleInput, Severity};
use crate::form::{Field, FieldId, Section};

const D8: Rule = Rule {
    id: "D8",
    severity: Severity::Remark,
    description: "与上年相比，数字不全部相同；某个数增到十倍以上，或由多变成 0 的，请核对。",
    basis: "审核惯例：全部相同多是沿用旧稿，骤增骤减多是填错格或单位",
};

pub(super) const CHECK: Check = Check { rules: &[D8], run: check_jumps };

/// A number below this may be ten times last year's.
const MANY: u32 = 50;

/// A number that was at least this must not drop to 0 unnoticed.
const SOME: u32 = 10;

fn check_jumps(input: &RuleInput) -> Vec<Finding> {
    if input.last_year.is_none() {
        return Vec::new();
    }
    if let Some(finding) = all_equal(input) {
        return vec![finding];
    }
    let tables = input.form.tables();
    tables.filter_map(|section| table_jumps(input, section)).collect()
}

/// Returns this year's and last year's number of a cell; `None` unless both are known.
fn both_years(input: &RuleInput, field: &Field) -> Option<(Decimal, Decimal)> {
    let id = field.id.as_str();
    Some((input.number(id)?, input.last_year.as_ref()?.number(id)?))
}

fn all_equal(input: &RuleInput) -> Option<Finding> {
    let forms = input.last_year.as_ref().map(|last| &last.draft.forms);
    if forms != Some(&input.draft.forms) {
        return None;
    }
    let entered: Vec<&Field> =
        input.form.fields().iter().filter(|f| f.kind.is_number() && f.sum.is_none()).collect();
    let mut some = 0;
    for field in &entered {
        match both_years(input, field) {
            Some((now, before)) if now == before => some += u32::from(!now.is_zero()),
            _ => return None,
        }
    }
    // A small unit may have nothing but zeros year after year.
    if some < 3 {
        return None;
    }
    let message = "三张表的数字与上年报告完全相同，请核对是否沿用了旧稿".to_string();
    Some(Finding::new(
        D8.id,
        D8.severity,
        entered.first().map(|f| f.id.clone()).into_iter().collect(),
        message,
    ))
}

/// Returns one remark on all cells of a table that jumped or dropped to 0. In sections 三 and 四 only totals
/// are compared.
fn table_jumps(input: &RuleInput, section: &Section) -> Option<Finding> {
    let summed = input
        .form
        .fields_of(section)
        .iter()
        .any(|field| field.id.is_in_column("total") && field.sum.is_some());
    let mut fields: Vec<FieldId> = Vec::new();
    let mut parts: Vec<String> = Vec::new();
    for field in input.form.fields_of(section) {
        if summed && !field.id.is_in_column("total") || !field.kind.is_number() {
            continue;
        }
        let Some((now, before)) = both_years(input, field) else { continue };
        let leapt = before > Decimal::ZERO
            && before.checked_mul(Decimal::TEN).is_some_and(|ten| now >= ten)
            && now >= Decimal::from(MANY);
        let vanished = now.is_zero() && before >= Decimal::from(SOME);
        if leapt || vanished {
            fields.push(field.id.clone());
            parts.push(format!("{}上年 {before}、今年 {now}", input.name(field.id.as_str())));
        }
    }
    if fields.is_empty() {
        return None;
    }
    let message = format!("与上年相差很大，请核对：{}", parts.join("；"));
    Some(Finding::new(D8.id, D8.severity, fields, message))
}

#[cfg(test)]
mod tests {
    use super::super::sample::found_beside_last_year;
    use super::*;

    const CELL: &str = "disclosure.licensing.decisions";

    #[test]
    fn a_report_with_only_last_years_numbers_is_a_remark() {
        let findings = found_beside_last_year("D8", &[], &[]);
        assert_eq!(findings.len(), 1);
        assert!(findings[0].message.contains("完全相同"));
    }

    #[test]
    fn one_different_number_is_enough() {
        assert_eq!(found_beside_last_year("D8", &[], &[(CELL, "36")]), vec![]);
    }

    #[test]
    fn a_unit_with_nothing_but_zeros_passes() {
        let zeros: Vec<(String, &str)> = super::super::sample::full("2021")
            .1
            .values()
            .filter(|(_, value)| value.number().is_some_and(|n| n > Decimal::ZERO && n < Decimal::from(100)))
            .map(|(id, _)| (id.to_string(), "0"))
            .collect();
        let zeros: Vec<(&str, &str)> = zeros.iter().map(|(id, text)| (id.as_str(), *text)).collect();
        assert_eq!(found_beside_last_year("D8", &zeros, &zeros), vec![]);
    }

    #[test]
    fn jumps_and_drops_to_zero_are_named_in_one_remark() {
        let last = [(CELL, "35"), ("disclosure.penalties.decisions", "10")];
        let this = [(CELL, "350"), ("disclosure.penalties.decisions", "0")];
        let findings = found_beside_last_year("D8", &last, &this);
        assert_eq!(findings.len(), 1);
        assert_eq!(findings[0].fields.len(), 2);
        assert!(findings[0].message.contains("上年 35、今年 350"), "{}", findings[0].message);
    }

    #[test]
    fn numbers_just_below_the_limits_pass() {
        assert_eq!(found_beside_last_year("D8", &[(CELL, "35")], &[(CELL, "349")]), vec![]);
        assert_eq!(
            found_beside_last_year("D8", &[(CELL, "4")], &[(CELL, "49")]),
            vec![],
            "small numbers leap"
        );
        assert_eq!(found_beside_last_year("D8", &[(CELL, "9")], &[(CELL, "0")]), vec![]);
    }
}
