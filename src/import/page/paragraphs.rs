//! Lines of running text to paragraphs, by what a reader sees: indents, gaps, lines that are not full.

use super::lines::TextLine;

/// What the lines of a document have in common.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct TextShape {
    /// Where full lines begin, and where they end.
    left: f32,
    right: f32,
    /// The distance between the lines of a paragraph, in sizes of their font.
    pitch: f32,
    /// The size of most lines.
    size: f32,
}

/// How much of the last line's end stays empty where the next word was too long, in sizes of the font.
const SLACK: f32 = 2.2;

impl TextShape {
    /// Returns the shape of the text of some lines, in reading order.
    pub fn of(lines: &[&TextLine]) -> TextShape {
        let widest = lines.iter().map(|line| line.right() - line.left()).fold(0.0, f32::max);
        let long: Vec<&&TextLine> =
            lines.iter().filter(|line| line.right() - line.left() > 0.7 * widest).collect();
        let middle = |mut values: Vec<f32>, part: usize| {
            values.sort_by(f32::total_cmp);
            values.get(values.len() * part / 10).or(values.last()).copied()
        };
        let right = middle(long.iter().map(|line| line.right()).collect(), 8).unwrap_or(0.0);
        let mut shape = TextShape { left: 0.0, right, pitch: f32::MAX, size: 0.0 };
        let full = |line: &TextLine| shape.is_full(line);
        let left =
            middle(lines.windows(2).filter(|pair| full(pair[0])).map(|pair| pair[1].left()).collect(), 1);
        let left = left.or_else(|| middle(lines.iter().map(|line| line.left()).collect(), 1));
        let gaps = lines.windows(2).filter(|pair| pair[0].page == pair[1].page && full(pair[0]));
        let gaps = gaps.map(|pair| (pair[1].y - pair[0].y) / pair[1].size.max(1.0));
        let pitch = middle(gaps.filter(|gap| (0.8..4.0).contains(gap)).collect(), 4);
        let size = middle(lines.iter().map(|line| line.size).collect(), 5).unwrap_or(0.0);
        shape = TextShape { left: left.unwrap_or(0.0), right, pitch: pitch.unwrap_or(f32::MAX), size };
        shape
    }

    fn is_full(&self, line: &TextLine) -> bool {
        line.right() >= self.right - SLACK * line.size
    }

    /// Returns whether a line goes on in the next one that follows it with nothing between.
    pub fn goes_on(&self, line: &TextLine, next: &TextLine) -> bool {
        let size = line.size.max(next.size);
        let near = next.page != line.page || {
            let gap = (next.y - line.y) / next.size.max(1.0);
            gap <= self.pitch * 1.2
        };
        let middle = |line: &TextLine| (line.left() + line.right()) / 2.0;
        // A title over two lines is in the middle of the page.
        let is_title = next.size > 1.15 * self.size && (middle(line) - middle(next)).abs() <= 0.5 * next.size;
        let indented = next.left() > self.left + 1.2 * next.size && !is_title;
        near && !indented && self.is_full(line) && (line.size - next.size).abs() <= 0.15 * size
    }
}
