//! The home screen: drafts are told apart, and what cannot be read says so.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::driver::{StartState, TestScreen, UserInput};
use crate::editor::{Msg, RecentEntry};
use crate::ui::{Themes, draw};

fn shown(screen: &TestScreen) -> String {
    let mut frame = Buffer::empty(Rect::new(0, 0, screen.editor.width, screen.editor.height));
    draw(&screen.editor, &Themes::shipped(), &mut frame);
    frame.area.positions().map(|place| frame[place].symbol()).collect::<String>().replace(' ', "")
}

fn recent(path: &str) -> RecentEntry {
    RecentEntry {
        path: path.into(),
        unit: "示例市水务局".into(),
        year: Some(2025),
        opened: None,
        progress: None,
        fault: None,
    }
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
