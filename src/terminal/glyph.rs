//! What each column of a screen row shows, computed from the cells of ratatui.
//!
//! This is the last line of defence: whatever a cell holds, what is written to the terminal is one visible
//! character with at most two combining marks, or a blank, or a `?`.

use super::sgr::{Colours, Sgr};
use crate::text::ambiguous;
use crate::text::invisible::is_invisible;
use crate::text::width::char_width;
use ratatui::buffer::Cell;

/// How the terminal draws characters of ambiguous width.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum AmbiguousWidth {
    /// Unknown: drawn as narrow, and the cursor is positioned anew after each, so that nothing drifts if
    /// they are wide after all.
    #[default]
    Unknown,
    /// They take one column.
    Narrow,
    /// They take two columns; texts hold stand-ins ([`ambiguous::to_stand_ins`]).
    Wide,
}

/// What one column of the screen shows.
#[derive(Debug, Clone, Copy)]
pub struct Glyph {
    /// The character and its marks; unused elements are NUL.
    chars: [char; 3],
    /// The width in columns: 1, 2, or 0 for the right half of a wide one.
    pub columns: u8,
    /// Whether all terminals agree about the width.
    pub width_known: bool,
    /// Colours and modifiers. A blank has no foreground unless a modifier makes it visible.
    pub sgr: Sgr,
}

/// Glyphs are equal if they look the same; whether their width is known does not matter.
impl PartialEq for Glyph {
    fn eq(&self, other: &Self) -> bool {
        self.chars == other.chars && self.columns == other.columns && self.sgr == other.sgr
    }
}

impl Glyph {
    /// A blank in the terminal's default colours, as erasing leaves it.
    pub const BLANK: Self = Self { chars: [' ', '\0', '\0'], columns: 1, width_known: true, sgr: Sgr::PLAIN };

    fn new(chars: [char; 3], columns: u8, width_known: bool, sgr: Sgr) -> Self {
        let blank = chars == Self::BLANK.chars;
        Self { chars, columns, width_known, sgr: if blank { sgr.of_blank() } else { sgr } }
    }

    /// Returns `true` if it is a blank, of any colour.
    pub fn is_blank(&self) -> bool {
        self.chars == Self::BLANK.chars
    }

    /// Returns `true` if it is the right half of the glyph before it.
    pub fn is_half(&self) -> bool {
        self.columns == 0
    }

    /// Returns how many bytes [`Self::write`] writes.
    pub fn bytes(&self) -> usize {
        self.chars.iter().filter(|c| **c != '\0').map(|c| c.len_utf8()).sum()
    }

    /// Writes the character and its marks.
    pub fn write(&self, out: &mut Vec<u8>) {
        let mut bytes = [0; 4];
        for c in self.chars.iter().filter(|c| **c != '\0') {
            out.extend_from_slice(c.encode_utf8(&mut bytes).as_bytes());
        }
    }
}

/// Computes the glyphs of a row of cells: one for each cell, a wide one followed by its half.
pub fn row(cells: &[Cell], ambiguous: AmbiguousWidth, colours: Colours, out: &mut Vec<Glyph>) {
    out.clear();
    let mut cells = cells.iter().peekable();
    while let Some(cell) = cells.next() {
        let sgr = Sgr::of(cell, colours);
        let (chars, columns, width_known) = visible(cell.symbol(), ambiguous);
        if columns < 2 {
            out.push(Glyph::new(chars, 1, width_known, sgr));
        } else if cells.next_if(|next| matches!(next.symbol(), " " | "")).is_some() {
            out.push(Glyph::new(chars, 2, width_known, sgr));
            out.push(Glyph { columns: 0, ..Glyph::new(['\0'; 3], 1, true, sgr) });
        } else {
            // It does not fit at the edge, or something was drawn over its right half.
            out.push(Glyph::new(Glyph::BLANK.chars, 1, true, sgr));
        }
    }
}

/// Returns what is written for the symbol of a cell, its width, and whether that is known.
fn visible(symbol: &str, ambiguous: AmbiguousWidth) -> ([char; 3], u8, bool) {
    if let &[byte @ 0x20..=0x7e] = symbol.as_bytes() {
        return ([char::from(byte), '\0', '\0'], 1, true);
    }
    let mut letters = symbol.chars();
    let Some(first) = letters.next() else { return (Glyph::BLANK.chars, 1, true) };
    if let Some(real) = ambiguous::from_stand_in(first).filter(|c| !is_invisible(*c)) {
        // If it is narrow after all, a space fills its second column.
        let wide = ambiguous == AmbiguousWidth::Wide;
        return ([real, if wide { '\0' } else { ' ' }, '\0'], 2, wide);
    }
    let width = Some(char_width(first)).filter(|w| *w > 0 && !is_invisible(first));
    let Some(width) = width else { return (['?', '\0', '\0'], 1, true) };
    let unambiguous = ambiguous == AmbiguousWidth::Narrow || !ambiguous::is_ambiguous(first);
    let width_known = unambiguous && !is_emoji(first);
    let mut chars = [first, '\0', '\0'];
    if letters.as_str().is_empty() {
        return (chars, if width > 1 { 2 } else { 1 }, width_known);
    }
    // A cluster of several characters: marks, and perhaps a second column.
    let mut columns = width;
    let fitting = letters.filter(|c| !is_invisible(*c) && ambiguous::from_stand_in(*c).is_none());
    for (slot, c) in chars.iter_mut().skip(1).zip(fitting) {
        if columns + char_width(c) <= 2 {
            columns += char_width(c);
            *slot = c;
        }
    }
    (chars, if columns > 1 { 2 } else { 1 }, false)
}

/// Returns `true` for emoji, which are newer than the width tables of many terminals.
fn is_emoji(c: char) -> bool {
    matches!(c, '\u{1F000}'..='\u{1FAFF}' | '\u{2600}'..='\u{27BF}' | '\u{231A}' | '\u{231B}')
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use ratatui::style::Color;

    fn text(symbols: &[&'static str]) -> String {
        let cells: Vec<Cell> = symbols
            .iter()
            .map(|s| {
                let mut c = Cell::new("x");
                c.set_symbol(s);
                c
            })
            .collect();
        let (mut glyphs, mut bytes) = (Vec::new(), Vec::new());
        row(&cells, AmbiguousWidth::Narrow, Colours::Many, &mut glyphs);
        assert_eq!(glyphs.len(), cells.len());
        glyphs.iter().for_each(|g| g.write(&mut bytes));
        String::from_utf8(bytes).unwrap_or_default()
    }

    #[test]
    fn nothing_but_visible_characters_gets_through() {
        assert_eq!(
            text(&["\u{1b}[2J", "\u{202e}", "\u{200b}", "\u{feff}", "\u{9b}", "\u{7f}", "a"]),
            "??????a"
        );
        assert_eq!(
            text(&["a\u{200d}\u{1b}", "e\u{301}", "\u{301}", "e\u{301}\u{302}\u{303}\u{304}"]),
            "ae\u{301}?e\u{301}\u{302}"
        );
        assert_eq!(text(&["ｶﾞ", " ", "👨\u{200d}👩\u{200d}👧", " ", "⌨\u{fe0f}", " "]), "ｶﾞ👨⌨ ");
    }

    #[test]
    fn a_wide_glyph_cut_or_drawn_over_leaves_a_blank() {
        assert_eq!(text(&["政", " ", "府"]), "政 ");
        assert_eq!(text(&["政", "│", "a"]), " │a");
    }

    #[test]
    fn a_placeholder_is_written_as_the_character_it_means() {
        let cells =
            [ambiguous::to_stand_ins("—").chars().next().map_or(Cell::EMPTY, Cell::from), Cell::EMPTY];
        let mut glyphs = Vec::new();
        row(&cells, AmbiguousWidth::Wide, Colours::Many, &mut glyphs);
        assert_eq!(
            glyphs.first().map(|g| (g.chars, g.columns, g.width_known)),
            Some((['—', '\0', '\0'], 2, true))
        );
    }

    #[test]
    fn a_blank_has_no_foreground_unless_it_is_seen() {
        let mut glyphs = Vec::new();
        let mut cell = Cell::new(" ");
        cell.set_fg(Color::Red);
        row(&[cell], AmbiguousWidth::Narrow, Colours::Many, &mut glyphs);
        assert_eq!(glyphs, [Glyph::BLANK]);
    }

    proptest! {
        #[test]
        fn whatever_a_cell_holds_one_row_of_columns_comes_out(symbols in prop::collection::vec("\\PC{0,3}|.{0,3}", 1..9)) {
            let cells: Vec<Cell> = symbols.iter().map(|s| { let mut c = Cell::EMPTY; c.set_symbol(s); c }).collect();
            let mut glyphs = Vec::new();
            row(&cells, AmbiguousWidth::Unknown, Colours::None, &mut glyphs);
            prop_assert_eq!(glyphs.len(), cells.len());
            prop_assert_eq!(glyphs.iter().map(|g| usize::from(g.columns)).sum::<usize>(), cells.len());
            let mut bytes = Vec::new();
            glyphs.iter().for_each(|g| g.write(&mut bytes));
            prop_assert!(String::from_utf8_lossy(&bytes).chars().all(|c| !is_invisible(c)));
        }
    }
}
