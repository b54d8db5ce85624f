//! What is typed is what is seen: in every view, at every size, the open cell shows its text and the caret.

use proptest::collection::vec;
use proptest::prelude::*;
use ratatui::buffer::{Buffer, CellWidth};
use ratatui::layout::Rect;

use super::any_keys::config;
use super::driver::{StartState, TestScreen, UserInput, character};
use crate::draft::{Draft, parse_value};
use crate::editor::event::Event;
use crate::editor::key::{Key, KeyCode};
use crate::editor::{Msg, layout};
use crate::form::{FieldId, Library};
use crate::text::ambiguous::from_stand_in;
use crate::text::invisible::has_hidden;
use crate::text::width::{display_width, graphemes};
use crate::ui;

/// What is pressed: characters are typed, names are keys.
#[derive(Clone, Debug)]
enum Press {
    Type(char),
    Key(&'static str),
    OtherUser(u8),
}

fn presses() -> impl Strategy<Value = Vec<Press>> {
    let keys = [
        "F2",
        "Left",
        "Right",
        "Home",
        "End",
        "Backspace",
        "Delete",
        "Enter",
        "Tab",
        "Up",
        "Down",
        "Shift+Right",
        "Shift+Down",
        "Ctrl+Space",
        "PgDn",
        "Ctrl+End",
        "Ctrl+Z",
        "F8",
        "F4",
        "Alt+L",
        "Alt+U",
    ];
    let press = prop_oneof![
        12 => character().prop_map(Press::Type),
        2 => prop::sample::select("0123456789—①“—①”".chars().collect::<Vec<_>>()).prop_map(Press::Type),
        9 => prop::sample::select(keys.to_vec()).prop_map(Press::Key),
        1 => (0u8..4).prop_map(Press::OtherUser),
    ];
    vec(press, 1..60)
}

/// A report of last year whose every number is another one, of many digits here and there.
fn last_year(editor: &crate::editor::Editor) -> Option<Msg> {
    let year = editor.draft()?.year()?.checked_sub(1)?;
    let mut draft = Draft::new("示例市水务局", year, &Library::new());
    let form = draft.form(&Library::new()).unwrap();
    for (at, field) in form.fields().iter().enumerate().filter(|(_, field)| field.kind.is_number()) {
        let number = if at % 9 == 0 { 12_345_678 } else { at };
        draft.set(field.id.clone(), parse_value(&field.kind, &number.to_string()));
    }
    Some(Msg::LastYear(Ok(Box::new((form, draft)))))
}

/// The text as it is drawn: what is hidden as `?`, nothing of no width.
fn drawn(text: &str) -> String {
    let seen = graphemes(text).filter(|(_, wide)| *wide > 0);
    seen.map(|(piece, _)| if has_hidden(piece) { "?" } else { piece }).collect()
}

/// Reads columns of a line back from the screen.
fn read(frame: &Buffer, y: u16, columns: std::ops::Range<u16>) -> String {
    let (mut text, mut x) = (String::new(), columns.start);
    while x < columns.end {
        let cell = &frame[(x, y)];
        text.extend(cell.symbol().chars().map(|c| from_stand_in(c).unwrap_or(c)));
        x += cell.cell_width().max(1);
    }
    text
}

fn check_open_cell(stage: &TestScreen) {
    let editor = &stage.editor;
    let Some((document, view)) = editor.open_report() else { return };
    let Some(entry) = view.cell_edit.as_ref().filter(|_| editor.layers.is_empty()) else { return };
    let typed = entry.input.text();
    let value = document.draft.get(entry.field.as_str());
    let kind = document.field_kind(&entry.field).unwrap();
    assert!(
        *value == parse_value(kind, typed) || value.typed() == typed,
        "{typed:?} is seen and {value:?} is kept in {:?}",
        entry.field
    );

    let mut frame = Buffer::empty(Rect::new(0, 0, editor.width, editor.height));
    let cursor = ui::draw(editor, &ui::Themes::shipped(), &mut frame).expect("the caret is on the screen");
    let body = layout::screen_areas(editor.width, editor.height).body;
    let table = view.table_layout(document, usize::from(body.width)).unwrap();
    let is_here = |id: &FieldId| *id == entry.field;
    let row = table.rows.iter().find(|row| row.cells.iter().any(is_here)).unwrap();
    let lines = table.visible_lines(view.cursor().top, usize::from(body.height));
    let line = lines.iter().position(|&line| line == row.line).expect("the row of the open cell is seen");
    let y = body.y + u16::try_from(line).unwrap();
    assert_eq!(cursor.y, y, "the caret is in the row of its cell");
    let at = row.cells.iter().position(is_here).unwrap();
    let (start, wide) = table.column_span(row.block, at, view.cursor().left).expect("the column is seen");
    let (start, room) = (u16::try_from(start).unwrap(), u16::try_from(wide - 1).unwrap());
    let end = start + room;

    let (before, after) = (drawn(entry.input.before()), drawn(entry.input.after()));
    let width = |text: &str| usize::from(room).min(display_width(text));
    if editor.width_mode.wide {
        // A label with wide characters may push the cell aside; the caret goes with it.
        let left = read(&frame, y, 0..cursor.x);
        let right = read(&frame, y, cursor.x..editor.width);
        let (before, after) = entry.input.visible_parts(usize::from(room) - 1, editor.width_mode);
        assert!(left.ends_with(&drawn(before)), "{before:?} is not in {left:?}");
        assert!(right.starts_with(&drawn(after)), "{after:?} is not in {right:?}");
        return;
    }
    assert!((start..=end).contains(&cursor.x), "the caret is in its cell");
    let left = read(&frame, y, start..cursor.x);
    let right = read(&frame, y, cursor.x..end);
    let shown = format!("{left}{right}");
    let seen = shown.trim();
    let whole = format!("{before}{after}");
    if display_width(&whole) < usize::from(room) {
        assert_eq!(seen, whole.trim(), "a text that fits is shown whole, and nothing else");
        assert_eq!(left.trim_start(), before.trim_start(), "the caret is where it types");
    } else {
        assert!(before.ends_with(left.trim_start()), "{left:?} is not the end of {before:?}");
        assert!(after.starts_with(right.trim_end()), "{right:?} is not the start of {after:?}");
        assert!(!left.trim_start().is_empty() || width(&before) == 0 || before.ends_with(' '), "{shown:?}");
        assert!(display_width(&shown) + 2 >= width(&whole), "{shown:?} of {whole:?}");
    }
}

proptest! {
    #![proptest_config(config(96))]

    #[test]
    fn the_open_cell_shows_its_text_in_every_view(
        start in prop::sample::select(vec![
            StartState::Sample, StartState::New(2020), StartState::New(2025), StartState::Compiled,
        ]),
        size in (60u16..=200, 16u16..=50),
        views in any::<[bool; 4]>(),
        tab in prop::sample::select(vec!["Alt+0", "Alt+2", "Alt+3", "Alt+3", "Alt+4"]),
        moves in (0usize..30, 0usize..9),
        presses in presses(),
    ) {
        let mut stage = TestScreen::new(start);
        stage.input(&UserInput::Resize(size.0, size.1));
        let [has_last_year, compare, typed_totals, select] = views;
        if has_last_year && let Some(last) = last_year(&stage.editor) {
            stage.send(last);
        }
        for (wanted, key) in [(compare, "Alt+L"), (typed_totals, "Alt+="), (true, tab)] {
            if wanted {
                stage.press(key);
            }
        }
        (0..moves.0).for_each(|_| stage.press("Down"));
        (0..moves.1).for_each(|_| stage.press("Right"));
        if select {
            stage.press("Shift+Down");
        }
        for press in &presses {
            match press {
                Press::Type(c) => stage.send(Msg::Event(Event::Key(Key::plain(KeyCode::Char(*c))))),
                Press::Key(key) => stage.press(key),
                Press::OtherUser(what) => stage.input(&UserInput::OtherUser(*what)),
            }
            check_open_cell(&stage);
            // A window over the cell has its own line.
            stage.close_windows();
            check_open_cell(&stage);
        }
    }
}

#[test]
fn digits_typed_while_comparing_are_seen() {
    let mut stage = TestScreen::new(StartState::Sample);
    stage.send(last_year(&stage.editor).unwrap());
    for key in ["Alt+L", "Alt+3", "6", "0"] {
        stage.press(key);
        check_open_cell(&stage);
    }
    assert_eq!(stage.editor.view().unwrap().cell_edit.as_ref().unwrap().input.text(), "60");
}

#[test]
fn the_comparison_ends_with_the_report_that_was_compared() {
    let mut stage = TestScreen::new(StartState::Sample);
    stage.send(last_year(&stage.editor).unwrap());
    stage.press("Alt+L");
    stage.editor.document_mut().unwrap().last_year = None;
    stage.press("Alt+3");
    let mut frame = Buffer::empty(Rect::new(0, 0, 80, 24));
    ui::draw(&stage.editor, &ui::Themes::shipped(), &mut frame);
    let rows: Vec<String> = (0..24).map(|y| read(&frame, y, 0..80)).collect();
    assert!(rows.iter().any(|row| row.contains("58")), "{}", rows.join("\n"));
}
