//! What a draft file promises: the same draft back, byte for byte the same file, and a place for each mistake.

mod hostile;
mod identity;
mod refused;

use crate::draft::{Draft, parse_value};
use crate::form::{Form, Library};
use std::sync::Arc;

/// Returns a filled draft of an invented unit in the form of that year.
pub(super) fn sample(year: u16) -> (Arc<Form>, Draft) {
    let library = Library::new();
    let mut draft = Draft::new("示例市水务局", year, &library);
    let form = draft.form(&library).unwrap();
    for (at, field) in form.fields().iter().enumerate() {
        if field.kind.is_number() && field.sum.is_none() {
            draft.set(field.id.clone(), parse_value(&field.kind, &(at % 7).to_string()));
        }
    }
    draft.set("overview", parse_value(&crate::form::Kind::Prose, "第一段。\n第二段“引号”。\n\n第四段。"));
    draft.notes.insert("requests.new.natural".into(), "含网上申请".into());
    (form, draft)
}
