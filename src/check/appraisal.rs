//! S8: a government's report covers appraisal, public assessment and accountability.

use super::input::finding_at;
use super::{Check, Finding, Rule, RuleInput, Severity};

const S8: Rule = Rule {
    id: "S8",
    severity: Severity::Warning,
    description: "各级人民政府（包括乡镇人民政府）的报告写明工作考核、社会评议和责任追究的结果情况。",
    basis: "政府信息公开条例第五十条第（四）项：各级人民政府的报告还应当包括工作考核、社会评议和责任追究结果情况；国办公开办函〔2021〕30号把它放在总体情况的“监督保障”里",
};

pub(super) const CHECK: Check = Check { rules: &[S8], run: check_appraisal };

const TOPICS: [(&str, &[&str]); 3] = [
    ("工作考核", &["考核", "考评", "绩效", "评估"]),
    ("社会评议", &["评议", "测评", "满意度", "社会评价", "第三方评估"]),
    ("责任追究", &["追究", "追责", "问责"]),
];

fn check_appraisal(input: &RuleInput) -> Vec<Finding> {
    // A township's government owes it too, though its kind is another.
    let unit: String = input.draft.unit().chars().filter(|c| !c.is_whitespace()).collect();
    let is_government = input.kind() == "政府" || input.kind() == "乡镇街道" && unit.ends_with("政府");
    if !is_government {
        return Vec::new();
    }
    let is_covered = |keywords: &[&str]| {
        input.narratives().any(|(_, text)| keywords.iter().any(|word| text.contains(word)))
    };
    let missing: Vec<&str> =
        TOPICS.iter().filter(|(_, keywords)| !is_covered(keywords)).map(|(topic, _)| *topic).collect();
    if missing.is_empty() {
        return Vec::new();
    }
    let message = format!("政府的报告应当写到{}的情况，正文里没有提到", missing.join("、"));
    vec![finding_at(&S8, "overview", message)]
}

#[cfg(test)]
mod tests {
    use super::super::sample::found_with;

    const SILENT: &str = "公开信息120条，收到申请12件，维护网站，加强管理和监督。";

    #[test]
    fn a_government_that_omits_all_three_gets_one_finding() {
        let findings = found_with("S8", &[("cover.kind", "政府"), ("overview", SILENT)]);
        assert_eq!(findings.len(), 1);
        assert!(findings[0].message.contains("工作考核、社会评议、责任追究"), "{}", findings[0].message);
    }

    #[test]
    fn departments_and_unknown_kinds_need_not_cover_them() {
        for kind in ["部门", "乡镇街道", "其他"] {
            assert_eq!(found_with("S8", &[("cover.kind", kind), ("overview", SILENT)]), vec![], "{kind}");
        }
    }

    #[test]
    fn the_kind_follows_from_the_name_where_it_is_blank() {
        for (unit, count) in [
            ("示例县人民政府", 1),
            ("示例县示例镇人民政府", 1),
            ("示例区示例街道办事处", 0),
            ("示例县水务局", 0),
            ("示例县人民政府办公室", 0),
        ] {
            let typed = [("cover.kind", ""), ("cover.unit", unit), ("overview", SILENT)];
            assert_eq!(found_with("S8", &typed).len(), count, "{unit}");
        }
    }

    #[test]
    fn the_omitted_one_is_named_wherever_the_others_are() {
        let typed =
            [("cover.kind", "政府"), ("overview", "开展年度考核。"), ("other_matters", "没有责任追究情形。")];
        let findings = found_with("S8", &typed);
        assert!(findings[0].message.contains("写到社会评议的"), "{}", findings[0].message);
    }
}
