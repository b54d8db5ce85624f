//! What many units report: one sheet with a row for each, and one that lists who gave what.

use std::sync::Arc;

use rust_xlsxwriter::{Format, FormatAlign, FormatBorder, Formula, Workbook, Worksheet, XlsxError};

use super::number::exact_number;
use super::sheet::{SheetNames, named_sheet};
use crate::draft::{Adjustment, Amount, Draft, Ledger, Value};
use crate::form::{Field, FieldId, Form};

/// One unit's row: what is known of its file, and its numbers.
#[derive(Clone, Debug)]
pub struct UnitNumbers {
    /// The unit, or its file where it names none.
    pub unit: String,
    /// Its file.
    pub file: String,
    /// Whether it has reported, in words.
    pub status: String,
    /// The form and the year of its draft, and the text of each of the form's numbers; `None` if there is no
    /// draft that could be read.
    report: Option<UnitReport>,
}

#[derive(Clone, Debug)]
struct UnitReport {
    form: Arc<Form>,
    year: Option<u16>,
    values: Vec<Value>,
}

impl UnitNumbers {
    /// Returns the row of a unit's draft.
    pub fn of(form: &Arc<Form>, draft: &Draft, file: String, status: String) -> Self {
        let ledger = Ledger::new(form, draft);
        let value = |field: &Field| {
            let id = field.id.as_str();
            if !ledger.is_computed(form, id) {
                return draft.get(id).clone();
            }
            match ledger.amount(form, id) {
                Amount::Blank => Value::Blank,
                known => crate::draft::parse_value(&field.kind, &known.display_text()),
            }
        };
        let values = numbers(form).map(value).collect();
        let unit = if draft.unit().is_empty() { file.clone() } else { draft.unit().to_string() };
        let report = Some(UnitReport { form: form.clone(), year: draft.year(), values });
        UnitNumbers { unit, file, status, report }
    }

    /// Returns the row of a unit that has not reported, or whose file cannot be read.
    pub fn missing(unit: String, file: String, status: String) -> Self {
        UnitNumbers { unit, file, status, report: None }
    }
}

/// What the sheets of many units show.
#[derive(Clone, Debug, Default)]
pub struct UnitSheets {
    /// The units, in their order.
    pub units: Vec<UnitNumbers>,
    /// What was added to or taken from their sum, with its reason.
    pub adjustments: Vec<Adjustment>,
}

/// The columns before the numbers.
const HEADINGS: [&str; 4] = ["单位", "年度", "情况", "文件"];
/// The width of a column of numbers, in half-width characters.
const NUMBER_WIDTH: u16 = 10;

/// The numbers of a form, in its order.
fn numbers(form: &Form) -> impl Iterator<Item = &Field> {
    form.fields().iter().filter(|field| field.kind.is_number())
}

impl UnitSheets {
    /// Adds the sheets to a workbook: a table for each year and form, and the list.
    pub(super) fn add_to<'a>(&self, book: &'a mut Workbook) -> Result<&'a mut Workbook, XlsxError> {
        let mut names = SheetNames::default();
        for sheet in book.worksheets() {
            names.next(&sheet.name());
        }
        let mut tables: Vec<(&UnitReport, Vec<&UnitNumbers>)> = Vec::new();
        for unit in &self.units {
            let Some(report) = &unit.report else { continue };
            let ids =
                |of: &UnitReport| numbers(&of.form).map(|field| field.id.clone()).collect::<Vec<FieldId>>();
            let alike = |of: &UnitReport| {
                of.year == report.year && (Arc::ptr_eq(&of.form, &report.form) || ids(of) == ids(report))
            };
            match tables.iter_mut().find(|(of, _)| alike(of)) {
                Some((_, units)) => units.push(unit),
                None => tables.push((report, vec![unit])),
            }
        }
        tables.sort_by_key(|(of, _)| std::cmp::Reverse(of.year));
        for (of, units) in &tables {
            let heading = of.year.map_or("各单位".into(), |year| format!("各单位 {year}年"));
            // Too wide for one page: its columns go on over several, each with the units beside them.
            let mut sheet = Worksheet::new();
            sheet.set_name(names.next(&heading))?.set_paper_size(9).set_repeat_columns(0, 0)?;
            self.write_table(&mut sheet, of, units)?;
            book.push_worksheet(sheet);
        }
        let mut sheet = named_sheet("谁报了什么", &mut names)?;
        self.write_list(&mut sheet, &tables)?;
        book.push_worksheet(sheet);
        Ok(book)
    }

    fn write_table(
        &self,
        sheet: &mut Worksheet,
        of: &UnitReport,
        units: &[&UnitNumbers],
    ) -> Result<(), XlsxError> {
        let head = heading_format();
        let cell = Format::new().set_border(FormatBorder::Thin);
        for (column, heading) in (0..).zip(HEADINGS) {
            sheet.write_string_with_format(0, column, heading, &head)?;
        }
        sheet.set_column_width(0, 26)?.set_column_width(2, 16)?.set_column_width(3, 26)?;
        let first = HEADINGS.len() as u16;
        for (column, field) in (first..).zip(numbers(&of.form)) {
            sheet.write_string_with_format(0, column, of.form.location(&field.id), &head)?;
            sheet.set_column_width(column, NUMBER_WIDTH)?;
        }
        sheet.set_row_height(0, 150)?.set_freeze_panes(1, 1)?.set_repeat_rows(0, 0)?.set_landscape();
        for (row, unit) in (1..).zip(units) {
            write_unit(sheet, row, unit, &cell)?;
        }
        let last = units.len() as u32;
        let mut below = last + 1;
        if !self.adjustments.is_empty() {
            sheet.write_string_with_format(below, 0, "调整", &cell)?;
            for (column, field) in (first..).zip(numbers(&of.form)) {
                let own = self.adjustments.iter().filter(|it| it.field == field.id);
                let sum: rust_decimal::Decimal = own.map(|it| it.amount).sum();
                if let Some(number) = super::number::decimal_number(sum).filter(|_| !sum.is_zero()) {
                    sheet.write_number_with_format(below, column, number, &cell)?;
                }
            }
            below += 1;
        }
        sheet.write_string_with_format(below, 0, "合计", &cell.clone().set_bold())?;
        // The crate takes an empty result for none and writes 0; a blank total is not zero.
        sheet.set_formula_result_default("");
        for (at, (column, field)) in (first..).zip(numbers(&of.form)).enumerate() {
            // Never a partial sum: a value that cannot be added makes it unknown.
            let values = || units.iter().filter_map(|unit| unit.report.as_ref()?.values.get(at));
            if values().any(|value| !value.is_blank() && value.number().is_none()) {
                sheet.write_string_with_format(below, column, "?", &cell)?;
                continue;
            }
            let ends = [(1, column), (below - 1, column)];
            let [top, bottom] =
                ends.map(|(row, column)| rust_xlsxwriter::utility::row_col_to_cell(row, column));
            let sum = Formula::new(format!("=IF(COUNT({top}:{bottom})=0,\"\",SUM({top}:{bottom}))"));
            let added = self.adjustments.iter().filter(|it| it.field == field.id).map(|it| it.amount);
            let known = values().filter_map(Value::number).chain(added).reduce(|sum, one| sum + one);
            let sum = sum.set_result(known.map_or(String::new(), |known| known.to_string()));
            sheet.write_formula_with_format(below, column, sum, &cell)?;
        }
        sheet.autofilter(0, 0, last, first + numbers(&of.form).count() as u16 - 1)?;
        Ok(())
    }

    /// The list, one number a row: the cell, who gave it, how much.
    fn write_list(
        &self,
        sheet: &mut Worksheet,
        tables: &[(&UnitReport, Vec<&UnitNumbers>)],
    ) -> Result<(), XlsxError> {
        let head = heading_format();
        for (column, heading) in (0..).zip(["栏目", "年度", "单位", "数", "说明"]) {
            sheet.write_string_with_format(0, column, heading, &head)?;
        }
        for (column, width) in [(0, 60), (1, 8), (2, 30), (3, 12), (4, 40)] {
            sheet.set_column_width(column, width)?;
        }
        let mut row = 1;
        for unit in self.units.iter().filter(|unit| unit.report.is_none()) {
            write_line(sheet, &mut row, [&unit.status, "", &unit.unit, "", &unit.file])?;
        }
        for (of, units) in tables {
            let year = of.year.map_or(String::new(), |year| year.to_string());
            for (at, field) in numbers(&of.form).enumerate() {
                let place = of.form.location(&field.id);
                for unit in units {
                    let Some(value) = unit.report.as_ref().and_then(|own| own.values.get(at)) else {
                        continue;
                    };
                    // Who gave nothing, or 0, is not among those who gave.
                    if value.is_blank() || value.number().is_some_and(|number| number.is_zero()) {
                        continue;
                    }
                    write_value(sheet, (row, 3), value, &Format::new())?;
                    write_line(sheet, &mut row, [place, &year, &unit.unit, "", ""])?;
                }
                for it in self.adjustments.iter().filter(|it| it.field == field.id) {
                    let amount = it.amount.to_string();
                    write_line(sheet, &mut row, [place, &year, "调整", &amount, &it.reason])?;
                }
            }
        }
        sheet.set_freeze_panes(1, 0)?.set_repeat_rows(0, 0)?;
        sheet.autofilter(0, 0, row.max(2) - 1, 4)?;
        Ok(())
    }
}

fn heading_format() -> Format {
    let format = Format::new().set_bold().set_text_wrap().set_border(FormatBorder::Thin);
    format.set_align(FormatAlign::Center).set_align(FormatAlign::VerticalCenter)
}

fn write_unit(sheet: &mut Worksheet, row: u32, unit: &UnitNumbers, cell: &Format) -> Result<(), XlsxError> {
    let Some(report) = &unit.report else { return Ok(()) };
    sheet.write_string_with_format(row, 0, &unit.unit, cell)?;
    if let Some(year) = report.year {
        sheet.write_number_with_format(row, 1, year, cell)?;
    }
    sheet.write_string_with_format(row, 2, &unit.status, cell)?;
    sheet.write_string_with_format(row, 3, &unit.file, cell)?;
    for (column, value) in (HEADINGS.len() as u16..).zip(&report.values) {
        write_value(sheet, (row, column), value, cell)?;
    }
    Ok(())
}

/// Writes a number as one, anything else as it was typed.
fn write_value(
    sheet: &mut Worksheet,
    (row, column): (u32, u16),
    value: &Value,
    format: &Format,
) -> Result<(), XlsxError> {
    match exact_number(value) {
        Some(it) => {
            let format = format.clone().set_num_format(it.format);
            sheet.write_number_with_format(row, column, it.number, &format)?
        }
        None if value.is_blank() => sheet.write_blank(row, column, format)?,
        None => sheet.write_string_with_format(row, column, value.typed(), format)?,
    };
    Ok(())
}

/// Writes the texts of a line that are not empty, and goes on to the next.
fn write_line(sheet: &mut Worksheet, row: &mut u32, texts: [&str; 5]) -> Result<(), XlsxError> {
    for (column, text) in (0..).zip(texts).filter(|(_, text)| !text.is_empty()) {
        match (column, text.parse::<i32>()) {
            (1 | 3, Ok(number)) => sheet.write_number(*row, column, number)?,
            _ => sheet.write_string(*row, column, text)?,
        };
    }
    *row += 1;
    Ok(())
}
