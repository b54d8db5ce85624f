//! The screen of the terminal: a frame is drawn, and one write brings the terminal to it.
//!
//! ratatui provides cells and what draws into them. Its own terminal writes the difference of two frames,
//! which considers neither the content of unchanged columns nor how wide this terminal draws a character;
//! the [`Painter`] does.

use super::glyph::AmbiguousWidth;
use super::paint::Painter;
use super::sgr::Colours;
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect, Size};

/// A frame of at least so many bytes is written as a synchronized update.
const WORTH_SYNCHRONIZING: usize = 256;
const BEGIN_SYNCHRONIZED: &[u8] = b"\x1b[?2026h";
const END_SYNCHRONIZED: &[u8] = b"\x1b[?2026l";

/// The screen of a terminal. It returns bytes and writes none itself.
pub struct Screen {
    size: Size,
    /// The buffer that the next frame is drawn into.
    frame: Buffer,
    painter: Painter,
    synchronized: bool,
}

impl Screen {
    /// Creates a screen with unknown content.
    pub fn new(size: Size, colours: Colours, ambiguous: AmbiguousWidth, synchronized: bool) -> Self {
        Self { size, frame: Buffer::default(), painter: Painter::new(colours, ambiguous), synchronized }
    }

    /// Returns the bytes that bring the terminal to the frame that `draw` draws, with the cursor at the
    /// position that it returns, or hidden. They are empty if nothing has changed.
    pub fn paint(&mut self, draw: impl FnOnce(&mut Buffer) -> Option<Position>) -> Vec<u8> {
        let area = Rect::from((Position::ORIGIN, self.size));
        if self.frame.area == area && self.frame.content.len() == area.area() as usize {
            self.frame.reset();
        } else {
            self.frame = Buffer::empty(area);
        }
        let cursor = draw(&mut self.frame);
        self.painter.cells(&mut self.frame, cursor);
        self.painter.cursor(cursor);
        let bytes = self.painter.take();
        if !self.synchronized || bytes.len() < WORTH_SYNCHRONIZING {
            return bytes;
        }
        [BEGIN_SYNCHRONIZED, &bytes, END_SYNCHRONIZED].concat()
    }

    /// Sets the size of the window. The next frame is painted completely.
    pub fn resize(&mut self, size: Size) {
        self.size = size;
        self.painter.forget();
    }

    /// Forgets what the screen shows, because another program has used the terminal. The next frame is
    /// painted completely.
    pub fn forget(&mut self) {
        self.painter.forget();
    }

    /// Sets how the terminal draws ambiguous characters, from the next frame on.
    pub fn set_ambiguous(&mut self, ambiguous: AmbiguousWidth) {
        self.painter.set_ambiguous(ambiguous);
    }

    /// Writes bytes that draw nothing and move nothing before the next frame.
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
