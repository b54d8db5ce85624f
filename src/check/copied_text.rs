//! N4: a section that says nearly word for word what last year's said.

use super::input::finding_at;
use super::{Check, Finding, Rule, RuleInput, Severity};

const N4: Rule = Rule {
    id: "N4",
    severity: Severity::Warning,
    description: "总体情况、问题与改进不照抄上年的文字。",
    basis: "内容雷同是个别地方（如鲤城）考核扣分的事项，不是格式的要求",
};

pub(super) const CHECK: Check = Check { rules: &[N4], run: check_copied_text };

/// The sections that tell of the year. The 导语 is the same every year, and rightly.
const SECTIONS: [&str; 2] = ["overview", "problems"];

/// Shorter texts are alike by nature.
const SHORT: usize = 40;

/// From this share of common pairs of characters on, in hundredths, two texts are nearly one.
const ALIKE: usize = 90;

fn check_copied_text(subject: &RuleInput) -> Vec<Finding> {
    let mut findings = Vec::new();
    for id in SECTIONS {
        let (now, Some(before)) = (subject.text(id), subject.last_text(id)) else { continue };
        let count = |text| han_chars(text).count().saturating_sub(1);
        let (one, other) = (count(now), count(before));
        let (fewer, both) = (one.min(other), one + other);
        // With so few of one they cannot have enough in common.
        if fewer < SHORT || 200 * fewer < ALIKE * both {
            continue;
        }
        let (now, before) = (pairs(now), pairs(before));
        let share = 200 * common(&now, &before) / both;
        if share >= ALIKE {
            let name = subject.name(id);
            let message = format!("“{name}”与上年报告的文字有 {share}% 相同，请写出今年的情况");
            findings.push(finding_at(&N4, id, message));
        }
    }
    findings
}

/// The characters that are written: years and numbers, blanks and stops left out, since changing
/// those is not writing.
fn han_chars(text: &str) -> impl Iterator<Item = char> {
    // By their place: whether a character is a letter in any script is asked of a table, at every key.
    let is_han =
        |c: char| matches!(c, '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{20000}'..='\u{3ffff}');
    text.chars().filter(move |&c| is_han(c))
}

/// Every pair of neighbouring characters, sorted.
fn pairs(text: &str) -> Vec<u64> {
    let mut before = None;
    let mut pairs = Vec::with_capacity(text.len() / 3);
    for c in han_chars(text) {
        if let Some(before) = before.replace(c) {
            pairs.push(u64::from(u32::from(before)) << 32 | u64::from(u32::from(c)));
        }
    }
    pairs.sort_unstable();
    pairs
}

/// How many pairs two sorted lists have in common, each counted as often as it is in both.
fn common(a: &[u64], b: &[u64]) -> usize {
    let (mut i, mut j, mut count) = (0, 0, 0);
    while let (Some(x), Some(y)) = (a.get(i), b.get(j)) {
        match x.cmp(y) {
            std::cmp::Ordering::Less => i += 1,
            std::cmp::Ordering::Greater => j += 1,
            std::cmp::Ordering::Equal => (i, j, count) = (i + 1, j + 1, count + 1),
        }
    }
    count
}

#[cfg(test)]
mod tests {
    use super::super::sample::found_beside_last_year;
    use super::*;

    const LAST: &str = "一是政策解读形式单一，群众看不懂、不爱看；二是基层工作人员变动频繁，业务不够熟练。\
        下一步，我局将丰富解读形式，开展业务培训，提升公开质量。";

    fn judge(id: &str, last: &str, this: &str) -> Vec<Finding> {
        found_beside_last_year("N4", &[(id, last)], &[(id, this), ("disclosure.licensing.decisions", "36")])
            .into_iter()
            .filter(|f| f.fields[0].as_str() == id)
            .collect()
    }

    #[test]
    fn last_years_text_with_new_numbers_is_found() {
        let last = format!("2023年，{LAST}举办培训2期。");
        let this = format!("2024年，{LAST}举办培训3期。");
        assert_eq!(judge("problems", &last, &this).len(), 1);
    }

    #[test]
    fn a_text_of_its_own_passes() {
        let this = "一是网站栏目设置不够合理，部分信息查找不便；二是公开审查流程较长。\
            针对上述问题，我局已调整栏目十二个，并把审查时限压缩到两个工作日。";
        assert_eq!(judge("problems", LAST, this), vec![]);
    }

    #[test]
    fn opening_paragraph_and_short_texts_are_alike_by_nature() {
        assert_eq!(judge("preface", LAST, LAST), vec![]);
        assert_eq!(judge("problems", "解读不够，将加强培训。", "解读不够，将加强培训。"), vec![]);
    }

    #[test]
    fn nine_tenths_in_common_are_the_edge() {
        let last: String = ('一'..).take(101).collect();
        let with_new =
            |new: usize| -> String { last.chars().take(101 - new).chain(('龥'..).take(new)).collect() };
        assert_eq!(judge("problems", &last, &with_new(10)).len(), 1, "90 of 100 pairs");
        assert_eq!(judge("problems", &last, &with_new(11)), vec![]);
    }
}
