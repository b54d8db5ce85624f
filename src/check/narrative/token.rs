//! Splits a text into words, numbers and punctuation, each with its byte range.

use std::ops::Range;

use super::lexicon::WordKind;
use super::number::TextNumber;

/// A part of a text that matters for the extraction of claims.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TokenKind {
    /// A word of the lexicon.
    Word(WordKind),
    /// A number.
    Number(TextNumber),
    /// A punctuation mark.
    Delimiter(Delimiter),
}

/// What a punctuation mark separates.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Delimiter {
    /// Lines, at a line break.
    Line,
    /// Clauses: `。` `；`.
    Clause,
    /// Phrases of a clause: `，` `：`.
    Phrase,
    /// Items of a list: `、`.
    List,
    /// `（`
    Open,
    /// `）`
    Close,
}

/// A token with its byte range in the text.
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
    /// Returns its bytes.
    pub fn bytes(&self) -> Range<usize> {
        self.start..self.end
    }

    /// Returns the word; `None` if it is something else.
    pub fn word(&self) -> Option<WordKind> {
        if let TokenKind::Word(word) = self.kind { Some(word) } else { None }
    }

    /// Returns the count; `None` if it is something else.
    pub fn count(&self) -> Option<u64> {
        if let TokenKind::Number(TextNumber::Count(count)) = self.kind { Some(count) } else { None }
    }

    /// Returns `true` if it ends a clause.
    pub fn ends_clause(&self) -> bool {
        matches!(self.kind, TokenKind::Delimiter(Delimiter::Clause | Delimiter::Line))
    }

    /// Returns `true` if it ends a phrase or more.
    pub fn ends_phrase(&self) -> bool {
        matches!(self.kind, TokenKind::Delimiter(stop) if stop != Delimiter::List)
    }
}
