//! The sample report as other programs made it from its exported files: an old workbook, an old Word file,
//! OpenDocument, and three ways to copy the text of a PDF (`pdftotext -layout`, `-raw`, and neither).

use nianbao::draft::Draft;
use nianbao::form::{Form, Library};
use nianbao::import::{Import, ImportError, OpenState, import};
use nianbao::store::load;
use proptest::prelude::*;
use std::io::{Cursor, Read, Write};
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
fn other_programs_files_and_copies_are_read_as_the_sample() {
    let library = Library::new();
    let draft = sample(&library);
    let form = draft.form(&library).unwrap();
    let all = form.fields().iter().filter(|f| f.kind.is_number() && f.id.section() != "cover").count();
    // What a copy that writes cells out one by one in an order of its own leaves is not counted on.
    for (name, least) in [
        ("sample.xls", all),
        ("sample.doc", all),
        ("sample.odt", all),
        ("sample.ods", all),
        ("sample.layout.txt", all),
        ("sample.raw.txt", all),
        ("sample.plain.txt", 0),
    ] {
        let found = read(name, &library);
        let (right, wrong) = compare(&found, &draft, &form);
        println!("{name}: {right} of {all}");
        assert!(wrong.is_empty(), "{name}: {wrong:#?}");
        assert!(right >= least, "{name}: {right} of {all}, {:#?}", found.open);
    }
}

#[test]
fn the_words_of_the_report_come_with_its_numbers() {
    let library = Library::new();
    let draft = sample(&library);
    for name in ["sample.xls", "sample.doc", "sample.odt", "sample.ods"] {
        let found = read(name, &library).draft;
        for id in
            ["cover.unit", "cover.year", "cover.title", "cover.date", "overview", "problems", "other_matters"]
        {
            assert_eq!(found.get(id).typed(), draft.get(id).typed(), "{name} {id}");
        }
    }
}

/// Changes one stream of a Word file, as damage on a disk would.
fn with_stream(name: &str, change: impl Fn(&mut Vec<u8>)) -> Vec<u8> {
    let bytes = std::fs::read(root().join("tests/fixtures/files/sample.doc")).unwrap();
    let mut file = cfb::CompoundFile::open(Cursor::new(bytes)).unwrap();
    let mut stream = Vec::new();
    file.open_stream(name).unwrap().read_to_end(&mut stream).unwrap();
    change(&mut stream);
    file.create_stream(name).unwrap().write_all(&stream).unwrap();
    file.into_inner().into_inner()
}

/// Where the text of the file lies in its main stream: what is changed there is said by the file.
const TEXT: std::ops::Range<usize> = 0x600..0x4000;

proptest! {
    #![proptest_config(ProptestConfig::with_cases(40))]

    #[test]
    fn a_damaged_word_file_gives_no_wrong_number(
        damage in proptest::collection::vec((any::<proptest::sample::Index>(), any::<u8>()), 1..6),
        in_table in any::<bool>(),
    ) {
        let library = Library::new();
        let draft = sample(&library);
        let form = draft.form(&library).unwrap();
        let bytes = with_stream(if in_table { "/1Table" } else { "/WordDocument" }, |stream| {
            for (at, byte) in &damage {
                let at = at.index(stream.len());
                if in_table || !TEXT.contains(&at) {
                    stream[at] = *byte;
                }
            }
        });
        if let Ok(found) = import("sample.doc", &bytes, "2026-01-20", &library) {
            let (_, wrong) = compare(&found, &draft, &form);
            // Where the damage lets it be taken for the other form, rows that this has not are named as left over.
            let other_form = found.draft.forms != draft.forms;
            prop_assert!(!other_form || !found.unplaced.is_empty(), "{damage:?}: rows are lost");
            let is_kept = |wrong: &str| wrong.contains("Blank") || other_form && wrong.contains(":  None, not ");
            let wrong: Vec<_> = wrong.iter().filter(|wrong| !is_kept(wrong)).collect();
            prop_assert!(wrong.is_empty(), "{:?} {:#?}", damage, wrong);
        }
    }

    #[test]
    fn a_broken_file_of_another_program_is_read_or_refused(
        name in proptest::sample::select(vec!["sample.doc", "sample.odt", "sample.ods", "sample.xls"]),
        damage in proptest::collection::vec((any::<proptest::sample::Index>(), any::<u8>()), 0..12),
        cut in proptest::option::of(any::<proptest::sample::Index>()),
    ) {
        let mut bytes = std::fs::read(root().join("tests/fixtures/files").join(name)).unwrap();
        for (at, byte) in damage {
            let at = at.index(bytes.len());
            bytes[at] = byte;
        }
        bytes.truncate(cut.map_or(usize::MAX, |cut| cut.index(bytes.len())));
        let read = import(name, &bytes, "2026-01-20", &Library::new());
        // calamine looks behind the end of some records of an old workbook: such a file is refused.
        prop_assert!(name == "sample.xls" || !matches!(read, Err(ImportError::ReaderFailed)));
    }
}
