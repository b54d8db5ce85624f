//! Markdown, text and comma-separated values.

use super::super::{csv, escape, markdown::to_markdown, plain_text::to_text, printable};
use super::{all, hostile, sample};
use crate::draft::Draft;
use crate::form::{Form, Role};

/// Compares with a file under `tests/fixtures/golden`; `NIANBAO_BLESS=1` writes it anew.
pub fn golden(name: &str, found: &str) {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/golden").join(name);
    if std::env::var_os("NIANBAO_BLESS").is_some() {
        std::fs::write(&path, found).unwrap();
    }
    let expected = std::fs::read_to_string(&path).unwrap_or_default();
    assert_eq!(found, expected, "{name} differs; NIANBAO_BLESS=1 writes it anew");
}

#[test]
fn the_text_formats_are_what_they_were() {
    for format in ["2019", "2021"] {
        let (form, draft) = sample(format);
        golden(&format!("report-{format}.md"), &to_markdown(&form, &draft));
        golden(&format!("report-{format}.txt"), &to_text(&form, &draft));
        golden(&format!("report-{format}.csv"), &csv::to_csv(&form, &draft));
    }
}

#[test]
fn every_value_of_every_table_stands_in_every_text_format() {
    type Write = fn(&Form, &Draft) -> String;
    let formats: [(char, Write); 3] = [('|', to_markdown), ('\t', to_text), (',', csv::to_csv)];
    for (name, form, draft) in all().into_iter().filter(|(name, ..)| !name.starts_with("hostile")) {
        for (separator, write) in formats {
            let whole = write(&form, &draft);
            let mut lines: Vec<Vec<&str>> =
                whole.lines().map(|line| line.split(separator).map(str::trim).collect()).collect();
            lines.retain(|cells| cells.len() > 3);
            for table in super::super::layout::Report::new(&form, &draft).tables() {
                for row in 0..table.grid.rows {
                    let values: Vec<&str> = table
                        .row(row)
                        .filter(|cell| matches!(cell.role, Role::Value(_)))
                        .map(|cell| cell.text.as_str())
                        .collect();
                    let here =
                        lines.iter().any(|cells| cells.windows(values.len().max(1)).any(|w| w == values));
                    assert!(values.is_empty() || here, "{name} {separator} {values:?}");
                }
            }
        }
    }
}

#[test]
fn only_a_cell_that_a_spreadsheet_would_run_is_quoted() {
    for number in ["5", "-3", "+3", "-2.5", "-1,234", "", "-", "--", "—", "/", "减4", "251000元", "无"] {
        assert_eq!(escape::escape_cell(number), number);
    }
    for formula in ["=1+1", "+A1", "-A1", "@x", "＝1", "+1+cmd|' /C calc'!A0", "=", "--1"] {
        assert_eq!(escape::escape_cell(formula), format!("'{formula}"));
    }
}

#[test]
fn markdown_shows_marks_as_they_were_typed() {
    assert_eq!(escape::escape_markdown("# a"), "\\# a");
    assert_eq!(escape::escape_markdown("1. a"), "1\\. a");
    assert_eq!(escape::escape_markdown("1.属于国家秘密"), "1.属于国家秘密");
    assert_eq!(escape::escape_markdown("- a"), "\\- a");
    assert_eq!(escape::escape_markdown("a*b_c|d<e>"), "a\\*b\\_c\\|d\\<e\\>");
    for number in ["-3", "+3", "5", "-", "2.02", "减4"] {
        assert_eq!(escape::escape_markdown(number), number);
    }
    assert_eq!(escape::escape_markdown("=1+1"), "\\=1+1");
}

#[test]
fn hostile_text_cannot_leave_its_cell_or_line() {
    let (form, draft) = hostile();
    for whole in [to_markdown(&form, &draft), to_text(&form, &draft), csv::to_csv(&form, &draft)] {
        let control = |c: char| c.is_control() && !"\n\r\t".contains(c);
        assert!(!whole.contains(control) && !whole.contains(['\u{202e}', '\u{ffff}']), "{whole}");
    }
    let cells = csv::to_csv(&form, &draft);
    let mut reader = ::csv::ReaderBuilder::new().has_headers(false).from_reader(cells.as_bytes());
    for record in reader.records() {
        assert!(record.unwrap().iter().all(|cell| !cell.starts_with(['=', '@'])));
    }
}

#[test]
fn the_files_of_a_folder_hold_cover_texts_and_tables() {
    let (form, draft) = sample("2021");
    let tables = csv::part_files(&form, &draft);
    let names: Vec<&str> = tables.iter().map(|(name, _)| &name[..3]).collect();
    assert_eq!(names, ["封", "正", "二", "三", "四"]);
    assert!(tables[0].1.contains("单位名称,示例市数据局"), "{}", tables[0].1);
    assert!(tables[1].1.contains("一、总体情况,"), "{}", tables[1].1);
    let lines = tables[3].1.lines().count();
    assert_eq!(lines, 3 + 25);
    assert!(tables.iter().all(|(_, content)| content.starts_with('\u{feff}')));
}

#[test]
fn paragraphs_know_where_they_stand_in_the_text() {
    let source = "　第一段 \r\n\r\n第二段\u{2028}\u{0b}第三段";
    let found: Vec<&str> =
        printable::paragraph_ranges(source).into_iter().map(|range| &source[range]).collect();
    assert_eq!(found, ["第一段", "第二段", "第三段"]);
    assert!(printable::paragraph_ranges(" \n\n　").is_empty());
}

#[test]
fn an_unread_cell_is_printed_blank_in_every_format() {
    use super::super::{Format, layout::Report};
    use crate::draft::{Totals, Unread, Value};
    let (form, mut draft) = sample("2021");
    draft.totals = Totals::Typed;
    draft.set("requests.new.natural", Value::Blank);
    let blank = draft.clone();
    let known = Unread { candidates: vec!["58".into()], line: 4, text: "本年新收 58".into() };
    draft.set("requests.new.natural", Value::Unread(Box::new(known)));
    // A workbook also has rules, which wait for the answer.
    for format in Format::ALL.into_iter().filter(|format| *format != Format::Xlsx) {
        assert_eq!(format.write(&form, &draft).unwrap(), format.write(&form, &blank).unwrap(), "{format:?}");
    }
    assert!(super::super::json::to_json(&form, &draft)["fields"]["requests.new.natural"].is_null());
    let ids: Vec<String> = Report::new(&form, &draft).unread_cells.iter().map(ToString::to_string).collect();
    assert_eq!(ids, ["requests.new.natural"], "whoever exports it is warned");
}
