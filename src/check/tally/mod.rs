//! T1–T4 and D0: the sums of the tables (勾稽关系). A blank cell on the smaller side makes an
//! error a warning: the table is not finished.

mod describe;
mod follow;
#[cfg(test)]
mod follow_tests;
mod messages;
mod recent;
mod relation;
mod suspect;
#[cfg(test)]
mod tests;

use rust_decimal::Decimal;

use super::{Check, Finding, Rule, RuleInput, Severity};
use crate::draft::{Amount, parse_value};
use crate::edit::Edit;
use crate::form::{FieldId, Relation};
use follow::FollowUps;
use recent::{ChangedCell, RecentChanges};
use relation::{RelationState, relation_state};
use suspect::Suspect;

/// The tally checks. A relation of a user's form is checked under the id that the form gives it.
pub(super) const CHECK: Check = Check {
    rules: &[
        Rule {
            id: "T1",
            severity: Severity::Error,
            description: "每一列：本年新收 + 上年结转 = （七）总计 + 结转下年度。",
            basis: "表三左上角印着的勾稽关系（国办公开办函〔2019〕60号、〔2021〕30号所附格式）",
        },
        Rule {
            id: "T2",
            severity: Severity::Error,
            description: "每一列：（七）总计 = 上面各项办理结果之和。",
            basis: "表三“（七）总计”的字面意思",
        },
        Rule {
            id: "T3",
            severity: Severity::Error,
            description: "每一行：总计 = 自然人 + 五类法人或其他组织。",
            basis: "表三“总计”一列的字面意思",
        },
        Rule {
            id: "T4",
            severity: Severity::Error,
            description: "表四每一组：总计 = 结果维持 + 结果纠正 + 其他结果 + 尚未审结。",
            basis: "表四“总计”的字面意思",
        },
        Rule {
            id: "D0",
            severity: Severity::Warning,
            description: "各项填了，总计也要填；空白不等于 0。",
            basis: "表三、表四“总计”的字面意思；退回的报告里常见",
        },
    ],
    run: check_tallies,
};

fn check_tallies(input: &RuleInput) -> Vec<Finding> {
    let relations = input.form.relations();
    let states: Vec<RelationState> =
        relations.iter().map(|relation| relation_state(input, relation)).collect();
    let recent = RecentChanges::new(input, &states);
    let follow_ups = follow::find_follow_ups(input, &states, &recent);
    let mut findings = missing_totals(input);
    for (at, (relation, state)) in relations.iter().zip(&states).enumerate() {
        match *state {
            RelationState::NotApplicable | RelationState::Holds => {}
            RelationState::Unfinished { gap } => {
                findings.push(messages::unfinished_finding(input, relation, gap))
            }
            RelationState::PartsMissing => findings.push(messages::parts_missing_finding(input, relation)),
            RelationState::Broken { .. } => {
                findings.push(match recent.since_held(at) {
                    Some(changed) => changed_relation(input, &states, at, changed, &follow_ups),
                    None => broken_relation(input, &states, at),
                });
            }
        }
    }
    findings
}

/// Returns the finding of a relation of which nothing is known but that it is broken.
fn broken_relation(input: &RuleInput, states: &[RelationState], at: usize) -> Finding {
    let suspect = suspect::find_culprit(input, states, at);
    let mut finding = messages::broken_finding(input, &input.form.relations()[at], &suspect);
    finding.fix = fix_total(input, states, at, &suspect);
    if let Suspect::One(id, number) = suspect {
        // One wrong leaf breaks its row and its column: the fix is the cell where they cross, never a total.
        let leaf = input.form.field(id.as_str()).filter(|field| field.sum.is_none());
        let mended = leaf.map(|field| parse_value(&field.kind, &number.to_string()));
        finding.fix = finding.fix.or_else(|| Some(Edit::set(input.draft, &id, mended?)));
        finding.suspect = Some(id);
    }
    finding
}

/// Returns the finding of a relation that held until some of its cells were `changed`, the latest first. A
/// corrected cell is not blamed, its totals have to follow; a total that was changed last is.
fn changed_relation(
    input: &RuleInput,
    states: &[RelationState],
    at: usize,
    changed: &[ChangedCell],
    follow_ups: &[FollowUps],
) -> Finding {
    let relation = &input.form.relations()[at];
    let latest = changed[0];
    let id = &input.form.fields()[latest.position].id;
    if relation.is_total && relation.left.contains(id) {
        let mut finding = messages::changed_finding(input, relation, latest, &[]);
        if let Some((_, sum)) = suspect::explained_by(input, states, id) {
            finding.suspect = Some(id.clone());
            // Where its parts were changed too, either may be right.
            let alone = changed.len() == 1;
            finding.fix =
                alone.then(|| fix_total(input, states, at, &Suspect::One(id.clone(), sum))).flatten();
        }
        return finding;
    }
    let caused = |follow: &&FollowUps| changed.iter().any(|cell| follow.causes.contains(&cell.position));
    let follow = follow_ups.iter().find(caused);
    let totals: Vec<usize> = follow.map_or(Vec::new(), |follow| follow.totals.iter().copied().collect());
    let mut finding = messages::changed_finding(input, relation, latest, &totals);
    finding.changed = Some(id.clone());
    finding.fix = follow.map(|follow| follow.edit.clone());
    finding
}

/// Returns `true` if a relation waits for blank cells, which could close its gap or are all of its parts.
pub(super) fn waits_for_blanks(input: &RuleInput, relation: &Relation) -> bool {
    matches!(relation_state(input, relation), RelationState::Unfinished { .. } | RelationState::PartsMissing)
}

/// Returns the findings of D0, blank totals with filled parts, one per total.
fn missing_totals(input: &RuleInput) -> Vec<Finding> {
    let RuleInput { form, draft, ledger, .. } = input;
    let mut findings = Vec::new();
    for (position, field) in form.fields().iter().enumerate() {
        if !relation::is_missing_total(input, position) {
            continue;
        }
        let sums = || form.relations().iter().filter(|r| r.is_total && r.left.contains(&field.id));
        // What an import could not tell is answered first: D2c asks for it.
        let is_unread = |id: &FieldId| draft.get(id.as_str()).unread().is_some();
        if sums().flat_map(|r| &r.right).any(is_unread) {
            continue;
        }
        let sum = sums().map(|r| ledger.sum_at(r.right_positions())).find(|sum| *sum != Amount::Blank);
        let mut finding = Finding::new(
            "D0",
            Severity::Warning,
            vec![field.id.clone()],
            messages::missing_total_message(field, sum),
        );
        if let Some(Amount::Known(sum)) = sum {
            finding.expected = Some(sum.to_string());
            finding.fix = Some(Edit::set(draft, &field.id, parse_value(&field.kind, &sum.to_string())));
        }
        findings.push(finding);
    }
    findings
}

/// Returns the edit that sets a broken total to its sum: if the total is the suspect, or if no cell is and it
/// is in no other broken relation. `None` for relations without a total, such as T1, since any of their cells
/// may be wrong.
fn fix_total(input: &RuleInput, states: &[RelationState], at: usize, suspect: &Suspect) -> Option<Edit> {
    let RuleInput { form, draft, ledger, .. } = input;
    let relation = &form.relations()[at];
    if !relation.is_total {
        return None;
    }
    let total = match suspect {
        Suspect::One(suspect, _) => suspect,
        Suspect::Several => return None,
        Suspect::None => {
            relation.left.first().filter(|total| suspect::explained_by(input, states, total).is_some())?
        }
    };
    let field = form.field(total.as_str())?;
    let sum = |relation: &Relation| match ledger.sum_at(relation.right_positions()) {
        Amount::Known(sum) if sum >= Decimal::ZERO => Some(sum),
        _ => None,
    };
    let own = if relation.left.contains(total) { relation } else { &form.relations()[field.sum?] };
    Some(Edit::set(draft, total, parse_value(&field.kind, &sum(own)?.to_string())))
}
