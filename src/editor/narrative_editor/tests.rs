//! The narrative being edited: caret, rows, selection.

use super::*;
use proptest::prelude::*;

const TEXT: &str = "依法公开信息，接受社会监督。全年收到申请12件；答复10件。\n第二段";

#[test]
fn up_and_down_keep_their_column_over_rows_of_other_widths() {
    let mut prose = NarrativeEditor::new(&"依法公开政府信息a".repeat(40));
    prose.move_caret(Motion::Rows(1), false, 30);
    prose.move_caret(Motion::RowEnd, false, 30);
    let start = prose.caret();
    for _ in 0..12 {
        prose.move_caret(Motion::Rows(1), false, 30);
    }
    for _ in 0..12 {
        prose.move_caret(Motion::Rows(-1), false, 30);
    }
    assert_eq!(prose.caret(), start);
}

#[test]
fn clauses_are_the_steps_in_chinese() {
    let mut prose = NarrativeEditor::new(TEXT);
    prose.move_caret(Motion::ClauseRight, false, 40);
    assert_eq!(&TEXT[..prose.caret()], "依法公开信息，");
    prose.move_caret(Motion::ClauseRight, false, 40);
    assert_eq!(&TEXT[..prose.caret()], "依法公开信息，接受社会监督。");
    prose.move_caret(Motion::ClauseLeft, false, 40);
    assert_eq!(&TEXT[..prose.caret()], "依法公开信息，");
}

#[test]
fn home_and_end_stay_in_the_visual_row() {
    let mut prose = NarrativeEditor::new(TEXT);
    prose.move_caret(Motion::RowEnd, false, 21);
    let rows = prose.rows(21);
    assert_eq!(prose.caret_position(&rows).0, 0);
    prose.move_caret(Motion::RowStart, false, 21);
    assert_eq!(prose.caret(), 0);
    prose.move_caret(Motion::End, false, 21);
    assert_eq!(prose.caret(), TEXT.len());
}

#[test]
fn a_selection_is_replaced_by_what_is_typed() {
    let mut prose = NarrativeEditor::new(TEXT);
    for _ in 0..2 {
        prose.move_caret(Motion::Right, true, 40);
    }
    assert_eq!(prose.selected(), "依法");
    prose.insert("主动");
    assert!(prose.text().starts_with("主动公开"));
    prose.select_all();
    assert_eq!(prose.cut().chars().count(), TEXT.chars().count());
    assert_eq!(prose.text(), "");
}

#[test]
fn the_caret_can_be_put_at_any_byte_and_is_there() {
    let mut prose = NarrativeEditor::new(TEXT);
    for (at, _) in TEXT.char_indices() {
        prose.set_caret(at);
        assert_eq!(prose.caret(), at);
    }
}

proptest! {
    #[test]
    fn rows_that_were_kept_are_those_of_the_text_wrapped_anew(
        deeds in proptest::collection::vec((0usize..400, 0usize..6, 4usize..60), 1..30)
    ) {
        let mut prose = NarrativeEditor::new(TEXT);
        for (place, deed, width) in deeds {
            prose.set_caret(place % (prose.text().len() + 1));
            match deed {
                0 => prose.insert("年度，"),
                1 => prose.insert("第二段\n第二段"),
                2 => prose.newline(),
                3 => prose.erase(true),
                4 => prose.erase(false),
                _ => {}
            }
            prose.scroll_to_caret(width, 10);
            prop_assert_eq!(&prose.rows(width)[..], &NarrativeEditor::new(&prose.text()).rows(width)[..]);
        }
    }
}
