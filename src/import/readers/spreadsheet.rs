//! Spreadsheets: `.xlsx`, `.xls`, and `.et` if it is one of the two inside.
//!
//! Cells are read one by one as they are stored, so a sheet that claims a million rows costs what
//! it holds. Formulas give the value that was saved with them.

use crate::import::SourceFormat;
use std::collections::HashMap;
use std::io::{Cursor, Read};

use calamine::{DataType, Dimensions, Reader, SheetVisible, Xls, Xlsx};

use super::super::source::{Source, SourceCell, SourcePart, SourceRow, SourceTable};
use super::super::{ImportError, limits};
use super::archive::Archive;
use super::formula::{Formula, SheetCells, drop_sums_of_blanks};

/// Reads a spreadsheet in the newer format, a zip archive.
///
/// # Errors
/// Returns an error if the file is not a spreadsheet, is broken, or is larger than any report.
pub fn read_xlsx(bytes: &[u8]) -> Result<Source, ImportError> {
    Archive::open(bytes)?.check_sizes()?;
    let broken = |_| ImportError::Broken("这个表格文件");
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).map_err(broken)?;
    let mut source = Source { format: SourceFormat::Xlsx, parts: Vec::new() };
    let mut count = limits::LimitCounter::default();
    for name in visible_sheets(&book) {
        let mut cells = SheetCells::new();
        let merged = book.merge_cells_by_sheet_name(&name).unwrap_or_default();
        let Ok(mut reader) = book.worksheet_cells_reader(&name) else { continue };
        while let Some((cell, style)) = reader.next_cell_with_style_id().map_err(broken)? {
            let format = reader.styles().get(style).and_then(|style| style.number_format.as_ref());
            let text = cell_text(cell.get_value());
            let text = if cell.get_value().is_float() {
                format_number(text, format.map_or("", |it| &it.format_code))
            } else {
                text
            };
            add_cell(&mut cells, &mut count, cell.get_position(), text)?;
        }
        drop(reader);
        let mut formulas = Vec::new();
        if let Ok(mut reader) = book.worksheet_cells_reader(&name) {
            while let Ok(Some(formula)) = reader.next_formula() {
                count.add_cells(1)?;
                formulas.push(Formula::of(formula.get_position(), formula.get_value()));
            }
        }
        drop_sums_of_blanks(&mut cells, &formulas);
        source.parts.extend(to_table(cells, &merged, &mut count)?);
    }
    Ok(source)
}

/// Reads a spreadsheet in the older format, records in a compound file.
///
/// # Errors
/// Returns an error in the same cases as [`read_xlsx`].
pub fn read_xls(bytes: &[u8]) -> Result<Source, ImportError> {
    limits::check_file_size(bytes.len())?;
    check_extent(bytes)?;
    let broken = |_| ImportError::Broken("这个表格文件");
    let mut book: Xls<_> = Xls::new(Cursor::new(bytes)).map_err(broken)?;
    let mut source = Source { format: SourceFormat::Xls, parts: Vec::new() };
    let mut count = limits::LimitCounter::default();
    for name in visible_sheets(&book) {
        let mut cells = SheetCells::new();
        let Ok(range) = book.worksheet_range(&name) else { continue };
        let (top, left) = range.start().unwrap_or_default();
        for (row, column, value) in range.used_cells() {
            let at = (top + u32::try_from(row).unwrap_or(0), left + u32::try_from(column).unwrap_or(0));
            add_cell(&mut cells, &mut count, at, cell_text(value))?;
        }
        let merged = book.merge_cells_by_sheet_name(&name).unwrap_or_default();
        source.parts.extend(to_table(cells, &merged, &mut count)?);
    }
    Ok(source)
}

/// Returns the names of the sheets that a spreadsheet program shows.
fn visible_sheets<B: Read + std::io::Seek>(book: &impl Reader<B>) -> Vec<String> {
    let shown = book.sheets_metadata().iter().filter(|sheet| sheet.visible == SheetVisible::Visible);
    shown.map(|sheet| sheet.name.clone()).collect()
}

/// The most cells between the first and the last cell of an old workbook, which are all filled in when it
/// is read.
const MAX_GRID_CELLS: usize = 500_000;

/// The last column that an old workbook can have, and how many rows.
const LAST_COLUMN: usize = 255;
const ROWS: usize = 65_536;

/// Walks the records of an old workbook and refuses one whose cells lie too far apart.
fn check_extent(bytes: &[u8]) -> Result<(), ImportError> {
    let broken = || ImportError::Broken("这个表格文件");
    let mut file = cfb::CompoundFile::open(Cursor::new(bytes)).map_err(|_| broken())?;
    let name = ["/Workbook", "/Book"].into_iter().find(|name| file.exists(name)).ok_or_else(broken)?;
    let mut records = Vec::new();
    let stream = file.open_stream(name).map_err(|_| broken())?;
    stream.take(limits::FILE as u64).read_to_end(&mut records).map_err(|_| broken())?;
    let (mut rows, mut columns, mut at) = (0, 0, 0);
    let word = |at: usize| Some(usize::from(u16::from_le_bytes([*records.get(at)?, *records.get(at + 1)?])));
    while let (Some(kind), Some(length)) = (word(at), word(at + 2)) {
        // Every record that puts something into a cell begins with its row and column.
        let is_cell = matches!(
            kind,
            0x0001..=0x0007 | 0x00bd | 0x00be | 0x00d6 | 0x00fd | 0x0201 | 0x0203..=0x0206 | 0x027e | 0x0406
        );
        if let (true, Some(row), Some(first)) = (is_cell, word(at + 4), word(at + 6)) {
            rows = rows.max(row + 1);
            // A record of several cells names its last column at its end.
            let last = if kind == 0x00bd { word(at + 2 + length).unwrap_or(first) } else { first };
            // calamine subtracts the one from the other.
            if !(first..=LAST_COLUMN).contains(&last) {
                return Err(broken());
            }
            columns = columns.max(last + 1);
        }
        // Memory for all cells that a sheet says it has is asked for at once: more than there can be would end
        // the program.
        if kind == 0x0200 {
            let long = length > 10;
            let row = |at: usize| Some(word(at)? | if long { word(at + 2)? << 16 } else { 0 });
            let (first, end) = (row(at + 4), row(at + if long { 8 } else { 6 }));
            let end_column = word(at + if long { 14 } else { 10 });
            if first > end || end > Some(ROWS) || end_column > Some(LAST_COLUMN + 1) {
                return Err(broken());
            }
        }
        at += 4 + length;
    }
    if rows * columns > MAX_GRID_CELLS {
        return Err(ImportError::TooLarge("表格的行列太多"));
    }
    Ok(())
}

/// Adds the text of a cell, unless it is blank.
///
/// # Errors
/// Returns an error if there is more in the cells than in any report.
pub fn add_cell(
    cells: &mut SheetCells,
    count: &mut limits::LimitCounter,
    at: (u32, u32),
    text: String,
) -> Result<(), ImportError> {
    if text.is_empty() {
        return Ok(());
    }
    count.add_cells(1)?;
    count.add_text(&text)?;
    cells.insert(at, text);
    Ok(())
}

/// Returns the text that a cell shows. A number is written with the digits it was saved with, as many as a
/// spreadsheet shows; a whole number that some format shows as a date stays a number. A failed formula is
/// shown as its error, `#REF!`: its cell is not blank.
fn cell_text(value: &impl DataType) -> String {
    if value.is_empty() {
        return String::new();
    }
    if let Some(error) = value.get_error() {
        return error.to_string();
    }
    let number = value.get_float().or_else(|| {
        let date = value.get_datetime()?.as_f64();
        (date.fract() == 0.0).then_some(date)
    });
    match number {
        Some(number) => {
            let exact = number.to_string();
            let digits = exact.bytes().filter(u8::is_ascii_digit).count();
            let shown = format!("{number:.14e}").parse().unwrap_or(number);
            if digits > 15 && !number.is_nan() { f64::to_string(&shown) } else { exact }
        }
        None => value.as_string().unwrap_or_default().trim().to_string(),
    }
}

/// Formats a number with the decimals and the plus sign of its format; nothing is rounded.
fn format_number(number: String, format: &str) -> String {
    let first = format.split(';').next().unwrap_or_default();
    let plain = first.chars().all(|c| "+-#,0.".contains(c));
    if !plain || number.contains(['e', 'E']) {
        return number;
    }
    let sign = if first.starts_with('+') && !number.starts_with('-') { "+" } else { "" };
    let decimals = first.split_once('.').map_or(0, |(_, decimals)| decimals.matches('0').count());
    let (whole, shown) = number.split_once('.').unwrap_or((&number, ""));
    if decimals <= shown.len() {
        return format!("{sign}{number}");
    }
    format!("{sign}{whole}.{shown:0<decimals$}")
}

/// Returns the rows of a sheet that hold anything, as a table, or `None` if nothing does.
///
/// # Errors
/// Returns an error if there are more cells than in any report, counting the blank ones in between.
pub fn to_table(
    cells: SheetCells,
    merged: &[Dimensions],
    count: &mut limits::LimitCounter,
) -> Result<Option<SourcePart>, ImportError> {
    let spans: HashMap<(u32, u32), &Dimensions> = merged.iter().map(|area| (area.start, area)).collect();
    let Some(first) = cells.keys().map(|(_, column)| *column).min() else { return Ok(None) };
    let mut rows: Vec<SourceRow> = Vec::new();
    let mut current = None;
    let mut next = first;
    let mut texts = cells.into_iter().peekable();
    while let Some(((row, column), text)) = texts.next() {
        if current != Some(row) {
            rows.push(SourceRow { line: row as usize + 1, cells: Vec::new() });
            current = Some(row);
            next = first;
        }
        let Some(last) = rows.last_mut() else { continue };
        // Places between two cells are blank cells, as many as a report can have.
        for _ in next..column.min(next.saturating_add(limits::COLUMNS as u32)) {
            count.add_cells(1)?;
            last.cells.push(SourceCell::plain(""));
        }
        let wide = spans.get(&(row, column)).map_or(1, |area| area.end.1.saturating_sub(column) as usize + 1);
        let wide = wide.min(limits::COLUMNS);
        // A merged cell's other positions are not cells of their own.
        let filled =
            texts.peek().filter(|(at, _)| at.0 == row).map(|(at, _)| at.1.saturating_sub(column) as usize);
        let wide = filled.map_or(wide, |free| wide.min(free.max(1)));
        last.cells.push(SourceCell { text, rows: 1, columns: wide });
        next = column.saturating_add(u32::try_from(wide).unwrap_or(1));
    }
    let line = rows.first().map_or(1, |row| row.line);
    Ok(Some(SourcePart::Table(SourceTable { line, ragged: false, sparse: true, rows })))
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use super::*;

    /// An old workbook of one record.
    fn workbook(kind: u16, data: &[u8]) -> Vec<u8> {
        let length = u16::try_from(data.len()).unwrap();
        let record = [&kind.to_le_bytes(), &length.to_le_bytes(), data].concat();
        let mut file = cfb::CompoundFile::create(Cursor::new(Vec::new())).unwrap();
        file.create_stream("/Workbook").unwrap().write_all(&record).unwrap();
        file.into_inner().into_inner()
    }

    #[test]
    fn columns_that_an_old_workbook_cannot_have_are_damage() {
        let numbers = |first: u16, last: u16| {
            workbook(
                0x00bd,
                &[[0, 0].as_slice(), &first.to_le_bytes(), &[0; 6], &last.to_le_bytes()].concat(),
            )
        };
        assert!(check_extent(&numbers(3, 4)).is_ok());
        for (first, last) in [(3, 2), (0, 65_535), (256, 256)] {
            assert!(
                matches!(read_xls(&numbers(first, last)), Err(ImportError::Broken(_))),
                "{first} to {last}"
            );
        }
    }

    #[test]
    fn a_size_that_an_old_workbook_cannot_have_is_damage() {
        let long = |first: u32, end: u32, columns: u16| {
            let rows = [first.to_le_bytes(), end.to_le_bytes()].concat();
            workbook(0x0200, &[&rows, [0, 0].as_slice(), &columns.to_le_bytes(), &[0, 0]].concat())
        };
        let short = |first: u16, end: u16| {
            workbook(0x0200, &[first.to_le_bytes(), end.to_le_bytes(), [0, 0], [9, 0], [0, 0]].concat())
        };
        for sound in [long(0, 0, 0), long(2, 65_536, 256), short(0, 0), short(3, 65_535)] {
            assert!(check_extent(&sound).is_ok());
        }
        for broken in [long(2, 1, 9), long(0, 65_537, 9), long(0, u32::MAX, 9), long(0, 9, 257), short(2, 1)]
        {
            assert!(matches!(read_xls(&broken), Err(ImportError::Broken(_))));
        }
    }
}
