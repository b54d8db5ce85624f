//! The sample report as other programs made it from its exported files: an old workbook, and three
//! ways to copy the text of a PDF (`pdftotext -layout`, `-raw`, and neither).

use nianbao::draft::Draft;
use nianbao::form::{Form, Library};
use nianbao::import::{Import, OpenState, import};
use nianbao::store::load;
use std::path::PathBuf;

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn sample(library: &Library) -> Draft {
    load(&root().join("assets/sample.ron"), library).unwrap().draft
}

fn read(name: &str, library: &Library) -> Import {
    let bytes = std::fs::read(root().join("tests/fixtures/files").join(name)).unwrap();
    import(name, &bytes, "2026-01-20", library).unwrap()
}

/// The cells of 二 to 四: read as they are, and read as something else.
fn compare(found: &Import, draft: &Draft, form: &Form) -> (usize, Vec<String>) {
    let (mut right, mut wrong) = (0, Vec::new());
    for field in form.fields().iter().filter(|field| field.kind.is_number() && field.id.section() != "cover")
    {
        let id = field.id.as_str();
        let (got, want) = (found.draft.get(id), draft.get(id));
        match found.open.iter().find(|open| open.field == field.id).map(|open| open.state) {
            Some(OpenState::NotFound | OpenState::Ambiguous) => {}
            Some(OpenState::Blank) if want.is_blank() => right += 1,
            None if got == want => right += 1,
            state => wrong.push(format!("{id}: {} {state:?}, not {}", got.typed(), want.typed())),
        }
    }
    (right, wrong)
}

#[test]
fn an_old_workbook_and_copies_of_a_pdf_are_read_as_the_sample() {
    let library = Library::new();
    let draft = sample(&library);
    let form = draft.form(&library).unwrap();
    let all = form.fields().iter().filter(|f| f.kind.is_number() && f.id.section() != "cover").count();
    // What a copy that writes cells out one by one in an order of its own leaves is not counted on.
    for (name, least) in
        [("sample.xls", all), ("sample.layout.txt", all), ("sample.raw.txt", all), ("sample.plain.txt", 0)]
    {
        let found = read(name, &library);
        let (right, wrong) = compare(&found, &draft, &form);
        println!("{name}: {right} of {all}");
        assert!(wrong.is_empty(), "{name}: {wrong:#?}");
        assert!(right >= least, "{name}: {right} of {all}, {:#?}", found.open);
    }
}

#[test]
fn the_words_of_the_report_come_with_an_old_workbook() {
    let library = Library::new();
    let (draft, found) = (sample(&library), read("sample.xls", &library).draft);
    for id in
        ["cover.unit", "cover.year", "cover.title", "cover.date", "overview", "problems", "other_matters"]
    {
        assert_eq!(found.get(id).typed(), draft.get(id).typed(), "{id}");
    }
}
