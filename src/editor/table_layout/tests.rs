//! What fits where: labels, headings, groups that stay.

use super::*;
use crate::form::Library;

fn requests(width: usize) -> TableLayout {
    let form = Library::new().get("2021").unwrap();
    TableLayout::new(&form, form.section("requests").unwrap(), width, WidthMode::default(), &|_| 3)
}

fn is_broken(table: &TableLayout) -> bool {
    table.lines.iter().any(|line| matches!(line.kind, LayoutLineKind::Continuation(_)))
}

#[test]
fn no_label_of_the_official_form_is_ever_broken() {
    for width in 60..=200 {
        assert!(!is_broken(&requests(width)), "{width}");
    }
}

#[test]
fn all_rows_of_the_requests_fit_a_window_of_40_lines() {
    let areas = crate::editor::layout::screen_areas(120, 40);
    let table = requests(usize::from(areas.body.width));
    assert!(table.lines.len() <= usize::from(areas.body.height), "{}", table.lines.len());
}

#[test]
fn a_table_never_takes_the_column_of_the_scrollbar() {
    for width in 79..=200 {
        let table = requests(width);
        let all: usize = table.column_widths[0].iter().sum();
        assert!(table.label_width + all < width, "{width}");
    }
}

#[test]
fn the_unit_of_an_amount_is_never_cut_from_its_heading() {
    let form = Library::new().get("2021").unwrap();
    for width in 60..=200 {
        let section = form.section("disclosure").unwrap();
        let table = TableLayout::new(&form, section, width, WidthMode::default(), &|_| 3);
        let heads = table.lines.iter().filter_map(|line| match &line.kind {
            LayoutLineKind::Headings(heads) => Some(heads),
            _ => None,
        });
        assert!(heads.flatten().any(|head| head.text.contains("万元")), "{width}");
    }
}

#[test]
fn the_label_of_a_group_stays_over_its_rows() {
    let table = requests(80);
    let is_group = |line: usize| matches!(table.lines[line].kind, LayoutLineKind::Group(_));
    for top in 1..table.lines.len() - 15 {
        let seen = table.visible_lines(top, 15);
        let first = seen.iter().position(|&line| matches!(table.lines[line].kind, LayoutLineKind::Row(..)));
        let [first, next] = [0, 1].map(|more| seen[first.unwrap() + more]);
        let group = |line: usize| match table.lines[line].kind {
            LayoutLineKind::Row(row, _) => table.rows[row].group_line,
            _ => None,
        };
        if let Some(line) = group(first).filter(|line| group(next) == Some(*line)) {
            assert!(seen.contains(&line) && is_group(line), "{top}: {seen:?}");
        }
    }
}

#[test]
fn every_row_can_be_scrolled_into_view() {
    let table = requests(80);
    for height in 6..30 {
        let mut top = 0;
        for row in (0..table.rows.len()).chain((0..table.rows.len()).rev()) {
            top = table.scroll_to_row(top, row, height);
            assert!(table.visible_lines(top, height).contains(&table.rows[row].line), "{height}: {row}");
        }
    }
}
