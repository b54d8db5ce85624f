//! Drafts to export, and the promises that hold for every format.

mod layout;
mod markup;
mod plain_files;
mod screen;
#[cfg(feature = "xlsx")]
mod sheet;
#[cfg(feature = "docx")]
mod word;
#[cfg(feature = "xlsx")]
mod workbooks;

use std::io::Write as _;
use std::sync::Arc;

use crate::draft::{Draft, FormIds, Totals, parse_value};
use crate::form::{Form, Library};

/// Returns a filled report of an invented unit in one of the official formats, totals computed.
pub fn sample(format: &str) -> (Arc<Form>, Draft) {
    let year = if format == "2019" { 2020 } else { 2024 };
    let library = Library::new();
    let mut draft = Draft::new("示例市数据局", year, &library);
    draft.forms = FormIds::same(format);
    let form = draft.form(&library).unwrap();
    let mut put = |id: &str, text: &str| {
        let field = form.field(id).unwrap_or_else(|| panic!("{id}"));
        draft.set(id, parse_value(&field.kind, text));
    };
    put("cover.date", "2025年1月20日");
    put("preface", "本报告根据《中华人民共和国政府信息公开条例》编制。");
    put("overview", "（一）主动公开。全年公开信息120条。\n\n　　（二）依申请公开\n收到申请5件，均已答复。");
    put("problems", "存在的问题：个别栏目更新不及时。改进：每周检查一次。");
    put("other_matters", "无。");
    put("requests.new.natural", "5");
    put("requests.new.business", "1");
    put("requests.carried_in.natural", "11398889");
    put("requests.granted.natural", "4");
    put("requests.granted.legal", "/");
    put("requests.refused_secret.natural", "1");
    put("requests.carried_out.natural", "11398889");
    put("review.reconsideration.upheld", "2");
    put("review.later_suit.pending", "1");
    if format == "2019" {
        put("disclosure.normative.made", "3");
        put("disclosure.licensing.last_year", "12");
        put("disclosure.licensing.change", "减4");
        put("disclosure.services.change", "+3");
        put("disclosure.penalties.change", "-2");
        put("disclosure.procurement.items", "7");
        put("disclosure.procurement.amount", "251000元");
    } else {
        put("disclosure.normative.issued", "3");
        put("disclosure.normative.in_force", "33");
        put("disclosure.licensing.decisions", "1,234");
        put("disclosure.fees.amount", "2.020");
    }
    (form, draft)
}

/// Returns a draft with the worst texts in every field that takes text.
pub fn hostile() -> (Arc<Form>, Draft) {
    let (form, mut draft) = sample("2019");
    let nasty = "<script>alert('1')</script>&amp;\u{1b}[2J\0\u{202e}|*_`[x](y)]]>\u{ffff}\u{200b}";
    draft.set("cover.title", crate::draft::Value::Text(format!("{nasty}\n2020")));
    draft.set("cover.date", crate::draft::Value::Text("=1+1".into()));
    draft.set(
        "overview",
        crate::draft::Value::Text(format!("{nasty}\r\n=cmd|'/c calc'!A1\r# x\n1. y\n- z\u{2028}@a")),
    );
    draft.set("requests.new.natural", crate::draft::Value::Unreadable("=HYPERLINK(\"x\")\n|\t<b>".into()));
    draft.set("requests.new.business", crate::draft::Value::Unreadable("\u{7}\"，".into()));
    (form, draft)
}

/// Returns a published report, if the folder of reports is available.
pub fn published() -> Vec<(String, Arc<Form>, Draft)> {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
    let folders = [root.join("../shared/reports"), root.join("../../shared/reports")];
    let Some(files) = folders.iter().find_map(|folder| std::fs::read_dir(folder).ok()) else {
        let _ = writeln!(std::io::stderr(), "skipped: ../shared/reports is not there");
        return Vec::new();
    };
    let library = Library::new();
    let mut found: Vec<_> = files
        .filter_map(|file| Some(file.ok()?.path()))
        .filter(|path| path.to_string_lossy().ends_with(".expected.json"))
        .map(|path| {
            let text = std::fs::read_to_string(&path).unwrap();
            let draft = crate::import::json::from_json(&text, &library).unwrap().draft;
            let form = draft.form(&library).unwrap();
            (path.file_name().unwrap().to_string_lossy().into_owned(), form, draft)
        })
        .collect();
    found.sort_by(|a, b| a.0.cmp(&b.0));
    found
}

/// Returns every draft that the promises are checked on.
pub fn all() -> Vec<(String, Arc<Form>, Draft)> {
    let mut all = published();
    for format in ["2019", "2021"] {
        let (form, draft) = sample(format);
        all.push((format.into(), form, draft));
    }
    let (form, mut draft) = hostile();
    all.push(("hostile".into(), form.clone(), draft.clone()));
    draft.totals = Totals::Typed;
    all.push(("hostile, typed".into(), form, draft));
    let (form, mut draft) = sample("2021");
    for id in ["requests.new.natural", "requests.granted.legal", "review.direct_suit.upheld"] {
        draft.set(id, crate::draft::Value::Unread(Box::default()));
    }
    all.push(("unread".into(), form, draft));
    let library = Library::new();
    for (disclosure, requests) in [("2021", "2019"), ("2019", "2021")] {
        let draft = Draft::empty(FormIds { disclosure: disclosure.into(), requests: requests.into() });
        all.push((format!("empty {disclosure} {requests}"), draft.form(&library).unwrap(), draft));
    }
    all
}

#[test]
fn the_same_draft_gives_the_same_bytes() {
    use super::Format;
    for (name, form, draft) in all() {
        for format in Format::ALL {
            let first = format.write(&form, &draft).unwrap();
            assert_eq!(first, format.write(&form, &draft.clone()).unwrap(), "{name} {format:?}");
        }
    }
}

#[test]
fn a_format_is_found_by_its_ending_and_its_other_names() {
    use super::Format;
    for format in Format::ALL {
        assert_eq!(Format::from_name(format.extension()), Some(format));
        assert_eq!(Format::from_name(&format!(" .{}", format.extension().to_uppercase())), Some(format));
    }
    assert_eq!(Format::from_name("htm"), Some(Format::Html));
    assert_eq!(Format::from_name("markdown"), Some(Format::Markdown));
    assert_eq!(Format::from_name("pdf"), None);
}
