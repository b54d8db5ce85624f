//! S2 and S2b: unit, year and title are filled in; the title names the report year once, and the report.

use super::input::finding_at;
use super::title::{S2, S2B, check_title, other_report, standard_title};
use super::{Check, Finding, RuleInput};
use crate::draft::Value;

pub(super) const CHECK: Check = Check { rules: &[S2, S2B], run: check_cover };

fn check_cover(input: &RuleInput) -> Vec<Finding> {
    let draft = input.draft;
    let mut findings = Vec::new();
    if draft.unit().trim().is_empty() {
        findings.push(finding_at(&S2, "cover.unit", "没有填单位名称".into()));
    }
    match (draft.get("cover.year"), draft.year()) {
        (_, Some(_)) => {}
        (Value::Blank, _) => findings.push(finding_at(&S2, "cover.year", "没有填报告年度".into())),
        (value, _) => {
            let message = format!("报告年度“{}”无法识别，请填四位数的年份，如 2024", value.typed());
            findings.push(finding_at(&S2, "cover.year", message));
        }
    }
    if draft.text("cover.title").trim().is_empty() {
        let mut finding = finding_at(&S2, "cover.title", "没有填标题".into());
        finding.fix = standard_title(draft);
        findings.push(finding);
    } else {
        findings.extend(check_title(draft));
        findings.extend(other_report(draft));
    }
    findings
}

#[cfg(test)]
mod tests {
    use super::super::sample::{found, found_with, full, type_into};
    use crate::check::Severity;

    #[test]
    fn unit_year_and_title_are_required() {
        let findings = found_with("S2", &[("cover.unit", ""), ("cover.year", ""), ("cover.title", "")]);
        let at: Vec<_> = findings.iter().map(|f| f.fields[0].as_str()).collect();
        assert_eq!(at, ["cover.unit", "cover.year", "cover.title"]);
        assert!(findings.iter().all(|f| f.severity == Severity::Error));
    }

    #[test]
    fn a_missing_title_has_a_fix() {
        let (form, mut draft) = full("2021");
        let whole = draft.clone();
        type_into(&form, &mut draft, "cover.title", "");
        found(&form, &draft, "S2")[0].fix.clone().unwrap().apply(&mut draft);
        assert_eq!(draft, whole);
    }

    #[test]
    fn a_repeated_term_is_fixed_and_spaces_are_kept() {
        let (form, mut draft) = full("2021");
        type_into(&form, &mut draft, "cover.title", "示例市某局 2024 年度政府信息公开工作年度报告");
        let finding = found(&form, &draft, "S2").remove(0);
        assert_eq!(finding.severity, Severity::Warning);
        finding.fix.unwrap().apply(&mut draft);
        assert_eq!(draft.text("cover.title"), "示例市某局 2024 年政府信息公开工作年度报告");
        assert_eq!(found(&form, &draft, "S2"), vec![]);
    }

    #[test]
    fn the_title_must_name_the_report_year() {
        for (title, severity) in [
            ("示例市某局2023年政府信息公开工作年度报告", Severity::Error),
            ("示例市某局二〇二三年政府信息公开工作年度报告", Severity::Error),
            ("示例市某局二O二三年政府信息公开工作年度报告", Severity::Error),
            ("示例市某局政府信息公开工作年度报告", Severity::Warning),
            ("示例市某局12024年政府信息公开工作年度报告", Severity::Warning),
            ("2024年示例市某局2024年政府信息公开工作年报", Severity::Warning),
        ] {
            let findings = found_with("S2", &[("cover.title", title)]);
            assert_eq!(findings.iter().map(|f| f.severity).collect::<Vec<_>>(), [severity], "{title}");
        }
    }

    #[test]
    fn other_spellings_of_a_correct_title_pass() {
        for title in [
            "示例市某局二〇二四年政府信息公开工作年度报告",
            "示例市某局二O二四年政府信息公开工作年度报告",
            "示例市某局APP2024年政府信息公开工作年度报告",
            "示例市某局２０２４年政府信息公开工作年度报告",
            "2024 年度示例市某局政府信息公开工作报告",
            "示例市某局2024年\n政府信息公开工作年度报告",
        ] {
            assert_eq!(found_with("S2", &[("cover.title", title)]), vec![], "{title}");
        }
    }

    #[test]
    fn a_title_of_another_document_is_questioned() {
        for title in [
            "2024年政务公开工作总结",
            "示例市某局2024年信息公开工作年度报告",
            "示例市某局2024年政府信息公开工作总结",
        ] {
            assert_eq!(found_with("S2b", &[("cover.title", title)]).len(), 1, "{title}");
        }
        for title in [
            "示例市某局2024年政府信息公开工作年度报告",
            "示例市某局2024年政府\n信息公开年报",
            "示例市某局2024年度政府信息公开工作报告",
            "",
        ] {
            assert_eq!(found_with("S2b", &[("cover.title", title)]), vec![], "{title}");
        }
    }

    #[test]
    fn an_unreadable_year_is_not_compared_with_the_title() {
        let findings = found_with("S2", &[("cover.year", "24")]);
        assert_eq!(findings.len(), 1);
        assert!(findings[0].message.contains("无法识别"));
    }
}
