//! Which values are numbers in a workbook: those that it shows exactly as they were typed.

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use crate::draft::Value;

/// More digits than this a workbook cannot hold exactly.
const MAX_DIGITS: usize = 15;

/// A number in a cell.
#[derive(Clone, Debug, PartialEq)]
pub struct CellNumber {
    /// The number as a workbook stores it.
    pub number: f64,
    /// The format that shows it as typed.
    pub format: String,
}

/// Returns an amount as a workbook stores it, if it can hold it exactly.
pub fn decimal_number(exact: Decimal) -> Option<f64> {
    let digits = exact.to_string().bytes().filter(u8::is_ascii_digit).count();
    exact.to_f64().filter(|_| digits <= MAX_DIGITS)
}

/// Returns the number of a value and the format that shows it as it was typed; or `None` if a workbook
/// would show something else (`减4`, `251000元`, `007`, `/`): that stays text.
pub fn exact_number(value: &Value) -> Option<CellNumber> {
    let (exact, signed) = match value {
        Value::Count(count) => (Decimal::from(*count), false),
        Value::Change { amount, typed } => (Decimal::from(*amount), typed.starts_with('+')),
        Value::Money(money) => (money.amount, false),
        _ => return None,
    };
    let sign = if signed { "+" } else { "" };
    let spelled = format!("{sign}{exact}") == value.typed();
    let number = decimal_number(exact).filter(|_| spelled)?;
    let decimals = "0".repeat(exact.scale() as usize);
    let format = match (signed, decimals.is_empty()) {
        (true, _) => "+0;-0;+0".into(),
        (false, true) => "0".into(),
        (false, false) => format!("0.{decimals}"),
    };
    Some(CellNumber { number, format })
}
