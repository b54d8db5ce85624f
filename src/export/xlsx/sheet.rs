//! The sheets of a report: the cover, a narrative, a table with the text behind it.

use rust_xlsxwriter::{Format, FormatAlign, Worksheet, XlsxError};

use super::super::layout::{Paragraph, PrintedTable, Report};
use super::input::{self, Purpose};
use super::number::exact_number;
use super::table;
use crate::draft::Draft;
use crate::form::Form;
use crate::text::width::display_width;

/// The longest text that a cell holds, in characters; a longer paragraph goes on in the next row.
const MAX_CELL_CHARS: usize = 32_000;
/// The widths that a sheet of text may have, in half-width characters: the first in which every paragraph is
/// seen whole.
const TEXT_WIDTHS: [usize; 4] = [84, 120, 170, 240];
/// The most lines of a row: Excel has no higher ones.
const MAX_LINES: usize = 27;

/// The names of the sheets of a workbook, which must differ.
#[derive(Default)]
pub struct SheetNames(Vec<String>);

impl SheetNames {
    /// Returns a name for a sheet: without the marks that Excel refuses, at most 31 characters, not yet
    /// taken.
    pub fn next(&mut self, heading: &str) -> String {
        let plain: String =
            heading.chars().filter(|c| !"[]:*?/\\'".contains(*c) && (*c as u32) < 0x10000).collect();
        let base = if plain.is_empty() { "栏目".to_string() } else { plain.chars().take(28).collect() };
        let taken = |name: &String| self.0.iter().any(|other| other.to_lowercase() == name.to_lowercase());
        let numbered = (2..).map(|number| format!("{base}{number}"));
        let name =
            std::iter::once(base.clone()).chain(numbered).find(|name| !taken(name)).unwrap_or(base.clone());
        self.0.push(name.clone());
        name
    }
}

/// A sheet that is being written from top to bottom.
pub struct TextSheet {
    sheet: Worksheet,
    /// The row that comes next.
    row: u32,
    /// The columns of the table on it and their width together; one column where there is none.
    columns: (u16, usize),
    /// Whether text is entered on it, where a template is filled in.
    takes_text: bool,
}

impl TextSheet {
    /// Returns a sheet with its heading in the first row.
    pub fn new(heading: &str, names: &mut SheetNames) -> Result<Self, XlsxError> {
        let mut sheet = named_sheet(heading, names)?;
        sheet.set_column_width(0, TEXT_WIDTHS[0] as f64)?;
        sheet.write_string_with_format(0, 0, heading, &Format::new().set_bold().set_font_size(14))?;
        Ok(TextSheet { sheet, row: 1, columns: (1, TEXT_WIDTHS[0]), takes_text: true })
    }

    /// Writes a table.
    pub fn write_table(
        &mut self,
        table: &PrintedTable,
        source: &table::TableValues,
    ) -> Result<(), XlsxError> {
        self.columns = table::write_table(&mut self.sheet, &mut self.row, table, source)?;
        self.takes_text = false;
        Ok(())
    }

    /// Writes a paragraph of a narrative in one row; a very long one in several.
    pub fn write_paragraph(&mut self, paragraph: &Paragraph, purpose: Purpose) -> Result<(), XlsxError> {
        let wrap = input::mark_if(purpose == Purpose::Template, wrapped());
        let letters: Vec<char> = paragraph.text.chars().collect();
        for part in letters.chunks(MAX_CELL_CHARS) {
            let text: String = part.iter().collect();
            let lines = |width: usize| display_width(&text) / (width - 4) + 1;
            let (columns, mut width) = self.columns;
            if columns > 1 {
                self.sheet.merge_range(self.row, 0, self.row, columns - 1, &text, &wrap)?;
            } else {
                let fits = TEXT_WIDTHS.into_iter().filter(|it| *it >= width);
                width = fits.clone().find(|it| lines(*it) <= MAX_LINES).unwrap_or(TEXT_WIDTHS[3]);
                self.columns = (1, width);
                self.sheet.set_column_width(0, width as f64)?;
                self.sheet.write_string_with_format(self.row, 0, &text, &wrap)?;
            }
            self.sheet.set_row_height(self.row, table::row_height(lines(width)))?;
            self.row += 1;
        }
        Ok(())
    }

    /// Returns the sheet as it goes into the workbook.
    pub fn finish(mut self, purpose: Purpose) -> Result<Worksheet, XlsxError> {
        if purpose == Purpose::Template {
            if self.takes_text {
                input::add_text_rows(&mut self.sheet, self.row, &wrapped())?;
            }
            input::protect(&mut self.sheet);
        }
        Ok(self.sheet)
    }
}

/// Returns an empty sheet that is printed one page wide.
pub fn named_sheet(heading: &str, names: &mut SheetNames) -> Result<Worksheet, XlsxError> {
    let mut sheet = Worksheet::new();
    sheet.set_name(names.next(heading))?.set_paper_size(9).set_print_fit_to_pages(1, 0);
    Ok(sheet)
}

fn wrapped() -> Format {
    Format::new().set_text_wrap().set_align(FormatAlign::Top).set_align(FormatAlign::Left)
}

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
