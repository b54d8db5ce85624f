//! A text as words, numbers and stops, each with its place: what the reader of figures walks over.

use super::lexicon::{Lexicon, Word};
use super::number::{self, Number};

/// Something in a text that means something here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Item {
    /// A word of the lexicon.
    Word(Word),
    /// A number.
    Number(Number),
    /// A mark that ends something.
    Stop(Stop),
}

/// What a mark ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stop {
    /// A line: 。；and their like end less.
    Line,
    /// A clause: `。` `；`.
    Clause,
    /// A piece of a clause: `，` `：`.
    Piece,
    /// `、`, which joins words.
    List,
    /// `（`
    Open,
    /// `）`
    Close,
}

/// An item with its bytes in the text.
#[derive(Clone, Copy, Debug)]
pub struct Spot {
    /// First byte.
    pub start: usize,
    /// The byte after the last.
    pub end: usize,
    /// What it is.
    pub item: Item,
}

impl Spot {
    /// The word, where it is one.
    pub fn word(&self) -> Option<Word> {
        if let Item::Word(word) = self.item { Some(word) } else { None }
    }

    /// The count, where it is one.
    pub fn count(&self) -> Option<u64> {
        if let Item::Number(Number::Count(count)) = self.item { Some(count) } else { None }
    }

    /// Whether it ends a piece of a clause or more.
    pub fn is_stop(&self) -> bool {
        matches!(self.item, Item::Stop(stop) if stop != Stop::List)
    }
}

/// Every spot of a text in order.
pub fn scan(lexicon: &Lexicon, text: &str) -> Vec<Spot> {
    let mut spots = Vec::new();
    let mut at = 0;
    while let Some(c) = text[at..].chars().next() {
        let rest = &text[at..];
        let (item, end) = if let Some(stop) = stop(c) {
            (Some(Item::Stop(stop)), at + c.len_utf8())
        } else if let Some((number, end)) = number::read(text, at) {
            (Some(Item::Number(number)), end)
        } else if let Some((words, word)) = lexicon.longest(rest) {
            (Some(Item::Word(word)), at + words.len())
        } else {
            (None, at + c.len_utf8())
        };
        if let Some(item) = item {
            spots.push(Spot { start: at, end, item });
        }
        at = end;
    }
    spots
}

fn stop(c: char) -> Option<Stop> {
    Some(match c {
        '\n' | '\r' => Stop::Line,
        '。' | '；' | ';' | '！' | '？' | '!' | '?' => Stop::Clause,
        '，' | ',' | '：' | ':' => Stop::Piece,
        '、' => Stop::List,
        '（' | '(' | '【' | '[' => Stop::Open,
        '）' | ')' | '】' | ']' => Stop::Close,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::super::lexicon::{Outcome, Word};
    use super::*;

    #[test]
    fn places_are_bytes_of_the_text() {
        let text = "共受理 ６２ 件（其中予以公开3件）。";
        let spots = scan(&Lexicon::new(), text);
        let said: Vec<&str> = spots.iter().map(|spot| &text[spot.start..spot.end]).collect();
        assert_eq!(said, ["受理", "６２ 件", "（", "予以公开", "3件", "）", "。"]);
        assert_eq!(spots[1].count(), Some(62));
        assert_eq!(spots[3].word(), Some(Word::Result(Outcome::Granted)));
    }

    #[test]
    fn a_comma_between_thousands_is_no_stop() {
        let spots = scan(&Lexicon::new(), "答复1,234件");
        assert_eq!(spots.iter().filter(|spot| spot.is_stop()).count(), 0);
    }
}
