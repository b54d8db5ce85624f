//! The amounts of sums in the tables, with which claims are compared.

use rust_decimal::Decimal;

use super::topic::Sum;
use crate::check::RuleInput;
use crate::draft::{Amount, Totals};
use crate::form::{FieldId, Kind};

/// Returns the amount of a sum in the tables. A blank total with filled parts counts as their sum.
pub fn sum_amount(input: &RuleInput, sum: &Sum) -> Amount {
    sum.fields.iter().map(|id| cell_amount(input, id)).fold(Amount::Blank, Amount::plus)
}

/// Returns how many applications were handled.
pub fn handled(input: &RuleInput) -> Amount {
    cell_amount(input, &FieldId::new("requests.handled.total"))
}

/// Returns the amount of one cell.
pub fn cell_amount(input: &RuleInput, id: &FieldId) -> Amount {
    let RuleInput { form, ledger, .. } = input;
    match ledger.amount(form, id.as_str()) {
        Amount::Blank => {
            let relation =
                form.field(id.as_str()).and_then(|field| field.sum).map(|at| &form.relations()[at]);
            relation.map_or(Amount::Blank, |relation| ledger.sum(form, &relation.right))
        }
        amount => amount,
    }
}

/// Returns `true` if the form has any of the cells.
pub fn has_cells(input: &RuleInput, sum: &Sum) -> bool {
    let is_number = |kind: &Kind| matches!(kind, Kind::Count | Kind::Money { .. });
    sum.fields.iter().any(|id| input.form.field(id.as_str()).is_some_and(|field| is_number(&field.kind)))
}

/// Returns `true` if a blank cell of the sum may still raise it to `wanted`, as in a table that is being
/// filled. Reports with typed totals, such as imported ones, count as completely filled.
pub fn may_reach(input: &RuleInput, sum: &Sum, wanted: Decimal) -> bool {
    let Amount::Known(now) = sum_amount(input, sum) else { return false };
    if input.draft.totals == Totals::Typed || now > wanted {
        return false;
    }
    sum.fields.iter().any(|id| has_blank(input, id))
}

fn has_blank(input: &RuleInput, id: &FieldId) -> bool {
    let RuleInput { form, draft, .. } = input;
    match form.field(id.as_str()).and_then(|field| field.sum) {
        Some(at) => form.relations()[at].right.iter().any(|part| has_blank(input, part)),
        None => form.field(id.as_str()).is_some() && draft.get(id.as_str()).is_blank(),
    }
}
