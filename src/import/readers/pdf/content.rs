//! Runs the content of a page: where each character and each ruling line comes to be.
//!
//! Colours, pictures and clips are not drawn. Each operator, character and nested form is counted, so that no
//! file costs more than a report can.

use std::collections::HashMap;
use std::rc::Rc;

use lopdf::{Dictionary, Object, Stream};

use super::super::super::ImportError;
use super::super::super::page::{Matrix, PAGE_RULES, Page, PagePath};
use super::file::{PdfFile, PdfPage};
use super::font::Font;
use super::inflate::BROKEN;
use super::lexer::{Lexer, PdfToken};
use super::operands::{is_white, number, numbers};

/// The most operators of a document.
const OPERATORS: usize = 2_000_000;
/// The deepest nesting of forms, and of saved states.
const FORMS: usize = 12;
const STATES: usize = 512;
/// The most operands of an operator.
const OPERANDS: usize = 20_000;

/// What is said of pages that hold more than any report.
pub const TOO_MUCH: ImportError = ImportError::TooLarge("PDF 页面上的内容太多");

/// What was counted, and the fonts that were read, of a document.
pub struct ContentReader<'a> {
    pub(super) file: &'a PdfFile,
    operators: usize,
    /// How many characters were shown.
    pub(super) glyphs: usize,
    /// Fonts by where their dictionary is in memory.
    fonts: HashMap<*const Dictionary, Rc<Font>>,
    /// Forms unpacked, by where they are in memory.
    forms: HashMap<*const Stream, Rc<Vec<u8>>>,
}

/// The part of the graphics state that has to do with places.
#[derive(Clone)]
pub struct DrawState {
    pub(super) matrix: Matrix,
    pub(super) line_width: f32,
    /// Whether what is filled, or stroked, is as white as the page.
    pub(super) white_fill: bool,
    pub(super) white_stroke: bool,
    pub(super) font: Option<Rc<Font>>,
    pub(super) size: f32,
    pub(super) char_space: f32,
    pub(super) word_space: f32,
    pub(super) stretch: f32,
    pub(super) leading: f32,
    pub(super) rise: f32,
    pub(super) mode: u32,
}

/// The content being run: of a page, or of a form on it.
pub struct Run<'a, 'b> {
    pub(super) reader: &'b mut ContentReader<'a>,
    pub(super) page: &'b mut Page,
    pub(super) resources: Option<&'a Dictionary>,
    pub(super) state: DrawState,
    pub(super) saved: Vec<DrawState>,
    pub(super) text_matrix: Matrix,
    pub(super) line_matrix: Matrix,
    pub(super) path: PagePath,
    /// For each open piece of marked content, whether it belongs to a layer that is not shown.
    pub(super) marked: Vec<bool>,
    pub(super) depth: usize,
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

    /// Returns a font, which is read once.
    ///
    /// # Errors
    /// Returns an error if it is damaged.
    pub fn font(&mut self, font: &'a Dictionary) -> Result<Rc<Font>, ImportError> {
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

    /// Returns whether what is drawn belongs to a layer that is not shown.
    pub fn is_hidden(&self) -> bool {
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
            let (low, high) =
                corners.iter().map(of).fold((f32::MAX, f32::MIN), |(a, b), at| (a.min(at), b.max(at)));
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
