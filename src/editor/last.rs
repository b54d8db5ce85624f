//! What is shown beside the draft: last year's numbers, and the report as it will be printed.

use std::sync::Arc;

use super::desk::Desk;
use super::{Editor, Effect};
use crate::check::Past;
use crate::draft::{Amount, Draft};
use crate::export::preview;
use crate::form::{FieldId, Form};

/// The columns that a count takes at the least where last year's stands beside it.
pub const COUNT_COLUMNS: usize = 8;
/// The width from which last year's numbers stand in the table: seven columns of two numbers
/// beside the short labels.
const WIDE_ENOUGH: usize = 144;

/// Last year's report was read, or could not be.
pub fn arrived(editor: &mut Editor, last: Result<Box<(Arc<Form>, Draft)>, String>) -> Vec<Effect> {
    match last {
        Ok(last) => {
            let (form, draft) = *last;
            if let Some(desk) = editor.desk_mut() {
                desk.put_beside(form, draft);
            }
        }
        Err(words) if editor.notice.is_empty() => editor.notice = words,
        Err(words) => editor.notice = format!("{}；{words}", editor.notice),
    }
    Vec::new()
}

impl Desk {
    /// Puts last year's report beside the draft.
    pub fn put_beside(&mut self, form: Arc<Form>, draft: Draft) {
        self.last = Some(Past::new(form, draft));
        self.recheck();
    }

    /// The report as it will be printed, in this width, with two columns left for the marks.
    pub fn preview(&self, width: usize) -> Vec<preview::Line> {
        let rules = if self.ruler.lines { preview::Rules::Lines } else { preview::Rules::Ascii };
        preview::preview(&self.form, &self.draft, width.saturating_sub(2), rules)
    }

    /// Whether a table of this width has room for last year's numbers beside this year's.
    pub fn shows_last_year(&self, width: usize) -> bool {
        self.last.is_some() && width >= WIDE_ENOUGH
    }

    /// By how much a cell has changed since last year; none where either is no number.
    pub fn change(&self, id: &FieldId) -> Option<String> {
        let last = self.last.as_ref()?;
        match (self.ledger.amount(&self.form, id.as_str()), last.ledger.amount(&last.form, id.as_str())) {
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
        let last = self.last.as_ref()?;
        let shown = last.ledger.shown(&last.form, &last.draft, id.as_str());
        (!shown.is_empty()).then_some(shown)
    }
}
