//! Tables and paragraphs of pages that are put together by hand.

use super::*;
use crate::import::SourceFormat;

/// A page of A4 with nothing on it.
fn blank(number: usize) -> Page {
    Page { number, width: 595.0, height: 842.0, ..Page::default() }
}

impl Page {
    /// Writes a text of 10 points, digits half as wide.
    fn text(mut self, x: f32, y: f32, text: &str) -> Page {
        let mut at = x;
        for c in text.chars() {
            let width = if c.is_ascii() { 5.0 } else { 10.0 };
            self.glyphs.push(PlacedGlyph { c, x: at, y, width, size: 10.0, ..PlacedGlyph::default() });
            at += width;
        }
        self
    }

    fn rule(mut self, x: (f32, f32), y: (f32, f32)) -> Page {
        self.rules.extend(model::RulingLine::from_box(x, y));
        self
    }

    /// Draws every wall of a grid.
    fn grid(mut self, xs: &[f32], ys: &[f32]) -> Page {
        let (left, right) = (xs[0], xs[xs.len() - 1]);
        let (top, bottom) = (ys[0], ys[ys.len() - 1]);
        for y in ys {
            self = self.rule((left, right), (*y, *y));
        }
        for x in xs {
            self = self.rule((*x, *x), (top, bottom));
        }
        self
    }

    /// Draws a grid with rows of 20 points and columns of 100, and its text.
    fn table(mut self, top: f32, rows: &[&[&str]]) -> Page {
        let xs: Vec<f32> = (0..=rows[0].len()).map(|at| 60.0 + 100.0 * at as f32).collect();
        let ys: Vec<f32> = (0..=rows.len()).map(|at| top + 20.0 * at as f32).collect();
        self = self.grid(&xs, &ys);
        for (row, cells) in rows.iter().enumerate() {
            for (column, cell) in cells.iter().enumerate() {
                self = self.text(xs[column] + 5.0, ys[row] + 14.0, cell);
            }
        }
        self
    }
}

/// What is read: rows of cells with bars between and spans over 1 marked, `page:` before each part.
fn read(pages: Vec<Page>) -> Vec<String> {
    let source = source(SourceFormat::Pdf, ImportError::Empty, pages).unwrap();
    let mut shown = Vec::new();
    for part in source.parts {
        match part {
            SourcePart::Paragraph { line, text } => shown.push(format!("{line}: {text}")),
            SourcePart::Picture { line } => shown.push(format!("{line}: [图]")),
            SourcePart::Aside { line, text } => shown.push(format!("{line}: [{text}]")),
            SourcePart::Table(table) => {
                for row in table.rows {
                    let cell = |cell: &super::super::SourceCell| match (cell.rows, cell.columns) {
                        (1, 1) => cell.text.clone(),
                        (rows, columns) => format!("{}×{rows}×{columns}", cell.text),
                    };
                    let cells: Vec<String> = row.cells.iter().map(cell).collect();
                    shown.push(format!("{}: {}", row.line, cells.join("|")));
                }
            }
        }
    }
    shown
}

#[test]
fn a_missing_wall_merges_cells() {
    let page = blank(1)
        .grid(&[60.0, 360.0], &[100.0, 160.0])
        .rule((160.0, 360.0), (120.0, 120.0))
        .rule((60.0, 360.0), (140.0, 140.0))
        .rule((160.0, 160.0), (100.0, 160.0))
        .rule((260.0, 260.0), (120.0, 160.0))
        .text(70.0, 125.0, "组")
        .text(200.0, 114.0, "宽")
        .text(170.0, 134.0, "1")
        .text(270.0, 134.0, "2")
        .text(170.0, 154.0, "3");
    assert_eq!(read(vec![page]), ["1: 组×2×1|宽×1×2", "1: 1|2", "1: |3|"]);
}

#[test]
fn sides_may_be_open() {
    let page = blank(1)
        .rule((60.0, 260.0), (100.0, 100.0))
        .rule((60.0, 260.0), (120.0, 120.0))
        .rule((160.0, 160.0), (100.0, 120.0))
        .text(70.0, 114.0, "规章")
        .text(170.0, 114.0, "3");
    assert_eq!(read(vec![page]), ["1: 规章|3"]);
}

#[test]
fn pieces_and_thin_boxes_are_one_wall_and_frames_none() {
    let mut page = blank(1).grid(&[40.0, 555.0], &[40.0, 800.0]);
    for (x, y) in [(60.0, 100.0), (160.0, 100.0), (60.0, 120.0), (160.0, 120.0)] {
        // Each cell has walls of its own, in two pieces.
        page = page.rule((x, x + 50.0), (y, y + 0.7)).rule((x + 51.0, x + 99.5), (y, y + 0.7));
        page = page.rule((x, x + 100.0), (y + 20.0, y + 20.4)).rule((x, x + 0.7), (y, y + 20.0));
        page = page.rule((x + 99.6, x + 100.2), (y, y + 20.0));
    }
    let page = page
        .text(70.0, 114.0, "规章")
        .text(170.0, 114.0, "3")
        .text(70.0, 134.0, "合计")
        .text(60.0, 90.0, "上文");
    assert_eq!(read(vec![page]), ["1: 上文", "1: 规章|3", "1: 合计|"]);
}

#[test]
fn a_number_over_two_lines_is_one_only_where_the_first_was_full() {
    let xs = [60.0, 160.0, 186.0, 286.0];
    let page = blank(1)
        .grid(&xs, &[100.0, 140.0])
        .text(63.0, 114.0, "行政许可行政许可可")
        .text(63.0, 130.0, "乙")
        .text(163.0, 114.0, "1234")
        .text(163.0, 130.0, "5678")
        .text(190.0, 114.0, "12")
        .text(190.0, 130.0, "34");
    assert_eq!(read(vec![page]), ["1: 行政许可行政许可可乙|12345678|12\n34"]);
}

#[test]
fn a_table_goes_on_over_the_end_of_a_page() {
    let first =
        blank(1).table(700.0, &[&["事项", "数量"], &["甲", "1"], &["乙", ""]]).text(290.0, 810.0, "- 1 -");
    let second = blank(2).table(60.0, &[&["事项", "数量"], &["丙", "3"]]).text(60.0, 140.0, "下文");
    let read = read(vec![first, second]);
    assert_eq!(read, ["1: 事项|数量", "1: 甲|1", "1: 乙|", "2: 丙|3", "2: 下文"]);
}

#[test]
fn halves_of_a_row_are_joined_and_rows_of_their_own_are_not() {
    let head: [&[&str]; 2] = [&["事项", "数量"], &["甲甲甲甲甲甲甲甲甲", "5"]];
    for (second, expected) in [
        // The rest of a label that filled its line.
        (&["乙乙", ""], "1: 甲甲甲甲甲甲甲甲甲乙乙|5"),
        // Nothing but the rest of a cell.
        (&["", ""], "1: 甲甲甲甲甲甲甲甲甲|5"),
        // Two numbers: which it is nobody can tell.
        (&["", "6"], "1: 甲甲甲甲甲甲甲甲甲|5\n6"),
    ] {
        let pages = vec![blank(1).table(760.0, &head), blank(2).table(60.0, &[second])];
        assert_eq!(read(pages)[1], expected);
    }
    for (first, second) in [
        (["甲甲甲甲甲甲甲甲甲", "5"], ["2.乙乙", ""]),
        (["甲甲甲甲甲甲甲甲甲", "5"], ["（二）乙乙", ""]),
        (["甲甲甲甲甲甲甲甲甲", "5"], ["乙乙", "6"]),
        (["甲甲", "5"], ["乙乙", ""]),
        // Numbers below their headings.
        (["维持", "纠正"], ["1", "2"]),
    ] {
        let pages = vec![blank(1).table(760.0, &[&first]), blank(2).table(60.0, &[&second])];
        assert_eq!(read(pages), [format!("1: {}", first.join("|")), format!("2: {}", second.join("|"))]);
    }
}

#[test]
fn page_numbers_and_running_heads_are_beside_the_text() {
    let page = |number: usize, text: &str| {
        blank(number)
            .text(60.0, 50.0, "某局年度报告")
            .text(290.0, 810.0, &number.to_string())
            .table(300.0, &[&["规章", "3"]])
            .text(60.0, 400.0, text)
    };
    let pages = vec![page(1, "上文。"), page(2, "下文。")];
    let expected = ["1: 规章|3", "1: 上文。", "2: 规章|3", "2: 下文。", "1: [（页眉）某局年度报告]"];
    assert_eq!(read(pages), expected);
}

#[test]
fn a_bare_number_that_counts_nothing_is_kept() {
    let page =
        |number: usize, last: &str| blank(number).table(300.0, &[&["规章", "3"]]).text(290.0, 810.0, last);
    assert!(read(vec![page(1, "12"), page(2, "7")]).contains(&"1: 12".to_string()));
}

#[test]
fn paragraphs_end_where_a_line_is_short_or_the_next_is_indented() {
    let full = "公".repeat(40);
    let page = blank(1)
        .table(60.0, &[&["规章", "3"]])
        .text(120.0, 200.0, &"公".repeat(36))
        .text(100.0, 216.0, &full)
        .text(100.0, 232.0, "公开。")
        .text(100.0, 248.0, &full)
        .text(120.0, 264.0, "（二）")
        .text(100.0, 300.0, &full)
        .text(100.0, 340.0, &full);
    let lengths: Vec<usize> =
        read(vec![page]).iter().skip(1).map(|text| text.chars().filter(|c| !c.is_ascii()).count()).collect();
    assert_eq!(lengths, [36 + 40 + 3, 40, 3, 40, 40]);
}

#[test]
fn walls_that_leave_no_box_are_no_certain_cells() {
    // The wall between the first two columns is there in the first row only, that below it in the second column.
    let page = blank(1)
        .grid(&[60.0, 260.0], &[100.0, 140.0])
        .rule((160.0, 160.0), (100.0, 120.0))
        .rule((160.0, 260.0), (120.0, 120.0))
        .text(70.0, 114.0, "12")
        .text(170.0, 114.0, "3")
        .text(170.0, 134.0, "4");
    let read = read(vec![page]);
    assert!(read.concat().contains('\u{fffd}') && read.concat().contains('3'), "{read:?}");
}

#[test]
fn the_gap_behind_short_rows_is_no_cell() {
    let page = || {
        blank(1)
            .grid(&[60.0, 360.0], &[100.0, 120.0, 160.0])
            .rule((60.0, 260.0), (140.0, 140.0))
            .rule((160.0, 160.0), (120.0, 160.0))
            .rule((260.0, 260.0), (120.0, 140.0))
            .text(70.0, 114.0, "题")
            .text(70.0, 134.0, "甲")
            .text(170.0, 134.0, "1")
            .text(70.0, 154.0, "乙")
    };
    assert_eq!(read(vec![page()]), ["1: 题×1×3", "1: 甲|1", "1: 乙"]);
    let read = read(vec![page().text(270.0, 134.0, "7")]);
    assert!(read.concat().contains('\u{fffd}'), "{read:?}");
}

#[test]
fn more_lines_than_on_any_page_are_refused() {
    let mut page = blank(1);
    for at in 0..grid::PAGE_RULES + 1 {
        page = page.rule((0.0, 500.0), (at as f32 * 0.1, at as f32 * 0.1));
    }
    assert!(matches!(
        source(SourceFormat::Pdf, ImportError::Empty, vec![page]),
        Err(ImportError::TooLarge(_))
    ));
    let crossed: Vec<f32> = (0..260).map(|at| 4.0 * at as f32).collect();
    let page = Page { width: 2_000.0, height: 2_000.0, ..blank(1) }.grid(&crossed, &crossed);
    assert!(matches!(
        source(SourceFormat::Pdf, ImportError::Empty, vec![page]),
        Err(ImportError::TooLarge(_))
    ));
}
