//! What a compiled report keeps of how it was added up.

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use crate::form::FieldId;

/// The units that a compiled report was added up from, and what was adjusted by hand.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Compiled {
    /// The units, in the order in which they were added.
    pub units: Vec<Part>,
    /// Units that should be in it and are not: they are missing, never 0.
    pub missing: Vec<String>,
    /// What was added to or taken from the sums, in the order in which it was entered.
    pub adjustments: Vec<Adjustment>,
}

/// One unit's report inside a compiled one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Part {
    /// The unit's name.
    pub unit: String,
    /// Its draft, as a path relative to the compiled one.
    pub file: String,
    /// The fingerprint of its numbers when they were added.
    pub print: String,
}

/// An amount that belongs in a sum, or does not, for a reason that no unit's report shows: a document
/// issued jointly is counted by the unit that led it, a suit with the reviewing organ as co-defendant
/// by the original actor alone (国办公开办函〔2016〕201号).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Adjustment {
    /// The entered cell that it changes.
    pub field: FieldId,
    /// What is added; negative takes away.
    #[serde(with = "rust_decimal::serde::str")]
    pub amount: Decimal,
    /// Why.
    pub reason: String,
}
