//! `(name: value, …)` and `{"name": value, …}` read entry by entry, the names known only to the reader.
//!
//! serde's derived structures know their fields when the program is compiled; a form knows them when
//! it is read. Maps of serde let the last of two equal names win; here the reader sees each one.

use serde::de::{DeserializeSeed, Deserializer, Error, MapAccess, SeqAccess, Visitor};
use std::borrow::Cow;
use std::fmt;

/// Something that is read from named entries.
pub trait Keyed<'de> {
    /// What is expected at its place, to follow 这里应是.
    const WHAT: &'static str;

    /// Reads the value of one entry, or refuses its name.
    fn entry<A: MapAccess<'de>>(&mut self, name: &str, map: &mut A) -> Result<(), A::Error>;
}

/// Reads `(name: value, …)` into what it holds.
pub struct Named<'a, K>(pub &'a mut K);

/// Reads `{"name": value, …}` into what it holds.
pub struct Mapped<'a, K>(pub &'a mut K);

impl<'de, K: Keyed<'de>> DeserializeSeed<'de> for Named<'_, K> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, from: D) -> Result<(), D::Error> {
        from.deserialize_struct("", &[], Entries(self.0, Name))
    }
}

impl<'de, K: Keyed<'de>> DeserializeSeed<'de> for Mapped<'_, K> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, from: D) -> Result<(), D::Error> {
        from.deserialize_map(Entries(self.0, Words))
    }
}

struct Entries<'a, K, S>(&'a mut K, S);

impl<'de, K: Keyed<'de>, S> Visitor<'de> for Entries<'_, K, S>
where
    S: DeserializeSeed<'de, Value = Cow<'de, str>> + Copy,
{
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str(K::WHAT)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        while let Some(name) = map.next_key_seed(self.1)? {
            self.0.entry(&name, &mut map)?;
        }
        Ok(())
    }
}

/// Reads a bare name.
#[derive(Clone, Copy)]
pub struct Name;

/// Reads a quoted text, borrowed from the file where it has no escapes.
#[derive(Clone, Copy)]
pub struct Words;

impl<'de> DeserializeSeed<'de> for Name {
    type Value = Cow<'de, str>;

    fn deserialize<D: Deserializer<'de>>(self, from: D) -> Result<Cow<'de, str>, D::Error> {
        from.deserialize_identifier(Borrow)
    }
}

impl<'de> DeserializeSeed<'de> for Words {
    type Value = Cow<'de, str>;

    fn deserialize<D: Deserializer<'de>>(self, from: D) -> Result<Cow<'de, str>, D::Error> {
        from.deserialize_str(Borrow)
    }
}

struct Borrow;

impl<'de> Visitor<'de> for Borrow {
    type Value = Cow<'de, str>;

    fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str("一段用英文引号括起的文字")
    }

    fn visit_borrowed_str<E: Error>(self, text: &'de str) -> Result<Cow<'de, str>, E> {
        Ok(Cow::Borrowed(text))
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Cow<'de, str>, E> {
        Ok(Cow::Owned(text.into()))
    }
}

/// Reads `[ … ]`, each element by the same closure-free reader.
pub struct Each<'a, T>(pub &'a mut T);

/// Something that is read from a list.
pub trait Listed<'de> {
    /// What is expected at its place, to follow 这里应是.
    const WHAT: &'static str;

    /// Reads the elements.
    fn elements<A: SeqAccess<'de>>(&mut self, list: A) -> Result<(), A::Error>;
}

impl<'de, T: Listed<'de>> DeserializeSeed<'de> for Each<'_, T> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, from: D) -> Result<(), D::Error> {
        from.deserialize_seq(self)
    }
}

impl<'de, T: Listed<'de>> Visitor<'de> for Each<'_, T> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str(T::WHAT)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, list: A) -> Result<(), A::Error> {
        self.0.elements(list)
    }
}

/// The words for a name that is written twice.
pub fn twice<E: Error>(name: &str) -> E {
    E::custom(format!("{}写了两次，请删去一个", super::quoted(name)))
}

/// The words for a name that does not belong here. Of many names that do, those are named that begin
/// as it does.
pub fn unknown<'n, E: Error>(name: &str, known: impl Iterator<Item = &'n str>) -> E {
    let known: Vec<&str> = known.collect();
    let start: String = name.chars().take(2).collect();
    let near: Vec<&str> = known.iter().copied().filter(|known| known.starts_with(&start)).take(5).collect();
    let name = super::quoted(name);
    E::custom(match (known.len(), near.len()) {
        (..=12, _) => format!("不认识的名称{name}，这里可以写：{}", known.join("、")),
        (_, 0) => format!("不认识的名称{name}，请核对拼写"),
        _ => format!("不认识的名称{name}，相近的有：{}", near.join("、")),
    })
}
