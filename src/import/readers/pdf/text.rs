//! The operators of text: where each character comes to be.

use super::super::super::ImportError;
use super::super::super::page::{Direction, Matrix, PlacedGlyph};
use super::content::{Run, TOO_MUCH};
use super::font::{Font, ShownCode};
use super::inflate::BROKEN;
use super::lexer::PdfToken;
use super::operands::{number, numbers};

/// The most characters of a document.
const GLYPHS: usize = 400_000;

impl Run<'_, '_> {
    /// Runs an operator of text; any other does nothing.
    ///
    /// # Errors
    /// Returns an error if a font is damaged or not there, or if there are more characters than in any report.
    pub fn operate_text(&mut self, operator: &[u8], operands: &[PdfToken]) -> Result<(), ImportError> {
        match operator {
            b"BT" => self.set_text_matrix(Matrix::default()),
            b"Tc" => self.state.char_space = number(operands),
            b"Tw" => self.state.word_space = number(operands),
            b"Tz" => self.state.stretch = number(operands) / 100.0,
            b"TL" => self.state.leading = number(operands),
            b"Ts" => self.state.rise = number(operands),
            b"Tr" => self.state.mode = number(operands).max(0.0) as u32,
            b"Tf" => {
                if let [PdfToken::Name(name), PdfToken::Number(size)] = operands {
                    self.state.size = *size;
                    let file = self.reader.file;
                    let fonts = self.resources.and_then(|own| file.dictionary(own, b"Font"));
                    self.state.font = match fonts.and_then(|fonts| file.dictionary(fonts, name)) {
                        Some(font) => Some(self.reader.font(font)?),
                        None => None,
                    };
                }
            }
            b"Td" | b"TD" => {
                if let Some([x, y]) = numbers(operands) {
                    if operator == b"TD" {
                        self.state.leading = -y;
                    }
                    self.next_line(x, y);
                }
            }
            b"Tm" => {
                if let Some(matrix) = numbers(operands) {
                    self.set_text_matrix(Matrix(matrix));
                }
            }
            b"T*" => self.next_line(0.0, -self.state.leading),
            b"Tj" | b"TJ" => self.show_all(operands)?,
            b"'" => {
                self.next_line(0.0, -self.state.leading);
                self.show_all(operands)?;
            }
            b"\"" => {
                if let [PdfToken::Number(word), PdfToken::Number(char), text] = operands {
                    (self.state.word_space, self.state.char_space) = (*word, *char);
                    self.next_line(0.0, -self.state.leading);
                    self.show_all(std::slice::from_ref(text))?;
                }
            }
            _ => {}
        }
        Ok(())
    }

    fn set_text_matrix(&mut self, matrix: Matrix) {
        (self.text_matrix, self.line_matrix) = (matrix, matrix);
    }

    fn next_line(&mut self, x: f32, y: f32) {
        self.set_text_matrix(Matrix([1.0, 0.0, 0.0, 1.0, x, y]).then(&self.line_matrix));
    }

    fn advance(&mut self, x: f32, y: f32) {
        self.text_matrix = Matrix([1.0, 0.0, 0.0, 1.0, x, y]).then(&self.text_matrix);
    }

    fn show_all(&mut self, operands: &[PdfToken]) -> Result<(), ImportError> {
        for operand in operands {
            match operand {
                PdfToken::Text(text) if !text.is_empty() => {
                    // Without its font nothing is known of a text.
                    let font = self.state.font.clone().ok_or(BROKEN)?;
                    font.codes(text, |shown| self.show(&font, &shown))?;
                }
                PdfToken::Number(back) => {
                    let back = -back / 1_000.0 * self.state.size;
                    match self.state.font.as_ref().is_some_and(|font| font.vertical) {
                        true => self.advance(0.0, back),
                        false => self.advance(back * self.state.stretch, 0.0),
                    }
                }
                _ => {}
            }
        }
        Ok(())
    }

    fn show(&mut self, font: &Font, shown: &ShownCode) -> Result<(), ImportError> {
        let state = &self.state;
        let to_page = self.text_matrix.then(&state.matrix);
        let along = shown.width * state.size * state.stretch;
        // Where lines run down, the middle of a character's top is where the pen is.
        let (x, y) = if font.vertical { (-along / 2.0, -0.88 * state.size) } else { (0.0, 0.0) };
        let origin = to_page.point(x, y + state.rise);
        let side = to_page.vector(along, 0.0);
        let up = to_page.vector(0.0, state.size);
        let unit = to_page.vector(if state.size < 0.0 { -1.0 } else { 1.0 }, 0.0);
        let hidden = matches!(state.mode, 3 | 7);
        let spaces = state.char_space + if shown.is_blank { state.word_space } else { 0.0 };
        let step = if font.vertical { spaces - state.size } else { along + spaces * state.stretch };
        if !self.is_hidden() {
            self.reader.glyphs += shown.text.chars().count();
            if self.reader.glyphs > GLYPHS {
                return Err(TOO_MUCH);
            }
            let count = shown.text.chars().count().max(1) as f32;
            for (nth, c) in shown.text.chars().enumerate() {
                let part = nth as f32 / count;
                self.page.glyphs.push(PlacedGlyph {
                    c,
                    x: origin.0 + side.0 * part,
                    y: origin.1 + side.1 * part,
                    width: side.0.hypot(side.1) / count,
                    size: up.0.hypot(up.1),
                    direction: Direction::of(unit.0, unit.1),
                    hidden,
                });
            }
        }
        if font.vertical {
            self.advance(0.0, step)
        } else {
            self.advance(step, 0.0)
        }
        Ok(())
    }
}
