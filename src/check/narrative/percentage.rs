//! Percentages: whether a part of a whole is a percentage, to the decimals shown.

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use super::claim::{Assertion, Claim};
use super::fillers;
use super::lexicon::WordKind;
use super::number::TextNumber;
use super::state::Reader;
use super::token::{TextToken, TokenKind};
use super::topic::{Sum, Topic, review_sum};

/// The number of preceding figures that may be the total; a report has fewer.
const NEAR: usize = 200;

/// Returns `true` if these digits are the percentage of `part` in `whole`, rounded or truncated (35 of 805 is
/// published as 4.34%).
pub fn is_percentage_of(part: u64, whole: u64, digits: u64, decimals: u32) -> bool {
    let scaled = 10u128.checked_pow(decimals + 2).and_then(|scale| scale.checked_mul(part.into()));
    let (Some(scaled), true) = (scaled, whole > 0) else { return false };
    let whole = u128::from(whole);
    let cut = scaled / whole;
    let rounded = (2 * scaled + whole) / (2 * whole);
    let digits = u128::from(digits);
    digits == cut || digits == rounded
}

/// Formats a percentage with this number of decimals: `32.05%`.
pub fn format_percentage(part: u64, whole: u64, decimals: u32) -> String {
    let share = Decimal::from(part).checked_mul(Decimal::ONE_HUNDRED);
    let share = share.and_then(|share| share.checked_div(Decimal::from(whole)));
    share.map_or_else(|| "?".into(), |share| format!("{}%", share.round_dp(decimals.min(6))))
}

/// Returns a number of the table as a count; `None` if it is negative or too large.
pub fn to_count(number: Decimal) -> Option<u64> {
    number.to_u64()
}

/// Adds the claim of a percentage after a figure that was understood: `占33.9%`.
pub fn claim_percentage(
    reader: &mut Reader,
    lead: &[TextToken],
    token: &TextToken,
    digits: u64,
    decimals: u32,
) {
    let Some(mark) = lead.iter().rfind(|token| token.word() == Some(WordKind::Percentage)) else { return };
    let base = reader.text[mark.end..token.start].trim_start_matches('比');
    let is_total =
        |text: &str| fillers::covers(text) || fillers::covers(&text.replace("答复", "").replace("办结", ""));
    let Some(figure) = reader.here().next_back().cloned() else { return };
    let about = ["约", "近", "超", "超过"].iter().any(|word| reader.text[..mark.start].ends_with(word));
    let near =
        lead.iter().all(|token| token.start >= mark.start || matches!(token.kind, TokenKind::Delimiter(_)));
    if about || !near || !is_total(base) || !reader.is_whole() {
        return;
    }
    let of_review: fn(&Topic) -> bool = |topic| matches!(topic, Topic::Review(_, None));
    let of_requests: fn(&Topic) -> bool =
        |topic| matches!(topic, Topic::Received { .. } | Topic::New | Topic::Handled | Topic::Processed);
    let (sums, is_base): (Vec<Sum>, fn(&Topic) -> bool) = match &figure.topic {
        Topic::Results(_) => (Topic::Processed.sums(), of_requests),
        Topic::Applicant(_) | Topic::CarriedOut => {
            ([Topic::Received { carried: false }.sums(), Topic::Handled.sums()].concat(), of_requests)
        }
        Topic::Review(kinds, Some(_)) => (vec![review_sum(kinds, None)], of_review),
        _ => return,
    };
    let near = reader.figures.len().saturating_sub(NEAR);
    let totals = reader.figures[near..].iter().filter(|figure| is_base(&figure.topic));
    let totals = totals.map(|figure| figure.count).collect();
    let part = figure.topic.sums();
    let assertion = Assertion::Percentage { of: figure.count, part, digits, decimals, totals };
    reader.claims.push(Claim { start: mark.start, end: token.end, number: token.bytes(), assertion, sums });
}

/// Words of growth and of decline.
const UP: [&str; 4] = ["增长", "增加", "上升", "提高"];
const DOWN: [&str; 4] = ["下降", "减少", "回落", "降低"];

/// Adds the claim of a percentage that compares the number of applications with last year's: 收到59件，同比增长
/// 25.5%. `lead` are the tokens from the number before it, which ends at `start`, to the percentage.
pub fn claim_change(reader: &mut Reader, lead: &[TextToken], start: usize, digits: u64, decimals: u32) {
    let Some((token, between)) = lead.split_last() else { return };
    let of_number = reader.claims.last().is_some_and(|claim| claim.number.end == start);
    let Some(figure) = reader.here().next_back().filter(|_| of_number) else { return };
    if !matches!(figure.topic, Topic::Received { .. } | Topic::New | Topic::Processed) || reader.part {
        return;
    }
    let (of, new_only) = (figure.count, figure.topic == Topic::New);
    let year = reader.year.and_then(|year| year.checked_sub(1));
    let is_comparison = |token: &TextToken| match token.kind {
        TokenKind::Word(WordKind::Compare | WordKind::LastYear) => true,
        TokenKind::Number(TextNumber::Year(of)) => Some(of) == year,
        TokenKind::Delimiter(_) => true,
        _ => false,
    };
    if !between.iter().all(is_comparison) || !reader.is_clear(lead, start, token.start) {
        return;
    }
    let text = &reader.text[start..token.start];
    let against_last_year =
        ["同比", "上年", "去年", "上一年", "年相比", "年增", "年减", "年上", "年下", "同期"];
    let up = UP.iter().any(|word| text.contains(word));
    if up == DOWN.iter().any(|word| text.contains(word))
        || !against_last_year.iter().any(|word| text.contains(word))
    {
        return;
    }
    let first = between.iter().find(|token| token.word().is_some()).map_or(start, |token| token.start);
    let assertion = Assertion::Change { up, new_only, of, digits, decimals };
    let sums = Topic::Received { carried: false }.sums();
    let (end, number) = (token.end, token.bytes());
    reader.claims.push(Claim { start: first, end, number, assertion, sums });
}

/// Returns a share as it is printed, of its digits and how many of them are decimals; `?` where they are too many.
pub fn format_printed_percentage(digits: u64, decimals: u32) -> String {
    i64::try_from(digits)
        .ok()
        .and_then(|digits| Decimal::try_new(digits, decimals).ok())
        .map_or_else(|| "?".into(), |share| format!("{share}%"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rounded_and_truncated_percentages_both_pass() {
        assert!(is_percentage_of(35, 805, 434, 2), "cut off");
        assert!(is_percentage_of(35, 805, 435, 2), "rounded");
        assert!(is_percentage_of(158, 805, 196, 1));
        assert!(is_percentage_of(3, 3, 100, 0));
        assert!(!is_percentage_of(258, 805, 339, 1));
        assert!(!is_percentage_of(35, 805, 436, 2), "just beyond");
        assert_eq!(format_percentage(258, 805, 1), "32.0%");
    }

    #[test]
    fn a_percentage_of_zero_never_matches() {
        assert!(!is_percentage_of(0, 0, 0, 0));
        assert!(!is_percentage_of(u64::MAX, 1, 1, 40));
    }
}
