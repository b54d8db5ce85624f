//! 分别: several words first, then their numbers in the same order.

use super::lexicon::Word;
use super::scan::{Item, Spot, Stop};
use super::state::{Context, Reader};
use super::topic::Topic;

/// The topics of the numbers that follow 分别, in order; `spots` begin after the number before, and
/// the first number of the list is at `at`. Empty where nothing is said in turn. Where words and
/// numbers do not match one to one, each number gets none.
pub fn topics(reader: &Reader, spots: &[Spot], at: usize) -> Vec<Option<Topic>> {
    let Some(mark) = spots[..at].iter().position(|spot| spot.word() == Some(Word::InTurn)) else {
        return Vec::new();
    };
    let kinds = match &reader.context {
        Context::Review(kinds) => kinds.clone(),
        _ => Vec::new(),
    };
    let named: Vec<Topic> = spots[..mark]
        .iter()
        .filter_map(|spot| match spot.word()? {
            Word::Result(kind) => Some(Topic::Results(vec![kind])),
            Word::Applicant(kind) => Some(Topic::Applicant(kind)),
            Word::Ended(ended) => Some(Topic::Review(kinds.clone(), Some(ended))),
            Word::CarriedIn => Some(Topic::CarriedIn),
            Word::CarriedOut => Some(Topic::CarriedOut),
            _ => None,
        })
        .collect();
    let procedures: Vec<Topic> = spots[..mark]
        .iter()
        .filter_map(|spot| match spot.word()? {
            Word::Review(kind) => Some(Topic::Review(vec![kind], None)),
            _ => None,
        })
        .collect();
    let named = if named.is_empty() { procedures } else { named };
    let numbers = spots[at..].iter().take_while(|spot| {
        let joins = matches!(spot.item, Item::Stop(Stop::List | Stop::Piece));
        joins || spot.count().is_some()
    });
    let numbers = numbers.filter(|spot| spot.count().is_some()).count();
    let told = named.len() == numbers && reader.is_whole() && reader.context != Context::Foreign;
    let ended = named.iter().any(|topic| matches!(topic, Topic::Review(kinds, _) if kinds.is_empty()));
    if told && !ended { named.into_iter().map(Some).collect() } else { vec![None; numbers] }
}
