//! Each mistake in a file is reported with its line and field.

use super::super::{Fault, StoreError, parse, to_ron};
use super::sample;
use crate::draft::Totals;
use crate::form::Library;

fn text() -> String {
    let (form, draft) = sample(2024);
    to_ron(&form, &draft)
}

fn refuse(text: &str) -> StoreError {
    parse("局.ron", text.as_bytes(), &Library::new()).unwrap_err()
}

/// Changes the sample's file and gives the line of the change and the refusal.
fn broken(from: &str, to: &str) -> (usize, StoreError) {
    let text = text();
    assert!(text.contains(from), "{from} is not in\n{text}");
    let line = text[..text.find(from).unwrap()].matches('\n').count() + 1;
    (line, refuse(&text.replacen(from, to, 1)))
}

#[test]
fn mistakes_are_reported_with_their_line_and_field() {
    for (from, to, expected) in [
        (
            "granted: (natural: ",
            "granted: (nature: ",
            &["不认识的名称“nature”", "予以公开", "natural、business"][..],
        ),
        (
            "granted: (natural: ",
            "granted: (natural: 1, natural: ",
            &["“natural”写了两次", "requests.granted"],
        ),
        ("    granted: (", "    grant: (", &["不认识的名称“grant”", "三、收到和处理政府信息公开申请情况"]),
        ("    partial: (", "    granted: (", &["“granted”写了两次"]),
        ("  review: (", "  revue: (", &["不认识的名称“revue”", "review"]),
        ("  review: (", "  requests: (", &["“requests”写了两次"]),
        (
            "granted: (natural: ",
            "granted: (natural: true, business: ",
            &[
                "三·（一）予以公开·自然人",
                "requests.granted.natural",
                "这里应是一个整数，或用英文引号括起的文字",
            ],
        ),
        (
            "granted: (natural: ",
            "granted: (natural: 1.5, business: ",
            &["requests.granted.natural", "不是整数"],
        ),
        (
            "granted: (natural: ",
            "granted: (natural: (), business: ",
            &["requests.granted.natural", "这里应是一个整数"],
        ),
        ("granted: (natural: ", "granted: (natural：", &["requests.granted.natural", "缺少英文冒号"]),
        ("granted: (", "granted: [", &["requests.granted", "圆括号"]),
        ("amount: \"", "amount: 12, x: \"", &["本年收费金额", "用英文引号括起的金额"]),
        ("unit: \"", "unit: 12, x: \"", &["封面·单位名称", "这里应是一段用英文引号括起的文字"]),
        ("year: 2024", "year: 99999", &["封面·报告年度", "99999 不在 1949 至 2999 之间"]),
        ("year: 2024", "year: 0", &["0 不在 1949 至 2999 之间"]),
        ("year: 2024", "year: -1", &["-1 不在 1949 至 2999 之间"]),
        ("overview: [", "overview: [12, ", &["一、总体情况", "文字"]),
        ("totals: auto", "totals: maybe", &["“totals”", "auto、typed"]),
        ("forms: (disclosure", "forms: (disclosures", &["“forms”", "不认识的名称“disclosures”"]),
        ("disclosure: \"2021\"", "disclosure: \"2033\"", &["没有名为“2033”的格式", "2021、2019"]),
        (
            "\"requests.new.natural\": ",
            "\"requests.nwe.natural\": ",
            &["“requests.nwe.natural”", "哪一种格式里都没有"],
        ),
        ("  version: 1,", "  version: 2,", &["新版程序", "请升级"]),
    ] {
        let (line, error) = broken(from, to);
        assert_eq!(error.file, "局.ron");
        let message = error.to_string();
        assert!(message.starts_with(&format!("局.ron:{line}:")), "{to}: line {line}, but {message}");
        for word in expected {
            assert!(message.contains(word), "{to}: {word} is not in {message}");
        }
        assert!(!message.contains("xpected"), "{message}");
    }
}

#[test]
fn unread_cells_that_make_no_sense_are_refused() {
    let (form, mut draft) = sample(2024);
    let answered = to_ron(&form, &draft);
    draft.set("requests.granted.natural", crate::draft::Value::Blank);
    let blank = to_ron(&form, &draft);
    let entry =
        "  unread: {\n    \"requests.granted.natural\": (candidates: [\"1\"], line: 9, text: \"\"),\n";
    let before = |part: &str, text: &str, more: &str| {
        assert!(text.contains(part), "{text}");
        text.replacen(part, &format!("{entry}{more}  }},\n{part}"), 1)
    };
    assert!(parse("x.ron", before("  notes: {", &blank, "").as_bytes(), &Library::new()).is_ok());
    for (text, more, expected) in [
        (&answered, "", &["“requests.granted.natural”填了", "待核对", "删去一处"][..]),
        (&blank, "\"requests.granted.natural\": (line: 1),", &["“requests.granted.natural”写了两次"]),
        (&blank, "\"requests.nwe.natural\": (),", &["“requests.nwe.natural”", "哪一种格式里都没有"]),
        (&blank, "\"cover.unit\": (),", &["“cover.unit”不是表里的一格"]),
        (&blank, "\"overview\": (),", &["“overview”不是表里的一格"]),
        (&blank, "\"requests.new.legal\u{1b}[2J\": (),", &["哪一种格式里都没有"]),
        (&blank, "\"requests.partial.total\": (guess\u{1b}: 1),", &[]),
        (&blank, "\"requests.partial.total\": (guess: 1),", &["“unread”", "guess"]),
        (&blank, "\"requests.partial.total\": (line: -1),", &["“unread”"]),
        (&blank, "\"requests.partial.total\": (candidates: [1]),", &["“unread”"]),
        (&blank, "\"requests.partial.total\": \"?\",", &["“unread”"]),
    ] {
        let text = before("  notes: {", text, &format!("{more}\n"));
        let first = text[..text.find(entry).unwrap()].matches('\n').count() + 2;
        let error = refuse(&text);
        let line = error.at.map(|(line, _)| line);
        assert_eq!(line, Some(if more.is_empty() { first } else { first + 1 }), "{more}: {error}");
        assert!(expected.iter().all(|word| error.message.contains(word)), "{more}: {error}");
        assert!(!error.message.chars().any(char::is_control), "{error:?}");
        assert!(!error.message.contains("xpected"), "{error}");
    }
    // The parts may come in any order.
    let error = refuse(&before("  cover: (", &answered, ""));
    assert!(error.message.contains("“requests.granted.natural”填了"), "{error}");
}

#[test]
fn the_version_decides_first() {
    let (_, error) = broken("  version: 1,", "  version: 9, nonsense: (((,");
    assert_eq!(error.fault, Fault::Newer);
    let error = refuse("(forms: (disclosure: \"2021\"))");
    assert!(error.message.contains("version"), "{error}");
    let error = refuse("(version: 1, totals: auto)");
    assert!(error.message.contains("缺少“forms”"), "{error}");
    let error = refuse("(version: 1, overview: [])");
    assert!(error.message.contains("forms"), "{error}");
}

#[test]
fn a_file_that_is_no_draft_is_reported_as_such() {
    for (text, word) in [
        ("", "空的"),
        ("  \n", "空的"),
        ("今年的年报", "圆括号"),
        ("{\"version\": 1}", "圆括号"),
        ("(version: 1", "中断"),
        ("<html>", "圆括号"),
    ] {
        let error = refuse(text);
        assert!(error.message.contains(word), "{text}: {error}");
    }
    let cut = text();
    let error = refuse(&cut[..cut.len() / 2].replace('\u{fffd}', ""));
    assert!(error.at.is_some_and(|(line, _)| line > 10), "{error}");
}

#[test]
fn git_markers_are_recognised() {
    let text = text();
    let line = text.lines().position(|line| line.starts_with("    granted")).unwrap();
    let mut lines: Vec<&str> = text.lines().collect();
    lines.insert(line, "<<<<<<< HEAD");
    let error = refuse(&lines.join("\n"));
    assert_eq!((error.fault, error.at), (Fault::Conflicted, Some((line + 1, 1))));
    assert!(error.message.contains("git"), "{error}");
}

#[test]
fn bytes_that_are_not_utf8_are_reported_with_their_line() {
    let mut bytes = "(version: 1,\n  年".as_bytes().to_vec();
    bytes.push(0xb5);
    let error = parse("x.ron", &bytes, &Library::new()).unwrap_err();
    assert_eq!((error.fault, error.at), (Fault::Encoding, Some((2, 4))));
    let error = parse("x.ron", &[0xff, 0xfe, b'(', 0], &Library::new()).unwrap_err();
    assert!(error.message.contains("UTF-16"), "{error}");
}

#[test]
fn totals_in_an_auto_draft_are_reported_and_ignored() {
    let (form, mut draft) = sample(2024);
    draft.totals = Totals::Typed;
    draft.set("requests.granted.total", crate::draft::Value::Count(999));
    let text = to_ron(&form, &draft).replace("totals: typed", "totals: auto");
    let loaded = parse("x.ron", text.as_bytes(), &Library::new()).unwrap();
    assert!(loaded.draft.get("requests.granted.total").is_blank());
    assert_eq!(loaded.ignored_totals.len(), 1);
    let message = loaded.ignored_totals[0].to_string();
    assert!(message.contains("（一）予以公开·总计") && message.contains("“999”没有采用"), "{message}");
}
