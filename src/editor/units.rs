//! The units of a compiled report: who gave what to a cell, whose numbers have changed since, and
//! taking the new ones in.

use std::path::Path;

use super::command::Command;
use super::desk::Desk;
use super::layer::{Answer, Choice, Item, Layer, Picker};
use super::{Editor, Effect, adjust, run};
use crate::draft::Amount;
use crate::rollup::{Gathered, parts, shares};

/// Signs of the bar of a unit that gave all.
const BAR: u16 = 8;
const NOT_COMPILED: &str = "这不是汇总的报告，没有各单位的数。汇总用 nianbao compile";

/// Asks for the units of a draft that was opened, where it is a compiled one.
pub fn look(desk: &Desk) -> Option<Effect> {
    desk.draft.compiled.as_ref()?;
    let (path, form) = (desk.path.clone()?, desk.form.clone());
    Some(Effect::Gather { path, form, draft: Box::new(desk.draft.clone()) })
}

/// The units were read.
pub fn gathered(editor: &mut Editor, path: &Path, gathered: Gathered) {
    // Another draft may be on the desk by now.
    let Some(desk) = editor.desk_mut().filter(|desk| desk.path.as_deref() == Some(path)) else { return };
    let (changed, filed) = (gathered.news.changed.len(), gathered.news.filed.len());
    desk.units = Some(gathered);
    let taking = std::mem::take(&mut desk.taking);
    desk.recheck();
    if taking {
        take(editor, false);
    } else if changed + filed > 0 && editor.notice.is_empty() {
        let take = editor.press_hint(Command::TakeUnits, "重新取数");
        let said = [(changed, "在汇总之后改过数"), (filed, "原来缺报，现在报了")];
        let said = said.into_iter().filter(|(count, _)| *count > 0);
        let said: Vec<String> = said.map(|(count, what)| format!("{count} 个单位{what}")).collect();
        editor.notice = format!("有 {}，{take}", said.join("、"));
    }
}

/// Shows what each unit gave to the cell under the cursor.
pub fn open(editor: &mut Editor) {
    let Some(desk) = editor.desk() else { return };
    let is_number = desk.field().and_then(|id| desk.kind(&id).map(|kind| kind.is_number()));
    if desk.draft.compiled.is_none() {
        editor.notice = NOT_COMPILED.into();
    } else if is_number != Some(true) {
        editor.notice = "这一格不是数，没有各单位的数".into();
    } else {
        editor.layers.push(Layer::pick(Picker::Shares));
    }
}

/// Asks for the units again, after what the report keeps of them was changed, undone or merged.
pub fn follow(editor: &mut Editor) -> Option<Effect> {
    let desk = editor.desk_mut()?;
    std::mem::take(&mut desk.regather).then(|| look(desk)).flatten()
}

/// What each unit gave to the cell under the cursor, the largest first; then what was adjusted, and
/// the units that are not in the sum.
pub fn items(desk: &Desk, typed: &str) -> Vec<Item> {
    let stay = |words: String, aside: String| Item { words, aside, choice: Choice::Stay };
    let (Some(compiled), Some(field)) = (&desk.draft.compiled, desk.field()) else { return Vec::new() };
    let Some(now) = &desk.units else {
        return vec![stay("正在读各单位的草稿……".into(), String::new())];
    };
    if now.given.is_empty() && !now.rollup.parts().is_empty() {
        let words = format!("共 {} 个单位，太多，列不下。请分级汇总，再逐级看", now.rollup.parts().len());
        return vec![stay(words, String::new())];
    }
    let folder = desk.path.as_deref().and_then(Path::parent).unwrap_or(Path::new(""));
    let all = shares(&desk.form, &field, &now.given);
    let mut items = Vec::new();
    for share in &all {
        let Some(part) = now.rollup.parts().get(share.unit) else { continue };
        let since = if now.news.changed.contains(&part.unit) { "（汇总后改过数）" } else { "" };
        let percent = share.percent.map_or(String::new(), |percent| format!("{percent}%"));
        let bar = share.percent.map_or(0, bar);
        let number = if share.typed.is_empty() { "空白" } else { &share.typed };
        items.push(Item {
            words: format!("{}{since}", part.unit),
            aside: format!("{:<8} {number:>8} {percent:>6}", "#".repeat(bar)),
            choice: Choice::Unit(folder.join(&part.file)),
        });
    }
    items.extend(adjust::items(desk, compiled, &parts(&desk.form, &field)));
    items.extend(now.news.unread.iter().map(|unit| stay(format!("读不出：{unit}"), String::new())));
    for unit in &compiled.missing {
        let late: Vec<_> = now.late.iter().filter(|late| late.missing == *unit).collect();
        let (words, aside) = match late.len() {
            0 => {
                items.push(stay(format!("缺报：{unit}"), "没有计入".into()));
                continue;
            }
            1 => (format!("现在报了：{unit}"), "还没有计入"),
            _ => (format!("报了不止一份：{unit}"), "请只留一份"),
        };
        items.extend(late.into_iter().map(|late| Item {
            words: words.clone(),
            aside: aside.into(),
            choice: Choice::Unit(folder.join(&late.file)),
        }));
    }
    items.retain(|item| item.words.contains(typed));
    items
}

fn bar(percent: rust_decimal::Decimal) -> usize {
    use rust_decimal::prelude::ToPrimitive;
    let signs = percent
        .checked_mul(BAR.into())
        .and_then(|all| (all / rust_decimal::Decimal::ONE_HUNDRED).round().to_usize());
    signs.unwrap_or(0).min(usize::from(BAR))
}

/// What stands over the list: the cell, what it holds, and what its units give together.
pub fn title(desk: &Desk) -> String {
    let (Some(field), Some(now)) = (desk.field(), &desk.units) else { return Picker::Shares.title().into() };
    let sum =
        now.given.iter().map(|given| given.amount(&desk.form, &field)).fold(Amount::Blank, Amount::plus);
    let place = desk.form.place(&field);
    let place = place.rsplit_once('、').map_or(place, |(_, place)| place);
    format!("{place}：汇总 {}，各单位合计 {}", desk.shown(&field), sum.words())
}

/// Asks for the units' numbers as they are now, to take them in.
pub fn ask(editor: &mut Editor) -> Vec<Effect> {
    let Some(desk) = editor.desk_mut() else { return Vec::new() };
    if desk.read_only {
        editor.notice = "只看不改，没有取数".into();
        return Vec::new();
    }
    match look(desk) {
        Some(effect) => {
            desk.taking = true;
            editor.notice = "正在取各单位现在的数……".into();
            vec![effect]
        }
        None => {
            editor.notice = NOT_COMPILED.into();
            Vec::new()
        }
    }
}

/// Takes the units' numbers in as one step. Units that cannot be read are asked about first: without
/// them the sums are smaller.
pub fn take(editor: &mut Editor, without_unread: bool) {
    let library = editor.library.clone();
    let undo = editor.press_hint(Command::Undo, "可一次撤销");
    let Some(desk) = editor.desk_mut() else { return };
    let Some(now) = &desk.units else { return };
    let unread = &now.news.unread;
    if !unread.is_empty() && !without_unread {
        let words = format!(
            "有 {} 个单位的草稿读不出：{}。照样取数，就把它们记作缺报，数不计入。",
            unread.len(),
            unread.iter().take(3).cloned().collect::<Vec<_>>().join("、")
        );
        let answers = vec![("先不取数", Answer::Back), ("记作缺报", Answer::TakeUnits)];
        editor.layers.push(Layer::Ask { words, answers, at: 0 });
        editor.notice.clear();
        return;
    }
    let edit = now.taken_into(&desk.form, &desk.draft);
    let units = now.rollup.parts().len() + now.news.filed.len();
    let cells = edit.fields().count();
    let told = if edit.is_empty() {
        format!("{units} 个单位的数没有变")
    } else {
        format!("已取 {units} 个单位现在的数，改了 {cells} 格。{undo}")
    };
    desk.run(edit, false);
    run::changed(desk, &library);
    editor.notice = told;
}
