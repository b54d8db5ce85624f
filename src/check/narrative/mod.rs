//! N1–N3, N5 and N7: the figures of the narratives compared with the tables, with last year's and with each
//! other.
//!
//! The text is split into clauses, and each number gets a meaning from the words beside it. What is not
//! understood is not judged, and no text is ever changed.

mod after_number;
mod all_of;
mod attribution;
mod change;
mod claim;
mod compared_figure;
mod decision;
mod document;
mod extractor;
mod fillers;
mod lexicon;
mod messages;
mod none;
mod number;
mod parts;
mod percentage;
mod percentage_claim;
mod phrase;
mod respectively;
mod rules;
mod state;
mod subject_unit;
mod table;
#[cfg(test)]
mod tests;
mod token;
mod tokenize;
mod topic;
mod word_table;

use rust_decimal::Decimal;

use super::{Check, Finding, RuleInput, Severity, Span};
use crate::draft::{Amount, Draft, Ledger};
use crate::form::{FieldId, Form};
use claim::{Assertion, Claim};
pub use compared_figure::{ComparedFigure, Verdict};
use extractor::extract_claims;
use rules::{N1, N2, N3, N5, N7};
use topic::Sum;

pub(super) const CHECK: Check = Check { rules: &[N1, N2, N3, N5, N7], run: check_narratives };

/// Returns all figures of the narratives that were understood, agreeing ones included, in the order of the
/// text.
pub fn compare_narratives(form: &Form, draft: &Draft) -> Vec<ComparedFigure> {
    let ledger = Ledger::new(form, draft);
    compare_claims(&RuleInput::new(form, draft, &ledger, super::Context::default()))
}

fn check_narratives(input: &RuleInput) -> Vec<Finding> {
    input.figures.iter().filter(|figure| figure.verdict == Verdict::Differs).map(finding_of).collect()
}

/// Reads the narratives and compares their claims with the tables.
pub(super) fn compare_claims(input: &RuleInput) -> Vec<ComparedFigure> {
    let (year, unit) = (input.draft.year(), input.draft.unit());
    let of = |(id, text)| {
        let claims = extract_claims(text, year, unit);
        claims.into_iter().filter_map(move |claim| compare_claim(input, id, &claim))
    };
    input.narratives().flat_map(of).collect()
}

fn finding_of(figure: &ComparedFigure) -> Finding {
    let severity = if figure.rule == N7.id { N7.severity } else { Severity::Warning };
    let fields = [&figure.span.field].into_iter().chain(&figure.fields).cloned().collect();
    Finding {
        expected: Some(figure.table_and_text.0.clone()),
        found: Some(figure.table_and_text.1.clone()),
        span: Some(figure.span.clone()),
        ..Finding::new(figure.rule, severity, fields, figure.message())
    }
}

/// Compares a claim with the tables. Returns `None` if the form does not have its cells.
fn compare_claim(input: &RuleInput, narrative: &FieldId, claim: &Claim) -> Option<ComparedFigure> {
    let text = input.draft.text(narrative.as_str());
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
    let span = Span { field: narrative.clone(), start: claim.start, end: claim.end };
    let (claimed, rule) = match claim.assertion {
        Assertion::Count(count) => (Decimal::from(count), N1.id),
        Assertion::Zero => (Decimal::ZERO, N2.id),
        // Those that were handled this year were all answered, of course.
        Assertion::Done { of } if table::handled(input) == Amount::Known(of.into()) => return None,
        Assertion::Done { .. } => (Decimal::ZERO, N2.id),
        Assertion::Money { amount, decimals } => match known.first()?.1 {
            // To the decimals shown, rounded or cut off.
            Amount::Known(now)
                if now.round_dp(decimals) == amount || now.trunc_with_scale(decimals) == amount =>
            {
                (now, N1.id)
            }
            _ => (amount, N1.id),
        },
        Assertion::Percentage { .. } => return compare_percentage(input, claim, &known, quoted, span),
        Assertion::Change { .. } => return change::compare_change(input, claim, quoted, span),
        Assertion::Parts { head, sum } => return Some(change::compare_parts(claim, head, sum, quoted, span)),
    };
    let (first, amount) = *known.first()?;
    // An unreadable or still blank cell may yet agree.
    let open =
        |(sum, amount): &(&Sum, Amount)| *amount == Amount::Unknown || table::may_reach(input, sum, claimed);
    let agreeing = known.iter().find(|(_, amount)| *amount == Amount::Known(claimed));
    let (verdict, sum, amount) = match agreeing {
        Some((sum, amount)) => (Verdict::Agrees, *sum, *amount),
        None if amount == Amount::Blank || known.iter().any(open) => (Verdict::Open, first, amount),
        None => (Verdict::Differs, first, amount),
    };
    let describe = |(sum, amount): &(&Sum, Amount)| messages::describe_sum(input, sum, *amount);
    let readings = match verdict {
        Verdict::Differs => known.iter().map(describe).collect(),
        Verdict::Agrees | Verdict::Open => vec![describe(&(sum, amount))],
    };
    let fields = sum.fields.iter().filter(|id| input.form.field(id.as_str()).is_some()).cloned().collect();
    Some(ComparedFigure {
        rule,
        span,
        number: claim.number.clone(),
        fields,
        quoted,
        readings,
        verdict,
        table_and_text: (amount.display_text(), text_of_number(text, claim, claimed)),
    })
}

/// Returns the number as the text gives it: money as written, with its unit; else `claimed`.
fn text_of_number(text: &str, claim: &Claim, claimed: Decimal) -> String {
    match claim.assertion {
        Assertion::Money { .. } => {
            text[claim.number.clone()].chars().filter(|c| !c.is_whitespace()).collect()
        }
        _ => claimed.to_string(),
    }
}

fn compare_percentage(
    input: &RuleInput,
    claim: &Claim,
    known: &[(&Sum, Amount)],
    quoted: String,
    span: Span,
) -> Option<ComparedFigure> {
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
    let printed = percentage::format_printed_percentage(*digits, *decimals);
    let real = percentage::format_percentage(*of, base, *decimals);
    let (verdict, (say, whole)) = match holding {
        Some((say, whole)) => (Verdict::Agrees, (say, *whole)),
        None => (Verdict::Differs, (&first.label, base)),
    };
    Some(ComparedFigure {
        rule: N3.id,
        span,
        number: claim.number.clone(),
        fields,
        quoted,
        readings: vec![format!("{of} ÷ {say} {whole}")],
        verdict,
        table_and_text: (real, printed),
    })
}
