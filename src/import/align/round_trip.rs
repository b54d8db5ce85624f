//! What is exported is read back the same.

use super::super::{Import, OpenState, import};
use crate::draft::{Draft, FormIds, Totals, Value, parse_value};
use crate::export::{ExportError, Format};
use crate::form::{Form, Kind, Library};

/// Returns a report of an invented unit with every cell filled, or with zeros left blank.
fn report(disclosure: &str, requests: &str, blanks: bool) -> (Draft, std::sync::Arc<Form>) {
    let library = Library::new();
    let mut draft = Draft::empty(FormIds { disclosure: disclosure.into(), requests: requests.into() });
    draft.totals = Totals::Typed;
    let form = draft.form(&library).unwrap();
    for (at, field) in form.fields().iter().enumerate() {
        let number = if blanks && at % 3 != 0 { 0 } else { at * 7 % 1000 + 1 };
        let text = match (&field.kind, field.id.as_str()) {
            (Kind::Count, _) if number == 0 => String::new(),
            (Kind::Count, _) => number.to_string(),
            (Kind::Change, _) => format!("减{number}"),
            (Kind::Money { .. }, _) => format!("{number}.50"),
            (_, "cover.unit" | "cover.signed_by") => "示例市某局".into(),
            (_, "cover.year") => if requests == "2019" { "2020" } else { "2024" }.into(),
            (_, "cover.title") => {
                format!(
                    "示例市某局{}年政府信息公开工作年度报告",
                    if requests == "2019" { "2020" } else { "2024" }
                )
            }
            (_, "cover.date") => "2025年1月20日".into(),
            (_, "preface") => "根据条例编制本报告，统计期限为全年，欢迎查阅和监督。".into(),
            (Kind::Prose, id) if form.is_table_text(id) => {
                format!("（一）第一方面。全年{id}。\n收到申请3件，均已答复。")
            }
            (Kind::Prose, id) => {
                format!("（一）第一方面。全年{id}。\n（二）第二方面\n收到申请3件，均已答复。")
            }
            _ => continue,
        };
        draft.set(field.id.clone(), parse_value(&field.kind, &text));
    }
    (draft, form)
}

fn differences(found: &Import, draft: &Draft, form: &Form) -> Vec<String> {
    let mut list = Vec::new();
    for field in form.fields() {
        let (got, want) = (found.draft.get(field.id.as_str()), draft.get(field.id.as_str()));
        let state = found.open.iter().find(|open| open.field == field.id).map(|open| open.state);
        let blank = *want == Value::Blank && state.is_none_or(|state| state == OpenState::Blank);
        if !(got == want && (state.is_none() || blank)) {
            list.push(format!("{}: {:?} {state:?}, not {:?}", field.id, got.typed(), want.typed()));
        }
    }
    list
}

#[test]
fn each_export_format_reads_back_as_the_same_report() {
    let library = Library::new();
    for (disclosure, requests) in [("2019", "2019"), ("2021", "2021"), ("2021", "2019")] {
        for blanks in [false, true] {
            let (draft, form) = report(disclosure, requests, blanks);
            // JSON has tests of its own: it says numbers, not how they were typed.
            for format in Format::ALL.into_iter().filter(|format| *format != Format::Json) {
                let name = &format!("a.{}", format.extension());
                // A program built without a format has nothing to read back.
                let text = match format.write(&form, &draft) {
                    Err(ExportError::NotBuilt(_)) => continue,
                    written => written.unwrap(),
                };
                let found = import(name, &text, "2025-01-20", &library).unwrap();
                assert_eq!(found.draft.forms, draft.forms, "{name}");
                let wrong = differences(&found, &draft, &form);
                assert!(wrong.is_empty(), "{name} {disclosure} {requests} {blanks}: {wrong:#?}");
                // What was read is not told again as what found no place.
                let unplaced: Vec<&str> = found.unplaced.iter().map(|it| it.text.as_str()).collect();
                let cover = unplaced.iter().filter(|text| text.contains("示例市某局"));
                assert_eq!(cover.count(), 0, "{name}: {unplaced:?}");
            }
        }
    }
}

/// Returns what is wrong in what was read of a template's cells: totals are its own sums.
#[cfg(feature = "xlsx")]
fn template_differences(draft: &Draft, form: &Form) -> Vec<String> {
    let bytes = crate::export::xlsx::to_template(form, draft).unwrap();
    let found = import("a.xlsx", &bytes, "2025-01-20", &Library::new()).unwrap();
    let mut draft = draft.clone();
    if draft.totals == Totals::Typed {
        crate::edit::Edit::switch_totals(form, &draft).apply(&mut draft);
    }
    let ledger = crate::draft::Ledger::new(form, &draft);
    let mut wrong = Vec::new();
    for field in form.fields() {
        let id = field.id.as_str();
        let (got, want) = (found.draft.get(id).typed(), ledger.display_text(form, &draft, id));
        let state = found.open.iter().find(|open| open.field == field.id).map(|open| open.state);
        // A row without labels in which nothing stands cannot be told from none.
        let is_blank = state != Some(OpenState::Ambiguous) && want.is_empty();
        if got != want || !(state.is_none() || is_blank) {
            wrong.push(format!("{id}: {got:?} {state:?}, not {want:?}"));
        }
    }
    wrong
}

#[test]
#[cfg(feature = "xlsx")]
fn a_template_is_read_back_as_it_was_filled_in() {
    let library = Library::new();
    for (disclosure, requests) in [("2019", "2019"), ("2021", "2021"), ("2021", "2019")] {
        for blanks in [false, true] {
            let (draft, form) = report(disclosure, requests, blanks);
            let wrong = template_differences(&draft, &form);
            assert!(wrong.is_empty(), "{disclosure} {requests} {blanks}: {wrong:#?}");
        }
    }
    let draft = Draft::new("示例市某局", 2024, &library);
    let wrong = template_differences(&draft, &draft.form(&library).unwrap());
    assert!(wrong.is_empty(), "nothing filled in: {wrong:#?}");
}

/// What a draft without title, opening or narratives says of its unit and year is on the page.
#[test]
fn a_bare_report_keeps_its_unit_and_year() {
    let library = Library::new();
    for without in
        [&["cover.title"][..], &["cover.title", "preface", "overview", "problems", "other_matters"]]
    {
        let (mut draft, form) = report("2021", "2021", false);
        for id in without {
            draft.set(*id, Value::Blank);
        }
        for format in Format::ALL {
            let Ok(bytes) = format.write(&form, &draft) else { continue };
            let found = import(&format!("a.{}", format.extension()), &bytes, "2025-01-20", &library).unwrap();
            for id in ["cover.unit", "cover.year", "preface", "overview"] {
                assert_eq!(found.draft.get(id).typed(), draft.get(id).typed(), "{} {id}", format.extension());
            }
        }
    }
}
