//! The reader: walks over a text clause by clause and takes from it what it claims of the tables.
//!
//! A number belongs to the words before it in the same piece of the clause, or, where there are none,
//! to the words after it (FORM.md section 7, rule 11). What is not understood is not claimed.

use super::claim::Claim;
use super::filler::Filler;
use super::lexicon::{Lexicon, Review, Word};
use super::number::Number;
use super::scan::{self, Item, Spot, Stop};
use super::state::{Context, Reader};
use super::topic::Topic;
use super::{decide, share, turn, whole, zero};
use crate::text::numerals;

/// The most words, numbers and marks of a clause that is read, and its most bytes. No sentence is as
/// long: without stops it is a list, or no text at all, and says nothing that is understood.
const CLAUSE: usize = 500;
const CLAUSE_BYTES: usize = 9_000;
/// The most figures of a text; no report has a hundredth of it.
const FIGURES: usize = 10_000;

/// The words that a text is read with.
pub struct Words {
    lexicon: Lexicon,
    filler: Filler,
}

impl Words {
    /// All of them, sorted.
    pub fn new() -> Self {
        Words { lexicon: Lexicon::new(), filler: Filler::new() }
    }
}

/// Everything that a text claims of the tables, in its order.
pub fn read(words: &Words, text: &str, year: Option<u16>, unit: &str) -> Vec<Claim> {
    let spots = scan::spots(&words.lexicon, text);
    let mut reader = Reader::new(text, &words.filler, year, unit);
    let mut start = 0;
    let ends = |spot: &Spot| matches!(spot.item, Item::Stop(Stop::Clause | Stop::Line));
    for clause in spots.split_inclusive(ends) {
        let end = clause.last().map_or(start, |last| last.end);
        if clause.len() > CLAUSE || end - start > CLAUSE_BYTES {
            let in_line = !matches!(clause.last().map(|last| last.item), Some(Item::Stop(Stop::Line)));
            (reader.context, reader.part, reader.apart) = (Context::Foreign, false, in_line);
        } else {
            reader.clause(clause, start);
        }
        start = end;
        if reader.claims.len() + reader.all_done.len() > FIGURES {
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
    fn clause(&mut self, spots: &[Spot], start: usize) {
        let end = spots.last().map_or(self.text.len(), |last| last.end);
        if is_heading(&self.text[start..end]) {
            (self.context, self.part, self.apart) = (Context::None, false, false);
        }
        let mut from = 0;
        let mut turns = Vec::new();
        for (at, spot) in spots.iter().enumerate() {
            match spot.item {
                Item::Word(word) => self.word(spots, at, word, start),
                Item::Number(Number::Count(count)) => {
                    let lead = if from == 0 { start } else { spots[from - 1].end };
                    if turns.is_empty() {
                        turns = turn::topics(self, &spots[from..], at - from);
                    }
                    if turns.is_empty() {
                        self.count(spots, from, at, lead, count);
                    } else if let Some(topic) = turns.remove(0) {
                        self.claim(spot.start, spot.end, count, topic);
                    }
                    from = at + 1;
                }
                Item::Number(Number::Share { digits, decimals }) => {
                    share::claim(self, &spots[from..at], spot, digits, decimals);
                    from = at + 1;
                }
                Item::Number(Number::Other) => from = at + 1,
                Item::Number(Number::Year(year)) => self.year(spots, at, year),
                Item::Stop(Stop::Piece) => self.piece_apart = false,
                Item::Stop(_) => {}
            }
        }
        self.clause += 1;
        self.piece_apart = false;
        if matches!(spots.last().map(|spot| spot.item), Some(Item::Stop(Stop::Line))) {
            (self.part, self.apart) = (false, false);
        }
    }

    /// A year beside the report's: its piece, or what follows it after a comma, is of another time.
    fn year(&mut self, spots: &[Spot], at: usize, year: u16) {
        let before = spots[..at].iter().rev().take_while(|spot| !spot.is_stop());
        let after = spots[at + 1..].iter().take_while(|spot| !spot.is_stop());
        let carries = before.chain(after).any(|spot| spot.word() == Some(Word::Carry));
        if self.year.is_none_or(|own| own == year) {
            (self.apart, self.piece_apart) = (false, false);
        } else if !carries {
            self.piece_apart = true;
            let alone = spots.get(at + 1).is_some_and(|next| next.item == Item::Stop(Stop::Piece));
            self.apart |= alone;
        }
    }

    fn word(&mut self, spots: &[Spot], at: usize, word: Word, start: usize) {
        match word {
            Word::Application => self.context = Context::Requests,
            Word::Foreign => self.context = Context::Foreign,
            Word::Document(kind) => {
                match (&mut self.context, at.checked_sub(1).map(|before| spots[before].item)) {
                    (
                        Context::Documents(kinds),
                        Some(Item::Stop(Stop::List) | Item::Word(Word::Document(_))),
                    ) => {
                        kinds.push(kind);
                    }
                    _ => self.context = Context::Documents(vec![kind]),
                }
            }
            Word::Review(kind) => self.procedure(spots, at, kind),
            Word::Part => self.part = true,
            Word::Whole => self.part = false,
            Word::PartOfYear => self.apart = true,
            Word::LastYear => self.piece_apart = true,
            Word::Nothing => zero::nothing(self, spots, at, start),
            Word::All => whole::all(self, spots, at),
            _ => {}
        }
    }

    /// Procedures named one after the other with no number between them belong together.
    fn procedure(&mut self, spots: &[Spot], at: usize, kind: Review) {
        let before = spots[..at].iter().rev();
        let last = before.take_while(|spot| spot.count().is_none() && !spot.is_stop());
        let joined = last.into_iter().any(|spot| matches!(spot.word(), Some(Word::Review(_))));
        match &mut self.context {
            Context::Review(kinds) if joined => {
                if !kinds.contains(&kind) {
                    kinds.push(kind);
                }
            }
            context => *context = Context::Review(vec![kind]),
        }
    }

    fn count(&mut self, spots: &[Spot], from: usize, at: usize, lead: usize, count: u64) {
        let Some(decision) = decide::topics(self, spots, from, at, lead) else { return };
        for topic in decision.topics {
            // Both procedures in one breath: 0 is 0 of each, and 各 is said of each.
            match topic {
                Topic::Review(kinds, None) if kinds.len() > 1 && (count == 0 || decision.each) => {
                    for kind in kinds {
                        self.claim(decision.start, decision.end, count, Topic::Review(vec![kind], None));
                    }
                }
                topic => self.claim(decision.start, decision.end, count, topic),
            }
        }
    }
}

/// Whether a clause opens a part of a section: （一）依申请公开情况。
fn is_heading(clause: &str) -> bool {
    let mut chars = clause.trim_start().chars();
    let numeral = |c: char| numerals::ordinal(c).is_some();
    match (chars.next(), chars.next(), chars.next()) {
        (Some('（' | '('), Some(c), Some(_)) => numeral(c),
        (Some(c), Some('、'), _) => numeral(c),
        _ => false,
    }
}
