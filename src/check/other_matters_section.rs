//! S6: section 六 is not empty.

use super::input::finding_at;
use super::{Check, Finding, Rule, RuleInput, Severity};

const S6: Rule = Rule {
    id: "S6",
    severity: Severity::Warning,
    description: "“六、其他需要报告的事项”不留空；没有就写“无”。",
    basis: "国办公开办函〔2021〕30号格式有此一项；不留空是各地审核的惯例",
};

pub(super) const CHECK: Check = Check { rules: &[S6], run: check_other_matters };

fn check_other_matters(input: &RuleInput) -> Vec<Finding> {
    if input.field("other_matters").is_none() || !input.text("other_matters").trim().is_empty() {
        return Vec::new();
    }
    vec![finding_at(&S6, "other_matters", "“六、其他需要报告的事项”没有写；没有的话请写“无”".into())]
}

#[cfg(test)]
mod tests {
    use super::super::sample::found_with;

    #[test]
    fn an_empty_section_is_a_warning() {
        assert_eq!(found_with("S6", &[("other_matters", "")]).len(), 1);
        assert_eq!(found_with("S6", &[("other_matters", " \n\u{3000}")]).len(), 1, "blanks are no words");
    }

    #[test]
    fn none_is_a_sufficient_answer() {
        for text in ["无", "无。", "无其他需要报告的事项"] {
            assert_eq!(found_with("S6", &[("other_matters", text)]), vec![], "{text}");
        }
    }
}
