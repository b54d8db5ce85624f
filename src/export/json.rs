//! A draft as JSON, for scripts and for looking in from outside.
//!
//! The shape is a promise to others: `{version, unit, year, forms, totals, fields}`, and `notes`
//! where there are any. [`crate::import::json`] reads it back.

use serde_json::{Map, Value as Json, json};

use crate::draft::{Amount, Draft, Ledger, Value};
use crate::form::{Field, Form, Kind};

/// The version of the shape. A change of shape is a change of this number.
pub const VERSION: u64 = 1;

/// Returns the draft as one JSON object with every field of the form, in the form's order; texts behind
/// tables only where there are any.
///
/// Counts and signed changes are numbers; money is always the string typed, for no reader may
/// round it; a blank is `null`, and so is
/// a cell that an import could not tell; text, “not applicable” and what cannot be read are the string as
/// typed. Totals that the draft computes are written with their sums, `"?"` where a part cannot be
/// read.
pub fn to_json(form: &Form, draft: &Draft) -> Json {
    let ledger = Ledger::new(form, draft);
    let mut fields = Map::new();
    for field in form.fields() {
        let id = field.id.as_str();
        let value = if ledger.is_computed(form, id) {
            computed_value(field, ledger.amount(form, id))
        } else {
            stored_value(draft.get(id))
        };
        if !(value.is_null() && form.is_table_text(id)) {
            fields.insert(id.into(), value);
        }
    }
    let text = |string: &str| if string.is_empty() { Json::Null } else { string.into() };
    let mut object = json!({
        "version": VERSION,
        "unit": text(draft.unit()),
        "year": draft.year(),
        "forms": {"disclosure": draft.forms.disclosure, "requests": draft.forms.requests},
        "totals": draft.totals.as_str(),
        "fields": fields,
    });
    if !draft.notes.is_empty() {
        // In the form's order, as the fields are.
        let mut notes: Vec<_> = draft.notes.iter().collect();
        notes.sort_by_key(|(id, _)| form.position(id.as_str()).unwrap_or(usize::MAX));
        object["notes"] = notes.into_iter().map(|(id, note)| (id.to_string(), note.as_str())).collect();
    }
    object
}

fn stored_value(value: &Value) -> Json {
    match value {
        Value::Blank | Value::Unread(_) => Json::Null,
        Value::Count(number) => (*number).into(),
        Value::Change { amount, .. } => (*amount).into(),
        Value::Money(_) | Value::NotApplicable(_) | Value::Unreadable(_) | Value::Text(_) => {
            value.typed().into()
        }
    }
}

fn computed_value(field: &Field, amount: Amount) -> Json {
    let Amount::Known(number) = amount else {
        return if amount == Amount::Blank { Json::Null } else { amount.display_text().into() };
    };
    let whole = i64::try_from(number).ok().filter(|whole| number == (*whole).into());
    match (&field.kind, whole) {
        (Kind::Count | Kind::Change, Some(whole)) => whole.into(),
        _ => number.to_string().into(),
    }
}
