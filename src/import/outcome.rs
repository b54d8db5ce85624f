//! What comes of reading a report.

use std::collections::BTreeMap;

use crate::draft::{Draft, FormIds, Provenance, Unread, Value};
use crate::form::FieldId;

/// The result of an import.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Import {
    /// The draft, its totals typed: the source's own mistakes show as findings. Cells of a table that is in the
    /// source but could not be told are unread in it; those of a table without any trace are blank.
    pub draft: Draft,
    /// How many cells were read.
    pub read_count: usize,
    /// Cells and narratives that are not in the source, are blank there or have no certain value, in the form's order.
    pub open: Vec<OpenField>,
    /// The first cell of each row whose digits ran together or were broken, and which its sum told apart.
    pub decided_by_sums: Vec<FieldId>,
    /// What does not belong to any field, in the order of the source.
    pub unplaced: Vec<Unplaced>,
    /// Where in the source open fields were expected, in words: a line, or a table and its row.
    pub locations: BTreeMap<FieldId, String>,
    /// For each row of a table of the form the number of the part of the source that it was read from, and its
    /// text; empty once its place is in the draft's provenance.
    pub(super) rows: BTreeMap<String, (usize, String)>,
}

impl Default for Import {
    fn default() -> Self {
        Import {
            draft: Draft::empty(FormIds::same("")),
            read_count: 0,
            open: Vec::new(),
            decided_by_sums: Vec::new(),
            unplaced: Vec::new(),
            locations: BTreeMap::new(),
            rows: BTreeMap::new(),
        }
    }
}

impl Import {
    /// Notes from which part of the source the row of a field was read; the first one counts.
    pub(super) fn note_row(&mut self, field: &FieldId, number: usize, text: &str) {
        self.rows.entry(Provenance::row_name(field)).or_insert_with(|| (number, text.into()));
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

/// The most that a draft keeps of a line of the source, in characters; a page may be one line.
const MAX_KEPT: usize = 200;

impl OpenField {
    /// Returns the value that a table's cell has in the draft until somebody answers it.
    pub fn to_unread(&self) -> Value {
        let OpenField { candidates, line, text, .. } = self;
        // The numbers of a line stand behind its labels.
        let skipped = text.chars().count().saturating_sub(MAX_KEPT);
        let more = if skipped > 0 { "……" } else { "" };
        let text = more.chars().chain(text.chars().skip(skipped)).collect();
        let unread = Unread { candidates: candidates.clone(), line: *line, text };
        Value::Unread(Box::new(unread))
    }
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
