//! Colours and modifiers, and the shortest sequences that change them (SGR).

use super::cursor::decimal;
use ratatui::buffer::Cell;
use ratatui::style::{Color, Modifier};

/// How many colours the terminal has. Other colours become its default foreground and background.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Colours {
    /// None: modifiers only.
    None,
    /// The eight of the first colour terminals; bright colours become their plain counterparts.
    Eight,
    /// Eight colours and their bright counterparts.
    #[default]
    Sixteen,
    /// A palette of 256 colours, or any colour.
    Many,
}

/// The modifiers that are visible on a blank.
const SEEN_ON_BLANK: Modifier = Modifier::REVERSED
    .union(Modifier::UNDERLINED)
    .union(Modifier::SLOW_BLINK)
    .union(Modifier::RAPID_BLINK)
    .union(Modifier::CROSSED_OUT);

/// Modifiers, with the numbers that switch them on and off (ECMA-48, SGR).
const SWITCHES: [(Modifier, u8, u8); 9] = [
    (Modifier::BOLD, 1, 22),
    (Modifier::DIM, 2, 22),
    (Modifier::ITALIC, 3, 23),
    (Modifier::UNDERLINED, 4, 24),
    (Modifier::SLOW_BLINK, 5, 25),
    (Modifier::RAPID_BLINK, 6, 25),
    (Modifier::REVERSED, 7, 27),
    (Modifier::HIDDEN, 8, 28),
    (Modifier::CROSSED_OUT, 9, 29),
];

/// The style of a glyph.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sgr {
    fg: Color,
    bg: Color,
    modifier: Modifier,
}

impl Sgr {
    /// The terminal's default colours, no modifier.
    pub const PLAIN: Self = Self { fg: Color::Reset, bg: Color::Reset, modifier: Modifier::empty() };

    /// Returns the style of a cell, in the colours that the terminal has.
    pub fn of(cell: &Cell, colours: Colours) -> Self {
        Self { fg: reduced(cell.fg, colours), bg: reduced(cell.bg, colours), modifier: cell.modifier }
    }

    /// Returns whether the glyph stands on a colour of its own.
    pub fn has_ground(self) -> bool {
        self.bg != Color::Reset
    }

    /// Returns the style that is visible on a blank with this style.
    pub fn of_blank(self) -> Self {
        if self.modifier.intersects(SEEN_ON_BLANK) { self } else { Self { bg: self.bg, ..Self::PLAIN } }
    }

    /// Returns the style in which to draw a blank if the current style is `self`: what is not visible stays
    /// unchanged.
    pub fn for_blank(self, blank: Self) -> Self {
        let visible = self.modifier.union(blank.modifier).intersects(SEEN_ON_BLANK);
        if visible { blank } else { Self { bg: blank.bg, ..self } }
    }

    /// Writes what changes the current style from `self` to `to`: the differences, or a reset and all of
    /// `to`, whichever is shorter.
    pub fn write_transition(self, to: Self, out: &mut Vec<u8>) {
        if self == to {
            return;
        }
        let (mut steps, mut anew) = (Vec::with_capacity(24), Vec::with_capacity(24));
        self.write_steps(to, &mut steps);
        Self::PLAIN.write_steps(to, &mut anew);
        out.extend_from_slice(b"\x1b[");
        if anew.len() < steps.len() {
            // An empty number is 0: reset. What follows begins with a semicolon.
            out.extend_from_slice(&anew);
        } else {
            out.extend_from_slice(steps.get(1..).unwrap_or_default());
        }
        out.push(b'm');
    }

    /// Writes the numbers that change `self` into `to`, each with a semicolon before it.
    fn write_steps(self, to: Self, out: &mut Vec<u8>) {
        let lost = self.modifier.difference(to.modifier);
        let mut gained = to.modifier.difference(self.modifier);
        let mut last = 0;
        for (modifier, _, off) in SWITCHES {
            if lost.contains(modifier) && off != last {
                number(off, out);
                last = off;
                // Bold and dim, and the two blinks, are switched off together: switch on the one that stays.
                let together = SWITCHES.iter().filter(|(_, _, o)| *o == off);
                gained |= together.fold(Modifier::empty(), |all, (m, _, _)| all | (to.modifier & *m));
            }
        }
        for (modifier, on, _) in SWITCHES {
            if gained.contains(modifier) {
                number(on, out);
            }
        }
        if self.fg != to.fg {
            colour(to.fg, 30, out);
        }
        if self.bg != to.bg {
            colour(to.bg, 40, out);
        }
    }
}

/// Writes a number with a semicolon before it.
fn number(n: u8, out: &mut Vec<u8>) {
    out.push(b';');
    decimal(n.into(), out);
}

/// Returns the index of a named colour among the sixteen.
fn index(colour: Color) -> Option<u8> {
    Some(match colour {
        Color::Black => 0,
        Color::Red => 1,
        Color::Green => 2,
        Color::Yellow => 3,
        Color::Blue => 4,
        Color::Magenta => 5,
        Color::Cyan => 6,
        Color::Gray => 7,
        Color::DarkGray => 8,
        Color::LightRed => 9,
        Color::LightGreen => 10,
        Color::LightYellow => 11,
        Color::LightBlue => 12,
        Color::LightMagenta => 13,
        Color::LightCyan => 14,
        Color::White => 15,
        Color::Indexed(n @ 0..=15) => n,
        _ => return None,
    })
}

fn reduced(colour: Color, colours: Colours) -> Color {
    match (colours, index(colour)) {
        (Colours::None, _) => Color::Reset,
        // Dark grey is bright black: with eight colours it would be black on black.
        (Colours::Eight, Some(8)) => Color::Reset,
        (Colours::Eight, Some(n)) => Color::Indexed(n % 8),
        (_, Some(n)) => Color::Indexed(n),
        (Colours::Many, None) => colour,
        (_, None) => Color::Reset,
    }
}

fn colour(colour: Color, base: u8, out: &mut Vec<u8>) {
    match (colour, index(colour)) {
        (_, Some(n @ 0..=7)) => number(base + n, out),
        (_, Some(n)) => number(base + 52 + n, out),
        (Color::Indexed(n), _) => [base + 8, 5, n].iter().for_each(|n| number(*n, out)),
        (Color::Rgb(r, g, b), _) => [base + 8, 2, r, g, b].iter().for_each(|n| number(*n, out)),
        _ => number(base + 9, out),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn change(from: Sgr, to: Sgr) -> String {
        let mut out = Vec::new();
        from.write_transition(to, &mut out);
        String::from_utf8_lossy(&out).replace('\u{1b}', "^")
    }

    fn sgr(fg: Color, bg: Color, modifier: Modifier) -> Sgr {
        let mut cell = Cell::new("x");
        cell.set_fg(fg).set_bg(bg).modifier = modifier;
        Sgr::of(&cell, Colours::Many)
    }

    #[test]
    fn differences_are_written_or_a_reset_if_that_is_shorter() {
        let (red, plain) = (sgr(Color::Red, Color::Reset, Modifier::empty()), Sgr::PLAIN);
        assert_eq!(change(plain, plain), "");
        assert_eq!(change(plain, red), "^[31m");
        assert_eq!(change(red, plain), "^[m");
        let bold = sgr(Color::Red, Color::Reset, Modifier::BOLD);
        assert_eq!(change(red, bold), "^[1m");
        assert_eq!(change(bold, red), "^[22m");
        let all = sgr(Color::White, Color::LightBlue, Modifier::BOLD | Modifier::UNDERLINED);
        assert_eq!(change(all, sgr(Color::Reset, Color::Reset, Modifier::REVERSED)), "^[;7m");
        assert_eq!(change(plain, all), "^[1;4;97;104m");
        assert_eq!(
            change(plain, sgr(Color::Indexed(200), Color::Rgb(1, 2, 3), Modifier::empty())),
            "^[38;5;200;48;2;1;2;3m"
        );
        let both = sgr(Color::Red, Color::Blue, Modifier::BOLD | Modifier::DIM);
        assert_eq!(change(both, sgr(Color::Red, Color::Blue, Modifier::DIM)), "^[22;2m");
    }

    #[test]
    fn colours_that_the_terminal_lacks_are_never_sent() {
        let of = |fg, colours| {
            let mut cell = Cell::new("x");
            cell.set_fg(fg);
            change(Sgr::PLAIN, Sgr::of(&cell, colours))
        };
        assert_eq!(of(Color::Red, Colours::None), "");
        assert_eq!(of(Color::LightRed, Colours::Eight), "^[31m");
        assert_eq!(of(Color::DarkGray, Colours::Eight), "");
        assert_eq!(of(Color::LightRed, Colours::Sixteen), "^[91m");
        assert_eq!(of(Color::Rgb(9, 9, 9), Colours::Sixteen), "");
    }

    #[test]
    fn a_blank_keeps_the_style_where_no_difference_is_seen() {
        let red = sgr(Color::Red, Color::Reset, Modifier::BOLD);
        assert_eq!(red.for_blank(Sgr::PLAIN), red);
        let turned = sgr(Color::Red, Color::Reset, Modifier::REVERSED);
        assert_eq!(turned.for_blank(Sgr::PLAIN), Sgr::PLAIN);
    }
}
