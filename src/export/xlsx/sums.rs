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
/// add; one over a part that cannot be read stays blank until every part can: never a partial sum.
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
        Amount::Unknown => format!("=IF(COUNT({parts})=COUNTA({parts}),SUM({parts}),\"\")"),
    })
}

/// Returns a relation as a rule that is true if it is broken, and the cells to colour then: the total, or
/// all cells if none of them is one.
pub fn broken_relation(relation: &Relation, positions: &CellPositions) -> Option<(String, Vec<(u32, u16)>)> {
    let left = cell_ranges(&relation.left, positions)?;
    let right = cell_ranges(&relation.right, positions)?;
    let coloured: Vec<&FieldId> =
        if relation.is_total { relation.left.iter().collect() } else { relation.fields().collect() };
    let cells = coloured.into_iter().filter_map(|field| positions.get(field.as_str()).copied()).collect();
    Some((format!("=SUM({left})<>SUM({right})"), cells))
}
