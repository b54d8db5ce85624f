//! Messages of the tally rules.

use rust_decimal::Decimal;

use super::recent::ChangedCell;
use super::suspect::Suspect;
use crate::check::{Finding, RuleInput, Severity};
use crate::draft::{Amount, Value};
use crate::form::{Field, FieldId, Per, Relation};

/// The maximum number of terms of a sum that is spelled out.
const SPELLED_TERMS: usize = 6;

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

/// Returns what a total is called as seen from a cell: `总计` in its row, `办理结果总计` in its column.
fn total_name(cell: &Field, total: &Field) -> String {
    if total.id.row() == cell.id.row() {
        total.column.to_string()
    } else if total.id.is_in_column(cell.id.column()) {
        total.row.to_string()
    } else {
        cell_name(total)
    }
}

/// Returns both sides and by how much they differ.
fn describe_difference(input: &RuleInput, relation: &Relation) -> String {
    let (left, right) = sums(input, relation);
    let is_blank = |id: &FieldId| input.draft.get(id.as_str()).is_blank() && !is_computed(input, id);
    let blanks = if relation.fields().any(is_blank) { "（空白按 0 计）" } else { "" };
    format!("{}，相差 {}{blanks}", describe_sides(input, relation), (left - right).abs())
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

/// Returns both sides with names and numbers: `自然人：本年新收 12 + 上年结转 0 = 12，…`.
fn describe_sides(input: &RuleInput, relation: &Relation) -> String {
    let (left, right) = sums(input, relation);
    let right_words = if relation.is_total {
        let terms: Vec<String> =
            filled_parts(input, relation).map(|id| describe_term(input, relation, id)).collect();
        match terms.len() {
            2..=SPELLED_TERMS => format!("{} = {right}", terms.join(" + ")),
            _ => format!("各项之和 {right}"),
        }
    } else {
        describe_side(input, relation, &relation.right, right)
    };
    format!("{}：{}，{right_words}", relation.name, describe_side(input, relation, &relation.left, left))
}

fn describe_side(input: &RuleInput, relation: &Relation, ids: &[FieldId], sum: Decimal) -> String {
    let terms: Vec<String> = ids.iter().map(|id| describe_term(input, relation, id)).collect();
    if terms.len() == 1 { terms.join("") } else { format!("{} = {sum}", terms.join(" + ")) }
}

/// Returns the parts of a total that are not zero and not blank.
fn filled_parts<'a>(input: &'a RuleInput, relation: &'a Relation) -> impl Iterator<Item = &'a FieldId> {
    relation.right.iter().filter(|id| match input.ledger.amount(input.form, id.as_str()) {
        Amount::Known(number) => !number.is_zero(),
        Amount::Blank => false,
        Amount::Unknown => true,
    })
}

fn describe_term(input: &RuleInput, relation: &Relation, id: &FieldId) -> String {
    let amount = match input.ledger.amount(input.form, id.as_str()) {
        Amount::Blank => "空白".into(),
        amount => amount.display_text(),
    };
    format!("{} {amount}", name_in_relation(input, relation, std::slice::from_ref(id)))
}

/// Returns the name of a cell within its relation: its row in a column sum, its column in a row sum.
fn name_in_relation<'a>(input: &RuleInput<'a>, relation: &Relation, ids: &[FieldId]) -> &'a str {
    let field = ids.first().and_then(|id| input.form.field(id.as_str()));
    field.map_or("", |field| if relation.per == Per::Row { &field.column } else { &field.row })
}

/// Returns the full name of a cell: `予以公开·自然人`.
fn cell_name(field: &Field) -> String {
    format!("{}·{}", field.row, field.column)
}

fn is_computed(input: &RuleInput, id: &FieldId) -> bool {
    input.ledger.is_computed(input.form, id.as_str())
}

fn sums(input: &RuleInput, relation: &Relation) -> (Decimal, Decimal) {
    let sum = |ids: &[FieldId]| match input.ledger.sum(input.form, ids) {
        Amount::Known(sum) => sum,
        _ => Decimal::ZERO,
    };
    (sum(&relation.left), sum(&relation.right))
}
