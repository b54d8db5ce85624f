//! Totals that a draft file holds although they are computed.

use std::fmt;

use crate::draft::{Draft, Totals, Value};
use crate::form::{FieldId, Form};
use crate::text::quoted;

/// A total in the file of a draft whose totals are computed, put there by an editor or a merge in git. It
/// is not used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IgnoredTotal {
    /// Which total.
    pub field: FieldId,
    /// Where it is, in the terms of the form.
    pub location: String,
    /// What is in the file.
    pub found: String,
}

impl fmt::Display for IgnoredTotal {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        let IgnoredTotal { location: place, found, .. } = self;
        write!(f, "“{place}”由程序自动计算，文件里写的{}没有采用", quoted(found))
    }
}

/// Takes the totals out of a draft that computes them.
pub(super) fn take_stored_totals(form: &Form, draft: &mut Draft) -> Vec<IgnoredTotal> {
    if draft.totals != Totals::Auto {
        return Vec::new();
    }
    let mut remarks = Vec::new();
    for field in form.fields().iter().filter(|field| field.sum.is_some()) {
        if !draft.get(field.id.as_str()).is_blank() {
            let found = draft.set(field.id.clone(), Value::Blank).typed().into_owned();
            remarks.push(IgnoredTotal { field: field.id.clone(), location: field.location.clone(), found });
        }
    }
    remarks
}
