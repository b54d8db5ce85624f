//! What is shown beside the draft: last year's numbers, and the report as it will be printed.

use std::sync::Arc;

use super::action::{Action, notify};
use super::document::Document;
use super::view::View;
use super::{Editor, change};
use crate::check::LastYear;
use crate::draft::Draft;
use crate::export::preview;
use crate::form::Form;

/// The columns that a count takes at the least where last year's stands beside it.
pub const MIN_COUNT_WIDTH: usize = 8;
/// The width from which last year's numbers stand in the table: seven columns of two numbers
/// beside the short labels.
const MIN_WIDTH_BESIDE: usize = 144;

/// Last year's report was read, or could not be.
pub fn on_last_year_read(editor: &mut Editor, last: Result<Box<(Arc<Form>, Draft)>, String>) -> Vec<Action> {
    match last {
        Ok(last) => {
            let (form, draft) = *last;
            if let Some((document, view)) = editor.open_mut() {
                document.last_year = Some(LastYear::new(form, draft));
                change::recheck(document, view);
            }
        }
        Err(message) if editor.notification.is_empty() => return notify(message),
        Err(message) => return notify(format!("{}；{message}", editor.notification)),
    }
    Vec::new()
}

impl View {
    /// The report as it will be printed, in this width, with two columns left for the marks.
    pub fn preview_lines(&self, document: &Document, width: usize) -> Vec<preview::PreviewLine> {
        let rules =
            if self.width_mode.box_lines { preview::BorderStyle::Lines } else { preview::BorderStyle::Ascii };
        preview::preview_lines(&document.form, &document.draft, width.saturating_sub(2), rules)
    }
}

/// Whether a table of this width has room for last year's numbers beside this year's.
pub fn last_year_fits(document: &Document, width: usize) -> bool {
    document.last_year.is_some() && width >= MIN_WIDTH_BESIDE
}
