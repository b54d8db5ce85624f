//! The words of a phrase before a number, and what may become of the number.

use super::lexicon::WordKind;
use super::token::TextToken;
use super::topic::Topic;

/// The words of the phrase before a number, nearest last, and its first byte.
#[derive(Clone)]
pub struct Phrase {
    /// Its words.
    pub tokens: Vec<TextToken>,
    /// Its first byte.
    pub start: usize,
}

impl Phrase {
    /// Returns `true` if it has this word.
    pub fn contains(&self, word: WordKind) -> bool {
        self.tokens.iter().any(|token| token.word() == Some(word))
    }

    /// Returns every meaning of one kind, in order.
    pub fn collect_kinds<T>(&self, pick: impl Fn(WordKind) -> Option<T>) -> Vec<T> {
        self.tokens.iter().filter_map(|token| pick(token.word()?)).collect()
    }

    /// Returns `true` if it has a word that a number could belong to.
    pub fn has_topic(&self) -> bool {
        let silent = |word| {
            use WordKind::{All, Channels, Each, Harmless, InTurn, Nothing, Part, Percentage, Whole};
            matches!(word, All | Channels | Each | Harmless | InTurn | Nothing | Part | Percentage | Whole)
        };
        self.tokens.iter().any(|token| token.word().is_some_and(|word| !silent(word)))
    }
}

/// Why a number makes no claim.
pub enum Rejection {
    /// It is not understood, or belongs to no table.
    Unclear,
    /// It counts something that is in no table, and so does what follows.
    Foreign,
    /// It belongs to another unit, and so does what follows.
    OtherUnit,
}

/// The topics of a number, or why it has none.
pub type TopicResult = Result<Vec<Topic>, Rejection>;

/// Returns the topic unless something unknown makes it unclear.
pub fn if_clear(clear: bool, topic: Topic) -> TopicResult {
    if clear { Ok(vec![topic]) } else { Err(Rejection::Unclear) }
}

/// Returns `true` for words used only of applications for information.
pub fn is_of_requests(word: WordKind) -> bool {
    matches!(word, WordKind::Application | WordKind::CarriedIn | WordKind::CarriedOut | WordKind::Result(_))
}
