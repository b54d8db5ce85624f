//! What is only not finished yet, or is being typed: it is counted and never an alarm.

use super::document::Document;
use super::view::View;
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

/// Returns `true` if what a finding is about depends on the cell that is being typed: a digit on its way is
/// not yet wrong, nor is a sum over it.
pub fn is_being_typed(document: &Document, view: &View, finding: &Finding) -> bool {
    let Some(entry) = &view.cell_edit else { return false };
    let mut affected = vec![&entry.field];
    let mut at = 0;
    while let Some(&id) = affected.get(at) {
        let totals = document.form.relations().iter().filter(|sum| sum.is_total && sum.right.contains(id));
        let computed = totals.flat_map(|sum| &sum.left).filter(|total| document.is_computed(total));
        let new: Vec<&FieldId> = computed.filter(|total| !affected.contains(total)).collect();
        affected.extend(new);
        at += 1;
    }
    finding.fields.iter().any(|id| affected.contains(&id))
}

/// Returns `true` if a finding is to be seen in the table or its tab: open, and more than unfinished.
pub fn is_alarm(document: &Document, view: &View, finding: &Finding) -> bool {
    finding.is_open() && !is_unfinished(document, finding) && !is_being_typed(document, view, finding)
}
