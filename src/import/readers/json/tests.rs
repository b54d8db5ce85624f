//! JSON read back: what was exported, transcriptions of reports, hostile files.

use std::io::Write as _;

use super::*;
use crate::export::json::to_json;

const BOTH: [&str; 2] = ["2019", "2021"];

fn refused(text: &str) -> String {
    from_json(text, &Library::new()).expect_err(text).to_string()
}

fn taken(text: &str) -> Reading {
    from_json(text, &Library::new()).expect(text)
}

/// Returns a draft with something of every kind in every field.
fn full(forms: FormIds, totals: Totals) -> Draft {
    let library = Library::new();
    let mut draft = Draft::empty(forms);
    draft.totals = totals;
    let form = draft.form(&library).unwrap();
    for (at, field) in form.fields().iter().enumerate() {
        if totals == Totals::Auto && field.sum.is_some() {
            continue;
        }
        let text = match (&field.kind, at % 7) {
            (Kind::Prose, _) => "第一段，“引号”。\n\n第二段\u{3000}\\ \t".into(),
            (Kind::Text, _) => "示例市数据局".into(),
            (Kind::Year, _) => "2024".into(),
            (Kind::Date, _) => "2025年1月20日".into(),
            (Kind::Choice(message), _) => message[0].clone(),
            (_, 1) => String::new(),
            (_, 2) => "/".into(),
            (_, 3) => "约3件".into(),
            (Kind::Change, _) => "-4".into(),
            (Kind::Money { .. }, _) => "251,000.50元".into(),
            _ => (at * 1000).to_string(),
        };
        draft.set(field.id.clone(), parse_value(&field.kind, &text));
    }
    draft.notes.insert("requests.new.total".into(), "含转办2件".into());
    draft
}

#[test]
fn a_text_behind_a_table_is_written_only_where_there_is_one() {
    let library = Library::new();
    let mut draft = Draft::new("示例市某局", 2024, &library);
    let form = draft.form(&library).unwrap();
    let fields = |draft: &Draft| to_json(&form, draft)["fields"].as_object().unwrap().clone();
    assert!(!fields(&draft).contains_key("requests") && fields(&draft).contains_key("overview"));
    draft.set("requests", Value::Text("第一段。\n第二段。".into()));
    assert_eq!(fields(&draft)["requests"], "第一段。\n第二段。");
}

#[test]
fn a_written_draft_reads_back_as_it_was() {
    let library = Library::new();
    for disclosure in BOTH {
        for requests in BOTH {
            for totals in [Totals::Auto, Totals::Typed] {
                let forms = FormIds { disclosure: disclosure.into(), requests: requests.into() };
                let draft = full(forms, totals);
                let form = draft.form(&library).unwrap();
                let json = to_json(&form, &draft);
                assert_eq!(json["fields"].as_object().unwrap().len(), form.fields().len());
                let reading = taken(&serde_json::to_string_pretty(&json).unwrap());
                assert_eq!(reading, Reading { draft, remarks: vec![] });
            }
        }
    }
}

#[test]
fn numbers_are_numbers_money_is_text_blank_is_null() {
    let mut draft = Draft::new("示例市数据局", 2020, &Library::new());
    let form = draft.form(&Library::new()).unwrap();
    for (id, text) in [
        ("requests.new.natural", "1,200"),
        ("requests.new.business", "/"),
        ("disclosure.licensing.change", "减4"),
        ("disclosure.procurement.amount", "251000元"),
        ("overview", "甲\n乙"),
    ] {
        draft.set(id, parse_value(&form.field(id).unwrap().kind, text));
    }
    let json = to_json(&form, &draft);
    let fields = &json["fields"];
    assert_eq!(fields["requests.new.natural"], 1200);
    assert_eq!(fields["requests.new.business"], "/");
    assert_eq!(fields["requests.new.total"], 1200, "an auto total is written with its sum");
    assert_eq!(fields["requests.carried_in.total"], Json::Null, "the total of blanks is blank");
    assert_eq!(fields["disclosure.licensing.change"], -4);
    assert_eq!(fields["disclosure.procurement.amount"], "251000元");
    assert_eq!(fields["overview"], "甲\n乙");
    assert_eq!(fields["cover.year"], 2020);
    assert_eq!(json["year"], 2020);
    assert_eq!(json["totals"], "auto");
}

use serde_json::Value as Json;

#[test]
fn a_transcriptions_totals_are_typed_and_other_keys_ignored() {
    let reading = taken(
        r#"{"unit": "示例县", "year": 2021, "disclosure_form": "2021", "requests_form": "2019",
            "fields": {"requests.new.total": 3, "disclosure.fees.amount": 14722.490},
            "relations_broken": [["T1", "total"]], "source": {"a": [1]}}"#,
    );
    let draft = reading.draft;
    assert_eq!((draft.unit(), draft.year(), draft.totals), ("示例县", Some(2021), Totals::Typed));
    assert_eq!(draft.get("requests.new.total"), &Value::Count(3));
    assert_eq!(draft.get("disclosure.fees.amount").typed(), "14722.490", "spelling is kept");
    assert_eq!(draft.forms, FormIds { disclosure: "2021".into(), requests: "2019".into() });
    assert_eq!(reading.remarks, []);
}

#[test]
fn an_auto_draft_drops_totals_and_reports_differing_ones() {
    let reading = taken(
        "{\"version\":1,\"year\":2024,\"totals\":\"auto\",\"fields\":{\n\"requests.new.natural\":2,\n\
         \"requests.new.total\":2,\n\"requests.carried_in.total\":5}}",
    );
    assert_eq!(reading.draft.get("requests.new.total"), &Value::Blank);
    let message: Vec<_> = reading.remarks.iter().map(|r| (r.line, r.message.as_str())).collect();
    let place = "三·二、上年结转政府信息公开申请数量·总计";
    let difference = format!("{place}：文件里是 5，各项相加是 空白；总计由程序计算，取 空白");
    assert_eq!(message, [(4, difference.as_str())]);
}

#[test]
fn what_fits_no_field_is_reported_with_its_line() {
    let reading = taken("{\"year\":2024,\"fields\":{\n\"a.b\":1,\"c\":null},\n\"notes\":{\"d\":\"x\"}}");
    let lines: Vec<_> = reading.remarks.iter().map(|remark| remark.line).collect();
    assert_eq!(lines, [2, 3]);
}

#[test]
fn huge_or_odd_numbers_are_kept_as_unreadable_never_rounded() {
    let huge = "9".repeat(400);
    for number in ["1.5", "1e3", "-3", "12345678901234567890", &huge] {
        let text = format!("{{\"year\":2024,\"fields\":{{\"requests.new.natural\":{number}}}}}");
        let reading = taken(&text);
        assert_eq!(reading.draft.get("requests.new.natural"), &Value::Unreadable(number.into()));
    }
}

#[test]
fn what_is_not_a_draft_is_refused_with_its_position() {
    for (text, message) in [
        ("", "1:1：文件不完整，内容到此中断"),
        ("[]", "1:1：文件 应是花括号括起的一组名称和值"),
        ("{\"year\":2024}", "1:1：缺少“fields”，各栏的数应写在里面"),
        ("{\"fields\":{}}", "1:1：不知道是哪一年的格式，请写上“forms”或“year”"),
        ("{\"year\":2024,\n\"year\":2024,\"fields\":{}}", "2:8：“year”写了两次，请删去一个"),
        (
            "{\"year\":2024,\"fields\":{\"overview\":\"a\",\"overview\":\"a\"}}",
            "1:50：“overview”写了两次，请删去一个",
        ),
        (
            "{\"version\":2,\"year\":2024,\"fields\":{}}",
            "1:12：这份文件是第 2 版的写法，本程序只认到第 1 版，请换用新的程序",
        ),
        ("{\"year\":\"2024x\",\"fields\":{}}", "1:9：year 应是四位数的年度，如 2025"),
        ("{\"year\":2024,\"fields\":{\"overview\":1}}", "1:35：“overview”应是文字或 null"),
        (
            "{\"year\":2024,\"fields\":{\"requests.new.total\":[1]}}",
            "1:45：“requests.new.total”应是数、文字或 null",
        ),
        (
            "{\"year\":2024,\"fields\":{\"requests.new.total\":true}}",
            "1:45：“requests.new.total”应是数、文字或 null",
        ),
        (
            "{\"year\":2024,\"forms\":{\"disclosure\":\"2033\"},\"fields\":{}}",
            "1:1：没有名为“2033”的格式，现有：2021、2019",
        ),
        ("{\"year\":2024,\"totals\":\"x\",\"fields\":{}}", "1:23：totals 应是 \"auto\" 或 \"typed\""),
        ("{\"year\":2024,\"fields\":{\"overview\":\"\\ud800\"}}", "1:35：这段文字的转义写法不对"),
    ] {
        assert_eq!(refused(text), message, "{text}");
    }
    let deep = format!("{{\"year\":2024,\"fields\":{}{}}}", "[".repeat(1_000_000), "]".repeat(1_000_000));
    assert!(refused(&deep).contains("fields 应是花括号"), "depth costs no stack");
    assert!(refused(&" ".repeat(LARGEST + 1)).contains("超过"));
}

#[test]
fn every_transcription_is_read_in_full() {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
    let Some(folder) =
        ["../shared/reports", "../../shared/reports"].iter().map(|p| root.join(p)).find(|p| p.is_dir())
    else {
        let _ = writeln!(std::io::stderr(), "skipped: ../shared/reports is not there");
        return;
    };
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if !path.to_string_lossy().ends_with(".expected.json") {
            continue;
        }
        let text = std::fs::read_to_string(&path).unwrap();
        let reading = taken(&text);
        assert_eq!(reading.remarks, [], "{}", path.display());
        let unreadable = reading.draft.values().find(|(_, v)| matches!(v, Value::Unreadable(_)));
        assert_eq!(unreadable, None, "{}", path.display());
    }
}
