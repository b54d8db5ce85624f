//! A single change as a value that can be applied, inverted and stored.

use serde::{Deserialize, Serialize};

use crate::draft::{Compiled, Draft, FormIds, IgnoredFinding, ReportState, Totals, Value};
use crate::form::FieldId;

/// A single change with the previous state, so that it can be undone.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Change {
    /// The value of a field.
    #[serde(rename = "f")]
    Field {
        /// The field.
        id: FieldId,
        /// Its value before.
        before: Value,
        /// Its value after.
        after: Value,
    },
    /// The note beside a field.
    #[serde(rename = "n")]
    Note {
        /// The field.
        id: FieldId,
        /// The note before, if any.
        before: Option<String>,
        /// The note after, if any.
        after: Option<String>,
    },
    /// Whether totals are computed or typed.
    #[serde(rename = "totals")]
    Totals(Totals, Totals),
    /// Where the report is on its way to being published.
    #[serde(rename = "state")]
    State(ReportState, ReportState),
    /// The form of each table.
    #[serde(rename = "forms")]
    Forms(FormIds, FormIds),
    /// A finding that is ignored, or no longer ignored.
    #[serde(rename = "w")]
    Ignore {
        /// The finding.
        finding: IgnoredFinding,
        /// The reason before, if it was ignored.
        before: Option<String>,
        /// The reason after, if it is ignored.
        after: Option<String>,
    },
    /// The path of last year's draft.
    #[serde(rename = "last")]
    LastYear(Option<String>, Option<String>),
    /// The units and adjustments of a compiled report.
    #[serde(rename = "units")]
    Compiled(Option<Compiled>, Option<Compiled>),
}

impl Change {
    /// Applies the change to a draft.
    pub fn apply(&self, draft: &mut Draft) {
        match self.clone() {
            Change::Field { id, after, .. } => {
                draft.set(id, after);
            }
            Change::Note { id, after: Some(note), .. } => {
                draft.notes.insert(id, note);
            }
            Change::Note { id, after: None, .. } => {
                draft.notes.remove(&id);
            }
            Change::Totals(_, after) => draft.totals = after,
            Change::State(_, after) => draft.state = after,
            Change::Forms(_, after) => draft.forms = after,
            Change::Ignore { finding, after: Some(reason), .. } => {
                draft.ignored_findings.insert(finding, reason);
            }
            Change::Ignore { finding, after: None, .. } => {
                draft.ignored_findings.remove(&finding);
            }
            Change::LastYear(_, after) => draft.last_year = after,
            Change::Compiled(_, after) => draft.compiled = after,
        }
    }

    /// Returns the change that undoes this one.
    pub fn inverse(&self) -> Change {
        match self.clone() {
            Change::Field { id, before, after } => Change::Field { id, before: after, after: before },
            Change::Note { id, before, after } => Change::Note { id, before: after, after: before },
            Change::Totals(before, after) => Change::Totals(after, before),
            Change::State(before, after) => Change::State(after, before),
            Change::Forms(before, after) => Change::Forms(after, before),
            Change::Ignore { finding, before, after } => {
                Change::Ignore { finding, before: after, after: before }
            }
            Change::LastYear(before, after) => Change::LastYear(after, before),
            Change::Compiled(before, after) => Change::Compiled(after, before),
        }
    }

    /// Returns `true` if a draft is in the state before this change.
    pub fn fits(&self, draft: &Draft) -> bool {
        match self {
            Change::Field { id, before, .. } => draft.get(id.as_str()) == before,
            Change::Note { id, before, .. } => draft.notes.get(id) == before.as_ref(),
            Change::Totals(before, _) => draft.totals == *before,
            Change::State(before, _) => draft.state == *before,
            Change::Forms(before, _) => draft.forms == *before,
            Change::Ignore { finding, before, .. } => draft.ignored_findings.get(finding) == before.as_ref(),
            Change::LastYear(before, _) => draft.last_year == *before,
            Change::Compiled(before, _) => draft.compiled == *before,
        }
    }

    /// Returns the approximate size of the text it holds, in bytes.
    pub fn text_len(&self) -> usize {
        let value = |value: &Value| match value {
            Value::Blank | Value::Count(_) => 0,
            Value::Change { typed, .. } => typed.len(),
            Value::Money(money) => money.typed.len() + money.unit.len(),
            Value::Unread(unread) => {
                unread.text.len() + unread.candidates.iter().map(|text| 24 + text.len()).sum::<usize>()
            }
            Value::NotApplicable(text) | Value::Unreadable(text) | Value::Text(text) => text.len(),
        };
        let text = |text: &Option<String>| text.as_ref().map_or(0, String::len);
        let compiled = |compiled: &Option<Compiled>| {
            let parts = compiled.iter().flat_map(|compiled| &compiled.units);
            parts.map(|part| 100 + part.unit.len() + part.file.len() + part.print.len()).sum::<usize>()
        };
        match self {
            Change::Field { before, after, .. } => value(before) + value(after),
            Change::Note { before, after, .. } | Change::Ignore { before, after, .. } => {
                text(before) + text(after)
            }
            Change::LastYear(before, after) => text(before) + text(after),
            Change::Compiled(before, after) => compiled(before) + compiled(after),
            Change::Totals(..) | Change::State(..) | Change::Forms(..) => 0,
        }
    }
}
