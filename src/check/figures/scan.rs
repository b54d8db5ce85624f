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
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
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

/// A text as its spots in order.
pub fn spots(lexicon: &Lexicon, text: &str) -> Vec<Spot> {
    let mut spots = Vec::new();
    let mut at = 0;
    // Line by line: a number that breaks off at the end of a line does not go on in the next.
    for line in text.split_inclusive('\n') {
        scan(lexicon, line, at, &mut spots);
        at += line.len();
    }
    spots
}

/// The most spots of a text; the longest narratives have a hundredth of it. What follows says nothing.
const SPOTS: usize = 500_000;

/// Adds the spots of a line that starts at this byte of its text.
fn scan(lexicon: &Lexicon, line: &str, start: usize, spots: &mut Vec<Spot>) {
    let mut at = 0;
    while let Some(c) = line[at..].chars().next().filter(|_| spots.len() < SPOTS) {
        let (item, end) = if let Some(stop) = stop(c) {
            (Some(Item::Stop(stop)), at + c.len_utf8())
        } else if number::begins(c)
            && let Some((number, end)) = number::read(line, at)
        {
            (Some(Item::Number(number)), end)
        } else if let Some((words, word)) = lexicon.longest(&line[at..]) {
            (Some(Item::Word(word)), at + words.len())
        } else {
            (None, at + c.len_utf8())
        };
        if let Some(item) = item {
            spots.push(Spot { start: start + at, end: start + end, item });
        }
        at = end;
    }
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

    fn spots(text: &str) -> Vec<Spot> {
        super::spots(&Lexicon::new(), text)
    }

    #[test]
    fn places_are_bytes_of_the_text() {
        let text = "共受理 ６２ 件（其中予以公开3件）。";
        let spots = spots(text);
        let said: Vec<&str> = spots.iter().map(|spot| &text[spot.start..spot.end]).collect();
        assert_eq!(said, ["受理", "６２ 件", "（", "予以公开", "3件", "）", "。"]);
        assert_eq!(spots[1].count(), Some(62));
        assert_eq!(spots[3].word(), Some(Word::Result(Outcome::Granted)));
    }

    #[test]
    fn a_comma_between_thousands_is_no_stop() {
        assert_eq!(spots("答复1,234件").iter().filter(|spot| spot.is_stop()).count(), 0);
    }

    #[test]
    fn a_number_belongs_to_its_own_line() {
        let item = |text| spots(text).iter().rev().find_map(Spot::count);
        assert_eq!(item("约\n100件"), Some(100));
        assert_eq!(item("第\n3件"), Some(3));
    }
}
