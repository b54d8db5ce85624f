//! `(name: value, …)` and `{"name": value, …}` whose names are known only when the form is.
//!
//! A structure that serde derives knows its fields when the program is compiled, and a map lets the last of
//! two equal names win. Here every name is looked up as it is read, and none may occur twice.

use serde::de::{DeserializeSeed, Deserializer, Error, MapAccess, Visitor};
use std::borrow::Cow;
use std::fmt;

/// Something that is read field by field.
pub trait FieldVisitor<'de> {
    /// Whether it is a map with quoted names instead of a structure.
    const IS_MAP: bool = false;

    /// Returns the names, from the top of the file, of what is being read: `requests.new.natural`. After an
    /// error it says where reading stopped.
    fn path(&mut self) -> &mut String;

    /// Reads the value of one field, or refuses its name.
    fn visit_field<A: MapAccess<'de>>(&mut self, name: &str, map: &mut A) -> Result<(), A::Error>;
}

/// Reads the fields of what it holds.
pub struct FieldsSeed<'a, V>(pub &'a mut V);

impl<'de, V: FieldVisitor<'de>> DeserializeSeed<'de> for FieldsSeed<'_, V> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, from: D) -> Result<(), D::Error> {
        if V::IS_MAP { from.deserialize_map(self) } else { from.deserialize_struct("", &[], self) }
    }
}

impl<'de, V: FieldVisitor<'de>> Visitor<'de> for FieldsSeed<'_, V> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str("括起的各项")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        let mut seen = Vec::with_capacity(8);
        while let Some(name) = map.next_key_seed(NameSeed { quoted: V::IS_MAP })? {
            if seen.contains(&name) {
                return Err(duplicate(&name));
            }
            let path = self.0.path();
            let above = path.len();
            path.extend([if above > 0 { "." } else { "" }, &name]);
            self.0.visit_field(&name, &mut map)?;
            self.0.path().truncate(above);
            seen.push(name);
        }
        Ok(())
    }
}

/// Reads a name, borrowed from the file if it has no escapes.
struct NameSeed {
    quoted: bool,
}

impl<'de> DeserializeSeed<'de> for NameSeed {
    type Value = Cow<'de, str>;

    fn deserialize<D: Deserializer<'de>>(self, from: D) -> Result<Self::Value, D::Error> {
        if self.quoted { from.deserialize_str(self) } else { from.deserialize_identifier(self) }
    }
}

impl<'de> Visitor<'de> for NameSeed {
    type Value = Cow<'de, str>;

    fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str("一个名称")
    }

    fn visit_borrowed_str<E: Error>(self, name: &'de str) -> Result<Self::Value, E> {
        Ok(Cow::Borrowed(name))
    }

    fn visit_str<E: Error>(self, name: &str) -> Result<Self::Value, E> {
        Ok(Cow::Owned(name.into()))
    }
}

/// Returns the error for a name that is written twice.
pub fn duplicate<E: Error>(name: &str) -> E {
    E::custom(format!("{}写了两次，请删去一个", crate::text::quoted(name)))
}

/// Returns the message for an unknown name. Of many known names, it lists those that begin alike.
pub fn unknown<'n>(name: &str, known: impl IntoIterator<Item = &'n str>) -> String {
    let known: Vec<&str> = known.into_iter().collect();
    let start: String = name.chars().take(2).collect();
    let near: Vec<&str> = known.iter().copied().filter(|known| known.starts_with(&start)).take(5).collect();
    let name = crate::text::quoted(name);
    match (known.len(), near.len()) {
        (..=12, _) => format!("不认识的名称{name}，这里可以写：{}", known.join("、")),
        (_, 0) => format!("不认识的名称{name}，请核对拼写"),
        _ => format!("不认识的名称{name}，相近的有：{}", near.join("、")),
    }
}
