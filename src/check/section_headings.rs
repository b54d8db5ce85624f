//! S12: headings of an imported report that are not the six of the form, in their order.

use super::input::finding_at;
use super::{Check, Finding, Rule, RuleInput, Severity};
use crate::draft::heading_problems;

const S12: Rule = Rule {
    id: "S12",
    severity: Severity::Warning,
    description: "导入的报告，六个部分的标题齐全，次序、序号和名称与格式一致。",
    basis: "国办公开办函〔2019〕60号、〔2021〕30号的格式分为六个部分；标题字句略有出入的不提",
};

pub(super) const CHECK: Check = Check { rules: &[S12], run: check_headings };

fn check_headings(input: &RuleInput) -> Vec<Finding> {
    let Some(provenance) = &input.draft.provenance else { return Vec::new() };
    let problems = heading_problems(&provenance.headings);
    let Some((field, _)) = problems.first() else { return Vec::new() };
    let message: Vec<&str> = problems.iter().map(|(_, message)| message.as_str()).collect();
    vec![finding_at(&S12, field, format!("原文的标题：{}，请核对", message.join("；")))]
}

#[cfg(test)]
mod tests {
    use super::super::sample::{found, full};
    use crate::draft::Provenance;

    #[test]
    fn a_wrong_numeral_of_an_imported_report_is_one_finding() {
        let (form, mut draft) = full("2021");
        assert_eq!(found(&form, &draft, "S12"), vec![], "it was not imported");
        let headings =
            ["一、总体情况", "二、主动公开", "三、依申请公开", "五、行政复议", "五、问题及改进", "六、其他"];
        let headings: Vec<String> = headings.iter().map(ToString::to_string).collect();
        let provenance = |headings| Provenance {
            file: "a.html".into(),
            format: "html".into(),
            date: "2025-01-20".into(),
            headings,
            rows: std::collections::BTreeMap::new(),
        };
        draft.provenance = Some(provenance(headings));
        let findings = found(&form, &draft, "S12");
        assert_eq!(findings.len(), 1);
        assert_eq!(findings[0].fields[0].as_str(), "review");
        assert!(
            findings[0].message.contains("第四部分的标题写的是“五、行政复议”"),
            "{}",
            findings[0].message
        );
        draft.provenance = Some(provenance(Vec::new()));
        assert_eq!(found(&form, &draft, "S12"), vec![]);
    }
}
