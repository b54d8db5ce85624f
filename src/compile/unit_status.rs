//! How far a unit is with its report.

use super::UnitFile;

/// A unit's status: the worst that applies.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum UnitStatus {
    /// No file for the year was found.
    Missing,
    /// There is a file for the year, but with a table wholly blank.
    Unfinished,
    /// There are several files for the year, and it is not known which one counts.
    Duplicate,
    /// The tables are those of another year's format.
    OldFormat,
    /// Filed, with errors.
    Errors,
    /// Filed.
    Filed,
}

impl UnitStatus {
    /// All of them, the worst first.
    pub const ALL: [UnitStatus; 6] = [
        UnitStatus::Missing,
        UnitStatus::Unfinished,
        UnitStatus::Duplicate,
        UnitStatus::OldFormat,
        UnitStatus::Errors,
        UnitStatus::Filed,
    ];

    /// Returns the status of a unit with these files for one year. A file that is not finished does not count
    /// beside one that is.
    pub fn of(files: &[&UnitFile]) -> Self {
        let mut finished = files.iter().filter(|file| file.is_finished());
        match (finished.next(), finished.next()) {
            (None, _) if files.is_empty() => UnitStatus::Missing,
            (None, _) => UnitStatus::Unfinished,
            (Some(_), Some(_)) => UnitStatus::Duplicate,
            (Some(one), None) if one.old_format => UnitStatus::OldFormat,
            (Some(one), None) if one.errors > 0 => UnitStatus::Errors,
            (Some(_), None) => UnitStatus::Filed,
        }
    }

    /// Returns `true` if the unit has handed in a report, with or without errors.
    pub fn is_filed(self) -> bool {
        !matches!(self, UnitStatus::Missing | UnitStatus::Unfinished)
    }

    /// Returns the name in JSON.
    pub fn as_str(self) -> &'static str {
        match self {
            UnitStatus::Missing => "missing",
            UnitStatus::Unfinished => "unfinished",
            UnitStatus::Duplicate => "doubled",
            UnitStatus::OldFormat => "old_format",
            UnitStatus::Errors => "errors",
            UnitStatus::Filed => "filed",
        }
    }

    /// Returns the label shown to the clerk.
    pub fn label(self) -> &'static str {
        match self {
            UnitStatus::Missing => "未报",
            UnitStatus::Unfinished => "未填完",
            UnitStatus::Duplicate => "报了不止一份",
            UnitStatus::OldFormat => "用了别的年度的格式",
            UnitStatus::Errors => "有错误",
            UnitStatus::Filed => "已报",
        }
    }
}
