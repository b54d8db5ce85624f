//! Kinds of fields.

use serde::{Deserialize, Serialize};

/// What may be entered in a field, and how it is read.
#[derive(Clone, Debug, PartialEq, Eq, Default, Deserialize, Serialize)]
pub enum Kind {
    /// A whole number, zero or more.
    #[default]
    Count,
    /// A signed whole number: `+3`, `减4`, `↑3`, `0`.
    Change,
    /// An exact decimal amount. `unit` is the unit printed in the heading; if none is printed,
    /// a unit typed in the cell is kept and never converted.
    Money {
        /// The unit printed in the heading, `万元`; `None` if the form prints none.
        #[serde(default)]
        unit: Option<String>,
    },
    /// One line of text.
    Text,
    /// The year of the report, four digits.
    Year,
    /// A calendar date as documents write it, `2021年1月20日`.
    Date,
    /// One of the given texts.
    Choice(Vec<String>),
    /// A narrative: paragraphs of text.
    Prose,
}

impl Kind {
    /// Returns `true` if a field of this kind holds a number that can be added up.
    pub fn is_number(&self) -> bool {
        matches!(self, Kind::Count | Kind::Change | Kind::Money { .. })
    }
}
