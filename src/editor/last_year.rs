//! What is shown beside the draft: last year's numbers, and the report as it will be printed.

use std::sync::Arc;

use super::open_document::OpenDocument;
use super::{Editor, Effect};
use crate::check::LastYear;
use crate::draft::{Amount, Draft};
use crate::export::preview;
use crate::form::{FieldId, Form};

/// The columns that a count takes at the least where last year's stands beside it.
pub const MIN_COUNT_WIDTH: usize = 8;
/// The width from which last year's numbers stand in the table: seven columns of two numbers
/// beside the short labels.
const MIN_WIDTH_BESIDE: usize = 144;

/// Last year's report was read, or could not be.
pub fn on_last_year_read(editor: &mut Editor, last: Result<Box<(Arc<Form>, Draft)>, String>) -> Vec<Effect> {
    match last {
        Ok(last) => {
            let (form, draft) = *last;
            if let Some(document) = editor.document_mut() {
                document.set_last_year(form, draft);
            }
        }
        Err(message) if editor.notification.is_empty() => editor.notification = message,
        Err(message) => editor.notification = format!("{}；{message}", editor.notification),
    }
    Vec::new()
}

impl OpenDocument {
    /// Puts last year's report beside the draft.
    pub fn set_last_year(&mut self, form: Arc<Form>, draft: Draft) {
        self.last_year = Some(LastYear::new(form, draft));
        self.recheck();
    }

    /// The report as it will be printed, in this width, with two columns left for the marks.
    pub fn preview_lines(&self, width: usize) -> Vec<preview::PreviewLine> {
        let rules =
            if self.width_mode.box_lines { preview::BorderStyle::Lines } else { preview::BorderStyle::Ascii };
        preview::preview_lines(&self.form, &self.draft, width.saturating_sub(2), rules)
    }

    /// Whether a table of this width has room for last year's numbers beside this year's.
    pub fn shows_last_year(&self, width: usize) -> bool {
        self.last_year.is_some() && width >= MIN_WIDTH_BESIDE
    }

    /// By how much a cell has changed since last year; none where either is no number.
    pub fn change_since_last_year(&self, id: &FieldId) -> Option<String> {
        let last = self.last_year.as_ref()?;
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
    pub fn last_year_text(&self, id: &FieldId) -> Option<String> {
        let last = self.last_year.as_ref()?;
        let shown = last.ledger.display_text(&last.form, &last.draft, id.as_str());
        (!shown.is_empty()).then_some(shown)
    }
}
