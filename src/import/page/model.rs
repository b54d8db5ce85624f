//! What a page of a fixed layout holds: characters at their places, ruling lines, pictures.
//!
//! Places are in points from the top left corner of the page as it is shown, y downward.

/// A page as a reader found it.
#[derive(Clone, Debug, Default)]
pub struct Page {
    /// Its number from 1.
    pub number: usize,
    /// Its width in points.
    pub width: f32,
    /// Its height in points.
    pub height: f32,
    /// Its characters in the order in which they are drawn.
    pub glyphs: Vec<PlacedGlyph>,
    /// Its ruling lines: strokes along an axis, and filled boxes as thin as one.
    pub rules: Vec<RulingLine>,
    /// How much of it pictures cover, from 0 to 1.
    pub picture_share: f32,
    /// How many curved shapes are filled on it: characters drawn as outlines are such.
    pub outlines: usize,
}

/// The direction in which a character's line runs.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Direction {
    /// To the right, upright.
    #[default]
    Right,
    /// Down the page: turned clockwise.
    Down,
    /// To the left: upside down.
    Left,
    /// Up the page: turned anticlockwise.
    Up,
    /// Along no axis, as watermarks.
    Slanted,
}

impl Direction {
    /// Returns the direction of a vector.
    pub fn of(dx: f32, dy: f32) -> Direction {
        // A tenth of the length is six degrees.
        if dy.abs() <= dx.abs() * 0.1 {
            if dx < 0.0 { Direction::Left } else { Direction::Right }
        } else if dx.abs() <= dy.abs() * 0.1 {
            if dy < 0.0 { Direction::Up } else { Direction::Down }
        } else {
            Direction::Slanted
        }
    }
}

/// A character at its place.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct PlacedGlyph {
    /// The character; `U+FFFD` where the source does not say which.
    pub c: char,
    /// Where its baseline begins.
    pub x: f32,
    /// Where its baseline begins.
    pub y: f32,
    /// Its advance along the line.
    pub width: f32,
    /// The size of its font.
    pub size: f32,
    /// The direction of its line.
    pub direction: Direction,
    /// Whether it is not shown itself, or a picture covers it: recognised text is laid under scans so.
    pub hidden: bool,
}

impl PlacedGlyph {
    /// Returns the middle of a character whose line runs to the right.
    pub fn centre(&self) -> (f32, f32) {
        (self.x + self.width / 2.0, self.y - self.size * 0.36)
    }

    /// Returns where it ends.
    pub fn right(&self) -> f32 {
        self.x + self.width
    }
}

/// Lines nearer than this are one, in points; so are ends that nearly meet.
pub const NEAR: f32 = 3.0;
/// The thickest line that is a ruling line, in points.
pub const THICKEST: f32 = 2.5;
/// The shortest stroke that is a ruling line, in points: characters drawn as outlines have shorter ones.
const SHORTEST: f32 = 6.0;

/// A ruling line from its first to its last point.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct RulingLine {
    /// Whether it is horizontal.
    pub horizontal: bool,
    /// The other coordinate: y of a horizontal line, x of a vertical one.
    pub at: f32,
    /// Where it begins.
    pub from: f32,
    /// Where it ends.
    pub to: f32,
}

impl RulingLine {
    /// Returns the ruling line that a box is, if it is as thin and as long as one.
    pub fn from_box(x: (f32, f32), y: (f32, f32)) -> Option<RulingLine> {
        let (x, y) = ((x.0.min(x.1), x.0.max(x.1)), (y.0.min(y.1), y.0.max(y.1)));
        let (wide, high) = (x.1 - x.0, y.1 - y.0);
        // What is not a number compares as false.
        if high <= THICKEST && wide >= SHORTEST {
            Some(RulingLine { horizontal: true, at: (y.0 + y.1) / 2.0, from: x.0, to: x.1 })
        } else if wide <= THICKEST && high >= SHORTEST {
            Some(RulingLine { horizontal: false, at: (x.0 + x.1) / 2.0, from: y.0, to: y.1 })
        } else {
            None
        }
    }

    fn from_ends(a: (f32, f32), b: (f32, f32)) -> Option<RulingLine> {
        RulingLine::from_box((a.0, b.0), (a.1, b.1))
    }

    fn ends(&self) -> [(f32, f32); 2] {
        if self.horizontal {
            [(self.from, self.at), (self.to, self.at)]
        } else {
            [(self.at, self.from), (self.at, self.to)]
        }
    }
}

impl Page {
    /// Turns the page so that most of its text runs to the right, as a table printed sideways is held.
    pub fn turn_upright(&mut self) {
        let count = |direction| self.glyphs.iter().filter(|glyph| glyph.direction == direction).count();
        let turned = [Direction::Right, Direction::Down, Direction::Left, Direction::Up];
        let Some(main) = turned.into_iter().rev().max_by_key(|direction| count(*direction)) else { return };
        if main == Direction::Right {
            return;
        }
        let (width, height) = (self.width, self.height);
        let turn = |(x, y): (f32, f32)| turned_point(main, (x, y), (width, height));
        for glyph in &mut self.glyphs {
            (glyph.x, glyph.y) = turn((glyph.x, glyph.y));
            glyph.direction = turned_direction(main, glyph.direction);
        }
        self.rules = self
            .rules
            .iter()
            .filter_map(|rule| {
                let [a, b] = rule.ends();
                RulingLine::from_ends(turn(a), turn(b))
            })
            .collect();
        if main != Direction::Left {
            (self.width, self.height) = (height, width);
        }
    }
}

/// Returns where a point comes to be when what ran along `direction` is turned to run to the right.
pub fn turned_point(direction: Direction, (x, y): (f32, f32), (width, height): (f32, f32)) -> (f32, f32) {
    match direction {
        Direction::Right | Direction::Slanted => (x, y),
        Direction::Down => (y, width - x),
        Direction::Left => (width - x, height - y),
        Direction::Up => (height - y, x),
    }
}

fn turned_direction(main: Direction, own: Direction) -> Direction {
    let order = [Direction::Right, Direction::Down, Direction::Left, Direction::Up];
    let quarter = |direction| order.iter().position(|it| *it == direction);
    match (quarter(main), quarter(own)) {
        (Some(main), Some(own)) => order[(own + 4 - main) % 4],
        _ => own,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sideways_page_is_turned_upright() {
        let glyph = |x, y| PlacedGlyph { c: '甲', x, y, width: 10.0, size: 10.0, ..PlacedGlyph::default() };
        for (direction, first, second) in [
            (Direction::Down, (500.0, 30.0), (500.0, 40.0)),
            (Direction::Up, (95.0, 812.0), (95.0, 802.0)),
            (Direction::Left, (565.0, 742.0), (555.0, 742.0)),
        ] {
            let glyphs = [first, second].map(|(x, y)| PlacedGlyph { direction, ..glyph(x, y) }).to_vec();
            let rules = RulingLine::from_box((100.0, 100.0), (50.0, 90.0)).into_iter().collect();
            let mut page = Page { width: 595.0, height: 842.0, glyphs, rules, ..Page::default() };
            page.turn_upright();
            let places: Vec<_> =
                page.glyphs.iter().map(|glyph| (glyph.x, glyph.y, glyph.direction)).collect();
            let y = if direction == Direction::Left { 100.0 } else { 95.0 };
            assert_eq!(places, [(30.0, y, Direction::Right), (40.0, y, Direction::Right)], "{direction:?}");
            assert_eq!(page.rules[0].horizontal, direction != Direction::Left);
            assert_eq!(page.width > page.height, direction != Direction::Left);
        }
    }

    #[test]
    fn thick_and_short_boxes_are_no_ruling_lines() {
        assert!(RulingLine::from_box((0.0, 100.0), (5.0, 5.5)).is_some_and(|rule| rule.horizontal));
        assert!(RulingLine::from_box((9.0, 8.5), (100.0, 5.5)).is_some_and(|rule| !rule.horizontal));
        assert!(RulingLine::from_box((0.0, 100.0), (5.0, 15.0)).is_none());
        assert!(RulingLine::from_box((0.0, 5.0), (5.0, 5.0)).is_none());
        assert!(RulingLine::from_box((f32::NAN, 50.0), (5.0, 5.0)).is_none());
    }
}
