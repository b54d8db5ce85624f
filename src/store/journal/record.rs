//! The records of a journal as bytes and back. Bytes of any kind may come in; none of them panics.

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use std::borrow::Cow;
use std::path::PathBuf;

use super::super::fingerprint::hash;
use super::super::path_text::{from_text, to_text};
use crate::draft::{Adjustment, Compiled, Draft, Forms, Money, Part, Totals, Value, Waived};
use crate::edit::{Change, Edit};
use crate::form::FieldId;

/// What a journal begins with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Head {
    /// The draft's file from the root; none for a draft that was never saved.
    pub draft: Option<PathBuf>,
    /// When the sitting began, `2026-01-20 09:30`.
    pub since: String,
    /// The text of the draft that the changes start from, as a draft file.
    pub text: String,
    /// The hash and length of the draft's file as it was then; none where there was no file.
    pub base: Option<(u64, u64)>,
}

/// One thing that happened to the draft.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Step {
    /// [`crate::edit::History::run`] with this edit.
    Run(Edit),
    /// [`crate::edit::History::run_typing`] with this edit.
    Typing(Edit),
    /// [`crate::edit::History::seal`].
    Seal,
    /// One edit was taken back.
    Undo,
    /// One edit was made again.
    Redo,
    /// The draft was saved to its file, which then had this hash and length.
    Saved(u64, u64),
    /// A cell is being typed, and its text is this so far. A later one takes the place of this one.
    Entry(FieldId, String),
    /// The typing of a cell has ended; the edit, if there was one, has a record of its own.
    EntryDone,
}

/// A record as it is written. The states before a change are not: replaying has them.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(super) enum Record<'a> {
    #[serde(rename = "head")]
    Head {
        version: u32,
        #[serde(default)]
        draft: Option<Cow<'a, str>>,
        since: Cow<'a, str>,
        text: Cow<'a, str>,
        #[serde(default)]
        base: Option<(u64, u64)>,
    },
    #[serde(rename = "run")]
    Run(Vec<Put<'a>>),
    #[serde(rename = "type")]
    Typing(Vec<Put<'a>>),
    #[serde(rename = "seal")]
    Seal,
    #[serde(rename = "undo")]
    Undo,
    #[serde(rename = "redo")]
    Redo,
    #[serde(rename = "saved")]
    Saved(u64, u64),
    #[serde(rename = "entry")]
    Entry(Cow<'a, str>, Cow<'a, str>),
    #[serde(rename = "done")]
    EntryDone,
}

/// One change as it is written: what is there after it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(super) enum Put<'a> {
    #[serde(rename = "v")]
    Value(Cow<'a, str>, Stored<'a>),
    /// A text changed in one place: so many bytes stay at its start and at its end.
    #[serde(rename = "t")]
    Splice(Cow<'a, str>, usize, Cow<'a, str>, usize),
    #[serde(rename = "n")]
    Note(Cow<'a, str>, Option<Cow<'a, str>>),
    #[serde(rename = "totals")]
    Totals(bool),
    #[serde(rename = "forms")]
    Forms(Cow<'a, str>, Cow<'a, str>),
    #[serde(rename = "w")]
    Waiver(Cow<'a, str>, Vec<Cow<'a, str>>, Option<Cow<'a, str>>),
    #[serde(rename = "last")]
    Last(Option<Cow<'a, str>>),
    #[serde(rename = "units")]
    Compiled(Option<Units<'a>>),
}

/// The units of a compiled report: units, missing ones, adjustments.
type Units<'a> = (Vec<Three<'a>>, Vec<Cow<'a, str>>, Vec<Three<'a>>);
type Three<'a> = (Cow<'a, str>, Cow<'a, str>, Cow<'a, str>);

/// A value with nothing lost, whatever its field.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(super) enum Stored<'a> {
    #[serde(rename = "b")]
    Blank,
    #[serde(rename = "n")]
    Count(u64),
    #[serde(rename = "c")]
    Change(i64, Cow<'a, str>),
    #[serde(rename = "m")]
    Money(Cow<'a, str>, Cow<'a, str>, Cow<'a, str>),
    #[serde(rename = "a")]
    NotApplicable(Cow<'a, str>),
    #[serde(rename = "u")]
    Unreadable(Cow<'a, str>),
    #[serde(rename = "t")]
    Text(Cow<'a, str>),
}

/// The bytes of a journal's first record.
pub fn encode_head(head: &Head) -> Vec<u8> {
    let draft = head.draft.as_deref().map(|path| to_text(path).into());
    let Head { since, text, base, .. } = head;
    written(&Record::Head { version: 1, draft, since: since.into(), text: text.into(), base: *base })
}

/// The bytes of a record.
pub fn encode(step: &Step) -> Vec<u8> {
    written(&match step {
        Step::Run(edit) => Record::Run(puts(edit)),
        Step::Typing(edit) => Record::Typing(puts(edit)),
        Step::Seal => Record::Seal,
        Step::Undo => Record::Undo,
        Step::Redo => Record::Redo,
        Step::Saved(hash, length) => Record::Saved(*hash, *length),
        Step::Entry(field, text) => Record::Entry(field.as_str().into(), text.into()),
        Step::EntryDone => Record::EntryDone,
    })
}

/// The records of a journal up to the first that is torn or damaged, and how many bytes they take.
pub(super) fn decode(bytes: &[u8]) -> (Vec<Record<'_>>, usize) {
    let mut records = Vec::new();
    let mut at = 0;
    while let Some((record, length)) = bytes.get(at..).and_then(unframe) {
        records.push(record);
        at += length;
    }
    (records, at)
}

/// The head that a first record tells.
pub(super) fn head(record: &Record) -> Option<Head> {
    let Record::Head { version: 1, draft, since, text, base } = record else { return None };
    let draft = draft.as_deref().map(from_text);
    Some(Head { draft, since: since.to_string(), text: text.to_string(), base: *base })
}

fn written(record: &Record) -> Vec<u8> {
    // Records are made of texts, numbers and lists: JSON has a word for each.
    frame(&serde_json::to_vec(record).unwrap_or_default())
}

/// The bytes of a record that is JSON already: its length, its checksum, itself, the end of the line.
pub fn frame(json: &[u8]) -> Vec<u8> {
    let mut bytes = format!("{} {:016x} ", json.len(), hash(json)).into_bytes();
    bytes.extend(json);
    bytes.push(b'\n');
    bytes
}

/// The record at the start of some bytes with its whole length; none where it is not whole.
fn unframe(bytes: &[u8]) -> Option<(Record<'_>, usize)> {
    let space = bytes.iter().take(12).position(|byte| *byte == b' ')?;
    let length: usize = std::str::from_utf8(bytes.get(..space)?).ok()?.parse().ok()?;
    let sum = std::str::from_utf8(bytes.get(space + 1..space + 17)?).ok()?;
    let start = space + 18;
    let end = start.checked_add(length)?;
    let json = bytes.get(start..end)?;
    let framed = bytes.get(space + 17) == Some(&b' ') && bytes.get(end) == Some(&b'\n');
    if !framed || u64::from_str_radix(sum, 16).ok()? != hash(json) {
        return None;
    }
    Some((serde_json::from_slice(json).ok()?, end + 1))
}

fn puts(edit: &Edit) -> Vec<Put<'_>> {
    edit.changes.iter().map(put).collect()
}

fn put(change: &Change) -> Put<'_> {
    match change {
        Change::Field { id, before: Value::Text(before), after: Value::Text(after) } => {
            let (start, end) = common(before, after);
            let inserted = after.get(start..after.len() - end).unwrap_or_default();
            Put::Splice(id.as_str().into(), start, inserted.into(), end)
        }
        Change::Field { id, after, .. } => Put::Value(id.as_str().into(), store(after)),
        Change::Note { id, after, .. } => Put::Note(id.as_str().into(), after.as_deref().map(Into::into)),
        Change::Totals(_, after) => Put::Totals(*after == Totals::Auto),
        Change::Forms(_, Forms { disclosure, requests }) => Put::Forms(disclosure.into(), requests.into()),
        Change::Waiver { finding: Waived { rule, fields }, after, .. } => {
            let fields = fields.iter().map(|field| field.as_str().into()).collect();
            Put::Waiver(rule.into(), fields, after.as_deref().map(Into::into))
        }
        Change::Last(_, after) => Put::Last(after.as_deref().map(Into::into)),
        Change::Compiled(_, after) => Put::Compiled(after.as_ref().map(units)),
    }
}

fn units(compiled: &Compiled) -> Units<'_> {
    let Compiled { units, missing, adjustments } = compiled;
    let part = |part: &'_ Part| {
        let Part { unit, file, print } = part.clone();
        (unit.into(), file.into(), print.into())
    };
    let adjustment = |adjustment: &'_ Adjustment| {
        let Adjustment { field, amount, reason } = adjustment.clone();
        (field.to_string().into(), amount.to_string().into(), reason.into())
    };
    let missing = missing.iter().map(Into::into).collect();
    (units.iter().map(part).collect(), missing, adjustments.iter().map(adjustment).collect())
}

fn compiled((units, missing, adjustments): &Units) -> Option<Compiled> {
    let part = |(unit, file, print): &Three| Part {
        unit: unit.to_string(),
        file: file.to_string(),
        print: print.to_string(),
    };
    let adjustment = |(field, amount, reason): &Three| {
        let amount = Decimal::from_str_exact(amount).ok()?;
        Some(Adjustment { field: FieldId::new(field), amount, reason: reason.to_string() })
    };
    Some(Compiled {
        units: units.iter().map(part).collect(),
        missing: missing.iter().map(ToString::to_string).collect(),
        adjustments: adjustments.iter().map(adjustment).collect::<Option<_>>()?,
    })
}

/// How many bytes two texts share at their start and, beyond those, at their end.
fn common(before: &str, after: &str) -> (usize, usize) {
    let same = |(a, b): &(char, char)| a == b;
    let width = |(c, _): (char, char)| c.len_utf8();
    let start: usize = before.chars().zip(after.chars()).take_while(same).map(width).sum();
    let rest = (before.get(start..).unwrap_or_default(), after.get(start..).unwrap_or_default());
    let end = rest.0.chars().rev().zip(rest.1.chars().rev()).take_while(same).map(width).sum();
    (start, end)
}

fn store(value: &Value) -> Stored<'_> {
    match value {
        Value::Blank => Stored::Blank,
        Value::Count(number) => Stored::Count(*number),
        Value::Change { amount, typed } => Stored::Change(*amount, typed.into()),
        Value::Money(Money { amount, unit, typed }) => {
            Stored::Money(amount.to_string().into(), unit.into(), typed.into())
        }
        Value::NotApplicable(text) => Stored::NotApplicable(text.into()),
        Value::Unreadable(text) => Stored::Unreadable(text.into()),
        Value::Text(text) => Stored::Text(text.into()),
    }
}

fn value(stored: &Stored) -> Option<Value> {
    Some(match stored {
        Stored::Blank => Value::Blank,
        Stored::Count(number) => Value::Count(*number),
        Stored::Change(amount, typed) => Value::Change { amount: *amount, typed: typed.to_string() },
        Stored::Money(amount, unit, typed) => Value::Money(Money {
            amount: Decimal::from_str_exact(amount).ok()?,
            unit: unit.to_string(),
            typed: typed.to_string(),
        }),
        Stored::NotApplicable(text) => Value::NotApplicable(text.to_string()),
        Stored::Unreadable(text) => Value::Unreadable(text.to_string()),
        Stored::Text(text) => Value::Text(text.to_string()),
    })
}

/// The edit that a record stands for, in a draft as it was then. None where it does not fit the draft.
pub(super) fn edit(puts: &[Put], draft: &Draft) -> Option<Edit> {
    if let [put] = puts {
        return Some(Edit { changes: vec![change(put, draft)?] });
    }
    let mut then = draft.clone();
    let mut edit = Edit::new();
    for put in puts {
        let change = change(put, &then)?;
        Edit { changes: vec![change.clone()] }.apply(&mut then);
        edit.changes.push(change);
    }
    Some(edit)
}

fn change(put: &Put, draft: &Draft) -> Option<Change> {
    Some(match put {
        Put::Value(id, stored) => {
            let before = draft.get(id).clone();
            Change::Field { id: FieldId::new(id), before, after: value(stored)? }
        }
        Put::Splice(id, start, inserted, end) => {
            let before = draft.text(id);
            let tail = before.get(before.len().checked_sub(*end)?..)?;
            let head = before.get(..*start).filter(|head| head.len() + tail.len() <= before.len())?;
            let after = Value::Text([head, inserted, tail].concat());
            Change::Field { id: FieldId::new(id), before: draft.get(id).clone(), after }
        }
        Put::Note(id, after) => {
            let before = draft.notes.get(id.as_ref()).cloned();
            Change::Note { id: FieldId::new(id), before, after: after.as_deref().map(String::from) }
        }
        Put::Totals(auto) => Change::Totals(draft.totals, if *auto { Totals::Auto } else { Totals::Typed }),
        Put::Forms(disclosure, requests) => {
            let after = Forms { disclosure: disclosure.to_string(), requests: requests.to_string() };
            Change::Forms(draft.forms.clone(), after)
        }
        Put::Waiver(rule, fields, after) => {
            let fields = fields.iter().map(|field| FieldId::new(field)).collect();
            let finding = Waived { rule: rule.to_string(), fields };
            let before = draft.waivers.get(&finding).cloned();
            Change::Waiver { finding, before, after: after.as_deref().map(String::from) }
        }
        Put::Last(after) => Change::Last(draft.last.clone(), after.as_deref().map(String::from)),
        Put::Compiled(None) => Change::Compiled(draft.compiled.clone(), None),
        Put::Compiled(Some(units)) => Change::Compiled(draft.compiled.clone(), Some(compiled(units)?)),
    })
}
