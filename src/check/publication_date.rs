//! S15: a report that says it is to be published before its year has ended.

use super::input::finding_in_text;
use super::text_dates::{find_dates, sentences};
use super::{Check, Finding, Rule, RuleInput, Severity};

const S15: Rule = Rule {
    id: "S15",
    severity: Severity::Warning,
    description: "写到本报告公布日期的，在报告年度结束之后。",
    basis: "一年过完才有一年的数；多是沿用上年文字而忘改年份",
};

pub(super) const CHECK: Check = Check { rules: &[S15], run: check_publication_date };

/// What is done with the report by that day.
const DONE: [&str; 7] = ["公布", "发布", "公开", "报送", "提交", "上报", "报"];

fn check_publication_date(input: &RuleInput) -> Vec<Finding> {
    let Some(year) = input.draft.year() else { return Vec::new() };
    let of = |(id, text): (_, &str)| {
        let (range, of) = too_early(text, year)?;
        let message = format!(
            "“{}”是 {of} 年，{year}年度的报告在 {year} 年过完以后才公布，请核对年份",
            &text[range.clone()]
        );
        Some(finding_in_text(&S15, id, range, message))
    };
    input.narratives().filter_map(of).collect()
}

/// Returns the date by which the report is said to be published, if its year is not over by then.
fn too_early(text: &str, year: u16) -> Option<(std::ops::Range<usize>, u16)> {
    for (at, sentence) in sentences(text).filter(|(_, one)| one.contains(['报'])) {
        if !["年度报告", "年报", "本报告"].iter().any(|word| sentence.contains(word)) {
            continue;
        }
        for date in find_dates(sentence) {
            let Some(of) = date.year.filter(|of| *of <= year) else { continue };
            let rest = sentence[date.end..].trim_start_matches(['底', '末']);
            let Some(rest) = rest.strip_prefix("前").or_else(|| rest.strip_prefix("之前")) else {
                continue;
            };
            let rest = rest.trim_start_matches(|c: char| "，,予以完成向社会主动在".contains(c));
            // The report itself, and not another document of the sentence.
            let names = |part: &str| ["年度报告", "年报", "本报告"].iter().any(|word| part.contains(word));
            let clause = rest.split(['，', ',']).next().unwrap_or_default();
            let before = sentence[..date.start].rsplit(['，', ',']).next().unwrap_or_default();
            if DONE.iter().any(|word| rest.starts_with(word)) && (names(clause) || names(before)) {
                return Some((at + date.start..at + date.end, of));
            }
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::super::sample::underlined_in;

    fn date_of(text: &str) -> Option<String> {
        underlined_in("S15", "preface", text)
    }

    #[test]
    fn a_day_before_the_year_is_over_is_found() {
        for (text, quoted) in [
            ("本报告于2024年1月31日前公布。", "2024年1月31日"),
            ("本年度报告应于2023年3月底前向社会公布。", "2023年3月"),
            ("按要求于2024年1月31日前公布年度报告。", "2024年1月31日"),
        ] {
            assert_eq!(date_of(text).as_deref(), Some(quoted), "{text}");
        }
    }

    #[test]
    fn days_of_the_next_year_and_of_other_documents_pass() {
        for text in [
            "本报告于2025年1月31日前公布。",
            "于2024年6月30日前公布权责清单。",
            "2024年3月底前公布上年预算，年度报告按时编制。",
            "本报告于1月31日前公布。",
            "",
        ] {
            assert_eq!(date_of(text), None, "{text}");
        }
    }
}
