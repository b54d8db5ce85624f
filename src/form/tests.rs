//! The two official forms counted against the notices, and the errors of broken files.

use super::*;
use std::collections::HashSet;

fn form(id: &str) -> std::sync::Arc<Form> {
    Library::new().get(id).expect("a built-in form")
}

fn count(form: &Form, section: &str) -> (usize, usize) {
    let fields = form.fields_of(form.section(section).unwrap());
    let totals = fields.iter().filter(|field| field.sum.is_some()).count();
    (fields.len() - totals, totals)
}

#[test]
fn the_2019_form_has_the_cells_and_sums_of_notice_60() {
    let form = form("2019");
    assert_eq!(count(&form, "disclosure"), (22, 0));
    assert_eq!(count(&form, "requests"), (132, 29));
    assert_eq!(count(&form, "review"), (12, 3));
    assert_eq!(form.relations().len(), 40);
}

#[test]
fn the_2021_form_has_the_cells_and_sums_of_notice_30() {
    let form = form("2021");
    assert_eq!(count(&form, "disclosure"), (10, 0));
    assert_eq!(count(&form, "requests"), (144, 31));
    assert_eq!(count(&form, "review"), (12, 3));
    assert_eq!(form.relations().len(), 42);
    let per = |id: &str| form.relations().iter().filter(|r| r.id == id).count();
    assert_eq!((per("T1"), per("T2"), per("T3"), per("T4")), (7, 7, 25, 3));
}

#[test]
fn a_draft_may_mix_the_tables_of_two_formats() {
    let form = Library::new().compose("2021", "2019").unwrap();
    assert!(form.field("disclosure.normative.in_force").is_some());
    assert!(form.field("requests.other.total").is_some());
    assert!(form.field("requests.other_misc.total").is_none());
}

#[test]
fn every_table_has_a_text_behind_it() {
    let form = form("2021");
    let texts = form.sections.iter().filter(|section| matches!(section.body, Body::TableText));
    let ids: Vec<&str> = texts.map(|section| section.id.as_str()).collect();
    assert_eq!(ids, ["disclosure", "requests", "review"]);
    assert!(ids.iter().all(|id| form.is_table_text(id) && !form.section(id).unwrap().blocks().is_empty()));
    assert!(!form.is_table_text("overview") && !form.is_table_text("requests.new.natural"));
    assert_eq!(form.location(&FieldId::new("requests")), "三·表后说明");
}

#[test]
fn a_narrative_on_a_tables_tab_is_the_text_behind_it() {
    let source = include_str!("../../assets/forms/2021.ron").replace(
        "    (\n      id: \"problems\"",
        "    (id: \"own\", title: \"说明\", body: Narrative()),\n    (\n      id: \"problems\"",
    );
    let mut library = Library::new();
    let id = library.add("x.ron", &source).unwrap();
    let form = library.get(&id).unwrap();
    assert!(form.field("own").is_some() && form.field("requests").is_some());
    assert!(form.field("review").is_none(), "the tab has one text");
    assert!(!form.is_table_text("review"));
}

#[test]
fn short_labels_fit_the_narrow_screen() {
    for id in ["2019", "2021"] {
        let form = form(id);
        for block in form.sections.iter().flat_map(Section::blocks) {
            for line in &block.rows {
                for label in line.parents.iter().chain([&line.label]) {
                    assert!(unicode_width::UnicodeWidthStr::width(&*label.short) <= 16, "{label:?}");
                }
            }
            for column in &block.columns {
                assert!(unicode_width::UnicodeWidthStr::width(&*column.label.short) <= 8, "{column:?}");
            }
        }
    }
}

#[test]
fn the_printed_grid_covers_every_position_once() {
    for id in ["2019", "2021"] {
        let form = form(id);
        for section in &form.sections {
            let grid = Grid::of(section);
            let mut positions = HashSet::new();
            for cell in &grid.cells {
                for row in cell.row..cell.row + cell.rows {
                    for column in cell.column..cell.column + cell.columns {
                        assert!(positions.insert((row, column)), "{} {cell:?} overlaps", section.id);
                    }
                }
            }
            assert_eq!(positions.len(), grid.rows * grid.columns, "{} has holes", section.id);
        }
    }
}

#[test]
fn section_three_has_three_heading_rows_and_label_columns() {
    let form = form("2021");
    let grid = Grid::of(form.section("requests").unwrap());
    assert_eq!((grid.rows, grid.columns, grid.heading_rows, grid.label_columns), (28, 10, 3, 3));
    let review = Grid::of(form.section("review").unwrap());
    assert_eq!((review.rows, review.columns, review.heading_rows, review.label_columns), (4, 15, 3, 0));
    let results = grid.cells.iter().find(|cell| cell.text == "三、本年度办理结果").unwrap();
    assert_eq!((results.row, results.rows, results.columns), (5, 22, 1));
}

#[test]
fn a_name_that_does_not_resolve_is_refused_with_its_line() {
    let source = include_str!("../../assets/forms/2021.ron").replace("left: [\"new\"", "left: [\"nwe\"");
    let error = Library::new().add("我的.ron", &source).unwrap_err();
    let line = source.lines().position(|line| line.contains("nwe")).unwrap() + 1;
    assert_eq!((error.file.as_str(), error.line), ("我的.ron", line));
    assert!(error.to_string().contains("“nwe”在表中没有"), "{error}");
}

#[test]
fn a_total_that_includes_itself_is_refused() {
    let source = include_str!("../../assets/forms/2021.ron").replace(
        "total: \"total\",\n            parts: [\"natural\"",
        "total: \"total\",\n            parts: [\"total\"",
    );
    let error = Library::new().add("x.ron", &source).unwrap_err();
    assert!(error.message.contains("加到自己"), "{error}");
}

#[test]
fn duplicate_and_unknown_names_are_refused_with_position() {
    let base = include_str!("../../assets/forms/2021.ron");
    let doubled = base.replace("id: \"carried_in\"", "id: \"new\"");
    let error = Library::new().add("x.ron", &doubled).unwrap_err();
    assert!(error.message.contains("写了两次"), "{error}");
    let unknown = base.replace("instrument:", "instrumnet:");
    let error = Library::new().add("x.ron", &unknown).unwrap_err();
    assert_eq!(error.line, base.lines().position(|line| line.contains("instrument:")).unwrap() + 1);
    assert!(error.message.contains("instrumnet"), "{error}");
}

#[test]
fn locations_use_the_forms_own_terms() {
    let form = form("2021");
    let location = |id: &str| form.location(&FieldId::new(id)).to_string();
    assert_eq!(location("requests.refused_secret.natural"), "三·（三）不予公开 1.属于国家秘密·自然人");
    assert_eq!(location("review.later_suit.upheld"), "四·复议后起诉·结果维持");
    assert_eq!(location("cover.unit"), "封面·单位名称");
    assert_eq!(location("overview"), "一、总体情况");
    assert_eq!(&*form.field("requests.carried_out.legal").unwrap().row, "结转下年");
}

#[test]
fn the_built_in_forms_equal_their_files() {
    let sources = [include_str!("../../assets/forms/2019.ron"), include_str!("../../assets/forms/2021.ron")];
    for source in sources {
        let mut written = Library::new();
        let id = written.add("as written", source).unwrap();
        let (built, written) = (Library::new().get(&id).unwrap(), written.get(&id).unwrap());
        assert_eq!(format!("{built:?}"), format!("{written:?}"), "{id}");
    }
}
