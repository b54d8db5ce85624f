//! A table as printed, on its sheet.

use rust_xlsxwriter::{
    ConditionalFormatFormula, Format, FormatAlign, FormatBorder, Formula, Worksheet, XlsxError,
};

use super::super::column_widths::column_widths;
use super::super::layout::PrintedTable;
use super::super::row_heights::row_heights;
use super::input::{self, Purpose};
use super::number::exact_number;
use super::sums::{CellPositions, broken_relation, total_formula};
use crate::draft::{Draft, Ledger};
use crate::form::{FieldId, Form, GridCell, Role};
use crate::text::width;

/// The width of a table, in half-width characters; a wider one takes what it needs.
const WIDTH: usize = 120;

/// Where the values come from.
pub struct TableValues<'a> {
    /// The form.
    pub form: &'a Form,
    /// The draft.
    pub draft: &'a Draft,
    /// Its amounts.
    pub ledger: &'a Ledger,
    /// What the workbook is for.
    pub purpose: Purpose,
}

/// Writes a table from `row` on and moves `row` below it. Returns how many columns it has, and their width
/// together.
pub fn write_table(
    sheet: &mut Worksheet,
    row: &mut u32,
    table: &PrintedTable,
    source: &TableValues,
) -> Result<(u16, usize), XlsxError> {
    let top = *row;
    // The crate takes an empty result for none and writes 0; a blank total is not zero.
    sheet.set_formula_result_default("");
    let columns = [WIDTH, 2 * WIDTH]
        .into_iter()
        .find_map(|available| column_widths(table, available, width::display_width));
    let columns = columns.unwrap_or_else(|| vec![12; table.grid.columns]);
    for (column, width) in columns.iter().enumerate() {
        sheet.set_column_width(column_number(column), *width as f64 + 1.0)?;
    }
    let place = |cell: &GridCell| (top + cell.row as u32, column_number(cell.column));
    let mut positions = CellPositions::new();
    for cell in &table.grid.cells {
        if let Role::Value(field) = &cell.role {
            positions.insert(field.as_str(), place(cell));
        }
    }
    for cell in &table.grid.cells {
        write_cell(sheet, place(cell), cell, &positions, source)?;
    }
    for (line, lines) in lines_per_row(table, &columns).into_iter().enumerate() {
        sheet.set_row_height(top + line as u32, row_height(lines))?;
    }
    if table.grid.heading_rows > 0 {
        let below = top + table.grid.heading_rows as u32;
        sheet.set_freeze_panes(below, column_number(table.grid.label_columns))?;
        sheet.set_repeat_rows(top, below - 1)?;
    }
    if table.grid.columns > 6 {
        sheet.set_landscape();
    }
    mark_broken_relations(sheet, &positions, source)?;
    *row += table.grid.rows as u32;
    Ok((column_number(columns.len()), columns.iter().sum()))
}

fn write_cell(
    sheet: &mut Worksheet,
    (row, column): (u32, u16),
    cell: &GridCell,
    positions: &CellPositions,
    source: &TableValues,
) -> Result<(), XlsxError> {
    let label = cell.role == Role::RowLabel && cell.rows == 1;
    let align = if label { FormatAlign::Left } else { FormatAlign::Center };
    let mut format = Format::new()
        .set_border(FormatBorder::Thin)
        .set_align(align)
        .set_align(FormatAlign::VerticalCenter)
        .set_text_wrap();
    let field = match &cell.role {
        Role::Value(field) if source.purpose == Purpose::Template => source.form.field(field.as_str()),
        _ => None,
    };
    let field = field.filter(|field| !source.ledger.is_computed(source.form, field.id.as_str()));
    if let Some(field) = field {
        format = input::mark(format);
        input::add_validation(sheet, (row, column), &field.kind)?;
    }
    if cell.rows > 1 || cell.columns > 1 {
        let (last_row, last) = (row + cell.rows as u32 - 1, column_number(cell.column + cell.columns - 1));
        sheet.merge_range(row, column, last_row, last, "", &format)?;
    }
    if let Role::Value(field) = &cell.role {
        let id = field.as_str();
        if source.ledger.is_computed(source.form, id)
            && let Some(formula) = total_formula(source.form, source.ledger, id, positions)
        {
            format = format.set_num_format("0");
            let formula = Formula::new(formula).set_result(&cell.text);
            sheet.write_formula_with_format(row, column, formula, &format)?;
            return Ok(());
        }
        if let Some(number) = exact_number(source.draft.get(id)) {
            format = format.set_num_format(number.format);
            sheet.write_number_with_format(row, column, number.number, &format)?;
            return Ok(());
        }
    }
    if cell.text.is_empty() {
        sheet.write_blank(row, column, &format)?;
    } else {
        sheet.write_string_with_format(row, column, &cell.text, &format)?;
    }
    Ok(())
}

/// Colours the totals of broken relations, and all cells of a broken balance.
fn mark_broken_relations(
    sheet: &mut Worksheet,
    positions: &CellPositions,
    source: &TableValues,
) -> Result<(), XlsxError> {
    let TableValues { form, ledger, .. } = source;
    let red = Format::new().set_background_color("FFC7CE").set_font_color("9C0006");
    let here = |field: &FieldId| positions.contains_key(field.as_str());
    for relation in form.relations().iter().filter(|relation| relation.fields().any(here)) {
        let Some((rule, cells)) = broken_relation(form, ledger, relation, positions) else { continue };
        let format = ConditionalFormatFormula::new().set_rule(rule.as_str()).set_format(&red);
        for (row, column) in cells {
            sheet.add_conditional_format(row, column, row, column, &format)?;
        }
    }
    Ok(())
}

/// Returns how many lines each row needs, so that no label is cut: Excel does not grow merged cells.
fn lines_per_row(table: &PrintedTable, columns: &[usize]) -> Vec<usize> {
    let needs = table.grid.cells.iter().map(|cell| {
        let available: usize = columns.iter().skip(cell.column).take(cell.columns).sum();
        width::display_width(&cell.text).div_ceil(available.max(2) / 2 * 2).max(1)
    });
    row_heights(table, 0, &needs.collect::<Vec<_>>())
}

/// Returns the height of a row of `lines` lines, in points; Excel allows 409 at most.
pub fn row_height(lines: usize) -> f64 {
    (lines as f64 * 15.0 + 3.0).min(409.0)
}

/// Converts a column to the type of the workbook.
fn column_number(column: usize) -> u16 {
    u16::try_from(column).unwrap_or(u16::MAX)
}
