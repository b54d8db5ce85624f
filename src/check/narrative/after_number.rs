//! What a number counts where no word before it says so: from the words after it (2件结转下年办理), or from the
//! figures before it (共62件).

use super::lexicon::{CaseOutcome, RequestOutcome, WordKind};
use super::number::TextNumber;
use super::phrase::is_of_requests;
use super::state::{ClauseContext, Reader};
use super::token::{TextToken, TokenKind};
use super::topic::Topic;

/// Returns what a number counts from the words after it (2件结转下年办理), and the end of these words.
pub fn topic_after(reader: &Reader, tokens: &[TextToken], at: usize) -> Option<(Topic, usize)> {
    let number = tokens[at];
    let is_year = |token: &TextToken| matches!(token.kind, TokenKind::Number(TextNumber::Year(_)));
    let rest: Vec<&TextToken> = tokens[at + 1..]
        .iter()
        .take_while(|token| {
            !token.ends_phrase() && (is_year(token) || !matches!(token.kind, TokenKind::Number(_)))
        })
        .collect();
    let blocked = [WordKind::Unrelated, WordKind::Qualified, WordKind::Compare];
    if rest.iter().any(|token| token.word().is_some_and(|word| blocked.contains(&word))) {
        return None;
    }
    let clear = |token: &&&TextToken| reader.is_clear(tokens, number.end, token.start);
    let find =
        |pick: fn(WordKind) -> bool| rest.iter().find(|token| token.word().is_some_and(pick)).filter(clear);
    let of_requests = |token: &&TextToken| token.word().is_some_and(is_of_requests);
    let applied = || {
        let word = |wanted: fn(WordKind) -> bool| rest.iter().any(|token| token.word().is_some_and(wanted));
        word(|word| matches!(word, WordKind::Applicant(_))) && word(|word| word == WordKind::BareApplication)
    };
    let requests = reader.context == ClauseContext::Requests
        || reader.context == ClauseContext::None
            && (rest.iter().copied().any(|token| of_requests(&token)) || applied());
    if let Some(token) = find(|word| word == WordKind::CarriedOut).filter(|_| requests) {
        return Some((Topic::CarriedOut, token.end));
    }
    if let Some(topic) = left_for_next_year(reader, tokens, &rest, at).filter(|_| requests) {
        return Some(topic);
    }
    if let Some(token) = find(|word| word == WordKind::CarriedIn).filter(|_| requests) {
        return Some((Topic::CarriedIn, token.end));
    }
    if let Some(token) = find(|word| matches!(word, WordKind::CaseOutcome(_))) {
        let (Some(WordKind::CaseOutcome(ended)), ClauseContext::Review(kinds)) =
            (token.word(), &reader.context)
        else {
            return None;
        };
        return Some((Topic::Review(kinds.clone(), Some(ended)), token.end));
    }
    let results: Vec<RequestOutcome> = rest
        .iter()
        .filter_map(|token| if let Some(WordKind::Result(kind)) = token.word() { Some(kind) } else { None })
        .collect();
    if let Some(token) = find(|word| matches!(word, WordKind::Result(_))).filter(|_| requests) {
        return Some((Topic::Results(results), token.end));
    }
    if let Some(token) = find(|word| matches!(word, WordKind::Applicant(_))).filter(|_| requests) {
        let kind = if let Some(WordKind::Applicant(kind)) = token.word() { Some(kind) } else { None };
        return Some((Topic::Applicant(kind?), token.end));
    }
    let token = find(|word| word == WordKind::Answer).filter(|_| requests)?;
    Some((Topic::Handled, token.end))
}

/// Returns the topic of what is left: 剩余5件结转至2025年办理, 有5件因征求意见结转到下一年度办理.
fn left_for_next_year(
    reader: &Reader,
    tokens: &[TextToken],
    rest: &[&TextToken],
    at: usize,
) -> Option<(Topic, usize)> {
    let own = reader.year?;
    let next = rest
        .iter()
        .position(|token| matches!(token.kind, TokenKind::Number(TextNumber::Year(year)) if year > own));
    if let Some(year) = next {
        let is_done = |word| {
            matches!(word, WordKind::Carry | WordKind::Answer | WordKind::Process | WordKind::CarriedOut)
        };
        let done = rest.iter().rfind(|token| token.word().is_some_and(is_done))?;
        let end = done.end.max(rest[year].end);
        return reader.is_clear(tokens, tokens[at].end, done.start).then_some((Topic::CarriedOut, end));
    }
    // Whatever the reason is, if it is said of the rest.
    let start = tokens[..at].last().map_or(0, |token| token.end);
    let lead = reader.text[start..tokens[at].start].trim();
    let of_rest = ["有", "另有", "其余", "剩余", "还有", "尚有", "余下", "其中有", "仍有"].contains(&lead);
    let token = rest.iter().find(|token| token.word() == Some(WordKind::CarriedOut)).filter(|_| of_rest)?;
    Some((Topic::CarriedOut, token.end))
}

/// Returns the topic of 其他 among the outcomes of cases: 维持4件、纠正2件、其他1件.
pub fn other_outcome(reader: &Reader, start: usize, number: TextToken) -> Option<Topic> {
    let last = reader.here().next_back().map(|figure| &figure.topic);
    let Some(Topic::Review(kinds, Some(_))) = last else { return None };
    let gap = reader.text[start..number.start].trim_start_matches(['、', '，', ',']).trim();
    ["其他", "其它", "其他情形"]
        .contains(&gap)
        .then(|| Topic::Review(kinds.clone(), Some(CaseOutcome::Other)))
}

/// Returns the topic of a sum: 新收59件，上年结转3件，共62件.
pub fn sum_of_both(reader: &Reader, tokens: &[TextToken], start: usize, number: TextToken) -> Option<Topic> {
    let gap = reader.text[start..number.start].trim();
    let is_sum = ["共", "共计", "合计", "总计", "总共", "合计为", "共计为", "累计"].contains(&gap);
    let figures = || reader.here().map(|figure| &figure.topic);
    let came = figures().any(|topic| matches!(topic, Topic::Received { .. } | Topic::New));
    let carried = figures().any(|topic| *topic == Topic::CarriedIn);
    let handled = figures().any(|topic| matches!(topic, Topic::Handled | Topic::CarriedOut));
    let unread =
        tokens.iter().any(|token| token.start > number.end && token.word() == Some(WordKind::CarriedOut));
    (is_sum && came && carried && !handled && !unread).then_some(Topic::Received { carried: true })
}
