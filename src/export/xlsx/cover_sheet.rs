//! The sheet of the cover and the texts.

use rust_xlsxwriter::XlsxError;

use super::super::layout::Report;
use super::input::{self, Purpose};
use super::number::exact_number;
use super::sheet::{SheetNames, named_sheet};
use super::text_sheet::{TextSheet, wrapped};
use crate::draft::Draft;
use crate::form::Form;

/// Returns the sheet of the cover: every line of it, label and value.
pub fn cover_sheet(
    report: &Report,
    form: &Form,
    draft: &Draft,
    purpose: Purpose,
    names: &mut SheetNames,
) -> Result<TextSheet, XlsxError> {
    let mut sheet = named_sheet("封面", names)?;
    sheet.set_column_width(0, 16)?.set_column_width(1, 64)?;
    let is_template = purpose == Purpose::Template;
    let wrap = input::mark_if(is_template, wrapped());
    let mut row = 0;
    for (id, label, value) in &report.cover {
        sheet.write_string(row, 0, label)?;
        match exact_number(draft.get(id.as_str())) {
            Some(it) => {
                let format = wrap.clone().set_num_format(it.format);
                sheet.write_number_with_format(row, 1, it.number, &format)?
            }
            None => sheet.write_string_with_format(row, 1, value, &wrap)?,
        };
        if is_template && let Some(field) = form.field(id.as_str()) {
            input::add_validation(&mut sheet, (row, 1), &field.kind)?;
        }
        row += 1;
    }
    if is_template {
        input::add_notice(&mut sheet)?;
    }
    Ok(TextSheet { sheet, row, columns: (1, 0), takes_text: false })
}
