//! The workbook, read back by a reader that is not ours.

use calamine::{Data, Reader, Xlsx};
use std::io::Cursor;

use super::super::layout::Report;
use super::super::xlsx::{table_to_xlsx, to_xlsx};
use super::{all, sample};
use crate::draft::{Draft, Ledger, Totals, Value};
use crate::form::{Form, Role};

fn open(form: &Form, draft: &Draft) -> Xlsx<Cursor<Vec<u8>>> {
    Xlsx::new(Cursor::new(to_xlsx(form, draft).unwrap())).unwrap()
}

/// Returns where a field is: sheet, row, column.
fn find(form: &Form, draft: &Draft, field: &str) -> (String, (u32, u32)) {
    for table in Report::new(form, draft).tables() {
        for cell in &table.grid.cells {
            if cell.role == Role::Value(field.into()) {
                return (table.heading.clone(), (cell.row as u32 + 1, cell.column as u32));
            }
        }
    }
    panic!("{field}")
}

#[test]
fn every_cell_reads_back_as_it_was_typed() {
    for (name, form, draft) in all() {
        let mut book = open(&form, &draft);
        let ledger = Ledger::new(&form, &draft);
        for table in Report::new(&form, &draft).tables() {
            let sheet = book.worksheet_range(&table.heading).unwrap();
            for cell in &table.grid.cells {
                let found = sheet.get_value((cell.row as u32 + 1, cell.column as u32));
                match found.unwrap_or(&Data::Empty) {
                    Data::Empty => assert_eq!(cell.text, "", "{name}"),
                    Data::String(text) => assert_eq!(*text, cell.text, "{name}"),
                    Data::Float(number) => {
                        let Role::Value(field) = &cell.role else { panic!("{name}: {number} is a label") };
                        let amount = ledger.amount(&form, field.as_str()).display_text();
                        assert_eq!(*number, amount.parse::<f64>().unwrap(), "{name}");
                    }
                    other => panic!("{name} {other:?}"),
                }
            }
            let merged = table.grid.cells.iter().filter(|cell| cell.rows * cell.columns > 1).count();
            assert_eq!(book.merge_cells_by_sheet_name(&table.heading).unwrap().len(), merged);
        }
    }
}

#[test]
fn computed_totals_are_live_sums_and_typed_ones_are_numbers() {
    let (form, mut draft) = sample("2021");
    let formula = |draft: &Draft, field: &str| {
        let (sheet, place) = find(&form, draft, field);
        open(&form, draft).worksheet_formula(&sheet).unwrap().get_value(place).cloned().unwrap_or_default()
    };
    assert_eq!(formula(&draft, "requests.new.total"), "SUM($D$5:$I$5)");
    assert_eq!(formula(&draft, "requests.handled.natural"), "SUM($D$7:$D$27)");
    assert_eq!(formula(&draft, "requests.handled.total"), "SUM($J$7:$J$27)");
    assert_eq!(formula(&draft, "review.later_suit.total"), "SUM($K$5:$N$5)");
    assert!(formula(&draft, "requests.partial.total").starts_with("IF(COUNTA($D$8:$I$8)=0,"));
    draft.set("requests.new.natural", Value::Unreadable("约3件".into()));
    assert_eq!(formula(&draft, "requests.new.total"), "IF(COUNT($D$5)=1,SUM($D$5:$I$5),\"\")");
    draft.totals = Totals::Typed;
    draft.set("requests.new.total", Value::Count(7));
    assert_eq!(formula(&draft, "requests.new.total"), "");
}

#[test]
fn a_workbook_adds_and_judges_nothing_over_an_unread_cell() {
    let (form, mut draft) = sample("2021");
    for (id, text) in [("requests.new.natural", "3"), ("requests.new.legal", "4")] {
        draft.set(id, crate::draft::parse_value(&form.field(id).unwrap().kind, text));
    }
    draft.set("requests.new.natural", Value::Unread(Box::default()));
    draft.set("requests.new.legal", Value::Unread(Box::default()));
    let (sheet, (row, column)) = find(&form, &draft, "requests.new.natural");
    let mut book = open(&form, &draft);
    let cell = book.worksheet_range(&sheet).unwrap().get_value((row, column)).cloned();
    assert!(matches!(cell, None | Some(Data::Empty)), "{cell:?}");
    let (_, total) = find(&form, &draft, "requests.new.total");
    let formula = book.worksheet_formula(&sheet).unwrap().get_value(total).cloned().unwrap();
    assert_eq!(formula, "IF(COUNT($D$5,$H$5)=2,SUM($D$5:$I$5),\"\")");
    // The balance of a column: its rule of colour waits for the cell.
    let bytes = to_xlsx(&form, &draft).unwrap();
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut rules = Vec::new();
    for at in 0..archive.len() {
        let mut text = String::new();
        if std::io::Read::read_to_string(&mut archive.by_index(at).unwrap(), &mut text).is_ok() {
            rules.extend(
                text.split("<formula>").skip(1).filter_map(|rest| Some(rest.split_once('<')?.0.to_string())),
            );
        }
    }
    let over: Vec<_> = rules.iter().filter(|rule| rule.contains("SUM($D$5:$D$6)")).collect();
    assert!(!over.is_empty() && over.iter().all(|rule| rule.starts_with("AND(COUNT($D$5")), "{rules:?}");
}

#[test]
fn a_number_that_a_workbook_would_alter_is_kept_as_text() {
    let (form, mut draft) = sample("2019");
    let mut shown = |field: &str, typed: &str| {
        draft.set(field, crate::draft::parse_value(&form.field(field).unwrap().kind, typed));
        let (sheet, place) = find(&form, &draft, field);
        open(&form, &draft).worksheet_range(&sheet).unwrap().get_value(place).cloned().unwrap()
    };
    assert_eq!(shown("disclosure.licensing.change", "-2"), Data::Float(-2.0));
    assert_eq!(shown("disclosure.licensing.change", "+3"), Data::Float(3.0));
    assert_eq!(shown("disclosure.licensing.change", "减4"), Data::String("减4".into()));
    assert_eq!(shown("disclosure.procurement.amount", "52.150"), Data::Float(52.15));
    assert_eq!(shown("disclosure.procurement.amount", "251000元"), Data::String("251000元".into()));
    assert_eq!(shown("disclosure.procurement.amount", "1,000"), Data::String("1,000".into()));
    let long = "12345678901234567.89";
    assert_eq!(shown("disclosure.procurement.amount", long), Data::String(long.into()));
    assert_eq!(shown("disclosure.procurement.items", "=1+1"), Data::String("=1+1".into()));
    assert_eq!(shown("disclosure.procurement.items", "_x0041_"), Data::String("_x0041_".into()));
    assert_eq!(shown("disclosure.procurement.items", "/"), Data::String("/".into()));
}

#[test]
fn cover_and_narratives_have_sheets_in_the_reports_order() {
    let (form, draft) = sample("2021");
    let mut book = open(&form, &draft);
    let names = book.sheet_names().to_vec();
    let starts: Vec<String> = names.iter().map(|name| name.chars().take(2).collect()).collect();
    assert_eq!(starts, ["封面", "导语", "一、", "二、", "三、", "四、", "五、", "六、"]);
    let cover = book.worksheet_range("封面").unwrap();
    assert_eq!(cover.get_value((1, 1)), Some(&Data::Float(2024.0)));
    let text = book.worksheet_range(&names[2]).unwrap();
    assert_eq!(text.get_value((3, 0)), Some(&Data::String("收到申请5件，均已答复。".into())));
}

#[test]
fn a_table_of_words_and_numbers_reads_back_as_it_is() {
    let rows = [["单位", "新收", "比上年"], ["=甲局", "12", "+3"], ["乙局", "007", ""]];
    let bytes = table_to_xlsx(&rows.map(|row| row.map(String::from).to_vec())).unwrap();
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).unwrap();
    let sheet = book.worksheet_range_at(0).unwrap().unwrap();
    let value = |row, column| sheet.get_value((row, column)).cloned().unwrap_or(Data::Empty);
    assert_eq!(value(1, 1), Data::Float(12.0));
    for (place, text) in [((0, 1), "新收"), ((1, 0), "=甲局"), ((1, 2), "+3"), ((2, 1), "007")] {
        assert_eq!(value(place.0, place.1), Data::String(text.into()));
    }
}
