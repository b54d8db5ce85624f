//! A unit's status: what it has filed, and in which state.

use jiff::civil::DateTime;
use std::path::PathBuf;

use crate::draft::{Amount, ReportState, TwinText};

/// What those who collect reports need to know of one file of a unit.
///
/// The default is a file of which nothing is known yet.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct UnitFile {
    /// The path.
    pub file: PathBuf,
    /// The unit; empty if the draft names none.
    pub unit: String,
    /// The report year; `None` if it is blank or unreadable.
    pub year: Option<u16>,
    /// The numerals of the tables without a single value; with one, it does not count as filed.
    pub blank_tables: Vec<String>,
    /// The reason why the file could not be read; nothing else is known then.
    pub error: Option<String>,
    /// The number of open findings of severity error.
    pub errors: usize,
    /// The number of open findings of severity warning.
    pub warnings: usize,
    /// The same as slips, errors and warnings: findings that one cell explains are one.
    pub slips: (usize, usize),
    /// The first open errors and warnings, errors first.
    pub first_findings: Vec<UnitFinding>,
    /// Other units' reports of the year with nearly the same text, once the whole folder was read.
    pub twins: Vec<TwinText>,
    /// When the file was saved, if that is known.
    pub saved_at: Option<DateTime>,
    /// Whether its tables are those of another year's format.
    pub old_format: bool,
    /// Where it is on its way to being published.
    pub state: ReportState,
    /// Whether it is itself added up from units.
    pub compiled: bool,
    /// Applications received in the year, in all columns together.
    pub received: Amount,
    /// Applications dealt with in the year.
    pub handled: Amount,
    /// Applications carried into the next year.
    pub carried: Amount,
    /// Applications received in the year before; `None` if its report is not known.
    pub before: Option<Amount>,
}

impl UnitFile {
    /// Returns `true` if it has all its tables, so that it may count as filed.
    pub fn is_finished(&self) -> bool {
        self.blank_tables.is_empty()
    }
}

/// A finding in a unit's file, in words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnitFinding {
    /// The id of the rule.
    pub rule: String,
    /// Whether it is an error; a warning otherwise.
    pub is_error: bool,
    /// The part of the report, 三, and the message.
    pub message: String,
}
