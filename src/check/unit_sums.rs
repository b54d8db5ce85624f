//! A1: a compiled report is the sum of its units in their present state.

use super::{Check, Finding, Rule, RuleInput, Severity, Units};
use crate::draft::Value;
use crate::edit::Edit;

const A1: Rule = Rule {
    id: "A1",
    severity: Severity::Error,
    description: "汇总的每一格，等于各单位这一格之和加上注明理由的调整；缺报的单位不算 0，要写明。",
    basis: "本级政府的报告由主管部门公布（政府信息公开条例第四十九条）；逐格等于所属各单位之和，有的地方（如怀化2023年）的通知这样要求，格式没有写明",
};

pub(super) const CHECK: Check = Check { rules: &[A1], run: check_unit_sums };

/// The number of units that a message names; more are only counted.
const NAMED: usize = 5;

fn check_unit_sums(input: &RuleInput) -> Vec<Finding> {
    let Some(compiled) = &input.draft.compiled else { return Vec::new() };
    let mut findings = Vec::new();
    let mut warn = |units: &[String], message: String| {
        if !units.is_empty() {
            findings.push(Finding::new(A1.id, Severity::Warning, Vec::new(), message));
        }
    };
    let missing = &compiled.missing;
    warn(missing, format!("还缺 {} 个单位，汇总不完整：{}", missing.len(), names(missing)));
    let Some(units) = &input.context.units else { return findings };
    let Units { unread, changed, newly_filed: filed, duplicates: doubled, with_blanks, .. } = units;
    let message = format!("缺报的单位里有 {} 个已经报了：{}；请重新取数", filed.len(), names(filed));
    warn(filed, message);
    let message = format!("缺报的单位里有 {} 个报了不止一份，请只留一份：{}", doubled.len(), names(doubled));
    warn(doubled, message);
    let message =
        format!("有 {} 个单位的草稿现在不能计入，没有核对各格之和：{}", unread.len(), names(unread));
    warn(unread, message);
    let message = format!("有 {} 个单位在汇总之后改过数：{}；请重新取数", changed.len(), names(changed));
    warn(changed, message);
    let message =
        format!("有 {} 个单位的表里有空白格，没有计入汇总：{}", with_blanks.len(), names(with_blanks));
    warn(with_blanks, message);
    if unread.is_empty() {
        findings.extend(units.sums.iter().filter_map(|(id, sum)| check_cell(input, id, sum)));
    }
    findings
}

/// Returns the finding for a cell that is not the sum of its units.
fn check_cell(input: &RuleInput, id: &crate::form::FieldId, sum: &Value) -> Option<Finding> {
    let stands = input.draft.get(id.as_str());
    // A blank adds nothing here: blank cells are found by rule D2.
    let number = |value: &Value| if value.is_blank() { Some(0.into()) } else { value.number() };
    let unit = |value: &Value| match value {
        Value::Money(money) if !money.amount.is_zero() => money.unit.clone(),
        _ => String::new(),
    };
    if number(stands).is_some() && number(stands) == number(sum) && unit(stands) == unit(sum) {
        return None;
    }
    let name = input.name(id.as_str());
    let shown = |value: &Value| match value.typed() {
        message if message.is_empty() => "空白".to_string(),
        message => message.into_owned(),
    };
    if sum.number().is_none() && !sum.is_blank() {
        let message = format!("“{name}”有单位的数无法识别或不能相加，各单位之和不知道是多少");
        return Some(Finding::new(A1.id, Severity::Warning, vec![id.clone()], message));
    }
    let message = format!("“{name}”汇总是 {}，各单位之和是 {}", shown(stands), shown(sum));
    let mut finding = Finding::new(A1.id, Severity::Error, vec![id.clone()], message);
    finding.found = Some(stands.typed().into_owned());
    finding.expected = Some(sum.typed().into_owned());
    finding.fix = Some(Edit::set(input.draft, id, sum.clone()));
    Some(finding)
}

/// Returns the first names and the number of all.
fn names(units: &[String]) -> String {
    let first = units.iter().take(NAMED).map(String::as_str).collect::<Vec<_>>().join("、");
    if units.len() > NAMED { format!("{first} 等") } else { first }
}

#[cfg(test)]
mod tests {
    use super::super::sample::full;
    use super::super::{Context, check};
    use super::*;
    use crate::draft::{Compiled, Draft, parse_value};
    use crate::form::{FieldId, Kind};

    const NEW: &str = "requests.new.natural";

    fn found(draft: &Draft, units: Option<Units>) -> Vec<Finding> {
        let (form, _) = full("2021");
        let mut findings = check(&form, draft, Context { units, ..Context::default() });
        findings.retain(|finding| finding.rule == "A1");
        findings
    }

    fn compiled(missing: &[&str]) -> Draft {
        let (_, mut draft) = full("2021");
        let missing = missing.iter().map(ToString::to_string).collect();
        draft.compiled = Some(Compiled { missing, ..Compiled::default() });
        draft
    }

    /// Units with sums and no other changes.
    fn only(sums: &[(FieldId, Value)]) -> Units<'_> {
        Units { sums, changed: &[], unread: &[], newly_filed: &[], duplicates: &[], with_blanks: &[] }
    }

    fn sums(value: Value) -> Vec<(FieldId, Value)> {
        vec![(NEW.into(), value)]
    }

    #[test]
    fn only_a_cell_that_is_not_the_sum_gets_a_fix() {
        let draft = compiled(&[]);
        let right = sums(Value::Count(10));
        let units = |sums| Some(only(sums));
        assert_eq!(found(&draft, units(&right)), vec![]);
        let wrong = sums(Value::Count(13));
        let findings = found(&draft, units(&wrong));
        assert_eq!(findings.len(), 1);
        assert_eq!(findings[0].message, "“本年新收·自然人”汇总是 10，各单位之和是 13");
        assert_eq!(findings[0].severity, Severity::Error);
        let mut cured = draft.clone();
        findings[0].fix.as_ref().unwrap().apply(&mut cured);
        assert_eq!(found(&cured, units(&wrong)), vec![]);
    }

    #[test]
    fn missing_units_are_named_and_never_count_as_zero() {
        let findings = found(&compiled(&["甲", "乙"]), None);
        assert_eq!(findings[0].message, "还缺 2 个单位，汇总不完整：甲、乙");
        assert_eq!(findings[0].severity, Severity::Warning);
    }

    #[test]
    fn a_changed_or_unreadable_unit_is_a_finding() {
        let gone = vec!["丙：文件不存在".to_string()];
        let changed: Vec<String> = (1..=6).map(|n| format!("第{n}局")).collect();
        let wrong = sums(Value::Count(13));
        let units = Units { changed: &changed, unread: &gone, ..only(&wrong) };
        let message: Vec<String> =
            found(&compiled(&[]), Some(units)).into_iter().map(|finding| finding.message).collect();
        assert_eq!(
            message,
            [
                "有 1 个单位的草稿现在不能计入，没有核对各格之和：丙：文件不存在",
                "有 6 个单位在汇总之后改过数：第1局、第2局、第3局、第4局、第5局 等；请重新取数",
            ]
        );
    }

    #[test]
    fn a_unit_that_filed_late_or_twice_is_reported() {
        let right = sums(Value::Count(10));
        let (filed, doubled) = (vec!["丙镇".to_string()], vec!["丁镇（a.ron、b.ron）".to_string()]);
        let units = Units { newly_filed: &filed, duplicates: &doubled, ..only(&right) };
        let message: Vec<String> = found(&compiled(&["丙镇", "丁镇"]), Some(units))
            .into_iter()
            .map(|finding| finding.message)
            .collect();
        assert_eq!(
            message,
            [
                "还缺 2 个单位，汇总不完整：丙镇、丁镇",
                "缺报的单位里有 1 个已经报了：丙镇；请重新取数",
                "缺报的单位里有 1 个报了不止一份，请只留一份：丁镇（a.ron、b.ron）",
            ]
        );
    }

    #[test]
    fn a_blank_cell_of_a_unit_is_no_zero_of_the_sum() {
        let right = sums(Value::Count(10));
        let blank = vec!["丙镇（3 格）".to_string()];
        let findings = found(&compiled(&[]), Some(Units { with_blanks: &blank, ..only(&right) }));
        assert_eq!(findings[0].message, "有 1 个单位的表里有空白格，没有计入汇总：丙镇（3 格）");
        assert_eq!(findings[0].severity, Severity::Warning);
    }

    #[test]
    fn an_unknown_sum_is_no_error_of_the_cell() {
        let unknown = sums(Value::Unreadable("?".into()));
        let findings = found(&compiled(&[]), Some(only(&unknown)));
        assert_eq!(findings[0].severity, Severity::Warning);
        assert!(findings[0].fix.is_none());
    }

    #[test]
    fn money_in_another_unit_is_another_amount() {
        let mut draft = compiled(&[]);
        let money = |text| parse_value(&Kind::Money { unit: Some("万元".into()) }, text);
        draft.set("disclosure.fees.amount", money("5元"));
        let sum = vec![("disclosure.fees.amount".into(), money("5"))];
        assert_eq!(found(&draft, Some(only(&sum))).len(), 1);
    }

    #[test]
    fn a_report_that_is_not_compiled_has_no_finding() {
        let (_, draft) = full("2021");
        let wrong = sums(Value::Count(13));
        assert_eq!(found(&draft, Some(only(&wrong))), vec![]);
    }
}
