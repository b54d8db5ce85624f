//! Runs the content of a page: where each character and each ruling line comes to be.
//!
//! Colours, pictures and clips are not drawn. Each operator, character and nested form is counted, so that no
//! file costs more than a report can.

use std::collections::HashMap;
use std::rc::Rc;

use lopdf::{Dictionary, Object, Stream};

use super::super::super::ImportError;
use super::super::super::page::{Direction, Matrix, PAGE_RULES, Page, PagePath, PlacedGlyph};
use super::file::{BROKEN, PdfFile, PdfPage};
use super::font::{Font, ShownCode};
use super::lexer::{Lexer, PdfToken};

/// The most operators and characters of a document.
const OPERATORS: usize = 2_000_000;
const GLYPHS: usize = 400_000;
/// The deepest nesting of forms, and of saved states.
const FORMS: usize = 12;
const STATES: usize = 512;
/// The most operands of an operator.
const OPERANDS: usize = 20_000;

const TOO_MUCH: ImportError = ImportError::TooLarge("PDF 页面上的内容太多");

/// What was counted, and the fonts that were read, of a document.
pub struct ContentReader<'a> {
    file: &'a PdfFile,
    operators: usize,
    glyphs: usize,
    /// Fonts by where their dictionary is in memory.
    fonts: HashMap<*const Dictionary, Rc<Font>>,
    /// Forms unpacked, by where they are in memory.
    forms: HashMap<*const Stream, Rc<Vec<u8>>>,
}

/// The part of the graphics state that has to do with places.
#[derive(Clone)]
struct DrawState {
    matrix: Matrix,
    line_width: f32,
    /// Whether what is filled, or stroked, is as white as the page.
    white_fill: bool,
    white_stroke: bool,
    font: Option<Rc<Font>>,
    size: f32,
    char_space: f32,
    word_space: f32,
    stretch: f32,
    leading: f32,
    rise: f32,
    mode: u32,
}

/// The content being run: of a page, or of a form on it.
struct Run<'a, 'b> {
    reader: &'b mut ContentReader<'a>,
    page: &'b mut Page,
    resources: Option<&'a Dictionary>,
    state: DrawState,
    saved: Vec<DrawState>,
    text_matrix: Matrix,
    line_matrix: Matrix,
    path: PagePath,
    /// For each open piece of marked content, whether it belongs to a layer that is not shown.
    marked: Vec<bool>,
    depth: usize,
}

impl<'a> ContentReader<'a> {
    /// Returns a reader of the pages of a file.
    pub fn new(file: &'a PdfFile) -> Self {
        ContentReader { file, operators: 0, glyphs: 0, fonts: HashMap::new(), forms: HashMap::new() }
    }

    /// Reads a page.
    ///
    /// # Errors
    /// Returns an error if its content is damaged, or more than that of any report.
    pub fn read(&mut self, number: usize, source: &PdfPage<'a>) -> Result<Page, ImportError> {
        let [left, bottom, right, top] = source.area;
        let (wide, high) = (right - left, top - bottom);
        let (matrix, width, height) = match source.rotation {
            90 => ([0.0, 1.0, 1.0, 0.0, -bottom, -left], high, wide),
            180 => ([-1.0, 0.0, 0.0, 1.0, right, -bottom], wide, high),
            270 => ([0.0, -1.0, -1.0, 0.0, top, right], high, wide),
            _ => ([1.0, 0.0, 0.0, -1.0, -left, top], wide, high),
        };
        let mut page = Page { number, width, height, ..Page::default() };
        let content = self.file.page_content(source)?;
        let state = DrawState {
            matrix: Matrix(matrix),
            line_width: 1.0,
            white_fill: false,
            white_stroke: false,
            font: None,
            size: 0.0,
            char_space: 0.0,
            word_space: 0.0,
            stretch: 1.0,
            leading: 0.0,
            rise: 0.0,
            mode: 0,
        };
        self.run(&mut page, source.resources, state, 0, &content)?;
        Ok(page)
    }

    fn run(
        &mut self,
        page: &mut Page,
        resources: Option<&'a Dictionary>,
        state: DrawState,
        depth: usize,
        content: &[u8],
    ) -> Result<(), ImportError> {
        let mut run = Run {
            reader: self,
            page,
            resources,
            state,
            saved: Vec::new(),
            text_matrix: Matrix::default(),
            line_matrix: Matrix::default(),
            path: PagePath::default(),
            marked: Vec::new(),
            depth,
        };
        let mut lexer = Lexer::new(content);
        let mut operands: Vec<PdfToken> = Vec::new();
        while let Some(token) = lexer.next() {
            let PdfToken::Keyword(operator) = token else {
                operands.push(token);
                if operands.len() > OPERANDS {
                    return Err(TOO_MUCH);
                }
                continue;
            };
            run.reader.operators += 1;
            if run.reader.operators > OPERATORS {
                return Err(TOO_MUCH);
            }
            match operator {
                b"ID" => {
                    lexer.skip_picture();
                    run.add_picture();
                }
                b"true" | b"false" | b"null" => continue,
                _ => run.operate(operator, &operands)?,
            }
            operands.clear();
        }
        // A stream that was cut ends inside a string or before an operator.
        if lexer.damaged || !operands.is_empty() { Err(BROKEN) } else { Ok(()) }
    }

    fn font(&mut self, font: &'a Dictionary) -> Result<Rc<Font>, ImportError> {
        if let Some(known) = self.fonts.get(&std::ptr::from_ref(font)) {
            return Ok(Rc::clone(known));
        }
        let read = Rc::new(Font::read(self.file, font)?);
        self.fonts.insert(std::ptr::from_ref(font), Rc::clone(&read));
        Ok(read)
    }
}

impl<'a> Run<'a, '_> {
    fn operate(&mut self, operator: &[u8], operands: &[PdfToken]) -> Result<(), ImportError> {
        match operator {
            b"q" => {
                if self.saved.len() >= STATES {
                    return Err(TOO_MUCH);
                }
                self.saved.push(self.state.clone());
            }
            b"Q" => {
                if let Some(state) = self.saved.pop() {
                    self.state = state;
                }
            }
            b"cm" => {
                if let Some(matrix) = numbers(operands) {
                    self.state.matrix = Matrix(matrix).then(&self.state.matrix);
                }
            }
            b"w" => self.state.line_width = number(operands),
            b"Do" => self.draw_object(operands)?,
            b"gs" => self.set_state(operands)?,
            b"BMC" => self.marked.push(false),
            b"BDC" => {
                let hidden = self.is_hidden_content(operands);
                self.marked.push(hidden);
            }
            b"EMC" => {
                self.marked.pop();
            }
            b"g" | b"rg" | b"k" | b"sc" | b"scn" => self.state.white_fill = is_white(operator, operands),
            b"G" | b"RG" | b"K" | b"SC" | b"SCN" => self.state.white_stroke = is_white(operator, operands),
            b"cs" => self.state.white_fill = false,
            b"CS" => self.state.white_stroke = false,
            _ if self.operate_path(operator, operands)? => {}
            _ => self.operate_text(operator, operands)?,
        }
        Ok(())
    }

    fn is_hidden(&self) -> bool {
        self.marked.contains(&true)
    }

    fn is_hidden_content(&self, operands: &[PdfToken]) -> bool {
        let [PdfToken::Name(tag), PdfToken::Name(name)] = operands else { return false };
        let file = self.reader.file;
        let layer = self
            .resources
            .and_then(|resources| file.dictionary(resources, b"Properties"))
            .and_then(|own| own.get(name).ok());
        tag == b"OC" && layer.is_some_and(|layer| file.is_hidden_layer(layer))
    }

    /// Returns whether the operator is one of paths.
    fn operate_path(&mut self, operator: &[u8], operands: &[PdfToken]) -> Result<bool, ImportError> {
        let matrix = self.state.matrix;
        match operator {
            b"m" | b"l" => {
                if let Some([x, y]) = numbers(operands) {
                    let point = matrix.point(x, y);
                    if operator == b"m" { self.path.move_to(point) } else { self.path.line_to(point, false) }
                }
            }
            b"c" | b"v" | b"y" => {
                let mut ends = operands.iter().rev().filter_map(|operand| match operand {
                    PdfToken::Number(number) => Some(*number),
                    _ => None,
                });
                if let (Some(y), Some(x)) = (ends.next(), ends.next()) {
                    self.path.line_to(matrix.point(x, y), true);
                }
            }
            b"h" => self.path.close(),
            b"re" => {
                if let Some(sides) = numbers(operands) {
                    self.path.rectangle(sides, &matrix);
                }
            }
            b"S" | b"s" | b"f" | b"F" | b"f*" | b"B" | b"B*" | b"b" | b"b*" | b"n" => {
                self.paint(operator)?;
            }
            b"W" | b"W*" => {}
            _ => return Ok(false),
        }
        Ok(true)
    }

    fn paint(&mut self, operator: &[u8]) -> Result<(), ImportError> {
        let mut path = std::mem::take(&mut self.path);
        if self.is_hidden() {
            return Ok(());
        }
        if matches!(operator, b"s" | b"b" | b"b*") {
            path.close();
        }
        let (stroked, filled) = match operator {
            b"S" | b"s" => (true, false),
            b"f" | b"F" | b"f*" => (false, true),
            b"n" => (false, false),
            _ => (true, true),
        };
        if filled && !self.state.white_fill {
            path.fill(self.page);
        }
        if stroked && !self.state.white_stroke {
            let (dx, dy) = self.state.matrix.vector(self.state.line_width, 0.0);
            path.stroke(dx.hypot(dy), self.page);
        }
        if self.page.rules.len() > PAGE_RULES { Err(TOO_MUCH) } else { Ok(()) }
    }

    fn operate_text(&mut self, operator: &[u8], operands: &[PdfToken]) -> Result<(), ImportError> {
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
        if font.vertical { self.advance(0.0, step) } else { self.advance(step, 0.0) }
        Ok(())
    }

    /// Sets the font and line width that a dictionary of states holds.
    fn set_state(&mut self, operands: &[PdfToken]) -> Result<(), ImportError> {
        let [PdfToken::Name(name)] = operands else { return Ok(()) };
        let file = self.reader.file;
        let states = self.resources.and_then(|own| file.dictionary(own, b"ExtGState"));
        let Some(own) = states.and_then(|states| file.dictionary(states, name)) else { return Ok(()) };
        if let Some(width) = file.number(own, b"LW") {
            self.state.line_width = width;
        }
        if let Some([font, size]) = file.array(own, b"Font")
            && let (Some(Object::Dictionary(font)), Some(size)) = (file.resolve(font), file.resolve(size))
        {
            self.state.size = size.as_float().unwrap_or(self.state.size);
            self.state.font = Some(self.reader.font(font)?);
        }
        Ok(())
    }

    fn draw_object(&mut self, operands: &[PdfToken]) -> Result<(), ImportError> {
        let [PdfToken::Name(name)] = operands else { return Ok(()) };
        let file = self.reader.file;
        let objects = self.resources.and_then(|own| file.dictionary(own, b"XObject"));
        // Something that is shown and is not there: a table, perhaps.
        let Some(Object::Stream(object)) = objects.and_then(|own| file.get(own, name)) else {
            return Err(BROKEN);
        };
        let layer = object.dict.get(b"OC").ok();
        if self.is_hidden() || layer.is_some_and(|layer| file.is_hidden_layer(layer)) {
            return Ok(());
        }
        if file.name(&object.dict, b"Subtype") != Some(b"Form") {
            self.add_picture();
            return Ok(());
        }
        if self.depth >= FORMS {
            return Err(TOO_MUCH);
        }
        let key = std::ptr::from_ref(object);
        let content = match self.reader.forms.get(&key) {
            Some(known) => Rc::clone(known),
            None => {
                let content = Rc::new(file.unpack(object)?);
                self.reader.forms.insert(key, Rc::clone(&content));
                content
            }
        };
        let mut state = self.state.clone();
        if let Some(matrix) = file.numbers(&object.dict, b"Matrix") {
            state.matrix = Matrix(matrix).then(&state.matrix);
        }
        let resources = file.dictionary(&object.dict, b"Resources").or(self.resources);
        self.reader.run(self.page, resources, state, self.depth + 1, &content)
    }

    /// Counts how much of the page a picture covers.
    fn add_picture(&mut self) {
        if self.is_hidden() {
            return;
        }
        let matrix = &self.state.matrix;
        let corners = [(0.0, 0.0), (1.0, 0.0), (0.0, 1.0), (1.0, 1.0)].map(|(x, y)| matrix.point(x, y));
        let extent = |of: fn(&(f32, f32)) -> f32, end: f32| {
            let (low, high) = corners.iter().map(of).fold((f32::MAX, f32::MIN), |(a, b), at| (a.min(at), b.max(at)));
            (high.min(end) - low.max(0.0)).max(0.0)
        };
        let (width, height) = (self.page.width, self.page.height);
        let share = extent(|point| point.0, width) * extent(|point| point.1, height) / (width * height);
        if share > COVERING {
            self.page.glyphs.iter_mut().for_each(|glyph| glyph.hidden = true);
        }
        self.page.picture_share = (self.page.picture_share + share).min(1.0);
    }
}

/// A picture over more of the page than this covers what was drawn before.
const COVERING: f32 = 0.8;

/// Returns the last operand if it is a number.
fn number(operands: &[PdfToken]) -> f32 {
    if let Some(PdfToken::Number(number)) = operands.last() { *number } else { 0.0 }
}

/// Returns the operands if they are as many numbers.
fn numbers<const N: usize>(operands: &[PdfToken]) -> Option<[f32; N]> {
    let mut found = [0.0; N];
    let start = operands.len().checked_sub(N)?;
    for (number, operand) in found.iter_mut().zip(&operands[start..]) {
        let PdfToken::Number(own) = operand else { return None };
        *number = *own;
    }
    Some(found)
}

/// Returns whether a colour is white.
fn is_white(operator: &[u8], operands: &[PdfToken]) -> bool {
    let parts: Vec<f32> =
        operands.iter().filter_map(|own| if let PdfToken::Number(own) = own { Some(*own) } else { None }).collect();
    match parts.len() {
        // One part may be an ink, of which 1 is the most.
        1 => operator.eq_ignore_ascii_case(b"g") && parts[0] >= 0.99,
        3 => parts.iter().all(|part| *part >= 0.99),
        4 => parts.iter().all(|part| *part <= 0.01),
        _ => false,
    }
}
