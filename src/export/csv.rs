//! The report as comma-separated values: UTF-8 with the mark that Excel needs to see it, `\r\n`.

use csv::{Terminator, WriterBuilder};

use super::escape::escape_cell;
use super::layout::{ParagraphStyle, PrintedTable, Report, ReportPart};
use super::plain_text::table_rows;
use crate::draft::Draft;
use crate::form::Form;

/// Without it Excel reads UTF-8 as GBK.
const BYTE_ORDER_MARK: &str = "\u{feff}";

/// Returns the whole report in one file: the section in the first column; then the cover's labels and
/// values, the paragraphs one a row, and the tables as printed. All rows have the same number of columns.
pub fn to_csv(form: &Form, draft: &Draft) -> String {
    let report = Report::new(form, draft);
    let mut lines: Vec<Vec<String>> = Vec::new();
    for (_, label, value) in &report.cover {
        lines.push(vec!["封面".into(), escape_cell(label), escape_cell(value)]);
    }
    let mut section = String::from("导语");
    for piece in &report.parts {
        match piece {
            ReportPart::Text(it) if it.source.is_some() => {
                lines.push(vec![section.clone(), escape_cell(&it.text)])
            }
            ReportPart::Text(it) if it.style == ParagraphStyle::Heading => section = escape_cell(&it.text),
            ReportPart::Text(_) => {}
            ReportPart::Table(table) => lines.extend(table_rows(table).map(|mut cells| {
                cells.insert(0, section.clone());
                cells
            })),
        }
    }
    write_records(lines)
}

/// Returns the report in several files, the name of each and its content: the cover, the texts with their
/// sections, and each table as printed under its heading.
pub fn part_files(form: &Form, draft: &Draft) -> Vec<(String, String)> {
    let report = Report::new(form, draft);
    let cover = report.cover.iter().map(|(_, label, value)| vec![escape_cell(label), escape_cell(value)]);
    let mut files = vec![("封面".into(), write_records(cover.collect()))];
    files.push(("正文".into(), write_records(text_rows(&report))));
    let table = |table: &PrintedTable| (table.heading.clone(), write_records(table_rows(table).collect()));
    files.extend(report.tables().map(table));
    files
}

/// Returns the paragraphs, one a row, each behind the heading of its section.
fn text_rows(report: &Report) -> Vec<Vec<String>> {
    let mut section = String::from("导语");
    let mut rows = Vec::new();
    for piece in &report.parts {
        match piece {
            ReportPart::Text(it) if it.source.is_some() => {
                rows.push(vec![section.clone(), escape_cell(&it.text)])
            }
            ReportPart::Text(it) if it.style == ParagraphStyle::Heading => section = escape_cell(&it.text),
            _ => {}
        }
    }
    rows
}

/// Returns these lines as the content of a file, all with the same number of columns.
pub fn csv_text(lines: Vec<Vec<String>>) -> String {
    let safe = |line: Vec<String>| line.iter().map(|cell| escape_cell(cell)).collect();
    write_records(lines.into_iter().map(safe).collect())
}

fn write_records(mut lines: Vec<Vec<String>>) -> String {
    let columns = lines.iter().map(Vec::len).max().unwrap_or(0);
    let mut writer =
        WriterBuilder::new().terminator(Terminator::CRLF).from_writer(Vec::from(BYTE_ORDER_MARK));
    for line in &mut lines {
        line.resize(columns, String::new());
        // Writing to memory cannot fail, and the rows are of one length.
        let _ = writer.write_record(line);
    }
    writer.into_inner().ok().and_then(|bytes| String::from_utf8(bytes).ok()).unwrap_or_default()
}
