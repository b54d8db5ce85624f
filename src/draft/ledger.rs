//! The amounts of a draft with its computed totals: what the cells show and the rules add up.

use super::amount::Amount;
use super::{Draft, Totals};
use crate::form::{FieldId, Form};

/// The amounts of all fields of a draft, with its computed totals.
#[derive(Clone, Debug, Default)]
pub struct Ledger {
    amounts: Vec<Amount>,
    auto: bool,
}

impl Ledger {
    /// Reads every field once and computes the totals of an `auto` draft.
    pub fn new(form: &Form, draft: &Draft) -> Self {
        let auto = draft.totals == Totals::Auto;
        let mut known: Vec<Option<Amount>> = vec![None; form.fields().len()];
        for at in 0..known.len() {
            compute(form, draft, auto, at, &mut known);
        }
        Ledger { amounts: known.into_iter().map(|amount| amount.unwrap_or(Amount::Blank)).collect(), auto }
    }

    /// Returns the amount of a field; blank if the form has no such field.
    pub fn amount(&self, form: &Form, id: &str) -> Amount {
        form.position(id).and_then(|at| self.amounts.get(at)).copied().unwrap_or(Amount::Blank)
    }

    /// Returns the sum of several fields.
    pub fn sum<'a>(&self, form: &Form, ids: impl IntoIterator<Item = &'a FieldId>) -> Amount {
        ids.into_iter().map(|id| self.amount(form, id.as_str())).fold(Amount::Blank, Amount::plus)
    }

    /// Returns the sum of the fields at these positions of the form's order.
    pub fn sum_at(&self, positions: &[usize]) -> Amount {
        positions.iter().filter_map(|&at| self.amounts.get(at)).copied().fold(Amount::Blank, Amount::plus)
    }

    /// Returns `true` if this field is a computed total.
    pub fn is_computed(&self, form: &Form, id: &str) -> bool {
        self.auto && form.is_total(id)
    }

    /// Returns the text of the cell: what was typed, or the computed total.
    pub fn display_text(&self, form: &Form, draft: &Draft, id: &str) -> String {
        if self.is_computed(form, id) {
            self.amount(form, id).display_text()
        } else {
            draft.get(id).typed().into_owned()
        }
    }
}

fn compute(form: &Form, draft: &Draft, auto: bool, at: usize, known: &mut Vec<Option<Amount>>) -> Amount {
    if let Some(amount) = known[at] {
        return amount;
    }
    let field = &form.fields()[at];
    let amount = match field.sum {
        // This ends: forms in which a total includes itself are refused.
        Some(sum) if auto => form.relations()[sum]
            .right_positions()
            .iter()
            .map(|&part| compute(form, draft, auto, part, known))
            .fold(Amount::Blank, Amount::plus),
        _ => Amount::of(draft.get(field.id.as_str())),
    };
    known[at] = Some(amount);
    amount
}
