//! The sentences of the tally findings.

use rust_decimal::Decimal;

use super::suspect::Blame;
use crate::check::{Finding, Subject, Weight};
use crate::draft::Amount;
use crate::form::{Field, FieldId, Per, Relation};

/// How many terms a sum may have to be spelled out.
const SPELLED_TERMS: usize = 6;

/// The sides differ and no blank can close the gap.
pub fn broken(subject: &Subject, relation: &Relation, blame: &Blame) -> Finding {
    let (left, right) = sums(subject, relation);
    let mut message = format!("{}，相差 {}", sides(subject, relation), (left - right).abs());
    if relation.fields().any(|id| subject.draft.get(id.as_str()).is_blank() && !computed(subject, id)) {
        message.push_str("（空白按 0 计）");
    }
    if let Blame::One(id, number) = blame
        && let Some(field) = subject.form.field(id.as_str())
    {
        let now = subject.draft.get(id.as_str()).typed();
        message.push_str(&format!("。“{}”若由 {now} 改为 {number}，行列都相符，请先核对这一格", cell(field)));
    }
    finding(relation, Weight::Error, message, left, right)
}

/// The sides differ, but the table is still being filled.
pub fn unfinished(subject: &Subject, relation: &Relation, gap: Decimal) -> Finding {
    let (left, right) = sums(subject, relation);
    let message = format!("{}，还有空格没填，还差 {}", sides(subject, relation), gap.abs());
    finding(relation, Weight::Warning, message, left, right)
}

/// A total stands over parts that are all blank.
pub fn parts_missing(subject: &Subject, relation: &Relation) -> Finding {
    let (left, right) = sums(subject, relation);
    let message =
        format!("{}：{} {left}，各项都还没有填", relation.of, name(subject, relation, &relation.left));
    finding(relation, Weight::Warning, message, left, right)
}

/// A total that is blank beside filled parts.
pub fn missing_total(field: &Field, sum: Option<Amount>) -> String {
    match sum {
        Some(Amount::Known(sum)) => format!("“{}”没有填，各项之和是 {sum}", cell(field)),
        _ => format!("“{}”没有填，各项里有读不出的数", cell(field)),
    }
}

fn finding(relation: &Relation, weight: Weight, message: String, left: Decimal, right: Decimal) -> Finding {
    let fields = relation.fields().cloned().collect();
    Finding {
        expected: Some(right.to_string()),
        found: Some(left.to_string()),
        ..Finding::new(&relation.id, weight, fields, message)
    }
}

/// Both sides in words and numbers: `自然人：本年新收 12 + 上年结转 0 = 12，…`.
fn sides(subject: &Subject, relation: &Relation) -> String {
    let (left, right) = sums(subject, relation);
    let right_words = if relation.is_total {
        let terms: Vec<String> = filled(subject, relation).map(|id| term(subject, relation, id)).collect();
        match terms.len() {
            2..=SPELLED_TERMS => format!("{} = {right}", terms.join(" + ")),
            _ => format!("各项之和 {right}"),
        }
    } else {
        side(subject, relation, &relation.right, right)
    };
    format!("{}：{}，{right_words}", relation.of, side(subject, relation, &relation.left, left))
}

fn side(subject: &Subject, relation: &Relation, ids: &[FieldId], sum: Decimal) -> String {
    let terms: Vec<String> = ids.iter().map(|id| term(subject, relation, id)).collect();
    if terms.len() == 1 { terms.join("") } else { format!("{} = {sum}", terms.join(" + ")) }
}

/// The parts of a total that are not zero and not blank.
fn filled<'a>(subject: &'a Subject, relation: &'a Relation) -> impl Iterator<Item = &'a FieldId> {
    relation.right.iter().filter(|id| match subject.ledger.amount(subject.form, id.as_str()) {
        Amount::Known(number) => !number.is_zero(),
        Amount::Blank => false,
        Amount::Unknown => true,
    })
}

fn term(subject: &Subject, relation: &Relation, id: &FieldId) -> String {
    let amount = match subject.ledger.amount(subject.form, id.as_str()) {
        Amount::Blank => "空白".into(),
        amount => amount.words(),
    };
    format!("{} {amount}", name(subject, relation, std::slice::from_ref(id)))
}

/// The name of a cell within its relation: its row in a column sum, its column in a row sum.
fn name<'a>(subject: &Subject<'a>, relation: &Relation, ids: &[FieldId]) -> &'a str {
    let field = ids.first().and_then(|id| subject.form.field(id.as_str()));
    field.map_or("", |field| if relation.per == Per::Row { &field.column } else { &field.row })
}

/// The name of a cell by itself: `予以公开·自然人`.
fn cell(field: &Field) -> String {
    format!("{}·{}", field.row, field.column)
}

fn computed(subject: &Subject, id: &FieldId) -> bool {
    subject.ledger.computes(subject.form, id.as_str())
}

fn sums(subject: &Subject, relation: &Relation) -> (Decimal, Decimal) {
    let sum = |ids: &[FieldId]| match subject.ledger.sum(subject.form, ids) {
        Amount::Known(sum) => sum,
        _ => Decimal::ZERO,
    };
    (sum(&relation.left), sum(&relation.right))
}
