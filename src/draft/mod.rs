//! A draft: one report's values by field name, with notes, ignored findings and origin.
//!
//! A draft does no arithmetic itself: its sums follow from the form and are computed by [`Ledger`].

mod amount;
mod compiled;
mod date;
mod headings;
mod ledger;
mod organ;
mod organ_level;
mod parse;
mod parse_number;
mod progress;
mod report_state;
#[cfg(test)]
mod tests;
mod twin;
mod value;

pub use amount::Amount;
pub use compiled::{Adjustment, Compiled, CompiledUnit};
pub use date::{format_date, parse_date, printed_date};
pub use headings::{heading_problems, is_heading};
pub use ledger::Ledger;
pub use organ::OrganFact;
pub use parse::parse_value;
pub use parse_number::YEARS;
pub use progress::{FilledCells, due_date, due_date_of};
pub use report_state::ReportState;
pub use twin::TwinText;
pub use value::{Money, Unread, Value};

use foldhash::fast::RandomState;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, HashMap};

use crate::form::{Field, FieldId, Form, Library, Section};

/// Whether totals are computed or typed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Totals {
    /// Every total is computed from its parts and never stored.
    #[default]
    Auto,
    /// Totals are entered like any other cell and checked against their parts.
    Typed,
}

impl Totals {
    /// Returns the name in files: `auto` or `typed`.
    pub fn as_str(self) -> &'static str {
        match self {
            Totals::Auto => "auto",
            Totals::Typed => "typed",
        }
    }
}

/// The forms of the tables, which published reports may mix.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename = "", deny_unknown_fields)]
pub struct FormIds {
    /// The form of section 二.
    pub disclosure: String,
    /// The form of section 三, and of everything else.
    pub requests: String,
}

impl FormIds {
    /// Creates the ids for a draft whose tables all follow one form.
    pub fn same(id: &str) -> Self {
        FormIds { disclosure: id.into(), requests: id.into() }
    }
}

/// What identifies an ignored finding after the draft was checked again: its rule and its fields.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct IgnoredFinding {
    /// The id of the rule.
    pub rule: String,
    /// The fields of the finding, in its order.
    pub fields: Vec<FieldId>,
}

/// Where an imported draft came from.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename = "", deny_unknown_fields)]
pub struct Provenance {
    /// The file's name without its folder.
    pub file: String,
    /// The format it was read as: `docx`, `html`, `txt` …
    pub format: String,
    /// The day of the import, `2026-01-20`.
    pub date: String,
    /// The headings of its sections, where they are not those of the form.
    #[serde(default)]
    pub headings: Vec<String>,
    /// Where each row of a table was read, in words and with the row itself, by section and row:
    /// `requests.new`.
    #[serde(default)]
    pub rows: BTreeMap<String, String>,
}

impl Provenance {
    /// Returns the name of the row of a field among [`rows`](Provenance::rows).
    pub fn row_name(field: &FieldId) -> String {
        format!("{}.{}", field.section(), field.row())
    }

    /// Returns where the row of a field was read, with the row itself: `表3第5行“一、本年新收 5 0 5”`.
    pub fn row_of(&self, field: &FieldId) -> Option<&str> {
        self.rows.get(&Self::row_name(field)).map(String::as_str)
    }

    /// Returns where the row of a field was read: `表3第5行`.
    pub fn place_of(&self, field: &FieldId) -> Option<&str> {
        self.row_of(field)?.split('“').next().filter(|place| !place.is_empty())
    }
}

/// One report being written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Draft {
    /// The form of each table.
    pub forms: FormIds,
    /// Whether totals are computed or typed.
    pub totals: Totals,
    /// Where it is on its way to being published.
    pub state: ReportState,
    /// Last year's draft, as a path relative to this one.
    pub last_year: Option<String>,
    /// Where an imported draft came from.
    pub provenance: Option<Provenance>,
    /// Notes beside cells, found in the source or typed by the clerk.
    pub notes: BTreeMap<FieldId, String>,
    /// Ignored findings, each with the reason given.
    pub ignored_findings: BTreeMap<IgnoredFinding, String>,
    /// The units it was added up from, if it is a compiled report.
    pub compiled: Option<Compiled>,
    /// A hash map, since a check looks up a few thousand values; names in a file may be chosen by an
    /// attacker, hence a randomly seeded hash.
    values: HashMap<FieldId, Value, RandomState>,
}

impl Draft {
    /// Creates an empty draft in the given forms, with computed totals.
    pub fn empty(forms: FormIds) -> Self {
        Draft {
            forms,
            totals: Totals::Auto,
            state: ReportState::Filling,
            last_year: None,
            provenance: None,
            notes: BTreeMap::new(),
            ignored_findings: BTreeMap::new(),
            compiled: None,
            values: HashMap::default(),
        }
    }

    /// Creates a unit's report for a year: the form follows from the year, title and signature from the unit.
    pub fn new(unit: &str, year: u16, library: &Library) -> Self {
        let mut draft = Draft::empty(FormIds::same(library.for_year(year)));
        let text = |text: String| if text.is_empty() { Value::Blank } else { Value::Text(text) };
        draft.set("cover.unit", text(unit.into()));
        draft.set("cover.year", Value::Count(year.into()));
        draft.set("cover.title", text(format!("{unit}{year}年政府信息公开工作年度报告")));
        draft.set("cover.signed_by", text(unit.into()));
        draft.set("cover.scope", Value::Text("单位".into()));
        draft
    }

    /// Returns the stored value of a field; blank if there is none. Computed totals are not stored: see
    /// [`Ledger`].
    pub fn get(&self, id: &str) -> &Value {
        self.values.get(id).unwrap_or(&Value::Blank)
    }

    /// Sets the value of a field and returns the previous one.
    pub fn set(&mut self, id: impl Into<FieldId>, value: Value) -> Value {
        let before = if value == Value::Blank {
            self.values.remove(&id.into())
        } else {
            self.values.insert(id.into(), value)
        };
        before.unwrap_or(Value::Blank)
    }

    /// Returns all fields that are not blank, ordered by name.
    pub fn values(&self) -> impl Iterator<Item = (&FieldId, &Value)> {
        let mut values: Vec<_> = self.values.iter().collect();
        values.sort_unstable_by_key(|(id, _)| *id);
        values.into_iter()
    }

    /// Returns the fields that an import could not tell and nobody has answered, in no order.
    pub fn unread_fields(&self) -> impl Iterator<Item = &FieldId> {
        self.values.iter().filter(|(_, value)| value.unread().is_some()).map(|(id, _)| id)
    }

    /// Returns the cells that an import could not tell and nobody has answered, in the form's order.
    pub fn unread_cells<'a>(&'a self, form: &'a Form) -> impl Iterator<Item = (&'a Field, &'a Unread)> {
        let is_computed = |field: &&Field| self.totals == Totals::Auto && field.sum.is_some();
        let is_any = self.unread_fields().next().is_some();
        let fields = if is_any { form.fields() } else { &[] };
        let entered = fields.iter().filter(move |field| !is_computed(field));
        entered.filter_map(|field| Some((field, self.get(field.id.as_str()).unread()?)))
    }

    /// Returns the text of a cover field or a narrative; empty if it is blank.
    pub fn text(&self, id: &str) -> &str {
        if let Value::Text(text) = self.get(id) { text } else { "" }
    }

    /// Returns the reporting unit; empty if it is not filled in.
    pub fn unit(&self) -> &str {
        self.text("cover.unit")
    }

    /// Returns the report year; `None` if it is blank or unreadable.
    pub fn year(&self) -> Option<u16> {
        match self.get("cover.year") {
            Value::Count(year) => u16::try_from(*year).ok(),
            _ => None,
        }
    }

    /// Returns the tables without a single value. A report with one is not finished: it is not filed, and not
    /// added to others.
    pub fn blank_tables<'a>(&self, form: &'a Form) -> impl Iterator<Item = &'a Section> {
        form.tables().filter(|table| self.is_table_blank(form, table))
    }

    /// Returns `true` if no field of a table has a value.
    pub fn is_table_blank(&self, form: &Form, table: &Section) -> bool {
        form.fields_of(table).iter().all(|field| self.get(field.id.as_str()).is_blank())
    }

    /// Returns the form of this draft.
    ///
    /// # Errors
    /// Returns the id of the form that is not available.
    pub fn form(&self, library: &Library) -> Result<std::sync::Arc<Form>, String> {
        let FormIds { disclosure, requests } = &self.forms;
        library.compose(disclosure, requests).ok_or_else(|| {
            let known = |id: &String| library.get(id).is_some();
            if known(requests) { disclosure.clone() } else { requests.clone() }
        })
    }
}
