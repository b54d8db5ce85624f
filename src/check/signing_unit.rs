//! S14: the report is signed by the unit or its office, and speaks of no other unit.

use super::input::{finding_at, finding_in_text};
use super::text_dates::sentences;
use super::unit_names::{LONGEST_NAME, PLACES};
use super::unit_names::{differing_characters, is_office_of, is_within, plain_name, subject_of};
use super::{Check, Finding, Rule, RuleInput, Severity};

const S14: Rule = Rule {
    id: "S14",
    severity: Severity::Warning,
    description: "落款是本单位或其办公室；总体情况和导语说的是本单位，不是别的单位。",
    basis: "一份报告只有一个报告单位；错一个字、沿用别的单位文字的见于已公布的报告，格式没有写明",
};

pub(super) const CHECK: Check = Check { rules: &[S14], run: check_signing_unit };

fn check_signing_unit(input: &RuleInput) -> Vec<Finding> {
    let foreign = PLACES.iter().filter_map(|id| foreign_subject(input, id));
    signed_by_another(input).into_iter().chain(foreign).collect()
}

fn signed_by_another(input: &RuleInput) -> Option<Finding> {
    let (unit, signed) = (input.draft.unit(), input.text("cover.signed_by"));
    let own = plain_name(unit);
    if own.is_empty() || signed.trim().is_empty() {
        return None;
    }
    let is_own = |name: &str| {
        let name = plain_name(name);
        name.is_empty() || is_within(&name, &own) || is_within(&own, &name) || is_office_of(&name, &own)
    };
    if signed.split(['、', '，', ',', '\n']).any(is_own) {
        return None;
    }
    let shown = signed.trim();
    let message = match differing_characters(&plain_name(shown), &own) {
        Some(count @ 1..=2) => format!("落款“{shown}”与单位“{unit}”差 {count} 个字，请核对"),
        _ => format!("落款“{shown}”不是本单位“{unit}”，也不像它的办公室，请核对"),
    };
    let mut finding = finding_at(&S14, "cover.signed_by", message);
    finding.fields.push(crate::form::FieldId::new("cover.unit"));
    (finding.expected, finding.found) = (Some(unit.into()), Some(shown.into()));
    Some(finding)
}

/// Returns the finding that a sentence opens with another unit of the folder.
fn foreign_subject(input: &RuleInput, id: &str) -> Option<Finding> {
    let (text, unit) = (input.text(id), input.draft.unit().trim());
    let units = input.context.folder_units?;
    // Of several names that begin a sentence, the longest is meant.
    let named_at = |subject: &str| {
        let ends = subject.char_indices().map(|(at, c)| at + c.len_utf8()).take(LONGEST_NAME).skip(3);
        ends.filter(|end| units.contains(&subject[..*end])).last()
    };
    for (at, sentence) in sentences(text) {
        let (lead, subject) = subject_of(sentence);
        let Some(name) = named_at(subject).map(|end| &subject[..end]) else { continue };
        if unit.contains(name) || !unit.is_empty() && subject.starts_with(unit) {
            continue;
        }
        // 示例县水务局等8个部门, 示例县水务局、示例县财政局, 示例县水务局的…: not the one that reports.
        let rest = &subject[name.len()..];
        if rest.starts_with(['等', '、', '的', '和', '及', '与', '下']) {
            continue;
        }
        let message = format!("这一句说的是“{name}”，报告单位是“{unit}”，请核对是否沿用了别的单位的文字");
        let start = at + lead;
        return Some(finding_in_text(&S14, &input.field(id)?.id, start..start + name.len(), message));
    }
    None
}

#[cfg(test)]
mod tests {
    use super::super::sample::{found_with, full_with};
    use crate::check::{Context, Finding, check};
    use std::collections::HashSet;

    fn signed(unit: &str, by: &str) -> Option<String> {
        let typed = [("cover.unit", unit), ("cover.signed_by", by)];
        found_with("S14", &typed).pop().map(|finding| finding.message)
    }

    #[test]
    fn a_slip_of_one_character_and_another_unit_are_found() {
        assert!(signed("示例县水务局", "示例县水务用").unwrap().contains("差 1 个字"));
        assert!(signed("示例县水务局", "示列县水务局").unwrap().contains("差 1 个字"));
        assert!(signed("示例县水务局", "示例县农业农村局").unwrap().contains("不是本单位"));
        assert!(signed("示例县水务局", "邻近县人民政府办公室").unwrap().contains("不是本单位"));
    }

    #[test]
    fn the_unit_its_short_name_and_its_office_pass() {
        for (unit, by) in [
            ("示例县水务局", "示例县水务局"),
            ("示例县水务局", "示例县 水务局"),
            ("示例县水务局", "水务局"),
            ("示例县水务局", ""),
            ("", "示例县水务局"),
            ("示例市发展和改革委员会", "示例市发改委"),
            ("示例县人民政府", "示例县人民政府办公室"),
            ("示例县人民政府", "示例县政务公开领导小组办公室"),
            ("示例县文化和旅游局（示例县文物局）", "示例县文化和旅游局"),
            ("示例县水务局", "示例县水务局办公室"),
        ] {
            assert_eq!(signed(unit, by), None, "{unit} {by}");
        }
    }

    fn beside(others: &[&str], overview: &str) -> Vec<Finding> {
        let typed = [("cover.unit", "示例县水务局"), ("cover.signed_by", ""), ("overview", overview)];
        let (form, draft) = full_with("2021", &typed);
        let units: HashSet<String> = others.iter().map(ToString::to_string).collect();
        let context = Context { folder_units: Some(&units), ..Context::default() };
        let mut findings = check(&form, &draft, context);
        findings.retain(|finding| finding.rule == "S14");
        findings
    }

    #[test]
    fn another_unit_of_the_folder_as_the_subject_is_found() {
        let text = "2024年，示例县财政局认真落实政府信息公开各项要求。";
        let findings = beside(&["示例县财政局", "示例县水务局"], text);
        let span = findings[0].span.as_ref().unwrap();
        assert_eq!(&text[span.start..span.end], "示例县财政局");
        assert_eq!(beside(&[], text), vec![], "nothing is known of the folder");
    }

    #[test]
    fn another_unit_that_is_only_mentioned_passes() {
        for text in [
            "2024年，示例县水务局认真落实。",
            "2024年，我局会同示例县财政局公开信息。",
            "示例县财政局等8个部门参加了培训。",
            "示例县财政局、示例县水务局联合发文。",
        ] {
            assert_eq!(beside(&["示例县财政局", "示例县水务局"], text), vec![], "{text}");
        }
    }
}
