//! What a rule looks at: the draft, its amounts, last year's, and short ways to ask for them.

use rust_decimal::Decimal;
use std::sync::Arc;

use super::character_pairs::CharacterPairs;
use super::{Context, Finding, Rule, Severity};
use crate::draft::{Amount, Draft, Ledger, Value};
use crate::form::{Field, FieldId, Form, Kind, Section};

/// What a rule looks at.
pub struct RuleInput<'a> {
    /// The form of the draft.
    pub form: &'a Form,
    /// The draft.
    pub draft: &'a Draft,
    /// Its amounts, totals computed where the draft computes them.
    pub ledger: &'a Ledger,
    /// What stands in the fields, in the form's order: looked up once, asked for by every rule.
    values: Vec<&'a Value>,
    /// What is known beside it.
    pub context: Context<'a>,
    /// The report of the year before, with its amounts; none where the context has none or it is
    /// not of the year before.
    pub last_year: Option<&'a LastYear>,
}

/// The report of the year before. It stays as it is while this year's is written: its amounts are read
/// once.
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
const YEARLY_SECTIONS: [&str; 2] = ["overview", "problems"];

impl LastYear {
    /// A report with its amounts.
    pub fn new(form: Arc<Form>, draft: Draft) -> Self {
        let text = |id| form.field(id).map_or("", |_| draft.text(id));
        let pairs = YEARLY_SECTIONS.map(|id| (id, CharacterPairs::new(text(id)))).into();
        LastYear { ledger: Ledger::new(&form, &draft), form, draft, pairs }
    }

    /// The number in a cell of last year's; none where it is blank, unreadable or not of that form.
    pub fn number(&self, id: &str) -> Option<Decimal> {
        known_number(self.ledger.amount(&self.form, id))
    }
}

impl<'a> RuleInput<'a> {
    /// Puts beside the draft what is known of it.
    pub fn new(form: &'a Form, draft: &'a Draft, ledger: &'a Ledger, context: Context<'a>) -> Self {
        let last = context.last_year.filter(|last| {
            let years = last.draft.year().zip(draft.year());
            years.is_some_and(|(last, this)| last.checked_add(1) == Some(this))
        });
        let values = form.fields().iter().map(|field| draft.get(field.id.as_str())).collect();
        RuleInput { form, draft, ledger, values, context, last_year: last }
    }

    /// Every field of the form with what stands in it.
    pub fn entries(&self) -> impl Iterator<Item = (&'a Field, &'a Value)> {
        self.form.fields().iter().zip(self.values.iter().copied())
    }

    /// The fields of one section with what stands in them.
    pub fn entries_of(&self, section: &Section) -> impl Iterator<Item = (&'a Field, &'a Value)> {
        let values = self.values[self.form.positions_of(section)].iter().copied();
        self.form.fields_of(section).iter().zip(values)
    }

    /// What stands in the field at this place of the form's order.
    pub fn value_at(&self, place: usize) -> &'a Value {
        self.values[place]
    }

    /// The number in a cell; none where it is blank, unreadable or not of this form.
    pub fn number(&self, id: &str) -> Option<Decimal> {
        known_number(self.ledger.amount(self.form, id))
    }

    /// The narratives of the form with their texts, empty ones too.
    pub fn narratives(&self) -> impl Iterator<Item = (&'a FieldId, &'a str)> + use<'a> {
        let draft = self.draft;
        let prose = self.form.fields().iter().filter(|field| field.kind == Kind::Prose);
        prose.map(move |field| (&field.id, draft.text(field.id.as_str())))
    }

    /// A narrative or a line of the cover; empty where the form has none of that name.
    pub fn text(&self, id: &str) -> &'a str {
        self.field(id).map_or("", |_| self.draft.text(id))
    }

    /// The same of last year's report; none where that is not at hand.
    pub fn last_text(&self, id: &str) -> Option<&'a str> {
        let last = self.last_year?;
        Some(last.form.field(id).map_or("", |_| last.draft.text(id)))
    }

    /// The field of that name, where the form has it.
    pub fn field(&self, id: &str) -> Option<&'a Field> {
        self.form.field(id)
    }

    /// The name of a cell in a sentence: `予以公开·自然人`.
    pub fn name(&self, id: &str) -> String {
        match self.form.field(id) {
            Some(field) if field.column.is_empty() => field.row.to_string(),
            Some(field) => format!("{}·{}", field.row, field.column),
            None => id.into(),
        }
    }
}

/// A finding of a rule at one field, at the rule's own weight.
pub fn finding_at(rule: &Rule, id: &str, message: String) -> Finding {
    Finding::new(rule.id, rule.severity, vec![FieldId::new(id)], message)
}

/// The same at a lesser weight.
pub fn finding_with_severity(rule: &Rule, severity: Severity, id: &str, message: String) -> Finding {
    Finding { severity, ..finding_at(rule, id, message) }
}

fn known_number(amount: Amount) -> Option<Decimal> {
    if let Amount::Known(number) = amount { Some(number) } else { None }
}
