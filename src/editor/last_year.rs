//! What is shown beside the draft: last year's numbers, and the report as it will be printed.

use std::sync::Arc;

use ratatui::layout::Rect;

use super::action::{Action, notify};
use super::command::Command;
use super::document::Document;
use super::view::View;
use super::{Editor, change};
use crate::check::LastYear;
use crate::draft::Draft;
use crate::edit::{Change, Edit};
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
            if let Some((document, view)) = editor.open_report_mut() {
                document.last_year = Some(LastYear::new(form, draft));
                change::recheck(document, view);
            }
        }
        Err(message) if editor.notification.is_empty() => return notify(message),
        Err(message) => return notify(format!("{}；{message}", editor.notification)),
    }
    Vec::new()
}

/// Last year's report was chosen: the draft keeps where it is.
pub fn on_last_year_chosen(editor: &mut Editor, name: String, last: Box<(Arc<Form>, Draft)>) -> Vec<Action> {
    let Some(document) = editor.document() else { return Vec::new() };
    let message = format!("上年的报告：{name}。{}", editor.press_hint(Command::ToggleChanges, "可显示增减"));
    let change = Change::LastYear(document.draft.last_year.clone(), Some(name));
    let mut actions = vec![Action::Edit(Edit { changes: vec![change] }), Action::Notify(message)];
    actions.extend(on_last_year_read(editor, Ok(last)));
    actions
}

impl View {
    /// The report as it will be printed, on a page in a window of this width.
    pub fn preview_lines(&self, document: &Document, width: usize) -> Vec<preview::PreviewLine> {
        let rules =
            if self.width_mode.box_lines { preview::BorderStyle::Lines } else { preview::BorderStyle::Ascii };
        let columns = page_area(u16::try_from(width).unwrap_or(u16::MAX)).width.saturating_sub(3);
        preview::preview_lines(&document.form, &document.draft, usize::from(columns), rules)
    }
}

/// The widest that the page of the preview becomes.
const MAX_PAGE_WIDTH: u16 = 100;

/// Where the page of the preview stands in a window of this width; its rows are not told. A column before it
/// is for the marks, one after it for the scrollbar.
pub fn page_area(width: u16) -> Rect {
    let page = width.saturating_sub(2).min(MAX_PAGE_WIDTH);
    Rect { x: (width.saturating_sub(page) / 2).max(1), y: 0, width: page, height: 1 }
}

/// Whether a table of this width has room for last year's numbers beside this year's.
pub fn last_year_fits(document: &Document, width: usize) -> bool {
    document.last_year.is_some() && width >= MIN_WIDTH_BESIDE
}
