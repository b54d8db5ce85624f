//! Findings as text: by unit, only what is wrong, each with its place in the form's words.

use std::fmt::Write;

use super::super::plain;
use super::examine::Examined;
use super::summary::Summary;
use crate::check::Finding;
use crate::form::Form;

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

/// Where a finding is: the likely cell, or the cells it names, in the form's own words.
pub(super) fn place(form: &Form, finding: &Finding) -> String {
    if let Some(suspect) = &finding.suspect {
        return format!("可能在：{}", form.place(suspect));
    }
    match finding.fields.as_slice() {
        [] => String::new(),
        [one] => format!("位置：{}", form.place(one)),
        [one, .., last] if finding.fields.len() > 2 => {
            format!("位置：{} 到 {}，共 {} 栏", form.place(one), form.place(last), finding.fields.len())
        }
        [one, rest @ ..] => {
            let rest: Vec<_> = rest.iter().map(|id| form.place(id)).collect();
            format!("位置：{}；{}", form.place(one), rest.join("；"))
        }
    }
}
