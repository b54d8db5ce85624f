//! The value of one field. Blank is not zero, and nothing typed is lost.

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use std::borrow::Cow;

/// The value of a field. Its serde form, used in the journal, is lossless for every kind of field.
#[derive(Clone, Debug, PartialEq, Eq, Default, Serialize, Deserialize)]
pub enum Value {
    /// Nothing was entered.
    #[default]
    #[serde(rename = "b")]
    Blank,
    /// A whole number, zero or more.
    #[serde(rename = "n")]
    Count(u64),
    /// A signed whole number, with the spelling typed (`减4`, `+3`).
    #[serde(rename = "c")]
    Change {
        /// The number.
        amount: i64,
        /// What was typed.
        typed: String,
    },
    /// An exact amount of money.
    #[serde(rename = "m")]
    Money(Money),
    /// “Not applicable” as typed: `/`, `-`, `—`, `无`. Counts as 0 in a sum.
    #[serde(rename = "a")]
    NotApplicable(String),
    /// Text that cannot be read as the field's kind, kept as typed. Every sum over it is unknown.
    #[serde(rename = "u")]
    Unreadable(String),
    /// A cell of an imported table that the source does not tell for certain, and that nobody has answered.
    /// Not blank, and no number: every sum over it is unknown.
    #[serde(rename = "q")]
    Unread(Box<Unread>),
    /// Text: a line of the cover, or a narrative with its paragraphs joined by `\n`.
    #[serde(rename = "t")]
    Text(String),
}

/// An amount of money as typed. Amounts are exact and never converted between units.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Money {
    /// The number before the unit.
    #[serde(with = "rust_decimal::serde::str")]
    pub amount: Decimal,
    /// The unit typed in the cell (`元`, `万元`), or empty.
    pub unit: String,
    /// What was typed, `251000元`.
    pub typed: String,
}

/// What an import knows of a cell that it could not tell.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename = "", default, deny_unknown_fields)]
pub struct Unread {
    /// The values that it could have, as the source writes them, if there are a few.
    pub candidates: Vec<String>,
    /// The line of the source where it was expected; 0 if there is none.
    pub line: usize,
    /// The text of that line, or why it does not help.
    pub text: String,
}

impl Value {
    /// Returns the text of the cell: as typed, or the number in plain digits; `?` for an unread one.
    pub fn typed(&self) -> Cow<'_, str> {
        match self {
            Value::Blank => "".into(),
            Value::Count(number) => number.to_string().into(),
            Value::Change { typed, .. } => typed.as_str().into(),
            Value::Money(money) => money.typed.as_str().into(),
            Value::Unread(_) => "?".into(),
            Value::NotApplicable(text) | Value::Unreadable(text) | Value::Text(text) => text.as_str().into(),
        }
    }

    /// Returns `true` if nothing was entered.
    pub fn is_blank(&self) -> bool {
        *self == Value::Blank
    }

    /// Returns what is known of it if it is a cell that an import could not tell.
    pub fn unread(&self) -> Option<&Unread> {
        if let Value::Unread(unread) = self { Some(unread) } else { None }
    }

    /// Returns the number; `None` if the value is none. “Not applicable” counts as 0.
    pub fn number(&self) -> Option<Decimal> {
        match self {
            Value::Count(number) => Some((*number).into()),
            Value::Change { amount, .. } => Some((*amount).into()),
            Value::Money(money) => Some(money.amount),
            Value::NotApplicable(_) => Some(Decimal::ZERO),
            Value::Blank | Value::Unread(_) | Value::Unreadable(_) | Value::Text(_) => None,
        }
    }
}
