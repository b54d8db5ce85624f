//! T1–T4 and D0: the sums of the tables (勾稽关系), with the half-typed rule of FORM.md section 5.

mod relation;
mod suspect;
#[cfg(test)]
mod tests;
mod words;

use rust_decimal::Decimal;

use super::{Check, Finding, Rule, Subject, Weight};
use crate::draft::{Amount, read};
use crate::edit::Edit;
use crate::form::Relation;
use relation::{State, judge};
use suspect::Blame;

/// The tally checks. A relation of a user's form is checked under the id the form gives it.
pub(super) const CHECK: Check = Check {
    rules: &[
        Rule {
            id: "T1",
            weight: Weight::Error,
            wants: "每一列：本年新收 + 上年结转 = （七）总计 + 结转下年度。",
            rests_on: "表三左上角印着的勾稽关系（国办公开办函〔2019〕60号、〔2021〕30号所附格式）",
        },
        Rule {
            id: "T2",
            weight: Weight::Error,
            wants: "每一列：（七）总计 = 上面各项办理结果之和。",
            rests_on: "表三“（七）总计”的字面意思",
        },
        Rule {
            id: "T3",
            weight: Weight::Error,
            wants: "每一行：总计 = 自然人 + 五类法人或其他组织。",
            rests_on: "表三“总计”一列的字面意思",
        },
        Rule {
            id: "T4",
            weight: Weight::Error,
            wants: "表四每一组：总计 = 结果维持 + 结果纠正 + 其他结果 + 尚未审结。",
            rests_on: "表四“总计”的字面意思",
        },
        Rule {
            id: "D0",
            weight: Weight::Warning,
            wants: "各项填了，总计也要填；空白不等于 0。",
            rests_on: "表三、表四“总计”的字面意思；退回的报告里常见",
        },
    ],
    run,
};

fn run(subject: &Subject) -> Vec<Finding> {
    let relations = subject.form.relations();
    let states: Vec<State> = relations.iter().map(|relation| judge(subject, relation)).collect();
    let mut findings = missing_totals(subject);
    for (at, (relation, state)) in relations.iter().zip(&states).enumerate() {
        match *state {
            State::Silent | State::Holds => {}
            State::Unfinished { gap } => findings.push(words::unfinished(subject, relation, gap)),
            State::PartsMissing => findings.push(words::parts_missing(subject, relation)),
            State::Broken { .. } => {
                let blame = suspect::blame(subject, &states, at);
                let mut finding = words::broken(subject, relation, &blame);
                finding.cure = cure(subject, &states, at, &blame);
                if let Blame::One(id, _) = blame {
                    finding.suspect = Some(id);
                }
                findings.push(finding);
            }
        }
    }
    findings
}

/// Whether a relation waits for blank cells: to be closed by them, or to get any part at all.
pub(super) fn waits_for_blanks(subject: &Subject, relation: &Relation) -> bool {
    matches!(judge(subject, relation), State::Unfinished { .. } | State::PartsMissing)
}

/// D0: a blank total beside filled parts, once per total.
fn missing_totals(subject: &Subject) -> Vec<Finding> {
    let Subject { form, draft, ledger, .. } = subject;
    let mut findings = Vec::new();
    for (place, field) in form.fields().iter().enumerate() {
        if !relation::is_missing_total(subject, place) {
            continue;
        }
        let sums = form.relations().iter().filter(|r| r.is_total && r.left.contains(&field.id));
        let sum = sums.map(|r| ledger.sum_at(r.right_places())).find(|sum| *sum != Amount::Blank);
        let mut finding =
            Finding::new("D0", Weight::Warning, vec![field.id.clone()], words::missing_total(field, sum));
        if let Some(Amount::Known(sum)) = sum {
            finding.expected = Some(sum.to_string());
            finding.cure = Some(Edit::set(draft, &field.id, read(&field.kind, &sum.to_string())));
        }
        findings.push(finding);
    }
    findings
}

/// The edit that sets the broken total to its sum: only where the total alone is to blame.
/// T1 has none: any of its four cells may be the wrong one.
fn cure(subject: &Subject, states: &[State], at: usize, blame: &Blame) -> Option<Edit> {
    let Subject { form, draft, ledger, .. } = subject;
    let relation = &form.relations()[at];
    if !relation.is_total {
        return None;
    }
    let total = match blame {
        Blame::One(suspect, _) => suspect,
        Blame::Several => return None,
        Blame::None => {
            relation.left.first().filter(|total| suspect::explains(subject, states, total).is_some())?
        }
    };
    let field = form.field(total.as_str())?;
    let sum = |relation: &Relation| match ledger.sum_at(relation.right_places()) {
        Amount::Known(sum) if sum >= Decimal::ZERO => Some(sum),
        _ => None,
    };
    let own = if relation.left.contains(total) { relation } else { &form.relations()[field.sum?] };
    Some(Edit::set(draft, total, read(&field.kind, &sum(own)?.to_string())))
}
