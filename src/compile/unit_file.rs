//! How a unit stands: what it has filed, and in what state that is.

use std::path::PathBuf;

use crate::draft::Amount;

/// One file of a unit, as far as those who collect reports look at it.
#[derive(Clone, Debug, PartialEq)]
pub struct UnitFile {
    /// The file.
    pub file: PathBuf,
    /// The unit; empty where the draft names none.
    pub unit: String,
    /// The year reported on, where it can be read.
    pub year: Option<u16>,
    /// Why the file could not be read; nothing else is known of it then.
    pub error: Option<String>,
    /// Open findings of weight error.
    pub errors: usize,
    /// Open findings of weight warning.
    pub warnings: usize,
    /// Whether its tables are those of another year's format.
    pub old_format: bool,
    /// Whether it is itself added up from units.
    pub compiled: bool,
    /// Applications received in the year, in all columns together.
    pub received: Amount,
    /// Applications dealt with in the year.
    pub handled: Amount,
    /// Applications carried into the next year.
    pub carried: Amount,
    /// Applications received in the year before, where its report is known.
    pub before: Option<Amount>,
}

/// How a unit stands, the worst that holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum UnitStatus {
    /// Nothing of the year was found.
    Missing,
    /// Two files of the year are there: which one counts, nobody can say.
    Duplicate,
    /// The tables are those of another year's format.
    OldFormat,
    /// It is there, with errors.
    Errors,
    /// It is there.
    Filed,
}

impl UnitStatus {
    /// Every one, the worst first.
    pub const ALL: [UnitStatus; 5] = [
        UnitStatus::Missing,
        UnitStatus::Duplicate,
        UnitStatus::OldFormat,
        UnitStatus::Errors,
        UnitStatus::Filed,
    ];

    /// How a unit stands that has these files of one year.
    pub fn of(files: &[&UnitFile]) -> Self {
        match files {
            [] => UnitStatus::Missing,
            [one] if one.old_format => UnitStatus::OldFormat,
            [one] if one.errors > 0 => UnitStatus::Errors,
            [_] => UnitStatus::Filed,
            _ => UnitStatus::Duplicate,
        }
    }

    /// The word in JSON.
    pub fn as_str(self) -> &'static str {
        match self {
            UnitStatus::Missing => "missing",
            UnitStatus::Duplicate => "doubled",
            UnitStatus::OldFormat => "old_format",
            UnitStatus::Errors => "errors",
            UnitStatus::Filed => "filed",
        }
    }

    /// The words shown to the clerk.
    pub fn label(self) -> &'static str {
        match self {
            UnitStatus::Missing => "未报",
            UnitStatus::Duplicate => "报了不止一份",
            UnitStatus::OldFormat => "用了别的年度的格式",
            UnitStatus::Errors => "有错误",
            UnitStatus::Filed => "已报",
        }
    }
}
