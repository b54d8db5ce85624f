//! What comes of reading a report.

use crate::draft::{Draft, FormIds};
use crate::form::FieldId;

/// The result of an import.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Import {
    /// The draft, its totals typed: the source's own mistakes show as findings.
    pub draft: Draft,
    /// How many cells were read.
    pub read_count: usize,
    /// Cells and narratives that are blank in the source or have no certain value, in the form's order.
    pub open: Vec<OpenField>,
    /// What does not belong to any field, in the order of the source.
    pub unplaced: Vec<Unplaced>,
}

impl Default for Import {
    fn default() -> Self {
        Import {
            draft: Draft::empty(FormIds::same("")),
            read_count: 0,
            open: Vec::new(),
            unplaced: Vec::new(),
        }
    }
}

/// A field that the source leaves open.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OpenField {
    /// The field.
    pub field: FieldId,
    /// Why it is open.
    pub state: OpenState,
    /// The values it could have, if the source allows a few.
    pub candidates: Vec<String>,
    /// The line of the source where it was expected; 0 if there is none.
    pub line: usize,
    /// The text of that line, or why it does not help.
    pub text: String,
}

/// Why a field is open.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OpenState {
    /// It is in the source and blank there.
    Blank,
    /// It is not in the source.
    NotFound,
    /// The source can be read in more than one way.
    Ambiguous,
}

impl OpenState {
    /// Returns the name in JSON.
    pub fn as_str(self) -> &'static str {
        match self {
            OpenState::Blank => "blank",
            OpenState::NotFound => "not_found",
            OpenState::Ambiguous => "ambiguous",
        }
    }
}

/// Something in the source that does not belong to any field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unplaced {
    /// Its line in the source.
    pub line: usize,
    /// What it is.
    pub text: String,
}
