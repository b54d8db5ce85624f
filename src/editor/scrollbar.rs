//! Scrollbars: which of their rows stand for what is seen, where each one stands, and what a click on it
//! shows. `draw` paints them and the mouse drags them.

use std::ops::Range;

use ratatui::layout::Rect;

use super::document::Document;
use super::drag::ScrollPane;
use super::findings_list::FindingsList;
use super::layer::Layer;
use super::layer_layout::ListArea;
use super::view::{Tab, View};
use super::{Editor, Page, cursor, folder, layer_lines, layout};

/// A scrolling part of the screen, with its scrollbar in the column at its right edge.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ScrollArea {
    /// Which part.
    pub pane: ScrollPane,
    /// Where its lines stand, the column of the scrollbar included.
    pub area: Rect,
    /// The first line shown.
    pub top: usize,
    /// How many lines there are.
    pub total: usize,
}

impl ScrollArea {
    /// The last line that can be the first one shown.
    pub fn last_top(&self) -> usize {
        self.total.saturating_sub(usize::from(self.area.height))
    }

    /// Returns `true` if there is a scrollbar, and it stands at this place of the screen.
    pub fn has_bar_at(&self, column: u16, row: u16) -> bool {
        self.last_top() > 0 && column + 1 == self.area.right() && self.area.contains((column, row).into())
    }

    /// The first line shown after a click on this row of the screen.
    pub fn top_at(&self, row: u16) -> usize {
        let row = usize::from(row.saturating_sub(self.area.y));
        top_at(row, self.total, usize::from(self.area.height))
    }
}

/// The rows of a scrollbar that stand for what is seen, of a list of `total` lines of which `height` are shown
/// from `top` on; `None` where all are.
pub fn thumb(top: usize, total: usize, height: usize) -> Option<Range<usize>> {
    if total <= height || height == 0 {
        return None;
    }
    let (length, last) = (thumb_length(total, height), total - height);
    let start = (top.min(last) * (height - length)).div_ceil(last);
    Some(start..start + length)
}

fn thumb_length(total: usize, height: usize) -> usize {
    (height * height / total).max(1)
}

/// The first line shown so that a row of the scrollbar is in the middle of what stands for it.
fn top_at(row: usize, total: usize, height: usize) -> usize {
    let last = total.saturating_sub(height);
    let free = height.saturating_sub(thumb_length(total.max(1), height));
    let start = row.saturating_sub((height - free) / 2).min(free);
    (start * last).checked_div(free).unwrap_or(0)
}

/// What scrolls on the screen: the top window alone, where there is one.
pub fn scroll_areas(editor: &Editor) -> Vec<ScrollArea> {
    if let Some(layer) = editor.layers.last() {
        return window_area(editor, layer).into_iter().collect();
    }
    match &editor.page {
        Page::Home(_) => Vec::new(),
        Page::Folder => editor
            .folder
            .as_deref()
            .map(|folder| {
                let area = folder::folder_areas(editor.width, editor.height).rows;
                ScrollArea { pane: ScrollPane::Units, area, top: folder.top, total: folder.rows.len() }
            })
            .into_iter()
            .collect(),
        Page::Document(document, view) => document_areas(editor, document, view),
    }
}

fn window_area(editor: &Editor, layer: &Layer) -> Option<ScrollArea> {
    let ListArea { area, top, count } = layer_lines::scrolled_lines(editor, layer)?;
    Some(ScrollArea { pane: ScrollPane::Window, area: with_scrollbar(area), top, total: count })
}

/// The lines of a window together with the scrollbar, which stands in the edge behind a blank.
pub fn with_scrollbar(lines: Rect) -> Rect {
    Rect { width: lines.width + 2, ..lines }
}

/// What scrolls of an open report.
pub fn document_areas(editor: &Editor, document: &Document, view: &View) -> Vec<ScrollArea> {
    let areas = layout::screen_areas(editor.width, editor.height);
    match view.tabs[view.tab] {
        Tab::Preview => {
            // The page begins and ends with its edge.
            let total = view.preview_lines(document, usize::from(areas.page.width)).len() + 2;
            vec![ScrollArea { pane: ScrollPane::Preview, area: areas.page, top: view.preview_top, total }]
        }
        Tab::Findings => {
            let list = FindingsList::new(document, view, areas.page.width);
            let (top, total) = (list.top(view, usize::from(areas.page.height)), list.lines.len());
            vec![ScrollArea { pane: ScrollPane::Findings, area: areas.page, top, total }]
        }
        Tab::Section { .. } => {
            let (cells, text) = cursor::section_areas(document, view, areas.body);
            let table = view.table_layout(document, usize::from(cells.width)).map(|table| ScrollArea {
                pane: ScrollPane::Cells,
                area: cells,
                top: view.cursor().top,
                total: table.lines.len(),
            });
            let narrative = view.narrative_editor(document).map(|narrative| ScrollArea {
                pane: ScrollPane::Text,
                area: text,
                top: narrative.top,
                total: narrative.rows(usize::from(text.width)).last().map_or(0, |row| row.line + 1),
            });
            table.into_iter().chain(narrative).collect()
        }
    }
}

/// Shows a part of the screen from another line on. The cursor stays where it is until the next key.
pub fn scroll_to(editor: &mut Editor, pane: ScrollPane, top: usize) {
    if pane == ScrollPane::Window {
        return layer_lines::scroll_lines(editor, top);
    }
    if let (ScrollPane::Units, Some(folder)) = (pane, editor.folder.as_deref_mut()) {
        folder.top = top;
    }
    editor.follows_cursor = false;
    let Some((document, view)) = editor.open_view_mut() else { return };
    match pane {
        ScrollPane::Cells => view.cursor_mut().top = top,
        ScrollPane::Text => {
            if let Some(narrative) = view.narrative_editor_mut(document) {
                narrative.top = top;
            }
        }
        ScrollPane::Findings => (view.findings_top, view.shows_chosen) = (top, false),
        ScrollPane::Preview => view.preview_top = top,
        ScrollPane::Units | ScrollPane::Window => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_click_on_either_end_of_a_scrollbar_shows_that_end() {
        assert_eq!((top_at(0, 100, 10), top_at(9, 100, 10)), (0, 90));
        assert_eq!((top_at(0, 11, 10), top_at(9, 11, 10)), (0, 1));
        assert_eq!(thumb(0, 10, 10), None);
    }

    proptest! {
        #[test]
        fn what_a_click_shows_is_marked_under_the_mouse(total in 1usize..300, height in 1usize..60, row in 0usize..60) {
            prop_assume!(total > height && row < height);
            let top = top_at(row, total, height);
            let marked = thumb(top, total, height).unwrap();
            prop_assert!(top <= total - height && marked.end <= height);
            // Where all rows stand for fewer steps than there are lines, the nearest one is shown.
            prop_assert!(marked.start <= row + 1 && row < marked.end + 1, "{:?} {}", marked, row);
        }
    }
}
