//! Who contributed what to one cell of a compiled report.

use rust_decimal::Decimal;

use super::Contribution;
use crate::draft::{Amount, Draft, Ledger, Value};
use crate::form::{FieldId, Form};

/// What one unit gave to a cell.
#[derive(Clone, Debug, PartialEq)]
pub struct Share {
    /// The unit's place in the list of units that was given.
    pub unit: usize,
    /// What stands in its draft; a computed total's sum, `?` where it cannot be read.
    pub typed: String,
    /// The number, where it is one.
    pub amount: Option<Decimal>,
    /// Its part of the whole in per cent, to one decimal; none where the whole is 0 or unknown.
    pub percent: Option<Decimal>,
}

/// What each unit gave to a cell, the largest first, units with the same number in their order.
/// Units whose cell is blank stand at the end.
pub fn shares<'a>(form: &Form, field: &FieldId, units: impl IntoIterator<Item = &'a Draft>) -> Vec<Share> {
    let mut shares: Vec<Share> = units
        .into_iter()
        .enumerate()
        .map(|(unit, draft)| {
            let ledger = Ledger::new(form, draft);
            let amount = match ledger.amount(form, field.as_str()) {
                Amount::Known(amount) => Some(amount),
                Amount::Blank | Amount::Unknown => None,
            };
            Share { unit, typed: ledger.shown(form, draft, field.as_str()), amount, percent: None }
        })
        .collect();
    let whole = shares.iter().filter_map(|share| share.amount).try_fold(Decimal::ZERO, Decimal::checked_add);
    for share in &mut shares {
        share.percent = whole.zip(share.amount).and_then(|(whole, amount)| {
            let percent = amount.checked_mul(Decimal::ONE_HUNDRED)?.checked_div(whole)?;
            Some(percent.round_dp(1))
        });
    }
    // A blank is not zero: it stands after the zeros, and what cannot be read before the blanks.
    shares.sort_by_key(|share| {
        (share.amount.is_none(), std::cmp::Reverse(share.amount), share.typed.is_empty())
    });
    shares
}

impl Contribution {
    /// What the unit entered in a cell; blank where nothing stands.
    pub fn value(&self, form: &Form, field: &str) -> &Value {
        let at = form.position(field);
        let cell = self.cells.iter().find(|(place, _)| Some(*place) == at);
        cell.map_or(&Value::Blank, |(_, value)| value)
    }
}
