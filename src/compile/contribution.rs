//! What one unit's draft contributes to a sum: its entered numbers and their fingerprint.

use std::hash::Hasher;
use twox_hash::XxHash3_64;

use crate::draft::{Amount, Draft, FormIds, Ledger, Totals, Value};
use crate::form::{Field, Form, Section};

/// The entered numbers of one unit's draft, without its texts.
#[derive(Clone, Debug, PartialEq)]
pub struct Contribution {
    /// The unit's name; empty if the draft has none.
    pub unit: String,
    /// The report year; `None` if it is blank or unreadable.
    pub year: Option<u16>,
    /// The forms of its tables.
    pub forms: FormIds,
    /// The numerals of the tables without a single value; with one, it is not added.
    pub blank_tables: Vec<String>,
    /// The fingerprint of its numbers, 16 hexadecimal digits.
    pub fingerprint: String,
    /// The cells that are not blank, unread ones too, by their position among the form's fields.
    pub cells: Vec<(usize, Value)>,
    /// Typed totals whose parts are all blank; not those that are 0.
    pub orphan_totals: Vec<usize>,
}

impl Contribution {
    /// Returns the contribution of a draft, without its totals: they are computed from the sums.
    pub fn of(form: &Form, draft: &Draft) -> Self {
        let entered = form.fields().iter().enumerate();
        let entered = entered.filter(|(_, field)| field.kind.is_number() && field.sum.is_none());
        let cells: Vec<(usize, Value)> = entered
            .map(|(at, field)| (at, draft.get(field.id.as_str()).clone()))
            .filter(|(_, value)| !value.is_blank())
            .collect();
        let ledger = Ledger::new(form, draft);
        let orphan_totals = form.fields().iter().enumerate().filter_map(|(at, field)| {
            let parts = &form.relations().get(field.sum?)?.right;
            let total = draft.get(field.id.as_str());
            let says_more = !total.is_blank() && total.number().is_none_or(|number| !number.is_zero());
            let alone = says_more && ledger.sum(form, parts) == Amount::Blank;
            (draft.totals == Totals::Typed && alone).then_some(at)
        });
        let mut fingerprint = XxHash3_64::new();
        let mut put = |text: &str| {
            fingerprint.write(text.as_bytes());
            fingerprint.write(b"\n");
        };
        put(&draft.forms.disclosure);
        put(&draft.forms.requests);
        put(&draft.year().unwrap_or(0).to_string());
        for (at, value) in &cells {
            if let Some(field) = form.fields().get(*at) {
                put(field.id.as_str());
                put(&value.typed());
            }
        }
        Contribution {
            unit: draft.unit().into(),
            year: draft.year(),
            forms: draft.forms.clone(),
            blank_tables: draft.blank_tables(form).map(Section::short_name).collect(),
            fingerprint: format!("{:016x}", fingerprint.finish()),
            orphan_totals: orphan_totals.collect(),
            cells,
        }
    }

    /// Returns how many cells that have to be entered are blank.
    pub fn count_blank_cells(&self, form: &Form) -> usize {
        summed_cells(form).count().saturating_sub(self.cells.len())
    }
}

/// Returns the entered cells that are added up, each with its position among the form's fields.
pub fn summed_cells(form: &Form) -> impl Iterator<Item = (usize, &Field)> {
    form.fields().iter().enumerate().filter(|(_, field)| field.kind.is_number() && field.sum.is_none())
}
