//! Drawing text into the frame: cut at its area, never half a character, nothing hidden.

use ratatui::buffer::{Buffer, Cell, CellWidth};
use ratatui::layout::Rect;
use ratatui::style::Style;
use std::borrow::Cow;
use unicode_segmentation::UnicodeSegmentation;

use crate::text::invisible::{has_hidden, is_invisible};
use crate::text::width::{self, graphemes};

/// Draws text at a position of an area and returns the column after it, from the area's left edge. What
/// does not fit is cut, by the area and by the frame; what is hidden is shown as `?`.
pub fn draw_text(buffer: &mut Buffer, area: Rect, x: u16, y: u16, text: &str, style: Style) -> u16 {
    let (left, top) = (area.x.saturating_add(x), area.y.saturating_add(y));
    if y >= area.height || x >= area.width || !buffer.area().contains((left, top).into()) {
        return x;
    }
    let end = area.right().min(buffer.area().right());
    let mut at = left;
    for (piece, columns) in graphemes(&sanitized(text)) {
        let wide = to_u16(columns);
        if wide == 0 {
            continue;
        }
        if wide > end - at {
            break;
        }
        let place = buffer.index_of(at, top);
        let Some((cell, over)) = buffer.content[place..].split_first_mut() else { break };
        cell.set_symbol(piece).set_style(style);
        // What stood under the right half would be hidden by it.
        over.iter_mut().take(columns - 1).for_each(Cell::reset);
        at += wide;
    }
    at - area.x
}

/// Draws text so that it ends at column `end` of the area.
pub fn draw_text_right(buffer: &mut Buffer, area: Rect, end: u16, y: u16, text: &str, style: Style) {
    let width = text_width(text);
    draw_text(buffer, area, end.saturating_sub(width), y, text, style);
}

/// Fills a rectangle with blanks of this style.
pub fn fill_area(buffer: &mut Buffer, area: Rect, style: Style) {
    let area = area.intersection(*buffer.area());
    // A window laid out for a wider frame: no column of it is left, though rows are.
    if area.is_empty() {
        return;
    }
    for y in area.top()..area.bottom() {
        let start = buffer.index_of(area.left(), y);
        for cell in buffer.content.iter_mut().skip(start).take(usize::from(area.width)) {
            cell.reset();
            cell.set_style(style);
        }
    }
}

/// Clears a rectangle that lies over others: a wide character that reaches into it from the left is blanked
/// whole, else its right half would cover the border.
pub fn clear_area(buffer: &mut Buffer, area: Rect) {
    let area = area.intersection(*buffer.area());
    for y in area.top()..area.bottom() {
        if area.left() > buffer.area().left() && !area.is_empty() {
            let cell = &mut buffer[(area.left() - 1, y)];
            if cell.cell_width() > 1 {
                cell.set_symbol(" ");
            }
        }
    }
    fill_area(buffer, area, Style::new());
}

/// Returns the width of a text on the screen, in columns.
pub fn text_width(text: &str) -> u16 {
    to_u16(width::display_width(text))
}

/// Converts a column, at most to the last one there can be.
pub fn to_u16(columns: usize) -> u16 {
    u16::try_from(columns).unwrap_or(u16::MAX)
}

/// Returns the text as it is shown: control, bidirectional and zero-width characters as `?`.
pub fn sanitized(text: &str) -> Cow<'_, str> {
    if !text.chars().any(is_invisible) {
        return Cow::Borrowed(text);
    }
    let shown = |piece: &str| if has_hidden(piece) { "?".to_string() } else { piece.to_string() };
    text.graphemes(true).map(shown).collect::<String>().into()
}

/// Returns the start of a text that fits, with `>` where it was cut.
pub fn truncated(text: &str, available: usize) -> Cow<'_, str> {
    if usize::from(text_width(text)) <= available {
        return sanitized(text);
    }
    let mut used = 1;
    let fits = |(piece, columns)| {
        used += columns;
        (used <= available).then_some(piece)
    };
    let kept: String = graphemes(text).map_while(fits).collect();
    format!("{}>", sanitized(&kept)).into()
}
