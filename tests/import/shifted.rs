//! Rows of a table with a cell too many, and rows that are not the form's: their numbers stay open.

use nianbao::import::Import;

use super::guesses::{FOUR, TITLE, TWO, field, read};

fn table(section: &str, rows: &[&[&str]]) -> Import {
    let row = |cells: &&[&str]| format!("<tr><td>{}</td></tr>", cells.join("</td><td>"));
    let rows: String = rows.iter().map(row).collect();
    // A report of a year in which the form had several numbers in a row of section 二.
    let title = TITLE.replace("2023", "2020");
    read("a.html", format!("<p>{title}</p><p>{section}</p><table>{rows}</table>").as_bytes())
}

const HEADS: [&str; 4] = ["信息内容", "上一年项目数量", "本年增/减", "处理决定数量"];
const WHOLE: [&str; 4] = ["其他对外管理服务事项", "5", "2", "9"];

/// The first cell of a row of section 二, and that of [`WHOLE`].
fn first_cells(found: &Import, row: &str) -> [String; 2] {
    [row, "services"].map(|row| field(found, &format!("disclosure.{row}.last_year")))
}

#[test]
fn of_two_rows_that_differ_the_one_under_its_headings_counts() {
    let shifted = ["行政许可", "", "41", "3", "1207"];
    let found = table(TWO, &[&HEADS, &shifted, &WHOLE]);
    assert_eq!(first_cells(&found, "licensing"), ["ambiguous", "5"]);
    // Without headings nothing says which of two rows of as many cells stands where it belongs.
    let found = table(TWO, &[&shifted, &WHOLE]);
    assert_eq!(first_cells(&found, "licensing"), ["ambiguous", "5"]);
    let found = table(TWO, &[&shifted, &[&WHOLE[..], &[""]].concat()]);
    assert_eq!(first_cells(&found, "licensing"), ["ambiguous", "ambiguous"]);
}

#[test]
fn a_single_row_beside_its_headings_is_open() {
    let found = table(TWO, &[&HEADS[..3], &["行政事业性收费", "", "5", "2"]]);
    assert_eq!(field(&found, "disclosure.fees.last_year"), "ambiguous");
    let found = table(TWO, &[&HEADS[..3], &["行政事业性收费", "5", "2"]]);
    assert_eq!(field(&found, "disclosure.fees.last_year"), "5");
}

#[test]
fn a_row_with_blanks_and_a_cell_too_many_is_open() {
    let found = table(TWO, &[&HEADS, &["行政许可", "", "41", "", ""], &WHOLE]);
    assert_eq!(first_cells(&found, "licensing"), ["ambiguous", "5"]);
    let found = table(TWO, &[&HEADS, &["行政许可", "", "41", ""], &WHOLE]);
    assert_eq!(field(&found, "disclosure.licensing.change"), "41");
}

#[test]
fn a_row_with_tabs_and_a_number_too_many_is_open() {
    let text = |row: &str| format!("{TITLE}{TWO}规章\t9\t\t8\n行政规范性文件\t{row}\n行政许可\t5\n");
    let value = |row: &str| field(&read("a.txt", text(row).as_bytes()), "disclosure.normative.issued");
    assert_eq!(value("\t7\t7\t3"), "ambiguous");
    assert_eq!(value("7\t7\t3"), "7");
}

#[test]
fn a_row_of_four_with_a_label_of_another_is_open() {
    let names = ["结果维持", "结果纠正", "其他结果", "尚未审结", "总计"];
    let heads = [&["行政复议"; 5][..], &["未经复议直接起诉"; 5], &["复议后起诉"; 5]].concat();
    let numbers = ["1", "0", "2", "0", "3"].repeat(3);
    let read = |label: &str| {
        let row = |cells: &[&'static str]| [&["项目"][..], cells].concat();
        let numbers = [&[label][..], &numbers].concat();
        let found = table(FOUR, &[&row(&heads), &row(&names.repeat(3)), &numbers]);
        field(&found, "review.reconsideration.upheld")
    };
    assert_eq!(read(""), "1");
    assert_eq!(read("附：上年同期"), "ambiguous 1");
}
