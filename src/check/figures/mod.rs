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
mod table;
#[cfg(test)]
mod tests;
mod topic;
mod turn;
mod whole;
mod words;
mod zero;

use rust_decimal::Decimal;

use super::{Check, Finding, Rule, Run, Span, Subject, Weight};
use crate::draft::{Amount, Draft, Ledger};
use crate::form::{FieldId, Form, Kind};
use claim::{Claim, Said};
pub use reader::Words;
use reader::read;
use scan::Scanned;
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

pub(super) const CHECK: Check = Check { rules: &[N1, N2, N3], run: Run::All(run) };

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

/// What the narratives say of the tables: every figure that was understood, not yet compared.
#[derive(Clone, Debug, Default)]
pub struct Figures {
    year: Option<u16>,
    unit: String,
    narratives: Vec<Narrative>,
}

/// One narrative as it was read.
#[derive(Clone, Debug)]
struct Narrative {
    id: FieldId,
    scanned: Scanned,
    claims: Vec<Claim>,
}

impl Figures {
    /// Reads the narratives; what is as it was when `before` was read is not read again.
    pub(super) fn read(words: &Words, form: &Form, draft: &Draft, before: Figures) -> Self {
        let (year, unit) = (draft.year(), draft.unit());
        let same = (before.year, before.unit.as_str()) == (year, unit);
        let mut known = before.narratives;
        let prose = form.fields().iter().filter(|field| field.kind == Kind::Prose);
        let narrative = |id: &FieldId| {
            let text = draft.text(id.as_str());
            let at = known.iter().position(|known| known.id == *id);
            match at.map(|at| known.swap_remove(at)) {
                Some(known) if same && known.scanned.text == text => known,
                known => {
                    let scanned =
                        words.scan(text, &known.map_or_else(Scanned::default, |known| known.scanned));
                    Narrative { id: id.clone(), claims: read(words, &scanned, year, unit), scanned }
                }
            }
        };
        let narratives = prose.map(|field| &field.id).map(narrative).collect();
        Figures { year, unit: unit.into(), narratives }
    }

    /// Every claim with its narrative, in the order of the text.
    fn claims(&self) -> impl Iterator<Item = (&FieldId, &Claim)> {
        self.narratives.iter().flat_map(|one| one.claims.iter().map(move |claim| (&one.id, claim)))
    }

    /// How the figure at a byte of a narrative was read, where the tables say the same; one that
    /// disagrees is a finding.
    pub fn agreeing_at(
        &self,
        (form, draft, ledger): (&Form, &Draft, &Ledger),
        narrative: &FieldId,
        byte: usize,
    ) -> Option<Reading> {
        let here = |claim: &Claim| (claim.start..=claim.end).contains(&byte);
        let mut claims = self.claims().filter(|(id, claim)| *id == narrative && here(claim)).peekable();
        // Asked for at every frame; mostly no figure stands there.
        claims.peek()?;
        let subject = Subject::new(form, draft, ledger, self, super::Context::default());
        claims.filter_map(|(id, claim)| judge(&subject, id, claim, true)).find(|reading| reading.agrees)
    }
}

/// Every figure of the narratives that was understood, agreeing ones too, in the order of the text.
pub fn readings(form: &Form, draft: &Draft) -> Vec<Reading> {
    let (figures, ledger) =
        (Figures::read(&Words::new(), form, draft, Figures::default()), Ledger::new(form, draft));
    compare(&Subject::new(form, draft, &ledger, &figures, super::Context::default()), true)
}

fn run(subject: &Subject) -> Vec<Finding> {
    compare(subject, false).into_iter().map(finding).collect()
}

/// What was understood; the agreeing too where `all` is asked for, whose words take time to make.
fn compare(subject: &Subject, all: bool) -> Vec<Reading> {
    subject.figures.claims().filter_map(|(id, claim)| judge(subject, id, claim, all)).collect()
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
