//! The units of a compiled report in its file: one unit a line, one adjustment a line.

use crate::draft::{Adjustment, Compiled, CompiledUnit};
use crate::text::put_quoted;

/// Appends the part of the file; nothing where the report is not a compiled one.
pub(super) fn push_compiled(out: &mut String, compiled: Option<&Compiled>) {
    let Some(Compiled { units, missing, adjustments }) = compiled else { return };
    out.push_str("  compiled: (\n    units: [\n");
    for CompiledUnit { unit, file, print } in units {
        push_line(out, [("unit", unit), ("file", file), ("print", print)]);
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
            push_line(out, [("field", field.as_str()), ("amount", &amount), ("reason", reason)]);
        }
        out.push_str("    ],\n");
    }
    out.push_str("  ),\n");
}

fn push_line(out: &mut String, texts: [(&str, &str); 3]) {
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
