//! What the reader of figures knows at a place of the text: what was spoken of, what was understood.

use super::claim::{Assertion, Claim};
use super::lexicon::{DocumentKind, Review};
use super::stop_words::StopWords;
use super::token::{Delimiter, TextToken, TokenKind};
use super::topic::{Topic, review_sum};

/// What the last words were about, for a clause that does not say it again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ClauseContext {
    /// Nothing yet.
    None,
    /// Applications.
    Requests,
    /// These procedures.
    Review(Vec<Review>),
    /// Documents of these kinds.
    Documents(Vec<DocumentKind>),
    /// Something that no table counts.
    Unrelated,
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
    pub filler: &'a StopWords,
    /// The year that is reported on.
    pub year: Option<u16>,
    /// The unit that reports.
    pub unit: &'a str,
    /// What the last words were about.
    pub context: ClauseContext,
    /// Whether the words are of a part of the scope.
    pub part: bool,
    /// Whether they are of another time.
    pub apart: bool,
    /// Whether this piece speaks of another time.
    pub piece_apart: bool,
    /// What was understood in the text so far.
    pub figures: Vec<Figure>,
    /// What was claimed.
    pub claims: Vec<Claim>,
    /// The number of the clause that is read.
    pub clause: usize,
    /// Whether applications were said to have come in.
    pub came: bool,
    /// “All were answered”: claims that hold only where the text names none carried over.
    pub all_done: Vec<Claim>,
}

impl<'a> Reader<'a> {
    /// At the start of a text.
    pub fn new(text: &'a str, filler: &'a StopWords, year: Option<u16>, unit: &'a str) -> Self {
        Reader {
            text,
            filler,
            year,
            unit,
            context: ClauseContext::None,
            part: false,
            apart: false,
            piece_apart: false,
            figures: Vec::new(),
            claims: Vec::new(),
            clause: 0,
            came: false,
            all_done: Vec::new(),
        }
    }

    /// Whether what is being read is of the whole scope and the whole year.
    pub fn is_whole(&self) -> bool {
        !self.part && !self.apart && !self.piece_apart
    }

    /// Whether nothing but small words and words of the lexicon stands between two places; what is in
    /// brackets is passed over.
    pub fn is_clear(&self, spots: &[TextToken], from: usize, to: usize) -> bool {
        let mut at = from;
        let mut depth = 0usize;
        for spot in spots.iter().filter(|spot| spot.start >= from && spot.end <= to) {
            if depth == 0 && !self.filler.covers(&self.text[at..spot.start]) {
                return false;
            }
            match spot.kind {
                TokenKind::Delimiter(Delimiter::Open) => depth += 1,
                TokenKind::Delimiter(Delimiter::Close) => depth = depth.saturating_sub(1),
                _ => {}
            }
            at = spot.end;
        }
        depth > 0 || at >= to || self.filler.covers(&self.text[at..to])
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
                sums.push(review_sum(&all, *ended));
            }
        }
        match &topic {
            Topic::Review(kinds, None) => self.context = ClauseContext::Review(kinds.clone()),
            Topic::Review(..) => {}
            Topic::Documents(kinds, _) => self.context = ClauseContext::Documents(kinds.clone()),
            _ => self.context = ClauseContext::Requests,
        }
        self.came |= matches!(topic, Topic::Received { .. } | Topic::New);
        self.claims.push(Claim { start, end, assertion: Assertion::Count(count), sums });
        self.figures.push(Figure { count, topic, clause: self.clause });
    }

    /// The figures of this clause.
    pub fn here(&self) -> impl DoubleEndedIterator<Item = &Figure> {
        let from = self.figures.partition_point(|figure| figure.clause < self.clause);
        self.figures[from..].iter()
    }
}
