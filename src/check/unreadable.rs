//! D1: every number is readable, whole if it is a count, and not negative.

use rust_decimal::Decimal;

use super::input::finding_at;
use super::{Check, Finding, Rule, RuleInput, Severity};
use crate::draft::Value;
use crate::form::{Field, Kind};

const D1: Rule = Rule {
    id: "D1",
    severity: Severity::Error,
    description: "件数是 0 或正整数，金额不小于 0，每一格都读得出。",
    basis: "表二、表三、表四各格的字面意思（件数、数量、金额）",
};

pub(super) const CHECK: Check = Check { rules: &[D1], run: check_unreadable };

fn check_unreadable(input: &RuleInput) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (field, value) in input.entries() {
        let Some(reason) = reason(field, value) else { continue };
        let name = input.name(field.id.as_str());
        let mut finding =
            finding_at(&D1, field.id.as_str(), format!("“{name}”填的是“{}”，{reason}", value.typed()));
        finding.found = Some(value.typed().into_owned());
        findings.push(finding);
    }
    findings
}

fn reason(field: &Field, value: &Value) -> Option<&'static str> {
    match (value, &field.kind) {
        (Value::Money(money), _) if money.amount < Decimal::ZERO => Some("金额不能小于 0"),
        // The year is checked with the title (rule S2).
        (Value::Unreadable(_), Kind::Year) => None,
        (Value::Unreadable(_), Kind::Count) => Some("这一格应当是 0 或正整数"),
        (Value::Unreadable(_), Kind::Change) => Some("这一格应当是整数，如 3、-2、减4"),
        (Value::Unreadable(_), Kind::Money { .. }) => Some("这一格应当是金额"),
        (Value::Unreadable(_), Kind::Choice(_)) => Some("这一格只能从给出的词里选"),
        (Value::Unreadable(_), _) => Some("无法识别"),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::super::sample::{found, found_with, full_with};

    #[test]
    fn an_unreadable_count_is_an_error_that_quotes_it() {
        for text in ["-3", "1.5", "十二", "12件"] {
            let findings = found_with("D1", &[("requests.granted.natural", text)]);
            assert_eq!(findings.len(), 1, "{text}");
            assert_eq!(findings[0].found.as_deref(), Some(text));
            assert!(findings[0].message.contains("予以公开·自然人"), "{}", findings[0].message);
        }
    }

    #[test]
    fn money_may_have_decimals_but_must_not_be_negative() {
        assert_eq!(found_with("D1", &[("disclosure.fees.amount", "4068.208")]), vec![]);
        assert_eq!(found_with("D1", &[("disclosure.fees.amount", "-0.01")]).len(), 1);
        assert_eq!(found_with("D1", &[("disclosure.fees.amount", "若干")]).len(), 1);
    }

    #[test]
    fn a_signed_change_may_be_negative() {
        let (form, draft) = full_with("2019", &[("disclosure.licensing.change", "减4")]);
        assert_eq!(found(&form, &draft, "D1"), vec![]);
    }

    #[test]
    fn zero_blank_and_not_applicable_are_readable() {
        for text in ["0", "", "/", "—", "无"] {
            assert_eq!(found_with("D1", &[("requests.granted.natural", text)]), vec![], "{text}");
        }
    }
}
