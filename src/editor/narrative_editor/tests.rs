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

fn lines(prose: &NarrativeEditor, width: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for row in prose.rows(width).iter() {
        lines.resize(row.line, String::new());
        lines.push(format!("{}{}", " ".repeat(row.indent), prose.row_text(row)));
    }
    lines
}

#[test]
fn paragraphs_are_indented_by_two_characters_and_set_apart() {
    let mut prose = NarrativeEditor::new("依法公开信息目录。\n　　第二段\n\n　末");
    let whole = ["      依法公开", "  信息目录。", "  　　第二段", "      ", "    　末"];
    assert_eq!(lines(&prose, 15), whole, "typed blanks are part of the indent");
    prose.gaps = true;
    let apart = ["      依法公开", "  信息目录。", "", "  　　第二段", "", "      ", "", "    　末"];
    assert_eq!(lines(&prose, 15), apart);
}

#[test]
fn indent_and_gaps_are_no_part_of_the_text() {
    let mut prose = NarrativeEditor::new("甲乙\n丙");
    prose.gaps = true;
    let rows = prose.rows(20);
    let click = |line, column| prose.byte_at_line(&rows, line, column);
    assert_eq!([click(0, 0), click(0, 5), click(0, 6), click(0, 8), click(0, 19)], [0, 0, 0, 3, 6]);
    assert_eq!([click(1, 8), click(2, 0), click(2, 19), click(9, 0)], [3, 7, 10, usize::MAX]);
    assert_eq!(prose.caret_position(&rows), (0, 6));
    prose.move_caret(Motion::Right, false, 20);
    prose.move_caret(Motion::Rows(1), false, 20);
    assert_eq!((prose.caret(), prose.caret_position(&prose.rows(20))), (10, (1, 8)));
    prose.move_caret(Motion::Rows(-1), false, 20);
    assert_eq!(prose.caret(), 3, "over the gap in one step");
    prose.select_all();
    assert_eq!(prose.selected(), "甲乙\n丙");
}

#[test]
fn a_page_is_counted_in_lines_of_the_screen() {
    let mut prose = NarrativeEditor::new(&["段"; 20].join("\n"));
    prose.gaps = true;
    prose.move_caret(Motion::Rows(10), false, 20);
    assert_eq!(prose.caret_position(&prose.rows(20)).0, 5);
    prose.scroll_to_caret(20, 4);
    assert_eq!(prose.top, 7, "the caret's line is the last");
    prose.move_caret(Motion::Rows(-100), false, 20);
    assert_eq!(prose.caret(), 0);
}

proptest! {
    #[test]
    fn rows_that_were_kept_are_those_of_the_text_wrapped_anew(
        deeds in proptest::collection::vec((0usize..400, 0usize..6, 4usize..60), 1..30), gaps in any::<bool>()
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
            let mut anew = NarrativeEditor::new(&prose.text());
            (prose.gaps, anew.gaps) = (gaps, gaps);
            prop_assert_eq!(&prose.rows(width)[..], &anew.rows(width)[..]);
        }
    }
}
