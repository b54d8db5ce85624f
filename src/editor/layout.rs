//! The areas of the screen: one pure function that `update` and `draw` both call.

use ratatui::layout::Rect;

use crate::text::ambiguous::WidthMode;
use crate::text::line_break;

/// The smallest window in which the program can be used.
pub const MIN_SIZE: (u16, u16) = (60, 16);

/// From this width on a side pane stands beside the table or the text.
const SIDE_PANE_FROM: u16 = 120;
/// The columns of the side pane, where the window is not wide enough for the preview too.
const SIDE_PANE_WIDTH: u16 = 32;
/// From this width on the side pane also shows the report as it will be printed.
const PREVIEW_FROM: u16 = 160;
/// The columns that table or text keep beside a pane with the preview, at least.
const MIN_BODY_WIDTH: u16 = 88;

/// The gap before the pane, the sides of the preview's box, and a blank and a scrollbar within.
const PREVIEW_EDGES: u16 = 5;

/// Where the parts of an open report stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ScreenAreas {
    /// The title line.
    pub title: Rect,
    /// The tabs.
    pub tabs: Rect,
    /// Everything between the tabs and the lines at the bottom.
    pub page: Rect,
    /// The table or the text.
    pub body: Rect,
    /// What belongs to the place of the cursor, beside the body; empty in a narrow window.
    pub side: Rect,
    /// The preview under the side pane; empty in a narrow window.
    pub preview: Rect,
    /// The line over the bottom; empty in a low window.
    pub rule: Rect,
    /// Where the cursor is, in the form's own words.
    pub location: Rect,
    /// The balance of the column.
    pub balance: Rect,
    /// The finding under the cursor, spelled out.
    pub finding: Rect,
    /// The keys that work here.
    pub footer: Rect,
}

impl ScreenAreas {
    /// What a tab is drawn on: the whole page where it shows a list.
    pub fn of_tab(&self, is_list: bool) -> Rect {
        if is_list { self.page } else { self.body }
    }

    /// The lines for a finding where the section has no balance.
    pub fn finding_without_balance(&self) -> Rect {
        self.balance.union(self.finding)
    }
}

/// The areas of a window of this size.
pub fn screen_areas(width: u16, height: u16) -> ScreenAreas {
    let finding = if height >= 32 { 2 } else { 1 };
    let rule = u16::from(height >= 20);
    let below = rule + 1 + 1 + finding + 1;
    let page = height.saturating_sub(2 + below);
    let row = |y: u16, rows: u16| {
        let y = y.min(height);
        Rect::new(0, y, width, rows.min(height - y))
    };
    let at = 2 + page;
    let page = row(2, page);
    let [body, side] = match width {
        ..SIDE_PANE_FROM => [page, Rect::default()],
        _ => {
            let own = if width < PREVIEW_FROM {
                width - SIDE_PANE_WIDTH
            } else {
                MIN_BODY_WIDTH.max(width / 9 * 5)
            };
            [Rect { width: own, ..page }, Rect { x: own, width: width - own, ..page }]
        }
    };
    let (side, preview) = if width < PREVIEW_FROM {
        (side, Rect::default())
    } else {
        let own = page.height / 5 * 2;
        (Rect { height: own, ..side }, Rect { y: side.y + own, height: page.height - own, ..side })
    };
    ScreenAreas {
        title: row(0, 1),
        tabs: row(1, 1),
        page,
        body,
        side,
        preview,
        rule: row(at, rule),
        location: row(at + rule, 1),
        balance: row(at + rule + 1, 1),
        finding: row(at + rule + 2, finding),
        footer: row(at + rule + 2 + finding, 1),
    }
}

/// The columns of the preview that stands beside the table or the text; 0 where none does.
pub fn preview_columns(areas: &ScreenAreas) -> u16 {
    areas.preview.width.saturating_sub(PREVIEW_EDGES)
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
