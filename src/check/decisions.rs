//! D5: in the 2019 format, numbers of projects and of decisions are different things.

use rust_decimal::Decimal;

use super::input::finding_at;
use super::{Check, Finding, Rule, RuleInput, Severity};
use crate::form::FieldId;

const D5: Rule = Rule {
    id: "D5",
    severity: Severity::Warning,
    description: "2019年格式：上一年项目数量加本年增减不小于 0；处理决定数量是办件数，不是项目数。",
    basis: "国办公开办函〔2019〕60号格式的字面意思；把项目数填成决定数是常见的填报错误",
};

pub(super) const CHECK: Check = Check { rules: &[D5], run: check_decisions };

fn check_decisions(input: &RuleInput) -> Vec<Finding> {
    let mut findings = Vec::new();
    for field in input.form.fields().iter().filter(|field| field.id.is_in_column("last_year")) {
        let cell = |column: &str| format!("{}.{}.{column}", field.id.section(), field.id.row());
        let (last_id, change_id, decisions_id) = (field.id.as_str(), cell("change"), cell("decisions"));
        let (Some(last), Some(change)) = (input.number(last_id), input.number(&change_id)) else {
            continue;
        };
        let items = last + change;
        if items < Decimal::ZERO {
            let message = format!("{}：上一年 {last} 项，本年增减 {change}，合计小于 0，请核对", field.row);
            let mut finding = finding_at(&D5, &change_id, message);
            finding.fields.push(field.id.clone());
            findings.push(finding);
        } else if let Some(decisions) = input.number(&decisions_id)
            && decisions > Decimal::ZERO
            && decisions == items
        {
            let message = format!(
                "{}：处理决定数量 {decisions} 正好是项目数 {last} {} {}，是否把项目数填成了决定数",
                field.row,
                if change < Decimal::ZERO { "-" } else { "+" },
                change.abs(),
            );
            let mut finding = finding_at(&D5, &decisions_id, message);
            finding.fields.extend([field.id.clone(), FieldId::new(&change_id)]);
            findings.push(finding);
        }
    }
    findings
}

#[cfg(test)]
mod tests {
    use super::super::sample::{found, full_with};
    use super::*;

    fn judge(last: &str, change: &str, decisions: &str) -> Vec<Finding> {
        let typed = [
            ("disclosure.licensing.last_year", last),
            ("disclosure.licensing.change", change),
            ("disclosure.licensing.decisions", decisions),
        ];
        let (form, draft) = full_with("2019", &typed);
        found(&form, &draft, "D5")
    }

    #[test]
    fn a_negative_number_of_projects_is_found() {
        assert!(judge("3", "减4", "0")[0].message.contains("小于 0"));
    }

    #[test]
    fn decisions_that_equal_the_projects_are_questioned() {
        let findings = judge("39", "+6", "45");
        assert_eq!(findings.len(), 1);
        assert_eq!(findings[0].fields[0].as_str(), "disclosure.licensing.decisions");
        assert!(findings[0].message.contains("39 + 6"), "{}", findings[0].message);
    }

    #[test]
    fn other_numbers_and_equality_with_nothing_pass() {
        assert_eq!(judge("39", "6", "181"), vec![]);
        assert_eq!(judge("0", "0", "0"), vec![], "0 = 0 says nothing");
        assert_eq!(judge("4", "减4", "0"), vec![], "none left is not less than none");
        assert_eq!(judge("", "", "45"), vec![], "blanks are not judged");
    }
}
