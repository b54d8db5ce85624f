//! Characters to lines of text.

use super::model::PlacedGlyph;

/// Characters on one baseline, from left to right.
#[derive(Clone, Debug, Default)]
pub struct TextLine {
    /// The number of its page.
    pub page: usize,
    /// Its characters, blanks among them.
    pub glyphs: Vec<PlacedGlyph>,
    /// Its baseline.
    pub y: f32,
    /// The size of most of its characters.
    pub size: f32,
}

/// Returns the lines of some characters from top to bottom. A line ends where the next character's middle is
/// farther down than half of its size.
pub fn text_lines(page: usize, mut glyphs: Vec<PlacedGlyph>) -> Vec<TextLine> {
    glyphs.sort_by(|a, b| a.centre().1.total_cmp(&b.centre().1));
    let mut lines: Vec<TextLine> = Vec::new();
    let mut middle = 0.0;
    for glyph in glyphs {
        let own = glyph.centre().1;
        match lines.last_mut() {
            Some(line) if own - middle <= 0.4 * glyph.size.max(line.size) => {
                line.size = line.size.max(glyph.size);
                line.glyphs.push(glyph);
            }
            _ => {
                middle = own;
                lines.push(TextLine { page, size: glyph.size, glyphs: vec![glyph], y: glyph.y });
            }
        }
    }
    for line in &mut lines {
        line.glyphs.sort_by(|a, b| a.x.total_cmp(&b.x));
        // Blanks may have been set in a size of their own.
        let shown = |glyph: &&PlacedGlyph| !glyph.c.is_whitespace();
        let mut sizes: Vec<f32> = line.glyphs.iter().filter(shown).map(|glyph| glyph.size).collect();
        sizes.sort_by(f32::total_cmp);
        line.size = sizes.get(sizes.len() / 2).copied().unwrap_or(line.size);
        let mut baselines: Vec<f32> = line.glyphs.iter().filter(shown).map(|glyph| glyph.y).collect();
        baselines.sort_by(f32::total_cmp);
        line.y = baselines.get(baselines.len() / 2).copied().unwrap_or(line.y);
        while line.glyphs.last().is_some_and(|glyph| glyph.c.is_whitespace()) {
            line.glyphs.pop();
        }
        let blanks = line.glyphs.iter().take_while(|glyph| glyph.c.is_whitespace()).count();
        line.glyphs.drain(..blanks);
    }
    lines.retain(|line| !line.glyphs.is_empty());
    lines
}

/// A gap wider than this part of the font's size is a blank between letters or digits.
const BLANK: f32 = 0.25;
/// A gap wider than this part of the font's size divides text, whatever it is.
const GAP: f32 = 0.8;

impl TextLine {
    /// Returns where it begins.
    pub fn left(&self) -> f32 {
        self.glyphs.first().map_or(0.0, |glyph| glyph.x)
    }

    /// Returns where it ends.
    pub fn right(&self) -> f32 {
        self.glyphs.iter().map(PlacedGlyph::right).fold(f32::MIN, f32::max)
    }

    /// Returns how wide its first character is.
    pub fn first_width(&self) -> f32 {
        self.glyphs.first().map_or(0.0, |glyph| glyph.width)
    }

    /// Returns its text, gaps as blanks.
    pub fn text(&self) -> String {
        let mut text = String::with_capacity(self.glyphs.len() * 3);
        let mut before: Option<&PlacedGlyph> = None;
        for glyph in &self.glyphs {
            if let Some(before) = before {
                let gap = (glyph.x - before.right()) / self.size.max(1.0);
                let letters = before.c.is_ascii_alphanumeric() && glyph.c.is_ascii_alphanumeric();
                if gap > GAP || letters && gap > BLANK {
                    text.push(' ');
                }
            }
            text.push(glyph.c);
            before = Some(glyph);
        }
        text.trim().to_string()
    }

    /// Returns its text laid out in columns of one width, as far from the left as it is on the page.
    pub fn laid_out(&self, left: f32, column: f32) -> String {
        let mut text = String::new();
        let mut at = 0.0f32;
        let mut end = f32::MIN;
        for glyph in self.glyphs.iter().filter(|glyph| !glyph.c.is_whitespace()) {
            let gap = glyph.x - end;
            if text.is_empty() || gap > BLANK * self.size.max(1.0) {
                // A page is not so wide that a line could not be held.
                let place = ((glyph.x - left) / column).round().clamp(0.0, 1_000.0);
                let least = if text.is_empty() {
                    0.0
                } else if gap > GAP * self.size {
                    2.0
                } else {
                    1.0
                };
                let blanks = (place - at).max(least);
                text.extend(std::iter::repeat_n(' ', blanks as usize));
                at += blanks.floor();
            }
            text.push(glyph.c);
            at += crate::text::width::char_width(glyph.c) as f32;
            end = glyph.right();
        }
        text
    }
}

/// Returns the lines joined to paragraphs again where a line was full. `is_full` says whether the second
/// line's first word would not have found room on the first.
pub fn join_full_lines(lines: &[TextLine], is_full: impl Fn(&TextLine, &TextLine) -> bool) -> String {
    let mut text = String::new();
    for (at, line) in lines.iter().enumerate() {
        let own = line.text();
        if let Some(before) = at.checked_sub(1).and_then(|at| lines.get(at)) {
            let last = text.chars().next_back();
            if !is_full(before, line) {
                text.push('\n');
            } else if last.is_some_and(|c| c.is_ascii_alphabetic())
                && own.starts_with(|c: char| c.is_ascii_alphabetic())
            {
                text.push(' ');
            }
        }
        text.push_str(&own);
    }
    text
}
