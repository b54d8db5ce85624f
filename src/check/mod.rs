//! What is wrong with a draft: findings, recomputed from the draft at every change.
//!
//! `check` reads nothing but its arguments and cannot fail: a broken draft yields findings.
//! One rule, one file, its tests under it; each file gives one [`Check`] to the list here.

mod appraisal;
mod blank_cells;
mod carry_over;
mod character_pairs;
mod copied_text;
mod cover;
mod decisions;
mod documents_in_force;
mod fee_units;
mod input;
mod jumps;
mod narrative;
mod other_matters_section;
mod other_year;
mod overview_section;
mod placeholders;
mod problems_section;
mod regulations;
#[cfg(test)]
mod sample;
mod signature;
mod table_format;
mod tally;
mod unit_sums;
mod unpaid_fees;
mod unreadable;

pub use input::{LastYear, RuleInput};
pub use narrative::{Comparison, agreeing_at, compare_narratives};

use jiff::civil::Date;
use std::cmp::Reverse;

use crate::draft::{Draft, IgnoredFinding, Ledger, Value};
use crate::edit::Edit;
use crate::form::{FieldId, Form};

/// How much a finding weighs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// Worth a look.
    Remark,
    /// Against practice; reports come back for it.
    Warning,
    /// Against the form, the statute or arithmetic.
    Error,
}

impl Severity {
    /// The word in JSON: `error`, `warning`, `remark`.
    pub fn as_str(self) -> &'static str {
        match self {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Remark => "remark",
        }
    }

    /// The word shown to the clerk.
    pub fn label(self) -> &'static str {
        match self {
            Severity::Error => "错误",
            Severity::Warning => "提醒",
            Severity::Remark => "留意",
        }
    }
}

/// A place inside a narrative: bytes `start..end` of the field's text, on character borders.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Span {
    /// The narrative.
    pub field: FieldId,
    /// First byte.
    pub start: usize,
    /// The byte after the last.
    pub end: usize,
}

/// One thing that is wrong, or worth a look.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// The id of the rule, `T1`, `S3`.
    pub rule: String,
    /// How much it weighs.
    pub severity: Severity,
    /// What was found, in words and numbers.
    pub message: String,
    /// The fields it names; the first is where the cursor goes.
    pub fields: Vec<FieldId>,
    /// The one cell whose change alone would mend this and every finding it is part of.
    pub suspect: Option<FieldId>,
    /// What should stand there, where that is known.
    pub expected: Option<String>,
    /// What stands there.
    pub found: Option<String>,
    /// Where it is in a narrative.
    pub span: Option<Span>,
    /// The edit that cures it, where there is one and only one.
    pub fix: Option<Edit>,
    /// The reason for which the clerk set it aside.
    pub ignored: Option<String>,
}

impl Finding {
    /// A finding of words alone; what else is known is put in by the rule.
    pub fn new(rule: &str, weight: Severity, fields: Vec<FieldId>, message: String) -> Self {
        Finding {
            rule: rule.into(),
            severity: weight,
            message,
            fields,
            suspect: None,
            expected: None,
            found: None,
            span: None,
            fix: None,
            ignored: None,
        }
    }

    /// What a waiver of this finding is kept under.
    pub fn ignore_key(&self) -> IgnoredFinding {
        IgnoredFinding { rule: self.rule.clone(), fields: self.fields.clone() }
    }

    /// Whether it counts: it was not set aside.
    pub fn is_open(&self) -> bool {
        self.ignored.is_none()
    }
}

/// What the checks may know beside the draft.
#[derive(Clone, Copy, Debug, Default)]
pub struct Context<'a> {
    /// Last year's report, where the draft names one that could be read. One of another year counts
    /// for nothing.
    pub last_year: Option<&'a LastYear>,
    /// The day for which deadlines are judged. None = no word on deadlines.
    pub today: Option<Date>,
    /// The units of a compiled report, as their drafts are now; none where nobody looked.
    pub units: Option<Units<'a>>,
}

/// The units of a compiled report, as their drafts are now.
#[derive(Clone, Copy, Debug)]
pub struct Units<'a> {
    /// What each entered cell should hold: the sum with its adjustments.
    pub sums: &'a [(FieldId, Value)],
    /// Units whose numbers are no longer those that were added.
    pub changed: &'a [String],
    /// Units whose draft can no longer be read or added, with the reason. The sums lack them.
    pub unread: &'a [String],
    /// Units that were missing when the report was added up and have filed since.
    pub newly_filed: &'a [String],
    /// Units that were missing and of which several drafts are there now, with their files.
    pub duplicates: &'a [String],
}

/// A rule in words: the same text for `explain`, the screen and the manual.
#[derive(Clone, Copy, Debug)]
pub struct Rule {
    /// Its id.
    pub id: &'static str,
    /// The heaviest weight it gives.
    pub severity: Severity,
    /// What it wants, in one sentence.
    pub description: &'static str,
    /// The article, notice or practice it rests on.
    pub basis: &'static str,
}

/// Rules that are checked together, and the check.
#[derive(Clone, Copy)]
pub struct Check {
    /// The rules, in words.
    pub rules: &'static [Rule],
    run: fn(&RuleInput) -> Vec<Finding>,
}

/// Every check, in the order in which findings at the same place are listed.
const CHECKS: &[Check] = &[
    table_format::CHECK,
    cover::CHECK,
    other_year::CHECK,
    overview_section::CHECK,
    problems_section::CHECK,
    other_matters_section::CHECK,
    signature::CHECK,
    appraisal::CHECK,
    placeholders::CHECK,
    tally::CHECK,
    unreadable::CHECK,
    blank_cells::CHECK,
    carry_over::CHECK,
    documents_in_force::CHECK,
    decisions::CHECK,
    fee_units::CHECK,
    unpaid_fees::CHECK,
    jumps::CHECK,
    regulations::CHECK,
    copied_text::CHECK,
    narrative::CHECK,
    unit_sums::CHECK,
];

/// Every rule in words.
pub fn rules() -> impl Iterator<Item = &'static Rule> {
    CHECKS.iter().flat_map(|check| check.rules)
}

/// Everything that is found in a draft, in the order of the form; findings that the clerk has set
/// aside carry the reason.
///
/// ```
/// use nianbao::{check::{check, Context}, form::Library, store};
///
/// let report = store::load("assets/sample.ron".as_ref(), &Library::new())?;
/// for finding in check(&report.form, &report.draft, Context::default()) {
///     println!("{} {}", finding.rule, finding.message);
/// }
/// # Ok::<(), store::StoreError>(())
/// ```
pub fn check(form: &Form, draft: &Draft, context: Context) -> Vec<Finding> {
    let ledger = Ledger::new(form, draft);
    let input = RuleInput::new(form, draft, &ledger, context);
    let mut findings: Vec<Finding> = CHECKS.iter().flat_map(|check| (check.run)(&input)).collect();
    for finding in findings.iter_mut().filter(|_| !draft.ignored_findings.is_empty()) {
        finding.ignored = draft.ignored_findings.get(&finding.ignore_key()).cloned();
    }
    // Stable: rules keep their order at the same field. A finding about no field stands first.
    findings.sort_by_cached_key(|finding| {
        let first = finding.fields.first().and_then(|id| form.position(id.as_str()));
        (first, Reverse(finding.severity))
    });
    findings
}
