//! Who types what is right sees no alarm on the way, and nothing jumps while typing.

use proptest::prelude::*;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Color;

use super::any_keys::config;
use super::driver::{StartState, TestScreen};
use crate::editor::{layout, tab_line};
use crate::form::FieldId;
use crate::ui;

/// The rows and the columns of the requests of 2021, the totals last.
const COLUMNS: [&str; 7] = ["natural", "business", "research", "welfare", "legal", "other_org", "total"];

/// A right table of requests: each cell with its number, in the order of the form.
fn right_table(stage: &TestScreen, seed: usize) -> Vec<(FieldId, usize)> {
    let form = stage.editor.form().unwrap();
    let rows = &form.section("requests").unwrap().blocks()[0].rows;
    let is_part = |row: &str| !["new", "carried_in", "handled", "carried_out"].contains(&row);
    let part = |row: usize, column: usize| (seed + row * 7 + column * 5) % 13 % (3 + seed % 10);
    let number = |row: &str, at: usize, column: usize| -> usize {
        let handled = rows.iter().enumerate().filter(|(_, it)| is_part(&it.id));
        let handled: usize = handled.map(|(at, _)| part(at, column)).sum();
        let (carried_in, carried_out) = ((seed + column) % 3, (seed + 2 * column) % 5 + 2);
        match row {
            "new" => handled + carried_out - carried_in,
            "carried_in" => carried_in,
            "handled" => handled,
            "carried_out" => carried_out,
            _ => part(at, column),
        }
    };
    let cell = |(at, row): (usize, &crate::form::FormRow)| {
        let own: Vec<usize> = (0..6).map(|column| number(&row.id, at, column)).collect();
        let all = own.iter().copied().chain([own.iter().sum()]);
        let cells: Vec<_> = row.cells.iter().cloned().zip(all).collect();
        assert!(cells.iter().zip(COLUMNS).all(|((id, _), column)| id.column() == column));
        cells
    };
    rows.iter().enumerate().flat_map(cell).collect()
}

/// Looks for the colours and the signs of what is wrong or to be looked at.
fn assert_calm(stage: &TestScreen, about: &str) {
    let editor = &stage.editor;
    let mut frame = Buffer::empty(Rect::new(0, 0, editor.width, editor.height));
    ui::draw(editor, &ui::Themes::shipped(), &mut frame);
    let body = layout::screen_areas(editor.width, editor.height).body;
    for (x, y) in body.positions().map(|at| (at.x, at.y)) {
        let cell = &frame[(x, y)];
        let is_alarm = matches!(cell.fg, Color::Indexed(1 | 3)) || ["!", "~"].contains(&cell.symbol());
        assert!(!is_alarm, "{about}: {cell:?} at {x},{y}");
    }
}

fn type_table(seed: usize, order: impl Fn(usize) -> usize, typed_totals: bool) {
    let mut stage = TestScreen::new(StartState::New(2025));
    if typed_totals {
        stage.press("Alt+=");
    }
    stage.press("Alt+3");
    let mut cells = right_table(&stage, seed);
    let form = stage.editor.form().unwrap();
    cells.retain(|(id, _)| typed_totals || !form.is_total(id.as_str()));
    let mut ordered: Vec<_> = cells.into_iter().enumerate().collect();
    ordered.sort_by_key(|(at, _)| order(*at));
    for (_, (id, number)) in ordered {
        let (document, view) = stage.editor.open_report_mut().unwrap();
        view.go_to_field(document, &id, None);
        for key in number.to_string().chars().map(String::from).chain(["Enter".into()]) {
            stage.press(&key);
            assert_calm(&stage, &format!("{id} {number}, {key} pressed"));
        }
    }
    let (document, _) = stage.editor.open_report().unwrap();
    let sums = document.findings.iter().filter(|finding| finding.rule.starts_with('T')).count();
    assert_eq!(sums, 0, "the table is right in the end");
}

#[test]
fn a_right_table_is_calm_at_every_key_in_any_order() {
    type_table(3, |at| at, false);
    type_table(8, |at| at % 7 * 1000 + at, true);
    type_table(11, |at| at * 7919 % 1009, false);
    type_table(4, |at| at * 6121 % 1013, true);
}

#[test]
fn a_wrong_number_is_red_once_it_is_entered() {
    let mut stage = TestScreen::new(StartState::Sample);
    stage.press("Alt+3");
    let red = |stage: &TestScreen| {
        let mut frame = Buffer::empty(Rect::new(0, 0, 80, 24));
        ui::draw(&stage.editor, &ui::Themes::shipped(), &mut frame);
        let body = layout::screen_areas(80, 24).body;
        body.positions().filter(|at| frame[*at].fg == Color::Indexed(1)).count()
    };
    assert_eq!(red(&stage), 2, "one number and its mark, not the parts of its sum");
}

proptest! {
    #![proptest_config(config(24))]

    #[test]
    fn tabs_keep_their_place_whatever_is_typed(
        start in prop::sample::select(vec![StartState::Sample, StartState::New(2025), StartState::Compiled]),
        keys in prop::collection::vec(prop::sample::select(vec![
            "1", "7", "0", "?", "x", "Enter", "Down", "Right", "Delete", "F4", "F9", "F8", "Ctrl+Z", "Alt+1", "Alt+2",
            "Alt+3", "Alt+4", "Alt+7", "Alt+8", "Alt+=", "件", "8",
        ]), 1..60),
        size in prop::sample::select(vec![(60, 16), (80, 24), (100, 30), (120, 40), (200, 60)]),
    ) {
        let mut stage = TestScreen::new(start);
        let tabs = |stage: &TestScreen| -> Option<Vec<(u16, u16, String)>> {
            let (document, view) = stage.editor.open_report()?;
            let labels = tab_line::tab_line(&stage.editor.keys, document, view, size.0).labels;
            Some(labels.into_iter().map(|tab| (tab.x, tab.width, tab.name)).collect())
        };
        let before = tabs(&stage).unwrap();
        let end = before.last().map(|(x, width, _)| x + width).unwrap();
        prop_assert!(end <= size.0, "the tabs do not fit {}", size.0);
        for key in keys {
            stage.press(key);
            stage.close_windows();
            prop_assert_eq!(tabs(&stage), Some(before.clone()));
        }
    }
}
