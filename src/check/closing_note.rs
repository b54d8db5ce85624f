//! S17: a note such as “（此件公开发布）” left at the end of the text.

use super::input::finding_in_text;
use super::{Check, Finding, Rule, RuleInput, Severity};
use crate::draft::Value;
use crate::edit::Edit;

const S17: Rule = Rule {
    id: "S17",
    severity: Severity::Remark,
    description: "正文的末尾没有附注，如“（此件公开发布）”。",
    basis: "GB/T 9704—2012 第7.3.6条：附注加圆括号，编排在成文日期的下一行，不是正文；年度报告的格式没有附注一项",
};

pub(super) const CHECK: Check = Check { rules: &[S17], run: check_note };

/// How a note begins, within its brackets.
const BEGINNINGS: [&str; 5] = ["此件", "此文", "联系人", "公开方式", "信息公开选项"];

fn check_note(input: &RuleInput) -> Vec<Finding> {
    let last = input.narratives().filter(|(_, text)| !text.trim().is_empty()).last();
    let Some((id, text)) = last else { return Vec::new() };
    let text = text.trim_end();
    let start = text.rfind('\n').map_or(0, |at| at + 1);
    let note = text[start..].trim();
    if !is_note(note) {
        return Vec::new();
    }
    let name = input.name(id.as_str());
    let message = format!("“{name}”的末尾“{note}”是附注，印在成文日期下面，不是正文；可以去掉");
    let mut finding = finding_in_text(&S17, id, start..text.len(), message);
    let rest = text[..start].trim_end();
    // Whoever has nothing but the note has still to write the text.
    finding.fix = (!rest.is_empty()).then(|| Edit::set(input.draft, id, Value::Text(rest.to_string())));
    vec![finding]
}

/// Returns whether a paragraph is a note: in brackets as a whole, with words that such notes begin with.
fn is_note(paragraph: &str) -> bool {
    let inside = paragraph.strip_prefix(['（', '(']).and_then(|rest| rest.strip_suffix(['）', ')']));
    let is_one = |inside: &str| !inside.contains(['（', '(', '）', ')']);
    inside.is_some_and(|inside| {
        is_one(inside) && BEGINNINGS.iter().any(|words| inside.trim_start().starts_with(words))
    })
}

#[cfg(test)]
mod tests {
    use super::super::sample::{found, found_with, full_with};

    #[test]
    fn a_note_below_the_text_is_taken_out_by_its_fix() {
        for note in ["（此件公开发布）", "　　(联系人：张三，电话：0000)\n"] {
            let text = format!("无其他需要报告的事项。\n{note}");
            let (form, mut draft) = full_with("2021", &[("other_matters", &text)]);
            let finding = found(&form, &draft, "S17").pop().unwrap();
            assert!(finding.message.contains(note.trim()), "{}", finding.message);
            finding.fix.unwrap().apply(&mut draft);
            assert_eq!(draft.text("other_matters"), "无其他需要报告的事项。");
            assert!(found(&form, &draft, "S17").is_empty());
        }
    }

    #[test]
    fn brackets_of_the_text_itself_are_no_note() {
        for text in [
            "（一）此件另行办理。",
            "（此件）按规定办理（见附件）",
            "收取信息处理费0元。（详见附表）",
            "此件公开发布",
        ] {
            assert!(found_with("S17", &[("other_matters", text)]).is_empty(), "{text}");
        }
        let alone = found_with("S17", &[("other_matters", "（此件公开发布）")]).pop().unwrap();
        assert!(alone.fix.is_none());
    }
}
