//! Findings as text: by unit, only what is wrong, each with its place in the form's words.

use std::fmt::Write;

use super::super::plain;
use super::examine::{Examined, place};
use super::summary::Summary;
use crate::check::Finding;

/// The findings of one file; nothing where there are none.
pub(super) fn render(examined: &Examined) -> String {
    let mut out = String::new();
    if examined.findings.is_empty() {
        return out;
    }
    let title = examined.title();
    let head = match title.as_str() {
        "" if examined.readable => "（没有写单位）",
        "" => "（读不出来）",
        title => title,
    };
    let counts = Summary::of(examined).counts();
    // Writing to a String cannot fail.
    let _ = writeln!(out, "{}（{}）：{counts}", plain::line(head), plain::line(&examined.file));
    for finding in &examined.findings {
        let Finding { rule, weight, message, waived, .. } = finding;
        let _ = writeln!(out, "  [{} {rule}] {}", weight.say(), plain::line(message));
        if let Some(form) = &examined.form {
            let place = place(form, finding);
            if !place.is_empty() {
                let _ = writeln!(out, "      {}", plain::line(&place));
            }
        }
        if let Some(reason) = waived {
            let _ = writeln!(out, "      已搁置：{}", plain::line(reason));
        }
    }
    out.push('\n');
    out
}
