//! What a draft file holds beside the form's own fields: notes, kept values, unread cells, ignored findings.

use serde::Deserialize;
use serde::de::{DeserializeSeed, Deserializer, Error, MapAccess, SeqAccess, Visitor};
use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;

use super::visitor::{FieldVisitor, duplicate};
use crate::draft::{Draft, IgnoredFinding, Unread, Value, parse_value};
use crate::form::{FieldId, Form, Kind, Library};
use crate::text::quoted;

/// A part of the file whose entries are under names of fields.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum NamedPart {
    /// The values of fields that the form lacks.
    Kept,
    /// Cells that an import could not tell.
    Unread,
    /// Notes.
    Notes,
}

/// The entries of such a part.
pub struct PartByField<'a> {
    /// The draft's form.
    pub form: &'a Form,
    /// The other forms, for fields that this one lacks.
    pub library: &'a Library,
    /// Where the entries go.
    pub draft: &'a mut Draft,
    /// The position of reading.
    pub path: &'a mut String,
    /// Which part it is.
    pub part: NamedPart,
    /// All available forms, once one of them was needed.
    pub others: Option<Vec<Arc<Form>>>,
}

impl PartByField<'_> {
    /// Returns the kind of a field of any available form.
    fn kind(&mut self, name: &str) -> Option<Kind> {
        let kind = |form: &Form| form.field(name).map(|field| field.kind.clone());
        kind(self.form).or_else(|| {
            let library = self.library;
            let all = || library.list().into_iter().filter_map(|(id, _, _)| library.get(&id)).collect();
            let forms: &Vec<_> = self.others.get_or_insert_with(all);
            forms.iter().find_map(|form| kind(form))
        })
    }
}

impl<'de> FieldVisitor<'de> for PartByField<'_> {
    const IS_MAP: bool = true;

    fn path(&mut self) -> &mut String {
        self.path
    }

    fn visit_field<A: MapAccess<'de>>(&mut self, name: &str, map: &mut A) -> Result<(), A::Error> {
        let Some(kind) = self.kind(name) else {
            return Err(A::Error::custom(format!("哪一种格式里都没有{}这一栏", quoted(name))));
        };
        let id = FieldId::new(name);
        match self.part {
            NamedPart::Kept if self.form.field(name).is_some() && !self.form.is_table_text(name) => {
                let message = format!("{}是现在的格式里有的栏目，请写到它自己的位置", quoted(name));
                return Err(A::Error::custom(message));
            }
            NamedPart::Unread if id.column().is_empty() => {
                return Err(A::Error::custom(format!("{}不是表里的一格，不能列为待核对", quoted(name))));
            }
            NamedPart::Unread if !self.draft.get(name).is_blank() => return Err(answered_and_unread(name)),
            NamedPart::Unread => {
                let unread: Unread = map.next_value()?;
                self.draft.set(id, Value::Unread(Box::new(unread)));
            }
            NamedPart::Kept => {
                refuse_unread(self.draft, name)?;
                let text = map.next_value_seed(KeptSeed { paragraphs: kind == Kind::Prose })?;
                self.draft.set(id, parse_value(&kind, &text));
            }
            NamedPart::Notes => {
                self.draft.notes.insert(id, map.next_value()?);
            }
        }
        Ok(())
    }
}

/// Reads a kept value as typed; that of a narrative may be a list of paragraphs.
struct KeptSeed {
    paragraphs: bool,
}

impl<'de> DeserializeSeed<'de> for KeptSeed {
    type Value = String;

    fn deserialize<D: Deserializer<'de>>(self, from: D) -> Result<String, D::Error> {
        if self.paragraphs { from.deserialize_any(self) } else { from.deserialize_string(self) }
    }
}

impl<'de> Visitor<'de> for KeptSeed {
    type Value = String;

    fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str(if self.paragraphs {
            "方括号括起的各段文字"
        } else {
            "一段用英文引号括起的文字"
        })
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<String, E> {
        Ok(text.into())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<String, A::Error> {
        let mut paragraphs: Vec<String> = Vec::new();
        while let Some(paragraph) = list.next_element()? {
            paragraphs.push(paragraph);
        }
        Ok(paragraphs.join("\n"))
    }
}

/// Refuses a value of a cell that the file lists as unread as well: nobody knows which of the two is meant.
pub fn refuse_unread<E: Error>(draft: &Draft, name: &str) -> Result<(), E> {
    if draft.get(name).unread().is_some() { Err(answered_and_unread(name)) } else { Ok(()) }
}

fn answered_and_unread<E: Error>(name: &str) -> E {
    E::custom(format!("{}填了，“unread”里又列为待核对，请删去一处", quoted(name)))
}

/// Reads the ignored findings; none may be listed twice.
pub struct WaiversSeed<'a>(pub &'a mut BTreeMap<IgnoredFinding, String>);

#[derive(Deserialize)]
#[serde(rename = "", deny_unknown_fields)]
struct Waiver {
    rule: String,
    fields: Vec<FieldName>,
    reason: String,
}

/// A name that a field can have, in whatever form.
#[derive(Deserialize)]
#[serde(try_from = "String")]
struct FieldName(FieldId);

impl TryFrom<String> for FieldName {
    type Error = String;

    fn try_from(name: String) -> Result<Self, String> {
        let good = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_' || c == '.';
        if name.chars().all(good) {
            Ok(FieldName(FieldId::new(&name)))
        } else {
            Err(format!("{}不是栏目名称", quoted(&name)))
        }
    }
}

impl<'de> DeserializeSeed<'de> for WaiversSeed<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, from: D) -> Result<(), D::Error> {
        from.deserialize_seq(self)
    }
}

impl<'de> Visitor<'de> for WaiversSeed<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str("方括号括起的各条")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<(), A::Error> {
        while let Some(Waiver { rule, fields, reason }) = list.next_element()? {
            let fields = fields.into_iter().map(|name| name.0).collect();
            if self.0.insert(IgnoredFinding { rule: rule.clone(), fields }, reason).is_some() {
                return Err(duplicate(&rule));
            }
        }
        Ok(())
    }
}
