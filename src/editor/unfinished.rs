//! What is only not finished yet: it is counted and never an alarm.

use super::document::Document;
use crate::check::{Finding, Severity};
use crate::form::FieldId;

/// The rules that find blank cells and blank totals.
const BLANK_RULES: [&str; 2] = ["D0", "D2"];

/// Whether a finding asks for cells that an import could not tell.
pub fn is_about_unread(finding: &Finding) -> bool {
    finding.rule == "D2c"
}

/// Returns `true` if a finding says no more than that something is still blank.
pub fn is_unfinished(document: &Document, finding: &Finding) -> bool {
    if finding.severity < Severity::Error {
        let is_sum = || document.form.relations().iter().any(|relation| relation.id == finding.rule);
        if BLANK_RULES.contains(&finding.rule.as_str()) || is_sum() {
            return true;
        }
    }
    let is_blank = |id: &FieldId| document.draft.get(id.as_str()).is_blank() && !document.is_computed(id);
    !finding.fields.is_empty() && finding.span.is_none() && finding.fields.iter().all(is_blank)
}
