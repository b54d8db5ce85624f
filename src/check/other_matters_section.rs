//! S6: section 六 is not empty, and speaks of the fee for processing information.

use super::input::finding_at;
use super::unpaid_fees::{has_unpaid_fees, speaks_of_fee};
use super::{Check, Finding, Rule, RuleInput, Severity};

const S6: Rule = Rule {
    id: "S6",
    severity: Severity::Warning,
    description: "“六、其他需要报告的事项”不留空；2021年格式在这里说明收取信息处理费的情况，没有收取的也说明。",
    basis: "流传的一份表格模板在第六部分写着“收取信息处理费情况在此处报告”（出处没有查实），已公布的报告大多这样写；国办公开办函〔2021〕30号的格式没有写明",
};

pub(super) const CHECK: Check = Check { rules: &[S6], run: check_other_matters };

fn check_other_matters(input: &RuleInput) -> Vec<Finding> {
    if input.field("other_matters").is_none() {
        return Vec::new();
    }
    let text = input.text("other_matters").trim();
    let asks_for_fee = input.form.id != "2019";
    let fee = if asks_for_fee {
        "；是否收取了信息处理费，在这里说明（没有收取，可写“本年度未收取信息处理费”）"
    } else {
        ""
    };
    let message = if text.is_empty() {
        format!("“六、其他需要报告的事项”没有写{fee}")
    } else if asks_for_fee && !speaks_of_fee(text) && !has_unpaid_fees(input) {
        format!("“六、其他需要报告的事项”没有提到信息处理费{fee}")
    } else {
        return Vec::new();
    };
    vec![finding_at(&S6, "other_matters", message)]
}

#[cfg(test)]
mod tests {
    use super::super::sample::{found, found_with, full_with};

    #[test]
    fn an_empty_section_is_a_warning() {
        assert_eq!(found_with("S6", &[("other_matters", "")]).len(), 1);
        assert_eq!(found_with("S6", &[("other_matters", " \n\u{3000}")]).len(), 1, "blanks are no words");
        let (form, draft) = full_with("2019", &[("other_matters", "")]);
        assert_eq!(found(&form, &draft, "S6").len(), 1, "in the older format too");
    }

    #[test]
    fn a_text_without_the_fee_is_a_warning_that_never_asks_for_none() {
        for text in ["无", "无其他需要报告的事项。", "开展培训3次。", ""] {
            let findings = found_with("S6", &[("other_matters", text)]);
            assert_eq!(findings.len(), 1, "{text}");
            assert!(findings[0].message.contains("未收取信息处理费"), "{}", findings[0].message);
            assert!(!findings[0].message.contains("写“无”"), "{}", findings[0].message);
        }
    }

    #[test]
    fn a_text_with_the_fee_and_the_older_format_pass() {
        for text in [
            "本年度未收取信息处理费。",
            "依据《政府信息公开信息处理费管理办法》，收取信息处理费0元。",
            "未向申请人收取任何费用。",
            "全年没有发生收费情况。",
        ] {
            assert_eq!(found_with("S6", &[("other_matters", text)]), vec![], "{text}");
        }
        let (form, draft) = full_with("2019", &[("other_matters", "无。")]);
        assert_eq!(found(&form, &draft, "S6"), vec![]);
    }

    #[test]
    fn an_unpaid_fee_is_left_to_the_rule_about_it() {
        let typed = [("requests.other_fee_unpaid.natural", "1"), ("other_matters", "无。")];
        assert_eq!(found_with("S6", &typed), vec![]);
        assert_eq!(found_with("D7", &typed).len(), 1);
    }
}
