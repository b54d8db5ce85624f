//! What spreadsheets and text processors put on the clipboard as text, pasted into an empty report:
//! every number is where it is in the report that it was copied from.
//!
//! `tests/fixtures/clipboard/` holds what LibreOffice 7.4 gives for the tables of `assets/sample.ron`,
//! exported to .xlsx (Calc) and .docx (Writer), selected whole and copied; taken from its clipboard
//! through its own interface. Calc: tabs and LF, merged cells as empty ones. Writer: every cell a line.
//! Excel and WPS do not run here. What they give is written down from what is documented: as Calc, but
//! with CRLF; a cell with a line break in quotes; numbers as they are shown, with their separators.
#![allow(clippy::unwrap_used, reason = "a test stops where it cannot go on")]

use nianbao::draft::{Draft, Ledger, Value};
use nianbao::editor::event::Event;
use nianbao::editor::key::Key;
use nianbao::editor::{Editor, Keymap, Msg, Opened, update};
use nianbao::form::Library;
use nianbao::store;

const SECTIONS: [(&str, &str); 3] = [("Alt+2", "disclosure."), ("Alt+3", "requests."), ("Alt+4", "review.")];

/// An editor with an empty report of 2025, at the first cell of that tab.
fn stage(tab: &str) -> Editor {
    let library = Library::new();
    let mut editor = Editor::new(library.clone(), Keymap::shipped(), 80, 24, None);
    let draft = Draft::new("示例市水务局", 2025, &library);
    let form = draft.form(&library).unwrap();
    let opened = Opened { path: None, form, draft, last_year: None, message: String::new() };
    update(&mut editor, Msg::Opened(Ok(Box::new(opened))));
    update(&mut editor, Msg::Event(Event::Key(tab.parse::<Key>().unwrap())));
    editor
}

fn pasted(tab: &str, text: &str) -> Draft {
    let mut editor = stage(tab);
    update(&mut editor, Msg::Event(Event::Paste(text.into())));
    editor.draft().unwrap().clone()
}

/// The cells of a section that are entered, as they are typed.
fn cells(draft: &Draft, section: &str) -> Vec<(String, String)> {
    let form = draft.form(&Library::new()).unwrap();
    // Totals are left out: an empty report computes them.
    let ledger = Ledger::new(&form, &Draft::new("", 2025, &Library::new()));
    let ids = form.fields().iter().map(|field| field.id.as_str());
    let ids = ids.filter(|id| id.starts_with(section) && !ledger.is_computed(&form, id));
    ids.map(|id| (id.to_string(), draft.get(id).typed().into_owned())).collect()
}

fn sample() -> Draft {
    let text = include_bytes!("../assets/sample.ron");
    store::parse("sample", text, &Library::new()).unwrap().draft
}

fn fixture(name: &str) -> String {
    let file = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/clipboard").join(name);
    std::fs::read_to_string(&file).unwrap_or_else(|error| panic!("{}: {error}", file.display()))
}

#[test]
fn tables_copied_in_calc_and_writer_fill_the_same_cells() {
    for program in ["calc", "writer"] {
        for (number, (tab, section)) in (2..).zip(SECTIONS) {
            let draft = pasted(tab, &fixture(&format!("{program}-{number}.txt")));
            assert_eq!(cells(&draft, section), cells(&sample(), section), "{program} {section}");
        }
    }
}

#[test]
fn whole_tables_copied_in_excel_and_wps_fill_the_same_cells() {
    for (number, (tab, section)) in (2..).zip(SECTIONS) {
        // CRLF, a label broken by Alt+Enter in quotes, rows selected beyond the end of the table.
        let calc = fixture(&format!("calc-{number}.txt"));
        let broken = calc
            .replace("（二）部分公开（", "\"（二）部分公开\n（")
            .replace("不计其他情形）", "不计其他情形）\"");
        let excel =
            format!("{}\t\t\r\n\t\t\r\n", broken.replace('\n', "\r\n").replace("公开\r\n（", "公开\n（"));
        assert_eq!(cells(&pasted(tab, &excel), section), cells(&sample(), section), "{section}");
    }
}

#[test]
fn numbers_are_read_as_spreadsheets_show_them() {
    // Thousands separators; the accounting format with its no-break spaces; full-width digits.
    let draft = pasted("Alt+3", "1,234\t\u{a0}56\u{a0}\t１２\t 0 \t\u{3000}7\t8\r\n");
    let row = ["natural", "business", "research", "welfare", "legal", "other_org"];
    let seen: Vec<Value> =
        row.iter().map(|column| draft.get(format!("requests.new.{column}").as_str()).clone()).collect();
    assert_eq!(seen, [1234, 56, 12, 0, 7, 8].map(Value::Count));
}

#[test]
fn a_blank_cell_in_a_row_stays_blank_and_moves_nothing() {
    let draft = pasted("Alt+3", "58\t\t1\t\t2\t1\r\n3\t0\t\t\t\t0\r\n");
    assert_eq!(*draft.get("requests.new.business"), Value::Blank);
    assert_eq!(*draft.get("requests.new.research"), Value::Count(1));
    assert_eq!(*draft.get("requests.carried_in.other_org"), Value::Count(0));
}

#[test]
fn a_column_with_its_heading_goes_down_the_column() {
    let draft = pasted("Alt+3", "自然人\r\n58\r\n3\r\n24\r\n");
    assert_eq!(*draft.get("requests.new.natural"), Value::Count(58));
    assert_eq!(*draft.get("requests.granted.natural"), Value::Count(24));
    assert_eq!(*draft.get("requests.new.business"), Value::Blank);
}

#[test]
fn the_printed_row_of_section_four_fills_its_three_rows() {
    let numbers = "2\t0\t1\t0\t3\t1\t0\t0\t1\t2\t0\t0\t0\t0\t0";
    assert_eq!(cells(&pasted("Alt+4", numbers), "review."), cells(&sample(), "review."));
    // One number too many is asked about, and nothing is changed before.
    let draft = pasted("Alt+4", &format!("{numbers}\t9"));
    assert!(cells(&draft, "review.").iter().all(|(_, text)| text.is_empty()));
}
