//! The values in a draft file, each read as its field's kind.

use serde::de::{DeserializeSeed, Deserializer, Error, Visitor};
use std::fmt;

use crate::draft::{Value, parse_value};
use crate::form::Kind;

/// Reads one cell: a plain number where the kind has one, else a quoted text as it was typed.
pub struct CellSeed<'k>(pub &'k Kind);

impl<'de> DeserializeSeed<'de> for CellSeed<'_> {
    type Value = Value;

    fn deserialize<D: Deserializer<'de>>(self, from: D) -> Result<Value, D::Error> {
        from.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for CellSeed<'_> {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str(match self.0 {
            Kind::Count | Kind::Change | Kind::Year => "一个整数，或用英文引号括起的文字",
            Kind::Money { .. } => "用英文引号括起的金额，如 \"12.5\"",
            Kind::Choice(_) | Kind::Text | Kind::Date | Kind::Prose => "一段用英文引号括起的文字",
        })
    }

    fn visit_u64<E: Error>(self, number: u64) -> Result<Value, E> {
        match self.0 {
            Kind::Count if number < 1_000_000_000_000_000 => Ok(Value::Count(number)),
            Kind::Year if (1949..=2999).contains(&number) => Ok(Value::Count(number)),
            Kind::Year => Err(E::custom(format!("年度 {number} 不在 1949 至 2999 之间"))),
            Kind::Count | Kind::Change => Ok(parse_value(self.0, &number.to_string())),
            _ => Err(E::invalid_type(serde::de::Unexpected::Unsigned(number), &self)),
        }
    }

    fn visit_i64<E: Error>(self, number: i64) -> Result<Value, E> {
        match (self.0, u64::try_from(number)) {
            (_, Ok(number)) => self.visit_u64(number),
            (Kind::Year, _) => Err(E::custom(format!("年度 {number} 不在 1949 至 2999 之间"))),
            (Kind::Count | Kind::Change, _) => Ok(parse_value(self.0, &number.to_string())),
            _ => Err(E::invalid_type(serde::de::Unexpected::Signed(number), &self)),
        }
    }

    fn visit_f64<E: Error>(self, number: f64) -> Result<Value, E> {
        match self.0 {
            Kind::Count | Kind::Change | Kind::Year => {
                Err(E::custom("这个数太大，或不是整数；要照原样保留，请用英文引号括起"))
            }
            _ => Err(E::invalid_type(serde::de::Unexpected::Float(number), &self)),
        }
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Value, E> {
        Ok(parse_value(self.0, text))
    }
}
