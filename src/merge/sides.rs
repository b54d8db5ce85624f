//! The three states of what is merged.

use std::collections::BTreeSet;

use crate::draft::Draft;
use crate::form::{FieldId, Form};

/// The three states of one thing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sides<T> {
    /// What it was before either changed it.
    pub base: T,
    /// What we made of it.
    pub ours: T,
    /// What they made of it.
    pub theirs: T,
}

impl<T> Sides<T> {
    /// Maps each side.
    pub fn map<U>(&self, each: impl Fn(&T) -> U) -> Sides<U> {
        Sides { base: each(&self.base), ours: each(&self.ours), theirs: each(&self.theirs) }
    }
}

impl Copy for Sides<&Draft> {}

/// Returns the value of the one side that changed it, or all sides if both changed it differently.
pub fn merge_three_way<T: PartialEq>(sides: Sides<T>) -> Result<T, Sides<T>> {
    if sides.ours == sides.theirs || sides.theirs == sides.base {
        Ok(sides.ours)
    } else if sides.ours == sides.base {
        Ok(sides.theirs)
    } else {
        Err(sides)
    }
}

/// Returns the fields that any side has something for, in the form's order.
pub fn field_ids(
    form: &Form,
    sides: Sides<&Draft>,
    of: impl for<'d> Fn(&'d Draft) -> Vec<&'d FieldId>,
) -> Vec<FieldId> {
    let all: BTreeSet<&FieldId> = [sides.base, sides.ours, sides.theirs].into_iter().flat_map(of).collect();
    let mut all: Vec<FieldId> = all.into_iter().cloned().collect();
    all.sort_by_key(|id| form.position(id.as_str()).unwrap_or(usize::MAX));
    all
}
