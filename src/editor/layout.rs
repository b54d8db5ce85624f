//! The areas of the screen: one pure function that `update` and `draw` both call.

use ratatui::layout::Rect;

use crate::text::ambiguous::WidthMode;
use crate::text::line_break;

/// The smallest window in which the program can be used.
pub const MIN_SIZE: (u16, u16) = (60, 16);

/// Where the parts of an open report stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ScreenAreas {
    /// The title line.
    pub title: Rect,
    /// The tabs.
    pub tabs: Rect,
    /// The table, the text or the list.
    pub body: Rect,
    /// Where the cursor is, in the form's own words.
    pub location: Rect,
    /// The finding under the cursor, spelled out.
    pub finding: Rect,
    /// The keys that work here.
    pub footer: Rect,
}

/// The areas of a window of this size.
pub fn screen_areas(width: u16, height: u16) -> ScreenAreas {
    let finding = if height >= 20 { 2 } else { 1 };
    let body = height.saturating_sub(4 + finding);
    let row = |y: u16, rows: u16| {
        let y = y.min(height);
        Rect::new(0, y, width, rows.min(height - y))
    };
    ScreenAreas {
        title: row(0, 1),
        tabs: row(1, 1),
        body: row(2, body),
        location: row(2 + body, 1),
        finding: row(3 + body, finding),
        footer: row(3 + body + finding, 1),
    }
}

/// Returns whether an empty line is shown between the paragraphs of a narrative: the smallest windows have no
/// room for it. It does not depend on the text, which would jump while it is typed.
pub fn has_paragraph_gaps(height: u16) -> bool {
    height >= 20
}

/// Whether the window is too small to work in.
pub fn too_small(width: u16, height: u16) -> bool {
    width < MIN_SIZE.0 || height < MIN_SIZE.1
}

/// The inner area of a window over the screen of at most this many columns and rows of content.
pub fn layer_area(width: u16, height: u16, columns: u16, rows: u16) -> Rect {
    let columns = columns.min(width.saturating_sub(4));
    let rows = rows.min(height.saturating_sub(4));
    Rect::new((width - columns) / 2, (height - rows) / 2, columns, rows)
}

/// The widest that a window over the screen becomes, in columns of content.
pub const MAX_LAYER_WIDTH: u16 = 76;

/// The rows of a window to read, its lines wrapped for a screen of this width.
pub fn wrap_lines(lines: &[String], width: u16, ruler: WidthMode) -> Vec<String> {
    let width = usize::from(MAX_LAYER_WIDTH.min(width.saturating_sub(6)));
    let lines = lines.iter().flat_map(|line| line.split('\n'));
    lines
        .flat_map(|line| line_break::wrap(line, width, ruler).into_iter().map(|row| line[row].to_string()))
        .collect()
}
