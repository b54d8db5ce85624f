//! Adjustments of a compiled report: what belongs in a sum, or does not, for a reason that no unit's
//! report shows. Each is a line of its own in the list of who gave what, and a step that can be undone.

use rust_decimal::Decimal;

use super::Editor;
use super::command::Command;
use super::desk::Desk;
use super::layer::{Answer, Choice, Item, Layer, Purpose};
use crate::draft::{Adjustment, Amount, Compiled, Value, read};
use crate::edit::{Change, Edit};
use crate::form::{FieldId, Form, Kind};

/// The adjustments of a cell, or of the cells that a total adds up; and a line to make one more.
pub fn items(desk: &Desk, compiled: &Compiled, own: &[&FieldId]) -> Vec<Item> {
    let adjustments = compiled.adjustments.iter().enumerate();
    let adjustments = adjustments.filter(|(_, adjustment)| own.contains(&&adjustment.field));
    let mut items: Vec<Item> = adjustments
        .map(|(at, adjustment)| Item {
            words: format!("调整：{}", adjustment.reason),
            aside: signed(adjustment.amount),
            choice: Choice::DropAdjustment(at),
        })
        .collect();
    if let ([field], false) = (own, desk.read_only) {
        let choice = Choice::Adjust((*field).clone());
        items.push(Item { words: "加一条调整……".into(), aside: "写明理由".into(), choice });
    }
    items
}

/// Asks by how much a cell is to be adjusted, and why.
pub fn open(editor: &mut Editor, field: FieldId) {
    editor.layers.push(Layer::fields(Purpose::Adjust(field), &[("增减（如 -1）", ""), ("理由", "")]));
}

/// Asks before an adjustment is taken out: its reason goes with it.
pub fn ask(editor: &mut Editor, at: usize) {
    let Some(desk) = editor.desk() else { return };
    if desk.read_only {
        editor.notice = "只看不改，调整留着".into();
        return;
    }
    let adjustments = desk.draft.compiled.as_ref().map(|compiled| &compiled.adjustments);
    let Some(adjustment) = adjustments.and_then(|adjustments| adjustments.get(at)) else { return };
    let words = format!(
        "{} 的调整 {}（{}），要去掉吗？这一格的数会跟着改回去。",
        desk.form.place(&adjustment.field),
        signed(adjustment.amount),
        adjustment.reason
    );
    let answers = vec![("留着", Answer::Back), ("去掉", Answer::DropAdjustment(at))];
    editor.layers.push(Layer::Ask { words, answers, at: 0 });
}

/// What is wrong with an adjustment as it was filled in; nothing where it can be made.
pub fn fault(editor: &Editor, field: &FieldId, amount: &str, reason: &str) -> &'static str {
    let Some(desk) = editor.desk() else { return "" };
    match self::amount(&desk.form, field, amount) {
        None => "请填写增减多少，如 -1",
        Some(amount) if amount.is_zero() => "增减是 0，不用调整",
        Some(_) if reason.is_empty() => "请写明理由，会存进草稿",
        Some(_) if stands(desk, field).is_none() => "这一格现在不是数，请先改好再调整",
        Some(amount) if adjusted(desk, field, amount).is_none() => "减得太多，这一格不能小于 0",
        Some(_) => "",
    }
}

/// Makes an adjustment: the cell changes with it, as one step.
pub fn make(editor: &mut Editor, field: &FieldId, amount: &str, reason: &str) {
    let Some(desk) = editor.desk() else { return };
    let Some(amount) = self::amount(&desk.form, field, amount) else { return };
    let made = Adjustment { field: field.clone(), amount, reason: reason.into() };
    let words = format!("已调整 {}。{}", signed(amount), editor.press_hint(Command::Undo, "可撤销"));
    change(editor, field, amount, |adjustments| adjustments.push(made), words);
}

/// Takes an adjustment out: the cell goes back by as much, as one step.
pub fn take_out(editor: &mut Editor, at: usize) {
    let compiled = editor.desk().and_then(|desk| desk.draft.compiled.as_ref());
    let Some(gone) = compiled.and_then(|compiled| compiled.adjustments.get(at)).cloned() else { return };
    let words = format!("已去掉调整 {}。{}", signed(gone.amount), editor.press_hint(Command::Undo, "可撤销"));
    change(editor, &gone.field, -gone.amount, |adjustments| drop(adjustments.remove(at)), words);
}

fn change(
    editor: &mut Editor,
    field: &FieldId,
    amount: Decimal,
    adjust: impl FnOnce(&mut Vec<Adjustment>),
    words: String,
) {
    let Some(desk) = editor.desk_mut() else { return };
    let Some(before) = desk.draft.compiled.clone() else { return };
    let mut after = before.clone();
    adjust(&mut after.adjustments);
    let mut edit = Edit::new();
    // A cell that is no number now is left to the next taking in of the sums.
    if let Some(value) = adjusted(desk, field, amount) {
        edit.put(&desk.draft, field, value);
    }
    edit.changes.push(Change::Compiled(Some(before), Some(after)));
    desk.run(edit, false);
    editor.notice = words;
}

/// What a cell holds after so much is added; none where that is nothing the cell can hold.
fn adjusted(desk: &Desk, field: &FieldId, amount: Decimal) -> Option<Value> {
    let kind = &desk.form.field(field.as_str())?.kind;
    let Amount::Known(sum) = stands(desk, field)?.plus(Amount::Known(amount)) else { return None };
    let unit =
        if let Value::Money(money) = desk.draft.get(field.as_str()) { money.unit.as_str() } else { "" };
    let value = read(kind, &format!("{}{unit}", sum.normalize()));
    let holds = value.number().is_some() && !(matches!(kind, Kind::Money { .. }) && sum.is_sign_negative());
    holds.then_some(value)
}

/// What stands in a cell to be added to; none where it is no number.
fn stands(desk: &Desk, field: &FieldId) -> Option<Amount> {
    let amount = Amount::of(desk.draft.get(field.as_str()));
    (amount != Amount::Unknown).then_some(amount)
}

/// The amount that was typed, signed as changes are, exact where it is money.
fn amount(form: &Form, field: &FieldId, typed: &str) -> Option<Decimal> {
    let kind = &form.field(field.as_str())?.kind;
    let change = || read(&Kind::Change, typed).number();
    match kind {
        Kind::Money { .. } => match read(kind, typed.trim_start_matches(['+', '＋'])) {
            Value::Money(money) if money.unit.is_empty() => Some(money.amount),
            _ => change(),
        },
        _ => change(),
    }
}

fn signed(amount: Decimal) -> String {
    let sign = if amount.is_sign_positive() { "+" } else { "" };
    format!("{sign}{}", amount.normalize())
}
