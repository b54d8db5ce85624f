//! How typed text becomes values, and which totals result.

use super::*;
use crate::form::Kind;
use rust_decimal::Decimal;

const MONEY: Kind = Kind::Money { unit: None };

fn na(text: &str) -> Value {
    Value::NotApplicable(text.into())
}

#[test]
fn counts_are_read_in_every_spelling_a_clerk_types() {
    for (text, number) in [
        ("0", 0),
        ("12", 12),
        (" 12 ", 12),
        ("１２", 12),
        ("1,234", 1234),
        ("１，２３４", 1234),
        ("11398889", 11398889),
        ("007", 7),
    ] {
        assert_eq!(parse_value(&Kind::Count, text), Value::Count(number), "{text}");
    }
}

#[test]
fn blank_is_not_zero() {
    assert_eq!(parse_value(&Kind::Count, ""), Value::Blank);
    assert_eq!(parse_value(&Kind::Count, "\u{3000} "), Value::Blank);
    assert_ne!(parse_value(&Kind::Count, "0"), Value::Blank);
}

#[test]
fn what_cannot_be_read_is_kept_as_typed() {
    for text in
        ["-3", "1.5", "12件", "1 2", "1,23", "十二", "12,", ",123", "9999999999999999", "1e5", "\u{1b}[2J"]
    {
        assert_eq!(parse_value(&Kind::Count, text), Value::Unreadable(text.into()), "{text}");
    }
}

#[test]
fn not_applicable_is_kept_as_typed() {
    for text in ["/", "-", "—", "无", "——"] {
        assert_eq!(parse_value(&Kind::Count, text), na(text), "{text}");
        assert_eq!(parse_value(&Kind::Change, text), na(text), "{text}");
        assert_eq!(parse_value(&MONEY, text), na(text), "{text}");
    }
    assert_eq!(parse_value(&Kind::Count, "／"), na("/"));
    assert_eq!(parse_value(&Kind::Count, "、"), na("/"), "the slash key with an input method on");
}

#[test]
fn signed_changes_are_read_in_every_spelling_in_print() {
    for (text, number) in [
        ("+3", 3),
        ("-2", -2),
        ("−2", -2),
        ("－2", -2),
        ("增3", 3),
        ("减4", -4),
        ("↑3", 3),
        ("↓3", -3),
        ("0", 0),
        ("减少 4", -4),
        ("3", 3),
    ] {
        let Value::Change { amount, .. } = parse_value(&Kind::Change, text) else {
            panic!("{text} was not read")
        };
        assert_eq!(amount, number, "{text}");
    }
    assert_eq!(parse_value(&Kind::Change, "减4").typed(), "减4", "the spelling stays");
    assert_eq!(parse_value(&Kind::Change, "+-3"), Value::Unreadable("+-3".into()));
    assert_eq!(parse_value(&Kind::Change, "1.5"), Value::Unreadable("1.5".into()));
}

#[test]
fn money_is_exact_and_keeps_its_unit() {
    for (text, number, unit) in [
        ("251000元", "251000", "元"),
        ("52.15", "52.15", ""),
        ("96171.6", "96171.6", ""),
        ("2。02", "2.02", ""),
        ("1,234.50万元", "1234.50", "万元"),
        ("-1", "-1", ""),
        ("0.1000", "0.1000", ""),
    ] {
        let Value::Money(money) = parse_value(&MONEY, text) else { panic!("{text} was not read") };
        assert_eq!(money.amount.to_string(), number, "{text}");
        assert_eq!(money.unit, unit);
    }
    assert_eq!(parse_value(&MONEY, "251000元").typed(), "251000元");
    for text in ["1.2.3", "5.", "1e3", "五百元", "12美元", &"9".repeat(10_000)] {
        assert_eq!(parse_value(&MONEY, text), Value::Unreadable(text.into()));
    }
}

#[test]
fn a_spelling_reads_back_as_the_same_value() {
    for kind in [Kind::Count, Kind::Change, MONEY, Kind::Year] {
        for text in ["", "0", "１,２３４", "减4", "251000元", "/", "、", "1.5", "2024年", "x", "2。5"]
        {
            let value = parse_value(&kind, text);
            assert_eq!(parse_value(&kind, &value.typed()), value, "{kind:?} {text}");
        }
    }
}

#[test]
fn years_and_choices_accept_nothing_else() {
    assert_eq!(parse_value(&Kind::Year, "2024年度"), Value::Count(2024));
    assert_eq!(parse_value(&Kind::Year, "０"), Value::Unreadable("０".into()));
    assert_eq!(parse_value(&Kind::Year, "99999"), Value::Unreadable("99999".into()));
    let scope = Kind::Choice(vec!["单位".into(), "汇总".into()]);
    assert_eq!(parse_value(&scope, "汇总"), Value::Text("汇总".into()));
    assert_eq!(parse_value(&scope, "全部"), Value::Unreadable("全部".into()));
}

#[test]
fn dates_are_read_as_documents_spell_them() {
    let day = jiff::civil::date(2021, 1, 20);
    for text in [
        "2021年1月20日",
        "2021 年 1 月 20 日",
        "2021-01-20",
        "2021/1/20",
        "2021.1.20",
        "二〇二一年一月二十日",
        "２０２１年１月２０日",
        "二O二一年一月二十日",
        "二0二一年一月二十日",
    ] {
        assert_eq!(parse_date(text), Some(day), "{text}");
    }
    for text in ["2021年2月30日", "2021年1月", "1月20日", "", "2021年1月20日上午", "2O21年1月20日", "去年"]
    {
        assert_eq!(parse_date(text), None, "{text}");
    }
    assert_eq!(parse_date("二〇二〇年十二月二十三日"), Some(jiff::civil::date(2020, 12, 23)));
    assert_eq!(format_date(day), "2021年1月20日");
}

#[test]
fn computed_totals_follow_their_parts() {
    let library = Library::new();
    let mut draft = Draft::new("示例市某局", 2024, &library);
    let form = draft.form(&library).unwrap();
    let shown = |draft: &Draft, id: &str| Ledger::new(&form, draft).display_text(&form, draft, id);
    assert_eq!(shown(&draft, "requests.granted.total"), "", "the total of blanks is blank");
    draft.set("requests.granted.natural", Value::Count(3));
    draft.set("requests.partial.business", Value::Count(4));
    assert_eq!(shown(&draft, "requests.granted.total"), "3");
    assert_eq!(shown(&draft, "requests.handled.natural"), "3");
    assert_eq!(shown(&draft, "requests.handled.total"), "7");
    draft.set("requests.partial.legal", Value::Unreadable("1.5".into()));
    assert_eq!(shown(&draft, "requests.handled.total"), "?", "never a partial sum");
    draft.totals = Totals::Typed;
    assert_eq!(shown(&draft, "requests.handled.total"), "");
}

#[test]
fn not_applicable_counts_as_zero() {
    assert_eq!(na("/").number(), Some(Decimal::ZERO));
}

#[test]
fn a_new_draft_takes_its_form_from_its_year() {
    let library = Library::new();
    assert_eq!(Draft::new("甲局", 2020, &library).forms, FormIds::same("2019"));
    assert_eq!(Draft::new("甲局", 2021, &library).forms, FormIds::same("2021"));
    assert_eq!(Draft::new("甲局", 2025, &library).text("cover.title"), "甲局2025年政府信息公开工作年度报告");
}

#[test]
fn a_short_date_is_printed_in_full_and_no_other_text_changed() {
    for short in ["2026.1.15", "2026-01-15", "2026/1/15", "２０２６．１．１５", "2026年1月15"] {
        assert_eq!(printed_date(short), "2026年1月15日", "{short}");
    }
    for kept in ["二〇二六年一月十五日", "2026年01月15日", "26.1.15", "2026.2.30", "待定", ""]
    {
        assert_eq!(printed_date(kept), kept);
    }
}
