//! What a table tells of its rows by itself, and what has to be said under it.

use super::*;
use crate::form::Library;

fn requests(width: usize) -> Sheet {
    let form = Library::new().get("2021").unwrap();
    Sheet::new(&form, form.section("requests").unwrap(), width, Ruler::default(), &|_| 3)
}

#[test]
fn a_label_that_stands_whole_beside_its_cells_is_told() {
    let sheet = requests(120);
    assert!((0..sheet.rows.len()).filter(|&row| sheet.tells(row, 0, 80)).count() > 20);
    assert!(sheet.tells(0, 0, 80));
}

#[test]
fn a_label_that_is_cut_short_is_not() {
    let sheet = requests(80);
    assert!(!sheet.tells(0, 0, 80), "一、本年新收 is all there is room for");
    assert!((0..sheet.rows.len()).all(|row| sheet.rows[row].is_whole == sheet.tells(row, 0, 80)));
}

#[test]
fn a_row_whose_group_has_scrolled_away_is_not() {
    let sheet = requests(120);
    let (row, group) = (0..sheet.rows.len())
        .find_map(|row| Some((row, sheet.rows[row].group.filter(|_| sheet.rows[row].is_whole)?)))
        .unwrap();
    assert!(sheet.tells(row, 0, 20));
    // The headings stay over the rows and cover the group's line.
    assert!(!sheet.tells(row, group, 20));
}
