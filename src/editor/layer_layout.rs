//! Where the lines and answers of the windows stand: pure functions that `draw`, keys and mouse call.

use ratatui::layout::Rect;

use super::layer::{ConfirmAction, Layer};
use super::layout::{MAX_LAYER_WIDTH, layer_area, wrap_lines};
use super::list_cursor::scrolled;
use super::{Editor, help, picker, replace, versions};
use crate::text::width::display_width;

/// Lines of a window that can be chosen or scrolled.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ListArea {
    /// Where they stand.
    pub area: Rect,
    /// The first one shown.
    pub top: usize,
    /// How many there are.
    pub count: usize,
}

impl ListArea {
    /// The line at a place of the screen.
    pub fn line_at(&self, column: u16, row: u16) -> Option<usize> {
        let is_inside = self.area.contains((column, row).into());
        let at = self.top + usize::from(row.saturating_sub(self.area.y));
        Some(at).filter(|at| is_inside && *at < self.count)
    }
}

/// The inner area of a window that is as high as the screen allows.
pub fn tall_area(editor: &Editor) -> Rect {
    layer_area(editor.width, editor.height, MAX_LAYER_WIDTH, u16::MAX)
}

/// The items of a picker, under the line that narrows them.
pub fn picker_list(editor: &Editor, at: usize, count: usize) -> ListArea {
    let inside = tall_area(editor);
    let area = Rect { y: inside.y + 1, height: inside.height.saturating_sub(1), ..inside };
    ListArea { area, top: scrolled(0, at, usize::from(area.height)), count }
}

/// The lines of the help, in one column or two, under the line that narrows them.
pub fn help_list(editor: &Editor, count: usize, top: usize) -> ListArea {
    let inside = layer_area(editor.width, editor.height, help::help_width(editor.width), u16::MAX);
    let area = Rect { y: inside.y + 1, height: inside.height.saturating_sub(1), ..inside };
    ListArea { area, top: top.min(count.saturating_sub(usize::from(area.height))), count }
}

/// The saved versions, under the headings of their columns.
pub fn version_list(editor: &Editor, count: usize) -> ListArea {
    let inside = tall_area(editor);
    let height = u16::try_from(count).unwrap_or(u16::MAX).min(inside.height.saturating_sub(1));
    ListArea { area: Rect { y: inside.y + 1, height, ..inside }, top: 0, count }
}

/// The inner area of a window around these rows and so many more below, at least so many columns wide.
pub fn fitting_area(editor: &Editor, rows: &[String], columns: usize, below: usize) -> Rect {
    let widest = rows.iter().map(|row| display_width(row)).max().unwrap_or(0);
    let columns = widest.max(columns).max(MIN_LAYER_WIDTH).min(usize::from(MAX_LAYER_WIDTH));
    let height = u16::try_from(rows.len().saturating_add(below)).unwrap_or(u16::MAX);
    layer_area(editor.width, editor.height, u16::try_from(columns).unwrap_or(MAX_LAYER_WIDTH), height)
}

/// The narrowest that a window becomes which fits what it says.
const MIN_LAYER_WIDTH: usize = 40;

/// The inner area of a question, its rows, and where each answer stands.
pub fn answer_areas(
    editor: &Editor,
    message: &str,
    answers: &[(&'static str, ConfirmAction)],
) -> (Rect, Vec<String>, Vec<Rect>) {
    let rows = wrap_lines(&[message.to_string()], editor.width, editor.width_mode);
    let buttons = answers.iter().map(|(answer, _)| display_width(answer) + 4).sum();
    let inside = fitting_area(editor, &rows, buttons, 2);
    (inside, rows, button_areas(inside, answers))
}

/// The inner area of a review, its rows, the lines that they scroll in, and where each answer stands.
pub fn review_areas(
    editor: &Editor,
    lines: &[String],
    answers: &[(&'static str, ConfirmAction)],
    top: usize,
) -> (Rect, Vec<String>, ListArea, Vec<Rect>) {
    let rows = wrap_lines(lines, editor.width, editor.width_mode);
    let buttons = answers.iter().map(|(answer, _)| display_width(answer) + 4).sum();
    let inside = fitting_area(editor, &rows, buttons, 2);
    let area = Rect { height: inside.height.saturating_sub(2), ..inside };
    let list =
        ListArea { area, top: top.min(rows.len().saturating_sub(area.height.into())), count: rows.len() };
    (inside, rows, list, button_areas(inside, answers))
}

/// Where the answers stand: in the last row of a window.
fn button_areas(inside: Rect, answers: &[(&'static str, ConfirmAction)]) -> Vec<Rect> {
    let mut x = inside.x;
    let areas = answers.iter().map(|(answer, _)| {
        let width = u16::try_from(display_width(answer)).unwrap_or(u16::MAX).saturating_add(2);
        let area = Rect { x, y: inside.bottom().saturating_sub(1), width, height: 1 };
        x = x.saturating_add(width + 2);
        area
    });
    areas.collect()
}

/// The place of what stands at a place of the top window, among what can be chosen there.
pub fn choice_at(editor: &Editor, column: u16, row: u16) -> Option<usize> {
    let is_there = |area: &Rect| area.contains((column, row).into());
    match editor.layers.last()? {
        Layer::Picker { picker, line, at } => {
            let count = picker::picker_items(editor, *picker, line.text()).len();
            picker_list(editor, *at, count).line_at(column, row)
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
        Layer::Message { .. } | Layer::Keys { .. } | Layer::Prompt { .. } | Layer::Conflicts { .. } => None,
    }
}

/// The lines of a window that scroll; `None` if it has none.
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
            Some(picker_list(editor, *at, count))
        }
        Layer::Versions { versions, at, top } => {
            let (document, view) = editor.open()?;
            let rows = versions::difference_rows(document, view, versions.get(*at), editor.width).len();
            Some(difference_list(editor, versions.len(), *top, rows))
        }
        Layer::Conflicts { conflicts, at, .. } => Some(conflict_list(editor, *at, conflicts.len())),
        Layer::Review { lines, answers, top, .. } => Some(review_areas(editor, lines, answers, *top).2),
        Layer::Prompt { .. } | Layer::Confirm { .. } | Layer::Replace { .. } => None,
    }
}

/// Shows the lines of the top window from another one on. Where a line is always chosen, it goes along.
pub fn scroll_lines(editor: &mut Editor, first: usize) {
    let Some(list) = editor.layers.last().and_then(|layer| scrolled_lines(editor, layer)) else { return };
    let last = if first == 0 { 0 } else { first + usize::from(list.area.height) - 1 };
    match editor.layers.last_mut() {
        Some(
            Layer::Message { top, .. }
            | Layer::Keys { top, .. }
            | Layer::Versions { top, .. }
            | Layer::Review { top, .. },
        ) => *top = first,
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
