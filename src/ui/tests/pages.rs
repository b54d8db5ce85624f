//! The pages around a report: what can be chosen stands where the mouse finds it, and the same keys and clicks
//! lead to the same line, at every size.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use super::driver::{StartState, TestScreen, UserInput};
use crate::compile::UnitFinding;
use crate::draft::{Unread, Value};
use crate::editor::Msg;
use crate::editor::event::{Event, Mouse, MouseKind};
use crate::editor::layer::{ImportReview, Layer, Question};
use crate::form::FieldId;
use crate::ui::{Themes, draw};

const SIZES: [(u16, u16); 6] = [(60, 16), (61, 17), (80, 24), (120, 40), (160, 45), (200, 60)];

fn drawn(screen: &TestScreen) -> Buffer {
    let (width, height) = (screen.editor.width, screen.editor.height);
    let mut frame = Buffer::empty(Rect::new(0, 0, width, height));
    draw(&screen.editor, &Themes::shipped(), &mut frame);
    frame
}

/// The first cell with the mark of the line chosen.
fn mark(screen: &TestScreen) -> Option<Position> {
    let frame = drawn(screen);
    // The page under a window has a mark of its own, further left.
    let marks = frame.area.positions().filter(|place| frame[*place].symbol() == "▌");
    marks.min_by_key(|place| (std::cmp::Reverse(place.x), place.y))
}

fn click(screen: &mut TestScreen, column: u16, row: u16) {
    let mouse = Mouse { kind: MouseKind::Press, column, row };
    screen.send(Msg::Event(Event::Mouse(mouse)));
}

fn screen_at(start: StartState, (width, height): (u16, u16), keys: &str) -> TestScreen {
    let mut screen = TestScreen::new(start);
    screen.input(&UserInput::Resize(width, height));
    keys.split_whitespace().for_each(|key| screen.press(key));
    screen
}

/// A row of a frame without its first columns, where the mark stands.
fn row_text(frame: &Buffer, mark: Position) -> String {
    (mark.x + 1..frame.area.right()).map(|x| frame[(x, mark.y)].symbol()).collect()
}

/// Goes down line by line: each is chosen by a click where the key has led too. Returns how many there are.
fn check_lines(start: StartState, size: (u16, u16), keys: &str) -> usize {
    let mut screen = screen_at(start, size, keys);
    let mut clicked = 0;
    for count in 1..200 {
        screen.check_frame(size);
        let before = drawn(&screen);
        let mut by_mouse = screen.clone();
        screen.press("Down");
        let after = drawn(&screen);
        if before == after {
            assert!(clicked > 0, "{start:?} {size:?}");
            return count;
        }
        let mark = mark(&screen).expect("a line is chosen");
        // Where the list has scrolled, another line stands there now.
        if row_text(&before, mark) == row_text(&after, mark) {
            click(&mut by_mouse, mark.x + 3, mark.y);
            assert_eq!(drawn(&by_mouse), after, "{start:?} {size:?} line {count}");
            clicked += 1;
        }
    }
    panic!("the list has no end");
}

#[test]
fn a_line_is_chosen_where_it_is_drawn_by_keys_and_mouse() {
    for size in SIZES {
        assert_eq!(check_lines(StartState::Home, size, ""), 7, "a draft, five ways, the folder");
        assert_eq!(check_lines(StartState::Sample, size, "Alt+7"), 2, "two slips");
        assert!(check_lines(StartState::Folder, size, "") > 15);
        assert!(check_lines(StartState::Sample, size, "Ctrl+P") > 40);
        assert!(check_lines(StartState::Compiled, size, "Alt+3 Alt+U") > 2);
    }
}

#[test]
fn an_answer_is_given_by_a_click_on_its_button() {
    for size in SIZES {
        let mut screen = screen_at(StartState::Sample, size, "Alt+3 7 Enter Ctrl+Q");
        let frame = drawn(&screen);
        let line = |y: u16| (0..size.0).map(|x| frame[(x, y)].symbol()).collect::<String>();
        let y = (0..size.1).find(|y| line(*y).contains("[取 消 ]")).expect("the buttons");
        let x = (0..size.0).rev().find(|x| frame[(*x, y)].symbol() == "[").expect("the last button");
        click(&mut screen, x + 1, y);
        assert!(screen.editor.layers.is_empty() && screen.editor.open_report().is_some(), "{size:?}");
    }
}

#[test]
fn a_group_of_findings_folds_by_key_and_by_its_heading() {
    for size in SIZES {
        let mut screen = screen_at(StartState::Sample, size, "Alt+7");
        let whole = drawn(&screen);
        screen.press("Left");
        let folded = drawn(&screen);
        assert_ne!(whole, folded, "{size:?}");
        let heading = mark(&screen).expect("the heading is chosen");
        screen.press("Right");
        assert_eq!(drawn(&screen), whole, "{size:?}");
        click(&mut screen, heading.x + 2, heading.y);
        assert_eq!(drawn(&screen), folded, "{size:?}");
    }
}

#[test]
fn the_lines_under_the_units_stay_on_the_screen() {
    for size in SIZES {
        let mut screen = screen_at(StartState::Folder, size, "");
        let finding =
            |message: &str| UnitFinding { rule: "T1".into(), is_error: true, message: message.into() };
        if let Some(folder) = screen.editor.folder.as_deref_mut() {
            for file in &mut folder.files {
                file.errors = 2;
                file.first_findings =
                    vec![finding(&"自然人：新收 241 与结转不符。".repeat(9)), finding("乙\u{1b}")];
            }
        }
        for _ in 0..20 {
            screen.check_frame(size);
            screen.press("Down");
        }
    }
}

#[test]
fn a_row_that_its_sum_told_apart_names_the_key_to_it() {
    for size in [(80, 24), (120, 40)] {
        let mut screen = screen_at(StartState::Sample, size, "");
        let question =
            Question::Decided("requests.new.natural".into(), "第3行“一、本年新收 230000023”".into());
        let review = ImportReview { questions: vec![question], at: 0 };
        screen.editor.layers.push(Layer::ImportReview(Box::new(review)));
        let frame = drawn(&screen);
        let shown: String = frame.content.iter().map(|cell| cell.symbol()).collect();
        let shown = shown.replace(' ', "");
        for words in ["按合计关系判定，请对照原文", "不对的，按Tab转到该格填写", "230000023"]
        {
            assert!(shown.contains(words), "{size:?}: {words}");
        }
    }
}

#[test]
fn the_pane_of_the_source_is_never_empty() {
    let mut screen = screen_at(StartState::Sample, (80, 24), "");
    let unread = Unread { candidates: Vec::new(), line: 0, text: String::new() };
    let id = FieldId::new("requests.new.natural");
    if let Some((document, _)) = screen.editor.open_report_mut() {
        document.draft.set(id.as_str(), Value::Unread(Box::new(unread.clone())));
    }
    let review = ImportReview { questions: vec![Question::Cell(id, unread)], at: 0 };
    screen.editor.layers.push(Layer::ImportReview(Box::new(review)));
    let frame = drawn(&screen);
    let shown: String = frame.content.iter().map(|cell| cell.symbol()).collect();
    let shown = shown.replace(' ', "");
    for words in ["没有读到这一格所在的行", "请打开原来的文件查看", "整行、整表，可一次粘贴"]
    {
        assert!(shown.contains(words), "{words}");
    }
}
