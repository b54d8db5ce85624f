//! Field names: the stable `section.row.column` by which drafts, findings, JSON and forms speak of a cell.

use std::fmt;
use std::sync::Arc;

/// The name of one field: `section.row.column` for a cell, `cover.field` on the cover, and the
/// section's name alone for a narrative. Names are lower-case ASCII words; they never change.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FieldId(Arc<str>);

impl FieldId {
    /// A field name from its text; whether the form has such a field is for the form to say.
    pub fn new(name: &str) -> Self {
        FieldId(name.into())
    }

    /// The whole name, `section.row.column`.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The section's name, the part before the first dot.
    pub fn section(&self) -> &str {
        self.0.split('.').next().unwrap_or_default()
    }

    /// The middle part of a cell's name: its row. Empty for a narrative.
    pub fn row(&self) -> &str {
        self.0.split('.').nth(1).unwrap_or_default()
    }

    /// The last part of a cell's name: its column. Empty on the cover and for a narrative.
    pub fn column(&self) -> &str {
        self.0.split('.').nth(2).unwrap_or_default()
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
