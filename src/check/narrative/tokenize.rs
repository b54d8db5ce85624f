//! A narrative cut into tokens.

use super::lexicon::{self};
use super::number::{self};
use super::token::{Delimiter, TextToken, TokenKind};

/// Returns the tokens of a text in order.
pub fn tokenize(text: &str) -> Vec<TextToken> {
    let mut tokens = Vec::new();
    let mut at = 0;
    // Line by line, since a number does not continue in the next line.
    for line in text.split_inclusive('\n') {
        tokenize_line(line, at, &mut tokens);
        at += line.len();
    }
    tokens
}

/// The maximum number of tokens of a text; the rest is not read. The longest narratives have a hundredth of
/// it.
const MAX_TOKENS: usize = 500_000;

/// Adds the tokens of a line that starts at this byte of its text.
fn tokenize_line(line: &str, start: usize, tokens: &mut Vec<TextToken>) {
    let mut at = 0;
    while let Some(c) = line[at..].chars().next().filter(|_| tokens.len() < MAX_TOKENS) {
        // Nearly all characters are Chinese, and none of them is a delimiter.
        let stop = if ('\u{4e00}'..'\u{a000}').contains(&c) { None } else { delimiter(c) };
        let (item, end) = if let Some(stop) = stop {
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
        let texts: Vec<&str> = tokens.iter().map(|token| &text[token.start..token.end]).collect();
        assert_eq!(texts, ["受理", "６２ 件", "（", "予以公开", "3件", "）", "。"]);
        assert_eq!(tokens[1].count(), Some(62));
        assert_eq!(tokens[3].word(), Some(WordKind::Result(RequestOutcome::Granted)));
    }

    #[test]
    fn a_thousands_separator_is_no_delimiter() {
        assert_eq!(tokenize("答复1,234件").iter().filter(|token| token.ends_phrase()).count(), 0);
    }

    #[test]
    fn a_number_does_not_continue_in_the_next_line() {
        let item = |text| tokenize(text).iter().rev().find_map(TextToken::count);
        assert_eq!(item("约\n100件"), Some(100));
        assert_eq!(item("第\n3件"), Some(3));
    }
}
