//! The home screen: drafts are told apart, and what cannot be read says so.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::driver::{StartState, TestScreen, UserInput};
use crate::draft::{FilledCells, ReportState};
use crate::editor::home_input::current_layout;
use crate::editor::tests::recent;
use crate::editor::{Background, DraftProgress, Msg};
use crate::ui::theme_file::StyleRole;
use crate::ui::{Themes, draw};

fn shown(screen: &TestScreen) -> String {
    let mut frame = Buffer::empty(Rect::new(0, 0, screen.editor.width, screen.editor.height));
    draw(&screen.editor, &Themes::shipped(), &mut frame);
    frame.area.positions().map(|place| frame[place].symbol()).collect::<String>().replace(' ', "")
}

#[test]
fn drafts_of_one_unit_and_year_are_told_apart_by_their_files() {
    let mut screen = TestScreen::new(StartState::Home);
    screen.input(&UserInput::Resize(80, 24));
    screen.send(Msg::Recent(vec![recent("初稿.ron"), recent("定稿.ron")]));
    let all = shown(&screen);
    assert!(all.contains("2025（初稿）") && all.contains("2025（定稿）"), "{all}");
    screen.send(Msg::Recent(vec![recent("初稿.ron")]));
    assert!(!shown(&screen).contains("（初稿）"), "the only one needs no more");
}

#[test]
fn a_recent_draft_that_cannot_be_read_says_so() {
    let mut screen = TestScreen::new(StartState::Home);
    screen.input(&UserInput::Resize(80, 24));
    screen.send(Msg::Recent(vec![recent("初稿.ron")]));
    screen.send(Msg::RecentProgress("初稿.ron".into(), Err("无法读取")));
    assert!(shown(&screen).contains("无法读取"));
}

/// Home at 120×40 on each ground, the first of two drafts full and wrong.
fn wide_home(background: Option<Background>) -> TestScreen {
    let mut screen = TestScreen::new(StartState::Home);
    screen.input(&UserInput::Resize(120, 40));
    screen.editor.background = background;
    screen.editor.width_mode.box_lines = true;
    screen.send(Msg::Recent(vec![recent("初稿.ron"), recent("定稿.ron")]));
    let progress = DraftProgress {
        cells: FilledCells { filled: 200, all: 200 },
        errors: 2,
        warnings: 0,
        due: None,
        state: ReportState::Filling,
    };
    screen.send(Msg::RecentProgress("初稿.ron".into(), Ok(progress)));
    screen
}

fn drawn(screen: &TestScreen) -> Buffer {
    let mut frame = Buffer::empty(Rect::new(0, 0, screen.editor.width, screen.editor.height));
    draw(&screen.editor, &Themes::shipped(), &mut frame);
    frame
}

const GROUNDS: [Option<Background>; 3] = [None, Some(Background::Dark), Some(Background::Light)];

#[test]
fn the_box_with_the_cursor_stands_out_from_those_beside_it() {
    for ground in GROUNDS {
        let mut screen = wide_home(ground);
        let (layout, _) = current_layout(&screen.editor).unwrap();
        let edges = |screen: &TestScreen| {
            let frame = drawn(screen);
            [layout.recent, layout.start, layout.units].map(|area| frame[(area.x, area.y)].style())
        };
        let [recent, start, units] = edges(&screen);
        assert!(recent != start && start == units, "{ground:?}");
        screen.press("Down");
        screen.press("Down");
        let [left, entered, _] = edges(&screen);
        assert_eq!((left, entered), (start, recent), "{ground:?}");
    }
}

#[test]
fn how_much_is_filled_in_has_no_colour_of_right_or_wrong() {
    for ground in GROUNDS {
        let frame = drawn(&wide_home(ground));
        let at = |sign: &str| frame.content.iter().find(|cell| cell.symbol() == sign).unwrap().fg;
        let themes = Themes::shipped();
        let colour = |role| themes.on(ground).style(role).fg;
        assert_eq!(colour(StyleRole::Wrong), Some(at("!")), "{ground:?}");
        for role in [StyleRole::Wrong, StyleRole::Agree, StyleRole::Attention] {
            assert_ne!(colour(role), Some(at("━")), "{ground:?} {role:?}");
        }
    }
}
