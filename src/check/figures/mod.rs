//! N1–N3: the figures of the narratives against the tables (FORM.md section 7).
//!
//! The text is cut into clauses, its numbers are found, and each number is given a meaning by the words
//! beside it. What is not understood is not judged. Nothing is ever rewritten for the clerk.

mod claim;
mod decide;
mod filler;
mod lexicon;
mod number;
mod reader;
mod scan;
mod scope;
mod share;
mod state;
mod table;
#[cfg(test)]
mod tests;
mod topic;
mod turn;
mod whole;
mod words;
mod zero;

use rust_decimal::Decimal;

use super::{Check, Finding, Rule, Span, Subject, Weight};
use crate::draft::{Amount, Draft, Ledger};
use crate::form::{FieldId, Form};
use claim::{Claim, Said};
use reader::{Words, read};
use topic::Sum;

const N1: Rule = Rule {
    id: "N1",
    weight: Weight::Warning,
    wants: "正文里的件数与表里的数一致。",
    rests_on: "同一份报告里文字与表格说的是同一件事；不一致是常见的退回原因，格式没有写明",
};

const N2: Rule = Rule {
    id: "N2",
    weight: Weight::Warning,
    wants: "正文说“未收到”“未发生”“均已办结”的，表里相应的数是 0。",
    rests_on: "同一份报告里文字与表格说的是同一件事；不一致是常见的退回原因，格式没有写明",
};

const N3: Rule = Rule {
    id: "N3",
    weight: Weight::Warning,
    wants: "“N件，占X%”：按所写的小数位算得出来，四舍五入或去尾都可以。",
    rests_on: "算术；格式没有要求写百分比",
};

pub(super) const CHECK: Check = Check { rules: &[N1, N2, N3], run };

/// How a figure of a narrative was read, and whether the tables say the same.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reading {
    /// The rule it belongs to: `N1`, `N2` or `N3`.
    pub rule: &'static str,
    /// The words of the narrative.
    pub span: Span,
    /// The cells that it was compared with.
    pub fields: Vec<FieldId>,
    /// Both sides and the reading that was tried, in words.
    pub words: String,
    /// Whether both sides agree.
    pub agrees: bool,
    /// What the tables say, and what the text says.
    pub sides: (String, String),
}

/// How the figure at a byte of a narrative was read, where the tables say the same; one that disagrees is
/// a finding.
pub fn agreeing_at(
    form: &Form,
    draft: &Draft,
    ledger: &Ledger,
    narrative: &FieldId,
    byte: usize,
) -> Option<Reading> {
    let claims = read(&Words::new(), draft.text(narrative.as_str()), draft.year(), draft.unit());
    let mut here = claims.iter().filter(|claim| (claim.start..=claim.end).contains(&byte)).peekable();
    // Asked for at every frame; mostly no figure stands there.
    here.peek()?;
    let subject = Subject::new(form, draft, ledger, super::Context::default());
    here.filter_map(|claim| judge(&subject, narrative, claim, true)).find(|reading| reading.agrees)
}

/// Every figure of the narratives that was understood, agreeing ones too, in the order of the text.
pub fn readings(form: &Form, draft: &Draft) -> Vec<Reading> {
    let ledger = Ledger::new(form, draft);
    compare(&Subject::new(form, draft, &ledger, super::Context::default()), true)
}

fn run(subject: &Subject) -> Vec<Finding> {
    compare(subject, false).into_iter().map(finding).collect()
}

/// What was understood; the agreeing too where `all` is asked for, whose words take time to make.
fn compare(subject: &Subject, all: bool) -> Vec<Reading> {
    let (words, year, unit) = (&Words::new(), subject.draft.year(), subject.draft.unit());
    let of = |(id, text)| {
        let claims = read(words, text, year, unit);
        claims.into_iter().filter_map(move |claim| judge(subject, id, &claim, all))
    };
    subject.narratives().flat_map(of).collect()
}

fn finding(reading: Reading) -> Finding {
    let mut fields = vec![reading.span.field.clone()];
    fields.extend(reading.fields);
    Finding {
        expected: Some(reading.sides.0),
        found: Some(reading.sides.1),
        span: Some(reading.span),
        ..Finding::new(reading.rule, Weight::Warning, fields, reading.words)
    }
}

/// Compares a claim with the tables. None where they have nothing to say yet.
fn judge(subject: &Subject, narrative: &FieldId, claim: &Claim, all: bool) -> Option<Reading> {
    let text = subject.draft.text(narrative.as_str());
    let span = Span { field: narrative.clone(), start: claim.start, end: claim.end };
    let plain = match claim.said {
        Said::Count(count) => Some(Decimal::from(count)),
        Said::Zero => Some(Decimal::ZERO),
        Said::Share { .. } => None,
    };
    let agrees = |said| claim.sums.iter().any(|sum| table::amount(subject, sum) == Amount::Known(said));
    if !all && plain.is_some_and(agrees) {
        return None;
    }
    let mut quoted = words::quote(&text[claim.start..claim.end]);
    if let Said::Count(count) = claim.said
        && !quoted.contains(|c: char| c.is_numeric())
    {
        // 均获维持: the number stands further up.
        quoted.push_str(&format!("（{count}件）"));
    }
    let known: Vec<(&Sum, Amount)> = claim
        .sums
        .iter()
        .filter(|sum| table::has(subject, sum))
        .map(|sum| (sum, table::amount(subject, sum)))
        .collect();
    if let Said::Share { .. } = claim.said {
        return judge_share(subject, claim, &known, &quoted, span).filter(|reading| all || !reading.agrees);
    }
    let (said, rule) = match claim.said {
        Said::Count(count) => (Decimal::from(count), N1.id),
        _ => (Decimal::ZERO, N2.id),
    };
    let fields = |sum: &Sum| -> Vec<FieldId> {
        sum.fields.iter().filter(|id| subject.form.field(id.as_str()).is_some()).cloned().collect()
    };
    let side = |amount: Amount| (amount.words(), said.to_string());
    if let Some((sum, amount)) = known.iter().find(|(_, amount)| *amount == Amount::Known(said)) {
        let words = format!("{quoted}：按 {}，相符", words::reading(subject, sum, *amount));
        return Some(Reading { rule, span, fields: fields(sum), words, agrees: true, sides: side(*amount) });
    }
    // A cell that cannot be read, or is still to be filled, may yet agree.
    let open =
        |(sum, amount): &(&Sum, Amount)| *amount == Amount::Unknown || table::may_reach(subject, sum, said);
    let (first, amount) = *known.first()?;
    if amount == Amount::Blank || known.iter().any(open) {
        return None;
    }
    let tried: Vec<String> =
        known.iter().map(|(sum, amount)| words::reading(subject, sum, *amount)).collect();
    let words = match (&claim.said, known.len()) {
        (Said::Zero, _) => format!("正文{quoted}，表里 {}，请核对", tried.join("；")),
        (_, 1) => format!("正文{quoted}，表里 {}，不相符", tried.join("；")),
        _ => format!("正文{quoted}，表里 {}，都不相符", tried.join("；")),
    };
    Some(Reading { rule, span, fields: fields(first), words, agrees: false, sides: side(amount) })
}

fn judge_share(
    subject: &Subject,
    claim: &Claim,
    known: &[(&Sum, Amount)],
    quoted: &str,
    span: Span,
) -> Option<Reading> {
    let Said::Share { of, part, digits, decimals, totals } = &claim.said else { return None };
    let number = |amount: Amount| match amount {
        Amount::Known(number) => share::count(number),
        _ => None,
    };
    let mut parts = vec![*of];
    parts.extend(part.iter().filter_map(|sum| number(table::amount(subject, sum))));
    let wholes: Vec<(String, u64)> = known
        .iter()
        .filter_map(|(sum, amount)| Some((sum.say.clone(), number(*amount)?)))
        .chain(totals.iter().map(|total| ("正文所写的总数".to_string(), *total)))
        .collect();
    let (first, amount) = known.first()?;
    let base = number(*amount).filter(|base| *base > 0)?;
    let fields: Vec<FieldId> = first.fields.clone();
    let holding = wholes
        .iter()
        .find(|(_, whole)| parts.iter().any(|part| share::holds(*part, *whole, *digits, *decimals)));
    let printed = text_of_share(*digits, *decimals);
    let real = share::say(*of, base, *decimals);
    let (agrees, words) = match holding {
        Some((say, whole)) => (true, format!("{quoted}：按 {of} ÷ {say} {whole}，相符")),
        None => (false, format!("正文{quoted}，按 {of} ÷ {} {base} 应是 {real}，不相符", first.say)),
    };
    Some(Reading { rule: N3.id, span, fields, words, agrees, sides: (real, printed) })
}

fn text_of_share(digits: u64, decimals: u32) -> String {
    i64::try_from(digits)
        .ok()
        .and_then(|digits| Decimal::try_new(digits, decimals).ok())
        .map_or_else(|| "?".into(), |share| format!("{share}%"))
}
