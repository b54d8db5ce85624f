//! S13: words of the form itself left in the text.

use std::ops::Range;

use super::input::finding_in_text;
use super::{Check, Finding, Rule, RuleInput, Severity};
use crate::form::FieldId;

const S13: Rule = Rule {
    id: "S13",
    severity: Severity::Warning,
    description: "正文里没有留下模板的说明文字，如“（文字描述）”“在此处报告”。",
    basis: "这些是表格模板给填报人看的话；留在报告里的见于已公布的报告",
};

pub(super) const CHECK: Check = Check { rules: &[S13], run: check_template };

/// Words that only the form says.
const WORDS: [&str; 5] = ["文字描述", "在此处报告", "此处填写", "请在此处", "（本列数据的勾稽关系为"];

/// How far behind the bracket the article of the form's own words may stand, in bytes.
const NEAR: usize = 240;

fn check_template(input: &RuleInput) -> Vec<Finding> {
    let of = |(id, text): (&FieldId, &str)| {
        let range = template_text(text)?;
        let message =
            format!("“{}”里留着模板的说明文字“{}”，请删去", input.name(id.as_str()), &text[range.clone()]);
        Some(finding_in_text(&S13, id, range, message))
    };
    input.narratives().filter_map(of).collect()
}

/// Returns the range of the first such words, with the brackets around them.
fn template_text(text: &str) -> Option<Range<usize>> {
    let plain = WORDS.iter().filter_map(|word| Some((text.find(word)?, word.len()))).min();
    if let Some((at, length)) = plain {
        return Some(in_brackets(text, at..at + length));
    }
    // （含《条例》第五十条第四项规定的各级人民政府“工作考核、社会评议和责任追究结果情况”）
    for (start, _) in text.match_indices(['（', '(']) {
        let mut to = (start + NEAR).min(text.len());
        while !text.is_char_boundary(to) {
            to -= 1;
        }
        let inside = &text[start + text[start..].chars().next().map_or(1, char::len_utf8)..to];
        let Some(end) = inside.find(['）', ')']).filter(|_| inside.starts_with('含')) else { continue };
        if inside[..end].contains("第五十条") {
            return Some(in_brackets(text, start..to - inside.len() + end));
        }
    }
    None
}

/// Extends a range to the brackets around it, if they are near.
fn in_brackets(text: &str, range: Range<usize>) -> Range<usize> {
    let line = text[..range.start].rfind(['\n', '）', ')']).map_or(0, |at| at + 1);
    let line = (line..=range.start).find(|at| text.is_char_boundary(*at)).unwrap_or(range.start);
    let start = text[line..range.start].rfind(['（', '(']).map_or(range.start, |at| line + at);
    let rest = &text[range.end..];
    let end = rest.find(['）', ')', '\n']).filter(|at| !rest[*at..].starts_with('\n') && *at < NEAR);
    match end {
        Some(at) => start..range.end + at + rest[at..].chars().next().map_or(0, char::len_utf8),
        None => range,
    }
}

#[cfg(test)]
mod tests {
    use super::super::sample::underlined_in;

    fn left_in(text: &str) -> Option<String> {
        underlined_in("S13", "overview", text)
    }

    #[test]
    fn words_of_the_form_are_found_with_their_brackets() {
        for (text, quoted) in [
            ("（文字描述）", "（文字描述）"),
            (
                "主要问题。\n（文字描述，收取信息处理费情况在此处报告。）",
                "（文字描述，收取信息处理费情况在此处报告。）",
            ),
            ("收取信息处理费情况在此处报告。", "在此处报告"),
            (
                "（五）监督保障（含《条例》第五十条第四项规定的各级人民政府“工作考核”情况）。开展考核。",
                "（含《条例》第五十条第四项规定的各级人民政府“工作考核”情况）",
            ),
        ] {
            assert_eq!(left_in(text).as_deref(), Some(quoted), "{text}");
        }
    }

    #[test]
    fn the_clerks_own_words_pass() {
        for text in [
            "本年度未收取信息处理费。",
            "依据《条例》第五十条编制年度报告（含电子版）。",
            "收到申请12件（含上年结转2件）。",
            "规范文字表述，在此基础上报告进展。",
            "可以在线申请（填写申请表）。",
        ] {
            assert_eq!(left_in(text), None, "{text}");
        }
    }
}
