//! Saving and reading back changes nothing, neither the draft nor the file.

use super::super::{parse, to_ron};
use super::sample;
use crate::draft::{
    Adjustment, Compiled, CompiledUnit, Draft, FormIds, IgnoredFinding, Provenance, ReportState, Totals,
    Unread, Value, parse_value,
};
use crate::form::{Field, FieldId, Form, Kind, Library};
use proptest::prelude::*;
use rust_decimal::Decimal;

/// Texts of every sort that a clerk, a paste or a hostile file may put into a cell.
fn typed(kind: &Kind) -> BoxedStrategy<String> {
    let any = "\\PC{0,12}|[\\x00-\\x20\"\\\\\u{200b}\u{202e}\u{2028}\u{feff}年a]{0,8}";
    match kind {
        Kind::Prose => "([^\\x00]{0,40}\n?){0,4}|\\PC{0,60}".boxed(),
        Kind::Choice(choices) => prop_oneof![proptest::sample::select(choices.clone()), any].boxed(),
        Kind::Year => prop_oneof!["[12][0-9]{3}年?", any].boxed(),
        Kind::Text | Kind::Date => any.boxed(),
        _ => prop_oneof![
            4 => "0|[1-9][0-9]{0,9}",
            1 => "[+减增↑-][0-9]{1,4}|[0-9]{1,6}\\.[0-9]{1,3}(元|万元)?|/|-|无|１２|1,234",
            1 => "[0-9]{10,40}",
            1 => any,
        ]
        .boxed(),
    }
}

fn field(field: &Field) -> BoxedStrategy<Value> {
    let kind = field.kind.clone();
    let read = prop_oneof![1 => Just(Value::Blank), 3 => typed(&kind).prop_map(move |text| parse_value(&kind, &text))];
    if field.column.is_empty() { read.boxed() } else { prop_oneof![9 => read, 1 => unread()].boxed() }
}

/// Returns a cell that an import could not tell, with whatever a source may hold.
fn unread() -> impl Strategy<Value = Value> {
    let text = || "\\PC{0,12}|[\\x00-\\x20\"\\\\\u{200b}\u{202e}]{0,8}";
    let known = (proptest::collection::vec(text(), 0..3), 0usize..1000, text());
    known.prop_map(|(candidates, line, text)| Value::Unread(Box::new(Unread { candidates, line, text })))
}

/// The name of a draft is written with `/`.
const FILE_NAME: &str = r"[^\\\p{C}]{0,20}";

fn drafts() -> impl Strategy<Value = Draft> {
    let form = || proptest::sample::select(vec!["2019", "2021"]);
    let forms = (form(), form());
    let forms = forms.prop_map(|(a, b)| FormIds { disclosure: a.into(), requests: b.into() });
    (forms, any::<bool>()).prop_flat_map(|(forms, auto)| {
        let form = Library::new().compose(&forms.disclosure, &forms.requests).unwrap();
        let fields: Vec<Field> = form.fields().iter().filter(|f| !auto || f.sum.is_none()).cloned().collect();
        let values = fields.iter().map(field).collect::<Vec<_>>();
        let ids: Vec<_> = fields.into_iter().map(|field| field.id).collect();
        let name = proptest::sample::select(ids.clone());
        let notes = proptest::collection::btree_map(name.clone(), "\\PC{0,20}", 0..4);
        let finding = ("[A-Z][0-9]", proptest::collection::vec(name, 0..3))
            .prop_map(|(rule, fields)| IgnoredFinding { rule, fields });
        let ignored = proptest::collection::btree_map(finding, "\\PC{0,20}", 0..4);
        let text = || "\\PC{0,20}";
        let rows = proptest::collection::btree_map(text(), text(), 0..3);
        let headings = proptest::collection::vec(text(), 0..3);
        let from =
            (text(), text(), text(), rows, headings).prop_map(|(file, format, date, rows, headings)| {
                Provenance { file, format, date, headings, rows }
            });
        let compiled = proptest::option::of(compiled());
        let beside = (proptest::option::of(FILE_NAME), proptest::option::of(from), notes, ignored, compiled);
        (values, beside).prop_map(move |(values, (last, provenance, notes, ignored, compiled))| {
            let mut draft = Draft::empty(forms.clone());
            draft.totals = if auto { Totals::Auto } else { Totals::Typed };
            draft.state = if auto { ReportState::Filling } else { ReportState::Final };
            for (id, value) in ids.iter().zip(values) {
                draft.set(id.clone(), value);
            }
            draft.last_year = last;
            draft.provenance = provenance;
            draft.notes = notes;
            draft.ignored_findings = ignored;
            draft.compiled = compiled;
            draft
        })
    })
}

/// Returns what a compiled draft keeps of its units.
fn compiled() -> impl Strategy<Value = Compiled> {
    let text = || "\\PC{0,20}";
    let part = (text(), FILE_NAME, "[0-9a-f]{16}").prop_map(|(unit, file, print)| CompiledUnit {
        unit,
        file,
        print,
    });
    let amount = (any::<i64>(), 0u32..6).prop_map(|(digits, scale)| Decimal::new(digits, scale));
    let adjustment = ("[a-z.]{1,20}", amount, text()).prop_map(|(field, amount, reason)| Adjustment {
        field: FieldId::new(&field),
        amount,
        reason,
    });
    let lists = (
        proptest::collection::vec(part, 0..4),
        proptest::collection::vec(text(), 0..3),
        proptest::collection::vec(adjustment, 0..3),
    );
    lists.prop_map(|(units, missing, adjustments)| Compiled { units, missing, adjustments })
}

fn form_of(draft: &Draft) -> std::sync::Arc<Form> {
    draft.form(&Library::new()).unwrap()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, ..ProptestConfig::default() })]

    #[test]
    fn saving_and_loading_gives_the_same_draft_and_the_same_bytes(draft in drafts()) {
        let text = to_ron(&form_of(&draft), &draft);
        let loaded = parse("x.ron", text.as_bytes(), &Library::new()).map_err(|e| TestCaseError::fail(format!("{e}\n{text}")))?;
        prop_assert_eq!(&loaded.draft, &draft);
        prop_assert_eq!(to_ron(&loaded.form, &loaded.draft), text);
        prop_assert!(loaded.ignored_totals.is_empty());
    }

    #[test]
    fn nothing_in_a_file_speaks_to_the_terminal(draft in drafts()) {
        let text = to_ron(&form_of(&draft), &draft);
        prop_assert!(text.chars().all(|c| c == '\n' || !c.is_control()));
        let hidden = ['\u{200b}', '\u{202e}', '\u{2028}', '\u{2029}', '\u{feff}'];
        prop_assert!(!text.contains(hidden));
    }
}

#[test]
fn changing_one_cell_changes_one_line() {
    let (form, mut draft) = sample(2024);
    let before = to_ron(&form, &draft);
    draft.set("requests.granted.legal", Value::Count(86));
    let after = to_ron(&form, &draft);
    let changed: Vec<_> = before.lines().zip(after.lines()).filter(|(a, b)| a != b).collect();
    assert_eq!(before.lines().count(), after.lines().count());
    assert_eq!(changed.len(), 1, "{changed:?}");
    assert!(changed[0].1.starts_with("    granted: (natural: "), "{changed:?}");
}

#[test]
fn a_line_of_the_file_is_one_row_or_one_paragraph() {
    let (form, mut draft) = sample(2019);
    draft.set("disclosure.procurement.amount", parse_value(&Kind::Money { unit: None }, "251000元"));
    draft.set("disclosure.fees.change", parse_value(&Kind::Change, "减4"));
    draft.set("requests.new.natural", parse_value(&Kind::Count, "/"));
    let text = to_ron(&form, &draft);
    assert!(text.starts_with(
        "(\n  version: 1,\n  forms: (disclosure: \"2019\", requests: \"2019\"),\n  totals: auto,\n  cover: (\n    unit: \"示例市水务局\",\n    year: 2019,\n"
    ), "{text}");
    assert!(
        text.contains(
            "  overview: [\n    \"第一段。\",\n    \"第二段“引号”。\",\n    \"\",\n    \"第四段。\",\n  ],\n"
        ),
        "{text}"
    );
    assert!(text.contains("\n    procurement: (items: 2, amount: \"251000元\"),\n"), "{text}");
    assert!(text.contains(", change: \"减4\"),\n"), "{text}");
    assert!(text.contains("\n    new: (natural: \"/\", business: "), "{text}");
    assert!(text.ends_with("  notes: {\n    \"requests.new.natural\": \"含网上申请\",\n  },\n)\n"), "{text}");
    assert_eq!(text.matches("total: ").count(), 2, "only 对外公开总数量, which is no sum");
}

#[test]
fn a_compiled_draft_names_one_unit_a_line() {
    let (form, mut draft) = sample(2024);
    draft.compiled = Some(Compiled {
        units: vec![CompiledUnit {
            unit: "示例镇".into(), file: "镇/a.ron".into(), print: "00ff".into()
        }],
        missing: vec!["示例乡".into()],
        adjustments: vec![Adjustment {
            field: "requests.new.natural".into(),
            amount: Decimal::new(-25, 1),
            reason: "联合发文".into(),
        }],
    });
    let text = to_ron(&form, &draft);
    let part = text.split_once("  compiled: (\n").unwrap().1;
    assert_eq!(
        part,
        "    units: [\n      (unit: \"示例镇\", file: \"镇/a.ron\", print: \"00ff\"),\n    ],\n    \
         missing: [\n      \"示例乡\",\n    ],\n    adjustments: [\n      \
         (field: \"requests.new.natural\", amount: \"-2.5\", reason: \"联合发文\"),\n    ],\n  ),\n)\n"
    );
    assert_eq!(parse("x.ron", text.as_bytes(), &Library::new()).unwrap().draft, draft);
    let broken = text.replace("\"-2.5\"", "\"两件\"");
    let error = parse("x.ron", broken.as_bytes(), &Library::new()).unwrap_err();
    assert!(error.message.contains("不是数"), "{error}");
}

#[test]
fn an_unread_cell_is_a_line_of_its_own() {
    let (form, mut draft) = sample(2024);
    let before = to_ron(&form, &draft);
    let text = "予以公开 1 2\u{1b}[31m".to_string();
    let unread = Unread { candidates: vec!["1".into(), "12".into()], line: 9, text };
    draft.set("requests.granted.natural", Value::Unread(Box::new(unread)));
    let text = to_ron(&form, &draft);
    assert!(!before.contains("unread"), "written only if there are any");
    assert!(text.contains("    granted: (business: "), "{text}");
    let line = "  unread: {\n    \"requests.granted.natural\": (candidates: [\"1\", \"12\"], line: 9, \
                text: \"予以公开 1 2\\u{1b}[31m\"),\n  },\n";
    assert!(text.contains(line), "{text}");
    assert_eq!(parse("x.ron", text.as_bytes(), &Library::new()).unwrap().draft, draft);
    let short = text.replace("(candidates: [\"1\", \"12\"], line: 9, text: ", "(text: ");
    assert!(parse("x.ron", short.as_bytes(), &Library::new()).is_ok(), "what is not known may be left out");
}

#[test]
fn an_unread_cell_of_another_format_is_kept_through_a_save() {
    let (_, mut draft) = sample(2020);
    let unread = Unread { line: 3, ..Unread::default() };
    draft.set("disclosure.services.change", Value::Unread(Box::new(unread)));
    draft.forms = FormIds::same("2021");
    let form = form_of(&draft);
    let text = to_ron(&form, &draft);
    assert_eq!(parse("x.ron", text.as_bytes(), &Library::new()).unwrap().draft, draft, "{text}");
}

#[test]
fn values_of_another_format_are_kept_through_a_save() {
    let (_, mut draft) = sample(2020);
    draft.forms = FormIds::same("2021");
    let form = form_of(&draft);
    let text = to_ron(&form, &draft);
    assert!(text.contains("  kept: {\n"), "{text}");
    let loaded = parse("x.ron", text.as_bytes(), &Library::new()).unwrap();
    assert_eq!(loaded.draft, draft);
}

#[test]
fn a_text_behind_a_table_is_kept_one_paragraph_a_line() {
    let (form, mut draft) = sample(2024);
    draft.set("requests", parse_value(&Kind::Prose, "其一。\n“其二”。"));
    let text = to_ron(&form, &draft);
    assert!(
        text.contains(
            "  kept: {\n    \"requests\": [\n      \"其一。\",\n      \"“其二”。\",\n    ],\n  },\n"
        ),
        "{text}"
    );
    assert_eq!(parse("x.ron", text.as_bytes(), &Library::new()).unwrap().draft, draft);
    let joined = text.replace("[\n      \"其一。\",\n      \"“其二”。\",\n    ]", "\"其一。\\n“其二”。\"");
    assert_eq!(parse("x.ron", joined.as_bytes(), &Library::new()).unwrap().draft, draft);
    let broken = text.replace("\"其一。\"", "12");
    let error = parse("x.ron", broken.as_bytes(), &Library::new()).unwrap_err();
    assert!(error.to_string().contains("“kept”") && error.at.is_some(), "{error}");
}

#[test]
fn a_byte_order_mark_and_crlf_are_read() {
    let (form, draft) = sample(2024);
    let text = format!("\u{feff}{}", to_ron(&form, &draft).replace('\n', "\r\n"));
    assert_eq!(parse("x.ron", text.as_bytes(), &Library::new()).unwrap().draft, draft);
}
