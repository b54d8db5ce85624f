//! A text as words, numbers and stops, each with its place: what the reader of figures walks over.

use super::lexicon::{self, WordKind};
use super::number::{self, TextNumber};

/// Something in a text that means something here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TokenKind {
    /// A word of the lexicon.
    Word(WordKind),
    /// A number.
    Number(TextNumber),
    /// A mark that ends something.
    Delimiter(Delimiter),
}

/// What a mark ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Delimiter {
    /// A line: 。；and their like end less.
    Line,
    /// A clause: `。` `；`.
    Clause,
    /// A piece of a clause: `，` `：`.
    Phrase,
    /// `、`, which joins words.
    List,
    /// `（`
    Open,
    /// `）`
    Close,
}

/// An item with its bytes in the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TextToken {
    /// First byte.
    pub start: usize,
    /// The byte after the last.
    pub end: usize,
    /// What it is.
    pub kind: TokenKind,
}

impl TextToken {
    /// The word, where it is one.
    pub fn word(&self) -> Option<WordKind> {
        if let TokenKind::Word(word) = self.kind { Some(word) } else { None }
    }

    /// The count, where it is one.
    pub fn count(&self) -> Option<u64> {
        if let TokenKind::Number(TextNumber::Count(count)) = self.kind { Some(count) } else { None }
    }

    /// Whether it ends a clause.
    pub fn ends_clause(&self) -> bool {
        matches!(self.kind, TokenKind::Delimiter(Delimiter::Clause | Delimiter::Line))
    }

    /// Whether it ends a phrase or more.
    pub fn ends_phrase(&self) -> bool {
        matches!(self.kind, TokenKind::Delimiter(stop) if stop != Delimiter::List)
    }
}

/// Returns the tokens of a text in order.
pub fn tokenize(text: &str) -> Vec<TextToken> {
    let mut tokens = Vec::new();
    let mut at = 0;
    // Line by line: a number that breaks off at the end of a line does not go on in the next.
    for line in text.split_inclusive('\n') {
        tokenize_line(line, at, &mut tokens);
        at += line.len();
    }
    tokens
}

/// Returns the clause at a byte of a text, and the one before it if the byte is at its very start.
pub fn clause_at(text: &str, byte: usize) -> Option<&str> {
    let (before, after) = text.split_at_checked(byte)?;
    let ends = |c: char| matches!(delimiter(c), Some(Delimiter::Clause | Delimiter::Line));
    let inner = before.char_indices().next_back().map_or("", |(last, _)| &before[..last]);
    let start = inner.char_indices().rfind(|(_, c)| ends(*c)).map_or(0, |(at, c)| at + c.len_utf8());
    let end = after.find(ends).map_or(text.len(), |at| byte + at);
    text.get(start..end)
}

/// The most spots of a text; the longest narratives have a hundredth of it. What follows says nothing.
const MAX_TOKENS: usize = 500_000;

/// Adds the spots of a line that starts at this byte of its text.
fn tokenize_line(line: &str, start: usize, tokens: &mut Vec<TextToken>) {
    let mut at = 0;
    while let Some(c) = line[at..].chars().next().filter(|_| tokens.len() < MAX_TOKENS) {
        let (item, end) = if let Some(stop) = delimiter(c) {
            (Some(TokenKind::Delimiter(stop)), at + c.len_utf8())
        } else if number::starts_number(c)
            && let Some((number, end)) = number::parse_number(line, at)
        {
            (Some(TokenKind::Number(number)), end)
        } else if let Some((words, word)) = lexicon::longest_match(&line[at..]) {
            (Some(TokenKind::Word(word)), at + words.len())
        } else {
            (None, at + c.len_utf8())
        };
        if let Some(item) = item {
            tokens.push(TextToken { start: start + at, end: start + end, kind: item });
        }
        at = end;
    }
}

fn delimiter(c: char) -> Option<Delimiter> {
    Some(match c {
        '\n' | '\r' => Delimiter::Line,
        '。' | '；' | ';' | '！' | '？' | '!' | '?' => Delimiter::Clause,
        '，' | ',' | '：' | ':' => Delimiter::Phrase,
        '、' => Delimiter::List,
        '（' | '(' | '【' | '[' => Delimiter::Open,
        '）' | ')' | '】' | ']' => Delimiter::Close,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::super::lexicon::{RequestOutcome, WordKind};
    use super::*;

    #[test]
    fn positions_are_bytes_of_the_text() {
        let text = "共受理 ６２ 件（其中予以公开3件）。";
        let tokens = tokenize(text);
        let said: Vec<&str> = tokens.iter().map(|token| &text[token.start..token.end]).collect();
        assert_eq!(said, ["受理", "６２ 件", "（", "予以公开", "3件", "）", "。"]);
        assert_eq!(tokens[1].count(), Some(62));
        assert_eq!(tokens[3].word(), Some(WordKind::Result(RequestOutcome::Granted)));
    }

    #[test]
    fn a_comma_between_thousands_is_no_stop() {
        assert_eq!(tokenize("答复1,234件").iter().filter(|token| token.ends_phrase()).count(), 0);
    }

    #[test]
    fn a_number_belongs_to_its_own_line() {
        let item = |text| tokenize(text).iter().rev().find_map(TextToken::count);
        assert_eq!(item("约\n100件"), Some(100));
        assert_eq!(item("第\n3件"), Some(3));
    }

    #[test]
    fn the_clause_at_a_byte_ends_at_the_stops_around_it() {
        let text = "一。受理2件；\n答复";
        for (before, clause) in [
            ("", "一"),
            ("一", "一"),
            ("一。", "一。受理2件"),
            ("一。受", "受理2件"),
            ("一。受理2件", "受理2件"),
            ("一。受理2件；", "受理2件；"),
            ("一。受理2件；\n", "\n答复"),
            (text, "答复"),
        ] {
            assert_eq!(clause_at(text, before.len()), Some(clause), "{before:?}");
        }
        assert_eq!((clause_at(text, 1), clause_at(text, 100), clause_at("", 0)), (None, None, Some("")));
    }
}
