//! Paths to ruling lines: strokes along an axis, boxes as thin as one.

use super::matrix::Matrix;
use super::model::{Page, RulingLine, THICKEST};

/// A path being built, in places of the page.
#[derive(Default)]
pub struct PagePath {
    shapes: Vec<PathShape>,
    /// Where the pen is.
    pen: (f32, f32),
}

#[derive(Default)]
struct PathShape {
    points: Vec<(f32, f32)>,
    curved: bool,
}

impl PagePath {
    /// Begins a shape.
    pub fn move_to(&mut self, point: (f32, f32)) {
        self.pen = point;
        self.shapes.push(PathShape { points: vec![point], curved: false });
    }

    /// Draws a line, or a curve that ends there.
    pub fn line_to(&mut self, point: (f32, f32), curved: bool) {
        if self.shapes.is_empty() {
            self.move_to(self.pen);
        }
        if let Some(shape) = self.shapes.last_mut() {
            shape.points.push(point);
            shape.curved |= curved;
        }
        self.pen = point;
    }

    /// Draws a line to where the shape began.
    pub fn close(&mut self) {
        let start = self.shapes.last().and_then(|shape| shape.points.first()).copied();
        if let Some(start) = start {
            self.line_to(start, false);
        }
    }

    /// Draws a box.
    pub fn rectangle(&mut self, [x, y, width, height]: [f32; 4], matrix: &Matrix) {
        let corners = [(x, y), (x + width, y), (x + width, y + height), (x, y + height), (x, y)];
        for (at, (x, y)) in corners.into_iter().enumerate() {
            let point = matrix.point(x, y);
            if at == 0 { self.move_to(point) } else { self.line_to(point, false) }
        }
    }

    /// Adds the ruling lines of the path when it is stroked.
    pub fn stroke(&self, width: f32, page: &mut Page) {
        if width > THICKEST {
            return;
        }
        for points in self.shapes.iter().flat_map(|shape| shape.points.windows(2)) {
            let [(x0, y0), (x1, y1)] = [points[0], points[1]];
            // A line that is not quite straight is none.
            let straight = (x0 - x1).abs() < 0.5 || (y0 - y1).abs() < 0.5;
            page.rules.extend(RulingLine::from_box((x0, x1), (y0, y1)).filter(|_| straight));
        }
    }

    /// Adds the ruling lines of the path when it is filled.
    pub fn fill(&self, page: &mut Page) {
        for shape in &self.shapes {
            if shape.curved || shape.points.len() > 8 {
                page.outlines += 1;
                continue;
            }
            let bounds = |of: fn(&(f32, f32)) -> f32| {
                let all = shape.points.iter().map(of);
                all.fold((f32::MAX, f32::MIN), |(low, high), at| (low.min(at), high.max(at)))
            };
            let (x, y) = (bounds(|point| point.0), bounds(|point| point.1));
            // A wall of a cell whose walls differ in colour is cut askew at its ends, by as much as it is thick.
            let thickness = (x.1 - x.0).min(y.1 - y.0);
            let slack = if thickness <= THICKEST { 0.3 + thickness } else { 0.3 };
            let near = |at: f32, ends: (f32, f32)| (at - ends.0).abs() < slack || (at - ends.1).abs() < slack;
            let is_box = shape.points.iter().all(|point| near(point.0, x) && near(point.1, y));
            if is_box && shape.points.len() >= 4 {
                page.rules.extend(RulingLine::from_box(x, y));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_wall_cut_askew_at_its_ends_is_a_ruling_line() {
        let rules = |points: [(f32, f32); 4]| {
            let mut path = PagePath::default();
            path.move_to(points[0]);
            points[1..].iter().for_each(|point| path.line_to(*point, false));
            path.close();
            let mut page = Page::default();
            path.fill(&mut page);
            page.rules
        };
        let [wall] = rules([(36.0, 60.0), (36.75, 60.75), (36.75, 143.25), (36.0, 144.0)])[..] else {
            panic!()
        };
        assert_eq!((wall.horizontal, wall.from, wall.to), (false, 60.0, 144.0));
        assert!(rules([(0.0, 0.0), (20.0, 1.0), (40.0, 30.0), (0.0, 31.0)]).is_empty());
    }
}
