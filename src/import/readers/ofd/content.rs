//! What is on a page of an OFD file: text objects and path objects.

use quick_xml::events::{BytesStart, Event};

use super::super::super::ImportError;
use super::super::super::page::{Direction, Matrix, Page, PagePath, PlacedGlyph};
use super::super::xml::{XmlEvents, reference_text};
use super::attributes::{BROKEN, TOO_MUCH, attributes, numbers};

/// The most characters, and steps of paths, of a document.
const GLYPHS: usize = 400_000;
const STEPS: usize = 500_000;
/// Points in a millimetre.
const POINTS: f32 = 72.0 / 25.4;

/// Counts what is read of a document.
#[derive(Default)]
pub struct OfdContent {
    glyphs: usize,
    steps: usize,
    /// Where the page begins, in millimetres.
    origin: (f32, f32),
}

/// The object being read.
#[derive(Default)]
struct OfdObject {
    matrix: Matrix,
    size: f32,
    stretch: f32,
    /// How far a character is turned clockwise, in quarters.
    quarters: usize,
    is_visible: bool,
    strokes: bool,
    fills: bool,
    line_width: f32,
    white: (bool, bool),
    /// The text and attributes of the element being read.
    text: String,
    code: Vec<(String, String)>,
    path: PagePath,
}

impl OfdContent {
    /// Returns a page without content. `area` is its left, top, width and height in millimetres.
    pub fn page(&mut self, number: usize, [left, top, width, height]: [f32; 4]) -> Page {
        self.origin = (left, top);
        Page { number, width: width * POINTS, height: height * POINTS, ..Page::default() }
    }

    /// Adds the content of a part to a page.
    ///
    /// # Errors
    /// Returns an error if it is damaged, or more than that of any report.
    pub fn add(&mut self, page: &mut Page, xml: &str) -> Result<(), ImportError> {
        let mut events = XmlEvents::of(xml, BROKEN);
        let mut object = OfdObject::default();
        let mut in_text = false;
        while let Some(event) = events.next_event()? {
            match &event {
                Event::Start(tag) | Event::Empty(tag) => {
                    let name = tag.local_name();
                    self.open(page, name.as_ref(), tag, &mut object);
                    in_text = matches!(event, Event::Start(_))
                        && matches!(name.as_ref(), "TextCode" | "AbbreviatedData");
                }
                Event::Text(text) if in_text => object.text.push_str(text),
                Event::CData(text) if in_text => object.text.push_str(text),
                Event::GeneralRef(name) if in_text => object.text.push_str(&reference_text(name)),
                Event::End(tag) => {
                    in_text = false;
                    match tag.local_name().as_ref() {
                        "TextCode" => self.add_text(page, &object)?,
                        "AbbreviatedData" => self.add_steps(&mut object)?,
                        "PathObject" => object.paint(page),
                        _ => {}
                    }
                }
                _ => {}
            }
        }
        if events.depth() == 0 { Ok(()) } else { Err(BROKEN) }
    }

    fn open(&mut self, page: &mut Page, name: &str, tag: &BytesStart, object: &mut OfdObject) {
        match name {
            "TextObject" | "PathObject" | "ImageObject" | "CompositeObject" => {
                *object = self.object(name, &attributes(tag));
                if matches!(name, "ImageObject" | "CompositeObject") && object.is_visible {
                    let sides = attribute(&attributes(tag), "Boundary").and_then(numbers::<4>);
                    let area = sides.map_or(0.0, |[_, _, width, height]| width * height * POINTS * POINTS);
                    let share = (area / (page.width * page.height)).clamp(0.0, 1.0);
                    page.picture_share = (page.picture_share + share).min(1.0);
                }
            }
            "TextCode" | "AbbreviatedData" => {
                object.text.clear();
                object.code = attributes(tag);
            }
            "FillColor" | "StrokeColor" => {
                let own = attributes(tag);
                let value = attribute(&own, "Value").unwrap_or_default();
                let is_white = !value.is_empty() && value.split_ascii_whitespace().all(|part| part == "255");
                if name == "FillColor" { object.white.0 = is_white } else { object.white.1 = is_white }
            }
            _ => {}
        }
    }

    fn object(&self, name: &str, own: &[(String, String)]) -> OfdObject {
        let number = |name: &str| attribute(own, name).and_then(|text| text.parse::<f32>().ok());
        let [x, y, ..] = attribute(own, "Boundary").and_then(numbers::<4>).unwrap_or_default();
        let inner = Matrix(attribute(own, "CTM").and_then(numbers).unwrap_or(Matrix::default().0));
        let to_page =
            Matrix([POINTS, 0.0, 0.0, POINTS, (x - self.origin.0) * POINTS, (y - self.origin.1) * POINTS]);
        let is_true = |name: &str, usual: bool| {
            attribute(own, name).map_or(usual, |text| text == "true" || text == "1")
        };
        let degrees = number("CharDirection").unwrap_or(0.0);
        OfdObject {
            matrix: inner.then(&to_page),
            size: number("Size").unwrap_or(0.0),
            stretch: number("HScale").unwrap_or(1.0),
            quarters: (degrees / 90.0).round().rem_euclid(4.0) as usize,
            is_visible: is_true("Visible", true),
            strokes: is_true("Stroke", name == "PathObject"),
            fills: is_true("Fill", name != "PathObject"),
            line_width: number("LineWidth").unwrap_or(0.353),
            ..OfdObject::default()
        }
    }

    fn add_text(&mut self, page: &mut Page, object: &OfdObject) -> Result<(), ImportError> {
        let number = |name: &str| attribute(&object.code, name).and_then(|text| text.parse::<f32>().ok());
        let (mut x, mut y) = (number("X").unwrap_or(0.0), number("Y").unwrap_or(0.0));
        let count = object.text.chars().count();
        self.glyphs += count;
        if self.glyphs > GLYPHS {
            return Err(TOO_MUCH);
        }
        if !object.is_visible {
            return Ok(());
        }
        let across = deltas(attribute(&object.code, "DeltaX"), count);
        let down = deltas(attribute(&object.code, "DeltaY"), count);
        let turns = [(1.0, 0.0), (0.0, 1.0), (-1.0, 0.0), (0.0, -1.0)];
        let unit = turns.get(object.quarters).copied().unwrap_or((1.0, 0.0));
        let unit = object.matrix.vector(unit.0, unit.1);
        let up = object.matrix.vector(0.0, object.size);
        for (at, c) in object.text.chars().enumerate() {
            // Half of the size for the narrow characters: the font is not opened.
            let narrow = if c.is_ascii() { 0.5 } else { 1.0 };
            let width = object.size * object.stretch * narrow;
            let (px, py) = object.matrix.point(x, y);
            let along = object.matrix.vector(width, 0.0);
            page.glyphs.push(PlacedGlyph {
                c,
                x: px,
                y: py,
                width: along.0.hypot(along.1),
                size: up.0.hypot(up.1),
                direction: Direction::of(unit.0, unit.1),
                hidden: false,
            });
            match (across.get(at), down.get(at)) {
                (None, None) => x += width,
                (dx, dy) => {
                    x += dx.copied().unwrap_or(0.0);
                    y += dy.copied().unwrap_or(0.0);
                }
            }
        }
        Ok(())
    }

    fn add_steps(&mut self, object: &mut OfdObject) -> Result<(), ImportError> {
        let mut words = object.text.split_ascii_whitespace();
        let matrix = object.matrix;
        while let Some(step) = words.next() {
            self.steps += 1;
            if self.steps > STEPS {
                return Err(TOO_MUCH);
            }
            // How many numbers follow; the last two are where the step ends.
            let skipped = match step {
                "S" | "M" | "L" => 0,
                "Q" => 2,
                "B" => 4,
                "A" => 5,
                "C" => {
                    object.path.close();
                    continue;
                }
                _ => continue,
            };
            let mut ends = words.by_ref().skip(skipped).map(|word| word.parse::<f32>().unwrap_or(f32::NAN));
            let (Some(x), Some(y)) = (ends.next(), ends.next()) else { return Err(BROKEN) };
            let point = matrix.point(x, y);
            match step {
                "S" | "M" => object.path.move_to(point),
                _ => object.path.line_to(point, step != "L"),
            }
        }
        Ok(())
    }
}

impl OfdObject {
    fn paint(&self, page: &mut Page) {
        if !self.is_visible {
            return;
        }
        if self.fills && !self.white.0 {
            self.path.fill(page);
        }
        if self.strokes && !self.white.1 {
            let (dx, dy) = self.matrix.vector(self.line_width, 0.0);
            self.path.stroke(dx.hypot(dy), page);
        }
    }
}

fn attribute<'a>(attributes: &'a [(String, String)], name: &str) -> Option<&'a str> {
    attributes.iter().find(|(own, _)| own == name).map(|(_, value)| value.as_str())
}

/// Returns the steps from each character to the next: `g 3 5.5` is 5.5 three times.
fn deltas(text: Option<&str>, count: usize) -> Vec<f32> {
    let mut steps = Vec::new();
    let mut words = text.unwrap_or_default().split_ascii_whitespace();
    while let Some(word) = words.next() {
        if steps.len() >= count {
            break;
        }
        if word == "g" {
            let times = words.next().and_then(|word| word.parse::<usize>().ok()).unwrap_or(0);
            let step = words.next().and_then(|word| word.parse::<f32>().ok()).unwrap_or(0.0);
            steps.extend(std::iter::repeat_n(step, times.min(count - steps.len())));
        } else {
            steps.push(word.parse().unwrap_or(0.0));
        }
    }
    steps
}
