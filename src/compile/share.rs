//! The units' shares in one cell of a compiled report.

use rust_decimal::Decimal;

use super::Contribution;
use crate::draft::{Amount, Value};
use crate::form::{FieldId, Form};

/// One unit's share in a cell.
#[derive(Clone, Debug, PartialEq)]
pub struct Share {
    /// The unit's index in the list of units passed in.
    pub unit: usize,
    /// The text of the cell in its draft; for a total the sum of its parts, `?` if one cannot be read.
    pub typed: String,
    /// The number; `None` if it is blank or unreadable.
    pub amount: Option<Decimal>,
    /// Its share of the whole in percent, to one decimal; `None` if the whole is 0 or unknown.
    pub percent: Option<Decimal>,
}

/// Returns each unit's share in a cell, the largest first, equal ones in the order of the units. Units whose
/// cell is blank come last.
pub fn shares<'a>(
    form: &Form,
    field: &FieldId,
    units: impl IntoIterator<Item = &'a Contribution>,
) -> Vec<Share> {
    let mut shares: Vec<Share> = units
        .into_iter()
        .enumerate()
        .map(|(unit, given)| {
            let amount = match given.amount(form, field) {
                Amount::Known(amount) => Some(amount),
                Amount::Blank | Amount::Unknown => None,
            };
            Share { unit, typed: given.display_text(form, field), amount, percent: None }
        })
        .collect();
    let whole = shares.iter().filter_map(|share| share.amount).try_fold(Decimal::ZERO, Decimal::checked_add);
    for share in &mut shares {
        share.percent = whole.zip(share.amount).and_then(|(whole, amount)| {
            let percent = amount.checked_mul(Decimal::ONE_HUNDRED)?.checked_div(whole)?;
            Some(percent.round_dp(1))
        });
    }
    // Blank is not zero: it sorts after zero, and unreadable values sort before the blanks.
    shares.sort_by_key(|share| {
        (share.amount.is_none(), std::cmp::Reverse(share.amount), share.typed.is_empty())
    });
    shares
}

/// Returns the entered cells that add up to a cell; the cell itself if it is an entered one.
pub fn entered_parts<'a>(form: &'a Form, field: &'a FieldId) -> Vec<&'a FieldId> {
    let parts = |sum: &'a [FieldId]| sum.iter().flat_map(|part| entered_parts(form, part)).collect();
    total_parts(form, field).map_or_else(|| vec![field], parts)
}

/// Returns the parts of a total; empty for an entered cell. No total includes itself: such forms are
/// refused.
fn total_parts<'a>(form: &'a Form, field: &FieldId) -> Option<&'a [FieldId]> {
    let relation = form.relations().get(form.field(field.as_str())?.sum?)?;
    Some(&relation.right)
}

impl Contribution {
    /// Returns the value that the unit entered in a cell.
    pub fn value(&self, form: &Form, field: &str) -> &Value {
        let cell = form.position(field).and_then(|at| {
            let found = self.cells.binary_search_by_key(&at, |(position, _)| *position).ok()?;
            self.cells.get(found)
        });
        cell.map_or(&Value::Blank, |(_, value)| value)
    }

    /// Returns the number that a unit contributes to a cell; for a total, the sum of its parts.
    pub fn amount(&self, form: &Form, field: &FieldId) -> Amount {
        if form.position(field.as_str()).is_some_and(|at| self.orphan_totals.contains(&at)) {
            return Amount::Unknown;
        }
        if let Some(sum) = total_parts(form, field) {
            return sum.iter().map(|part| self.amount(form, part)).fold(Amount::Blank, Amount::plus);
        }
        Amount::of(self.value(form, field.as_str()))
    }

    fn display_text(&self, form: &Form, field: &FieldId) -> String {
        if form.is_total(field.as_str()) {
            self.amount(form, field).display_text()
        } else {
            self.value(form, field.as_str()).typed().into_owned()
        }
    }
}
