//! The reader: walks over a text clause by clause and takes from it what it claims of the tables.
//!
//! A number belongs to the words before it in the same piece of the clause, or, where there are none,
//! to the words after it (FORM.md section 7, rule 11). What is not understood is not claimed.

use std::sync::LazyLock;

use super::claim::{Claim, Said};
use super::filler::Filler;
use super::lexicon::{Lexicon, Review, Word};
use super::number::Number;
use super::scan::{self, Item, Spot, Stop};
use super::topic::{Topic, review};
use super::{decide, share, turn, whole, zero};
use crate::text::numerals;

/// The most words, numbers and marks of a clause that is read, and its most bytes. No sentence is as
/// long: without stops it is a list, or no text at all, and says nothing that is understood.
const CLAUSE: usize = 500;
const CLAUSE_BYTES: usize = 9_000;
/// The most figures of a text; no report has a hundredth of it.
const FIGURES: usize = 10_000;

/// What the last words were about, for a clause that does not say it again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Context {
    /// Nothing yet.
    None,
    /// Applications.
    Requests,
    /// These procedures.
    Review(Vec<Review>),
    /// Documents of these kinds.
    Documents(Vec<super::lexicon::Document>),
    /// Something that no table counts.
    Foreign,
}

/// A figure that was understood.
#[derive(Clone, Debug)]
pub struct Figure {
    /// The number.
    pub count: u64,
    /// What it stands for.
    pub topic: Topic,
    /// The clause it is in.
    clause: usize,
}

/// The state of the walk.
pub struct Reader<'a> {
    /// The text.
    pub text: &'a str,
    /// The small words.
    pub filler: &'a Filler,
    /// The year that is reported on.
    pub year: Option<u16>,
    /// The unit that reports.
    pub unit: &'a str,
    /// What the last words were about.
    pub context: Context,
    /// Whether the words are of a part of the scope.
    pub part: bool,
    /// Whether they are of another time.
    pub apart: bool,
    /// Whether this piece speaks of another time.
    piece_apart: bool,
    /// What was understood in the text so far.
    pub figures: Vec<Figure>,
    /// What was claimed.
    pub claims: Vec<Claim>,
    clause: usize,
    /// Whether applications were said to have come in.
    pub came: bool,
    /// “All were answered”: claims that hold only where the text names none carried over.
    pub all_done: Vec<Claim>,
}

/// The words that a text is read with, sorted once.
static WORDS: LazyLock<(Lexicon, Filler)> = LazyLock::new(|| (Lexicon::new(), Filler::new()));

/// Everything that a text claims of the tables, in its order.
pub fn read(text: &str, year: Option<u16>, unit: &str) -> Vec<Claim> {
    let (lexicon, filler) = &*WORDS;
    let spots = scan::spots(lexicon, text);
    let mut reader = Reader {
        text,
        filler,
        year,
        unit,
        context: Context::None,
        part: false,
        apart: false,
        piece_apart: false,
        figures: Vec::new(),
        claims: Vec::new(),
        clause: 0,
        came: false,
        all_done: Vec::new(),
    };
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

    /// Whether what is being read is of the whole scope and the whole year.
    pub fn is_whole(&self) -> bool {
        !self.part && !self.apart && !self.piece_apart
    }

    /// Whether nothing but small words and words of the lexicon stands between two places; what is in
    /// brackets is passed over.
    pub fn is_clear(&self, spots: &[Spot], from: usize, to: usize) -> bool {
        let mut at = from;
        let mut depth = 0usize;
        for spot in spots.iter().filter(|spot| spot.start >= from && spot.end <= to) {
            if depth == 0 && !self.filler.covers(&self.text[at..spot.start]) {
                return false;
            }
            match spot.item {
                Item::Stop(Stop::Open) => depth += 1,
                Item::Stop(Stop::Close) => depth = depth.saturating_sub(1),
                _ => {}
            }
            at = spot.end;
        }
        depth > 0 || at >= to || self.filler.covers(&self.text[at..to])
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

    /// Puts down what a figure says.
    pub fn claim(&mut self, start: usize, end: usize, count: u64, topic: Topic) {
        let mut sums = topic.sums();
        if let Topic::Review(_, ended @ Some(_)) = &topic {
            // 复议3件、诉讼2件，其中维持4件: of the last one named, or of all that were.
            let mut all: Vec<Review> = Vec::new();
            for figure in self.here() {
                if let Topic::Review(kinds, None) = &figure.topic {
                    all.extend(kinds.iter().filter(|kind| !all.contains(kind)).copied().collect::<Vec<_>>());
                }
            }
            if all.len() > 1 {
                sums.push(review(&all, *ended));
            }
        }
        match &topic {
            Topic::Review(kinds, None) => self.context = Context::Review(kinds.clone()),
            Topic::Review(..) => {}
            Topic::Documents(kinds, _) => self.context = Context::Documents(kinds.clone()),
            _ => self.context = Context::Requests,
        }
        self.came |= matches!(topic, Topic::Received { .. } | Topic::New);
        self.claims.push(Claim { start, end, said: Said::Count(count), sums });
        self.figures.push(Figure { count, topic, clause: self.clause });
    }

    /// The figures of this clause.
    pub fn here(&self) -> impl DoubleEndedIterator<Item = &Figure> {
        let from = self.figures.partition_point(|figure| figure.clause < self.clause);
        self.figures[from..].iter()
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
