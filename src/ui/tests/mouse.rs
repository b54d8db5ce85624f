//! What is drawn answers where it stands: every cell, tab and key of every size, and what was found is lit.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Modifier;

use super::driver::{StartState, TestScreen, UserInput};
use crate::editor::event::{Event, Mouse, MouseKind};
use crate::editor::{Msg, layout};
use crate::ui::{Themes, draw};

const SIZES: [(u16, u16); 4] = [(60, 16), (80, 24), (120, 40), (160, 45)];

fn screen_at(keys: &str, (width, height): (u16, u16)) -> TestScreen {
    let mut screen = TestScreen::new(StartState::Sample);
    screen.input(&UserInput::Resize(width, height));
    keys.split_whitespace().for_each(|key| screen.press(key));
    screen
}

fn send(screen: &mut TestScreen, kind: MouseKind, column: u16, row: u16) {
    screen.send(Msg::Event(Event::Mouse(Mouse { kind, column, row })));
}

fn drawn(screen: &TestScreen) -> (Buffer, Option<(u16, u16)>) {
    let mut frame = Buffer::empty(Rect::new(0, 0, screen.editor.width, screen.editor.height));
    let cursor = draw(&screen.editor, &Themes::shipped(), &mut frame);
    (frame, cursor.map(|cursor| (cursor.x, cursor.y)))
}

/// Goes through the cells of a table by key; a click on where each is drawn leads to the same cell.
#[test]
fn every_cell_answers_where_it_is_drawn() {
    for (size, tab) in SIZES.into_iter().flat_map(|size| [(size, "Alt+2"), (size, "Alt+3"), (size, "Alt+4")])
    {
        let mut screen = screen_at(&format!("{tab} Ctrl+Home"), size);
        for _ in 0..40 {
            let (_, cursor) = drawn(&screen);
            let cursor = cursor.expect("the cursor is seen");
            let place = |screen: &TestScreen| {
                let (document, view) = screen.editor.open_report().unwrap();
                view.current_field(document)
            };
            let mut by_mouse = TestScreen::new(StartState::Sample);
            by_mouse.editor = screen.editor.clone();
            by_mouse.press("Home");
            send(&mut by_mouse, MouseKind::Press, cursor.0 - 1, cursor.1);
            if drawn(&by_mouse).1 == Some(cursor) {
                assert_eq!(place(&by_mouse), place(&screen), "{size:?} {tab} {cursor:?}");
            }
            screen.press("Tab");
        }
    }
}

#[test]
fn a_double_click_on_another_screen_does_nothing() {
    let mut screen = screen_at("Alt+3", (80, 24));
    // The first press on a tab leaves the screen on which the second one would mean something else.
    send(&mut screen, MouseKind::Press, 3, 1);
    let before = drawn(&screen).0;
    send(&mut screen, MouseKind::Release, 3, 1);
    send(&mut screen, MouseKind::DoublePress, 3, 1);
    assert_eq!(drawn(&screen).0, before);
}

#[test]
fn without_the_mouse_nothing_answers_it() {
    let mut screen = screen_at("Alt+3", (80, 24));
    screen.input(&UserInput::Command("mouse"));
    let before = drawn(&screen).0;
    let body = layout::screen_areas(80, 24).body;
    for kind in [MouseKind::Press, MouseKind::Drag, MouseKind::WheelDown, MouseKind::DoublePress] {
        send(&mut screen, kind, body.x + 40, body.y + 6);
        send(&mut screen, kind, 3, 1);
    }
    assert_eq!(drawn(&screen).0, before);
    screen.input(&UserInput::Command("mouse"));
    send(&mut screen, MouseKind::Press, 3, 1);
    assert_ne!(drawn(&screen).0, before);
}

#[test]
fn what_was_found_is_lit_in_text_and_cells() {
    for (keys, text) in [("Alt+1", "公开"), ("Alt+3", "24")] {
        let mut screen = screen_at(keys, (80, 24));
        let underlined = |screen: &TestScreen| {
            let (frame, _) = drawn(screen);
            let cells = frame.content().iter().filter(|cell| cell.modifier.contains(Modifier::UNDERLINED));
            cells.map(|cell| cell.symbol()).collect::<String>().matches(&text[..3.min(text.len())]).count()
        };
        let before = underlined(&screen);
        screen.press("Ctrl+F");
        screen.send(Msg::Event(Event::Paste(text.into())));
        screen.press("Enter");
        screen.press(if keys == "Alt+3" { "Alt+3" } else { "Alt+1" });
        screen.press("Ctrl+Home");
        let lit = underlined(&screen);
        assert!(lit > before, "{text}: {lit} after {before}");
        screen.press("Esc");
        assert_eq!(underlined(&screen), before, "{text}");
    }
}
