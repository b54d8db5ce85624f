//! A table of texts as a workbook of one sheet.

use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, Workbook, Worksheet, XlsxError};

use super::workbook::saved;

pub(super) fn build_table(rows: &[Vec<String>]) -> Result<Vec<u8>, XlsxError> {
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
