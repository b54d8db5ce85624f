//! A sheet of texts: labels beside paragraphs.

use rust_xlsxwriter::{Format, FormatAlign, Worksheet, XlsxError};

use super::super::layout::{Paragraph, PrintedTable};
use super::input::{self, Purpose};
use super::sheet::{SheetNames, named_sheet};
use super::table;
use crate::text::width::display_width;

/// The longest text that a cell holds, in characters; a longer paragraph goes on in the next row.
const MAX_CELL_CHARS: usize = 32_000;

/// The widths that a sheet of text may have, in half-width characters: the first in which every paragraph is
/// seen whole.
const TEXT_WIDTHS: [usize; 4] = [84, 120, 170, 240];

/// The most lines of a row: Excel has no higher ones.
const MAX_LINES: usize = 27;

/// A sheet that is being written from top to bottom.
pub struct TextSheet {
    pub(super) sheet: Worksheet,
    /// The row that comes next.
    pub(super) row: u32,
    /// The columns of the table on it and their width together; one column where there is none.
    pub(super) columns: (u16, usize),
    /// Whether text is entered on it, where a template is filled in.
    pub(super) takes_text: bool,
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

pub(super) fn wrapped() -> Format {
    Format::new().set_text_wrap().set_align(FormatAlign::Top).set_align(FormatAlign::Left)
}
