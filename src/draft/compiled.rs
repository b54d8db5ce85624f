//! How a compiled report was added up: its units, the missing ones, the adjustments.

use rust_decimal::Decimal;
use serde::de::Error;
use serde::{Deserialize, Deserializer, Serialize};

use crate::form::FieldId;
use crate::text::quoted;

/// The units that a compiled report was added up from, and the adjustments made by hand.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename = "", default, deny_unknown_fields)]
pub struct Compiled {
    /// The units, in the order in which they were added.
    pub units: Vec<CompiledUnit>,
    /// Units that should be in it and are not. They count as missing, never as 0.
    pub missing: Vec<String>,
    /// The adjustments of the sums, in the order in which they were entered.
    pub adjustments: Vec<Adjustment>,
}

/// One unit's report in a compiled one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename = "", deny_unknown_fields)]
pub struct CompiledUnit {
    /// The unit's name.
    pub unit: String,
    /// Its draft, as a path relative to the compiled one.
    pub file: String,
    /// The fingerprint of its numbers when they were added.
    pub print: String,
}

/// An amount added to or taken from a sum for a reason that no unit's report shows: a jointly issued
/// document is counted by the leading unit alone, a suit with the reviewing authority as co-defendant by
/// the original authority alone (国办公开办函〔2016〕201号).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename = "", deny_unknown_fields)]
pub struct Adjustment {
    /// The entered cell that it changes.
    pub field: FieldId,
    /// The amount added; negative if it is taken away.
    #[serde(serialize_with = "rust_decimal::serde::str::serialize", deserialize_with = "exact")]
    pub amount: Decimal,
    /// The reason given.
    pub reason: String,
}

/// Deserializes an amount exactly as it is written, or fails.
fn exact<'de, D: Deserializer<'de>>(from: D) -> Result<Decimal, D::Error> {
    let text = String::deserialize(from)?;
    let not_a_number = |_| D::Error::custom(format!("调整的数{}不是数，如 \"-2\"", quoted(&text)));
    Decimal::from_str_exact(&text).map_err(not_a_number)
}
