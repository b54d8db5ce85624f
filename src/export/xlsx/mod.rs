//! The report as a workbook: the cover and every section a sheet, the tables as printed.
//!
//! Numbers are numbers and text is text, never a formula. Totals that the draft computes are live
//! sums with their results beside them; a tally relation that breaks is coloured by a conditional
//! format, so that a colleague without this program sees it too.

mod cover_sheet;
mod flat_table;
mod input;
mod number;
mod sheet;
mod sums;
mod table;
mod text_sheet;
mod units;
mod workbook;

use rust_xlsxwriter::Workbook;
use std::borrow::Cow;

use self::flat_table::build_table;
use self::workbook::{broken, report_workbook, saved};
use super::ExportError;
use crate::draft::{Draft, Totals};
use crate::edit::Edit;
use crate::form::Form;
use input::Purpose;

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
