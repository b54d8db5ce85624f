//! Reads a text clause by clause and extracts its claims about the tables.
//!
//! A number belongs to the words before it in the same phrase or, if there are none, to the words after it
//!. What is not understood makes no claim.

use super::claim::Claim;
use super::lexicon::{Review, WordKind};
use super::number::TextNumber;
use super::state::{ClauseContext, Reader};
use super::token::{Delimiter, TextToken, TokenKind};
use super::tokenize::tokenize;
use super::topic::Topic;
use super::{all_of, attribution, decision, none, parts, percentage_claim, respectively};
use crate::text::numerals;

/// The maximum size of a clause that is read, in tokens and in bytes. Anything longer is a list or no text
/// at all.
const MAX_CLAUSE_TOKENS: usize = 500;
const MAX_CLAUSE_BYTES: usize = 9_000;
/// The maximum number of claims of a text; no report has a hundredth of it.
const MAX_FIGURES: usize = 10_000;

/// Returns the claims of a text about the tables, in the order of the text.
pub fn extract_claims(text: &str, year: Option<u16>, unit: &str) -> Vec<Claim> {
    let tokens = tokenize(text);
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
        self.by_disclosure = tells_by_disclosure(self.text, tokens, start, end);
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
                    let lead = if from == 0 { start } else { tokens[from - 1].end };
                    percentage_claim::claim_percentage(self, &tokens[from..at], token, digits, decimals);
                    percentage_claim::claim_change(self, &tokens[from..=at], lead, digits, decimals);
                    from = at + 1;
                }
                TokenKind::Number(TextNumber::Money { .. }) => {
                    let lead = if from == 0 { start } else { tokens[from - 1].end };
                    decision::claim_fee(self, tokens, from, at, lead);
                    from = at + 1;
                }
                // 1.收到申请情况：59件: the number of a paragraph.
                TokenKind::Number(TextNumber::Other)
                    if at == 0
                        && self.text[start..token.start].trim_matches(['（', '(']).trim().is_empty() => {}
                TokenKind::Number(TextNumber::Other) => from = at + 1,
                TokenKind::Number(TextNumber::Year(year)) => self.year(tokens, at, year),
                TokenKind::Delimiter(Delimiter::Phrase) => self.piece_apart = false,
                TokenKind::Delimiter(_) => {}
            }
        }
        parts::claim_parts(self, tokens);
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
            WordKind::Unrelated | WordKind::Decision(_) | WordKind::Fee => {
                self.context = ClauseContext::Unrelated;
            }
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
            WordKind::Part if !self.is_all_of_parts(tokens, at) => self.part = true,
            WordKind::Whole => self.part = false,
            WordKind::PartOfYear => self.apart = true,
            WordKind::LastYear => self.piece_apart = true,
            WordKind::Nothing => none::claim_none(self, tokens, at, start),
            WordKind::All => all_of::claim_all(self, tokens, at),
            _ => {}
        }
    }

    /// Returns `true` if a part is named with all the others: 全县各乡镇, 局机关及下属单位, 各乡镇、各部门.
    fn is_all_of_parts(&self, tokens: &[TextToken], at: usize) -> bool {
        let before = at.checked_sub(1).map(|before| tokens[before]);
        let of_whole = before
            .is_some_and(|before| before.end == tokens[at].start && before.word() == Some(WordKind::Whole));
        let rest = &self.text[tokens[at].end..];
        let with_others =
            ["及下属", "及所属", "及直属", "和下属", "和所属", "和直属", "及各", "和各", "、各", "与各"];
        of_whole || with_others.iter().any(|words| rest.starts_with(words))
    }

    /// Reads a procedure: those named one after another without a number between belong together.
    fn read_procedure(&mut self, tokens: &[TextToken], at: usize, kind: Review) {
        let before = tokens[..at].iter().rev();
        let last = before.take_while(|token| token.count().is_none() && !token.ends_phrase());
        let joined = last.into_iter().any(|token| matches!(token.word(), Some(WordKind::Review(_))));
        match &mut self.context {
            ClauseContext::Review(kinds) if joined => {
                // 未经复议直接起诉的行政诉讼: the narrower one is meant.
                let narrower = |kind: &Review| matches!(kind, Review::Direct | Review::Later);
                if narrower(&kind) {
                    kinds.retain(|kind| *kind != Review::Suit);
                }
                let named = kind == Review::Suit && kinds.iter().any(narrower);
                if !kinds.contains(&kind) && !named {
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

/// Words of a clause about documents, by which 依申请公开 and 不予公开 are ways to disclose them.
const OF_DOCUMENTS: [&str; 14] = [
    "公开属性",
    "公文",
    "制发政府信息",
    "制作政府信息",
    "产生政府信息",
    "生成政府信息",
    "形成政府信息",
    "印发文件",
    "制发文件",
    "制作文件",
    "公开目录",
    "属性为",
    "信息目录",
    "拟制",
];

/// Returns `true` if a clause tells documents apart by how they may be disclosed: 主动公开120条、依申请公开140条.
fn tells_by_disclosure(text: &str, tokens: &[TextToken], start: usize, end: usize) -> bool {
    let mut before_application = true;
    for (at, token) in tokens.iter().enumerate() {
        match token.word() {
            Some(WordKind::Application) => before_application = false,
            Some(WordKind::Unrelated) if text[token.bytes()] == *"主动公开" => {
                // 主动公开N件, with nothing but 类, 信息 or 文件 between.
                let counted = tokens.get(at + 1).filter(|next| next.count().is_some()).is_some_and(|next| {
                    let gap = text[token.end..next.start].trim();
                    [
                        "",
                        "类",
                        "的",
                        "信息",
                        "文件",
                        "公文",
                        "类公文",
                        "类信息",
                        "类文件",
                        "政府信息",
                        "数",
                        "信息数",
                    ]
                    .contains(&gap)
                });
                let asked = tokens
                    .iter()
                    .any(|other| matches!(other.word(), Some(WordKind::Application | WordKind::Result(_))));
                if counted && asked {
                    return true;
                }
            }
            _ => {}
        }
    }
    let head = if before_application {
        end
    } else {
        let first = tokens.iter().find(|token| token.word() == Some(WordKind::Application));
        first.map_or(end, |token| token.start)
    };
    OF_DOCUMENTS.iter().any(|word| text[start..head].contains(word))
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
