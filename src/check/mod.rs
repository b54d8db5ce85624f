//! The rules: findings, recomputed from the draft at every change.
//!
//! [`check`](check()) reads nothing but its arguments and cannot fail: a broken draft yields findings. Each
//! check (one rule, or several that share a computation) has a file or folder of its own with its tests, and adds
//! one [`Check`] to the list here.
//!
//! A rule's id begins with what it looks at: T the sums of the tables (勾稽关系), D the numbers and text of single
//! cells, S the shape and dates of the report, N the narratives against the tables, A the sums of a compiled
//! report. `nianbao explain` lists them all with their bases.

mod appraisal;
mod blank_cells;
mod blank_tables;
mod carry_over;
mod character_pairs;
mod closing_note;
mod copied_text;
mod cover;
mod decisions;
mod documents_in_force;
mod fee_units;
mod fees_received;
mod finding;
mod impossible_in_force;
mod input;
mod jumps;
mod legal_basis;
mod likeness;
mod narrative;
mod other_matters_section;
mod other_year;
mod overview_section;
mod passages;
mod placeholders;
mod problems_section;
mod project_counts;
mod publication_date;
mod regulations;
mod reported_period;
#[cfg(test)]
mod sample;
mod section_headings;
mod settings;
mod signature;
mod signing_unit;
mod slips;
mod stretched_blanks;
mod table_format;
mod tally;
mod template_text;
mod text_dates;
mod title;
mod title_years;
mod twin_texts;
mod unit_names;
mod unit_sums;
mod unpaid_fees;
mod unread_cells;
mod unreadable;

pub use finding::{Finding, Severity, Span};
pub use input::{LastYear, RuleInput};
pub use likeness::{TextSketch, find_candidates, likeness};
pub use narrative::{ComparedFigure, Verdict, compare_narratives};
pub use overview_section::OVERVIEW_LENGTH;
pub use passages::common_passages;
pub use settings::RuleSettings;
pub use slips::{count_marked, count_slips, is_about_unread, is_marked, is_unfinished};
pub use unit_names::sentence_subjects;
pub use unread_cells::{describe_source, describe_unread};

use jiff::civil::Date;
use std::cmp::Reverse;
use std::collections::HashSet;

use crate::draft::{Draft, Ledger, TwinText, Value};
use crate::edit::History;
use crate::form::{FieldId, Form};

/// What the rules may know besides the draft.
#[derive(Clone, Copy, Debug, Default)]
pub struct Context<'a> {
    /// Last year's report, if the draft names one that could be read. A report of another year is not
    /// compared.
    pub last_year: Option<&'a LastYear>,
    /// The day on which deadlines are judged; `None` leaves them out.
    pub today: Option<Date>,
    /// What the folder of the draft wants of the rules.
    pub settings: Option<&'a RuleSettings>,
    /// The units of the reports in the folder of the draft; `None` if nothing is known of it.
    pub folder_units: Option<&'a HashSet<String>>,
    /// Other units' reports of the same year with nearly the same text.
    pub twins: &'a [TwinText],
    /// The present units of a compiled report; `None` if they have not been read.
    pub units: Option<Units<'a>>,
    /// The changes of this session; `None` if nothing is known of them, as after opening a file.
    pub history: Option<&'a History>,
}

/// The units of a compiled report in their present state.
#[derive(Clone, Copy, Debug)]
pub struct Units<'a> {
    /// What each entered cell should hold: the sum with its adjustments.
    pub sums: &'a [(FieldId, Value)],
    /// Units whose numbers differ from those that were added.
    pub changed: &'a [String],
    /// Units whose draft can no longer be read or added, with the reason. They are not in the sums.
    pub unread: &'a [String],
    /// Units that were missing when the report was added up and have filed since.
    pub newly_filed: &'a [String],
    /// Units that were missing and now have several drafts, with their files.
    pub duplicates: &'a [String],
    /// Units with blank cells in their tables, with their number. A blank adds nothing to the sums.
    pub with_blanks: &'a [String],
}

/// A rule's description, used by `explain`, the screen and the manual.
#[derive(Clone, Copy, Debug)]
pub struct Rule {
    /// Its id.
    pub id: &'static str,
    /// The highest severity of its findings.
    pub severity: Severity,
    /// What it requires, in one sentence.
    pub description: &'static str,
    /// The article, notice or practice it rests on.
    pub basis: &'static str,
}

/// Rules that are checked together by one function.
#[derive(Clone, Copy)]
pub struct Check {
    /// The rules.
    pub rules: &'static [Rule],
    run: fn(&RuleInput) -> Vec<Finding>,
}

/// All checks, in the order in which findings at the same field are listed.
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
    legal_basis::CHECK,
    reported_period::CHECK,
    template_text::CHECK,
    stretched_blanks::CHECK,
    closing_note::CHECK,
    section_headings::CHECK,
    signing_unit::CHECK,
    publication_date::CHECK,
    tally::CHECK,
    unreadable::CHECK,
    blank_cells::CHECK,
    blank_tables::CHECK,
    unread_cells::CHECK,
    carry_over::CHECK,
    documents_in_force::CHECK,
    impossible_in_force::CHECK,
    decisions::CHECK,
    project_counts::CHECK,
    fee_units::CHECK,
    unpaid_fees::CHECK,
    fees_received::CHECK,
    jumps::CHECK,
    regulations::CHECK,
    copied_text::CHECK,
    twin_texts::CHECK,
    narrative::CHECK,
    unit_sums::CHECK,
];

/// Returns all rules.
pub fn rules() -> impl Iterator<Item = &'static Rule> {
    CHECKS.iter().flat_map(|check| check.rules)
}

/// Returns all findings of a draft in the form's order. Those that the clerk ignores carry the reason.
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
    check_with_figures(form, draft, &Ledger::new(form, draft), context).0
}

/// Returns the same findings, and the figures of the narratives as they were read for them. `ledger` holds
/// the amounts of the draft.
pub fn check_with_figures(
    form: &Form,
    draft: &Draft,
    ledger: &Ledger,
    context: Context,
) -> (Vec<Finding>, Vec<ComparedFigure>) {
    let mut input = RuleInput::new(form, draft, ledger, context);
    input.figures = narrative::compare_claims(&input);
    let mut findings: Vec<Finding> = CHECKS.iter().flat_map(|check| (check.run)(&input)).collect();
    if let Some(settings) = context.settings {
        settings.apply(&mut findings);
    }
    for finding in findings.iter_mut().filter(|_| !draft.ignored_findings.is_empty()) {
        finding.ignored = draft.ignored_findings.get(&finding.ignore_key()).cloned();
    }
    // The sort is stable, so rules keep their order at the same field. A finding about no field comes first.
    findings.sort_by_cached_key(|finding| {
        let first = finding.fields.first().and_then(|id| form.position(id.as_str()));
        (first, Reverse(finding.severity))
    });
    (findings, input.figures)
}
