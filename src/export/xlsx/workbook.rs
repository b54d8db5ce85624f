//! The workbook of one report.

use rust_xlsxwriter::{DocProperties, ExcelDateTime, Workbook, XlsxError};

use super::ExportError;
use super::cover_sheet::cover_sheet;
use super::input::Purpose;
use super::sheet::SheetNames;
use super::table::TableValues;
use super::text_sheet::TextSheet;
use crate::draft::{Draft, Ledger};
use crate::export::archive::set_system_to_unix;
use crate::export::layout::{ParagraphStyle, Report, ReportPart};
use crate::form::Form;

/// Returns the error with the reason in the clerk's words: the library's are English.
pub(super) fn broken(error: XlsxError) -> ExportError {
    ExportError::Broken(match error {
        XlsxError::MaxStringLengthExceeded => "有一格的文字比 Excel 放得下的（32767 个字）长，请改短",
        XlsxError::RowColumnLimitError => "单位或文字比 Excel 放得下的多，请分成几份",
        _ => "表格写不成 Excel 文件，请换一种格式",
    })
}

pub(super) fn report_workbook(form: &Form, draft: &Draft, purpose: Purpose) -> Result<Workbook, XlsxError> {
    let report = Report::new(form, draft);
    let ledger = Ledger::new(form, draft);
    let source = TableValues { form, draft, ledger: &ledger, purpose };
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

/// Returns the bytes of a workbook, the same on every system.
pub(super) fn saved(book: &mut Workbook) -> Result<Vec<u8>, XlsxError> {
    let mut bytes = book.save_to_buffer()?;
    set_system_to_unix(&mut bytes);
    Ok(bytes)
}
