//! Where in the draft the reader stands, to name the field when something is wrong there.

use std::sync::Arc;

use crate::form::{FieldId, Form};

/// The place that is being read, as the form names it; nothing is spelled out unless it fails.
#[derive(Debug, Default)]
pub struct Trail {
    /// A part of the file outside the form: `forms`, `notes` …
    pub part: Option<&'static str>,
    /// The section, as an index into [`Form::sections`].
    pub section: Option<usize>,
    /// The row of a table by name, with its words.
    pub row: Option<(String, Arc<str>)>,
    /// The field.
    pub field: Option<FieldId>,
}

impl Trail {
    /// The innermost place in the form's own words with its name; nothing at the top of the file.
    pub fn words(&self, form: Option<&Form>) -> Option<String> {
        if let Some(part) = self.part {
            return Some(format!("“{part}”"));
        }
        let form = form?;
        if let Some(id) = &self.field {
            return Some(format!("“{}”（{id}）", form.place(id)));
        }
        let section = form.sections.get(self.section?)?;
        Some(match &self.row {
            Some((id, words)) => format!("“{}”的“{words}”（{}.{id}）", section.heading(), section.id),
            None => format!("“{}”（{}）", section.heading(), section.id),
        })
    }
}
