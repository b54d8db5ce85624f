//! S4: section 一 is not empty, covers its five aspects, and is not too long.

use super::input::{finding_at, finding_with_severity};
use super::{Check, Finding, Rule, RuleInput, Severity};
use crate::text::character_count;

const S4: Rule = Rule {
    id: "S4",
    severity: Severity::Error,
    description: "“一、总体情况”不空；2021年格式写到五个方面；明显超过一千字的，留意本地有没有篇幅要求。",
    basis: "五个方面见国办公开办函〔2021〕30号；“原则上不超过一千字”是有的地方（如武威2025年、怀化2023年）的要求，格式没有写明",
};

pub(super) const CHECK: Check = Check { rules: &[S4], run: check_overview };

/// The length in characters that some notices name for this section (原则上不超过一千字). No rule of the form.
pub const OVERVIEW_LENGTH: usize = 1000;

/// The length in characters from which a text draws the remark: well above the thousand of those notices.
const LONG: usize = 1500;

/// The five aspects, each with keywords of which at least one occurs if it is covered.
const ASPECTS: [(&str, &[&str]); 5] = [
    (
        "主动公开",
        &["主动公开", "公开信息", "发布信息", "公开各类", "发布各类", "公开政务信息", "公开政府信息"],
    ),
    ("依申请公开", &["依申请", "申请公开", "公开申请", "申请人"]),
    ("政府信息管理", &["信息管理", "管理", "清理", "动态调整", "规范性文件", "保密审查"]),
    ("平台建设", &["平台", "网站", "专栏", "新媒体", "公众号", "公报"]),
    ("监督保障", &["监督", "保障", "考核", "培训", "评议", "追究", "检查"]),
];

fn check_overview(input: &RuleInput) -> Vec<Finding> {
    if input.field("overview").is_none() {
        return Vec::new();
    }
    let text = input.text("overview").trim();
    if text.is_empty() {
        return vec![finding_at(&S4, "overview", "“一、总体情况”没有写".into())];
    }
    let mut findings = Vec::new();
    let missing: Vec<&str> = ASPECTS
        .iter()
        .filter(|(_, keywords)| !keywords.iter().any(|word| text.contains(word)))
        .map(|(aspect, _)| *aspect)
        .collect();
    if input.form.id != "2019" && !missing.is_empty() {
        let message = format!("总体情况里没有提到{}，请补上", missing.join("、"));
        findings.push(finding_with_severity(&S4, Severity::Warning, "overview", message));
    }
    let length = character_count(text);
    if length > LONG {
        let message = format!("总体情况有 {length} 字；有的地方要求原则上不超过一千字，请看本地通知");
        findings.push(finding_with_severity(&S4, Severity::Remark, "overview", message));
    }
    findings
}

#[cfg(test)]
mod tests {
    use super::super::sample::{found, found_with, full, type_into};
    use super::*;

    #[test]
    fn an_empty_section_is_an_error() {
        let findings = found_with("S4", &[("overview", " \n")]);
        assert_eq!(findings.iter().map(|f| f.severity).collect::<Vec<_>>(), [Severity::Error]);
    }

    #[test]
    fn omitted_aspects_are_named_in_one_warning() {
        let text = "我局主动公开信息120条，收到信息公开申请3件，维护好网站专栏。";
        let findings = found_with("S4", &[("overview", text)]);
        assert_eq!(findings.len(), 1);
        assert_eq!(findings[0].severity, Severity::Warning);
        assert!(findings[0].message.contains("政府信息管理、监督保障"), "{}", findings[0].message);
    }

    #[test]
    fn the_2019_format_does_not_require_the_five_aspects() {
        let (form, mut draft) = full("2019");
        type_into(&form, &mut draft, "overview", "我局主动公开信息120条。");
        assert_eq!(found(&form, &draft, "S4"), vec![]);
    }

    #[test]
    fn a_long_text_is_a_remark_about_local_practice() {
        let (form, mut draft) = full("2021");
        let text = draft.text("overview").to_string();
        let room = LONG - text.chars().filter(|c| !c.is_whitespace()).count();
        type_into(&form, &mut draft, "overview", &format!("{text}{}", "公".repeat(room)));
        assert_eq!(found(&form, &draft, "S4"), vec![], "at the limit");
        type_into(&form, &mut draft, "overview", &format!("{text}{}", "公".repeat(room + 1)));
        let findings = found(&form, &draft, "S4");
        assert_eq!(findings.iter().map(|f| f.severity).collect::<Vec<_>>(), [Severity::Remark]);
        assert!(findings[0].message.contains("有的地方"), "{}", findings[0].message);
    }
}
