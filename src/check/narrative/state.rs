//! The state of the extraction at a position of the text.

use std::ops::Range;

use super::claim::{Assertion, Claim};
use super::fillers;
use super::lexicon::{DocumentKind, Review};
use super::token::{Delimiter, TextToken, TokenKind};
use super::topic::{Topic, review_sum};

/// The subject of the text so far, for clauses that do not name it again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ClauseContext {
    /// None yet.
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
    /// What it counts.
    pub topic: Topic,
    /// The index of its clause.
    clause: usize,
}

/// The state of the extraction.
pub struct Reader<'a> {
    /// The text.
    pub text: &'a str,
    /// The report year.
    pub year: Option<u16>,
    /// The reporting unit.
    pub unit: &'a str,
    /// The subject of the text so far.
    pub context: ClauseContext,
    /// Whether the text is about a part of the scope.
    pub part: bool,
    /// Whether it is about another period.
    pub apart: bool,
    /// Whether the present phrase is about another period.
    pub piece_apart: bool,
    /// Whether the clause tells documents apart by how they may be disclosed.
    pub by_disclosure: bool,
    /// The byte after the words that were understood as those of the number before them.
    pub consumed: usize,
    /// The figures understood so far.
    pub figures: Vec<Figure>,
    /// The claims so far.
    pub claims: Vec<Claim>,
    /// The index of the present clause.
    pub clause: usize,
    /// Whether the text has mentioned applications received.
    pub came: bool,
    /// Claims of “all were answered”, which are valid only if the text names none carried over.
    pub all_done: Vec<Claim>,
}

impl<'a> Reader<'a> {
    /// Creates the state at the start of a text.
    pub fn new(text: &'a str, year: Option<u16>, unit: &'a str) -> Self {
        Reader {
            text,
            year,
            unit,
            context: ClauseContext::None,
            part: false,
            apart: false,
            piece_apart: false,
            by_disclosure: false,
            consumed: 0,
            figures: Vec::new(),
            claims: Vec::new(),
            clause: 0,
            came: false,
            all_done: Vec::new(),
        }
    }

    /// Returns `true` if the text is about the whole scope and the whole year here.
    pub fn is_whole(&self) -> bool {
        !self.part && !self.apart && !self.piece_apart
    }

    /// Returns `true` if there are only stop words and words of the lexicon between two bytes, not counting
    /// what is in brackets.
    pub fn is_clear(&self, tokens: &[TextToken], from: usize, to: usize) -> bool {
        let mut at = from;
        let mut depth = 0usize;
        let first = tokens.partition_point(|token| token.start < from);
        for token in tokens[first..].iter().take_while(|token| token.end <= to) {
            if depth == 0 && !fillers::covers(&self.text[at..token.start]) {
                return false;
            }
            match token.kind {
                TokenKind::Delimiter(Delimiter::Open) => depth += 1,
                TokenKind::Delimiter(Delimiter::Close) => depth = depth.saturating_sub(1),
                _ => {}
            }
            at = token.end;
        }
        depth > 0 || at >= to || fillers::covers(&self.text[at..to])
    }

    /// Adds a figure, its number being at `number`, and its claim.
    pub fn claim(&mut self, range: Range<usize>, number: Range<usize>, count: u64, topic: Topic) {
        let mut sums = topic.sums();
        if let Topic::Review(_, ended @ Some(_)) = &topic {
            // 复议3件、诉讼2件，其中维持4件: either of the last one named or of all.
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
            Topic::Decisions(_) => self.context = ClauseContext::Unrelated,
            Topic::Documents(kinds, _) => self.context = ClauseContext::Documents(kinds.clone()),
            _ => self.context = ClauseContext::Requests,
        }
        self.came |= matches!(topic, Topic::Received { .. } | Topic::New);
        let Range { start, end } = range;
        self.claims.push(Claim { start, end, number, assertion: Assertion::Count(count), sums });
        self.figures.push(Figure { count, topic, clause: self.clause });
    }

    /// Returns the figures of this clause.
    pub fn here(&self) -> impl DoubleEndedIterator<Item = &Figure> {
        let from = self.figures.partition_point(|figure| figure.clause < self.clause);
        self.figures[from..].iter()
    }
}
