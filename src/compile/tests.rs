//! Tests of adding up units.

use rust_decimal::Decimal;
use std::sync::Arc;

use super::*;
use crate::draft::{Adjustment, Compiled, CompiledUnit, Draft, Totals, Unread, Value, parse_value};
use crate::form::{FieldId, Form, Library};

const NEW: &str = "requests.new.natural";

/// A unit's draft with what is typed, and a 0 in the last cell of each table, so that none is wholly blank.
fn unit(name: &str, year: u16, typed: &[(&str, &str)]) -> (Arc<Form>, Draft) {
    let library = Library::new();
    let mut draft = Draft::new(name, year, &library);
    let form = draft.form(&library).unwrap();
    for table in form.tables() {
        let last = form.fields_of(table).iter().rfind(|field| field.sum.is_none()).unwrap();
        draft.set(last.id.clone(), parse_value(&last.kind, "0"));
    }
    for (id, text) in typed {
        draft.set(*id, parse_value(&form.field(id).unwrap().kind, text));
    }
    (form, draft)
}

fn sum(units: &[(Arc<Form>, Draft)]) -> UnitSums {
    let mut unit_sums = UnitSums::new();
    for (form, draft) in units {
        unit_sums.add(form, &format!("{}.ron", draft.unit()), Contribution::of(form, draft)).unwrap();
    }
    unit_sums
}

fn value(unit_sums: &UnitSums, form: &Form, id: &str, adjustments: &[Adjustment]) -> Value {
    let values = unit_sums.sums(form, adjustments);
    values.into_iter().find(|(field, _)| field.as_str() == id).unwrap().1
}

#[test]
fn entered_cells_are_added_exactly_and_blank_is_not_0() {
    let fees = "disclosure.fees.amount";
    let units = [
        unit("甲", 2024, &[(NEW, "12"), (fees, "0.1")]),
        unit("乙", 2024, &[(NEW, "/"), (fees, "0.2")]),
        unit("丙", 2024, &[(NEW, "3"), ("requests.new.legal", "0")]),
    ];
    let form = &units[0].0;
    let unit_sums = sum(&units);
    assert_eq!(value(&unit_sums, form, NEW, &[]), Value::Count(15));
    assert_eq!(value(&unit_sums, form, fees, &[]).typed(), "0.3");
    assert_eq!(value(&unit_sums, form, "requests.new.legal", &[]), Value::Count(0));
    assert_eq!(value(&unit_sums, form, "requests.new.research", &[]), Value::Blank);
    assert_eq!(unit_sums.unknown_cells(form).count(), 0);
}

#[test]
fn signed_changes_keep_their_sign_and_money_its_unit() {
    let (change, amount) = ("disclosure.licensing.change", "disclosure.procurement.amount");
    let units = [
        unit("甲", 2020, &[(change, "减4"), (amount, "251000元")]),
        unit("乙", 2020, &[(change, "+1"), (amount, "0")]),
        unit("丙", 2020, &[(amount, "9000.50元")]),
    ];
    let form = &units[0].0;
    let unit_sums = sum(&units);
    assert_eq!(value(&unit_sums, form, change, &[]).typed(), "-3");
    assert_eq!(value(&unit_sums, form, amount, &[]).typed(), "260000.5元");
}

#[test]
fn what_cannot_be_added_makes_the_sum_unknown() {
    let amount = "disclosure.procurement.amount";
    let units = [
        unit("甲", 2020, &[(amount, "251000元"), (NEW, "约3件")]),
        unit("乙", 2020, &[(amount, "52.15"), (NEW, "4")]),
    ];
    let form = &units[0].0;
    let unit_sums = sum(&units);
    for id in [amount, NEW] {
        assert_eq!(value(&unit_sums, form, id, &[]), Value::Unreadable("?".into()));
    }
    let unknown: Vec<_> = unit_sums.unknown_cells(form).map(|(id, reason)| (id.as_str(), reason)).collect();
    assert_eq!(unknown, [(NEW, "甲 写的是“约3件”"), (amount, "乙 的单位与前面的不同（52.15）")]);
}

#[test]
fn an_unread_cell_is_never_added_as_nothing() {
    let unread = || Value::Unread(Box::new(Unread { candidates: vec!["3".into()], ..Unread::default() }));
    let (form, mut draft) = unit("甲", 2024, &[("requests.new.legal", "1")]);
    draft.totals = Totals::Typed;
    draft.set(NEW, unread());
    // Its parts are blank in the source, and the total could not be told.
    draft.set("requests.granted.total", unread());
    let unit_sums = sum(&[(form.clone(), draft.clone()), unit("乙", 2024, &[(NEW, "4")])]);
    for id in [NEW, "requests.granted.natural"] {
        assert_eq!(value(&unit_sums, &form, id, &[]), Value::Unreadable("?".into()), "{id}");
    }
    assert_eq!(value(&unit_sums, &form, "requests.new.legal", &[]), Value::Count(1));
    let unknown: Vec<_> = unit_sums.unknown_cells(&form).collect();
    assert!(unknown.iter().any(|(id, reason)| id.as_str() == NEW && reason.starts_with("甲 导入时未能确认")));
    assert!(unknown.iter().any(|(id, _)| id.as_str() == "requests.granted.total"), "{unknown:?}");
    let shown = shares(&form, &FieldId::new(NEW), [&Contribution::of(&form, &draft)]);
    assert_eq!((shown[0].typed.as_str(), shown[0].amount), ("?", None));
    let before = Contribution::of(&form, &draft).fingerprint;
    draft.set(NEW, Value::Count(3));
    assert_ne!(
        Contribution::of(&form, &draft).fingerprint,
        before,
        "answering it changes the unit's numbers"
    );
}

#[test]
fn a_total_over_blank_parts_makes_the_sums_unknown() {
    let (form, mut draft) = unit("甲", 2024, &[("requests.new.total", "5")]);
    draft.totals = Totals::Typed;
    let unit_sums = sum(&[(form.clone(), draft)]);
    assert_eq!(value(&unit_sums, &form, NEW, &[]), Value::Unreadable("?".into()));
    let unknown: Vec<_> = unit_sums.unknown_cells(&form).map(|(id, _)| id.as_str()).collect();
    assert_eq!(unknown, ["requests.new.total"]);
}

#[test]
fn other_years_formats_and_duplicate_units_are_refused() {
    let (form, draft) = unit("甲", 2024, &[]);
    let add = |unit_sums: &mut UnitSums, name: &str, year, forms: Option<&str>| {
        let (_, mut other) = unit(name, year, &[]);
        if let Some(id) = forms {
            other.forms.disclosure = id.into();
        }
        unit_sums.add(&form, "b.ron", Contribution::of(&form, &other)).map_err(|mixed| mixed.to_string())
    };
    let mut unit_sums = sum(&[(form.clone(), draft)]);
    assert_eq!(
        add(&mut unit_sums, "乙", 2023, None).unwrap_err(),
        "是 2023 年的，前面的是 2024 年的；一份汇总只能是同一年度的报告"
    );
    assert_eq!(
        add(&mut unit_sums, "乙", 2024, Some("2019")).unwrap_err(),
        "表格格式是 表二 2019、其余 2021，前面的是 2021；格式不同的表不能相加，请先统一格式"
    );
    assert_eq!(
        add(&mut unit_sums, "甲", 2024, None).unwrap_err(),
        "单位“甲”已经有一份（甲.ron），同一单位只能计一次"
    );
    assert_eq!(unit_sums.units().len(), 1, "what was refused is not in the sum");
    add(&mut unit_sums, "乙", 2024, None).unwrap();
}

#[test]
fn a_draft_with_a_blank_table_is_not_added() {
    let mut units = [unit("甲", 2024, &[(NEW, "3")]), unit("乙", 2024, &[(NEW, "4")])];
    let (form, draft) = &mut units[1];
    for field in form.fields().iter().filter(|field| field.id.section() == "review") {
        draft.set(field.id.clone(), Value::Blank);
    }
    let mut unit_sums = sum(&units[..1]);
    let (form, draft) = &units[1];
    let refused = unit_sums.add(form, "乙.ron", Contribution::of(form, draft)).unwrap_err();
    assert_eq!(refused, CompileError::BlankTables { tables: vec!["四".into()] });
    assert_eq!(value(&unit_sums, form, NEW, &[]), Value::Count(3));
    assert_eq!(unit_sums.units().len(), 1);
}

#[test]
fn a_unit_whose_tables_were_emptied_or_never_filled_stays_out() {
    let (form, filed) = unit("甲", 2024, &[(NEW, "3")]);
    let blank = Contribution::of(&form, &Draft::new("甲", 2024, &Library::new()));
    let part = CompiledUnit { unit: "甲".into(), file: "甲.ron".into(), print: "1".into() };
    let mut total = filed;
    total.compiled =
        Some(Compiled { units: vec![part.clone()], missing: vec!["乙".into()], ..Compiled::default() });
    let mut now = CurrentUnits::default();
    now.add_unit(&form, &total, &part, Ok(blank.clone()), true);
    now.note_late_unit(&total, "乙.ron".into(), Contribution { unit: "乙".into(), ..blank });
    now.finish(&form, total.compiled.as_ref().unwrap());
    assert_eq!(now.changes.unread, ["甲（没有填完：二、三、四整张空白）"]);
    assert_eq!((&now.changes.newly_filed, now.late_units.len()), (&vec![], 0));
}

#[test]
fn a_draft_that_is_not_finished_does_not_count_as_filed() {
    let file = |blank: &[&str], errors| UnitFile {
        file: "甲.ron".into(),
        unit: "甲".into(),
        year: Some(2024),
        blank_tables: blank.iter().map(ToString::to_string).collect(),
        errors,
        ..UnitFile::default()
    };
    let (blank, whole) = (file(&["四"], 1), file(&[], 0));
    assert_eq!(UnitStatus::of(&[&blank]), UnitStatus::Unfinished);
    assert_eq!(UnitStatus::of(&[&blank, &blank]), UnitStatus::Unfinished);
    assert_eq!(UnitStatus::of(&[&blank, &whole]), UnitStatus::Filed, "the other one counts");
    assert_eq!(UnitStatus::of(&[&whole, &blank, &whole]), UnitStatus::Duplicate);
    assert_eq!(UnitStatus::ALL.map(UnitStatus::is_filed), [false, false, true, true, true, true]);
}

#[test]
fn an_adjustment_changes_its_cell_and_stays_with_its_reason() {
    let units = [unit("甲", 2024, &[(NEW, "12")]), unit("乙", 2024, &[(NEW, "3")])];
    let form = &units[0].0;
    let unit_sums = sum(&units);
    let adjustment = Adjustment {
        field: NEW.into(),
        amount: Decimal::from(-2),
        reason: "联合收到，由牵头单位计数".into(),
    };
    assert_eq!(value(&unit_sums, form, NEW, std::slice::from_ref(&adjustment)), Value::Count(13));
    let (_, mut total) = unit("示例县", 2024, &[(NEW, "1")]);
    total.compiled = Some(crate::draft::Compiled { adjustments: vec![adjustment], ..Default::default() });
    let before = total.clone();
    let edit = unit_sums.refresh_edit(form, &total, vec!["丙".into()]);
    edit.apply(&mut total);
    assert_eq!(total.get(NEW), &Value::Count(13));
    let compiled = total.compiled.clone().unwrap();
    assert_eq!(
        (compiled.units.len(), compiled.missing, compiled.adjustments.len()),
        (2, vec!["丙".into()], 1)
    );
    edit.inverse().apply(&mut total);
    assert_eq!(total, before, "taking numbers in can be taken back");
    assert!(
        unit_sums
            .refresh_edit(
                form,
                &{
                    let mut t = before.clone();
                    edit.apply(&mut t);
                    t
                },
                vec!["丙".into()]
            )
            .is_empty()
    );
}

#[test]
fn a_unit_that_filed_since_is_added_unless_it_filed_twice() {
    let (form, first) = unit("甲", 2024, &[(NEW, "12")]);
    let part = |draft: &Draft| CompiledUnit {
        unit: draft.unit().into(),
        file: "甲.ron".into(),
        print: Contribution::of(&form, draft).fingerprint,
    };
    let (_, mut total) = unit("示例县", 2024, &[(NEW, "12")]);
    total.compiled = Some(Compiled {
        units: vec![part(&first)],
        missing: ["乙", "丙", "坏的.ron", "坏的二.ron", "丁"].map(String::from).to_vec(),
        adjustments: Vec::new(),
    });
    let mut now = CurrentUnits::default();
    now.add_unit(&form, &total, &part(&first), Ok(Contribution::of(&form, &first)), true);
    let beside = [
        ("乙.ron", unit("乙", 2024, &[(NEW, "3")])),
        ("乙去年.ron", unit("乙", 2023, &[(NEW, "700")])),
        ("丙.ron", unit("丙", 2024, &[(NEW, "5000")])),
        ("丙（改）.ron", unit("丙", 2024, &[(NEW, "6000")])),
        ("坏的.ron", unit("戊", 2024, &[(NEW, "40")])),
        ("别人.ron", unit("己", 2024, &[(NEW, "80000")])),
        ("坏的二.ron", unit("甲", 2024, &[(NEW, "9")])),
    ];
    for (file, (form, draft)) in beside {
        now.note_late_unit(&total, file.into(), Contribution::of(&form, &draft));
    }
    now.finish(&form, total.compiled.as_ref().unwrap());
    assert_eq!(now.changes.newly_filed, ["乙", "坏的.ron"]);
    assert_eq!(now.changes.duplicates, ["丙（丙.ron、丙（改）.ron）"]);
    now.refresh_edit(&form, &total).apply(&mut total);
    assert_eq!(total.get(NEW), &Value::Count(12 + 3 + 40));
    let compiled = total.compiled.unwrap();
    assert_eq!(compiled.missing, ["丙", "坏的二.ron", "丁"], "still missing, and never 0");
    assert_eq!(compiled.units.iter().map(|part| part.unit.as_str()).collect::<Vec<_>>(), ["甲", "乙", "戊"]);
}

#[test]
fn a_fingerprint_changes_with_the_numbers_alone() {
    let (form, mut draft) = unit("甲", 2024, &[(NEW, "12")]);
    let print = |draft: &Draft| Contribution::of(&form, draft).fingerprint;
    let first = print(&draft);
    assert_eq!(first.len(), 16);
    draft.set("overview", Value::Text("改了文字".into()));
    draft.set("requests.new.total", Value::Count(12));
    assert_eq!(print(&draft), first, "texts and totals are no part of it");
    draft.set(NEW, Value::Count(13));
    assert_ne!(print(&draft), first);
    assert_eq!(
        print(&unit("乙", 2024, &[(NEW, "12")]).1),
        first,
        "the same numbers have the same fingerprint on every machine"
    );
}

#[test]
fn shares_are_sorted_and_blanks_come_last() {
    let units = [
        unit("甲", 2024, &[(NEW, "1")]),
        unit("乙", 2024, &[]),
        unit("丙", 2024, &[(NEW, "2")]),
        unit("丁", 2024, &[(NEW, "0")]),
        unit("戊", 2024, &[(NEW, "x")]),
    ];
    let form = &units[0].0;
    let given: Vec<_> = units.iter().map(|(form, draft)| Contribution::of(form, draft)).collect();
    let of = |id: &str| shares(form, &FieldId::new(id), &given);
    let seen: Vec<_> = of(NEW)
        .into_iter()
        .map(|share| (share.unit, share.typed, share.percent.map(|percent| percent.to_string())))
        .collect();
    let percent = |text: &str| Some(text.to_string());
    assert_eq!(
        seen,
        [
            (2, "2".into(), percent("66.7")),
            (0, "1".into(), percent("33.3")),
            (3, "0".into(), percent("0")),
            (4, "x".into(), None),
            (1, String::new(), None),
        ]
    );
    assert_eq!(of("requests.new.total")[0].typed, "2", "a computed total is shown with its sum");
}

#[test]
fn a_roster_finds_missing_duplicate_and_unlisted_units() {
    let roster = Roster::parse("\u{feff}# 应报单位\n示例局\r\n\n 示例镇 \n示例局\n示例乡\n");
    assert_eq!(roster.units, ["示例局", "示例镇", "示例乡"]);
    assert_eq!(roster.duplicates, ["示例局"]);
    assert_eq!(roster.missing(["示例镇", "外单位"]), ["示例局", "示例乡"]);
    assert_eq!(roster.unlisted(["示例镇", "外单位"]), ["外单位"]);
}
