//! Reads a text clause by clause and extracts its claims about the tables.
//!
//! A number belongs to the words before it in the same phrase or, if there are none, to the words after it
//!. What is not understood makes no claim.

use super::claim::Claim;
use super::lexicon::{Review, WordKind};
use super::number::TextNumber;
use super::state::{ClauseContext, Reader};
use super::token::{self, Delimiter, TextToken, TokenKind};
use super::topic::Topic;
use super::{all_of, attribution, none, percentage, respectively};
use crate::text::numerals;

/// The maximum size of a clause that is read, in tokens and in bytes. Anything longer is a list or no text
/// at all.
const MAX_CLAUSE_TOKENS: usize = 500;
const MAX_CLAUSE_BYTES: usize = 9_000;
/// The maximum number of claims of a text; no report has a hundredth of it.
const MAX_FIGURES: usize = 10_000;

/// Returns the claims of a text about the tables, in the order of the text.
pub fn extract_claims(text: &str, year: Option<u16>, unit: &str) -> Vec<Claim> {
    let tokens = token::tokenize(text);
    let mut reader = Reader::new(text, year, unit);
    let mut start = 0;
    for clause in tokens.split_inclusive(TextToken::ends_clause) {
        let end = clause.last().map_or(start, |last| last.end);
        if clause.len() > MAX_CLAUSE_TOKENS || end - start > MAX_CLAUSE_BYTES {
            let in_line =
                !matches!(clause.last().map(|last| last.kind), Some(TokenKind::Delimiter(Delimiter::Line)));
            (reader.context, reader.part, reader.apart) = (ClauseContext::Unrelated, false, in_line);
        } else {
            reader.clause(clause, start);
        }
        start = end;
        if reader.claims.len() + reader.all_done.len() > MAX_FIGURES {
            break;
        }
    }
    let carried = reader.figures.iter().any(|figure| figure.topic == Topic::CarriedOut && figure.count > 0);
    if !carried {
        reader.claims.append(&mut reader.all_done);
    }
    reader.claims.sort_by_key(|claim| claim.start);
    reader.claims
}

impl Reader<'_> {
    fn clause(&mut self, tokens: &[TextToken], start: usize) {
        let end = tokens.last().map_or(self.text.len(), |last| last.end);
        if is_heading(&self.text[start..end]) {
            (self.context, self.part, self.apart) = (ClauseContext::None, false, false);
        }
        let mut from = 0;
        let mut turns = Vec::new();
        for (at, token) in tokens.iter().enumerate() {
            match token.kind {
                TokenKind::Word(word) => self.read_word(tokens, at, word, start),
                TokenKind::Number(TextNumber::Count(count)) => {
                    let lead = if from == 0 { start } else { tokens[from - 1].end };
                    if turns.is_empty() {
                        turns = respectively::topics_in_order(self, &tokens[from..], at - from);
                    }
                    if turns.is_empty() {
                        self.read_count(tokens, from, at, lead, count);
                    } else if let Some(topic) = turns.remove(0) {
                        self.claim(token.bytes(), token.bytes(), count, topic);
                    }
                    from = at + 1;
                }
                TokenKind::Number(TextNumber::Percentage { digits, decimals }) => {
                    percentage::claim_percentage(self, &tokens[from..at], token, digits, decimals);
                    from = at + 1;
                }
                TokenKind::Number(TextNumber::Other) => from = at + 1,
                TokenKind::Number(TextNumber::Year(year)) => self.year(tokens, at, year),
                TokenKind::Delimiter(Delimiter::Phrase) => self.piece_apart = false,
                TokenKind::Delimiter(_) => {}
            }
        }
        self.clause += 1;
        self.piece_apart = false;
        if matches!(tokens.last().map(|token| token.kind), Some(TokenKind::Delimiter(Delimiter::Line))) {
            (self.part, self.apart) = (false, false);
        }
    }

    /// Reads a year: the phrase of another year, or all that follows it after a comma, is about another
    /// period.
    fn year(&mut self, tokens: &[TextToken], at: usize, year: u16) {
        let before = tokens[..at].iter().rev().take_while(|token| !token.ends_phrase());
        let after = tokens[at + 1..].iter().take_while(|token| !token.ends_phrase());
        let carries = before.chain(after).any(|token| token.word() == Some(WordKind::Carry));
        if self.year.is_none_or(|own| own == year) {
            (self.apart, self.piece_apart) = (false, false);
        } else if !carries {
            self.piece_apart = true;
            let alone =
                tokens.get(at + 1).is_some_and(|next| next.kind == TokenKind::Delimiter(Delimiter::Phrase));
            self.apart |= alone;
        }
    }

    fn read_word(&mut self, tokens: &[TextToken], at: usize, word: WordKind, start: usize) {
        match word {
            WordKind::Application => self.context = ClauseContext::Requests,
            WordKind::Unrelated => self.context = ClauseContext::Unrelated,
            WordKind::Document(kind) => {
                match (&mut self.context, at.checked_sub(1).map(|before| tokens[before].kind)) {
                    (
                        ClauseContext::Documents(kinds),
                        Some(TokenKind::Delimiter(Delimiter::List) | TokenKind::Word(WordKind::Document(_))),
                    ) => {
                        kinds.push(kind);
                    }
                    _ => self.context = ClauseContext::Documents(vec![kind]),
                }
            }
            WordKind::Review(kind) => self.read_procedure(tokens, at, kind),
            WordKind::Part => self.part = true,
            WordKind::Whole => self.part = false,
            WordKind::PartOfYear => self.apart = true,
            WordKind::LastYear => self.piece_apart = true,
            WordKind::Nothing => none::claim_none(self, tokens, at, start),
            WordKind::All => all_of::claim_all(self, tokens, at),
            _ => {}
        }
    }

    /// Reads a procedure: those named one after another without a number between belong together.
    fn read_procedure(&mut self, tokens: &[TextToken], at: usize, kind: Review) {
        let before = tokens[..at].iter().rev();
        let last = before.take_while(|token| token.count().is_none() && !token.ends_phrase());
        let joined = last.into_iter().any(|token| matches!(token.word(), Some(WordKind::Review(_))));
        match &mut self.context {
            ClauseContext::Review(kinds) if joined => {
                if !kinds.contains(&kind) {
                    kinds.push(kind);
                }
            }
            context => *context = ClauseContext::Review(vec![kind]),
        }
    }

    fn read_count(&mut self, tokens: &[TextToken], from: usize, at: usize, lead: usize, count: u64) {
        let Some(decision) = attribution::attribute_number(self, tokens, from, at, lead) else { return };
        let (range, number) = (decision.start..decision.end, tokens[at].bytes());
        for topic in decision.topics {
            // For several procedures together, 0 means 0 of each, and 各 applies to each.
            match topic {
                Topic::Review(kinds, None) if kinds.len() > 1 && (count == 0 || decision.each) => {
                    for kind in kinds {
                        self.claim(range.clone(), number.clone(), count, Topic::Review(vec![kind], None));
                    }
                }
                topic => self.claim(range.clone(), number.clone(), count, topic),
            }
        }
    }
}

/// Returns `true` if a clause is a heading: （一）依申请公开情况。
fn is_heading(clause: &str) -> bool {
    let mut chars = clause.trim_start().chars();
    let numeral = |c: char| numerals::ordinal_value(c).is_some();
    match (chars.next(), chars.next(), chars.next()) {
        (Some('（' | '('), Some(c), Some(_)) => numeral(c),
        (Some(c), Some('、'), _) => numeral(c),
        _ => false,
    }
}
