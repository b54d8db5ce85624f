//! Which values are numbers in a workbook: those that it shows exactly as they were typed.

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use crate::draft::Value;

/// More digits than this a workbook cannot hold exactly.
const DIGITS: usize = 15;

/// A number in a cell.
#[derive(Clone, Debug, PartialEq)]
pub struct Number {
    /// The number as a workbook stores it.
    pub number: f64,
    /// The format that shows it as typed.
    pub format: String,
}

/// The number of a value and the format that shows it as it was typed; none where a workbook would
/// show something else (`减4`, `251000元`, `007`, `/`): that stays text.
pub fn number(value: &Value) -> Option<Number> {
    let (exact, signed) = match value {
        Value::Count(count) => (Decimal::from(*count), false),
        Value::Change { amount, typed } => (Decimal::from(*amount), typed.starts_with('+')),
        Value::Money(money) => (money.amount, false),
        _ => return None,
    };
    let sign = if signed { "+" } else { "" };
    let spelled = format!("{sign}{exact}") == value.typed();
    let digits = exact.to_string().bytes().filter(u8::is_ascii_digit).count();
    if !spelled || digits > DIGITS {
        return None;
    }
    let places = "0".repeat(exact.scale() as usize);
    let format = match (signed, places.is_empty()) {
        (true, _) => "+0;-0;+0".into(),
        (false, true) => "0".into(),
        (false, false) => format!("0.{places}"),
    };
    Some(Number { number: exact.to_f64()?, format })
}
