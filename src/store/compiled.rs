//! The units of a compiled report in its file: one unit a line, one adjustment a line.

use rust_decimal::Decimal;
use serde::de::{DeserializeSeed, Deserializer, Error, MapAccess, SeqAccess};

use super::keyed::{Each, Keyed, Listed, Named, Words, twice, unknown};
use super::margin::Names;
use super::words::{put_quoted, quoted};
use crate::draft::{Adjustment, Compiled, Part};
use crate::form::FieldId;

/// Appends the part of the file; nothing where the report is not a compiled one.
pub(super) fn put(out: &mut String, compiled: Option<&Compiled>) {
    let Some(Compiled { units, missing, adjustments }) = compiled else { return };
    out.push_str("  compiled: (\n    units: [\n");
    for Part { unit, file, print } in units {
        put_line(out, [("unit", unit), ("file", file), ("print", print)]);
    }
    out.push_str("    ],\n");
    if !missing.is_empty() {
        out.push_str("    missing: [\n");
        for unit in missing {
            out.push_str("      ");
            put_quoted(out, unit);
            out.push_str(",\n");
        }
        out.push_str("    ],\n");
    }
    if !adjustments.is_empty() {
        out.push_str("    adjustments: [\n");
        for Adjustment { field, amount, reason } in adjustments {
            let amount = amount.to_string();
            put_line(out, [("field", field.as_str()), ("amount", &amount), ("reason", reason)]);
        }
        out.push_str("    ],\n");
    }
    out.push_str("  ),\n");
}

fn put_line(out: &mut String, texts: [(&str, &str); 3]) {
    out.push_str("      (");
    for (at, (name, text)) in texts.into_iter().enumerate() {
        if at > 0 {
            out.push_str(", ");
        }
        out.push_str(name);
        out.push_str(": ");
        put_quoted(out, text);
    }
    out.push_str("),\n");
}

/// The part of the file while it is read.
#[derive(Default)]
pub(super) struct Compilation {
    /// What was read.
    pub whole: Compiled,
    seen: Vec<String>,
}

impl<'de> Keyed<'de> for Compilation {
    const WHAT: &'static str = "圆括号括起的汇总说明";

    fn entry<A: MapAccess<'de>>(&mut self, name: &str, map: &mut A) -> Result<(), A::Error> {
        if self.seen.iter().any(|seen| seen == name) {
            return Err(twice(name));
        }
        self.seen.push(name.into());
        let whole = &mut self.whole;
        match name {
            "units" => map.next_value_seed(Each(&mut Units(&mut whole.units))),
            "missing" => map.next_value_seed(Each(&mut Missing(&mut whole.missing))),
            "adjustments" => map.next_value_seed(Each(&mut Adjustments(&mut whole.adjustments))),
            _ => Err(unknown(name, ["units", "missing", "adjustments"].into_iter())),
        }
    }
}

/// One `(name: "…", …)` of three texts.
struct Three([&'static str; 3]);

impl<'de> DeserializeSeed<'de> for Three {
    type Value = [String; 3];

    fn deserialize<D: Deserializer<'de>>(self, from: D) -> Result<[String; 3], D::Error> {
        let mut names = Names::new(self.0);
        Named(&mut names).deserialize(from)?;
        names.all()
    }
}

struct Units<'a>(&'a mut Vec<Part>);

impl<'de> Listed<'de> for Units<'_> {
    const WHAT: &'static str = "方括号括起的各单位";

    fn elements<A: SeqAccess<'de>>(&mut self, mut list: A) -> Result<(), A::Error> {
        while let Some([unit, file, print]) = list.next_element_seed(Three(["unit", "file", "print"]))? {
            self.0.push(Part { unit, file, print });
        }
        Ok(())
    }
}

struct Missing<'a>(&'a mut Vec<String>);

impl<'de> Listed<'de> for Missing<'_> {
    const WHAT: &'static str = "方括号括起的单位名称";

    fn elements<A: SeqAccess<'de>>(&mut self, mut list: A) -> Result<(), A::Error> {
        while let Some(unit) = list.next_element_seed(Words)? {
            self.0.push(unit.into_owned());
        }
        Ok(())
    }
}

struct Adjustments<'a>(&'a mut Vec<Adjustment>);

impl<'de> Listed<'de> for Adjustments<'_> {
    const WHAT: &'static str = "方括号括起的各条调整";

    fn elements<A: SeqAccess<'de>>(&mut self, mut list: A) -> Result<(), A::Error> {
        while let Some([field, amount, reason]) =
            list.next_element_seed(Three(["field", "amount", "reason"]))?
        {
            let Ok(exact) = Decimal::from_str_exact(&amount) else {
                return Err(A::Error::custom(format!("调整的数{}不是数，如 \"-2\"", quoted(&amount))));
            };
            self.0.push(Adjustment { field: FieldId::new(&field), amount: exact, reason });
        }
        Ok(())
    }
}
