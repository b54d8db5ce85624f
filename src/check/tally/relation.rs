//! The state of a relation: whether it holds, is broken, or cannot be judged yet.

use rust_decimal::Decimal;

use crate::check::RuleInput;
use crate::draft::Amount;
use crate::form::{Field, FieldId, Relation};

/// The state of a relation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RelationState {
    /// Not judged: all cells are blank, one is unreadable or unread, the total is computed by the program, or a total is
    /// missing, which D0 reports.
    NotApplicable,
    /// Both sides are equal.
    Holds,
    /// The sides differ by `gap` (left minus right), but a blank on the smaller side could close it.
    Unfinished { gap: Decimal },
    /// A total over parts that are all blank.
    PartsMissing,
    /// The sides differ by `gap` (left minus right) and no blank can close it.
    Broken { gap: Decimal },
}

/// Returns the state of one relation, allowing for a table that is still being filled.
pub fn relation_state(input: &RuleInput, relation: &Relation) -> RelationState {
    let RuleInput { form, ledger, .. } = input;
    let computed = |id: &FieldId| ledger.is_computed(form, id.as_str());
    if relation.is_total && relation.left.iter().all(computed) {
        return RelationState::NotApplicable;
    }
    let positions = || relation.left_positions().iter().chain(relation.right_positions());
    if positions().any(|&position| is_missing_total(input, position)) {
        return RelationState::NotApplicable;
    }
    let left = ledger.sum_at(relation.left_positions());
    let right = ledger.sum_at(relation.right_positions());
    let (left, right) = match (left, right) {
        (Amount::Blank, Amount::Blank) => return RelationState::NotApplicable,
        (Amount::Unknown, _) | (_, Amount::Unknown) => return RelationState::NotApplicable,
        (Amount::Known(_), Amount::Blank) if relation.is_total => return RelationState::PartsMissing,
        (left, right) => (number_or_zero(left), number_or_zero(right)),
    };
    let gap = left - right;
    let smaller = if gap > Decimal::ZERO { &relation.right } else { &relation.left };
    if gap.is_zero() {
        RelationState::Holds
    } else if smaller.iter().any(|id| has_blank(input, id)) {
        RelationState::Unfinished { gap }
    } else {
        RelationState::Broken { gap }
    }
}

fn number_or_zero(amount: Amount) -> Decimal {
    if let Amount::Known(number) = amount { number } else { Decimal::ZERO }
}

/// Returns `true` if the field is a blank total with filled parts. That is a finding of its own (D0), and
/// relations that need the total wait.
pub fn is_missing_total(input: &RuleInput, position: usize) -> bool {
    let RuleInput { form, ledger, .. } = input;
    let Field { id, sum, .. } = &form.fields()[position];
    sum.is_some()
        && input.value_at(position).is_blank()
        && !ledger.is_computed(form, id.as_str())
        && form
            .relations()
            .iter()
            .filter(|relation| relation.is_total && relation.left.contains(id))
            .any(|relation| ledger.sum_at(relation.right_positions()) != Amount::Blank)
}

/// Returns `true` if the field is blank, or computed from parts of which one is blank.
fn has_blank(input: &RuleInput, id: &FieldId) -> bool {
    let RuleInput { form, draft, ledger, .. } = input;
    let sum = form.field(id.as_str()).and_then(|field| field.sum);
    match sum {
        Some(sum) if ledger.is_computed(form, id.as_str()) => {
            form.relations()[sum].right.iter().any(|part| has_blank(input, part))
        }
        _ => draft.get(id.as_str()).is_blank(),
    }
}
