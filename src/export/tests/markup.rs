//! The web page, read by a parser that is not ours.

use scraper::{Html, Selector};
use std::collections::BTreeMap;

use super::super::html::{to_html, to_html_fragment};
use super::super::layout::Report;
use super::{all, hostile, sample};
use crate::draft::Value;

/// Returns the cells of a table as a browser lays it out: (row, column) → the text of the cell there.
fn cells_by_position(table: scraper::ElementRef) -> BTreeMap<(usize, usize), String> {
    let rows = Selector::parse("tr").unwrap();
    let cell_tags = Selector::parse("th, td").unwrap();
    let mut cells = BTreeMap::new();
    for (row, tr) in table.select(&rows).enumerate() {
        let mut column = 0;
        for cell in tr.select(&cell_tags) {
            while cells.contains_key(&(row, column)) {
                column += 1;
            }
            let span = |name| cell.attr(name).map_or(1, |n| n.parse::<usize>().unwrap());
            for r in row..row + span("rowspan") {
                for c in column..column + span("colspan") {
                    let taken = cells.insert((r, c), cell.text().collect());
                    assert!(taken.is_none(), "two cells at {r},{c}");
                }
            }
        }
    }
    cells
}

#[test]
fn the_page_has_no_parse_error_and_the_grid_of_the_form() {
    let table = Selector::parse("table").unwrap();
    for (name, form, draft) in all() {
        let report = Report::new(&form, &draft);
        for page in [
            Html::parse_document(&to_html(&form, &draft)),
            Html::parse_fragment(&to_html_fragment(&form, &draft)),
        ] {
            assert!(page.errors.is_empty(), "{name}: {:?}", page.errors);
            let tables: Vec<_> = page.select(&table).collect();
            assert_eq!(tables.len(), report.tables().count());
            for (parsed, printed) in tables.into_iter().zip(report.tables()) {
                let cells = cells_by_position(parsed);
                assert_eq!(cells.len(), printed.grid.rows * printed.grid.columns, "{name}");
                for ((row, column), text) in cells {
                    assert_eq!(text, printed.cell(row, column).unwrap().text, "{name} {row},{column}");
                }
            }
        }
    }
}

#[test]
fn the_table_of_requests_says_what_each_heading_is_for() {
    let (form, draft) = sample("2021");
    let page = Html::parse_document(&to_html(&form, &draft));
    let count = |selector: &str| page.select(&Selector::parse(selector).unwrap()).count();
    assert_eq!(count("table"), 3);
    assert_eq!(count("caption h2"), 3);
    assert_eq!(count("thead"), 2);
    assert_eq!(count("th:not([scope])"), 0);
    assert_eq!(count("th[scope=rowgroup]"), 4);
    assert_eq!(count("script, link, img, iframe"), 0);
    assert_eq!(count("time[datetime='2025-01-20']"), 1);
}

#[test]
fn hostile_text_stays_text() {
    let (form, draft) = hostile();
    for page in [to_html(&form, &draft), to_html_fragment(&form, &draft)] {
        assert!(!page.contains("<script") && !page.contains("<b>") && !page.contains('\u{1b}'));
        assert!(page.contains("&lt;script&gt;alert(&#39;1&#39;)"));
    }
}

#[test]
fn a_narrow_page_breaks_its_title_at_words() {
    let (form, mut draft) = sample("2021");
    draft.set("cover.unit", Value::Text("示例市高新技术产业开发区水务局".into()));
    draft.set(
        "cover.title",
        Value::Text("示例市高新技术产业开发区水务局2025年政府信息公开工作年度报告".into()),
    );
    let page = to_html(&form, &draft);
    assert!(page.contains(
        "<h1><span>示例市高新技术产业开发区水务局</span><span>2025年政府信息公开工作年度报告</span></h1>"
    ));
}
