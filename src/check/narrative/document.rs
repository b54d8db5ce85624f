//! Documents of section 二: 制发规范性文件6件，废止1件，现行有效32件.

use super::lexicon::{DocumentAction, WordKind};
use super::phrase::{Phrase, Rejection, TopicResult, if_clear};
use super::state::{ClauseContext, Reader};
use super::subject_unit::is_other_unit;
use super::token::TextToken;
use super::topic::Topic;

/// Returns the topic of documents; `None` if the phrase names none.
pub fn document_topics(
    reader: &Reader,
    tokens: &[TextToken],
    piece: &Phrase,
    at: usize,
    clear_after: impl Fn(fn(WordKind) -> bool) -> bool,
) -> Option<TopicResult> {
    let is_document = |token: &TextToken| matches!(token.word(), Some(WordKind::Document(_)));
    let first_document = piece.tokens.iter().find(|token| is_document(token));
    let named = first_document.is_some();
    let done: Vec<DocumentAction> =
        piece.collect_kinds(|word| if let WordKind::DocumentAction(done) = word { Some(done) } else { None });
    if !named && done.is_empty() {
        return None;
    }
    let kinds = match &reader.context {
        ClauseContext::Documents(kinds) => kinds.clone(),
        _ => return Some(Err(Rejection::Unclear)),
    };
    // 规章：制发0件, with the documents in the phrase before.
    let named = named
        || tokens[..at].iter().rev().take_while(|token| token.count().is_none()).any(is_document)
            && reader.text[..piece.start].trim_end().ends_with(['：', ':']);
    // 制发规章0件、规范性文件6件: what was done with those before them.
    if done.is_empty()
        && let Some(Topic::Documents(_, before)) = reader.here().next_back().map(|figure| &figure.topic)
        && reader.text[piece.start..first_document.map_or(piece.start, |token| token.start)]
            .chars()
            .all(|c| "、，,和及".contains(c))
    {
        let is_topic: fn(WordKind) -> bool = |word| matches!(word, WordKind::Document(_));
        return Some(if_clear(clear_after(is_topic), Topic::Documents(kinds, *before)));
    }
    // 发布3件 alone may be anything; 废止 and 现行有效 are used of documents only.
    let done = match done[..] {
        [done] if named || done != DocumentAction::Issued => done,
        [first, .., last] if first == last => last,
        _ => return Some(Err(Rejection::Unclear)),
    };
    let is_other = |token: &&TextToken| {
        matches!(token.word(), Some(WordKind::DocumentAction(_) | WordKind::Document(_)))
    };
    let first = piece.tokens.iter().find(is_other);
    if first.is_some_and(|token| is_other_unit(&reader.text[piece.start..token.start], reader.unit)) {
        return Some(Err(Rejection::OtherUnit));
    }
    let clear = clear_after(|word| matches!(word, WordKind::Document(_) | WordKind::DocumentAction(_)));
    Some(if_clear(clear, Topic::Documents(kinds, done)))
}
