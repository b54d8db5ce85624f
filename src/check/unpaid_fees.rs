//! D7: section 六 mentions the fee if applications were closed because it was not paid.

use super::input::finding_at;
use super::{Check, Finding, Rule, RuleInput, Severity};
use crate::form::FieldId;

const D7: Rule = Rule {
    id: "D7",
    severity: Severity::Warning,
    description: "表三有“逾期未按收费通知要求缴纳费用”的，第六部分说明信息处理费的情况。",
    basis: "信息处理费见《政府信息公开信息处理费管理办法》（国办函〔2020〕109号）；写在第六部分是报告的惯例",
};

pub(super) const CHECK: Check = Check { rules: &[D7], run: check_unpaid_fees };

const CELL: &str = "requests.other_fee_unpaid.total";

/// Returns `true` if a text speaks of fees.
pub(super) fn speaks_of_fee(text: &str) -> bool {
    ["处理费", "收费", "缴费", "费用", "收取"].iter().any(|word| text.contains(word))
}

/// Returns `true` if applications were closed because a fee was not paid.
pub(super) fn has_unpaid_fees(input: &RuleInput) -> bool {
    input.number(CELL).is_some_and(|number| !number.is_zero())
}

fn check_unpaid_fees(input: &RuleInput) -> Vec<Finding> {
    let Some(number) = input.number(CELL).filter(|_| has_unpaid_fees(input)) else { return Vec::new() };
    if speaks_of_fee(input.draft.text("other_matters")) {
        return Vec::new();
    }
    let message = format!("表三有 {number} 件逾期未缴费的申请，第六部分没有提到信息处理费，请说明收取情况");
    let mut finding = finding_at(&D7, "other_matters", message);
    finding.fields.push(FieldId::new(CELL));
    vec![finding]
}

#[cfg(test)]
mod tests {
    use super::super::sample::{found, found_with, full_with};

    #[test]
    fn an_unpaid_fee_that_the_text_omits_is_a_warning() {
        let findings =
            found_with("D7", &[("requests.other_fee_unpaid.natural", "1"), ("other_matters", "无。")]);
        assert_eq!(findings.len(), 1);
        assert_eq!(findings[0].fields.len(), 2);
    }

    #[test]
    fn an_unpaid_fee_that_the_text_mentions_passes() {
        let typed = [
            ("requests.other_fee_unpaid.natural", "1"),
            ("other_matters", "本年度收取政府信息公开信息处理费380元。"),
        ];
        assert_eq!(found_with("D7", &typed), vec![]);
    }

    #[test]
    fn no_fee_and_the_older_format_have_no_finding() {
        assert_eq!(found_with("D7", &[]), vec![]);
        let (form, draft) = full_with("2019", &[]);
        assert_eq!(found(&form, &draft, "D7"), vec![], "it has no such row");
    }
}
