//! D13: in the 2019 format, last year's number of projects is what last year's report ended with.

use super::input::finding_at;
use super::{Check, Finding, Rule, RuleInput, Severity};
use crate::draft::parse_value;
use crate::edit::Edit;

const D13: Rule = Rule {
    id: "D13",
    severity: Severity::Warning,
    description: "2019年格式：上一年项目数量 = 上年报告的上一年项目数量 + 本年增减。",
    basis: "各格的字面意思；目录调整、口径变化会使它不等，所以只作提醒",
};

pub(super) const CHECK: Check = Check { rules: &[D13], run: check_project_counts };

fn check_project_counts(input: &RuleInput) -> Vec<Finding> {
    let Some(last) = input.last_year else { return Vec::new() };
    let mut findings = Vec::new();
    for field in input.form.fields().iter().filter(|field| field.id.is_in_column("last_year")) {
        let id = field.id.as_str();
        let change = format!("{}.{}.change", field.id.section(), field.id.row());
        let (Some(now), Some(before), Some(change)) =
            (input.number(id), last.number(id), last.number(&change))
        else {
            continue;
        };
        let wanted = before + change;
        if now == wanted {
            continue;
        }
        let message = format!(
            "{}上一年项目数量填了 {now}，上年报告是 {before}，增减 {change}，合 {wanted}，请核对",
            field.row
        );
        let mut finding = finding_at(&D13, id, message);
        finding.expected = Some(wanted.to_string());
        finding.found = Some(now.to_string());
        // Last year's own number, left as it was.
        let is_kept = now == before && !wanted.is_sign_negative();
        finding.fix =
            is_kept.then(|| Edit::set(input.draft, &field.id, parse_value(&field.kind, &wanted.to_string())));
        findings.push(finding);
    }
    findings
}

#[cfg(test)]
mod tests {
    use super::super::sample::{found, full_with};
    use super::*;
    use crate::check::{Context, LastYear, check};
    use crate::draft::Value;

    fn judge(before: &str, change: &str, now: &str) -> Vec<Finding> {
        let (form, draft) = full_with("2019", &[("disclosure.licensing.last_year", now)]);
        let typed = [
            ("cover.year", "2019"),
            ("disclosure.licensing.last_year", before),
            ("disclosure.licensing.change", change),
        ];
        let (_, before) = full_with("2019", &typed);
        let last = LastYear::new(form.clone(), before);
        let mut findings = check(&form, &draft, Context { last_year: Some(&last), ..Context::default() });
        findings.retain(|finding| finding.rule == "D13");
        findings
    }

    #[test]
    fn a_number_that_does_not_follow_is_a_warning() {
        let finding = judge("39", "+6", "44").remove(0);
        assert!(finding.message.contains("合 45"), "{}", finding.message);
        assert_eq!(finding.fix, None);
    }

    #[test]
    fn last_years_number_left_as_it_was_has_a_fix() {
        let (_, mut draft) = full_with("2019", &[("disclosure.licensing.last_year", "39")]);
        judge("39", "+6", "39").remove(0).fix.unwrap().apply(&mut draft);
        assert_eq!(*draft.get("disclosure.licensing.last_year"), Value::Count(45));
    }

    #[test]
    fn numbers_that_follow_blanks_and_no_report_beside_pass() {
        assert_eq!(judge("39", "减4", "35"), vec![]);
        assert_eq!(judge("39", "", "35"), vec![]);
        assert_eq!(judge("39", "+6", ""), vec![]);
        let (form, draft) = full_with("2019", &[("disclosure.licensing.last_year", "44")]);
        assert_eq!(found(&form, &draft, "D13"), vec![]);
    }
}
