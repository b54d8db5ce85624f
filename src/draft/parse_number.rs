//! Numbers as they are typed: counts, changes, money, years.

use rust_decimal::Decimal;
use std::str::FromStr;

use super::{Money, Value};

/// The maximum number of digits of a count; a longer one is a slip, not a number of documents.
const COUNT_DIGITS: usize = 15;

/// Returns digits without thousands separators; `None` if a separator is not followed by three digits.
fn ungrouped(text: &str) -> Option<String> {
    let (whole, rest) = text.split_once('.').map_or((text, None), |(whole, rest)| (whole, Some(rest)));
    let mut groups = whole.split(',');
    let first = groups.next()?;
    let mut digits = first.to_string();
    for group in groups {
        if group.len() != 3 || !(1..=3).contains(&first.len()) {
            return None;
        }
        digits.push_str(group);
    }
    let all = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    match rest {
        None if all(&digits) => Some(digits),
        Some(rest) if all(rest) && (digits.is_empty() || all(&digits)) => Some(format!("{digits}.{rest}")),
        _ => None,
    }
}

pub(super) fn parse_count(plain: &str) -> Option<u64> {
    let digits = ungrouped(plain).filter(|digits| !digits.contains('.'))?;
    let digits = digits.trim_start_matches('0');
    match digits.len() {
        0 => Some(0),
        1..=COUNT_DIGITS => digits.parse().ok(),
        _ => None,
    }
}

pub(super) fn parse_change(plain: &str) -> Option<Value> {
    const SIGNS: [(&str, i64); 8] =
        [("增加", 1), ("减少", -1), ("增", 1), ("减", -1), ("+", 1), ("-", -1), ("↑", 1), ("↓", -1)];
    let (rest, sign) =
        SIGNS.iter().find_map(|(word, sign)| Some((plain.strip_prefix(word)?, *sign))).unwrap_or((plain, 1));
    let amount = sign * i64::try_from(parse_count(rest.trim_start())?).ok()?;
    Some(Value::Change { amount, typed: plain.into() })
}

pub(super) fn parse_money(plain: &str) -> Option<Value> {
    let number_end = plain.find(|c: char| !c.is_ascii_digit() && !"-+.,".contains(c)).unwrap_or(plain.len());
    let (number, unit) = plain.split_at(number_end);
    let unit = unit.trim().trim_start_matches('(').trim_end_matches(')');
    if !["", "元", "万元", "亿元", "万", "亿"].contains(&unit) {
        return None;
    }
    let (sign, digits) = number.strip_prefix('-').map_or(("", number), |digits| ("-", digits));
    let amount = Decimal::from_str_exact(&format!("{sign}{}", ungrouped(digits)?)).ok()?;
    Some(Value::Money(Money { amount, unit: unit.into(), typed: plain.into() }))
}

/// The years that a report can be of.
pub const YEARS: std::ops::RangeInclusive<u64> = 1949..=2999;

pub(super) fn parse_year(plain: &str) -> Option<Value> {
    let digits = plain.trim_end_matches("度").trim_end_matches('年').trim();
    let year = u64::from_str(digits).ok().filter(|year| YEARS.contains(year))?;
    (digits.len() == 4).then_some(Value::Count(year))
}
