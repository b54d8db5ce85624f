//! Messages of the tally rules.

use rust_decimal::Decimal;

use super::describe::{cell_name, describe_difference, describe_sides, name_in_relation, sums, total_name};
use super::recent::ChangedCell;
use super::suspect::Suspect;
use crate::check::{Finding, RuleInput, Severity};
use crate::draft::{Amount, Value};
use crate::form::{Field, Relation};

/// The number of totals that are named; the rest is only counted.
const NAMED_TOTALS: usize = 3;

/// Returns the finding that the sides differ and no blank cell can close the gap.
pub fn broken_finding(input: &RuleInput, relation: &Relation, suspect: &Suspect) -> Finding {
    let mut message = describe_difference(input, relation);
    if let Suspect::One(id, number) = suspect
        && let Some(field) = input.form.field(id.as_str())
    {
        let now = input.draft.get(id.as_str()).typed();
        message.push_str(&format!(
            "。“{}”由 {now} 改为 {number} 后，行、列合计均相符，请先核对这一格",
            cell_name(field)
        ));
    }
    let (left, right) = sums(input, relation);
    relation_finding(relation, Severity::Error, message, left, right)
}

/// Returns the finding that the sides differ since a cell was changed, and names the totals at those positions
/// that have not followed it.
pub fn changed_finding(
    input: &RuleInput,
    relation: &Relation,
    changed: ChangedCell,
    behind: &[usize],
) -> Finding {
    let fields = input.form.fields();
    let field = &fields[changed.position];
    let typed = |value: &Value| if value.is_blank() { "空白".into() } else { value.typed().into_owned() };
    let (before, now) = (typed(changed.before), typed(input.value_at(changed.position)));
    let mut message = format!("“{}”刚由 {before} 改为 {now}", cell_name(field));
    let totals = behind.iter().map(|&total| total_name(field, &fields[total]));
    let names: Vec<String> = totals.take(NAMED_TOTALS).collect();
    if !names.is_empty() {
        let more = if behind.len() > NAMED_TOTALS {
            format!("等 {} 个总计", behind.len())
        } else {
            String::new()
        };
        message.push_str(&format!("，{}{more}还没有跟上", names.join("、")));
    }
    message.push_str(&format!("。{}", describe_difference(input, relation)));
    let (left, right) = sums(input, relation);
    relation_finding(relation, Severity::Error, message, left, right)
}

/// Returns the finding that the sides differ in a table that is still being filled.
pub fn unfinished_finding(input: &RuleInput, relation: &Relation, gap: Decimal) -> Finding {
    let (left, right) = sums(input, relation);
    let message = format!("{}，尚未填完，还差 {}", describe_sides(input, relation), gap.abs());
    relation_finding(relation, Severity::Warning, message, left, right)
}

/// Returns the finding that a total is filled and all its parts are blank.
pub fn parts_missing_finding(input: &RuleInput, relation: &Relation) -> Finding {
    let (left, right) = sums(input, relation);
    let message = format!(
        "{}：{} {left}，各项都还没有填",
        relation.name,
        name_in_relation(input, relation, &relation.left)
    );
    relation_finding(relation, Severity::Warning, message, left, right)
}

/// Returns the message that a total is blank and its parts are filled.
pub fn missing_total_message(field: &Field, sum: Option<Amount>) -> String {
    match sum {
        Some(Amount::Known(sum)) => format!("“{}”没有填，各项之和是 {sum}", cell_name(field)),
        _ => format!("“{}”没有填，各项里有无法识别的数", cell_name(field)),
    }
}

fn relation_finding(
    relation: &Relation,
    severity: Severity,
    message: String,
    left: Decimal,
    right: Decimal,
) -> Finding {
    let fields = relation.fields().cloned().collect();
    Finding {
        expected: Some(right.to_string()),
        found: Some(left.to_string()),
        ..Finding::new(&relation.id, severity, fields, message)
    }
}
