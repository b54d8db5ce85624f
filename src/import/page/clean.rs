//! What is dropped or mended before a page is read: characters drawn twice, radicals, slanted text.

use std::collections::HashMap;

use super::model::{Direction, Page, PlacedGlyph};
use crate::text::invisible::Invisible;
use crate::text::radicals::plain_character;

/// Cleans a page, and returns the text that runs along no axis.
pub fn clean(page: &mut Page) -> String {
    let mut slanted = String::new();
    let mut seen: HashMap<(char, i32, i32), Vec<PlacedGlyph>> = HashMap::new();
    let (width, height) = (page.width, page.height);
    page.glyphs.retain_mut(|glyph| {
        glyph.c = plain_character(glyph.c);
        let (x, y) = (glyph.x, glyph.y);
        // Beyond the edges nothing is shown; what is not a number is nowhere.
        let shown = -1.0 <= x && x <= width && 0.0 <= y && y <= height + glyph.size;
        if !shown
            || !glyph.size.is_finite()
            || glyph.c.is_control()
            || Invisible::of(glyph.c) == Some(Invisible::Empty)
        {
            return false;
        }
        if glyph.direction == Direction::Slanted {
            slanted.push(glyph.c);
            return false;
        }
        !is_double(&mut seen, glyph)
    });
    slanted.trim().to_string()
}

/// Characters nearer to each other than this part of their size are one, drawn twice to look bold.
const DOUBLE: f32 = 0.15;
/// The side of the squares that doubles are sought in, in points.
const SQUARE: f32 = 16.0;
/// The most of one character that a square can hold.
const CROWD: usize = 64;

fn is_double(seen: &mut HashMap<(char, i32, i32), Vec<PlacedGlyph>>, glyph: &PlacedGlyph) -> bool {
    let near = (glyph.size * DOUBLE).min(SQUARE);
    let square = |at: f32| (at / SQUARE).floor() as i32;
    let same = |other: &PlacedGlyph| {
        (other.x - glyph.x).abs() <= near && (other.y - glyph.y).abs() <= near && !glyph.c.is_whitespace()
    };
    for column in square(glyph.x - near)..=square(glyph.x + near) {
        for row in square(glyph.y - near)..=square(glyph.y + near) {
            if seen.get(&(glyph.c, column, row)).is_some_and(|others| others.iter().any(same)) {
                return true;
            }
        }
    }
    let others = seen.entry((glyph.c, square(glyph.x), square(glyph.y))).or_default();
    // So many in one square nobody could tell apart.
    let crowded = others.len() >= CROWD;
    if !crowded {
        others.push(*glyph);
    }
    crowded
}
