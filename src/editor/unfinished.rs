//! Findings that say no more than that something is still blank: they are listed and counted, and never an
//! [`alarm`](super::alarm).

use super::document::Document;
pub use crate::check::is_about_unread;
use crate::check::{self, Finding, Severity, count_slips};

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
    check::is_unfinished(finding, (&document.form, &document.draft, &document.ledger))
}
