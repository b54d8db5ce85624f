//! A screen as a picture: every character stands on the grid of the cells, whatever font shows it.
//!
//! Each run of one look is one `text` with the place of every character, so that a wide character
//! takes its two columns and a narrow one its own, in every viewer.

use std::fmt::Write;

use nianbao::editor::event::Background;
use ratatui::buffer::{Buffer, Cell, CellWidth};
use ratatui::layout::Position;
use ratatui::style::{Color, Modifier};

/// Pixels of a cell, of the letters in it, and of the margin around the screen.
const WIDTH: u16 = 8;
const HEIGHT: u16 = 19;
const LETTER: u16 = 14;
const MARGIN: u16 = 12;
/// How far below the top of its cell a letter stands.
const BASELINE: u16 = 14;

/// The colours of a terminal: its ground, its letters, and its cursor.
struct Palette {
    back: &'static str,
    fore: &'static str,
    cursor: &'static str,
}

const DARK: Palette = Palette { back: "#101114", fore: "#d6dce4", cursor: "#58a6ff" };
const LIGHT: Palette = Palette { back: "#ffffff", fore: "#1f2430", cursor: "#1450aa" };
/// What mistakes are painted in, in the theme for a dark ground.
pub const RED: &str = "#ff6b6b";

/// What characters of one run share.
#[derive(Clone, PartialEq, Eq)]
struct CellStyle {
    fore: String,
    back: String,
    modifier: Modifier,
}

impl CellStyle {
    fn of(cell: &Cell, palette: &Palette) -> Self {
        let (fore, back) = (shade(cell.fg, palette.fore), shade(cell.bg, palette.back));
        let seen = Modifier::BOLD | Modifier::DIM | Modifier::UNDERLINED;
        let (fore, back) =
            if cell.modifier.contains(Modifier::REVERSED) { (back, fore) } else { (fore, back) };
        CellStyle { fore, back, modifier: cell.modifier & seen }
    }
}

/// Neighbouring cells of one look: where they begin, how far they reach, and what stands in them.
struct Run {
    look: CellStyle,
    from: u16,
    to: u16,
    characters: Vec<(u16, String)>,
}

/// The screen as SVG; `shows` is what it tells those who cannot see it.
pub fn svg(screen: &Buffer, cursor: Position, shows: &str, ground: Background) -> String {
    let palette = if ground == Background::Light { LIGHT } else { DARK };
    let (columns, rows) = (screen.area.width, screen.area.height);
    let (width, height) = (columns * WIDTH + 2 * MARGIN, rows * HEIGHT + 2 * MARGIN);
    let mut out = String::new();
    let mut line = |text: String| {
        out.push_str(&text);
        out.push('\n');
    };
    line(format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width} {height}\" width=\"{width}\" \
         height=\"{height}\" role=\"img\" font-family=\"'DejaVu Sans Mono','Menlo','Consolas',\
         'Noto Sans Mono CJK SC','Noto Sans CJK SC','PingFang SC','Microsoft YaHei',monospace\" \
         font-size=\"{LETTER}\">"
    ));
    line(format!("<title>{}</title>", escaped(shows)));
    line(format!("<rect width=\"{width}\" height=\"{height}\" rx=\"8\" fill=\"{}\"/>", palette.back));
    line(format!("<g transform=\"translate({MARGIN} {MARGIN})\">"));
    for y in 0..rows {
        let runs = runs(screen, y, &palette);
        // Grounds first: a wide character may lean a little over its cells.
        for run in &runs {
            grounds(run, y, &palette).into_iter().for_each(&mut line);
        }
        runs.iter().filter_map(|run| letters(run, y)).for_each(&mut line);
    }
    let (x, y) = (cursor.x * WIDTH, cursor.y * HEIGHT);
    line(format!("<rect x=\"{x}\" y=\"{y}\" width=\"2\" height=\"{HEIGHT}\" fill=\"{}\"/>", palette.cursor));
    line("</g>".into());
    line("</svg>".into());
    out
}

/// A row as runs, from left to right.
fn runs(screen: &Buffer, y: u16, palette: &Palette) -> Vec<Run> {
    let mut runs: Vec<Run> = Vec::new();
    let mut x = 0;
    while x < screen.area.width {
        let cell = &screen[(x, y)];
        let (look, wide) = (CellStyle::of(cell, palette), cell.cell_width().max(1));
        if runs.last().is_none_or(|run| run.look != look) {
            runs.push(Run { look, from: x, to: x, characters: Vec::new() });
        }
        if let Some(run) = runs.last_mut() {
            run.to = x + wide;
            if !cell.symbol().trim().is_empty() {
                run.characters.push((x, cell.symbol().into()));
            }
        }
        x += wide;
    }
    runs
}

/// What lies under the letters of a run: its ground where it has one of its own, and its underline.
fn grounds(run: &Run, y: u16, palette: &Palette) -> Vec<String> {
    let (x, width) = (run.from * WIDTH, (run.to - run.from) * WIDTH);
    let mut all = Vec::new();
    let mut rect = |top: u16, height: u16, colour: &str| {
        all.push(format!(
            "<rect x=\"{x}\" y=\"{top}\" width=\"{width}\" height=\"{height}\" fill=\"{colour}\"/>"
        ));
    };
    if run.look.back != palette.back {
        rect(y * HEIGHT, HEIGHT, &run.look.back);
    }
    if run.look.modifier.contains(Modifier::UNDERLINED) {
        rect(y * HEIGHT + BASELINE + 3, 1, &run.look.fore);
    }
    all
}

/// The letters of a run, each at its own place; none where the run is blank.
fn letters(run: &Run, y: u16) -> Option<String> {
    if run.characters.is_empty() {
        return None;
    }
    let mut places = String::new();
    let mut letters = String::new();
    for (at, symbol) in &run.characters {
        // Of a character with combining marks only the first has a place; the marks stay on it.
        let gap = if places.is_empty() { "" } else { " " };
        let _ = write!(places, "{gap}{}", at * WIDTH);
        letters.push_str(&escaped(symbol));
    }
    let bold = if run.look.modifier.contains(Modifier::BOLD) { " font-weight=\"bold\"" } else { "" };
    let dim = if run.look.modifier.contains(Modifier::DIM) { " opacity=\".6\"" } else { "" };
    let (top, fore) = (y * HEIGHT + BASELINE, &run.look.fore);
    Some(format!("<text x=\"{places}\" y=\"{top}\" fill=\"{fore}\"{bold}{dim}>{letters}</text>"))
}

/// A colour of a theme that has all of them.
fn shade(colour: Color, plain: &str) -> String {
    match colour {
        Color::Reset => plain.into(),
        Color::Rgb(r, g, b) => format!("#{r:02x}{g:02x}{b:02x}"),
        other => panic!("give {other:?} a shade in tests/pictures/svg.rs"),
    }
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}
