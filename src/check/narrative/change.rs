//! A change against last year's number (rule N5), and parts that do not add up (rule N7).

use rust_decimal::Decimal;

use super::claim::{Assertion, Claim};
use super::compared_figure::{ComparedFigure, Verdict};
use super::percentage::{format_percentage, format_printed_percentage, is_percentage_of, to_count};
use super::rules::{N5, N7};
use crate::check::{RuleInput, Span};

const NEW: &str = "requests.new.total";
const CARRIED_IN: &str = "requests.carried_in.total";

/// Compares a change with the numbers of the two years: those received, or with those carried in. Returns
/// `None` without last year's report, or if a number is missing.
pub fn compare_change(
    input: &RuleInput,
    claim: &Claim,
    quoted: String,
    span: Span,
) -> Option<ComparedFigure> {
    let Assertion::Change { up, new_only, of, digits, decimals } = claim.assertion else { return None };
    let last = input.last_year?;
    let (new, last_new) = (to_count(input.number(NEW)?)?, to_count(last.number(NEW)?)?);
    let with = |number: u64, carried: Option<Decimal>| {
        carried.filter(|_| !new_only).and_then(to_count).and_then(|carried| number.checked_add(carried))
    };
    let sums = with(new, input.number(CARRIED_IN)).zip(with(last_new, last.number(CARRIED_IN)));
    let mut pairs = vec![(new, last_new), (of, last_new)];
    if let Some((sum, last_sum)) = sums {
        pairs.push((sum, last_sum));
        // A number of the text that is not the table's may be either.
        pairs.extend((of != new).then_some((of, last_sum)));
    }
    if last_new == 0 {
        return None;
    }
    let agrees = pairs.iter().any(|(now, before)| {
        (now >= before) == up && is_percentage_of(now.abs_diff(*before), *before, digits, decimals)
    });
    let change = |now: u64, before: u64| {
        let word = if now >= before { "增长" } else { "下降" };
        format!("{word} {}", format_percentage(now.abs_diff(before), before.max(1), decimals.max(1)))
    };
    let word = if up { "增长" } else { "下降" };
    let printed = format!("{word} {}", format_printed_percentage(digits, decimals));
    Some(ComparedFigure {
        rule: N5.id,
        span,
        number: claim.number.clone(),
        fields: claim.sums.first().map(|sum| sum.fields.clone()).unwrap_or_default(),
        quoted,
        readings: vec![format!("今年新收 {new}、上年新收 {last_new}")],
        verdict: if agrees { Verdict::Agrees } else { Verdict::Differs },
        table_and_text: (change(new, last_new), printed),
    })
}

/// Returns the comparison of a figure with the sum of its parts, which differ.
pub fn compare_parts(claim: &Claim, head: u64, sum: u64, quoted: String, span: Span) -> ComparedFigure {
    ComparedFigure {
        rule: N7.id,
        span,
        number: claim.number.clone(),
        fields: Vec::new(),
        quoted,
        readings: vec![format!("各项相加 {sum}")],
        verdict: Verdict::Differs,
        table_and_text: (sum.to_string(), head.to_string()),
    }
}
