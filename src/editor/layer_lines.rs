//! The lines of the top layer: which scroll, which can be chosen, and where each stands. Pure functions that
//! `draw`, keys and mouse call.

use ratatui::layout::Rect;

use super::layer::Layer;
use super::layer_layout::{
    ListArea, answer_areas, fitting_area, help_list, picker_list, review_areas, side_list, tall_area,
    version_list,
};
use super::layout::wrap_lines;
use super::list_cursor::scrolled;
use super::{Editor, file_list, help, import_review, likeness, picker, replace, versions};
use crate::text::width::display_width;

/// The place of what stands at a place of the top layer, among what can be chosen there.
pub fn choice_at(editor: &Editor, column: u16, row: u16) -> Option<usize> {
    let is_there = |area: &Rect| area.contains((column, row).into());
    match editor.layers.last()? {
        Layer::Picker { picker, line, at } => {
            let count = picker::picker_items(editor, *picker, line.text()).len();
            picker_list(editor, *picker, *at, count).line_at(column, row)
        }
        Layer::Versions { versions, .. } => version_list(editor, versions.len()).line_at(column, row),
        Layer::Confirm { message, answers, .. } => {
            answer_areas(editor, message, answers).2.iter().position(is_there)
        }
        Layer::Review { lines, answers, top, .. } => {
            review_areas(editor, lines, answers, *top).3.iter().position(is_there)
        }
        Layer::Replace { from, to, .. } => {
            let bar = replace::replace_bar(editor, from, to)?;
            bar.buttons.iter().position(|(_, area)| is_there(area))
        }
        Layer::Files(list) => file_list::row_at(editor, list, column, row),
        Layer::ImportReview(review) => import_review::choice_at(editor, review, column, row),
        Layer::Message { .. } | Layer::Keys { .. } | Layer::SideBySide { .. } => None,
        Layer::Prompt { .. } | Layer::Conflicts { .. } => None,
    }
}

/// The lines of a layer that scroll; `None` if it has none.
pub fn scrolled_lines(editor: &Editor, layer: &Layer) -> Option<ListArea> {
    match layer {
        Layer::Message { title, lines, top } => {
            let rows = wrap_lines(lines, editor.width, editor.width_mode);
            let area = fitting_area(editor, &rows, display_width(title), 0);
            let last = rows.len().saturating_sub(usize::from(area.height));
            Some(ListArea { area, top: (*top).min(last), count: rows.len() })
        }
        Layer::Keys { place, line, top } => {
            Some(help_list(editor, help::help_lines(editor, *place, line.text()).len(), *top))
        }
        Layer::Picker { picker, line, at } => {
            let count = picker::picker_items(editor, *picker, line.text()).len();
            Some(picker_list(editor, *picker, *at, count))
        }
        Layer::Versions { versions, at, top } => {
            let (document, view) = editor.open_report()?;
            let rows = versions::difference_rows(document, view, versions.get(*at), editor.width).len();
            Some(difference_list(editor, versions.len(), *top, rows))
        }
        Layer::Conflicts { conflicts, at, .. } => Some(conflict_list(editor, *at, conflicts.len())),
        Layer::Review { lines, answers, top, .. } => Some(review_areas(editor, lines, answers, *top).2),
        Layer::Files(list) => {
            Some(file_list::file_list_areas(editor, list, file_list::file_rows(list).len()).list)
        }
        Layer::ImportReview(review) => {
            Some(import_review::review_areas(editor, editor.document()?, review).list)
        }
        Layer::SideBySide { texts, top } => {
            let count = likeness::side_rows(editor, texts).len();
            Some(side_list(editor, texts, count, *top))
        }
        Layer::Prompt { .. } | Layer::Confirm { .. } | Layer::Replace { .. } => None,
    }
}

/// Shows the lines of the top layer from another one on. Where a line is always chosen, it goes along.
pub fn scroll_lines(editor: &mut Editor, first: usize) {
    let Some(list) = editor.layers.last().and_then(|layer| scrolled_lines(editor, layer)) else { return };
    let last = if first == 0 { 0 } else { first + usize::from(list.area.height) - 1 };
    match editor.layers.last_mut() {
        Some(
            Layer::Message { top, .. }
            | Layer::Keys { top, .. }
            | Layer::SideBySide { top, .. }
            | Layer::Versions { top, .. }
            | Layer::Review { top, .. },
        ) => *top = first,
        Some(Layer::Files(files)) => {
            files.at = files.at.map(|_| last.min(list.count.saturating_sub(1)));
        }
        Some(Layer::ImportReview(review)) => import_review::show_line(review, last),
        Some(Layer::Picker { at, .. }) => *at = last.min(list.count.saturating_sub(1)),
        Some(Layer::Conflicts { conflicts, at, .. }) => {
            *at = (last / CONFLICT_ROWS).min(conflicts.len().saturating_sub(1));
        }
        Some(Layer::Prompt { .. } | Layer::Confirm { .. } | Layer::Replace { .. }) | None => {}
    }
}

/// The rows of a conflict: where it is, ours, theirs.
pub const CONFLICT_ROWS: usize = 3;

/// The rows of the conflicts, with the one chosen among them.
pub fn conflict_list(editor: &Editor, at: usize, count: usize) -> ListArea {
    let area = tall_area(editor);
    let first = scrolled(0, at, usize::from(area.height) / CONFLICT_ROWS);
    ListArea { area, top: first * CONFLICT_ROWS, count: count * CONFLICT_ROWS }
}

/// The differences of the version chosen, under the list of so many versions.
pub fn difference_list(editor: &Editor, versions: usize, top: usize, rows: usize) -> ListArea {
    let inside = tall_area(editor);
    let height = u16::try_from(versions::difference_height(editor, versions)).unwrap_or(u16::MAX);
    let area = Rect { y: inside.bottom().saturating_sub(height), height, ..inside };
    ListArea { area, top, count: rows }
}
