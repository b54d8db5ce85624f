//! Whether one relation holds, is broken, or cannot be judged yet.

use rust_decimal::Decimal;

use crate::check::Subject;
use crate::draft::Amount;
use crate::form::{Field, FieldId, Relation};

/// What can be said of a relation now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// Nothing to say: all blank, a part unreadable, computed, or waiting for a missing total.
    Silent,
    /// Both sides are equal.
    Holds,
    /// The sides differ by `gap` (left minus right), but a blank on the smaller side could close it.
    Unfinished { gap: Decimal },
    /// A total over parts that are all blank.
    PartsMissing,
    /// The sides differ by `gap` (left minus right) and no blank can close it.
    Broken { gap: Decimal },
}

/// Judges one relation by the half-typed rule.
pub fn judge(subject: &Subject, relation: &Relation) -> State {
    let Subject { form, ledger, .. } = subject;
    let computed = |id: &FieldId| ledger.computes(form, id.as_str());
    if relation.is_total && relation.left.iter().all(computed) {
        return State::Silent;
    }
    let places = || relation.left_places().iter().chain(relation.right_places());
    if places().any(|&place| is_missing_total(subject, place)) {
        return State::Silent;
    }
    let left = ledger.sum_at(relation.left_places());
    let right = ledger.sum_at(relation.right_places());
    let (left, right) = match (left, right) {
        (Amount::Blank, Amount::Blank) => return State::Silent,
        (Amount::Unknown, _) | (_, Amount::Unknown) => return State::Silent,
        (Amount::Known(_), Amount::Blank) if relation.is_total => return State::PartsMissing,
        (left, right) => (number(left), number(right)),
    };
    let gap = left - right;
    let smaller = if gap > Decimal::ZERO { &relation.right } else { &relation.left };
    if gap.is_zero() {
        State::Holds
    } else if smaller.iter().any(|id| has_blank(subject, id)) {
        State::Unfinished { gap }
    } else {
        State::Broken { gap }
    }
}

fn number(amount: Amount) -> Decimal {
    if let Amount::Known(number) = amount { number } else { Decimal::ZERO }
}

/// A blank total beside filled parts: a finding of its own (D0), and what needs it waits.
pub fn is_missing_total(subject: &Subject, place: usize) -> bool {
    let Subject { form, ledger, .. } = subject;
    let Field { id, sum, .. } = &form.fields()[place];
    sum.is_some()
        && subject.value_at(place).is_blank()
        && !ledger.computes(form, id.as_str())
        && form
            .relations()
            .iter()
            .filter(|relation| relation.is_total && relation.left.contains(id))
            .any(|relation| ledger.sum_at(relation.right_places()) != Amount::Blank)
}

/// Whether the field is blank, or computed from parts of which one is.
fn has_blank(subject: &Subject, id: &FieldId) -> bool {
    let Subject { form, draft, ledger, .. } = subject;
    let sum = form.field(id.as_str()).and_then(|field| field.sum);
    match sum {
        Some(sum) if ledger.computes(form, id.as_str()) => {
            form.relations()[sum].right.iter().any(|part| has_blank(subject, part))
        }
        _ => draft.get(id.as_str()).is_blank(),
    }
}
