//! Totals as live sums, and tally relations as conditional formats.

use rust_xlsxwriter::utility::row_col_to_cell_absolute;
use std::collections::HashMap;

use crate::draft::{Amount, Ledger};
use crate::form::{FieldId, Form, Relation};

/// The positions of a table's fields on its sheet: row and column from 0.
pub type CellPositions<'a> = HashMap<&'a str, (u32, u16)>;

/// Returns the fields as ranges of cells, `$D$5:$I$5,$K$5`; neighbours in a row or column are joined.
/// Returns `None` if one of them is not on this sheet.
fn cell_ranges(fields: &[FieldId], positions: &CellPositions) -> Option<String> {
    let mut runs: Vec<[(u32, u16); 2]> = Vec::new();
    for field in fields {
        let (row, column) = *positions.get(field.as_str())?;
        match runs.last_mut() {
            Some([first, last])
                if (last.0 == row && first.0 == row && last.1 + 1 == column)
                    || (last.1 == column && first.1 == column && last.0 + 1 == row) =>
            {
                *last = (row, column);
            }
            _ => runs.push([(row, column); 2]),
        }
    }
    let ranges = runs.into_iter().map(|[first, last]| {
        let [first_cell, last_cell] =
            [first, last].map(|(row, column)| row_col_to_cell_absolute(row, column));
        if first == last { first_cell } else { format!("{first_cell}:{last_cell}") }
    });
    Some(ranges.collect::<Vec<_>>().join(","))
}

/// Returns the live sum of a computed total. The total of blanks stays blank until there is something to
/// add; one over parts that are not known stays blank until each of them is a number: never a partial sum.
pub fn total_formula(form: &Form, ledger: &Ledger, field: &str, positions: &CellPositions) -> Option<String> {
    let relation = form.relations().get(form.field(field)?.sum?)?;
    let parts = cell_ranges(&relation.right, positions)?;
    Some(match ledger.amount(form, field) {
        Amount::Known(_) => format!("=SUM({parts})"),
        Amount::Blank => {
            // A sum that is blank is an empty text, which COUNTA would count.
            let computed = relation.right.iter().all(|part| ledger.is_computed(form, part.as_str()));
            let count = if computed { "COUNT" } else { "COUNTA" };
            format!("=IF({count}({parts})=0,\"\",SUM({parts}))")
        }
        Amount::Unknown => {
            let known = all_known(form, ledger, relation.right.iter(), positions)?;
            format!("=IF({known},SUM({parts}),\"\")")
        }
    })
}

/// Returns the condition that every field that is not known now has become a number; `None` if all are known.
fn all_known<'a>(
    form: &Form,
    ledger: &Ledger,
    fields: impl Iterator<Item = &'a FieldId>,
    positions: &CellPositions,
) -> Option<String> {
    let unknown = fields.filter(|id| ledger.amount(form, id.as_str()) == Amount::Unknown);
    let unknown: Vec<FieldId> = unknown.cloned().collect();
    let ranges = cell_ranges(&unknown, positions).filter(|_| !unknown.is_empty())?;
    Some(format!("COUNT({ranges})={}", unknown.len()))
}

/// Returns a relation as a rule that is true if it is broken, and the cells to colour then: the total, or
/// all cells if none of them is one. What is not known breaks no relation.
pub fn broken_relation(
    form: &Form,
    ledger: &Ledger,
    relation: &Relation,
    positions: &CellPositions,
) -> Option<(String, Vec<(u32, u16)>)> {
    let left = cell_ranges(&relation.left, positions)?;
    let right = cell_ranges(&relation.right, positions)?;
    let coloured: Vec<&FieldId> =
        if relation.is_total { relation.left.iter().collect() } else { relation.fields().collect() };
    let cells = coloured.into_iter().filter_map(|field| positions.get(field.as_str()).copied()).collect();
    let differs = format!("SUM({left})<>SUM({right})");
    let rule = match all_known(form, ledger, relation.fields(), positions) {
        Some(known) => format!("=AND({known},{differs})"),
        None => format!("={differs}"),
    };
    Some((rule, cells))
}
