//! The numbers of a draft with its computed totals: what the cells show and the checks add up.

use rust_decimal::Decimal;

use super::{Draft, Totals, Value};
use crate::form::{FieldId, Form};

/// A number as a sum sees it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Amount {
    /// Nothing was entered; the total of blanks is blank.
    Blank,
    /// A number; “not applicable” is 0.
    Known(Decimal),
    /// It cannot be read, or it is a total over something that cannot.
    Unknown,
}

impl Amount {
    /// What a value adds to a sum.
    pub fn of(value: &Value) -> Amount {
        match value.number() {
            Some(number) => Amount::Known(number),
            None if value.is_blank() => Amount::Blank,
            None => Amount::Unknown,
        }
    }

    /// The sum of two, where blank adds nothing and unknown stays unknown.
    pub fn plus(self, other: Amount) -> Amount {
        match (self, other) {
            (Amount::Blank, x) | (x, Amount::Blank) => x,
            (Amount::Known(a), Amount::Known(b)) => a.checked_add(b).map_or(Amount::Unknown, Amount::Known),
            _ => Amount::Unknown,
        }
    }

    /// The number in the cell's words: digits, nothing for blank, `?` for unknown.
    pub fn display_text(self) -> String {
        match self {
            Amount::Blank => String::new(),
            Amount::Known(number) => number.to_string(),
            Amount::Unknown => "?".into(),
        }
    }
}

/// The amounts of every field of a draft, totals computed where the draft computes them.
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

    /// The amount of a field; blank for one the form does not have.
    pub fn amount(&self, form: &Form, id: &str) -> Amount {
        form.position(id).and_then(|at| self.amounts.get(at)).copied().unwrap_or(Amount::Blank)
    }

    /// The sum of several fields.
    pub fn sum<'a>(&self, form: &Form, ids: impl IntoIterator<Item = &'a FieldId>) -> Amount {
        ids.into_iter().map(|id| self.amount(form, id.as_str())).fold(Amount::Blank, Amount::plus)
    }

    /// The sum of the fields at these places of the form's order.
    pub fn sum_at(&self, positions: &[usize]) -> Amount {
        positions.iter().filter_map(|&at| self.amounts.get(at)).copied().fold(Amount::Blank, Amount::plus)
    }

    /// Whether this field is computed here, not typed.
    pub fn is_computed(&self, form: &Form, id: &str) -> bool {
        self.auto && form.is_total(id)
    }

    /// What the cell shows: what was typed, or the computed total.
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
        // The form was refused if a total could reach itself, so this ends.
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
