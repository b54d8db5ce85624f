//! Which findings are an alarm, to be seen in the table or its tab: neither unfinished
//! ([`unfinished`](super::unfinished)), nor about the cell that is just being typed, or a total of it.
//!
//! What is hidden everywhere while it is typed is in [`being_typed`](super::being_typed).

use super::document::Document;
use super::unfinished::is_unfinished;
use super::view::View;
use crate::check::Finding;
use crate::form::FieldId;

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
