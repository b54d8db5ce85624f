//! What is shown beside the draft: last year's numbers, and the report as it will be printed.

use super::desk::Desk;
use crate::draft::Amount;
use crate::export::preview;
use crate::form::FieldId;

/// The columns that a count takes at the least where last year's stands beside it.
pub const COUNT_COLUMNS: usize = 8;
/// The width from which last year's numbers stand in the table: seven columns of two numbers
/// beside the short labels.
const WIDE_ENOUGH: usize = 144;

impl Desk {
    /// The report as it will be printed, in this width, with two columns left for the marks.
    pub fn preview(&self, width: usize) -> Vec<preview::Line> {
        preview::preview(&self.form, &self.draft, width.saturating_sub(2), preview::Rules::Ascii)
    }

    /// Whether a table of this width has room for last year's numbers beside this year's.
    pub fn shows_last_year(&self, width: usize) -> bool {
        self.last.is_some() && width >= WIDE_ENOUGH
    }

    /// By how much a cell has changed since last year; none where either is no number.
    pub fn change(&self, id: &FieldId) -> Option<String> {
        let (form, _) = self.last.as_ref()?;
        let last = self.last_ledger.as_ref()?;
        match (self.ledger.amount(&self.form, id.as_str()), last.amount(form, id.as_str())) {
            (Amount::Known(now), Amount::Known(before)) => {
                let change = now - before;
                let grown = change.is_sign_positive() && !change.is_zero();
                Some(if grown { format!("+{change}") } else { change.to_string() })
            }
            _ => None,
        }
    }

    /// What stood in the cell last year; none where nothing did, or the form was another.
    pub fn last_year(&self, id: &FieldId) -> Option<String> {
        let (form, draft) = self.last.as_ref()?;
        let shown = self.last_ledger.as_ref()?.shown(form, draft, id.as_str());
        (!shown.is_empty()).then_some(shown)
    }
}
