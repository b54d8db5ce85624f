//! 分别: several topics followed by their numbers in the same order.

use super::lexicon::WordKind;
use super::state::{ClauseContext, Reader};
use super::token::{Delimiter, TextToken, TokenKind};
use super::topic::Topic;

/// Returns the topics of the numbers after 分别, in order. `tokens` start after the previous number, and the
/// first number of the list is at `at`. Empty if there is no 分别; all `None` if topics and numbers do not
/// match one to one.
pub fn topics_in_order(reader: &Reader, tokens: &[TextToken], at: usize) -> Vec<Option<Topic>> {
    let Some(mark) = tokens[..at].iter().position(|token| token.word() == Some(WordKind::InTurn)) else {
        return Vec::new();
    };
    let kinds = match &reader.context {
        ClauseContext::Review(kinds) => kinds.clone(),
        _ => Vec::new(),
    };
    let named: Vec<Topic> = tokens[..mark]
        .iter()
        .filter_map(|token| match token.word()? {
            WordKind::Result(kind) => Some(Topic::Results(vec![kind])),
            WordKind::Applicant(kind) => Some(Topic::Applicant(kind)),
            WordKind::CaseOutcome(ended) => Some(Topic::Review(kinds.clone(), Some(ended))),
            WordKind::Decision(kind) => Some(Topic::Decisions(vec![kind])),
            WordKind::CarriedIn => Some(Topic::CarriedIn),
            WordKind::CarriedOut => Some(Topic::CarriedOut),
            _ => None,
        })
        .collect();
    let procedures: Vec<Topic> = tokens[..mark]
        .iter()
        .filter_map(|token| match token.word()? {
            WordKind::Review(kind) => Some(Topic::Review(vec![kind], None)),
            _ => None,
        })
        .collect();
    let named = if named.is_empty() { procedures } else { named };
    let numbers = tokens[at..].iter().take_while(|token| {
        let joins = matches!(token.kind, TokenKind::Delimiter(Delimiter::List | Delimiter::Phrase));
        joins || token.count().is_some()
    });
    let numbers = numbers.filter(|token| token.count().is_some()).count();
    let of_decisions = named.iter().all(|topic| matches!(topic, Topic::Decisions(_)));
    let is_understood = named.len() == numbers
        && reader.is_whole()
        && (of_decisions || reader.context != ClauseContext::Unrelated);
    let ended = named.iter().any(|topic| matches!(topic, Topic::Review(kinds, _) if kinds.is_empty()));
    if is_understood && !ended { named.into_iter().map(Some).collect() } else { vec![None; numbers] }
}
