//! The screen: a frame is drawn, one write brings the terminal to it.
//!
//! ratatui gives cells and what draws into them. Its own terminal keeps two frames and their difference,
//! which knows neither what stands in the columns that stay nor how wide this terminal draws; the
//! [`Painter`] compares whole frames, and the frame before is all that is kept.

use super::glyph::AmbiguousWidth;
use super::paint::Painter;
use super::sgr::Colours;
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect, Size};

/// A frame with more bytes than this is put between the marks of a synchronized update.
const WORTH_SYNCHRONIZING: usize = 256;
const BEGIN_SYNCHRONIZED: &[u8] = b"\x1b[?2026h";
const END_SYNCHRONIZED: &[u8] = b"\x1b[?2026l";

/// The screen of a terminal of a known size; it gives bytes and writes none itself.
pub struct Screen {
    size: Size,
    /// The memory that the next frame is drawn into.
    frame: Buffer,
    painter: Painter,
    synchronized: bool,
}

impl Screen {
    /// A screen whose content is not known yet.
    pub fn new(size: Size, colours: Colours, ambiguous: AmbiguousWidth, synchronized: bool) -> Self {
        Self { size, frame: Buffer::default(), painter: Painter::new(colours, ambiguous), synchronized }
    }

    /// The bytes that bring the terminal to the frame drawn here, with its cursor where `draw` says or
    /// hidden; empty when nothing changed.
    pub fn paint(&mut self, draw: impl FnOnce(&mut Buffer) -> Option<Position>) -> Vec<u8> {
        let area = Rect::from((Position::ORIGIN, self.size));
        if self.frame.area == area && self.frame.content.len() == area.area() as usize {
            self.frame.reset();
        } else {
            self.frame = Buffer::empty(area);
        }
        let cursor = draw(&mut self.frame);
        self.painter.cells(&mut self.frame);
        self.painter.cursor(cursor);
        let bytes = self.painter.take();
        if !self.synchronized || bytes.len() < WORTH_SYNCHRONIZING {
            return bytes;
        }
        [BEGIN_SYNCHRONIZED, &bytes, END_SYNCHRONIZED].concat()
    }

    /// The window has this size from the next frame on, which is painted whole.
    pub fn resize(&mut self, size: Size) {
        self.size = size;
        self.painter.forget();
    }

    /// The next frame is painted whole: somebody else has used the terminal.
    pub fn forget(&mut self) {
        self.painter.forget();
    }

    /// How the terminal draws ambiguous characters, from the next frame on.
    pub fn set_ambiguous(&mut self, ambiguous: AmbiguousWidth) {
        self.painter.set_ambiguous(ambiguous);
    }

    /// Puts bytes that draw nothing and move nothing before the next frame.
    pub fn write_raw(&mut self, bytes: &[u8]) {
        self.painter.write_raw(bytes);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn screen(synchronized: bool) -> Screen {
        Screen::new(Size::new(80, 24), Colours::Many, AmbiguousWidth::Narrow, synchronized)
    }

    fn page(letter: &'static str) -> impl FnOnce(&mut Buffer) -> Option<Position> {
        move |frame| {
            for y in 0..24 {
                frame.set_string(0, y, letter.repeat(40), ratatui::style::Style::new());
            }
            Some(Position::new(3, 4))
        }
    }

    #[test]
    fn nothing_changed_is_no_byte() {
        let mut screen = screen(true);
        assert!(!screen.paint(page("政")).is_empty());
        assert!(screen.paint(page("政")).is_empty());
    }

    #[test]
    fn only_large_frames_of_terminals_that_know_it_are_synchronized() {
        assert!(screen(true).paint(page("政")).starts_with(BEGIN_SYNCHRONIZED));
        assert!(screen(false).paint(page("政")).starts_with(b"\x1b[m"));
        let mut screen = screen(true);
        screen.paint(page("政"));
        let moved = screen.paint(|frame| page("政")(frame).map(|Position { x, y }| Position::new(x + 2, y)));
        assert_eq!(moved, b"\x1b[2C");
    }

    #[test]
    fn a_page_of_chinese_is_little_more_than_its_text() {
        let bytes = screen(false).paint(page("政"));
        assert!(bytes.len() < 3 * 960 + 90, "{}", bytes.len());
    }

    #[test]
    fn a_new_size_paints_all() {
        let mut screen = screen(false);
        screen.paint(page("政"));
        screen.resize(Size::new(60, 24));
        assert!(screen.paint(page("政")).len() > 3 * 30 * 24);
    }
}
