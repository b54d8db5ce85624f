//! What one field becomes and was, with texts as the part that differs.

use serde::{Deserialize, Serialize};

use super::Change;
use crate::draft::{Draft, Value};
use crate::form::FieldId;

/// A single change.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) enum ChangeDelta {
    /// A text that changed in one range.
    #[serde(rename = "t")]
    Text(FieldId, Splice),
    /// Any other change, stored whole.
    #[serde(rename = "c")]
    Other(Box<Change>),
}

/// At a byte offset of a text, `removed` was replaced by `inserted`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Splice(pub(super) usize, pub(super) Box<str>, pub(super) Box<str>);

impl ChangeDelta {
    /// Returns the whole change for a draft in its present state; `None` if it does not fit.
    pub(super) fn to_change(&self, draft: &Draft, back: bool) -> Option<Change> {
        match self {
            ChangeDelta::Text(id, splice) => {
                let Value::Text(now) = draft.get(id.as_str()) else { return None };
                let after = splice.apply(now, back)?;
                let (before, after) = (Value::Text(now.clone()), Value::Text(after));
                Some(Change::Field { id: id.clone(), before, after })
            }
            ChangeDelta::Other(change) => {
                let change = if back { change.inverse() } else { (**change).clone() };
                change.fits(draft).then_some(change)
            }
        }
    }
}

impl Splice {
    pub(super) fn between(before: &str, after: &str) -> Self {
        let (start, end) = common_affixes(before, after);
        let middle = |text: &str| text.get(start..text.len() - end).unwrap_or_default().into();
        Splice(start, middle(before), middle(after))
    }

    /// Returns the text after it, or before it; `None` if the text does not contain what it replaces.
    pub(super) fn apply(&self, text: &str, back: bool) -> Option<String> {
        let Splice(start, removed, inserted) = self;
        let (out, into) = if back { (inserted, removed) } else { (removed, inserted) };
        let head = text.get(..*start)?;
        let tail = text.get(*start..)?.strip_prefix(&**out)?;
        Some([head, into, tail].concat())
    }
}

/// Returns the number of bytes that two texts share at their start and then at their end, in whole
/// characters.
fn common_affixes(before: &str, after: &str) -> (usize, usize) {
    let start = common_length(before.as_bytes(), after.as_bytes(), |list, at| list.get(at));
    let start = (0..=start).rev().find(|&at| before.is_char_boundary(at)).unwrap_or(0);
    let rest = (before.as_bytes().get(start..), after.as_bytes().get(start..));
    let (a, b) = (rest.0.unwrap_or_default(), rest.1.unwrap_or_default());
    let end = common_length(a, b, |list, at| list.len().checked_sub(at + 1).and_then(|at| list.get(at)));
    let end = (0..=end).rev().find(|&end| before.is_char_boundary(before.len() - end)).unwrap_or(0);
    (start, end)
}

/// Returns the number of equal bytes of two lists, counted in the order of `nth`.
pub(super) fn common_length(a: &[u8], b: &[u8], nth: impl Fn(&[u8], usize) -> Option<&u8>) -> usize {
    (0..a.len().min(b.len())).take_while(|&at| nth(a, at) == nth(b, at)).count()
}
