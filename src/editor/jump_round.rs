//! The round of places that the jump key leads through, and the places to go back to.
//!
//! A round begins where the key is pressed first and ends there. From any other place, and after any change
//! of the report, another begins. Where rounds began is remembered apart from that.

use crate::form::FieldId;

/// The most places that are remembered to go back to.
const MAX_BACK: usize = 100;

/// Where the cursor is: a cell, or a byte of a narrative.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CursorPlace {
    /// The cell or the narrative.
    pub field: FieldId,
    /// The byte of the narrative.
    pub byte: Option<usize>,
}

/// The jumps of a view.
#[derive(Clone, Debug, Default)]
pub struct Jumps {
    /// The places that the key leads through in turn, the one where it began first.
    round: Vec<CursorPlace>,
    /// The one that it led to last.
    at: usize,
    /// Where rounds began, the latest last.
    back: Vec<CursorPlace>,
}

impl Jumps {
    /// Returns `true` if the round has led to this place last.
    pub fn is_at(&self, place: &CursorPlace) -> bool {
        self.round.get(self.at) == Some(place)
    }

    /// Begins a round at a place, to lead to these.
    pub fn begin(&mut self, origin: CursorPlace, targets: Vec<CursorPlace>) {
        if self.back.len() == MAX_BACK {
            self.back.remove(0);
        }
        self.back.push(origin.clone());
        self.round = [origin].into_iter().chain(targets).collect();
        self.at = 0;
    }

    /// Goes on in the round: returns the place, its number (0 is where the round began) and how many there
    /// are. `None` if there is no round.
    pub fn advance(&mut self) -> Option<(CursorPlace, usize, usize)> {
        self.at = (self.at + 1).checked_rem(self.round.len())?;
        let place = self.round[self.at].clone();
        if self.at == 0 {
            self.back.pop_if(|last| *last == place);
        }
        Some((place, self.at, self.round.len() - 1))
    }

    /// Ends the round: the report is no longer what it was made for.
    pub fn end_round(&mut self) {
        self.round.clear();
    }

    /// Ends the round and returns where the last one began that was not gone back to.
    pub fn go_back(&mut self) -> Option<CursorPlace> {
        self.end_round();
        self.back.pop()
    }
}
