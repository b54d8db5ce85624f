//! Finds the single cell that would explain a broken sum.
//!
//! One wrong leaf breaks its row and its column by the same amount, one wrong total the relations it is part
//! of. So a cell is the suspect if one change of it would fix at least two broken relations, all of those it
//! is part of, without breaking one that holds. Relations that are not judged yet are left out.

use rust_decimal::Decimal;

use super::relation::RelationState;
use crate::check::RuleInput;
use crate::form::FieldId;

/// Which cell explains a broken relation together with at least one other.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Suspect {
    /// Exactly one cell explains it together with other broken relations; with the number it should have.
    One(FieldId, Decimal),
    /// Several cells would explain it.
    Several,
    /// No cell does: at most, one explains this relation alone.
    None,
}

/// Returns the suspect of the broken relation at index `at` of the form's relations. `states` has the state of
/// each relation, in the same order.
pub fn find_culprit(input: &RuleInput, states: &[RelationState], at: usize) -> Suspect {
    let relation = &input.form.relations()[at];
    let mut found = relation.fields().filter_map(|id| {
        let (mended, number) = explained_by(input, states, id)?;
        (mended > 1).then(|| Suspect::One(id.clone(), number))
    });
    match (found.next(), found.next()) {
        (Some(one), None) => one,
        (Some(_), Some(_)) => Suspect::Several,
        (None, _) => Suspect::None,
    }
}

/// Returns the number of relations that one change of this cell fixes, and the number it should have; `None`
/// if no change fixes all broken relations it is part of.
pub fn explained_by(input: &RuleInput, states: &[RelationState], id: &FieldId) -> Option<(usize, Decimal)> {
    let RuleInput { form, draft, ledger, .. } = input;
    if ledger.is_computed(form, id.as_str()) {
        return None;
    }
    let mut change: Option<Decimal> = None;
    let mut mended = 0;
    for (relation, state) in form.relations().iter().zip(states) {
        let on_left = relation.left.contains(id);
        if !on_left && !relation.right.contains(id) {
            continue;
        }
        let needed = match state {
            RelationState::Broken { gap } if on_left => -gap,
            RelationState::Broken { gap } => *gap,
            RelationState::Holds => return None,
            _ => continue,
        };
        if change.is_some_and(|change| change != needed) {
            return None;
        }
        change = Some(needed);
        mended += 1;
    }
    let number = draft.get(id.as_str()).number()? + change?;
    (number >= Decimal::ZERO).then_some((mended, number))
}
