//! Where the lines and answers of the layers stand: pure functions that `draw`, keys and mouse call.

use ratatui::layout::Rect;

use super::layer::{ConfirmAction, PickerKind, SideBySide};
use super::layout::{MAX_LAYER_WIDTH, layer_area, wrap_lines};
use super::likeness;
use super::list_cursor::scrolled;
use super::{Editor, help};
use crate::export::Format;
use crate::text::width::display_width;

/// Lines of a layer that can be chosen or scrolled.
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

/// The inner area of a layer that is as high as the screen allows.
pub fn tall_area(editor: &Editor) -> Rect {
    layer_area(editor.width, editor.height, MAX_LAYER_WIDTH, u16::MAX)
}

/// The inner area of a picker: as high as all its items where they are few, so that it stays while they are
/// narrowed; else as high as the screen allows.
pub fn picker_area(editor: &Editor, kind: PickerKind) -> Rect {
    let rows = match kind {
        PickerKind::Formats => u16::try_from(Format::ALL.len()).unwrap_or(u16::MAX).saturating_add(1),
        PickerKind::Palette | PickerKind::Find | PickerKind::Figures | PickerKind::Breakdown => u16::MAX,
    };
    layer_area(editor.width, editor.height, MAX_LAYER_WIDTH, rows)
}

/// The items of a picker, under the line that narrows them.
pub fn picker_list(editor: &Editor, kind: PickerKind, at: usize, count: usize) -> ListArea {
    let inside = picker_area(editor, kind);
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

/// The rows of two texts side by side, under what is said of them.
pub fn side_list(editor: &Editor, both: &SideBySide, count: usize, top: usize) -> ListArea {
    let inside = tall_area(editor);
    let note = u16::try_from(likeness::note_rows(editor, both).len()).unwrap_or(u16::MAX);
    // The headings and a line stand between.
    let above = note.saturating_add(2).min(inside.height.saturating_sub(1));
    let area = Rect { y: inside.y + above, height: inside.height - above, ..inside };
    ListArea { area, top: top.min(count.saturating_sub(usize::from(area.height))), count }
}

/// The inner area of a layer around these rows and so many more below, at least so many columns wide.
pub fn fitting_area(editor: &Editor, rows: &[String], columns: usize, below: usize) -> Rect {
    let widest = rows.iter().map(|row| display_width(row)).max().unwrap_or(0);
    let columns = widest.max(columns).max(MIN_LAYER_WIDTH).min(usize::from(MAX_LAYER_WIDTH));
    let height = u16::try_from(rows.len().saturating_add(below)).unwrap_or(u16::MAX);
    layer_area(editor.width, editor.height, u16::try_from(columns).unwrap_or(MAX_LAYER_WIDTH), height)
}

/// The narrowest that a layer becomes which fits what it says.
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

/// Where the answers stand: in the last row of a layer.
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
