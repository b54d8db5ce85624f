//! Adjustments of a compiled report: what belongs in a sum, or does not, for a reason that no unit's
//! report shows. Each is a line of its own in the list of who gave what, and a step that can be undone.

use rust_decimal::Decimal;

use super::Editor;
use super::action::Action;
use super::command::Command;
use super::document::Document;
use super::layer::{ConfirmAction, Layer, PickerAction, PickerItem, PromptKind};
use crate::draft::{Adjustment, Amount, Compiled, Value, parse_value};
use crate::edit::{Change, Edit};
use crate::form::{FieldId, Form, Kind};

/// The adjustments of a cell, or of the cells that a total adds up; and a line to make one more.
pub fn adjustment_items(document: &Document, compiled: &Compiled, own: &[&FieldId]) -> Vec<PickerItem> {
    let adjustments = compiled.adjustments.iter().enumerate();
    let adjustments = adjustments.filter(|(_, adjustment)| own.contains(&&adjustment.field));
    let mut items: Vec<PickerItem> = adjustments
        .map(|(at, adjustment)| {
            let label = format!("调整：{}", adjustment.reason);
            PickerItem::new(label, format_signed(adjustment.amount), PickerAction::ConfirmRemoval(at))
        })
        .collect();
    if let ([field], false) = (own, document.read_only) {
        let choice = PickerAction::PromptAdjustment((*field).clone());
        items.push(PickerItem::new("增加一条调整……", "写明理由", choice));
    }
    items
}

/// Asks by how much a cell is to be adjusted, and why.
pub fn prompt_adjustment(field: FieldId) -> Vec<Action> {
    vec![Layer::prompt(PromptKind::Adjust(field), &[("增减（如 -1）", ""), ("理由", "")]).into()]
}

/// Asks before an adjustment is taken out: its reason goes with it.
pub fn confirm_removal(editor: &Editor, at: usize) -> Vec<Action> {
    let Some(document) = editor.document() else { return Vec::new() };
    let adjustments = document.draft.compiled.as_ref().map(|compiled| &compiled.adjustments);
    let Some(adjustment) = adjustments.and_then(|adjustments| adjustments.get(at)) else { return Vec::new() };
    let message = format!(
        "是否删除 {} 的调整 {}（{}）？这一格的数将随之改回。",
        document.form.location(&adjustment.field),
        format_signed(adjustment.amount),
        adjustment.reason
    );
    let answers =
        vec![("保留调整", ConfirmAction::Dismiss), ("删除调整", ConfirmAction::RemoveAdjustment(at))];
    vec![Layer::Confirm { title: "删除调整", message, answers, at: 0 }.into()]
}

/// What is wrong with an adjustment as it was filled in; nothing where it can be made.
pub fn adjustment_error(editor: &Editor, field: &FieldId, amount: &str, reason: &str) -> &'static str {
    let Some(document) = editor.document() else { return "" };
    match self::parse_amount(&document.form, field, amount) {
        None => "请填写增减数，如 -1",
        Some(amount) if amount.is_zero() => "增减为 0，无需调整",
        Some(_) if reason.is_empty() => "理由不能为空，请写明后再确定",
        Some(_) if current_amount(document, field).is_none() => "此处不是数字，请先改正再调整",
        Some(amount) if adjusted_value(document, field, amount).is_none() => "减数过大，此处不能小于 0",
        Some(_) => "",
    }
}

/// Makes an adjustment: the cell changes with it, as one step.
pub fn add_adjustment(editor: &Editor, field: &FieldId, amount: &str, reason: &str) -> Vec<Action> {
    let Some(document) = editor.document() else { return Vec::new() };
    let Some(amount) = self::parse_amount(&document.form, field, amount) else { return Vec::new() };
    let made = Adjustment { field: field.clone(), amount, reason: reason.into() };
    let message = format!("已调整 {}。{}", format_signed(amount), editor.press_hint(Command::Undo, "可撤销"));
    change_adjustments(document, field, amount, |adjustments| adjustments.push(made), message)
}

/// Takes an adjustment out: the cell goes back by as much, as one step.
pub fn remove_adjustment(editor: &Editor, at: usize) -> Vec<Action> {
    let Some(document) = editor.document() else { return Vec::new() };
    let compiled = document.draft.compiled.as_ref();
    let Some(gone) = compiled.and_then(|compiled| compiled.adjustments.get(at)) else { return Vec::new() };
    let message =
        format!("已删除调整 {}。{}", format_signed(gone.amount), editor.press_hint(Command::Undo, "可撤销"));
    let remove = |adjustments: &mut Vec<Adjustment>| drop(adjustments.remove(at));
    change_adjustments(document, &gone.field, -gone.amount, remove, message)
}

fn change_adjustments(
    document: &Document,
    field: &FieldId,
    amount: Decimal,
    adjust: impl FnOnce(&mut Vec<Adjustment>),
    message: String,
) -> Vec<Action> {
    let Some(before) = document.draft.compiled.clone() else { return Vec::new() };
    let mut after = before.clone();
    adjust(&mut after.adjustments);
    let mut edit = Edit::new();
    // A cell that is not a number now gets one with the next update from the units.
    if let Some(value) = adjusted_value(document, field, amount) {
        edit.push_value(&document.draft, field, value);
    }
    edit.changes.push(Change::Compiled(Some(before), Some(after)));
    vec![Action::Edit(edit), Action::Notify(message)]
}

/// What a cell holds after so much is added; none where that is nothing the cell can hold.
fn adjusted_value(document: &Document, field: &FieldId, amount: Decimal) -> Option<Value> {
    let kind = &document.form.field(field.as_str())?.kind;
    let Amount::Known(sum) = current_amount(document, field)?.plus(Amount::Known(amount)) else {
        return None;
    };
    let unit =
        if let Value::Money(money) = document.draft.get(field.as_str()) { money.unit.as_str() } else { "" };
    let value = parse_value(kind, &format!("{}{unit}", sum.normalize()));
    let holds = value.number().is_some() && !(matches!(kind, Kind::Money { .. }) && sum.is_sign_negative());
    holds.then_some(value)
}

/// What stands in a cell to be added to; none where it is no number.
fn current_amount(document: &Document, field: &FieldId) -> Option<Amount> {
    let amount = Amount::of(document.draft.get(field.as_str()));
    (amount != Amount::Unknown).then_some(amount)
}

/// The amount that was typed, signed as changes are, exact where it is money.
fn parse_amount(form: &Form, field: &FieldId, typed: &str) -> Option<Decimal> {
    let kind = &form.field(field.as_str())?.kind;
    let change = || parse_value(&Kind::Change, typed).number();
    match kind {
        Kind::Money { .. } => match parse_value(kind, typed.trim_start_matches(['+', '＋'])) {
            Value::Money(money) if money.unit.is_empty() => Some(money.amount),
            _ => change(),
        },
        _ => change(),
    }
}

fn format_signed(amount: Decimal) -> String {
    let sign = if amount.is_sign_positive() { "+" } else { "" };
    format!("{sign}{}", amount.normalize())
}
