//! The report as a workbook: the cover and every section a sheet, the tables as printed.
//!
//! Numbers are numbers and text is text, never a formula. Totals that the draft computes are live
//! sums with their results beside them; a tally relation that breaks is coloured by a conditional
//! format, so that a colleague without this program sees it too.

mod number;
mod sums;
mod table;

use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, FormatAlign, Workbook, Worksheet, XlsxError};

use super::ExportError;
use super::layout::{Paragraph, ParagraphStyle, Report, ReportPart};
use crate::draft::{Draft, Ledger};
use crate::form::Form;
use crate::text::width::display_width;

/// The longest text that a cell holds, in characters; a longer paragraph goes on in the next row.
const MAX_CELL_CHARS: usize = 32_000;
/// The width of a sheet of text, in half-width characters.
const TEXT_WIDTH: usize = 84;

/// Returns the report as an `.xlsx` file.
///
/// # Errors
/// Returns an error if a cell is longer than a workbook allows (32767 characters).
pub fn to_xlsx(form: &Form, draft: &Draft) -> Result<Vec<u8>, ExportError> {
    build_workbook(form, draft).map_err(|error| ExportError::Broken(error.to_string()))
}

/// Returns a table as an `.xlsx` file of one sheet: the first row is its heading, and whole numbers are numbers.
///
/// # Errors
/// Returns an error if the table is larger than a sheet, or a cell longer than a workbook allows.
pub fn table_to_xlsx(rows: &[Vec<String>]) -> Result<Vec<u8>, ExportError> {
    build_table(rows).map_err(|error| ExportError::Broken(error.to_string()))
}

fn build_table(rows: &[Vec<String>]) -> Result<Vec<u8>, XlsxError> {
    let mut sheet = Worksheet::new();
    let heading = Format::new().set_bold();
    for (row, cells) in (0..).zip(rows) {
        for (column, cell) in (0..).zip(cells) {
            let number = cell.parse::<i32>().ok().filter(|number| number.to_string() == *cell);
            match number {
                _ if row == 0 => sheet.write_string_with_format(row, column, cell, &heading)?,
                Some(number) => sheet.write_number(row, column, number)?,
                None => sheet.write_string(row, column, cell)?,
            };
        }
    }
    sheet.autofit();
    sheet.set_freeze_panes(1, 1)?;
    let mut workbook = Workbook::new();
    let day = ExcelDateTime::from_ymd(2000, 1, 1)?;
    workbook.set_properties(&DocProperties::new().set_creation_datetime(&day));
    workbook.push_worksheet(sheet);
    workbook.save_to_buffer()
}

fn build_workbook(form: &Form, draft: &Draft) -> Result<Vec<u8>, XlsxError> {
    let report = Report::new(form, draft);
    let ledger = Ledger::new(form, draft);
    let source = table::TableValues { form, draft, ledger: &ledger };
    let mut sheets = vec![cover_sheet(&report)?];
    let mut names: Vec<String> = vec!["封面".into()];
    for piece in &report.parts {
        match piece {
            ReportPart::Text(it) if it.style == ParagraphStyle::Heading => {
                sheets.push(new_sheet(&it.text, &mut names)?)
            }
            ReportPart::Text(it) if it.source.is_some() => {
                if sheets.len() == 1 {
                    sheets.push(new_sheet("导语", &mut names)?);
                }
                if let Some((sheet, row)) = sheets.last_mut() {
                    write_paragraph(sheet, row, it)?;
                }
            }
            // The cover's sheet has them all.
            ReportPart::Text(_) => {}
            ReportPart::Table(it) => {
                if let Some((sheet, row)) = sheets.last_mut() {
                    table::write_table(sheet, row, it, &source)?;
                }
            }
        }
    }
    let mut workbook = Workbook::new();
    // A fixed day: the same draft is the same file.
    let day = ExcelDateTime::from_ymd(2000, 1, 1)?;
    workbook.set_properties(&DocProperties::new().set_title(&report.name).set_creation_datetime(&day));
    for (sheet, _) in sheets {
        workbook.push_worksheet(sheet);
    }
    workbook.save_to_buffer()
}

/// Returns a sheet with its heading in the first row, and the row that comes next.
fn new_sheet(heading: &str, names: &mut Vec<String>) -> Result<(Worksheet, u32), XlsxError> {
    let mut sheet = Worksheet::new();
    sheet.set_name(sheet_name(heading, names))?;
    sheet.set_paper_size(9).set_print_fit_to_pages(1, 0);
    sheet.set_column_width(0, TEXT_WIDTH as f64)?;
    sheet.write_string_with_format(0, 0, heading, &Format::new().set_bold().set_font_size(14))?;
    Ok((sheet, 1))
}

/// Returns a name for a sheet: without the marks that Excel refuses, at most 31 characters, not yet taken.
fn sheet_name(heading: &str, names: &mut Vec<String>) -> String {
    let plain: String =
        heading.chars().filter(|c| !"[]:*?/\\'".contains(*c) && (*c as u32) < 0x10000).collect();
    let base = if plain.is_empty() { "栏目".to_string() } else { plain.chars().take(28).collect() };
    let taken = |name: &String| names.iter().any(|other| other.to_lowercase() == name.to_lowercase());
    let numbered = (2..).map(|number| format!("{base}{number}"));
    let name =
        std::iter::once(base.clone()).chain(numbered).find(|name| !taken(name)).unwrap_or(base.clone());
    names.push(name.clone());
    name
}

fn cover_sheet(report: &Report) -> Result<(Worksheet, u32), XlsxError> {
    let mut sheet = Worksheet::new();
    sheet.set_name("封面")?.set_paper_size(9).set_print_fit_to_pages(1, 0);
    sheet.set_column_width(0, 16)?.set_column_width(1, 64)?;
    let wrap = Format::new().set_text_wrap().set_align(FormatAlign::Top).set_align(FormatAlign::Left);
    let mut row = 0;
    for (_, label, value) in &report.cover {
        sheet.write_string(row, 0, label)?;
        sheet.write_string_with_format(row, 1, value, &wrap)?;
        row += 1;
    }
    Ok((sheet, row))
}

/// A paragraph of a narrative in one row; a very long one in several.
fn write_paragraph(sheet: &mut Worksheet, row: &mut u32, it: &Paragraph) -> Result<(), XlsxError> {
    let wrap = Format::new().set_text_wrap().set_align(FormatAlign::Top);
    let letters: Vec<char> = it.text.chars().collect();
    for part in letters.chunks(MAX_CELL_CHARS) {
        let text: String = part.iter().collect();
        let lines = display_width(&text) / (TEXT_WIDTH - 4) + 1;
        sheet.write_string_with_format(*row, 0, &text, &wrap)?;
        sheet.set_row_height(*row, table::row_height(lines))?;
        *row += 1;
    }
    Ok(())
}
