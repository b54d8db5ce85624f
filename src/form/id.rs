//! Field names: the stable `section.row.column` that identifies a cell in drafts, findings, JSON and forms.

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::borrow::Cow;
use std::fmt;
use std::sync::Arc;

/// The name of one field: `section.row.column` for a cell, `cover.field` on the cover, and the
/// section's name alone for a narrative. Names are lower-case ASCII words; they never change.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FieldId(Arc<str>);

impl FieldId {
    /// Creates a field name from its text. The form need not have such a field.
    pub fn new(name: &str) -> Self {
        FieldId(name.into())
    }

    /// Returns the whole name, `section.row.column`.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Returns the section's name, the part before the first dot.
    pub fn section(&self) -> &str {
        split_dot(&self.0).0
    }

    /// Returns the row, the middle part of a cell's name; empty for a narrative.
    pub fn row(&self) -> &str {
        split_dot(split_dot(&self.0).1).0
    }

    /// Returns `true` if this is a cell of that column, in any row.
    pub fn is_in_column(&self, column: &str) -> bool {
        self.0.ends_with(column) && self.column() == column
    }

    /// Returns the column, the last part of a cell's name; empty on the cover and for a narrative.
    pub fn column(&self) -> &str {
        split_dot(split_dot(split_dot(&self.0).1).1).0
    }
}

/// Splits a name at its first dot. Bytewise, since every check does it over a thousand times.
fn split_dot(text: &str) -> (&str, &str) {
    let dot = text.bytes().position(|byte| byte == b'.');
    dot.map_or((text, ""), |at| (&text[..at], &text[at + 1..]))
}

impl Serialize for FieldId {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.0)
    }
}

impl<'de> Deserialize<'de> for FieldId {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Cow::<str>::deserialize(deserializer).map(|name| FieldId::new(&name))
    }
}

impl From<&str> for FieldId {
    fn from(name: &str) -> Self {
        FieldId::new(name)
    }
}

impl std::borrow::Borrow<str> for FieldId {
    fn borrow(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for FieldId {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Debug for FieldId {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        write!(f, "`{}`", self.0)
    }
}
