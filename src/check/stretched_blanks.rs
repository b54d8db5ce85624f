//! S16: blanks between a number and its unit, as copied from a PDF.

use std::ops::Range;

use super::input::finding_in_text;
use super::{Check, Finding, Rule, RuleInput, Severity};
use crate::draft::Value;
use crate::edit::Edit;
use crate::form::FieldId;

const S16: Rule = Rule {
    id: "S16",
    severity: Severity::Remark,
    description: "正文的数字与“年”“月”“件”等字之间没有空格。",
    basis: "公文的习惯写法是“2024年1月”；“2024 年 1 月”多是从 PDF 复制来的，格式没有要求",
};

pub(super) const CHECK: Check = Check { rules: &[S16], run: check_blanks };

/// What a number counts or dates.
const UNITS: [char; 24] = [
    '年', '月', '日', '件', '条', '项', '次', '个', '份', '起', '人', '万', '元', '期', '场', '篇', '部',
    '宗', '例', '号', '亿', '天', '家', '批',
];
/// Fewer in a report are a slip of the finger, and whoever writes so may mean it.
const LEAST: usize = 3;

/// One finding for the whole report: whoever writes or copies so does it everywhere.
fn check_blanks(input: &RuleInput) -> Vec<Finding> {
    let mut first: Option<(&FieldId, Range<usize>, String)> = None;
    let (mut count, mut fields, mut fix) = (0, Vec::new(), Edit::new());
    for (id, text) in input.narratives() {
        let numbers = stretched_numbers(text);
        let Some(range) = numbers.first() else { continue };
        let quoted = text[range.clone()].trim_start_matches(is_blank);
        first.get_or_insert_with(|| (id, range.clone(), quoted.to_string()));
        fix.push_value(input.draft, id, Value::Text(without_blanks(text, &numbers)));
        fields.push(id.clone());
        count += numbers.len();
    }
    let Some((id, range, quoted)) = first.filter(|_| count >= LEAST) else { return Vec::new() };
    let message = format!("正文里有 {count} 处数字与后面的字之间有空格，如“{quoted}”，可以一并去掉");
    let finding = finding_in_text(&S16, id, range, message);
    vec![Finding { fix: Some(fix), fields, ..finding }]
}

fn is_blank(c: char) -> bool {
    matches!(c, ' ' | '\u{a0}' | '\u{3000}' | '\u{2000}'..='\u{200a}')
}

/// Returns the ranges of numbers with a blank before their unit: from the blank before the number, if it is
/// in the middle of a sentence, to the unit.
fn stretched_numbers(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    if !text.contains(is_blank) {
        return found;
    }
    for (at, unit) in text.match_indices(UNITS) {
        let before = text[..at].trim_end_matches(is_blank);
        let words = before.trim_end_matches(|c: char| c.is_ascii_digit() || matches!(c, '.' | ','));
        let is_number = before.ends_with(|c: char| c.is_ascii_digit());
        if before.len() == at || !is_number || words.ends_with(|c: char| c.is_ascii_alphanumeric()) {
            continue;
        }
        let sentence = words.trim_end_matches(is_blank);
        let goes_on = sentence.ends_with(|c: char| ('\u{4e00}'..='\u{9fff}').contains(&c));
        let start = if goes_on { sentence.len() } else { words.len() };
        found.push(start..at + unit.len());
    }
    found
}

/// Returns the text without the blanks of these ranges.
fn without_blanks(text: &str, ranges: &[Range<usize>]) -> String {
    let mut out = String::with_capacity(text.len());
    let mut done = 0;
    for range in ranges {
        out.push_str(&text[done..range.start]);
        out.extend(text[range.clone()].chars().filter(|c| !is_blank(*c)));
        done = range.end;
    }
    out + &text[done..]
}

#[cfg(test)]
mod tests {
    use super::super::sample::{found, found_with, full_with};

    #[test]
    fn a_text_copied_from_a_page_is_tidied_by_its_fix() {
        let text = "截至 2024 年 12 月底，收到申请 1,234 件。\n占 3 成，电话 0000 分机 1，1 个月内、 5\u{3000}日内办结";
        let (form, mut draft) = full_with("2021", &[("overview", text)]);
        let finding = found(&form, &draft, "S16").pop().unwrap();
        assert!(finding.message.contains("有 5 处") && finding.message.contains("“2024 年”"), "{finding:?}");
        finding.fix.unwrap().apply(&mut draft);
        let tidy = "截至2024年12月底，收到申请1,234件。\n占 3 成，电话 0000 分机 1，1个月内、 5日内办结";
        assert_eq!(draft.text("overview"), tidy);
        assert!(found(&form, &draft, "S16").is_empty());
    }

    #[test]
    fn other_blanks_are_left_alone() {
        for text in [
            "截至2024年12月底，收到申请1234件。",
            "只有 3 件、 4 件两处，不提。",
            "（一）主动公开  全年公开\n　　共 A4 号纸、COVID19 期间，v2.0 号",
            "共 \n件、12\n件",
        ] {
            assert!(found_with("S16", &[("overview", text)]).is_empty(), "{text}");
        }
    }
}
