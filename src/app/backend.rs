//! The screen: ratatui draws a frame, one write brings the terminal to it.
//!
//! ratatui's own difference is never asked for: it knows neither what stands in the columns that
//! stay nor how wide this terminal draws. Its [`Terminal`] gives the buffer and the frame, and the
//! [`Painter`] compares whole frames.

use super::glyph::Ambiguous;
use super::paint::Painter;
use super::pen::Colours;
use ratatui::backend::{Backend, ClearType, WindowSize};
use ratatui::buffer::Cell;
use ratatui::layout::{Position, Size};
use ratatui::{Frame, Terminal};
use std::io;

/// A frame with more bytes than this is put between the marks of a synchronized update.
const WORTH_SYNCHRONIZING: usize = 256;
const BEGIN_SYNCHRONIZED: &[u8] = b"\x1b[?2026h";
const END_SYNCHRONIZED: &[u8] = b"\x1b[?2026l";

/// What ratatui's terminal tells and asks, noted down.
#[derive(Debug)]
struct Ledger {
    size: Size,
    cursor: Option<Position>,
}

impl Backend for Ledger {
    type Error = io::Error;

    fn draw<'a, I: Iterator<Item = (u16, u16, &'a Cell)>>(&mut self, _: I) -> io::Result<()> {
        Ok(())
    }

    fn hide_cursor(&mut self) -> io::Result<()> {
        self.cursor = None;
        Ok(())
    }

    fn show_cursor(&mut self) -> io::Result<()> {
        Ok(())
    }

    fn get_cursor_position(&mut self) -> io::Result<Position> {
        Ok(self.cursor.unwrap_or_default())
    }

    fn set_cursor_position<P: Into<Position>>(&mut self, position: P) -> io::Result<()> {
        self.cursor = Some(position.into());
        Ok(())
    }

    fn clear(&mut self) -> io::Result<()> {
        Ok(())
    }

    fn clear_region(&mut self, _: ClearType) -> io::Result<()> {
        Ok(())
    }

    fn size(&self) -> io::Result<Size> {
        Ok(self.size)
    }

    fn window_size(&mut self) -> io::Result<WindowSize> {
        Ok(WindowSize { columns_rows: self.size, pixels: Size::default() })
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// The screen of a terminal of a known size; it gives bytes and writes none itself.
pub struct Screen {
    frames: Terminal<Ledger>,
    painter: Painter,
    synchronized: bool,
}

impl Screen {
    /// A screen whose content is not known yet.
    ///
    /// # Errors
    /// None that ratatui is known to give.
    pub fn new(size: Size, colours: Colours, ambiguous: Ambiguous, synchronized: bool) -> io::Result<Self> {
        let frames = Terminal::new(Ledger { size, cursor: None })?;
        Ok(Self { frames, painter: Painter::new(colours, ambiguous), synchronized })
    }

    /// The bytes that bring the terminal to the frame drawn here; empty when nothing changed.
    ///
    /// # Errors
    /// None that ratatui is known to give.
    pub fn paint(&mut self, draw: impl FnOnce(&mut Frame)) -> io::Result<Vec<u8>> {
        let drawn = self.frames.draw(draw)?;
        self.painter.cells(drawn.buffer);
        self.painter.cursor(self.frames.backend().cursor);
        let bytes = self.painter.take();
        if !self.synchronized || bytes.len() < WORTH_SYNCHRONIZING {
            return Ok(bytes);
        }
        Ok([BEGIN_SYNCHRONIZED, &bytes, END_SYNCHRONIZED].concat())
    }

    /// The window has this size from the next frame on, which is painted whole.
    pub fn resize(&mut self, size: Size) {
        self.frames.backend_mut().size = size;
        self.painter.forget();
    }

    /// The next frame is painted whole: somebody else has used the terminal.
    pub fn forget(&mut self) {
        self.painter.forget();
    }

    /// How the terminal draws ambiguous characters, from the next frame on.
    pub fn set_ambiguous(&mut self, ambiguous: Ambiguous) {
        self.painter.set_ambiguous(ambiguous);
    }

    /// Puts bytes that draw nothing and move nothing before the next frame.
    pub fn say(&mut self, bytes: &[u8]) {
        self.painter.say(bytes);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn screen(synchronized: bool) -> Screen {
        Screen::new(Size::new(80, 24), Colours::Many, Ambiguous::Narrow, synchronized).unwrap()
    }

    fn page(letter: &'static str) -> impl FnOnce(&mut Frame) {
        move |frame| {
            for y in 0..24 {
                frame.buffer_mut().set_string(0, y, letter.repeat(40), ratatui::style::Style::new());
            }
            frame.set_cursor_position((3, 4));
        }
    }

    #[test]
    fn nothing_changed_is_no_byte() {
        let mut screen = screen(true);
        assert!(!screen.paint(page("政")).unwrap().is_empty());
        assert!(screen.paint(page("政")).unwrap().is_empty());
    }

    #[test]
    fn only_large_frames_of_terminals_that_know_it_are_synchronized() {
        assert!(screen(true).paint(page("政")).unwrap().starts_with(BEGIN_SYNCHRONIZED));
        assert!(screen(false).paint(page("政")).unwrap().starts_with(b"\x1b[m"));
        let mut screen = screen(true);
        screen.paint(page("政")).unwrap();
        let moved = screen
            .paint(|frame| {
                page("政")(frame);
                frame.set_cursor_position((5, 4))
            })
            .unwrap();
        assert_eq!(moved, b"\x1b[2C");
    }

    #[test]
    fn a_page_of_chinese_is_little_more_than_its_text() {
        let bytes = screen(false).paint(page("政")).unwrap();
        assert!(bytes.len() < 3 * 960 + 90, "{}", bytes.len());
    }

    #[test]
    fn a_new_size_paints_all() {
        let mut screen = screen(false);
        screen.paint(page("政")).unwrap();
        screen.resize(Size::new(60, 24));
        assert!(screen.paint(page("政")).unwrap().len() > 3 * 30 * 24);
    }
}
