//! A draft as the text of its file: the form's order, one table row a line, one paragraph a line.

use std::fmt::Write;
use std::path::Path;

use super::atomic::{Expected, Written, replace_file_on};
use super::compiled;
use super::disk::{Disk, SystemDisk};
use super::{Fingerprint, StoreError, VERSION};
use crate::draft::{Draft, Totals, Value};
use crate::form::{Block, Body, FieldId, Form, Kind, Section};
use crate::text::put_quoted;

/// The text of a draft's file. The same draft always gives the same text; blanks are left out, and so
/// are the totals of an `auto` draft. Values of fields that the form lacks (they were entered before
/// the form was changed) stand under `kept`, so that saving loses nothing.
pub fn to_ron(form: &Form, draft: &Draft) -> String {
    let mut out = String::with_capacity(16 * 1024);
    // Writing to a String cannot fail.
    let _ = writeln!(out, "(\n  version: {VERSION},");
    push_header(&mut out, draft);
    for section in &form.sections {
        match &section.body {
            Body::Cover(ids) => push_cover(&mut out, form, draft, section, ids),
            Body::Narrative { .. } => push_narrative(&mut out, section, draft.get(&section.id)),
            Body::Table(blocks) => push_table(&mut out, form, draft, section, blocks),
        }
    }
    push_kept(&mut out, form, draft);
    push_notes(&mut out, form, draft);
    push_ignored(&mut out, draft);
    compiled::push_compiled(&mut out, draft.compiled.as_ref());
    out.push_str(")\n");
    out
}

fn push_header(out: &mut String, draft: &Draft) {
    let text = |out: &mut String, name: &str, text: &str| {
        out.push_str(name);
        out.push_str(": ");
        put_quoted(out, text);
    };
    text(out, "  forms: (disclosure", &draft.forms.disclosure);
    text(out, ", requests", &draft.forms.requests);
    out.push_str("),\n  totals: ");
    out.push_str(draft.totals.as_str());
    out.push_str(",\n");
    if let Some(last) = &draft.last_year {
        text(out, "  last", last);
        out.push_str(",\n");
    }
    if let Some(from) = &draft.provenance {
        text(out, "  provenance: (file", &from.file);
        text(out, ", format", &from.format);
        text(out, ", date", &from.date);
        out.push_str("),\n");
    }
}

fn push_cover(out: &mut String, form: &Form, draft: &Draft, section: &Section, ids: &[FieldId]) {
    let before = open_part(out, &section.id, "(");
    for id in ids {
        let value = draft.get(id.as_str());
        if let Some(field) = form.field(id.as_str()).filter(|_| !value.is_blank()) {
            out.push_str("    ");
            out.push_str(id.row());
            out.push_str(": ");
            push_value(out, &field.kind, value);
            out.push_str(",\n");
        }
    }
    close_part(out, before, ")");
}

fn push_narrative(out: &mut String, section: &Section, value: &Value) {
    if value.is_blank() {
        return;
    }
    let before = open_part(out, &section.id, "[");
    for paragraph in value.typed().split('\n') {
        out.push_str("    ");
        put_quoted(out, paragraph);
        out.push_str(",\n");
    }
    close_part(out, before, "]");
}

fn push_table(out: &mut String, form: &Form, draft: &Draft, section: &Section, blocks: &[Block]) {
    let lines = || blocks.iter().flat_map(|block| block.rows.iter().map(move |line| (block, line)));
    let section_start = open_part(out, &section.id, "(");
    for (at, (_, line)) in lines().enumerate() {
        // A row whose cells stand in two blocks is one row of the file, at its first place.
        if lines().take(at).any(|(_, earlier)| earlier.id == line.id) {
            continue;
        }
        let row_start = out.len();
        out.push_str("    ");
        out.push_str(&line.id);
        out.push_str(": (");
        let empty = out.len();
        for (block, line) in lines().skip(at).filter(|(_, other)| other.id == line.id) {
            for (column, id) in block.columns.iter().zip(&line.cells) {
                let value = draft.get(id.as_str());
                let computed = draft.totals == Totals::Auto && form.is_total(id.as_str());
                if value.is_blank() || computed {
                    continue;
                }
                if out.len() > empty {
                    out.push_str(", ");
                }
                out.push_str(&column.id);
                out.push_str(": ");
                push_value(out, &column.kind, value);
            }
        }
        if out.len() == empty {
            out.truncate(row_start);
        } else {
            out.push_str("),\n");
        }
    }
    close_part(out, section_start, ")");
}

fn push_kept(out: &mut String, form: &Form, draft: &Draft) {
    let before = open_part(out, "kept", "{");
    for (id, value) in draft.values().filter(|(id, _)| form.position(id.as_str()).is_none()) {
        out.push_str("    ");
        put_quoted(out, id.as_str());
        out.push_str(": ");
        put_quoted(out, &value.typed());
        out.push_str(",\n");
    }
    close_part(out, before, "}");
}

fn push_notes(out: &mut String, form: &Form, draft: &Draft) {
    let before = open_part(out, "notes", "{");
    let place = |id: &FieldId| form.position(id.as_str()).unwrap_or(usize::MAX);
    let mut notes: Vec<_> = draft.notes.iter().collect();
    notes.sort_by_key(|(id, _)| place(id));
    for (id, note) in notes {
        out.push_str("    ");
        put_quoted(out, id.as_str());
        out.push_str(": ");
        put_quoted(out, note);
        out.push_str(",\n");
    }
    close_part(out, before, "}");
}

fn push_ignored(out: &mut String, draft: &Draft) {
    let before = open_part(out, "waivers", "[");
    for (finding, reason) in &draft.ignored_findings {
        out.push_str("    (rule: ");
        put_quoted(out, &finding.rule);
        out.push_str(", fields: [");
        for (at, id) in finding.fields.iter().enumerate() {
            if at > 0 {
                out.push_str(", ");
            }
            put_quoted(out, id.as_str());
        }
        out.push_str("], reason: ");
        put_quoted(out, reason);
        out.push_str("),\n");
    }
    close_part(out, before, "]");
}

/// Opens a part of the file; gives the lengths before and after, for [`close`].
fn open_part(out: &mut String, name: &str, bracket: &str) -> (usize, usize) {
    let before = out.len();
    out.push_str("  ");
    out.push_str(name);
    out.push_str(": ");
    out.push_str(bracket);
    out.push('\n');
    (before, out.len())
}

/// Closes a part, or takes it away where nothing was written in it.
fn close_part(out: &mut String, (before, empty): (usize, usize), bracket: &str) {
    if out.len() == empty {
        out.truncate(before);
    } else {
        out.push_str("  ");
        out.push_str(bracket);
        out.push_str(",\n");
    }
}

/// A value as a plain number where those digits are read back as the same value, else as it is typed.
fn push_value(out: &mut String, kind: &Kind, value: &Value) {
    let number = match (kind, value) {
        (Kind::Count, Value::Count(number)) if *number < 1_000_000_000_000_000 => i64::try_from(*number).ok(),
        (Kind::Year, Value::Count(year)) if (1949..=2999).contains(year) => i64::try_from(*year).ok(),
        (Kind::Change, Value::Change { amount, typed }) if amount.to_string() == *typed => Some(*amount),
        _ => None,
    };
    match number {
        Some(number) => {
            let _ = write!(out, "{number}");
        }
        None => put_quoted(out, &value.typed()),
    }
}

/// A draft that was saved.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Saved {
    /// What the file is now, to notice when somebody else changes it.
    pub fingerprint: Fingerprint,
    /// What of the old file could not be kept.
    pub written: Written,
    /// The text that was written.
    pub text: String,
}

/// Saves a draft to a file, whole or not at all, where what is expected is in it; says what became of it.
///
/// # Errors
/// As [`super::atomic::replace_file`].
pub fn save_expected(
    path: &Path,
    form: &Form,
    draft: &Draft,
    expected: Expected,
) -> Result<Saved, StoreError> {
    save_on(&SystemDisk, path, form, draft, expected)
}

/// Saves a draft on a disk as [`save_expected`] does.
///
/// # Errors
/// As [`save_expected`].
pub fn save_on(
    disk: &dyn Disk,
    path: &Path,
    form: &Form,
    draft: &Draft,
    expected: Expected,
) -> Result<Saved, StoreError> {
    let text = to_ron(form, draft);
    let written = replace_file_on(disk, path, text.as_bytes(), expected)?;
    let fingerprint = Fingerprint { modified: written.modified, ..Fingerprint::of(text.as_bytes()) };
    Ok(Saved { fingerprint, written, text })
}
