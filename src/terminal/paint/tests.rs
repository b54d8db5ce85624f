//! A terminal that receives the bytes shows exactly the frame, and the bytes are few.

use super::*;
use crate::text::ambiguous;
use proptest::prelude::*;
use ratatui::layout::Rect;
use ratatui::style::{Color, Modifier, Style};
use std::num::NonZeroU16;

const WIDTH: u16 = 24;
const HEIGHT: u16 = 10;

fn terminal() -> vt100::Parser {
    let size = |n| NonZeroU16::new(n).unwrap_or(NonZeroU16::MIN);
    vt100::Parser::new(size(HEIGHT), size(WIDTH), 0)
}

fn colour(colour: Color) -> vt100::Color {
    match colour {
        Color::Red => vt100::Color::Idx(1),
        Color::LightBlue => vt100::Color::Idx(12),
        Color::Indexed(n) => vt100::Color::Idx(n),
        Color::Rgb(r, g, b) => vt100::Color::Rgb(r, g, b),
        _ => vt100::Color::Default,
    }
}

/// Returns the first column in which the terminal differs from the frame.
fn mistake(terminal: &vt100::Parser, frame: &Buffer) -> Option<String> {
    for y in 0..HEIGHT {
        let mut x = 0;
        while x < WIDTH {
            let (want, got) = (frame.cell((x, y))?, terminal.screen().cell(y, x)?);
            let wide = unicode_width::UnicodeWidthStr::width(want.symbol()) == 2;
            let over = frame.cell((x + 1, y)).is_none_or(|next| next.symbol() != " ");
            let symbol = if wide && over { " " } else { want.symbol() };
            let shown = if got.contents().is_empty() { " " } else { got.contents() };
            let seen = Modifier::REVERSED | Modifier::UNDERLINED;
            let has = |m| want.modifier.contains(m);
            let foreground = symbol != " " || want.modifier.intersects(seen);
            let same = shown == symbol
                && got.bgcolor() == colour(want.bg)
                && (!foreground || got.fgcolor() == colour(want.fg))
                && (!foreground || got.bold() == has(Modifier::BOLD))
                && got.inverse() == has(Modifier::REVERSED)
                && got.underline() == has(Modifier::UNDERLINED);
            if !same {
                return Some(format!("({x},{y}): {want:?} but {got:?}"));
            }
            x += if symbol == want.symbol() && wide { 2 } else { 1 };
        }
    }
    None
}

/// One piece of a frame: where, what, and in which style.
type Piece = (u16, u16, String, Style);

fn style() -> impl Strategy<Value = Style> {
    let colours = prop_oneof![
        5 => Just(Color::Reset), 2 => Just(Color::Red), 1 => Just(Color::LightBlue),
        1 => Just(Color::Indexed(200)), 1 => Just(Color::Rgb(1, 2, 3))
    ];
    let modifiers = prop_oneof![
        4 => Just(Modifier::empty()), 1 => Just(Modifier::BOLD), 1 => Just(Modifier::REVERSED),
        1 => Just(Modifier::UNDERLINED), 1 => Just(Modifier::BOLD | Modifier::REVERSED)
    ];
    (colours.clone(), colours, modifiers).prop_map(|(f, b, m)| Style::new().fg(f).bg(b).add_modifier(m))
}

fn piece() -> impl Strategy<Value = Piece> {
    (0..WIDTH, 0..HEIGHT, "[ a-c0-9政府信息公开“—…、。─①]{0,12}| {0,24}", style())
}

/// A change to the last frame, and the cursor after it.
type Change = (Vec<Piece>, Option<i8>, Option<(u16, u16)>);

fn change() -> impl Strategy<Value = Change> {
    let cursor = prop::option::of((0..WIDTH, 0..HEIGHT));
    (prop::collection::vec(piece(), 0..6), prop::option::weighted(0.3, -3..=3i8), cursor)
}

fn apply(frame: &mut Buffer, (pieces, roll, _): &Change) {
    if let Some(rows) = roll {
        let far = usize::from(rows.unsigned_abs()) * usize::from(WIDTH);
        let Some(table) = frame.content.get_mut(usize::from(WIDTH)..usize::from(WIDTH * (HEIGHT - 1))) else {
            return;
        };
        if *rows > 0 { table.rotate_left(far) } else { table.rotate_right(far) }
    }
    for (x, y, text, style) in pieces {
        frame.set_string(*x, *y, text, *style);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(if cfg!(debug_assertions) { 300 } else { 20_000 }))]
    #[test]
    fn a_terminal_fed_our_bytes_shows_exactly_the_frame(
        changes in prop::collection::vec(change(), 1..12),
        mode in prop_oneof![Just(AmbiguousWidth::Unknown), Just(AmbiguousWidth::Narrow)],
        told_at in 0..12usize
    ) {
        let mut terminal = terminal();
        let mut painter = Painter::new(Colours::Many, mode);
        let mut frame = Buffer::empty(Rect::new(0, 0, WIDTH, HEIGHT));
        for (turn, change) in changes.iter().enumerate() {
            apply(&mut frame, change);
            if turn == told_at {
                painter.set_ambiguous(AmbiguousWidth::Narrow);
            }
            painter.cells(&mut frame.clone(), change.2.map(Position::from));
            painter.cursor(change.2.map(Position::from));
            terminal.process(&painter.take());
            prop_assert_eq!(mistake(&terminal, &frame), None);
            prop_assert_eq!(terminal.screen().hide_cursor(), change.2.is_none());
            if let Some((x, y)) = change.2 {
                prop_assert_eq!(terminal.screen().cursor_position(), (y, x));
            }
            painter.cells(&mut frame.clone(), change.2.map(Position::from));
            painter.cursor(change.2.map(Position::from));
            prop_assert_eq!(painter.take(), Vec::<u8>::new());
        }
    }
}

/// Returns what a terminal receives that draws every ambiguous character two columns wide.
fn as_if_wide(bytes: &[u8]) -> Vec<u8> {
    let text = String::from_utf8_lossy(bytes);
    text.chars().map(|c| if ambiguous::is_ambiguous(c) { '宽' } else { c }).collect::<String>().into_bytes()
}

proptest! {
    #[test]
    fn unexpected_wide_drawing_moves_no_other_character(
        changes in prop::collection::vec(change(), 1..12)
    ) {
        let (mut terminal, mut painter) = (terminal(), Painter::new(Colours::Many, AmbiguousWidth::Unknown));
        let mut frame = Buffer::empty(Rect::new(0, 0, WIDTH, HEIGHT));
        for change in &changes {
            apply(&mut frame, change);
            // The emulator always wraps at the edge.
            (0..HEIGHT).for_each(|y| frame.set_string(WIDTH - 2, y, "  ", Style::new()));
            painter.cells(&mut frame.clone(), None);
            terminal.process(&as_if_wide(&painter.take()));
            for (place, cell) in frame.content.iter().enumerate() {
                let (y, x) = (place as u16 / WIDTH, place as u16 % WIDTH);
                let got = terminal.screen().cell(y, x).map(|c| c.contents().to_string()).unwrap_or_default();
                let wanted = cell.symbol();
                let free = wanted == " " || wanted.chars().any(ambiguous::is_ambiguous);
                let whole = unicode_width::UnicodeWidthStr::width(wanted) == 1
                    || frame.cell((x + 1, y)).is_some_and(|next| next.symbol() == " ");
                prop_assert!(free || !whole || got == wanted, "({}, {}) {:?} {:?}", x, y, wanted, got);
            }
        }
    }

    #[test]
    fn placeholders_make_the_frame_whole_on_a_wide_terminal(
        texts in prop::collection::vec((0..HEIGHT, "[a-c政府“—…”①]{0,10}"), 1..12)
    ) {
        let (mut terminal, mut painter) = (terminal(), Painter::new(Colours::Many, AmbiguousWidth::Wide));
        let mut frame = Buffer::empty(Rect::new(0, 0, WIDTH, HEIGHT));
        for (y, text) in &texts {
            frame.set_string(0, *y, " ".repeat(WIDTH.into()), Style::new());
            frame.set_string(0, *y, ambiguous::to_stand_ins(text), Style::new());
            painter.cells(&mut frame.clone(), None);
            terminal.process(&as_if_wide(&painter.take()));
            let row = terminal.screen().rows(0, WIDTH).nth(usize::from(*y)).unwrap_or_default();
            let wanted: String = text.chars().map(|c| if ambiguous::is_ambiguous(c) { '宽' } else { c }).collect();
            prop_assert_eq!(row.trim_end(), wanted);
        }
    }
}

/// Bytes of the second of two frames.
fn bytes(first: &[&str], second: &[&str]) -> String {
    let mut painter = Painter::new(Colours::Many, AmbiguousWidth::Narrow);
    let page = |lines: &[&str]| {
        let mut page = Buffer::empty(Rect::new(0, 0, 60, 20));
        for (y, line) in (0..).zip(lines) {
            page.set_string(0, y, line, Style::new());
        }
        page
    };
    painter.cells(&mut page(first), None);
    painter.cursor(Some(Position::new(0, 0)));
    painter.take();
    painter.cells(&mut page(second), None);
    String::from_utf8_lossy(&painter.take()).replace('\u{1b}', "^")
}

#[test]
fn what_stays_is_passed_over_the_shorter_way() {
    assert_eq!(bytes(&["1 2 3 4"], &["5 2 6 4"]), "5 2 6");
    assert_eq!(bytes(&["1政2"], &["5政6"]), "5政6");
    assert_eq!(bytes(&["1政府信2"], &["5政府信6"]), "5^[6C6");
    assert_eq!(bytes(&["政府信息"], &["公府信息"]), "公");
}

#[test]
fn the_rest_of_a_row_is_erased() {
    assert_eq!(bytes(&["a政府信息公开b"], &["a"]), "^[C^[K");
    assert_eq!(bytes(&["a b c"], &["a"]), "^[2C   ");
    assert_eq!(bytes(&["abc"], &["a"]), "^[C  ");
}

#[test]
fn a_number_typed_again_needs_no_style_and_no_way_back() {
    let mut painter = Painter::new(Colours::Sixteen, AmbiguousWidth::Narrow);
    let mut typed = |digits: &str| {
        let mut page = Buffer::empty(Rect::new(0, 0, 60, 20));
        page.set_string(8 - digits.len() as u16, 3, digits, Style::new().add_modifier(Modifier::REVERSED));
        page.set_string(20, 12, format!("sum {digits}"), Style::new().fg(Color::Red));
        let cursor = Some(Position::new(8, 3));
        painter.cells(&mut page, cursor);
        painter.cursor(cursor);
        String::from_utf8_lossy(&painter.take()).replace('\u{1b}', "^")
    };
    typed("4");
    assert_eq!(typed("42"), "\u{8}\u{8}42^7^[13;26H^[;31m2^8");
    assert_eq!(typed("423"), "\u{8}\u{8}\u{8}423^7^[13;27H^[;31m3^8");
}

#[test]
fn nothing_drifts_where_an_ambiguous_character_may_be_wide() {
    let mut painter = Painter::new(Colours::Many, AmbiguousWidth::Unknown);
    painter.cells(&mut Buffer::with_lines(["“政”府—"]), None);
    let bytes = String::from_utf8_lossy(&painter.take()).replace('\u{1b}', "^");
    assert!(bytes.ends_with("“^[2G政”^[5G府—"), "{bytes}");
}

#[test]
fn a_table_that_scrolls_by_a_row_sends_the_new_row() {
    let row = |n: usize| format!("（{n:02}）行政许可 {:7} {:7} {:7}", n * 31, n * 77, n * 13);
    let page = |from: usize| -> Vec<String> {
        let mut rows: Vec<String> = (from..from + 18).map(row).collect();
        rows.insert(0, "标题".into());
        rows.push("状态".into());
        rows
    };
    let (one, two) = (page(3), page(4));
    let bytes = bytes(
        &one.iter().map(String::as_str).collect::<Vec<_>>(),
        &two.iter().map(String::as_str).collect::<Vec<_>>(),
    );
    assert!(bytes.len() < 100, "{} {bytes}", bytes.len());
}
