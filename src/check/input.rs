//! The input of a rule: the draft, its amounts, last year's report, and accessors for them.

use rust_decimal::Decimal;
use std::ops::Range;
use std::sync::Arc;

use super::character_pairs::CharacterPairs;
use super::narrative::ComparedFigure;
use super::{Context, Finding, Rule, Severity, Span};
use crate::draft::{Amount, Draft, Ledger, Value};
use crate::form::{Field, FieldId, Form, Kind, Section};

/// The input of a rule.
pub struct RuleInput<'a> {
    /// The form of the draft.
    pub form: &'a Form,
    /// The draft.
    pub draft: &'a Draft,
    /// The draft's amounts, with its computed totals.
    pub ledger: &'a Ledger,
    /// The values of all fields in the form's order, looked up once for all rules.
    values: Vec<&'a Value>,
    /// What is known besides the draft.
    pub context: Context<'a>,
    /// The report of the year before; `None` if the context has none or one of another year.
    pub last_year: Option<&'a LastYear>,
    /// The figures of all narratives that were understood, compared with the tables. Read for the rules once
    /// the rest of the input is known.
    pub figures: Vec<ComparedFigure>,
}

/// The report of the year before. It does not change while this year's is written, so everything derived
/// from it is computed once.
#[derive(Clone, Debug)]
pub struct LastYear {
    /// Its form.
    pub form: Arc<Form>,
    /// Its draft.
    pub draft: Draft,
    /// Its amounts.
    pub ledger: Ledger,
    /// The pairs of characters of the sections that are not to be copied (rule N4).
    pub(super) pairs: Vec<(&'static str, CharacterPairs)>,
}

/// The sections that report on the year. The preface is the same every year, and rightly so.
pub(super) const YEARLY_SECTIONS: [&str; 2] = ["overview", "problems"];

impl LastYear {
    /// Computes the amounts of a report and the character pairs of its narratives.
    pub fn new(form: Arc<Form>, draft: Draft) -> Self {
        let text = |id| form.field(id).map_or("", |_| draft.text(id));
        let pairs = YEARLY_SECTIONS.map(|id| (id, CharacterPairs::new(text(id)))).into();
        LastYear { ledger: Ledger::new(&form, &draft), form, draft, pairs }
    }

    /// Returns the number in a cell; `None` if it is blank, unreadable or not in that form.
    pub fn number(&self, id: &str) -> Option<Decimal> {
        known_number(self.ledger.amount(&self.form, id))
    }
}

impl<'a> RuleInput<'a> {
    /// Combines a draft with what is known besides it.
    pub fn new(form: &'a Form, draft: &'a Draft, ledger: &'a Ledger, context: Context<'a>) -> Self {
        let last = context.last_year.filter(|last| {
            let years = last.draft.year().zip(draft.year());
            years.is_some_and(|(last, this)| last.checked_add(1) == Some(this))
        });
        let values = form.fields().iter().map(|field| draft.get(field.id.as_str())).collect();
        RuleInput { form, draft, ledger, values, context, last_year: last, figures: Vec::new() }
    }

    /// Returns every field of the form with its value.
    pub fn entries(&self) -> impl Iterator<Item = (&'a Field, &'a Value)> {
        self.form.fields().iter().zip(self.values.iter().copied())
    }

    /// Returns the fields of one section with their values.
    pub fn entries_of(&self, section: &Section) -> impl Iterator<Item = (&'a Field, &'a Value)> {
        let values = self.values[self.form.positions_of(section)].iter().copied();
        self.form.fields_of(section).iter().zip(values)
    }

    /// Returns the value of the field at this position of the form's order.
    pub fn value_at(&self, position: usize) -> &'a Value {
        self.values[position]
    }

    /// Returns the number in a cell; `None` if it is blank, unreadable or not in the form.
    pub fn number(&self, id: &str) -> Option<Decimal> {
        known_number(self.ledger.amount(self.form, id))
    }

    /// Returns the narratives of the form with their texts, including empty ones.
    pub fn narratives(&self) -> impl Iterator<Item = (&'a FieldId, &'a str)> + use<'a> {
        let draft = self.draft;
        let prose = self.form.fields().iter().filter(|field| field.kind == Kind::Prose);
        prose.map(move |field| (&field.id, draft.text(field.id.as_str())))
    }

    /// Returns the text of a narrative or a cover field; empty if the form has no such field.
    pub fn text(&self, id: &str) -> &'a str {
        self.field(id).map_or("", |_| self.draft.text(id))
    }

    /// Returns the same text of last year's report; `None` without such a report.
    pub fn last_text(&self, id: &str) -> Option<&'a str> {
        let last = self.last_year?;
        Some(last.form.field(id).map_or("", |_| last.draft.text(id)))
    }

    /// Returns the field of that name; `None` if the form has none.
    pub fn field(&self, id: &str) -> Option<&'a Field> {
        self.form.field(id)
    }

    /// Returns the kind of organ as the draft or, failing that, the unit's name has it; empty if unknown.
    pub fn kind(&self) -> &'a str {
        self.draft.organ_kind().value
    }

    /// Returns the administrative level in the same way.
    pub fn level(&self) -> &'a str {
        self.draft.organ_level().value
    }

    /// Returns the name of a cell in messages: `予以公开·自然人`.
    pub fn name(&self, id: &str) -> String {
        match self.form.field(id) {
            Some(field) if field.column.is_empty() => field.row.to_string(),
            Some(field) => format!("{}·{}", field.row, field.column),
            None => id.into(),
        }
    }
}

/// Returns a finding at one field, with the rule's own severity.
pub fn finding_at(rule: &Rule, id: &str, message: String) -> Finding {
    Finding::new(rule.id, rule.severity, vec![FieldId::new(id)], message)
}

/// Returns a finding at a range of a narrative, with the rule's own severity.
pub fn finding_in_text(rule: &Rule, id: &FieldId, range: Range<usize>, message: String) -> Finding {
    let span = Some(Span { field: id.clone(), start: range.start, end: range.end });
    Finding { span, ..Finding::new(rule.id, rule.severity, vec![id.clone()], message) }
}

/// Returns a finding at one field, with another severity than the rule's own.
pub fn finding_with_severity(rule: &Rule, severity: Severity, id: &str, message: String) -> Finding {
    Finding { severity, ..finding_at(rule, id, message) }
}

fn known_number(amount: Amount) -> Option<Decimal> {
    if let Amount::Known(number) = amount { Some(number) } else { None }
}
