//! The canvas that every part of the screen is drawn on: an area of the frame, the theme, and how text is
//! measured. What does not fit is cut at the area, never in the middle of a character; nothing is hidden.

use ratatui::buffer::{Buffer, Cell, CellWidth};
use ratatui::layout::Rect;
use ratatui::style::Style;
use std::borrow::Cow;
use unicode_segmentation::UnicodeSegmentation;

use super::theme::{Paint, Theme, clear_glyph};
use super::theme_file::StyleRole;
use crate::editor::scrollbar::thumb;
use crate::text::ambiguous::WidthMode;
use crate::text::invisible::{has_hidden, is_invisible};
use crate::text::width::{self, graphemes, is_plain};

/// The signs that lines, bars and marks are made of.
#[derive(Debug)]
pub struct LineSigns {
    /// Corners of a box: top left, top right, bottom left, bottom right.
    pub corners: [&'static str; 4],
    /// A line along a row.
    pub horizontal: &'static str,
    /// A line along a column.
    pub vertical: &'static str,
    /// The mark of the row where the cursor is.
    pub row_mark: &'static str,
    /// The part of a scrollbar that is seen, and the rest of it.
    pub scrollbar: [&'static str; 2],
    /// A filled and an empty part of a bar.
    pub progress: [&'static str; 2],
    /// What stands for a blank cell.
    pub blank: &'static str,
}

/// Where the terminal is known to draw them one column wide.
const DRAWN: LineSigns = LineSigns {
    corners: ["╭", "╮", "╰", "╯"],
    horizontal: "─",
    vertical: "│",
    row_mark: "▌",
    scrollbar: ["█", "│"],
    progress: ["━", "─"],
    blank: "·",
};
/// The same in signs that every terminal draws alike.
const ASCII: LineSigns = LineSigns {
    corners: ["+", "+", "+", "+"],
    horizontal: "-",
    vertical: "|",
    row_mark: ">",
    scrollbar: ["#", ":"],
    progress: ["#", "."],
    blank: ".",
};

/// An area to draw on. Positions are counted from its upper left corner.
pub struct Canvas<'a> {
    buffer: &'a mut Buffer,
    area: Rect,
    theme: &'a Theme,
    width_mode: WidthMode,
}

impl<'a> Canvas<'a> {
    /// The whole frame as a canvas.
    pub fn new(buffer: &'a mut Buffer, theme: &'a Theme, width_mode: WidthMode) -> Self {
        let area = *buffer.area();
        Canvas { buffer, area, theme, width_mode }
    }

    /// A part of the frame as a canvas.
    pub fn within(&mut self, area: Rect) -> Canvas<'_> {
        Canvas { buffer: &mut *self.buffer, area, theme: self.theme, width_mode: self.width_mode }
    }

    /// One row of this canvas.
    pub fn row(&mut self, y: u16) -> Canvas<'_> {
        let height = u16::from(y < self.area.height);
        self.within(Rect { y: self.area.y.saturating_add(y), height, ..self.area })
    }

    /// Where the canvas lies in the frame.
    pub fn area(&self) -> Rect {
        self.area
    }

    /// The columns of the canvas.
    pub fn width(&self) -> u16 {
        self.area.width
    }

    /// The rows of the canvas.
    pub fn height(&self) -> u16 {
        self.area.height
    }

    /// How text is measured.
    pub fn width_mode(&self) -> WidthMode {
        self.width_mode
    }

    /// The signs to draw lines and marks with.
    pub fn signs(&self) -> &'static LineSigns {
        if self.width_mode.box_lines { &DRAWN } else { &ASCII }
    }

    /// Returns the style of a role, or of roles one over the other.
    pub fn style(&self, paint: impl Paint) -> Style {
        paint.style_in(self.theme)
    }

    /// Draws text over the ground that is there, and returns the column after it. What does not fit is cut, by
    /// the area and by the frame; what is hidden is shown as `?`.
    pub fn text(&mut self, x: u16, y: u16, text: &str, paint: impl Paint) -> u16 {
        let (area, style) = (self.area, self.style(paint));
        let (left, top) = (area.x.saturating_add(x), area.y.saturating_add(y));
        if y >= area.height || x >= area.width || !self.buffer.area().contains((left, top).into()) {
            return x;
        }
        let end = area.right().min(self.buffer.area().right());
        let start = self.buffer.index_of(left, top);
        let mut rest = &mut self.buffer.content[start..start + usize::from(end - left)];
        let mut at = x;
        for (piece, columns) in graphemes(&mark_hidden(text)) {
            if columns == 0 {
                continue;
            }
            let Some((place, behind)) = std::mem::take(&mut rest).split_at_mut_checked(columns) else {
                break;
            };
            let Some((cell, over)) = place.split_first_mut() else { break };
            // Nothing is left of the text that stood there: a word in the edge of a box is not dim as the
            // edge is.
            clear_glyph(cell);
            cell.set_symbol(piece).set_style(style);
            // What stood under the right half would be hidden by it; its ground shows.
            for half in over {
                half.set_symbol(" ").set_style(style);
            }
            rest = behind;
            at += to_u16(columns);
        }
        at
    }

    /// Draws text so that it ends before column `end`, and returns where it begins.
    pub fn text_right(&mut self, end: u16, y: u16, text: &str, paint: impl Paint) -> u16 {
        let start = end.saturating_sub(text_width(text));
        self.text(start, y, text, paint);
        start
    }

    /// Draws pieces of text one after the other, each in its own role, and returns the column after them.
    pub fn pieces(&mut self, x: u16, y: u16, pieces: &[(&str, StyleRole)]) -> u16 {
        pieces.iter().fold(x, |x, (text, role)| self.text(x, y, text, *role))
    }

    /// Draws a line along row `y` from column `from` to before column `to`.
    pub fn line(&mut self, from: u16, to: u16, y: u16) {
        let (sign, style) = (self.signs().horizontal, self.style(StyleRole::Rule));
        let Rect { x, y: top, .. } = self.area;
        let line = Rect::new(x.saturating_add(from), top.saturating_add(y), to.saturating_sub(from), 1);
        let line = line.intersection(self.area).intersection(*self.buffer.area());
        if line.is_empty() {
            return;
        }
        let start = self.buffer.index_of(line.x, line.y);
        for cell in self.buffer.content.iter_mut().skip(start).take(usize::from(line.width)) {
            clear_glyph(cell);
            cell.set_symbol(sign).set_style(style);
        }
    }

    /// Gives columns of a row another ground, under what stands there.
    pub fn ground(&mut self, x: u16, y: u16, columns: u16, paint: impl Paint) {
        let style = self.style(paint);
        if x < self.area.width && y < self.area.height {
            let width = columns.min(self.area.width - x);
            let area = Rect { x: self.area.x + x, y: self.area.y + y, width, height: 1 };
            self.buffer.set_style(area, style);
        }
    }

    /// Fills the area with blanks.
    pub fn fill(&mut self, paint: impl Paint) {
        let style = self.style(paint);
        let area = self.area.intersection(*self.buffer.area());
        // A window laid out for a wider frame: no column of it is left, though rows are.
        if area.is_empty() {
            return;
        }
        for y in area.top()..area.bottom() {
            let start = self.buffer.index_of(area.left(), y);
            for cell in self.buffer.content.iter_mut().skip(start).take(usize::from(area.width)) {
                cell.reset();
                cell.set_style(style);
            }
        }
    }

    /// Clears the area, which lies over others: a wide character that reaches into it from the left is
    /// blanked whole, else its right half would cover the border.
    pub fn clear(&mut self) {
        let area = self.area.intersection(*self.buffer.area());
        for y in area.top()..area.bottom() {
            if area.left() > self.buffer.area().left() && !area.is_empty() {
                let cell: &mut Cell = &mut self.buffer[(area.left() - 1, y)];
                if cell.cell_width() > 1 {
                    cell.set_symbol(" ");
                }
            }
        }
        self.fill(Style::new());
    }

    /// Draws a box around the area with a title in its upper edge, and returns the area inside. The one with the
    /// cursor in it stands out from those beside it.
    pub fn frame(&mut self, title: &str, has_focus: bool) -> Rect {
        let (rule, heading) = match has_focus {
            true => (StyleRole::RuleFocus, StyleRole::Heading),
            false => (StyleRole::Rule, StyleRole::PaneTitle),
        };
        let (width, height) = (self.area.width, self.area.height);
        if width < 4 || height < 2 {
            return Rect::default();
        }
        let LineSigns { corners: [top_left, top_right, end_left, end_right], horizontal, vertical, .. } =
            self.signs();
        let edge = horizontal.repeat(usize::from(width - 2));
        self.text(0, 0, &format!("{top_left}{edge}{top_right}"), rule);
        self.text(0, height - 1, &format!("{end_left}{edge}{end_right}"), rule);
        if !title.is_empty() {
            let title = format!(" {} ", truncated(title, usize::from(width.saturating_sub(6))));
            self.text(1, 0, &title, heading);
        }
        for y in 1..height - 1 {
            self.text(0, y, vertical, rule);
            self.text(width - 1, y, vertical, rule);
        }
        Rect { x: self.area.x + 1, y: self.area.y + 1, width: width - 2, height: height - 2 }
    }

    /// Draws a scrollbar along column `x`, for a list of `total` lines of which those from `top` on are seen;
    /// nothing where all are.
    pub fn scrollbar(&mut self, x: u16, top: usize, total: usize) {
        let height = usize::from(self.area.height);
        let Some(thumb) = thumb(top, total, height) else { return };
        let [seen, rest] = self.signs().scrollbar;
        for y in 0..height {
            let is_seen = thumb.contains(&y);
            let (sign, role) =
                if is_seen { (seen, StyleRole::Scrollbar) } else { (rest, StyleRole::ScrollbarTrack) };
            self.text(x, to_u16(y), sign, role);
        }
    }
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
pub fn mark_hidden(text: &str) -> Cow<'_, str> {
    if is_plain(text) || !text.chars().any(is_invisible) {
        return Cow::Borrowed(text);
    }
    let shown = |piece: &str| if has_hidden(piece) { "?".to_string() } else { piece.to_string() };
    text.graphemes(true).map(shown).collect::<String>().into()
}

/// Returns the start of a text that fits, with `>` where it was cut.
pub fn truncated(text: &str, available: usize) -> Cow<'_, str> {
    if usize::from(text_width(text)) <= available {
        return mark_hidden(text);
    }
    let mut used = 1;
    let fits = |(piece, columns)| {
        used += columns;
        (used <= available).then_some(piece)
    };
    let kept: String = graphemes(text).map_while(fits).collect();
    format!("{}>", mark_hidden(&kept)).into()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ui::Themes;

    #[test]
    fn a_word_over_a_line_takes_nothing_of_its_style() {
        let themes = Themes::shipped();
        for background in [None, Some(crate::editor::Background::Dark)] {
            let draw = |is_boxed: bool| {
                let mut buffer = Buffer::empty(Rect::new(0, 0, 20, 3));
                let mut canvas = Canvas::new(&mut buffer, themes.on(background), WidthMode::default());
                canvas.ground(0, 2, 20, StyleRole::Selection);
                if is_boxed {
                    canvas.frame("", true);
                }
                canvas.text(4, 2, "word", StyleRole::Text);
                buffer
            };
            let (plain, boxed) = (draw(false), draw(true));
            assert_eq!(boxed[(4, 2)], plain[(4, 2)]);
            assert_ne!(boxed[(3, 2)].style(), plain[(3, 2)].style());
        }
    }
}
