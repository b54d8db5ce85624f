//! The report as a workbook: the cover and every section a sheet, the tables as printed.
//!
//! Numbers are numbers and text is text, never a formula. Totals that the draft computes are live
//! sums with their results beside them; a tally relation that breaks is coloured by a conditional
//! format, so that a colleague without this program sees it too.

mod input;
mod number;
mod sheet;
mod sums;
mod table;
mod units;

use std::borrow::Cow;

use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, Workbook, Worksheet, XlsxError};

use super::ExportError;
use super::archive::set_system_to_unix;
use super::layout::{ParagraphStyle, Report, ReportPart};
use crate::draft::{Draft, Ledger, Totals};
use crate::edit::Edit;
use crate::form::Form;
use input::Purpose;
use sheet::{SheetNames, TextSheet, cover_sheet};
pub use units::{UnitNumbers, UnitSheets};

/// Returns the report as an `.xlsx` file.
///
/// # Errors
/// Returns an error if a cell is longer than a workbook allows (32767 characters).
pub fn to_xlsx(form: &Form, draft: &Draft) -> Result<Vec<u8>, ExportError> {
    report_workbook(form, draft, Purpose::Report).and_then(|mut book| saved(&mut book)).map_err(broken)
}

/// Returns a table as an `.xlsx` file of one sheet: the first row is its heading, and whole numbers are numbers.
///
/// # Errors
/// Returns an error if the table is larger than a sheet, or a cell longer than a workbook allows.
pub fn table_to_xlsx(rows: &[Vec<String>]) -> Result<Vec<u8>, ExportError> {
    build_table(rows).map_err(broken)
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
    saved(&mut workbook)
}

/// Returns a workbook to be filled in without this program, as an `.xlsx` file: what a unit enters is marked
/// and takes only such values, the rest is protected, totals are formulas. What the draft holds is in it. It
/// is read back like any other workbook; a blank cell stays blank.
///
/// # Errors
/// Returns an error in the same case as [`to_xlsx`].
pub fn to_template(form: &Form, draft: &Draft) -> Result<Vec<u8>, ExportError> {
    let mut draft = Cow::Borrowed(draft);
    if draft.totals == Totals::Typed {
        let edit = Edit::switch_totals(form, &draft);
        edit.apply(draft.to_mut());
    }
    report_workbook(form, &draft, Purpose::Template).and_then(|mut book| saved(&mut book)).map_err(broken)
}

/// Returns a compiled report as an `.xlsx` file, with the sheets of its units behind it.
///
/// # Errors
/// Returns an error in the same case as [`to_xlsx`].
pub fn to_compiled_xlsx(form: &Form, draft: &Draft, units: &UnitSheets) -> Result<Vec<u8>, ExportError> {
    let book = report_workbook(form, draft, Purpose::Report);
    book.and_then(|mut book| saved(units.add_to(&mut book)?)).map_err(broken)
}

/// Returns what many units report as an `.xlsx` file.
///
/// # Errors
/// Returns an error in the same case as [`to_xlsx`].
pub fn to_units_xlsx(units: &UnitSheets) -> Result<Vec<u8>, ExportError> {
    units.add_to(&mut Workbook::new()).and_then(saved).map_err(broken)
}

/// Returns the bytes of a workbook, the same on every system.
fn saved(book: &mut Workbook) -> Result<Vec<u8>, XlsxError> {
    let mut bytes = book.save_to_buffer()?;
    set_system_to_unix(&mut bytes);
    Ok(bytes)
}

/// Returns the error with the reason in the clerk's words: the library's are English.
fn broken(error: XlsxError) -> ExportError {
    ExportError::Broken(match error {
        XlsxError::MaxStringLengthExceeded => "有一格的文字比 Excel 放得下的（32767 个字）长，请改短",
        XlsxError::RowColumnLimitError => "单位或文字比 Excel 放得下的多，请分成几份",
        _ => "表格写不成 Excel 文件，请换一种格式",
    })
}

fn report_workbook(form: &Form, draft: &Draft, purpose: Purpose) -> Result<Workbook, XlsxError> {
    let report = Report::new(form, draft);
    let ledger = Ledger::new(form, draft);
    let source = table::TableValues { form, draft, ledger: &ledger, purpose };
    let mut names = SheetNames::default();
    let mut sheets = vec![cover_sheet(&report, form, draft, purpose, &mut names)?];
    for part in &report.parts {
        let is_first = sheets.len() == 1;
        match part {
            ReportPart::Text(it) if it.style == ParagraphStyle::Heading => {
                // The opening has no heading; whoever fills in a template writes it on a sheet of its own.
                if is_first && purpose == Purpose::Template {
                    sheets.push(TextSheet::new("导语", &mut names)?);
                }
                sheets.push(TextSheet::new(&it.text, &mut names)?);
            }
            ReportPart::Text(it) if it.source.is_some() => {
                if is_first {
                    sheets.push(TextSheet::new("导语", &mut names)?);
                }
                if let Some(sheet) = sheets.last_mut() {
                    sheet.write_paragraph(it, purpose)?;
                }
            }
            // The cover's sheet has them all.
            ReportPart::Text(_) => {}
            ReportPart::Table(it) => {
                if let Some(sheet) = sheets.last_mut() {
                    sheet.write_table(it, &source)?;
                }
            }
        }
    }
    let mut workbook = Workbook::new();
    // A fixed day: the same draft is the same file.
    let day = ExcelDateTime::from_ymd(2000, 1, 1)?;
    workbook.set_properties(&DocProperties::new().set_title(&report.name).set_creation_datetime(&day));
    for sheet in sheets {
        workbook.push_worksheet(sheet.finish(purpose)?);
    }
    Ok(workbook)
}
