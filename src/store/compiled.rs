//! The units of a compiled report in its file: one unit a line, one adjustment a line.

use std::fmt::{self, Write};

use crate::draft::{Adjustment, Compiled, CompiledUnit};
use crate::text::RonText;

/// Writes the part of the file about units; nothing if the report is not a compiled one.
pub(super) fn write_compiled(out: &mut String, compiled: Option<&Compiled>) -> fmt::Result {
    let Some(Compiled { units, missing, adjustments }) = compiled else { return Ok(()) };
    out.write_str("  compiled: (\n    units: [\n")?;
    for CompiledUnit { unit, file, print } in units {
        let (unit, file, print) = (RonText(unit), RonText(file), RonText(print));
        writeln!(out, "      (unit: {unit}, file: {file}, print: {print}),")?;
    }
    out.write_str("    ],\n")?;
    if !missing.is_empty() {
        out.write_str("    missing: [\n")?;
        missing.iter().try_for_each(|unit| writeln!(out, "      {},", RonText(unit)))?;
        out.write_str("    ],\n")?;
    }
    if !adjustments.is_empty() {
        out.write_str("    adjustments: [\n")?;
        for Adjustment { field, amount, reason } in adjustments {
            let (field, reason) = (RonText(field.as_str()), RonText(reason));
            writeln!(out, "      (field: {field}, amount: \"{amount}\", reason: {reason}),")?;
        }
        out.write_str("    ],\n")?;
    }
    out.write_str("  ),\n")
}
