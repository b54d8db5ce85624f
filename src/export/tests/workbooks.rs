//! Workbooks beside the report's own: one to fill in, and those of many units.

use calamine::{Data, Reader, Xlsx};
use std::collections::BTreeMap;
use std::io::{Cursor, Read};

use super::super::xlsx::{UnitNumbers, UnitSheets, to_template, to_units_xlsx};
use super::{all, sample};
use crate::draft::{Adjustment, Ledger, Value};
use crate::form::Field;

/// Returns the XML of each sheet by the name of its file.
fn sheets(bytes: Vec<u8>) -> BTreeMap<String, String> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut sheets = BTreeMap::new();
    for at in 0..archive.len() {
        let mut entry = archive.by_index(at).unwrap();
        let name = entry.name().unwrap().to_string();
        if name.starts_with("xl/worksheets/sheet") {
            let mut text = String::new();
            entry.read_to_string(&mut text).unwrap();
            sheets.insert(name, text);
        }
    }
    sheets
}

#[test]
fn a_template_protects_all_but_what_is_filled_in() {
    for (name, form, draft) in all() {
        let sheets = sheets(to_template(&form, &draft).unwrap());
        assert!(sheets.len() >= 7, "{name}");
        let checked: usize = sheets.values().map(|text| text.matches("<dataValidation ").count()).sum();
        let mut auto = draft.clone();
        auto.totals = crate::draft::Totals::Auto;
        let ledger = Ledger::new(&form, &auto);
        let is_total = |field: &&Field| ledger.is_computed(&form, field.id.as_str());
        let (totals, entered): (Vec<_>, Vec<_>) =
            form.fields().iter().filter(|field| field.kind.is_number()).partition(is_total);
        // Of the cover: the year, the scope, the kind and the level.
        assert_eq!(checked, entered.len() + 4, "{name}");
        for (sheet, text) in &sheets {
            assert!(text.contains("<sheetProtection"), "{name} {sheet}");
        }
        let formulas: usize = sheets.values().map(|text| text.matches("<f>").count()).sum();
        assert_eq!(formulas, totals.len(), "{name}");
    }
}

#[test]
fn a_folder_has_a_row_for_each_unit_and_a_list_of_who_gave_what() {
    let (form, first) = sample("2021");
    let mut second = first.clone();
    second.set("cover.unit", Value::Text("乙局".into()));
    second.set("requests.new.natural", Value::Count(7));
    second.set("requests.new.business", Value::Blank);
    second.set("requests.partial.natural", Value::Unreadable("约3件".into()));
    let units = [&first, &second].map(|draft| UnitNumbers::of(&form, draft, "a.ron".into(), "已报".into()));
    let missing = UnitNumbers::missing("丙局".into(), String::new(), "未报".into());
    let adjustment =
        Adjustment {
            field: "requests.new.natural".into(), amount: (-2).into(), reason: "联合收到".into()
        };
    let sheets =
        UnitSheets { units: units.into_iter().chain([missing]).collect(), adjustments: vec![adjustment] };
    let mut book = Xlsx::new(Cursor::new(to_units_xlsx(&sheets).unwrap())).unwrap();
    assert_eq!(book.sheet_names(), ["各单位 2024年", "谁报了什么"]);
    let table = book.worksheet_range("各单位 2024年").unwrap();
    let column = |id: &str| {
        let heading = form.location(&id.into()).to_string();
        let found = (0..table.width() as u32)
            .find(|at| table.get_value((0, *at)) == Some(&Data::String(heading.clone())));
        found.unwrap_or_else(|| panic!("{id}"))
    };
    let values = |id: &str| {
        (1..=4).map(|row| table.get_value((row, column(id))).cloned().unwrap_or_default()).collect::<Vec<_>>()
    };
    let number = Data::Float;
    assert_eq!(values("requests.new.natural"), [number(5.0), number(7.0), number(-2.0), number(10.0)]);
    assert_eq!(values("requests.new.business")[1], Data::Empty, "blank is not zero");
    assert_eq!(values("requests.partial.natural")[3], Data::String("?".into()), "no partial sum");
    assert_eq!(values("requests.refused_law.natural")[3], Data::String(String::new()));
    let list = book.worksheet_range("谁报了什么").unwrap();
    let lines: Vec<Vec<String>> =
        list.rows().map(|row| row.iter().map(ToString::to_string).collect()).collect();
    assert_eq!(lines[1], ["未报", "", "丙局", "", ""]);
    let id = "requests.new.natural".into();
    let cell = form.location(&id);
    let about: Vec<_> = lines.iter().filter(|line| line[0] == cell).collect();
    assert_eq!(about.len(), 3, "{about:?}");
    assert_eq!(about[1][1..4], ["2024", "乙局", "7"]);
    assert_eq!(about[2][2..], ["调整", "-2", "联合收到"]);
}
