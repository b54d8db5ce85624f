//! S11: a stated period that is not the whole year of the report.

use super::input::finding_in_text;
use super::text_dates::{DateMention, find_dates, sentences};
use super::{Check, Finding, Rule, RuleInput, Severity};

const S11: Rule = Rule {
    id: "S11",
    severity: Severity::Warning,
    description: "写了统计期限的，是报告年度的1月1日至12月31日。",
    basis: "年度报告说的是一整年；有的地方（怀化2023年通知、四川DB51/T 2660-2019）这样写明，格式没有写明",
};

pub(super) const CHECK: Check = Check { rules: &[S11], run: check_period };

/// Phrases of a sentence that states the period of the numbers.
const PERIOD: [&str; 9] =
    ["统计期限", "统计时限", "统计时间", "统计周期", "统计期间", "统计区间", "数据期限", "期限自", "期限从"];

fn check_period(input: &RuleInput) -> Vec<Finding> {
    let Some(year) = input.draft.year() else { return Vec::new() };
    let of = |(id, text)| {
        let (period, message) = wrong_period(text, year)?;
        Some(finding_in_text(&S11, id, period, message))
    };
    input.narratives().filter_map(of).collect()
}

/// Returns the first period of a text that is not the whole year.
fn wrong_period(text: &str, year: u16) -> Option<(std::ops::Range<usize>, String)> {
    for (at, sentence) in sentences(text).filter(|(_, one)| PERIOD.iter().any(|phrase| one.contains(phrase)))
    {
        let dates = find_dates(sentence);
        let (from, to) = match dates[..] {
            [from, to, ..] if joins(&sentence[from.end..to.start]) => (from, to),
            _ => continue,
        };
        let starts = from.month == 1 && from.day.is_none_or(|day| day == 1);
        let ends = to.month == 12 && to.day.is_none_or(|day| day == 31);
        // A year that is wrong in both is the text of another year: rule S3.
        let one_year = from.year.zip(to.year).is_none_or(|(from, to)| from == to);
        if !starts || !ends || !one_year {
            let range = at + from.start..at + to.end;
            let message = format!(
                "统计期限写的是{}，{year}年度应是{year}年1月1日至12月31日",
                describe(&text[range.clone()], from, to)
            );
            return Some((range, message));
        }
    }
    None
}

/// Returns `true` if nothing but the words of a span stands between two dates.
fn joins(between: &str) -> bool {
    let rest = between.trim_matches(|c: char| c.is_whitespace() || "起，,始至到止—–-~～".contains(c));
    rest.is_empty() || rest == "截至" || rest == "截止"
}

fn describe(typed: &str, from: DateMention, to: DateMention) -> String {
    let plain: String = typed.chars().filter(|c| !c.is_whitespace()).collect();
    if plain.chars().count() <= 30 {
        return format!("“{plain}”");
    }
    format!("{}月至{}月", from.month, to.month)
}

#[cfg(test)]
mod tests {
    use super::super::sample::underlined_in;

    fn period(text: &str) -> Option<String> {
        underlined_in("S11", "preface", text)
    }

    #[test]
    fn a_period_that_is_not_the_year_is_found() {
        for (text, quoted) in [
            ("统计期限自2024年1月1日起至2024年11月30日止。", "2024年1月1日起至2024年11月30日"),
            ("本报告统计期限为2023年12月1日至2024年11月30日。", "2023年12月1日至2024年11月30日"),
            ("数据统计时间从2024年1月至2024年10月。", "2024年1月至2024年10月"),
            ("统计期限：2023年1月1日—2024年12月31日。", "2023年1月1日—2024年12月31日"),
            ("统计期限自2024年1月1日至12月30日。", "2024年1月1日至12月30日"),
        ] {
            assert_eq!(period(text).as_deref(), Some(quoted), "{text}");
        }
    }

    #[test]
    fn the_whole_year_in_any_spelling_passes() {
        for text in [
            "统计期限自2024年1月1日至2024年12月31日。",
            "统计期限自 2024 年 1 月 1 日起，至 12 月 31 日止，数据截至2025年1月10日。",
            "统计期限为2024年1月至12月。",
            "统计期限自2023年1月1日至2023年12月31日。",
            "2024年3月1日至5月30日开展自查。",
            "统计期限为2024年度，年报于2025年1月20日公布。",
            "",
        ] {
            assert_eq!(period(text), None, "{text}");
        }
    }
}
