//! D12: fewer documents in force than those issued this year and not repealed.

use super::input::finding_at;
use super::{Check, Finding, Rule, RuleInput, Severity};
use crate::form::FieldId;

const D12: Rule = Rule {
    id: "D12",
    severity: Severity::Warning,
    description: "现行有效件数不小于本年制发 − 本年废止。",
    basis: "三格的字面意思：上年现行有效的件数不会小于 0",
};

pub(super) const CHECK: Check = Check { rules: &[D12], run: check_in_force };

fn check_in_force(input: &RuleInput) -> Vec<Finding> {
    let cells = input.form.fields().iter().filter(|field| field.id.is_in_column("in_force"));
    let mut findings = Vec::new();
    for field in cells {
        let cell =
            |column: &str| FieldId::new(&format!("{}.{}.{column}", field.id.section(), field.id.row()));
        let (issued_id, repealed_id) = (cell("issued"), cell("repealed"));
        // With last year's number, rule D4 says more.
        let last = input.last_year.as_ref().and_then(|last| last.number(field.id.as_str()));
        let (Some(now), Some(issued), Some(repealed), None) = (
            input.number(field.id.as_str()),
            input.number(issued_id.as_str()),
            input.number(repealed_id.as_str()),
            last,
        ) else {
            continue;
        };
        if now < issued - repealed {
            let message = format!(
                "{}现行有效 {now}，少于本年制发 {issued} − 本年废止 {repealed} = {}，请核对",
                field.row,
                issued - repealed
            );
            let mut finding = finding_at(&D12, field.id.as_str(), message);
            finding.fields.extend([issued_id, repealed_id]);
            finding.found = Some(now.to_string());
            findings.push(finding);
        }
    }
    findings
}

#[cfg(test)]
mod tests {
    use super::super::sample::{found_beside_last_year, found_with};

    fn typed<'a>(issued: &'a str, repealed: &'a str, in_force: &'a str) -> [(&'static str, &'a str); 3] {
        [
            ("disclosure.normative.issued", issued),
            ("disclosure.normative.repealed", repealed),
            ("disclosure.normative.in_force", in_force),
        ]
    }

    #[test]
    fn fewer_in_force_than_are_new_is_a_warning() {
        let findings = found_with("D12", &typed("6", "1", "4"));
        assert_eq!(findings.len(), 1);
        assert!(findings[0].message.contains("6 − 本年废止 1 = 5"), "{}", findings[0].message);
    }

    #[test]
    fn as_many_or_more_and_blanks_pass() {
        for (issued, repealed, in_force) in
            [("6", "1", "5"), ("6", "1", "32"), ("0", "3", "0"), ("6", "", "4")]
        {
            assert_eq!(found_with("D12", &typed(issued, repealed, in_force)), vec![], "{issued} {repealed}");
        }
    }

    #[test]
    fn beside_last_years_report_the_sum_is_checked_instead() {
        let last = [("disclosure.normative.in_force", "30")];
        assert_eq!(found_beside_last_year("D12", &last, &typed("6", "1", "4")), vec![]);
        assert_eq!(found_beside_last_year("D4", &last, &typed("6", "1", "4")).len(), 1);
    }
}
