//! S3: the narratives name the report year, not the year they were copied from.

use super::input::{finding_at, finding_in_text};
use super::{Check, Finding, Rule, RuleInput, Severity, Span};
use crate::form::FieldId;
use crate::text::digits;

const S3: Rule = Rule {
    id: "S3",
    severity: Severity::Warning,
    description: "正文说的是报告年度：统计期限、各段开头和导语里的年份与报告年度一致，下一步的打算不是报告年度的。",
    basis: "审核惯例：沿用上年文字而忘改年份是常见的退回原因",
};

pub(super) const CHECK: Check = Check { rules: &[S3], run: check_other_year };

/// Phrases of a clause that states the period of the numbers.
const PERIOD: [&str; 6] = ["统计期限", "统计时限", "统计时间", "统计周期", "期限自", "期限从"];

/// The maximum number of other years that are examined; no narrative has a tenth of it.
const YEARS: usize = 1_000;
/// The maximum distance from a year to the end of its sentence, in bytes.
const NEAR: usize = 9_000;

fn check_other_year(input: &RuleInput) -> Vec<Finding> {
    let Some(year) = input.draft.year() else { return Vec::new() };
    let mut findings = Vec::new();
    for (id, text) in input.narratives() {
        let years = find_years(text);
        if id.as_str() == "problems"
            && let Some(plan) = years.iter().find(|found| found.number == year && is_plan(text, found))
        {
            let message = format!("下一步的打算写的是 {year} 年，正是报告年度，请核对年份");
            findings.push(finding_in_text(&S3, id, plan.start..plan.end, message));
            continue;
        }
        let is_table = input.form.is_table_text(id.as_str());
        let wrong = years.iter().filter(|found| found.number != year).take(YEARS);
        let Some(first) = wrong.into_iter().find(|found| {
            is_the_reported_year(id, text, found, year) || is_table && opens_with_figures(text, found, year)
        }) else {
            continue;
        };
        let heading = input.name(id.as_str());
        let message =
            format!("“{heading}”里写的是 {} 年，报告年度是 {year} 年，请核对是否沿用了旧稿", first.number);
        let mut finding = finding_at(&S3, id.as_str(), message);
        finding.expected = Some(year.to_string());
        finding.found = Some(first.number.to_string());
        finding.span = Some(Span { field: id.clone(), start: first.start, end: first.end });
        findings.push(finding);
    }
    findings
}

/// A year in a text: four digits before 年, with or without blanks between, and its bytes up to 年.
struct YearMention {
    number: u16,
    start: usize,
    end: usize,
}

fn find_years(text: &str) -> Vec<YearMention> {
    let mut found = Vec::new();
    for (at, mark) in text.match_indices('年') {
        let before = text[..at].trim_end_matches([' ', '\u{3000}', '\u{a0}']);
        let digits: Vec<(usize, u16)> = before.char_indices().rev().map_while(digit).take(5).collect();
        if let [(_, d), (_, c), (_, b), (start, a)] = digits[..] {
            let number = a * 1000 + b * 100 + c * 10 + d;
            if (1990..=2099).contains(&number) {
                found.push(YearMention { number, start, end: at + mark.len() });
            }
        }
    }
    found
}

fn digit((at, c): (usize, char)) -> Option<(usize, u16)> {
    Some((at, u16::try_from(digits::digit(c)?).ok()?))
}

/// Returns `true` if the year is meant as the report year.
fn is_the_reported_year(id: &FieldId, text: &str, found: &YearMention, year: u16) -> bool {
    let (from, to) = nearby_range(text, found);
    let clause_start = text[from..found.start]
        .rfind(['。', '；', ';', '\n'])
        .map(|at| from + at)
        .map_or(from, |at| at + text[at..].chars().next().map_or(1, char::len_utf8));
    let clause_end = text[found.end..to].find(['。', '；', ';', '\n']).map_or(to, |at| found.end + at);
    let clause = &text[clause_start..clause_end];
    let after = text[found.end..clause_end].trim_start_matches('度').trim_start();
    if PERIOD.iter().any(|phrase| clause.contains(phrase)) {
        // “截至2025年1月” is right next to the report year.
        return !find_years(clause).iter().any(|other| other.number == year);
    }
    let names_report = |phrase: &str| {
        after.find(phrase).is_some_and(|at| !after[..at].contains(['年', '，', ',', '》', '〔', '号']))
    };
    if id.as_str() == "preface" {
        return ["年度报告", "年报"].into_iter().any(names_report);
    }
    // A later year at the start of a paragraph is a plan.
    found.number < year
        && opens_paragraph(&text[from..found.start], clause_start - from, from == 0)
        && after.starts_with(['，', ','])
}

/// Returns whether a paragraph beside a table opens with an earlier year whose figures it states.
fn opens_with_figures(text: &str, found: &YearMention, year: u16) -> bool {
    let paragraph = text[..found.start].rfind('\n').map_or(0, |end| end + 1);
    let after = text[found.end..].trim_start_matches('度');
    let is_span = ["以来", "以后", "以前", "起", "底", "末", "初"].iter().any(|word| after.starts_with(word));
    found.number < year && text[paragraph..found.start].trim().is_empty() && !is_span
}

/// What follows a 将 that speaks of the future; 将信息公开纳入考核 does not.
const PLANNED: [&str; 24] = [
    "加强",
    "加大",
    "进一步",
    "以",
    "按照",
    "从",
    "通过",
    "坚持",
    "不断",
    "重点",
    "认真",
    "严格",
    "着力",
    "切实",
    "深入",
    "持续",
    "积极",
    "围绕",
    "完善",
    "强化",
    "采取",
    "做好",
    "紧紧",
    "努力",
];

/// Returns `true` if a year opens a sentence about what is going to be done: 2023年，我局将加强培训.
fn is_plan(text: &str, found: &YearMention) -> bool {
    let (from, to) = nearby_range(text, found);
    let before = text[from..found.start].trim_end();
    let opens = before.is_empty() && from == 0 || before.ends_with(['。', '；', ';', '\n', '：', ':']);
    let sentence = text[found.end..to].split(['。', '；', ';', '\n']).next().unwrap_or_default();
    let clauses = sentence.split(['，', ',']).filter(|clause| !clause.trim().is_empty()).take(1);
    let subject = |clause: &str| {
        let rest = clause.trim_start_matches('度').trim_start();
        let rest = [
            "我局",
            "我县",
            "我市",
            "我区",
            "我镇",
            "我乡",
            "我委",
            "我办",
            "我厅",
            "我省",
            "我街道",
            "我单位",
            "本单位",
            "本机关",
            "本局",
            "我们",
            "全县",
            "全市",
            "全区",
            "全省",
            "全镇",
        ]
        .iter()
        .find_map(|subject| rest.strip_prefix(subject))
        .unwrap_or(rest);
        // 2024年，我局继续… looks back as often as ahead.
        let plans = ["计划", "拟", "将继续", "要继续", "下一步"].iter().any(|word| rest.starts_with(word));
        let rest = rest.strip_prefix('将').or_else(|| rest.strip_prefix('要'));
        plans || rest.is_some_and(|rest| PLANNED.iter().any(|word| rest.starts_with(word)))
    };
    // 2023年底 and 2023年以来 look back.
    let looks_back = ["以来", "底", "末", "初"].iter().any(|word| sentence.starts_with(word));
    opens && !looks_back && clauses.into_iter().any(subject)
}

/// Returns the byte range around a year in which its clause is searched for: no sentence is longer.
fn nearby_range(text: &str, found: &YearMention) -> (usize, usize) {
    let mut from = found.start.saturating_sub(NEAR);
    while !text.is_char_boundary(from) {
        from += 1;
    }
    let mut to = (found.end + NEAR).min(text.len());
    while !text.is_char_boundary(to) {
        to -= 1;
    }
    (from, to)
}

/// Returns `true` if the end of a text is the start of a paragraph, or follows nothing but its heading, as in
/// `（一）主动公开情况。2024年，…`. `whole` means that nothing precedes the text.
fn opens_paragraph(text: &str, clause_start: usize, whole: bool) -> bool {
    let Some(start) = text.rfind('\n').map(|end| end + 1).or(whole.then_some(0)) else { return false };
    let before = text[start..].trim();
    let heading = before.starts_with(['（', '(', '一', '二', '三', '四', '五', '1', '2', '3', '4', '5']);
    text[clause_start..].trim().is_empty()
        && (before.is_empty() || heading && before.chars().count() <= 24 && before.ends_with('。'))
}

#[cfg(test)]
mod tests {
    use super::super::sample::found_with;
    use super::*;

    fn found(id: &str, text: &str) -> Vec<Finding> {
        found_with("S3", &[(id, text)])
    }

    #[test]
    fn a_period_of_another_year_is_found_and_underlined() {
        let text = "本报告统计期限自 2023 年1月1日起至2023年12月31日止。";
        let finding = found("preface", text).remove(0);
        let span = finding.span.unwrap();
        assert_eq!(&text[span.start..span.end], "2023 年");
        assert_eq!((finding.expected.as_deref(), finding.found.as_deref()), (Some("2024"), Some("2023")));
    }

    #[test]
    fn a_paragraph_that_opens_with_last_year_is_found() {
        for text in [
            "2023年，我局认真落实各项要求。",
            "2024年，我局认真落实。\n（一）主动公开情况。２０２３年度，公开信息120条。",
        ] {
            assert_eq!(found("overview", text).len(), 1, "{text}");
        }
        assert_eq!(found("preface", "现将示例市某局2023年政府信息公开年度报告公布如下。").len(), 1);
    }

    #[test]
    fn figures_beside_a_table_are_those_of_the_reported_year() {
        let text = "2022年制作政府信息467条，其中主动公开53条。";
        assert_eq!(found("disclosure", text).len(), 1);
        assert_eq!(found("overview", text), vec![], "a narrative may look back");
        for text in ["2022年以来制作政府信息467条。", "2024年比2022年多制作12条。"] {
            assert_eq!(found("disclosure", text), vec![], "{text}");
        }
    }

    #[test]
    fn a_year_is_found_after_a_very_long_text() {
        let endless = "字".repeat(20_000);
        assert_eq!(found("overview", &format!("{endless}\n2023年，我局认真落实。")).len(), 1);
        assert_eq!(found("overview", &format!("{endless}。2023年，我局认真落实。")), vec![]);
        assert_eq!(found("overview", &format!("{endless}，2023年，{endless}")), vec![]);
    }

    #[test]
    fn a_plan_for_the_reported_year_is_found() {
        let text = "（一）存在的问题。2024年，公开不够及时。（二）改进措施。2024年，我局将加强培训。";
        let finding = found("problems", text).remove(0);
        let span = finding.span.unwrap();
        assert_eq!(span.start, text.rfind("2024年").unwrap());
        for text in [
            "2024年，我局公开不够及时，将加强培训。",
            "2024年，按照要求，公开将近百条，仍不够及时。下一步，将加强培训。",
            "2025年，我局将加强培训。",
            "2024年底，我局将栏目调整完毕，但解读仍有不足。",
            "2024年度，我局将信息公开纳入考核，但力度不够。",
            "2024年，我局继续深化公开，但解读仍有不足。",
        ] {
            assert_eq!(found("problems", text), vec![], "{text}");
        }
    }

    #[test]
    fn other_years_that_are_intended_pass() {
        for (id, text) in [
            ("overview", "2024年，我局对照2023年反馈的问题整改，比2023年增加三成。"),
            ("overview", "2023年以来，我局持续改进。"),
            ("overview", "我局2023年，即机构改革前，没有网站。"),
            ("overview", "2024年，公开《2022年决算》。"),
            ("problems", "2025年，我局将继续改进。"),
            ("preface", "根据国办公开办函〔2021〕30号和2019年修订的条例编制本报告。"),
            ("preface", "根据《关于做好2023年政务公开工作的通知》，编制2024年度报告。"),
        ] {
            assert_eq!(found(id, text), vec![], "{text}");
        }
    }

    #[test]
    fn a_period_that_ends_in_the_next_january_passes() {
        let text = "统计期限自2024年1月1日至2024年12月31日，数据截至2025年1月10日。";
        assert_eq!(found("preface", text), vec![]);
    }
}
