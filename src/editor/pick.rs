//! What a picker lists for what was typed into it.

use super::command::{Command, Scope};
use super::desk::Desk;
use super::layer::{Choice, Item, Picker};
use super::{Editor, hand, units};
use crate::export::Format;
use crate::form::{FieldId, Kind};
use crate::import::State;

/// The most items that are listed; more typing narrows them.
const MOST: usize = 200;

/// The items of a picker that fit what was typed.
pub fn items(editor: &Editor, picker: Picker, typed: &str) -> Vec<Item> {
    let typed = typed.trim();
    match (picker, editor.desk()) {
        (Picker::Palette, _) => commands(editor, typed),
        (Picker::Find, Some(desk)) => found(desk, typed),
        (Picker::Figures, Some(desk)) => figures(desk, typed),
        (Picker::Open, Some(desk)) => open_cells(desk, typed),
        (Picker::Formats, Some(_)) => formats(typed),
        (Picker::Shares, Some(desk)) => units::items(desk, typed),
        (_, None) => Vec::new(),
    }
}

/// What stands over a picker's list.
pub fn title(editor: &Editor, picker: Picker) -> String {
    match (picker, editor.desk()) {
        (Picker::Shares, Some(desk)) => units::title(desk),
        (Picker::Open, _) => titled(editor, picker, "转到那一格"),
        _ => picker.title().into(),
    }
}

/// The title with what Enter does.
fn titled(editor: &Editor, picker: Picker, what: &str) -> String {
    format!("{}（{}）", picker.title(), editor.keys.using(Scope::Window, Command::Enter, what))
}

/// Commands by Chinese words, English id or pinyin initials; those whose initials begin with what
/// was typed come first.
fn commands(editor: &Editor, typed: &str) -> Vec<Item> {
    let scope = editor.scope_below();
    let typed = typed.to_ascii_lowercase();
    let mut rows: Vec<_> = editor
        .keys
        .rows_at(scope)
        .filter(|(row, _)| row.command != Command::Palette)
        .filter(|(row, _)| {
            row.words.contains(&typed) || row.id().contains(&typed) || row.pinyin.contains(&typed)
        })
        .collect();
    rows.sort_by_key(|(row, _)| (!row.pinyin.starts_with(&typed), row.scope != Scope::Everywhere));
    rows.into_iter()
        .map(|(row, key)| Item {
            words: row.words.clone(),
            aside: key.map_or(String::new(), |key| key.to_string()),
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

/// What an import left open: the ways an uncertain cell can be read, else the cell to go to.
fn open_cells(desk: &Desk, typed: &str) -> Vec<Item> {
    let mut items = Vec::new();
    // What is uncertain first, then what was not found; blanks in the source come last.
    let mut all: Vec<_> = desk.open.iter().collect();
    all.sort_by_key(|open| match open.state {
        State::Ambiguous => 0,
        State::NotFound => 1,
        State::Blank => 2,
    });
    for open in all {
        let words = hand::question(desk, open);
        for candidate in &open.candidates {
            items.push(Item {
                words: format!("取 {candidate}：{words}"),
                aside: desk.shown(&open.field),
                choice: Choice::Fill(open.field.clone(), candidate.clone()),
            });
        }
        if open.candidates.is_empty() {
            let choice = Choice::Go(open.field.clone(), None);
            items.push(Item { words, aside: desk.shown(&open.field), choice });
        }
    }
    items.extend(desk.unplaced.iter().map(|unplaced| Item {
        words: format!("没有放进表里（原文第 {} 行）：{}", unplaced.line, unplaced.text),
        aside: String::new(),
        choice: Choice::Stay,
    }));
    items.retain(|item| item.words.contains(typed));
    items.truncate(MOST);
    items
}

fn formats(typed: &str) -> Vec<Item> {
    let all = Format::ALL
        .into_iter()
        .filter(|format| format.name().contains(typed) || format.ending().contains(typed));
    all.map(|format| Item {
        words: format.name().into(),
        aside: format!(".{}", format.ending()),
        choice: Choice::Export(format),
    })
    .collect()
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
