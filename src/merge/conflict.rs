//! What both sides changed, and what was chosen for it.

use super::sides::{Sides, merge_three_way};
use crate::draft::{Compiled, CompiledUnit, FormIds, IgnoredFinding, Provenance, Value};
use crate::form::FieldId;

/// Something that both changed, each to something else.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Conflict {
    /// The value of a field.
    Field(FieldId, Sides<Value>),
    /// Neighbouring paragraphs of a narrative.
    Paragraphs {
        /// Which narrative.
        id: FieldId,
        /// Where the paragraphs that were taken begin in the merged text, from 0.
        at: usize,
        /// The paragraphs; empty if they were removed, or not yet added.
        sides: Sides<Vec<String>>,
    },
    /// The note beside a field.
    Note(FieldId, Sides<Option<String>>),
    /// The reason for which a finding is set aside.
    Ignored(IgnoredFinding, Sides<Option<String>>),
    /// The forms of the tables.
    Forms(Sides<FormIds>),
    /// The path of last year's draft.
    LastYear(Sides<Option<String>>),
    /// Where an imported draft came from.
    Provenance(Sides<Option<Provenance>>),
    /// The report of one unit in a compiled one; `None` if it was removed, or not yet added.
    Unit(String, Sides<Option<CompiledUnit>>),
    /// All units of a compiled report, if they cannot be distinguished or one side has none.
    Compiled(Sides<Option<Compiled>>),
}

impl Conflict {
    /// Returns the field that it is about, or `None` if it concerns the whole draft.
    pub fn field(&self) -> Option<&FieldId> {
        match self {
            Conflict::Field(id, _) | Conflict::Note(id, _) | Conflict::Paragraphs { id, .. } => Some(id),
            Conflict::Ignored(finding, _) => finding.fields.first(),
            Conflict::Forms(_) | Conflict::LastYear(_) | Conflict::Provenance(_) => None,
            Conflict::Unit(..) | Conflict::Compiled(_) => None,
        }
    }
}

/// What to take where both changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Resolution {
    /// What we made of it.
    #[default]
    Ours,
    /// What they made of it.
    Theirs,
    /// In a narrative our paragraphs and then theirs; elsewhere ours.
    Both,
}

/// The conflicts found so far, and what was chosen for each.
pub struct Merger<'c> {
    pub resolutions: &'c [Resolution],
    pub conflicts: Vec<Conflict>,
}

impl Merger<'_> {
    /// Returns what was chosen for the conflict that comes next.
    pub fn next_resolution(&self) -> Resolution {
        self.resolutions.get(self.conflicts.len()).copied().unwrap_or_default()
    }

    /// Merges one value.
    pub fn merge_value<T: PartialEq + Clone>(
        &mut self,
        sides: Sides<T>,
        name: impl FnOnce(Sides<T>) -> Conflict,
    ) -> T {
        merge_three_way(sides).unwrap_or_else(|sides| {
            let taken = if self.next_resolution() == Resolution::Theirs {
                sides.theirs.clone()
            } else {
                sides.ours.clone()
            };
            self.conflicts.push(name(sides));
            taken
        })
    }
}
