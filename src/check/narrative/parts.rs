//! 其中甲N件、乙M件: the parts of a figure that do not add up to it (rule N7).

use super::claim::{Assertion, Claim};
use super::lexicon::WordKind;
use super::number::TextNumber;
use super::state::Reader;
use super::token::{Delimiter, TextToken, TokenKind};

/// Adds the claim that the parts named after 其中 in a clause are all of the figure before it, if they are not.
/// A list that falls far short names only some of them.
pub fn claim_parts(reader: &mut Reader, tokens: &[TextToken]) {
    // Nearly no clause has the word.
    let (Some(first), Some(last)) = (tokens.first(), tokens.last()) else { return };
    let Some(mark) = reader.text[first.start..last.end].find("其中").map(|at| first.start + at) else {
        return;
    };
    let before =
        tokens.iter().rposition(|token| token.end <= mark && matches!(token.kind, TokenKind::Number(_)));
    let Some((head, token)) = before.and_then(|at| Some((tokens[at].count()?, tokens[at]))) else { return };
    let between = &reader.text[token.end..mark];
    if !between.chars().all(|c| "，,。；：:（(、 \u{3000}".contains(c)) {
        return;
    }
    // 行政复议10件、行政诉讼7件，其中…: the parts of both.
    let others = tokens.iter().rev().skip_while(|other| other.start >= token.start);
    let joined = others.take_while(|other| !other.ends_phrase()).any(|other| other.count().is_some());
    if joined {
        return;
    }
    let unit = reader.text[..token.end].chars().next_back();
    let opened = between.contains(['（', '(']);
    let mut items = Vec::new();
    let mut depth = 0usize;
    let mut end = mark;
    for token in tokens.iter().filter(|token| token.start >= mark) {
        match token.kind {
            TokenKind::Delimiter(Delimiter::Open) => depth += 1,
            TokenKind::Delimiter(Delimiter::Close) if depth == 0 && opened => break,
            TokenKind::Delimiter(Delimiter::Close) => depth = depth.saturating_sub(1),
            _ if depth > 0 => {}
            TokenKind::Word(
                WordKind::Answer | WordKind::Process | WordKind::Receive | WordKind::ReceiveNew,
            ) => break,
            TokenKind::Number(TextNumber::Count(count)) => {
                if reader.text[..token.end].chars().next_back() != unit {
                    return;
                }
                items.push(count);
                end = token.end;
            }
            TokenKind::Number(TextNumber::Other) => return,
            _ => {}
        }
    }
    if items.len() < 2 || reader.text[end..].starts_with('等') {
        return;
    }
    let Some(sum) = items.iter().try_fold(0u64, |sum, item| sum.checked_add(*item)) else { return };
    let (near, all) = (u128::from(sum) * 10, u128::from(head) * 9);
    if sum == head || near < all {
        return;
    }
    let assertion = Assertion::Parts { head, sum };
    reader.claims.push(Claim { start: token.start, end, number: token.bytes(), assertion, sums: Vec::new() });
}
