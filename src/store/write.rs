//! A draft as the text of its file: the form's order, one table row a line, one paragraph a line.

use std::fmt::{self, Write};
use std::path::Path;

use super::atomic::{Expected, Written, replace_file_on};
use super::compiled::write_compiled;
use super::disk::{Disk, SystemDisk};
use super::{Fingerprint, StoreError, VERSION};
use crate::draft::{Draft, FormIds, Provenance, ReportState, Totals, Unread, Value};
use crate::form::{Block, Body, FieldId, Form, Kind, Section};
use crate::text::RonText;

/// Returns the text of a draft's file. The same draft always gives the same text; blanks are left out,
/// and so are the totals of an `auto` draft. Under `kept` is what the form does not ask for: texts behind
/// tables, and values of fields that the form lacks (they were entered before the form was changed).
pub fn to_ron(form: &Form, draft: &Draft) -> String {
    let mut out = String::with_capacity(16 * 1024);
    // Writing to a String cannot fail.
    let _ = write_draft(&mut out, form, draft);
    out
}

fn write_draft(out: &mut String, form: &Form, draft: &Draft) -> fmt::Result {
    writeln!(out, "(\n  version: {VERSION},")?;
    write_header(out, draft)?;
    for section in &form.sections {
        match &section.body {
            Body::Cover(ids) => write_cover(out, form, draft, section, ids)?,
            Body::Narrative { .. } => {
                let value = draft.get(&section.id);
                write_part(out, &section.id, ["[", "]"], |out| write_paragraphs(out, "", value))?;
            }
            Body::Table(blocks) => write_table(out, form, draft, section, blocks)?,
            Body::TableText => {}
        }
    }
    write_kept(out, form, draft)?;
    write_unread(out, form, draft)?;
    write_notes(out, form, draft)?;
    write_ignored(out, draft)?;
    write_compiled(out, draft.compiled.as_ref())?;
    out.write_str(")\n")
}

fn write_header(out: &mut String, draft: &Draft) -> fmt::Result {
    let FormIds { disclosure, requests } = &draft.forms;
    writeln!(out, "  forms: (disclosure: {}, requests: {}),", RonText(disclosure), RonText(requests))?;
    writeln!(out, "  totals: {},", draft.totals.as_str())?;
    if draft.state != ReportState::Filling {
        writeln!(out, "  state: {},", RonText(draft.state.label()))?;
    }
    if let Some(last) = &draft.last_year {
        writeln!(out, "  last: {},", RonText(last))?;
    }
    if let Some(Provenance { file, format, date, headings, rows }) = &draft.provenance {
        let (file, format, date) = (RonText(file), RonText(format), RonText(date));
        write!(out, "  provenance: (file: {file}, format: {format}, date: {date}")?;
        if !headings.is_empty() {
            let list: Vec<String> = headings.iter().map(|text| RonText(text).to_string()).collect();
            write!(out, ", headings: [{}]", list.join(", "))?;
        }
        if !rows.is_empty() {
            out.write_str(", rows: {\n")?;
            for (row, place) in rows {
                writeln!(out, "    {}: {},", RonText(row), RonText(place))?;
            }
            out.write_str("  }")?;
        }
        out.write_str("),\n")?;
    }
    Ok(())
}

fn write_cover(
    out: &mut String,
    form: &Form,
    draft: &Draft,
    section: &Section,
    ids: &[FieldId],
) -> fmt::Result {
    write_part(out, &section.id, ["(", ")"], |out| {
        for id in ids {
            let value = draft.get(id.as_str());
            if let Some(field) = form.field(id.as_str()).filter(|_| !value.is_blank()) {
                write!(out, "    {}: ", id.row())?;
                write_value(out, &field.kind, value)?;
                out.write_str(",\n")?;
            }
        }
        Ok(())
    })
}

/// Writes the paragraphs of a narrative, one a line; nothing if it is blank.
fn write_paragraphs(out: &mut String, indent: &str, value: &Value) -> fmt::Result {
    if value.is_blank() {
        return Ok(());
    }
    value.typed().split('\n').try_for_each(|text| writeln!(out, "{indent}    {},", RonText(text)))
}

fn write_table(
    out: &mut String,
    form: &Form,
    draft: &Draft,
    section: &Section,
    blocks: &[Block],
) -> fmt::Result {
    let lines = || blocks.iter().flat_map(|block| block.rows.iter().map(move |line| (block, line)));
    write_part(out, &section.id, ["(", ")"], |out| {
        for (at, (_, line)) in lines().enumerate() {
            // A row whose cells are in two blocks is one row of the file, in its first position.
            if lines().take(at).any(|(_, earlier)| earlier.id == line.id) {
                continue;
            }
            let row_start = out.len();
            write!(out, "    {}: (", line.id)?;
            let empty = out.len();
            for (block, line) in lines().skip(at).filter(|(_, other)| other.id == line.id) {
                for (column, id) in block.columns.iter().zip(&line.cells) {
                    let value = draft.get(id.as_str());
                    let computed = draft.totals == Totals::Auto && form.is_total(id.as_str());
                    if value.is_blank() || computed || value.unread().is_some() {
                        continue;
                    }
                    let separator = if out.len() > empty { ", " } else { "" };
                    write!(out, "{separator}{}: ", column.id)?;
                    write_value(out, &column.kind, value)?;
                }
            }
            if out.len() == empty {
                out.truncate(row_start);
            } else {
                out.write_str("),\n")?;
            }
        }
        Ok(())
    })
}

fn write_kept(out: &mut String, form: &Form, draft: &Draft) -> fmt::Result {
    let other =
        |(id, value): &(&FieldId, &Value)| form.position(id.as_str()).is_none() && value.unread().is_none();
    let mut others = draft.values().filter(other);
    write_part(out, "kept", ["{", "}"], |out| {
        for section in form.sections.iter().filter(|section| matches!(section.body, Body::TableText)) {
            let value = draft.get(&section.id);
            if !value.is_blank() {
                writeln!(out, "    {}: [", RonText(&section.id))?;
                write_paragraphs(out, "  ", value)?;
                out.write_str("    ],\n")?;
            }
        }
        others.try_for_each(|(id, value)| {
            writeln!(out, "    {}: {},", RonText(id.as_str()), RonText(&value.typed()))
        })
    })
}

/// Writes the cells that an import could not tell, each in a line with what is known of it.
fn write_unread(out: &mut String, form: &Form, draft: &Draft) -> fmt::Result {
    let computed = |id: &FieldId| draft.totals == Totals::Auto && form.is_total(id.as_str());
    let stored = draft.values().filter(|(id, _)| !computed(id));
    let mut cells: Vec<_> = stored.filter_map(|(id, value)| Some((id, value.unread()?))).collect();
    cells.sort_by_key(|(id, _)| form.position(id.as_str()).unwrap_or(usize::MAX));
    write_part(out, "unread", ["{", "}"], |out| {
        for (id, Unread { candidates, line, text }) in cells {
            write!(out, "    {}: (candidates: [", RonText(id.as_str()))?;
            for (at, candidate) in candidates.iter().enumerate() {
                write!(out, "{}{}", if at > 0 { ", " } else { "" }, RonText(candidate))?;
            }
            writeln!(out, "], line: {line}, text: {}),", RonText(text))?;
        }
        Ok(())
    })
}

fn write_notes(out: &mut String, form: &Form, draft: &Draft) -> fmt::Result {
    let mut notes: Vec<_> = draft.notes.iter().collect();
    notes.sort_by_key(|(id, _)| form.position(id.as_str()).unwrap_or(usize::MAX));
    write_part(out, "notes", ["{", "}"], |out| {
        let mut notes = notes.into_iter();
        notes.try_for_each(|(id, note)| writeln!(out, "    {}: {},", RonText(id.as_str()), RonText(note)))
    })
}

fn write_ignored(out: &mut String, draft: &Draft) -> fmt::Result {
    write_part(out, "waivers", ["[", "]"], |out| {
        for (finding, reason) in &draft.ignored_findings {
            write!(out, "    (rule: {}, fields: [", RonText(&finding.rule))?;
            for (at, id) in finding.fields.iter().enumerate() {
                write!(out, "{}{}", if at > 0 { ", " } else { "" }, RonText(id.as_str()))?;
            }
            writeln!(out, "], reason: {}),", RonText(reason))?;
        }
        Ok(())
    })
}

/// Writes a part of the file between brackets; nothing if `content` writes nothing.
fn write_part(
    out: &mut String,
    name: &str,
    [open, close]: [&str; 2],
    content: impl FnOnce(&mut String) -> fmt::Result,
) -> fmt::Result {
    let before = out.len();
    writeln!(out, "  {name}: {open}")?;
    let empty = out.len();
    content(out)?;
    if out.len() == empty {
        out.truncate(before);
        return Ok(());
    }
    writeln!(out, "  {close},")
}

/// Writes a value as a plain number if those digits are read back as the same value, else as a string.
fn write_value(out: &mut String, kind: &Kind, value: &Value) -> fmt::Result {
    match (kind, value) {
        (Kind::Count, Value::Count(number)) if *number < 1_000_000_000_000_000 => write!(out, "{number}"),
        (Kind::Year, Value::Count(year)) if (1949..=2999).contains(year) => write!(out, "{year}"),
        (Kind::Change, Value::Change { amount, typed }) if amount.to_string() == *typed => {
            write!(out, "{amount}")
        }
        _ => write!(out, "{}", RonText(&value.typed())),
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
/// Returns an error in the same cases as [`super::atomic::replace_file`].
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
/// Returns an error in the same cases as [`save_expected`].
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
