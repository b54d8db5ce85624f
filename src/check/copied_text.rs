//! N4: a section that repeats last year's almost word for word.

use super::character_pairs::{CharacterPairs, han_characters};
use super::input::finding_at;
use super::{Check, Finding, Rule, RuleInput, Severity};

const N4: Rule = Rule {
    id: "N4",
    severity: Severity::Warning,
    description: "总体情况、问题与改进不照抄上年的文字。",
    basis: "国办公开办函〔2021〕30号（四）把内容雷同列为要追究的情形；有的地方（如鲤城）考核时为此扣分。多少算雷同没有写明，这里按九成相同提醒",
};

pub(super) const CHECK: Check = Check { rules: &[N4], run: check_copied_text };

/// Texts with fewer pairs of characters than this are naturally alike.
pub(super) const SHORT: usize = 40;

/// The share of common pairs, in percent, from which two texts count as copied.
pub(super) const ALIKE: usize = 90;

fn check_copied_text(input: &RuleInput) -> Vec<Finding> {
    let Some(last) = input.last_year else { return Vec::new() };
    last.pairs.iter().filter_map(|(id, before)| check_section(input, id, before)).collect()
}

fn check_section(input: &RuleInput, id: &str, before: &CharacterPairs) -> Option<Finding> {
    let now = han_characters(input.text(id));
    let count = now.len().saturating_sub(1);
    let both = count + before.len();
    if count.min(before.len()) < SHORT {
        return None;
    }
    let common = before.count_common(&now, (ALIKE * both).div_ceil(200))?;
    let (name, share) = (input.name(id), 200 * common / both);
    let message = format!("“{name}”与上年报告的文字有 {share}% 相同，请写出今年的情况");
    Some(finding_at(&N4, id, message))
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
    fn a_new_text_passes() {
        let this = "一是网站栏目设置不够合理，部分信息查找不便；二是公开审查流程较长。\
            针对上述问题，我局已调整栏目十二个，并把审查时限压缩到两个工作日。";
        assert_eq!(judge("problems", LAST, this), vec![]);
    }

    #[test]
    fn the_preface_and_short_texts_may_stay_the_same() {
        assert_eq!(judge("preface", LAST, LAST), vec![]);
        assert_eq!(judge("problems", "解读不够，将加强培训。", "解读不够，将加强培训。"), vec![]);
    }

    #[test]
    fn nine_tenths_in_common_are_the_limit() {
        let last: String = ('一'..).take(101).collect();
        let with_new =
            |new: usize| -> String { last.chars().take(101 - new).chain(('龥'..).take(new)).collect() };
        assert_eq!(judge("problems", &last, &with_new(10)).len(), 1, "90 of 100 pairs");
        assert_eq!(judge("problems", &last, &with_new(11)), vec![]);
    }
}
