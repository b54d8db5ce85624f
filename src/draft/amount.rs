//! The amount of a cell: a number, blank or unknown.

use rust_decimal::Decimal;

use super::Value;

/// The amount that a field contributes to a sum.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Amount {
    /// Nothing was entered; the total of blanks is blank.
    #[default]
    Blank,
    /// A number; “not applicable” is 0.
    Known(Decimal),
    /// Unreadable or unread, or a total over such a cell.
    Unknown,
}

impl Amount {
    /// Returns the amount of a value.
    pub fn of(value: &Value) -> Amount {
        match value.number() {
            Some(number) => Amount::Known(number),
            None if value.is_blank() => Amount::Blank,
            None => Amount::Unknown,
        }
    }

    /// Returns the sum of two amounts: blank adds nothing, and unknown makes it unknown.
    pub fn plus(self, other: Amount) -> Amount {
        match (self, other) {
            (Amount::Blank, x) | (x, Amount::Blank) => x,
            (Amount::Known(a), Amount::Known(b)) => a.checked_add(b).map_or(Amount::Unknown, Amount::Known),
            _ => Amount::Unknown,
        }
    }

    /// Returns the amount as a cell shows it: digits, nothing for blank, `?` for unknown.
    pub fn display_text(self) -> String {
        match self {
            Amount::Blank => String::new(),
            Amount::Known(number) => number.to_string(),
            Amount::Unknown => "?".into(),
        }
    }
}
