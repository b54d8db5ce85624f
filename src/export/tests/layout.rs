//! What is on the printed report, before any format.

use super::super::column_widths::column_widths;
use super::super::layout::{ParagraphStyle, Report, ReportPart};
use super::{all, sample};
use crate::draft::{Amount, Draft, Ledger, Value};
use crate::form::{Grid, Role};
use unicode_width::UnicodeWidthStr;

fn levels(report: &Report) -> Vec<(ParagraphStyle, &str)> {
    let mut found = Vec::new();
    for piece in &report.parts {
        if let ReportPart::Text(it) = piece {
            found.push((it.style, it.text.as_str()));
        }
    }
    found
}

#[test]
fn the_report_stands_in_the_order_of_the_form() {
    let (form, draft) = sample("2021");
    let report = Report::new(&form, &draft);
    assert_eq!(
        levels(&report),
        [
            (ParagraphStyle::Title, "示例市数据局2024年政府信息公开工作年度报告"),
            (ParagraphStyle::Body, "本报告根据《中华人民共和国政府信息公开条例》编制。"),
            (ParagraphStyle::Heading, "一、总体情况"),
            (ParagraphStyle::Subheading, "（一）主动公开。全年公开信息120条。"),
            (ParagraphStyle::Subheading, "（二）依申请公开"),
            (ParagraphStyle::Body, "收到申请5件，均已答复。"),
            (ParagraphStyle::Heading, "二、主动公开政府信息情况"),
            (ParagraphStyle::Heading, "三、收到和处理政府信息公开申请情况"),
            (ParagraphStyle::Heading, "四、政府信息公开行政复议、行政诉讼情况"),
            (ParagraphStyle::Heading, "五、存在的主要问题及改进情况"),
            (ParagraphStyle::Body, "存在的问题：个别栏目更新不及时。改进：每周检查一次。"),
            (ParagraphStyle::Heading, "六、其他需要报告的事项"),
            (ParagraphStyle::Body, "无。"),
            (ParagraphStyle::Signature, "示例市数据局"),
            (ParagraphStyle::Date, "2025年1月20日"),
        ]
    );
    let sub = |text: &str| {
        report.parts.iter().find_map(|p| match p {
            ReportPart::Text(it) if it.text.starts_with(text) => Some(it.text[..it.lead].to_string()),
            _ => None,
        })
    };
    assert_eq!(sub("（一）").as_deref(), Some("（一）主动公开。"));
    assert_eq!(sub("（二）").as_deref(), Some("（二）依申请公开"));
}

#[test]
fn a_text_behind_a_table_is_printed_before_the_next_heading() {
    let (form, mut draft) = sample("2021");
    draft.set("requests", Value::Text("申请都从网上来。\n另有2件转办。".into()));
    let report = Report::new(&form, &draft);
    let table = |part: &ReportPart| matches!(part, ReportPart::Table(it) if it.section == "requests");
    let at = report.parts.iter().position(table).unwrap();
    let texts: Vec<&str> = report.parts[at + 1..at + 4]
        .iter()
        .map(|part| if let ReportPart::Text(it) = part { it.text.as_str() } else { "" })
        .collect();
    assert_eq!(texts, ["申请都从网上来。", "另有2件转办。", "四、政府信息公开行政复议、行政诉讼情况"]);
}

#[test]
fn what_the_title_does_not_say_stands_under_it() {
    let (form, mut draft) = sample("2021");
    draft.set("cover.title", Value::Text("政府信息公开工作年度报告".into()));
    let under = |draft: &Draft| {
        let report = Report::new(&form, draft);
        levels(&report)
            .iter()
            .find(|(level, _)| *level == ParagraphStyle::Subtitle)
            .map(|(_, text)| text.to_string())
    };
    assert_eq!(under(&draft).as_deref(), Some("示例市数据局　2024年度"));
    draft.set("cover.title", Value::Text("示例市 数据局 二〇二四年政府信息公开工作年度报告".into()));
    assert_eq!(under(&draft), None);
    draft.set("cover.title", Value::Blank);
    assert_eq!(under(&draft).as_deref(), Some("示例市数据局　2024年度"));
}

#[test]
fn the_unit_signs_unless_somebody_else_is_named() {
    let (form, mut draft) = sample("2021");
    draft.set("cover.signed_by", Value::Blank);
    assert!(levels(&Report::new(&form, &draft)).contains(&(ParagraphStyle::Signature, "示例市数据局")));
}

#[test]
fn a_table_shows_what_was_typed_and_computed_and_nothing_else() {
    for (name, form, draft) in all() {
        let ledger = Ledger::new(&form, &draft);
        let report = Report::new(&form, &draft);
        for table in report.tables() {
            let bare = Grid::of(form.section(&table.section).unwrap());
            assert_eq!(bare.cells.len(), table.grid.cells.len());
            for cell in &table.grid.cells {
                let Role::Value(field) = &cell.role else { continue };
                let id = field.as_str();
                if ledger.is_computed(&form, id) && ledger.amount(&form, id) == Amount::Unknown {
                    assert!(cell.text.is_empty() && report.unknown_totals.contains(field), "{name} {id}");
                } else if draft.get(id).unread().is_some() {
                    assert!(cell.text.is_empty() && report.unread_cells.contains(field), "{name} {id}");
                } else if !name.starts_with("hostile") {
                    assert_eq!(cell.text, ledger.display_text(&form, &draft, id), "{name} {id}");
                }
                assert_eq!(table.cell(cell.row, cell.column), Some(cell));
            }
            assert_eq!(table.cell(0, table.grid.columns), None);
            assert_eq!(table.cell(table.grid.rows, 0), None);
        }
    }
}

#[test]
fn columns_fill_the_width_and_break_no_number() {
    for (name, form, draft) in all() {
        for table in Report::new(&form, &draft).tables() {
            for room in 0..200 {
                let Some(widths) = column_widths(table, room, |value| value.width()) else {
                    assert!(room < 110 || name.starts_with("hostile"), "{name} {room}");
                    continue;
                };
                assert_eq!(widths.iter().sum::<usize>(), room);
                for cell in table.grid.cells.iter().filter(|cell| matches!(cell.role, Role::Value(_))) {
                    let wide: usize = widths[cell.column..cell.column + cell.columns].iter().sum();
                    assert!(wide >= cell.text.width());
                }
            }
        }
    }
}

#[test]
fn a_short_date_is_printed_as_documents_write_it() {
    let (form, mut draft) = sample("2021");
    draft.set("cover.date", Value::Text("2026.1.15".into()));
    let report = Report::new(&form, &draft);
    assert!(levels(&report).contains(&(ParagraphStyle::Date, "2026年1月15日")));
}
