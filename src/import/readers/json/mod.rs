//! A draft from JSON: what [`crate::export::json`] writes, and transcriptions of the same shape.
//!
//! A transcription has no `version` and no `totals` (its totals are the document's own, `typed`), names its
//! forms `disclosure_form` and `requests_form`, and may carry other keys, which are left alone. Numbers
//! keep their spelling; none is converted to floating point.

use serde::de::{Deserializer, MapAccess, Visitor};
use serde_json::value::RawValue;
use std::collections::HashSet;
use std::fmt;

use crate::draft::{Amount, Draft, FormIds, Ledger, Totals, Value, parse_value};
use crate::export::json::VERSION;
use crate::form::{FieldId, Form, Kind, Library};

#[cfg(test)]
mod tests;

/// The largest text that is read, in bytes. A report with its narratives is far below it.
pub const LARGEST: usize = 16 * 1024 * 1024;

/// Why a JSON text is not a draft, and where.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{line}:{column}：{message}")]
pub struct JsonError {
    /// Line, from 1.
    pub line: usize,
    /// Column in characters, from 1.
    pub column: usize,
    /// What is wrong and what to do.
    pub message: String,
}

/// Something that was read but does not belong in the draft, or that the draft computes itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Remark {
    /// The line of the text, from 1.
    pub line: usize,
    /// What it is and what was done with it.
    pub message: String,
}

/// The result of reading a JSON text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reading {
    /// The draft. Totals are not stored in it where it computes them.
    pub draft: Draft,
    /// What could not be placed, in the order of the text.
    pub remarks: Vec<Remark>,
}

/// Reads a draft from JSON.
///
/// # Errors
/// Returns an error with the first position at which the text is not JSON of this shape: it is too large or
/// broken, has a name twice or a value of the wrong type, or needs an unknown form or a newer version.
pub fn from_json(text: &str, library: &Library) -> Result<Reading, JsonError> {
    if text.len() > LARGEST {
        let message = format!("文件超过 {} MB，不像一份报告", LARGEST / 1024 / 1024);
        return Err(JsonError { line: 1, column: 1, message });
    }
    Source { text: text.strip_prefix('\u{feff}').unwrap_or(text) }.draft(library)
}

/// Reads the members of an object in their order, values unread. Only one level is ever parsed at a
/// time, so that depth costs nothing.
struct MembersVisitor;

impl<'de> Visitor<'de> for MembersVisitor {
    type Value = Vec<(String, &'de RawValue)>;

    fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str("一组名称和值")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        std::iter::from_fn(|| map.next_entry().transpose()).collect()
    }
}

struct Source<'a> {
    text: &'a str,
}

impl<'a> Source<'a> {
    fn draft(&self, library: &Library) -> Result<Reading, JsonError> {
        let whole = self.members(self.text, "文件")?;
        let find = |name: &str| whole.iter().find(|(key, _)| key == name).map(|(_, raw)| *raw);
        if let Some(raw) = find("version") {
            self.version(raw)?;
        }
        let totals = self.totals(find("totals"))?;
        let unit = find("unit").map(|raw| self.string(raw, "unit")).transpose()?.flatten();
        let year = find("year").map(|raw| self.year(raw)).transpose()?.flatten();
        let forms = self.forms(&find, year, library)?;
        let mut draft = Draft::empty(forms);
        draft.totals = totals;
        let form = draft.form(library).map_err(|name| {
            let known: Vec<_> = library.list().into_iter().map(|(id, ..)| id).collect();
            self.fail(0, format!("没有名为“{name}”的格式，现有：{}", known.join("、")))
        })?;
        let mut remarks = Vec::new();
        self.cover(&mut draft, "cover.unit", unit.as_deref(), &form);
        self.cover(&mut draft, "cover.year", year, &form);

        let fields = find("fields").ok_or_else(|| self.fail(0, "缺少“fields”，各栏的数应写在里面".into()))?;
        let mut sums = Vec::new();
        for (name, raw) in self.members(fields.get(), "fields")? {
            let at = self.place(raw.get());
            let Some(field) = form.field(&name) else {
                if raw.get() != "null" {
                    let text = self.string(raw, &name).unwrap_or_default().unwrap_or_default();
                    let text = if text.is_empty() { text } else { format!("：{text}") };
                    let message = format!("格式里没有“{}”这一栏，没有读入{text}", brief(&name));
                    remarks.push(Remark { line: self.line(at), message });
                }
                continue;
            };
            let value = self.value(&field.kind, &name, raw)?;
            if totals == Totals::Auto && field.sum.is_some() {
                sums.push((field.id.clone(), value, self.line(at)));
                continue;
            }
            let before = draft.set(field.id.clone(), value);
            let now = draft.get(&name);
            if before != Value::Blank && before != *now {
                let key = field.id.row();
                let message = format!(
                    "开头的 {key} 是“{}”，fields 里是“{}”，取 fields 里的",
                    before.typed(),
                    now.typed()
                );
                remarks.push(Remark { line: self.line(at), message });
            }
        }
        self.compare(&form, &draft, sums, &mut remarks);
        if let Some(raw) = find("notes") {
            self.notes(raw, &form, &mut draft, &mut remarks)?;
        }
        remarks.sort_by_key(|remark| remark.line);
        Ok(Reading { draft, remarks })
    }

    fn version(&self, raw: &RawValue) -> Result<(), JsonError> {
        let message = match raw.get().parse::<u64>() {
            Ok(VERSION) => return Ok(()),
            Ok(newer) if newer > VERSION => {
                format!("这份文件是第 {newer} 版的写法，本程序只认到第 {VERSION} 版，请换用新的程序")
            }
            _ => format!("version 应是 {VERSION}"),
        };
        Err(self.fail(self.place(raw.get()), message))
    }

    fn totals(&self, raw: Option<&'a RawValue>) -> Result<Totals, JsonError> {
        let Some(raw) = raw else { return Ok(Totals::Typed) };
        match self.string(raw, "totals")?.as_deref() {
            Some("auto") => Ok(Totals::Auto),
            Some("typed") => Ok(Totals::Typed),
            _ => Err(self.fail(self.place(raw.get()), "totals 应是 \"auto\" 或 \"typed\"".into())),
        }
    }

    fn year(&self, raw: &'a RawValue) -> Result<Option<&'a str>, JsonError> {
        let text = raw.get();
        if text == "null" {
            return Ok(None);
        }
        if matches!(parse_value(&Kind::Year, text), Value::Count(_)) {
            return Ok(Some(text));
        }
        Err(self.fail(self.place(text), "year 应是四位数的年度，如 2025".into()))
    }

    fn forms(
        &self,
        find: &impl Fn(&str) -> Option<&'a RawValue>,
        year: Option<&str>,
        library: &Library,
    ) -> Result<FormIds, JsonError> {
        let mut names = (None, None);
        if let Some(raw) = find("forms") {
            for (name, raw) in self.members(raw.get(), "forms")? {
                match name.as_str() {
                    "disclosure" => names.0 = self.string(raw, "disclosure")?,
                    "requests" => names.1 = self.string(raw, "requests")?,
                    _ => {
                        let message = "forms 里只能写 disclosure 和 requests".into();
                        return Err(self.fail(self.place(raw.get()), message));
                    }
                }
            }
        }
        let string = |name| find(name).map(|raw| self.string(raw, name)).transpose().map(Option::flatten);
        let disclosure = string("disclosure_form")?.or(names.0);
        let requests = string("requests_form")?.or(names.1);
        let by_year = year.and_then(|year| year.parse().ok()).map(|year| library.for_year(year).to_string());
        match (disclosure.or(by_year.clone()), requests.or(by_year)) {
            (Some(disclosure), Some(requests)) => Ok(FormIds { disclosure, requests }),
            _ => Err(self.fail(0, "不知道是哪一年的格式，请写上“forms”或“year”".into())),
        }
    }

    /// Sets unit or year as the head of the text has them; the fields may override them later.
    fn cover(&self, draft: &mut Draft, id: &str, text: Option<&str>, form: &Form) {
        if let (Some(text), Some(field)) = (text, form.field(id)) {
            draft.set(id, parse_value(&field.kind, text));
        }
    }

    fn value(&self, kind: &Kind, name: &str, raw: &RawValue) -> Result<Value, JsonError> {
        let text = raw.get();
        let number = kind.is_number() || *kind == Kind::Year;
        match text.as_bytes().first() {
            Some(b'n') => Ok(Value::Blank),
            Some(b'"') => Ok(parse_value(kind, &self.unquoted(raw)?)),
            Some(b'-' | b'0'..=b'9') if number => Ok(parse_value(kind, text)),
            _ => {
                let may = if number { "数、文字或 null" } else { "文字或 null" };
                Err(self.fail(self.place(text), format!("“{name}”应是{may}")))
            }
        }
    }

    /// Compares totals that an `auto` draft does not store: only those that differ from its sums are
    /// reported.
    fn compare(
        &self,
        form: &Form,
        draft: &Draft,
        sums: Vec<(FieldId, Value, usize)>,
        remarks: &mut Vec<Remark>,
    ) {
        let ledger = Ledger::new(form, draft);
        for (id, given, line) in sums {
            let sum = ledger.amount(form, id.as_str());
            let same = match sum {
                Amount::Known(sum) => given.number() == Some(sum),
                Amount::Blank | Amount::Unknown => given.typed() == sum.display_text(),
            };
            if !same {
                let shown =
                    |message: &str| if message.is_empty() { "空白".into() } else { message.to_string() };
                let (place, given, sum) =
                    (form.location(&id), shown(&given.typed()), shown(&sum.display_text()));
                let message =
                    format!("{place}：文件里是 {given}，各项相加是 {sum}；总计由程序计算，取 {sum}");
                remarks.push(Remark { line, message });
            }
        }
    }

    fn notes(
        &self,
        raw: &'a RawValue,
        form: &Form,
        draft: &mut Draft,
        remarks: &mut Vec<Remark>,
    ) -> Result<(), JsonError> {
        for (name, raw) in self.members(raw.get(), "notes")? {
            let Some(note) = self.string(raw, &name)? else { continue };
            if form.field(&name).is_some() {
                draft.notes.insert(name.as_str().into(), note);
            } else {
                let message = format!("格式里没有“{}”这一栏，它的附注没有读入：{note}", brief(&name));
                remarks.push(Remark { line: self.line(self.place(raw.get())), message });
            }
        }
        Ok(())
    }

    fn string(&self, raw: &RawValue, name: &str) -> Result<Option<String>, JsonError> {
        match raw.get().as_bytes().first() {
            Some(b'n') => Ok(None),
            Some(b'"') => self.unquoted(raw).map(Some),
            _ => Err(self.fail(self.place(raw.get()), format!("“{}”应是文字", brief(name)))),
        }
    }

    fn unquoted(&self, raw: &RawValue) -> Result<String, JsonError> {
        serde_json::from_str(raw.get())
            .map_err(|_| self.fail(self.place(raw.get()), "这段文字的转义写法不对".into()))
    }

    /// Returns the members of one object of the text, each name once.
    fn members(&self, object: &'a str, name: &str) -> Result<Vec<(String, &'a RawValue)>, JsonError> {
        let mut json = serde_json::Deserializer::from_str(object);
        let read = json.deserialize_map(MembersVisitor);
        let members = read.and_then(|members| json.end().map(|()| members)).map_err(|error| {
            let message = match error.classify() {
                serde_json::error::Category::Eof => "文件不完整，内容到此中断".into(),
                serde_json::error::Category::Data => format!("{name} 应是花括号括起的一组名称和值"),
                _ => "这里不合 JSON 的写法".into(),
            };
            self.fail(self.place(object) + offset(object, error.line(), error.column()), message)
        })?;
        let mut seen = HashSet::new();
        if let Some((key, raw)) = members.iter().find(|(key, _)| !seen.insert(key)) {
            let message = format!("“{}”写了两次，请删去一个", brief(key));
            return Err(self.fail(self.place(raw.get()), message));
        }
        Ok(members)
    }

    /// Returns where a part of the text begins, in bytes.
    fn place(&self, part: &str) -> usize {
        (part.as_ptr() as usize).saturating_sub(self.text.as_ptr() as usize).min(self.text.len())
    }

    fn line(&self, at: usize) -> usize {
        1 + self.text.bytes().take(at).filter(|byte| *byte == b'\n').count()
    }

    fn fail(&self, at: usize, message: String) -> JsonError {
        let before = &self.text.as_bytes()[..at.min(self.text.len())];
        let start = before.iter().rposition(|byte| *byte == b'\n').map_or(0, |end| end + 1);
        // Characters, not bytes: those that do not continue another.
        let column = 1 + before[start..].iter().filter(|byte| **byte & 0xc0 != 0x80).count();
        JsonError { line: self.line(at), column, message }
    }
}

/// Returns a byte position from a line and column of the JSON reader, both from 1.
fn offset(text: &str, line: usize, column: usize) -> usize {
    let start: usize = text.split_inclusive('\n').take(line.saturating_sub(1)).map(str::len).sum();
    start + column.saturating_sub(1)
}

/// Returns a name from the text, short enough for a message.
fn brief(name: &str) -> String {
    let mut short: String = name.chars().take(60).map(|c| if c.is_control() { '?' } else { c }).collect();
    if short.len() < name.len() {
        short.push('…');
    }
    short
}
