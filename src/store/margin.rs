//! What a draft file holds beside the form's own fields: small groups of texts, notes, waivers.

use serde::de::{DeserializeSeed, Deserializer, Error, MapAccess, SeqAccess};
use std::collections::BTreeMap;
use std::sync::Arc;

use super::keyed::{Each, Keyed, Listed, Named, Words, twice, unknown};
use super::words::quoted;
use crate::draft::{Draft, Waived, read};
use crate::form::{FieldId, Form, Kind, Library};

/// A group of texts with fixed names, all of which must be there.
pub struct Names<const N: usize> {
    names: [&'static str; N],
    texts: [Option<String>; N],
}

impl<const N: usize> Names<N> {
    /// A group with nothing read.
    pub fn new(names: [&'static str; N]) -> Self {
        Names { names, texts: [const { None }; N] }
    }

    /// The texts in the order of their names.
    pub fn all<E: Error>(self) -> Result<[String; N], E> {
        let missing = self.names.iter().zip(&self.texts).find(|(_, text)| text.is_none());
        match missing {
            Some((name, _)) => Err(E::custom(format!("缺少“{name}”"))),
            None => Ok(self.texts.map(Option::unwrap_or_default)),
        }
    }
}

impl<'de, const N: usize> Keyed<'de> for Names<N> {
    const WHAT: &'static str = "圆括号括起的各项";

    fn entry<A: MapAccess<'de>>(&mut self, name: &str, map: &mut A) -> Result<(), A::Error> {
        let known = self.names.iter().position(|known| *known == name);
        match known.and_then(|at| self.texts.get_mut(at)) {
            None => Err(unknown(name, self.names.into_iter())),
            Some(Some(_)) => Err(twice(name)),
            Some(place) => {
                *place = Some(map.next_value_seed(Words)?.into_owned());
                Ok(())
            }
        }
    }
}

/// Texts by field name: notes, or the values of fields that the form lacks.
pub struct Texts<'a> {
    /// The draft's form.
    pub form: &'a Form,
    /// The other forms, for fields that this one lacks.
    pub library: &'a Library,
    /// Where the texts go.
    pub draft: &'a mut Draft,
    /// Whether they are values.
    pub kept: bool,
    /// The names that were read.
    pub seen: Vec<String>,
    /// All forms at hand, once one of them was asked for.
    pub others: Option<Vec<Arc<Form>>>,
}

impl Texts<'_> {
    /// The kind of a field of any form that is at hand.
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

impl<'de> Keyed<'de> for Texts<'_> {
    const WHAT: &'static str = "花括号括起的各项";

    fn entry<A: MapAccess<'de>>(&mut self, name: &str, map: &mut A) -> Result<(), A::Error> {
        if self.seen.iter().any(|seen| seen == name) {
            return Err(twice(name));
        }
        self.seen.push(name.into());
        let Some(kind) = self.kind(name) else {
            return Err(A::Error::custom(format!("哪一种格式里都没有{}这一栏", quoted(name))));
        };
        if self.kept && self.form.field(name).is_some() {
            let words = format!("{}是现在的格式里有的栏目，请写到它自己的位置", quoted(name));
            return Err(A::Error::custom(words));
        }
        let text = map.next_value_seed(Words)?;
        if self.kept {
            self.draft.set(name, read(&kind, &text));
        } else {
            self.draft.notes.insert(FieldId::new(name), text.into_owned());
        }
        Ok(())
    }
}

/// The findings set aside.
pub struct Findings<'a>(pub &'a mut BTreeMap<Waived, String>);

impl<'de> Listed<'de> for Findings<'_> {
    const WHAT: &'static str = "方括号括起的各条";

    fn elements<A: SeqAccess<'de>>(&mut self, mut list: A) -> Result<(), A::Error> {
        let mut finding = Finding::default();
        while list.next_element_seed(&mut finding)?.is_some() {
            let Finding { rule, fields, reason } = std::mem::take(&mut finding);
            let (Some(rule), Some(fields), Some(reason)) = (rule, fields, reason) else {
                return Err(A::Error::custom("这一条缺少“rule”“fields”“reason”中的一项"));
            };
            if self.0.insert(Waived { rule: rule.clone(), fields }, reason).is_some() {
                return Err(twice(&rule));
            }
        }
        Ok(())
    }
}

#[derive(Default)]
struct Finding {
    rule: Option<String>,
    fields: Option<Vec<FieldId>>,
    reason: Option<String>,
}

impl<'de> DeserializeSeed<'de> for &mut Finding {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, from: D) -> Result<(), D::Error> {
        Named(self).deserialize(from)
    }
}

impl<'de> Keyed<'de> for Finding {
    const WHAT: &'static str = "圆括号括起的一条";

    fn entry<A: MapAccess<'de>>(&mut self, name: &str, map: &mut A) -> Result<(), A::Error> {
        match name {
            "rule" if self.rule.is_none() => self.rule = Some(map.next_value_seed(Words)?.into_owned()),
            "reason" if self.reason.is_none() => self.reason = Some(map.next_value_seed(Words)?.into_owned()),
            "fields" if self.fields.is_none() => {
                let mut fields = Fields(Vec::new());
                map.next_value_seed(Each(&mut fields))?;
                self.fields = Some(fields.0);
            }
            "rule" | "reason" | "fields" => return Err(twice(name)),
            _ => return Err(unknown(name, ["rule", "fields", "reason"].into_iter())),
        }
        Ok(())
    }
}

struct Fields(Vec<FieldId>);

impl<'de> Listed<'de> for Fields {
    const WHAT: &'static str = "方括号括起的栏目名称";

    fn elements<A: SeqAccess<'de>>(&mut self, mut list: A) -> Result<(), A::Error> {
        while let Some(name) = list.next_element_seed(Words)? {
            let good = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_' || c == '.';
            if !name.chars().all(good) {
                return Err(A::Error::custom(format!("{}不是栏目名称", quoted(&name))));
            }
            self.0.push(FieldId::new(&name));
        }
        Ok(())
    }
}
