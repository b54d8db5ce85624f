//! The balance of the column under the cursor: both sides of the sum that is printed on the form, with their
//! numbers, at every key.

use super::document::Document;
use super::view::View;
use crate::check::{Finding, Severity};
use crate::draft::Amount;
use crate::form::{FieldId, Relation};
use crate::text::width::display_width;

/// The columns that a number takes at least.
const ALIGNED_WIDTH: usize = 3;

/// Both sides of a balance, and what they come to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Balance {
    /// Both sides with the names of their rows; the column stands in the line above.
    pub text: String,
    /// The same without names, for narrow windows.
    pub numbers: String,
    /// What the two sides come to.
    pub result: BalanceResult,
    /// The rule that judges them, and the field where its finding stands.
    judged: (String, Option<FieldId>),
}

impl Balance {
    /// Returns whether the line of the balance says all that a finding does.
    pub fn covers(&self, finding: &Finding) -> bool {
        (&finding.rule[..], finding.fields.first()) == (&self.judged.0[..], self.judged.1.as_ref())
    }
}

/// What the two sides of a balance come to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum BalanceResult {
    /// They are equal.
    Equal,
    /// They differ by this, which is wrong.
    Wrong(String),
    /// They differ by this, and not all is filled in yet.
    Unfinished(String),
    /// One of them is not known.
    Unknown,
}

/// Returns whether the form prints a balance for the column under the cursor.
pub fn has_balance(document: &Document, view: &View) -> bool {
    relation_here(document, view).is_some()
}

fn relation_here<'d>(document: &'d Document, view: &View) -> Option<&'d Relation> {
    let here = view.current_field(document).filter(|_| !view.in_text())?;
    let is_here = |relation: &&Relation| {
        let first = relation.left.first();
        !relation.is_total
            && first.is_some_and(|id| id.section() == here.section() && id.column() == here.column())
    };
    document.form.relations().iter().find(is_here)
}

/// Returns the balance of the column under the cursor; `None` where the form prints none.
pub fn balance(document: &Document, view: &View) -> Option<Balance> {
    let relation = relation_here(document, view)?;
    let [left, right] = [&relation.left, &relation.right].map(|ids| side(document, ids));
    let numbers = format!("平衡 {} | {}", left.1, right.1);
    let text = format!("平衡 {} | {}", left.0, right.0);
    let judged = (relation.id.to_string(), relation.left.first().cloned());
    Some(Balance { text, numbers, result: result(document, relation, left.2, right.2), judged })
}

/// Returns one side in names and numbers, in numbers alone, and its sum.
fn side(document: &Document, ids: &[FieldId]) -> (String, String, Amount) {
    let form = &document.form;
    let sum = document.ledger.sum(form, ids);
    let number = |id: &FieldId| match document.ledger.amount(form, id.as_str()) {
        Amount::Blank => "空".to_string(),
        amount => amount.display_text(),
    };
    let name = |id: &FieldId| form.field(id.as_str()).map_or_else(String::new, |field| field.row.to_string());
    let named: Vec<String> = ids.iter().map(|id| format!("{}{}", name(id), aligned(number(id)))).collect();
    let bare: Vec<String> = ids.iter().map(number).collect();
    let total = if sum == Amount::Blank { "0".into() } else { sum.display_text() };
    (
        format!("{} = {}", named.join(" + "), aligned(total.clone())),
        format!("{} = {total}", bare.join(" + ")),
        sum,
    )
}

/// Right-aligns a number, so that nothing moves beside it while it grows to three digits.
fn aligned(number: String) -> String {
    format!("{}{number}", " ".repeat(ALIGNED_WIDTH.saturating_sub(display_width(&number))))
}

fn result(document: &Document, relation: &Relation, left: Amount, right: Amount) -> BalanceResult {
    let known = |amount| match amount {
        Amount::Blank => Some(rust_decimal::Decimal::ZERO),
        Amount::Known(number) => Some(number),
        Amount::Unknown => None,
    };
    let Some((left, right)) = known(left).zip(known(right)) else { return BalanceResult::Unknown };
    let gap = (left - right).abs();
    let is_broken = |finding: &&Finding| {
        finding.rule == relation.id
            && finding.severity == Severity::Error
            && finding.fields.first() == relation.left.first()
    };
    if gap.is_zero() {
        BalanceResult::Equal
    } else if document.findings.iter().any(|finding| is_broken(&finding)) {
        BalanceResult::Wrong(gap.to_string())
    } else {
        BalanceResult::Unfinished(gap.to_string())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::editor::tests::{open_editor, press};

    fn here(editor: &crate::editor::Editor) -> Balance {
        let (document, view) = editor.open_report().unwrap();
        balance(document, view).unwrap()
    }

    #[test]
    fn the_balance_of_a_column_is_there_at_every_key() {
        let mut editor = open_editor(2025);
        press(&mut editor, "Alt+3");
        assert_eq!(here(&editor).numbers, "平衡 空 + 空 = 0 | 空 + 空 = 0");
        assert_eq!(here(&editor).result, BalanceResult::Equal);
        press(&mut editor, "5");
        assert_eq!(here(&editor).numbers, "平衡 5 + 空 = 5 | 空 + 空 = 0");
        press(&mut editor, "8 Down 3 Enter 1 0 Enter");
        let seen = here(&editor);
        assert_eq!(seen.text, "平衡 本年新收 58 + 上年结转  3 =  61 | 办理结果总计 10 + 结转下年 空 =  10");
        assert_eq!(seen.result, BalanceResult::Unfinished("51".into()));
    }

    #[test]
    fn a_side_that_cannot_be_read_is_unknown() {
        let mut editor = open_editor(2025);
        press(&mut editor, "Alt+3 5 ? Enter");
        assert_eq!(here(&editor).result, BalanceResult::Unknown);
        assert!(here(&editor).numbers.starts_with("平衡 ? + 空 = ?"), "{:?}", here(&editor));
    }

    #[test]
    fn a_table_without_a_balance_has_none() {
        let mut editor = open_editor(2025);
        press(&mut editor, "Alt+2");
        let (document, view) = editor.open_report().unwrap();
        assert_eq!(balance(document, view), None);
    }
}
