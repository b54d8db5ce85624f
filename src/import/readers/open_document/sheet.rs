//! The cells of sheets.

use crate::import::SourceFormat;
use std::collections::BTreeSet;

use calamine::Dimensions;
use quick_xml::events::BytesStart;
use rust_decimal::Decimal;

use super::visitor::{Visitor, attribute, count_attribute, visit};
use crate::import::readers::formula::{Formula, SheetCells, drop_sums_of_blanks};
use crate::import::readers::spreadsheet::{add_cell, to_table};
use crate::import::source::{Source, SourcePart};
use crate::import::{ImportError, limits};

/// Reads all sheets that are shown.
///
/// # Errors
/// Returns an error if the file is broken, or is larger or more deeply nested than any report.
pub fn read(content: &str, hidden: &BTreeSet<String>) -> Result<Source, ImportError> {
    let mut reader = SheetReader {
        hidden,
        parts: Vec::new(),
        count: limits::LimitCounter::default(),
        sheet: Sheet::default(),
        cell: None,
        in_text: 0,
    };
    visit(content, &mut reader)?;
    reader.end_sheet()?;
    Ok(Source { format: SourceFormat::Ods, parts: reader.parts })
}

struct SheetReader<'a> {
    hidden: &'a BTreeSet<String>,
    parts: Vec<SourcePart>,
    count: limits::LimitCounter,
    sheet: Sheet,
    cell: Option<Cell>,
    in_text: usize,
}

#[derive(Default)]
struct Sheet {
    cells: SheetCells,
    merged: Vec<Dimensions>,
    formulas: Vec<Formula>,
    row: u32,
    column: u32,
    /// How many rows the one being read stands for.
    repeated_rows: u32,
}

#[derive(Default)]
struct Cell {
    number: Option<String>,
    formula: String,
    text: String,
    repeated: usize,
    rows: usize,
    columns: usize,
    /// Whether another one covers it, so that it is not seen.
    is_covered: bool,
}

impl SheetReader<'_> {
    fn end_sheet(&mut self) -> Result<(), ImportError> {
        let Sheet { mut cells, merged, formulas, .. } = std::mem::take(&mut self.sheet);
        drop_sums_of_blanks(&mut cells, &formulas);
        self.parts.extend(to_table(cells, &merged, &mut self.count)?);
        Ok(())
    }

    fn end_cell(&mut self) -> Result<(), ImportError> {
        let Some(cell) = self.cell.take() else { return Ok(()) };
        let (row, column) = (self.sheet.row, self.sheet.column);
        let text = cell.shown();
        // Cells that are alike may be written once; blank ones up to the last column of the sheet.
        if !text.is_empty() && !cell.is_covered {
            for at in 0..cell.repeated.min(limits::COLUMNS) as u32 {
                add_cell(
                    &mut self.sheet.cells,
                    &mut self.count,
                    (row, column.saturating_add(at)),
                    text.clone(),
                )?;
            }
            if !cell.formula.is_empty() {
                self.sheet.formulas.push(Formula::of((row, column), &cell.formula));
            }
            if cell.rows > 1 || cell.columns > 1 {
                let end =
                    |from: u32, count: usize| from.saturating_add(u32::try_from(count - 1).unwrap_or(0));
                let last = (end(row, cell.rows.max(1)), end(column, cell.columns.max(1)));
                self.sheet.merged.push(Dimensions { start: (row, column), end: last });
            }
        }
        self.sheet.column = column.saturating_add(u32::try_from(cell.repeated).unwrap_or(u32::MAX));
        Ok(())
    }
}

impl Cell {
    /// Returns what the cell shows: a number with the digits that are shown, if they are all it has.
    fn shown(&self) -> String {
        let text = self.text.trim();
        let Some(number) = &self.number else { return text.to_string() };
        let parsed = |text: &str| text.replace(',', "").trim_start_matches('+').parse::<Decimal>().ok();
        match (parsed(text), parsed(number)) {
            (Some(shown), Some(exact)) if shown == exact => text.to_string(),
            _ => number.clone(),
        }
    }
}

impl Visitor for SheetReader<'_> {
    fn open(&mut self, tag: &BytesStart) -> Result<bool, ImportError> {
        match tag.name().as_ref() {
            "table:table" => {
                self.end_sheet()?;
                return Ok(attribute(tag, "table:style-name").is_some_and(|name| self.hidden.contains(&name)));
            }
            // What is drawn over the cells, and what other files said.
            "table:shapes" | "table:dde-links" => return Ok(true),
            "draw:frame" => {
                self.parts.push(SourcePart::Picture { line: self.sheet.row as usize + 1 });
                self.count.add_cells(1)?;
                return Ok(true);
            }
            "table:table-row" => {
                let count = count_attribute(tag, "table:number-rows-repeated");
                self.sheet.repeated_rows = u32::try_from(count).unwrap_or(u32::MAX);
                self.sheet.column = 0;
            }
            "table:table-cell" | "table:covered-table-cell" => {
                let number = attribute(tag, "office:value");
                self.cell = Some(Cell {
                    number,
                    formula: attribute(tag, "table:formula").unwrap_or_default(),
                    text: String::new(),
                    repeated: count_attribute(tag, "table:number-columns-repeated"),
                    rows: count_attribute(tag, "table:number-rows-spanned"),
                    columns: count_attribute(tag, "table:number-columns-spanned"),
                    is_covered: tag.name().as_ref() == "table:covered-table-cell",
                });
            }
            "text:p" => {
                self.in_text += 1;
                if let Some(cell) = self.cell.as_mut().filter(|cell| !cell.text.is_empty()) {
                    cell.text.push('\n');
                }
            }
            "text:s" => {
                let count = count_attribute(tag, "text:c").min(8);
                self.text(&" ".repeat(count))?;
            }
            _ => {}
        }
        Ok(false)
    }

    fn close(&mut self, name: &str) -> Result<(), ImportError> {
        match name {
            "table:table-cell" | "table:covered-table-cell" => self.end_cell()?,
            "table:table-row" => {
                self.sheet.row = self.sheet.row.saturating_add(self.sheet.repeated_rows.max(1));
            }
            "text:p" => self.in_text = self.in_text.saturating_sub(1),
            _ => {}
        }
        Ok(())
    }

    fn text(&mut self, text: &str) -> Result<(), ImportError> {
        if let Some(cell) = self.cell.as_mut().filter(|_| self.in_text > 0) {
            self.count.add_text(text)?;
            cell.text.push_str(text);
        }
        Ok(())
    }
}
