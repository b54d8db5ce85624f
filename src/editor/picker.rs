//! What a picker lists for what was typed into it.

use super::command::{Command, Scope};
use super::document::Document;
use super::key_label::key_label;
use super::layer::{PickerAction, PickerItem, PickerKind};
use super::view::View;
use super::{Editor, compiled, figures};
use crate::draft::Amount;
use crate::export::Format;
use crate::form::Kind;

/// The most items that are listed; more typing narrows them.
const MAX_ITEMS: usize = 200;

/// The items of a picker that fit what was typed.
pub fn picker_items(editor: &Editor, picker: PickerKind, typed: &str) -> Vec<PickerItem> {
    let typed = typed.trim();
    match (picker, editor.open_report()) {
        (PickerKind::Palette, _) => command_items(editor, typed),
        (PickerKind::Find, Some((document, view))) => find_items(document, view, typed),
        (PickerKind::Figures, Some((document, view))) => figure_items(document, view, typed),
        (PickerKind::Formats, Some(_)) => format_items(typed),
        (PickerKind::Breakdown, Some((document, view))) => compiled::breakdown_items(document, view, typed),
        (_, None) => Vec::new(),
    }
}

/// What stands over a picker's list.
pub fn picker_title(editor: &Editor, picker: PickerKind) -> String {
    match (picker, editor.open_report()) {
        (PickerKind::Breakdown, Some((document, view))) => compiled::breakdown_title(document, view),
        _ => picker.title().into(),
    }
}

/// What Enter does with an item of a picker.
pub fn picker_purpose(picker: PickerKind) -> &'static str {
    match picker {
        PickerKind::Palette => "执行",
        PickerKind::Find => "转到该处",
        PickerKind::Figures => "插入",
        PickerKind::Breakdown => "打开",
        PickerKind::Formats => "选定",
    }
}

/// Commands by what they are called, also otherwise, by pinyin or by English id; those that begin with what was
/// typed come first.
fn command_items(editor: &Editor, typed: &str) -> Vec<PickerItem> {
    let scope = editor.scope_below_layers();
    let typed = typed.to_lowercase();
    let mut rows: Vec<_> = editor
        .keys
        .bindings_in(scope)
        .filter(|(row, _)| row.command != Command::Palette)
        .filter_map(|(row, key)| Some((row.match_rank(&typed)?, row, key)))
        .collect();
    rows.sort_by_key(|(rank, row, _)| (*rank, row.scope != Scope::Everywhere));
    rows.into_iter()
        .map(|(_, row, key)| PickerItem {
            // Most work everywhere; where the others do is worth saying.
            group: if row.scope == Scope::Everywhere { "" } else { row.scope.label() },
            ..PickerItem::new(
                row.words.as_str(),
                key.map_or(String::new(), key_label),
                PickerAction::RunCommand(row.scope, row.command),
            )
        })
        .collect()
}

fn find_items(document: &Document, view: &View, typed: &str) -> Vec<PickerItem> {
    let mut items = Vec::new();
    for field in document.form.fields() {
        let text = view.display_text(document, &field.id);
        if field.kind == Kind::Prose {
            let hits = text.match_indices(typed).filter(|_| !typed.is_empty());
            items.extend(hits.map(|(at, _)| {
                let label = format!("{}：{}", field.location, excerpt(&text, at, typed.len()));
                PickerItem::new(label, "", PickerAction::GoToField(field.id.clone(), Some(at)))
            }));
        } else if field.location.contains(typed) || !typed.is_empty() && text.contains(typed) {
            let action = PickerAction::GoToField(field.id.clone(), None);
            items.push(PickerItem::new(field.location.as_str(), text, action));
        }
    }
    items.truncate(MAX_ITEMS);
    items
}

/// The words around a hit, on one line.
fn excerpt(text: &str, at: usize, len: usize) -> String {
    let before: String = text[..at].chars().rev().take(8).collect::<Vec<_>>().into_iter().rev().collect();
    let after: String = text[at..].chars().take(16 + len).collect();
    format!("{before}{after}").replace('\n', " ")
}

fn format_items(typed: &str) -> Vec<PickerItem> {
    let all = Format::ALL
        .into_iter()
        .filter(|format| format.name().contains(typed) || format.extension().contains(typed));
    all.map(|format| {
        PickerItem::new(format.name(), format!(".{}", format.extension()), PickerAction::Export(format))
    })
    .collect()
}

fn figure_items(document: &Document, view: &View, typed: &str) -> Vec<PickerItem> {
    let fields = document.form.fields().iter().filter(|field| field.kind.is_number());
    let shown = fields
        .filter(|field| field.location.contains(typed))
        // What is not known is no figure for a sentence.
        .filter(|field| document.ledger.amount(&document.form, field.id.as_str()) != Amount::Unknown)
        .map(|field| (field, view.display_text(document, &field.id)));
    let others = shown.filter(|(_, text)| !text.is_empty()).map(|(field, text)| {
        PickerItem::new(field.location.as_str(), text.clone(), PickerAction::InsertText(text))
    });
    let wanted = Some(typed).filter(|typed| typed.is_empty()).and_then(|_| wanted_item(document, view));
    let label = wanted.as_ref().map(|item| item.label.clone());
    let others = others.filter(|item| Some(&item.label) != label.as_ref());
    wanted.iter().cloned().chain(others).take(MAX_ITEMS).collect()
}

/// What the sentence before the caret asks for: its cell, or the sum of its cells.
fn wanted_item(document: &Document, view: &View) -> Option<PickerItem> {
    let figure = figures::wanted_figure(document, view)?;
    let label = match &figure.fields[..] {
        [cell] => document.form.location(cell).to_string(),
        _ => figure.readings.first()?.clone(),
    };
    let text = figure.table_and_text.0;
    Some(PickerItem::new(label, text.clone(), PickerAction::InsertText(text)))
}
