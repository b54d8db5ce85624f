//! Percentages that a sentence claims: shares and changes.

use super::claim::{Assertion, Claim};
use super::fillers;
use super::lexicon::WordKind;
use super::number::TextNumber;
use super::state::Reader;
use super::token::{TextToken, TokenKind};
use super::topic::{Sum, Topic, review_sum};

/// The number of preceding figures that may be the total; a report has fewer.
const NEAR: usize = 200;

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
