//! What a check finds: how severe, where, what, and the fix.

use crate::draft::IgnoredFinding;
use crate::edit::Edit;
use crate::form::FieldId;

/// How serious a finding is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// Right perhaps, but unusual: worth verifying.
    Remark,
    /// Probably wrong, not finished, or against common practice; reports are returned for it.
    Warning,
    /// Against the form, the statute or arithmetic.
    Error,
}

impl Severity {
    /// Returns the name in JSON: `error`, `warning`, `remark`.
    pub fn as_str(self) -> &'static str {
        match self {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Remark => "remark",
        }
    }

    /// Returns the label shown to the clerk.
    pub fn label(self) -> &'static str {
        match self {
            Severity::Error => "错误",
            Severity::Warning => "提醒",
            Severity::Remark => "留意",
        }
    }

    /// Returns the severity of a name or a label.
    ///
    /// # Errors
    /// Returns a message for the clerk if there is none of that name.
    pub fn parse(word: &str) -> Result<Self, String> {
        let all = [Severity::Error, Severity::Warning, Severity::Remark];
        let found = all.into_iter().find(|severity| severity.as_str() == word || severity.label() == word);
        found.ok_or_else(|| "可以用：error、warning、remark".into())
    }
}

/// A range of a narrative: bytes `start..end` of the field's text, on character boundaries.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Span {
    /// The narrative.
    pub field: FieldId,
    /// First byte.
    pub start: usize,
    /// The byte after the last.
    pub end: usize,
}

/// One thing that is wrong or worth verifying.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// The id of the rule, `T1`, `S3`.
    pub rule: String,
    /// How serious it is.
    pub severity: Severity,
    /// The message to the clerk, with the numbers.
    pub message: String,
    /// The fields it is about; the cursor goes to the first.
    pub fields: Vec<FieldId>,
    /// The one cell whose change would fix at least two broken sums, all of those it is part of.
    pub suspect: Option<FieldId>,
    /// The expected text or number, if known.
    pub expected: Option<String>,
    /// The text or number found.
    pub found: Option<String>,
    /// Its range in a narrative.
    pub span: Option<Span>,
    /// The edit that fixes it, if there is exactly one.
    pub fix: Option<Edit>,
    /// The cell whose change in this session broke the relation that the finding is about. It is not to
    /// blame: its totals have not followed, and the fix, if there is one, makes them.
    pub changed: Option<FieldId>,
    /// The reason for which the clerk ignores it; `None` if it is open.
    pub ignored: Option<String>,
}

impl Finding {
    /// Creates a finding with a message and nothing else known.
    pub fn new(rule: &str, severity: Severity, fields: Vec<FieldId>, message: String) -> Self {
        Finding {
            rule: rule.into(),
            severity,
            message,
            fields,
            suspect: None,
            expected: None,
            found: None,
            span: None,
            fix: None,
            changed: None,
            ignored: None,
        }
    }

    /// Returns the key under which a draft stores that this finding is ignored.
    pub fn ignore_key(&self) -> IgnoredFinding {
        IgnoredFinding { rule: self.rule.clone(), fields: self.fields.clone() }
    }

    /// Returns `true` if its fix makes totals follow a cell that was changed.
    pub fn has_follow_ups(&self) -> bool {
        self.changed.is_some() && self.fix.is_some()
    }

    /// Returns `true` if it is not ignored.
    pub fn is_open(&self) -> bool {
        self.ignored.is_none()
    }
}
