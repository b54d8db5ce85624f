//! N1–N3: the figures of the narratives compared with the tables.
//!
//! The text is split into clauses, and each number gets a meaning from the words beside it. What is not
//! understood is not judged, and no text is ever changed.

mod all_of;
mod attribution;
mod claim;
mod extractor;
mod lexicon;
mod messages;
mod none;
mod number;
mod percentage;
mod respectively;
mod state;
mod stop_words;
mod subject_unit;
mod table;
#[cfg(test)]
mod tests;
mod token;
mod topic;
mod word_table;

use rust_decimal::Decimal;

use super::{Check, Finding, Rule, RuleInput, Severity, Span};
use crate::draft::{Amount, Draft, Ledger};
use crate::form::{FieldId, Form};
use claim::{Assertion, Claim};
use extractor::{extract_claims, has_figures_at};
use topic::Sum;

const N1: Rule = Rule {
    id: "N1",
    severity: Severity::Warning,
    description: "正文里的件数与表里的数一致。",
    basis: "同一份报告里文字与表格说的是同一件事；不一致是常见的退回原因，格式没有写明",
};

const N2: Rule = Rule {
    id: "N2",
    severity: Severity::Warning,
    description: "正文说“未收到”“未发生”“均已办结”的，表里相应的数是 0。",
    basis: "同一份报告里文字与表格说的是同一件事；不一致是常见的退回原因，格式没有写明",
};

const N3: Rule = Rule {
    id: "N3",
    severity: Severity::Warning,
    description: "“N件，占X%”：按所写的小数位算得出来，四舍五入或去尾都可以。",
    basis: "算术；格式没有要求写百分比",
};

pub(super) const CHECK: Check = Check { rules: &[N1, N2, N3], run: check_narratives };

/// How a figure of a narrative was read, and whether the tables agree.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Comparison {
    /// The rule it belongs to: `N1`, `N2` or `N3`.
    pub rule: &'static str,
    /// Its range in the narrative.
    pub span: Span,
    /// The cells it was compared with.
    pub fields: Vec<FieldId>,
    /// The message, with both sides and the reading.
    pub message: String,
    /// Whether both sides agree.
    pub matches: bool,
    /// The number in the tables and the number in the text.
    pub table_and_text: (String, String),
}

/// Returns how the figure at a byte of a narrative was read if the tables agree; one that disagrees is a
/// finding. Returns `None` if there is no figure or it is not understood.
pub fn agreeing_at(
    form: &Form,
    draft: &Draft,
    ledger: &Ledger,
    narrative: &FieldId,
    byte: usize,
) -> Option<Comparison> {
    let text = draft.text(narrative.as_str());
    // This runs for every frame, and mostly there is no figure.
    if !has_figures_at(text, byte) {
        return None;
    }
    let claims = extract_claims(text, draft.year(), draft.unit());
    let mut here = claims.iter().filter(|claim| (claim.start..=claim.end).contains(&byte)).peekable();
    here.peek()?;
    let input = RuleInput::new(form, draft, ledger, super::Context::default());
    here.filter_map(|claim| compare_claim(&input, narrative, claim, true)).find(|reading| reading.matches)
}

/// Returns all figures of the narratives that were understood, including agreeing ones, in the order of the
/// text.
pub fn compare_narratives(form: &Form, draft: &Draft) -> Vec<Comparison> {
    let ledger = Ledger::new(form, draft);
    compare_claims(&RuleInput::new(form, draft, &ledger, super::Context::default()), true)
}

fn check_narratives(input: &RuleInput) -> Vec<Finding> {
    compare_claims(input, false).into_iter().map(comparison_finding).collect()
}

/// Returns the comparisons that disagree, or all of them with `all`.
fn compare_claims(input: &RuleInput, all: bool) -> Vec<Comparison> {
    let (year, unit) = (input.draft.year(), input.draft.unit());
    let of = |(id, text)| {
        let claims = extract_claims(text, year, unit);
        claims.into_iter().filter_map(move |claim| compare_claim(input, id, &claim, all))
    };
    input.narratives().flat_map(of).collect()
}

fn comparison_finding(reading: Comparison) -> Finding {
    let mut fields = vec![reading.span.field.clone()];
    fields.extend(reading.fields);
    Finding {
        expected: Some(reading.table_and_text.0),
        found: Some(reading.table_and_text.1),
        span: Some(reading.span),
        ..Finding::new(reading.rule, Severity::Warning, fields, reading.message)
    }
}

/// Compares a claim with the tables. Returns `None` if they are not filled in yet or, without `all`, if they
/// agree.
fn compare_claim(input: &RuleInput, narrative: &FieldId, claim: &Claim, all: bool) -> Option<Comparison> {
    let text = input.draft.text(narrative.as_str());
    let span = Span { field: narrative.clone(), start: claim.start, end: claim.end };
    let plain = match claim.assertion {
        Assertion::Count(count) => Some(Decimal::from(count)),
        Assertion::Zero => Some(Decimal::ZERO),
        Assertion::Percentage { .. } => None,
    };
    let agrees =
        |claimed| claim.sums.iter().any(|sum| table::sum_amount(input, sum) == Amount::Known(claimed));
    if !all && plain.is_some_and(agrees) {
        return None;
    }
    let mut quoted = messages::quote(&text[claim.start..claim.end]);
    if let Assertion::Count(count) = claim.assertion
        && !quoted.contains(|c: char| c.is_numeric())
    {
        // 均获维持: the number is further up in the text.
        quoted.push_str(&format!("（{count}件）"));
    }
    let known: Vec<(&Sum, Amount)> = claim
        .sums
        .iter()
        .filter(|sum| table::has_cells(input, sum))
        .map(|sum| (sum, table::sum_amount(input, sum)))
        .collect();
    if let Assertion::Percentage { .. } = claim.assertion {
        return compare_percentage(input, claim, &known, &quoted, span)
            .filter(|reading| all || !reading.matches);
    }
    let (claimed, rule) = match claim.assertion {
        Assertion::Count(count) => (Decimal::from(count), N1.id),
        _ => (Decimal::ZERO, N2.id),
    };
    let fields = |sum: &Sum| -> Vec<FieldId> {
        sum.fields.iter().filter(|id| input.form.field(id.as_str()).is_some()).cloned().collect()
    };
    let side = |amount: Amount| (amount.display_text(), claimed.to_string());
    if let Some((sum, amount)) = known.iter().find(|(_, amount)| *amount == Amount::Known(claimed)) {
        let message = format!("{quoted}：按 {}，相符", messages::describe_sum(input, sum, *amount));
        return Some(Comparison {
            rule,
            span,
            fields: fields(sum),
            message,
            matches: true,
            table_and_text: side(*amount),
        });
    }
    // An unreadable or still blank cell may yet agree.
    let open =
        |(sum, amount): &(&Sum, Amount)| *amount == Amount::Unknown || table::may_reach(input, sum, claimed);
    let (first, amount) = *known.first()?;
    if amount == Amount::Blank || known.iter().any(open) {
        return None;
    }
    let tried: Vec<String> =
        known.iter().map(|(sum, amount)| messages::describe_sum(input, sum, *amount)).collect();
    let message = match (&claim.assertion, known.len()) {
        (Assertion::Zero, _) => format!("正文{quoted}，表里 {}，请核对", tried.join("；")),
        (_, 1) => format!("正文{quoted}，表里 {}，不相符", tried.join("；")),
        _ => format!("正文{quoted}，表里 {}，都不相符", tried.join("；")),
    };
    Some(Comparison {
        rule,
        span,
        fields: fields(first),
        message,
        matches: false,
        table_and_text: side(amount),
    })
}

fn compare_percentage(
    input: &RuleInput,
    claim: &Claim,
    known: &[(&Sum, Amount)],
    quoted: &str,
    span: Span,
) -> Option<Comparison> {
    let Assertion::Percentage { of, part, digits, decimals, totals } = &claim.assertion else { return None };
    let number = |amount: Amount| match amount {
        Amount::Known(number) => percentage::to_count(number),
        _ => None,
    };
    let mut parts = vec![*of];
    parts.extend(part.iter().filter_map(|sum| number(table::sum_amount(input, sum))));
    let wholes: Vec<(String, u64)> = known
        .iter()
        .filter_map(|(sum, amount)| Some((sum.label.clone(), number(*amount)?)))
        .chain(totals.iter().map(|total| ("正文所写的总数".to_string(), *total)))
        .collect();
    let (first, amount) = known.first()?;
    let base = number(*amount).filter(|base| *base > 0)?;
    let fields: Vec<FieldId> = first.fields.clone();
    let holding = wholes.iter().find(|(_, whole)| {
        parts.iter().any(|part| percentage::is_percentage_of(*part, *whole, *digits, *decimals))
    });
    // A cell that is not known may yet agree.
    let unknown = |sum: &Sum| table::sum_amount(input, sum) == Amount::Unknown;
    if holding.is_none() && (known.iter().any(|(sum, _)| unknown(sum)) || part.iter().any(unknown)) {
        return None;
    }
    let printed = format_printed_percentage(*digits, *decimals);
    let real = percentage::format_percentage(*of, base, *decimals);
    let (agrees, message) = match holding {
        Some((say, whole)) => (true, format!("{quoted}：按 {of} ÷ {say} {whole}，相符")),
        None => (false, format!("正文{quoted}，按 {of} ÷ {} {base} 应是 {real}，不相符", first.label)),
    };
    Some(Comparison { rule: N3.id, span, fields, message, matches: agrees, table_and_text: (real, printed) })
}

fn format_printed_percentage(digits: u64, decimals: u32) -> String {
    i64::try_from(digits)
        .ok()
        .and_then(|digits| Decimal::try_new(digits, decimals).ok())
        .map_or_else(|| "?".into(), |share| format!("{share}%"))
}
