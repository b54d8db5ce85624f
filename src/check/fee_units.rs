//! D6: an amount of fees that was typed in 元 where the form counts in 万元.

use rust_decimal::Decimal;

use super::input::finding_at;
use super::{Check, Finding, Rule, RuleInput, Severity};
use crate::draft::Value;
use crate::form::{Field, Kind};

const D6: Rule = Rule {
    id: "D6",
    severity: Severity::Warning,
    description: "行政事业性收费的金额以万元为单位。",
    basis: "国办公开办函〔2021〕30号格式：“本年收费金额（单位：万元）”",
};

pub(super) const CHECK: Check = Check { rules: &[D6], run: check_fee_units };

/// The factor to last year's amount from which a wrong unit is more likely than a real increase.
const TIMES: u32 = 1000;

/// An amount in 万元 that no province collects in fees in a year.
const TOO_MUCH: u32 = 10_000_000;

fn check_fee_units(input: &RuleInput) -> Vec<Finding> {
    let money = input
        .form
        .fields()
        .iter()
        .filter(|field| matches!(&field.kind, Kind::Money { unit: Some(unit) } if unit == "万元"));
    money.filter_map(|field| check_fee_unit(input, field)).collect()
}

fn check_fee_unit(input: &RuleInput, field: &Field) -> Option<Finding> {
    let id = field.id.as_str();
    let Value::Money(money) = input.draft.get(id) else { return None };
    let amount = money.amount;
    if amount <= Decimal::ZERO {
        return None;
    }
    let reason = if money.unit == "元" {
        "格里写的单位是元".to_string()
    } else if let Some(before) = far_above_last_year(input, id, amount) {
        format!("上年是 {before}，今年的数大得异常")
    } else if let Some(text) = amount_in_yuan(input, amount) {
        format!("正文里写的是{text}")
    } else if amount >= Decimal::from(TOO_MUCH) {
        "这个数大得异常".to_string()
    } else {
        return None;
    };
    let message =
        format!("{}填了 {}，这一格以万元为单位；{reason}，是否把元当成了万元", field.row, money.typed);
    let mut finding = finding_at(&D6, id, message);
    finding.found = Some(money.typed.clone());
    Some(finding)
}

fn far_above_last_year(input: &RuleInput, id: &str, amount: Decimal) -> Option<Decimal> {
    let before = input.last_year.as_ref()?.number(id).filter(|before| *before > Decimal::ZERO)?;
    let times = amount.checked_div(before).unwrap_or(Decimal::MAX);
    (times >= Decimal::from(TIMES)).then_some(before)
}

/// Returns the passage `N元` of a narrative in which N is the amount of the cell.
fn amount_in_yuan(input: &RuleInput, amount: Decimal) -> Option<String> {
    for (_, text) in input.narratives() {
        for (at, _) in text.match_indices('元') {
            let before = text[..at].trim_end();
            let number = before.trim_end_matches(|c: char| c.is_ascii_digit() || ",，.".contains(c));
            let digits = &before[number.len()..];
            let digits = digits.trim_start_matches([',', '，', '.']);
            let plain: String = digits.chars().filter(char::is_ascii).filter(|c| *c != ',').collect();
            if Decimal::from_str_exact(&plain) == Ok(amount) {
                return Some(format!("{digits}元"));
            }
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::super::sample::{found_beside_last_year, found_with};

    const CELL: &str = "disclosure.fees.amount";

    #[test]
    fn an_amount_given_in_yuan_in_the_text_is_questioned() {
        let text = "全年收取行政事业性收费 20,200 元。";
        let findings = found_with("D6", &[(CELL, "20200"), ("overview", text)]);
        assert_eq!(findings.len(), 1);
        assert!(findings[0].message.contains("20,200元"), "{}", findings[0].message);
    }

    #[test]
    fn an_amount_far_above_last_years_is_questioned() {
        assert_eq!(found_beside_last_year("D6", &[(CELL, "2.02")], &[(CELL, "20200")]).len(), 1);
        assert_eq!(found_beside_last_year("D6", &[(CELL, "2")], &[(CELL, "2000")]).len(), 1, "at the edge");
        assert_eq!(found_beside_last_year("D6", &[(CELL, "2")], &[(CELL, "1999")]), vec![]);
        assert_eq!(found_beside_last_year("D6", &[(CELL, "0")], &[(CELL, "500")]), vec![], "no measure");
    }

    #[test]
    fn a_unit_typed_in_the_cell_and_an_impossible_amount_are_found() {
        assert_eq!(found_with("D6", &[(CELL, "20200元")]).len(), 1);
        assert_eq!(found_with("D6", &[(CELL, "961716000")]).len(), 1);
    }

    #[test]
    fn amounts_in_their_unit_pass() {
        for (amount, text) in [
            ("96171.6", "收取96171.6万元。"),
            ("2.02万元", "收取20200元。"),
            ("380", "收取信息处理费3800元。"),
            ("0", "收取0元。"),
        ] {
            assert_eq!(found_with("D6", &[(CELL, amount), ("overview", text)]), vec![], "{amount}");
        }
    }
}
