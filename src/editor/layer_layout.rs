//! Where the lines and answers of the windows stand: pure functions that `draw`, keys and mouse call.

use ratatui::layout::Rect;

use super::layer::{ConfirmAction, Layer};
use super::layout::{MAX_LAYER_WIDTH, layer_area, wrap_lines};
use super::list_cursor::scrolled;
use super::{Editor, help, picker};
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

/// The lines of the help, in one column or two.
pub fn help_list(editor: &Editor, count: usize, top: usize) -> ListArea {
    let rows = u16::try_from(count).unwrap_or(u16::MAX);
    let area = layer_area(editor.width, editor.height, help::help_width(editor.width), rows);
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
    let mut x = inside.x;
    let areas = answers.iter().map(|(answer, _)| {
        let width = u16::try_from(display_width(answer)).unwrap_or(u16::MAX).saturating_add(2);
        let area = Rect { x, y: inside.bottom().saturating_sub(1), width, height: 1 };
        x = x.saturating_add(width + 2);
        area
    });
    let areas = areas.collect();
    (inside, rows, areas)
}

/// The place of what stands at a place of the top window, among what can be chosen there.
pub fn choice_at(editor: &Editor, column: u16, row: u16) -> Option<usize> {
    match editor.layers.last()? {
        Layer::Picker { picker, line, at } => {
            let count = picker::picker_items(editor, *picker, line.text()).len();
            picker_list(editor, *at, count).line_at(column, row)
        }
        Layer::Versions { versions, .. } => version_list(editor, versions.len()).line_at(column, row),
        Layer::Confirm { message, answers, .. } => {
            let (_, _, areas) = answer_areas(editor, message, answers);
            areas.iter().position(|area| area.contains((column, row).into()))
        }
        Layer::Message { .. } | Layer::Keys { .. } | Layer::Prompt { .. } => None,
        Layer::Files(_) | Layer::Review(_) | Layer::Conflicts { .. } => None,
    }
}
