//! What comes of reading a report.

use crate::draft::{Draft, FormIds};
use crate::form::FieldId;

/// What a source gave.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Import {
    /// The draft, its totals typed: the source's own mistakes show as findings.
    pub draft: Draft,
    /// How many cells were read.
    pub read_count: usize,
    /// Cells and narratives that are blank in the source or have no certain value, in the form's order.
    pub open: Vec<OpenField>,
    /// What has no place in the form, in the order of the source.
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
    /// What it could be, where the source leaves a few ways.
    pub candidates: Vec<String>,
    /// The line of the source where it was looked for; 0 where there is none.
    pub line: usize,
    /// That line's text, or why it does not help.
    pub text: String,
}

/// Why a field is open.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OpenState {
    /// Its place is there and nothing stands in it.
    Blank,
    /// Its place is not there.
    NotFound,
    /// Something stands there that can be read in more than one way.
    Ambiguous,
}

impl OpenState {
    /// The word in JSON.
    pub fn as_str(self) -> &'static str {
        match self {
            OpenState::Blank => "blank",
            OpenState::NotFound => "not_found",
            OpenState::Ambiguous => "ambiguous",
        }
    }
}

/// Something in the source that has no place in the form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unplaced {
    /// Where it stands.
    pub line: usize,
    /// What it is.
    pub text: String,
}
