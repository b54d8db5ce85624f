//! Findings as text: by unit, only what is wrong, each with its location in the terms of the form.

use std::fmt::Write;

use super::super::escape::escape_line;
use super::super::style::{Painter, Part};
use super::summary::Summary;
use crate::check::Finding;
use crate::units::file_checker::{CheckedFile, place};

/// Returns the findings of one file; empty if there are none.
pub(super) fn render(checked: &CheckedFile, painter: Painter) -> String {
    let mut out = String::new();
    if checked.findings.is_empty() {
        return out;
    }
    let title = checked.title();
    let head = match title.as_str() {
        "" if checked.readable => "（没有写单位）",
        "" => "（无法读取）",
        title => title,
    };
    let counts = Summary::of(checked).counts();
    // Writing to a String cannot fail.
    let head = painter.paint(Part::Heading, &format!("{head}（{}）", checked.file));
    let _ = writeln!(out, "{head}：{counts}");
    for finding in &checked.findings {
        let Finding { rule, severity, message, ignored, .. } = finding;
        let label = painter.paint(Part::Severity(*severity), &format!("[{} {rule}]", severity.label()));
        let _ = writeln!(out, "  {label} {}", escape_line(message));
        if let Some(form) = &checked.form {
            let place = place(form, finding);
            if !place.is_empty() {
                let _ = writeln!(out, "      {}", escape_line(&place));
            }
        }
        if let Some(reason) = ignored {
            let _ = writeln!(out, "      已搁置：{}", escape_line(reason));
        }
    }
    out.push('\n');
    out
}
