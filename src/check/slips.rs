//! Findings counted as the clerk sees them, the same way wherever a number of them is shown.

use super::{Finding, Severity};
use crate::draft::{Draft, Ledger};
use crate::form::{FieldId, Form};

/// The rules that find blank cells and blank totals.
const BLANK_RULES: [&str; 2] = ["D0", "D2"];

/// Counts the open findings of a severity: those that one cell explains are one slip.
pub fn count_slips<'a>(findings: impl Iterator<Item = &'a Finding>, severity: Severity) -> usize {
    let mut suspects: Vec<&FieldId> = Vec::new();
    findings
        .filter(|finding| finding.is_open() && finding.severity == severity)
        .filter(|finding| match &finding.suspect {
            Some(suspect) if suspects.contains(&suspect) => false,
            suspect => {
                suspects.extend(suspect);
                true
            }
        })
        .count()
}

/// Counts the slips that are marked as such: what is only unfinished is no alarm, and cells that an import could
/// not tell are counted by themselves.
pub fn count_marked<'a>(
    findings: impl Iterator<Item = &'a Finding>,
    severity: Severity,
    report: (&Form, &Draft, &Ledger),
) -> usize {
    // The severity first: it costs nothing to ask.
    let marked = |finding: &&Finding| finding.severity == severity && is_marked(finding, report);
    count_slips(findings.filter(marked), severity)
}

/// Returns `true` if an open finding is shown by a mark: it is neither about cells that an import could not tell
/// nor only about what is still blank.
pub fn is_marked(finding: &Finding, report: (&Form, &Draft, &Ledger)) -> bool {
    finding.is_open() && !is_about_unread(finding) && !is_unfinished(finding, report)
}

/// Returns `true` if a finding asks for cells that an import could not tell.
pub fn is_about_unread(finding: &Finding) -> bool {
    finding.rule == "D2c"
}

/// Returns `true` if a finding says no more than that something is still blank.
pub fn is_unfinished(finding: &Finding, (form, draft, ledger): (&Form, &Draft, &Ledger)) -> bool {
    if finding.severity < Severity::Error {
        let is_sum = || form.relations().iter().any(|relation| relation.id == finding.rule);
        if BLANK_RULES.contains(&finding.rule.as_str()) || is_sum() {
            return true;
        }
    }
    let is_blank = |id: &FieldId| draft.get(id.as_str()).is_blank() && !ledger.is_computed(form, id.as_str());
    !finding.fields.is_empty() && finding.span.is_none() && finding.fields.iter().all(is_blank)
}
