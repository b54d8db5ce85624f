//! Findings that say no more than that something is still blank: they are listed and counted, and never an
//! [`alarm`](super::alarm).

use super::document::Document;
use crate::check::{Finding, Severity, count_slips};
use crate::form::FieldId;

/// The rules that find blank cells and blank totals.
const BLANK_RULES: [&str; 2] = ["D0", "D2"];

/// Whether a finding asks for cells that an import could not tell.
pub fn is_about_unread(finding: &Finding) -> bool {
    finding.rule == "D2c"
}

/// What has to be looked at before the report is handed on, empty if there is nothing; `unread_note` is added
/// to what is said of unread cells. Errors of one slip count once, as in the title.
pub fn open_summary(document: &Document, unread_note: &str) -> String {
    let unread = document.draft.unread_cells(&document.form).count();
    let findings = document.findings.iter().filter(|finding| !is_about_unread(finding));
    let errors = count_slips(findings, Severity::Error);
    let left = [(unread, "格待核对", unread_note), (errors, "个错误未改正", "")];
    let left = left.into_iter().filter(|(count, ..)| *count > 0);
    let left: Vec<String> = left.map(|(count, what, note)| format!("{count} {what}{note}")).collect();
    if left.is_empty() { String::new() } else { format!("还有 {}", left.join("；")) }
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
