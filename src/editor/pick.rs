//! What a picker lists for what was typed into it.

use super::Editor;
use super::command::{Command, Scope};
use super::desk::Desk;
use super::layer::{Choice, Item, Picker};
use crate::form::{FieldId, Kind};

/// The most items that are listed; more typing narrows them.
const MOST: usize = 200;

/// The items of a picker that fit what was typed.
pub fn items(editor: &Editor, picker: Picker, typed: &str) -> Vec<Item> {
    let typed = typed.trim();
    match (picker, editor.desk()) {
        (Picker::Palette, _) => commands(editor, typed),
        (Picker::Find, Some(desk)) => found(desk, typed),
        (Picker::Figures, Some(desk)) => figures(desk, typed),
        (_, None) => Vec::new(),
    }
}

/// The place under the windows.
pub fn scope_below(editor: &Editor) -> Scope {
    match editor.desk() {
        None => Scope::Home,
        Some(desk) if desk.tabs[desk.tab] == super::desk::Tab::Findings => Scope::Findings,
        Some(desk) if desk.in_text() => Scope::Text,
        Some(_) => Scope::Table,
    }
}

/// Commands by Chinese words, English id or pinyin initials; those whose initials begin with what
/// was typed come first.
fn commands(editor: &Editor, typed: &str) -> Vec<Item> {
    let scope = scope_below(editor);
    let typed = typed.to_ascii_lowercase();
    let mut rows: Vec<_> = editor
        .keys
        .rows()
        .iter()
        .filter(|row| row.scope == scope || scope != Scope::Home && row.scope == Scope::Everywhere)
        .filter(|row| row.command != Command::Palette)
        .filter(|row| row.words.contains(&typed) || row.id().contains(&typed) || row.pinyin.contains(&typed))
        .collect();
    rows.sort_by_key(|row| (!row.pinyin.starts_with(&typed), row.scope != Scope::Everywhere));
    rows.into_iter()
        .map(|row| Item {
            words: row.words.clone(),
            aside: row.on.first().cloned().unwrap_or_default(),
            choice: Choice::Run(row.scope, row.command),
        })
        .collect()
}

fn found(desk: &Desk, typed: &str) -> Vec<Item> {
    let mut items = Vec::new();
    for field in desk.form.fields() {
        let text = desk.shown(&field.id);
        if field.kind == Kind::Prose {
            let hits = text.match_indices(typed).filter(|_| !typed.is_empty());
            items.extend(hits.map(|(at, _)| Item {
                words: format!("{}：{}", field.place, around(&text, at, typed.len())),
                aside: String::new(),
                choice: Choice::Go(field.id.clone(), Some(at)),
            }));
        } else if field.place.contains(typed) || !typed.is_empty() && text.contains(typed) {
            items.push(Item {
                words: field.place.clone(),
                aside: text,
                choice: Choice::Go(field.id.clone(), None),
            });
        }
    }
    items.truncate(MOST);
    items
}

/// The words around a hit, on one line.
fn around(text: &str, at: usize, len: usize) -> String {
    let before: String = text[..at].chars().rev().take(8).collect::<Vec<_>>().into_iter().rev().collect();
    let after: String = text[at..].chars().take(16 + len).collect();
    format!("{before}{after}").replace('\n', " ")
}

fn figures(desk: &Desk, typed: &str) -> Vec<Item> {
    let fields = desk.form.fields().iter().filter(|field| field.kind.is_number());
    let shown =
        fields.filter(|field| field.place.contains(typed)).map(|field| (field, desk.shown(&field.id)));
    let item = |id: &FieldId, place: &str, text: String| Item {
        words: place.into(),
        aside: text.clone(),
        choice: if text.is_empty() { Choice::Go(id.clone(), None) } else { Choice::Insert(text) },
    };
    shown
        .filter(|(_, text)| !text.is_empty())
        .map(|(field, text)| item(&field.id, &field.place, text))
        .take(MOST)
        .collect()
}
