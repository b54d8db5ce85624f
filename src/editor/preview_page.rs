//! The page of the preview: the report as it will be printed.

use ratatui::layout::Rect;

use super::document::Document;
use super::view::View;
use crate::export::preview;

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
