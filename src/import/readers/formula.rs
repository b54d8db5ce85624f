//! Sums that a spreadsheet program has computed of nothing: it saves them as 0.

use std::collections::BTreeMap;

/// The most cells of an area that is still looked at; a column of the report has thirty.
const MAX_CELLS: u64 = 200;

/// The texts of a sheet by row and column, from 0; blank cells are not there.
pub type SheetCells = BTreeMap<(u32, u32), String>;

/// The cells that a formula takes its value from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Formula {
    at: (u32, u32),
    /// Areas, each from its first to its last cell; `None` if it takes from elsewhere as well.
    areas: Option<Vec<Area>>,
}

/// An area from its first to its last cell, by row and column.
type Area = ((u32, u32), (u32, u32));

impl Formula {
    /// Reads a formula as spreadsheet programs write them: `SUM($B$5:H5)`, `of:=SUM([.B5:.H5])`.
    pub fn of(at: (u32, u32), text: &str) -> Formula {
        Formula { at, areas: areas(text) }
    }

    fn is_of_blanks(&self, cells: &SheetCells) -> bool {
        let Some(areas) = self.areas.as_ref().filter(|areas| !areas.is_empty()) else { return false };
        areas.iter().all(|((top, left), (bottom, right))| {
            let size = u64::from(bottom - top + 1) * u64::from(right - left + 1);
            let is_blank = |row| cells.range((row, *left)..=(row, *right)).next().is_none();
            size <= MAX_CELLS && (*top..=*bottom).all(is_blank)
        })
    }
}

/// Takes out the zeros of formulas whose cells are all blank: they are no values.
pub fn drop_sums_of_blanks(cells: &mut SheetCells, formulas: &[Formula]) {
    // Totals of totals are blank once those are.
    for _ in 0..4 {
        let blank = |formula: &&Formula| {
            cells.get(&formula.at).is_some_and(|text| text == "0") && formula.is_of_blanks(cells)
        };
        let found: Vec<(u32, u32)> = formulas.iter().filter(blank).map(|formula| formula.at).collect();
        if found.is_empty() {
            return;
        }
        for at in found {
            cells.remove(&at);
        }
    }
}

/// Returns the areas that a formula names, or `None` if one of them is on another sheet.
fn areas(text: &str) -> Option<Vec<Area>> {
    // Quoted text names no cell.
    let text: String = text.split('"').step_by(2).collect::<Vec<_>>().join(" ");
    if text.contains(['!', '\'']) {
        return None;
    }
    let is_part = |c: char| c.is_ascii_alphanumeric() || "$.:_".contains(c);
    let words = text.split(|c| !is_part(c)).filter(|word| !word.is_empty());
    let mut areas = Vec::new();
    for word in words {
        let mut ends = word.split(':').map(|end| cell_position(end.trim_start_matches('.')));
        match (ends.next().flatten(), ends.next()) {
            (Some(cell), None) => areas.push((cell, cell)),
            (Some(first), Some(Some(last))) => {
                let (top, bottom) = (first.0.min(last.0), first.0.max(last.0));
                let (left, right) = (first.1.min(last.1), first.1.max(last.1));
                areas.push(((top, left), (bottom, right)));
            }
            // A name, or a sheet before its cell.
            _ if word.contains('.') && word.contains(|c: char| c.is_ascii_alphabetic()) => return None,
            _ => {}
        }
    }
    Some(areas)
}

/// Returns the row and column of `B5` or `$B$5`.
fn cell_position(name: &str) -> Option<(u32, u32)> {
    let name = name.replace('$', "");
    let letters = name.bytes().take_while(u8::is_ascii_alphabetic).count();
    if !(1..=3).contains(&letters) {
        return None;
    }
    let digit = |sum: u32, byte: u8| sum * 26 + u32::from(byte.to_ascii_uppercase() - b'A' + 1);
    let column = name.bytes().take(letters).fold(0, digit);
    let row: u32 = name[letters..].parse().ok()?;
    Some((row.checked_sub(1)?, column - 1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sum_of_blanks_is_no_value_and_a_sum_of_zeros_is() {
        let texts =
            |list: &[(u32, u32)]| list.iter().map(|at| (*at, "0".to_string())).collect::<SheetCells>();
        let formulas = [
            Formula::of((0, 3), "SUM(A1:C1)"),
            Formula::of((1, 3), "of:=SUM([.A2:.C2])"),
            Formula::of((2, 3), "=D1+$D$2"),
            Formula::of((3, 3), "IF(COUNT(A1:C1)=0,\"A2\",SUM(A1:C1))"),
            Formula::of((4, 3), "SUM(Other!A1:C1)"),
            Formula::of((5, 3), "of:=SUM([$Other.A1:.C1])"),
            Formula::of((6, 3), "0"),
        ];
        let all: Vec<(u32, u32)> = (0..7).map(|row| (row, 3)).collect();
        let mut cells = texts(&[&all[..], &[(1, 1)]].concat());
        drop_sums_of_blanks(&mut cells, &formulas);
        assert_eq!(cells, texts(&[(1, 1), (1, 3), (2, 3), (4, 3), (5, 3), (6, 3)]));
        let mut cells = texts(&all);
        drop_sums_of_blanks(&mut cells, &formulas);
        assert_eq!(cells, texts(&all[4..]), "totals of totals of blanks are blank");
    }
}
