//! What a table tells of its rows by itself, and what has to be said under it.

use super::*;
use crate::form::Library;

fn requests(width: usize) -> TableLayout {
    let form = Library::new().get("2021").unwrap();
    TableLayout::new(&form, form.section("requests").unwrap(), width, WidthMode::default(), &|_| 3)
}

#[test]
fn a_label_shown_whole_counts_as_shown() {
    let sheet = requests(120);
    assert!((0..sheet.rows.len()).filter(|&row| sheet.shows_full_label(row, 0, 80)).count() > 20);
    assert!(sheet.shows_full_label(0, 0, 80));
}

#[test]
fn a_label_cut_short_does_not_count_as_shown() {
    let sheet = requests(80);
    assert!(!sheet.shows_full_label(0, 0, 80), "一、本年新收 is all there is room for");
    assert!(
        (0..sheet.rows.len()).all(|row| sheet.rows[row].has_full_label == sheet.shows_full_label(row, 0, 80))
    );
}

#[test]
fn a_row_whose_group_scrolled_away_does_not_count_as_shown() {
    let sheet = requests(120);
    let (row, group) = (0..sheet.rows.len())
        .find_map(|row| Some((row, sheet.rows[row].group_line.filter(|_| sheet.rows[row].has_full_label)?)))
        .unwrap();
    assert!(sheet.shows_full_label(row, 0, 20));
    // The headings stay over the rows and cover the group's line.
    assert!(!sheet.shows_full_label(row, group, 20));
}
