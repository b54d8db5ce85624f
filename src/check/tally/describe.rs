//! Relations, their sides and their cells in messages.

use rust_decimal::Decimal;

use crate::check::RuleInput;
use crate::draft::Amount;
use crate::form::{Field, FieldId, Per, Relation};

/// The maximum number of terms of a sum that is spelled out.
const SPELLED_TERMS: usize = 6;

/// Returns what a total is called as seen from a cell: `总计` in its row, `办理结果总计` in its column.
pub(super) fn total_name(cell: &Field, total: &Field) -> String {
    if total.id.row() == cell.id.row() {
        total.column.to_string()
    } else if total.id.is_in_column(cell.id.column()) {
        total.row.to_string()
    } else {
        cell_name(total)
    }
}

/// Returns both sides and by how much they differ.
pub(super) fn describe_difference(input: &RuleInput, relation: &Relation) -> String {
    let (left, right) = sums(input, relation);
    let positions = relation.left_positions().iter().chain(relation.right_positions());
    let mut cells = relation.fields().zip(positions);
    let has_blank = cells.any(|(id, &at)| input.value_at(at).is_blank() && !is_computed(input, id));
    let blanks = if has_blank { "（空白按 0 计）" } else { "" };
    format!("{}，相差 {}{blanks}", describe_sides(input, relation), (left - right).abs())
}

/// Returns both sides with names and numbers: `自然人：本年新收 12 + 上年结转 0 = 12，…`.
pub(super) fn describe_sides(input: &RuleInput, relation: &Relation) -> String {
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
pub(super) fn name_in_relation<'a>(input: &RuleInput<'a>, relation: &Relation, ids: &[FieldId]) -> &'a str {
    let field = ids.first().and_then(|id| input.form.field(id.as_str()));
    field.map_or("", |field| if relation.per == Per::Row { &field.column } else { &field.row })
}

/// Returns the full name of a cell: `予以公开·自然人`.
pub(super) fn cell_name(field: &Field) -> String {
    format!("{}·{}", field.row, field.column)
}

pub(super) fn is_computed(input: &RuleInput, id: &FieldId) -> bool {
    input.ledger.is_computed(input.form, id.as_str())
}

pub(super) fn sums(input: &RuleInput, relation: &Relation) -> (Decimal, Decimal) {
    let sum = |positions: &[usize]| match input.ledger.sum_at(positions) {
        Amount::Known(sum) => sum,
        _ => Decimal::ZERO,
    };
    (sum(relation.left_positions()), sum(relation.right_positions()))
}
