//! S5: section 五 names problems and improvements.

use super::input::{finding_at, finding_with_severity};
use super::{Check, Finding, Rule, RuleInput, Severity};

const S5: Rule = Rule {
    id: "S5",
    severity: Severity::Error,
    description: "“五、存在的主要问题及改进情况”不空、不写“无”，既写问题，也写改进。",
    basis: "国办公开办函〔2021〕30号格式的标题“存在的主要问题及改进情况”；两样都写是各地审核的惯例",
};

pub(super) const CHECK: Check = Check { rules: &[S5], run: check_problems };

/// Keywords of a problem.
const PROBLEMS: [&str; 16] = [
    "问题", "不足", "短板", "薄弱", "困难", "差距", "有待", "不够", "欠缺", "仍需", "还需", "不高", "不强",
    "单一", "滞后", "弱项",
];

/// Keywords of an improvement, made or planned.
const IMPROVEMENTS: [&str; 14] = [
    "改进",
    "下一步",
    "下步",
    "措施",
    "今后",
    "整改",
    "针对",
    "将",
    "继续",
    "加强",
    "完善",
    "提升",
    "强化",
    "推进",
];

/// Phrases in which these keywords name no improvement: “有待进一步加强” is only a problem.
const EMPTY_PHRASES: [&str; 8] =
    ["有待", "仍需", "还需", "还要", "亟需", "亟待", "需要", "存在的主要问题及改进情况"];

fn check_problems(input: &RuleInput) -> Vec<Finding> {
    if input.field("problems").is_none() {
        return Vec::new();
    }
    let text = input.text("problems").trim();
    let bare = text.trim_matches(|c: char| c.is_whitespace() || "。.，,；;：:、".contains(c));
    if bare.is_empty() {
        return vec![finding_at(&S5, "problems", "“五、存在的主要问题及改进情况”没有写".into())];
    }
    if ["无", "没有", "暂无", "无问题", "不存在问题", "无此情况", "/", "-", "—"].contains(&bare)
    {
        let message = format!("第五部分只写了“{bare}”，请写出存在的问题和改进情况");
        return vec![finding_at(&S5, "problems", message)];
    }
    let missing = match (PROBLEMS.iter().any(|word| text.contains(word)), names_improvement(text)) {
        (true, true) => return Vec::new(),
        (false, true) => "存在的问题",
        (true, false) => "改进情况",
        (false, false) => "存在的问题和改进情况",
    };
    let message = format!("第五部分似乎没有写{missing}，请补上");
    vec![finding_with_severity(&S5, Severity::Warning, "problems", message)]
}

/// Returns `true` if a clause names an improvement and not only the need of one.
fn names_improvement(text: &str) -> bool {
    let clauses = text.split(['。', '；', ';', '，', ',', '\n']);
    clauses
        .filter(|clause| !EMPTY_PHRASES.iter().any(|phrase| clause.contains(phrase)))
        .any(|clause| IMPROVEMENTS.iter().any(|word| clause.contains(word)))
}

#[cfg(test)]
mod tests {
    use super::super::sample::found_with;
    use super::*;

    fn severities(text: &str) -> Vec<Severity> {
        found_with("S5", &[("problems", text)]).iter().map(|f| f.severity).collect()
    }

    #[test]
    fn empty_and_none_are_errors() {
        for text in ["", "\n", "无", "无。", "暂无"] {
            assert_eq!(severities(text), [Severity::Error], "{text}");
        }
    }

    #[test]
    fn one_part_alone_is_a_warning() {
        assert_eq!(severities("一是公开内容不够全面；二是解读形式有待进一步加强。"), [Severity::Warning]);
        assert_eq!(severities("我局将加强培训，丰富解读形式。"), [Severity::Warning]);
    }

    #[test]
    fn both_parts_in_any_wording_pass() {
        for text in [
            "（一）主要问题。队伍不稳。（二）改进情况。加强培训。",
            "解读形式单一，今后继续丰富。",
            "政策解读仍需提升。针对这一短板，举办培训班两期。",
        ] {
            assert_eq!(severities(text), [], "{text}");
        }
    }
}
