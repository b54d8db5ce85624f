//! The units of a compiled report: who gave what to a cell, whose numbers have changed since, and
//! taking the new ones in.

use std::path::Path;

use super::action::{Action, notify};
use super::change;
use super::command::Command;
use super::document::Document;
use super::layer::{BAR_WIDTH, ConfirmAction, Layer, PickerAction, PickerItem, PickerKind};
use super::view::View;
use super::{Editor, Effect, adjustments};
use crate::compile::{CurrentUnits, entered_parts, shares};
use crate::draft::Amount;
use crate::text::width::display_width;

const NOT_COMPILED: &str = "这不是汇总报告，没有各单位的数据。汇总请用 nianbao compile";

/// Asks for the units of a draft that was opened, where it is a compiled one.
pub fn read_units_effect(document: &Document) -> Option<Effect> {
    document.draft.compiled.as_ref()?;
    let (path, form) = (document.path.clone()?, document.form.clone());
    Some(Effect::ReadUnits { path, form, draft: Box::new(document.draft.clone()) })
}

/// The units were read.
pub fn on_units_read(editor: &mut Editor, path: &Path, gathered: CurrentUnits) -> Vec<Action> {
    // Another draft may be open by now.
    let Some((document, view)) =
        editor.open_report_mut().filter(|(document, _)| document.path.as_deref() == Some(path))
    else {
        return Vec::new();
    };
    let (changed, filed) = (gathered.changes.changed.len(), gathered.changes.newly_filed.len());
    document.current_units = Some(gathered);
    let taking = std::mem::take(&mut document.pending_update);
    change::recheck(document, view);
    if taking {
        return update_from_units(editor, false);
    }
    if changed + filed > 0 && editor.notification.is_empty() {
        let take = editor.press_hint(Command::RefreshUnits, "重新取数");
        let said = [(changed, "汇总后改过数据"), (filed, "原缺报、现已报送")];
        let said = said.into_iter().filter(|(count, _)| *count > 0);
        let said: Vec<String> = said.map(|(count, what)| format!("{count} 个单位{what}")).collect();
        return notify(format!("有 {}，{take}", said.join("、")));
    }
    Vec::new()
}

/// Shows what each unit gave to the cell under the cursor.
pub fn pick_breakdown(editor: &Editor) -> Vec<Action> {
    let Some((document, view)) = editor.open_report() else { return Vec::new() };
    let kind = view.current_field(document).and_then(|id| document.field_kind(&id).cloned());
    if document.draft.compiled.is_none() {
        notify(NOT_COMPILED)
    } else if !kind.is_some_and(|kind| kind.is_number()) {
        notify("此处不是数字，没有各单位的数据")
    } else {
        vec![Layer::picker(PickerKind::Breakdown).into()]
    }
}

/// Asks for the units again, after what the report keeps of them was changed, undone or merged.
pub fn refresh_units(editor: &mut Editor) -> Option<Effect> {
    let document = editor.document_mut()?;
    std::mem::take(&mut document.needs_unit_refresh).then(|| read_units_effect(document)).flatten()
}

/// What each unit gave to the cell under the cursor, the largest first; then what was adjusted, and
/// the units that are not in the sum.
pub fn breakdown_items(document: &Document, view: &View, typed: &str) -> Vec<PickerItem> {
    let stay = |text: String, aside: String| PickerItem::new(text, aside, PickerAction::Nothing);
    let (Some(compiled), Some(field)) = (&document.draft.compiled, view.current_field(document)) else {
        return Vec::new();
    };
    let Some(now) = &document.current_units else {
        return vec![stay("正在读取各单位的草稿……".into(), String::new())];
    };
    if now.contributions.is_empty() && !now.unit_sums.units().is_empty() {
        let text =
            format!("共 {} 个单位，数量过多，无法列出。请分级汇总后逐级查看", now.unit_sums.units().len());
        return vec![stay(text, String::new())];
    }
    let folder = document.path.as_deref().and_then(Path::parent).unwrap_or(Path::new(""));
    let all = shares(&document.form, &field, &now.contributions);
    let mut items = Vec::new();
    for share in &all {
        let Some(part) = now.unit_sums.units().get(share.unit) else { continue };
        let since = if now.changes.changed.contains(&part.unit) { "（汇总后已修改）" } else { "" };
        let percent = share.percent.map_or(String::new(), |percent| format!("{percent}%"));
        let number = if share.typed.is_empty() { "空白" } else { &share.typed };
        let number = format!("{}{number}", " ".repeat(8_usize.saturating_sub(display_width(number))));
        items.push(PickerItem {
            bar: Some(share.percent.map_or(0, bar_length)),
            ..PickerItem::new(
                format!("{}{since}", part.unit),
                format!("{number} {percent:>6}"),
                PickerAction::OpenUnit(folder.join(&part.file)),
            )
        });
    }
    items.extend(adjustments::adjustment_items(document, compiled, &entered_parts(&document.form, &field)));
    items.extend(now.changes.unread.iter().map(|unit| stay(format!("不能计入：{unit}"), String::new())));
    for unit in &compiled.missing {
        let late: Vec<_> = now.late_units.iter().filter(|late| late.missing_as == *unit).collect();
        let (text, aside) = match late.len() {
            0 => {
                // Of a file that could not be read nothing but its name is known.
                let state = if unit.ends_with(".ron") { "无法读取" } else { "缺报" };
                items.push(stay(format!("{state}：{unit}"), "未计入".into()));
                continue;
            }
            1 => (format!("已补报：{unit}"), "尚未计入"),
            _ => (format!("报送多份：{unit}"), "请只保留一份"),
        };
        let action = |file: &str| PickerAction::OpenUnit(folder.join(file));
        items.extend(late.into_iter().map(|late| PickerItem::new(text.as_str(), aside, action(&late.file))));
    }
    items.retain(|item| item.label.contains(typed));
    items
}

fn bar_length(percent: rust_decimal::Decimal) -> usize {
    use rust_decimal::prelude::ToPrimitive;
    let signs = percent
        .checked_mul(BAR_WIDTH.into())
        .and_then(|all| (all / rust_decimal::Decimal::ONE_HUNDRED).round().to_usize());
    signs.unwrap_or(0).min(BAR_WIDTH)
}

/// What stands over the list: the cell, what it holds, and what its units give together.
pub fn breakdown_title(document: &Document, view: &View) -> String {
    let (Some(field), Some(now)) = (view.current_field(document), &document.current_units) else {
        return PickerKind::Breakdown.title().into();
    };
    let sum = now
        .contributions
        .iter()
        .map(|given| given.amount(&document.form, &field))
        .fold(Amount::Blank, Amount::plus);
    let place = document.form.location(&field);
    let place = place.rsplit_once('、').map_or(place, |(_, place)| place);
    format!("{place}：汇总 {}，各单位合计 {}", view.display_text(document, &field), sum.display_text())
}

/// Asks for the units' numbers as they are now, to take them in.
pub fn request_update(editor: &Editor) -> Vec<Action> {
    let Some(document) = editor.document() else { return Vec::new() };
    match read_units_effect(document) {
        Some(effect) => {
            vec![Action::AwaitUnits, Action::Notify("正在读取各单位的最新数据……".into()), effect.into()]
        }
        None => notify(NOT_COMPILED),
    }
}

/// Takes the units' numbers in as one step. Units that cannot be read are asked about first: without
/// them the sums are smaller.
pub fn update_from_units(editor: &Editor, without_unread: bool) -> Vec<Action> {
    let Some(document) = editor.document() else { return Vec::new() };
    let Some(now) = &document.current_units else { return Vec::new() };
    let unread = &now.changes.unread;
    if !unread.is_empty() && !without_unread {
        let message = format!(
            "有 {} 个单位的草稿不能计入：{}。照样取数，就把它们记作缺报，数不计入。",
            unread.len(),
            unread.iter().take(3).cloned().collect::<Vec<_>>().join("、")
        );
        let answers =
            vec![("取消", ConfirmAction::Dismiss), ("记作缺报", ConfirmAction::UpdateWithoutUnreadable)];
        return vec![
            Layer::Confirm { title: "重新取数", message, answers, at: 0 }.into(),
            Action::Notify(String::new()),
        ];
    }
    let edit = now.refresh_edit(&document.form, &document.draft);
    let units = now.unit_sums.units().len() + now.changes.newly_filed.len();
    let cells = edit.fields().count();
    let message = if edit.is_empty() {
        format!("{units} 个单位的数据没有变化")
    } else {
        let undo = editor.press_hint(Command::Undo, "可一次撤销");
        format!("已读取 {units} 个单位的最新数据，改动 {cells} 格。{undo}")
    };
    vec![Action::Edit(edit), Action::Notify(message)]
}

#[cfg(test)]
mod tests {
    use crate::compile::{Contribution, CurrentUnits};
    use crate::draft::{Compiled, CompiledUnit, Draft, Value};
    use crate::editor::tests::open_editor;
    use crate::editor::{Msg, Opened, update};
    use crate::form::Library;

    /// A draft with received, carried in, granted and carried out applications of one column.
    fn draft(unit: &str, [new, granted]: [u64; 2]) -> Draft {
        let mut draft = Draft::new(unit, 2025, &Library::new());
        for (row, count) in [("new", new), ("carried_in", 0), ("granted", granted), ("carried_out", 0)] {
            draft.set(format!("requests.{row}.natural").as_str(), Value::Count(count));
        }
        // A report with a table wholly blank is not added up.
        for cell in ["disclosure.regulations.repealed", "review.direct_suit.upheld"] {
            draft.set(cell, Value::Count(0));
        }
        draft
    }

    #[test]
    fn a_broken_balance_names_the_unit_that_breaks_it() {
        let units = [draft("甲局", [3, 3]), draft("乙局", [5, 4]), draft("丙局", [2, 2])];
        let mut whole = draft("示例县人民政府", [10, 9]);
        let form = whole.form(&Library::new()).unwrap();
        let given = units.each_ref().map(|unit| Contribution::of(&form, unit));
        let part = |given: &Contribution| CompiledUnit {
            unit: given.unit.clone(),
            file: format!("{}.ron", given.unit),
            print: given.fingerprint.clone(),
        };
        let compiled = Compiled { units: given.iter().map(part).collect(), ..Compiled::default() };
        whole.compiled = Some(compiled.clone());
        let mut now = CurrentUnits::default();
        for (given, part) in given.into_iter().zip(&compiled.units) {
            now.add_unit(&form, &whole, part, Ok(given), true);
        }
        now.finish(&form, &compiled);
        assert_eq!(now.changes.unread, Vec::<String>::new());
        assert!(now.unbalanced.iter().all(|(_, unit)| unit == "乙局") && !now.unbalanced.is_empty());
        let mut editor = open_editor(2025);
        let path = Some("汇总.ron".into());
        let opened = Opened { path, form, draft: whole, last_year: None, message: String::new() };
        update(&mut editor, Msg::Opened(Ok(Box::new(opened))));
        update(&mut editor, Msg::UnitsRead("汇总.ron".into(), Box::new(now)));
        let findings = &editor.document().unwrap().findings;
        let balance = findings.iter().find(|finding| finding.rule == "T1").unwrap();
        assert!(balance.message.ends_with("。不平的单位：乙局"), "{}", balance.message);
    }
}
