//! N6: two units of a folder with nearly the same text.

use super::input::finding_at;
use super::{Check, Finding, Rule, RuleInput, Severity};
use crate::draft::TwinText;

const N6: Rule = Rule {
    id: "N6",
    severity: Severity::Warning,
    description: "总体情况、问题与改进不与同一文件夹里别的单位的文字雷同。",
    basis: "国办公开办函〔2021〕30号（四）把内容雷同列为要追究的情形；有的地方（如鲤城）写明与其他单位雷同的扣分。多少算雷同没有写明，这里按九成相同提醒",
};

pub(super) const CHECK: Check = Check { rules: &[N6], run: check_twin_texts };

fn check_twin_texts(input: &RuleInput) -> Vec<Finding> {
    let of_section = |section: &str| {
        let twins: Vec<&TwinText> =
            input.context.twins.iter().filter(|twin| twin.section == section).collect();
        let first = twins.first()?;
        let more = if twins.len() > 1 { format!("等 {} 个单位", twins.len()) } else { String::new() };
        let (name, unit, share, file) = (input.name(section), &first.unit, first.share, &first.file);
        let message = format!("“{name}”与“{unit}”（{file}）{more}的文字有 {share}% 相同，请写出本单位的情况");
        let mut finding = finding_at(&N6, section, message);
        finding.found = Some(file.clone());
        Some(finding)
    };
    super::input::YEARLY_SECTIONS.iter().filter_map(|section| of_section(section)).collect()
}

#[cfg(test)]
mod tests {
    use super::super::sample::full;
    use super::*;
    use crate::check::{Context, check};

    fn twin(section: &str, unit: &str) -> TwinText {
        TwinText { section: section.into(), unit: unit.into(), file: format!("{unit}.ron"), share: 97 }
    }

    fn found(twins: &[TwinText]) -> Vec<String> {
        let (form, draft) = full("2021");
        let mut findings = check(&form, &draft, Context { twins, ..Context::default() });
        findings.retain(|finding| finding.rule == "N6");
        findings.into_iter().map(|finding| finding.message).collect()
    }

    #[test]
    fn a_twin_is_named_with_its_file_and_share() {
        let messages = found(&[twin("problems", "甲局")]);
        assert_eq!(
            messages,
            ["“存在的主要问题及改进情况”与“甲局”（甲局.ron）的文字有 97% 相同，请写出本单位的情况"]
        );
    }

    #[test]
    fn several_twins_of_a_section_are_one_finding() {
        let all = [twin("overview", "甲局"), twin("problems", "甲局"), twin("overview", "乙局")];
        let messages = found(&all);
        assert_eq!(messages.len(), 2);
        assert!(messages[0].contains("等 2 个单位"), "{}", messages[0]);
    }

    #[test]
    fn a_report_alone_has_none() {
        assert!(found(&[]).is_empty());
    }
}
