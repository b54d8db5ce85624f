//! Replacing in the whole report: the bar under the page with the place shown, one by one or all at once.

use ratatui::layout::Rect;

use super::Editor;
use super::action::{Action, notify};
use super::command::Command;
use super::document::Document;
use super::layer::{Layer, PromptKind};
use super::layout;
use super::list_cursor::moved;
use super::search::{SearchHit, SearchScope, go_to, hit_at_cursor, next_hit, search_hits};
use crate::draft::Draft;
use crate::edit::Edit;
use crate::text::width::display_width;

/// What can be done with the place shown, in the order of the buttons.
const ALL: usize = 0;
const ONE: usize = 1;
const NEXT: usize = 2;
const PREVIOUS: usize = 3;
const END: usize = 4;

/// The bar as it is shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReplaceBar {
    /// What is replaced, which of how many places is shown, and where they are.
    pub summary: String,
    /// Where the place shown is, and the words around it.
    pub place: String,
    /// The buttons: their words, and where they stand.
    pub buttons: Vec<(String, Rect)>,
    /// The lines of the bar.
    pub area: Rect,
}

/// Asks what to replace by what: at first what was searched for.
pub fn prompt_replace(editor: &Editor) -> Vec<Action> {
    let searched = editor.view().and_then(|view| view.search.clone()).unwrap_or_default();
    vec![Layer::prompt(PromptKind::Replace, &[("查找", &searched), ("替换为", "")]).into()]
}

/// Shows the bar with the first place from the cursor on; says so if there is none.
pub fn begin_replace(editor: &mut Editor, from: &str, to: &str) -> Vec<Action> {
    let Some((document, view)) = editor.open_view_mut() else { return Vec::new() };
    let hits = search_hits(document, &document.draft, from, SearchScope::Replaceable);
    view.search = Some(from.into());
    let at = hit_at_cursor(document, view, &hits).or_else(|| next_hit(document, view, &hits, true));
    let Some(at) = at else { return notify(format!("没有找到“{from}”")) };
    let bar = Layer::Replace { from: from.into(), to: to.into(), at: ALL, replaced: 0 };
    vec![Action::CloseGroup, go_to(&hits[at]), bar.into()]
}

/// The bar, of a window of the present size.
pub fn replace_bar(editor: &Editor, from: &str, to: &str) -> Option<ReplaceBar> {
    let (document, view) = editor.open_report()?;
    let areas = layout::screen_areas(editor.width, editor.height);
    let hits = search_hits(document, &document.draft, from, SearchScope::Replaceable);
    let at = hit_at_cursor(document, view, &hits);
    let number = at.map_or(String::new(), |at| format!("第 {} 处，", at + 1));
    let summary = format!("“{from}”换成“{to}”：{number}共 {} 处（{}）", hits.len(), counted(&hits));
    let place = at.map_or(String::new(), |at| excerpt(document, &hits[at]));
    let words = [
        format!("全部替换 {} 处", hits.len()),
        "替换这处".into(),
        "下一处".into(),
        "上一处".into(),
        "结束".into(),
    ];
    let y = areas.balance.y + 1;
    let mut x = 1;
    let buttons = words.into_iter().map(|words| {
        let width = u16::try_from(display_width(&words)).unwrap_or(u16::MAX).saturating_add(2);
        let area = Rect { x, y, width, height: 1 };
        x += width + 1;
        (words, area)
    });
    let buttons = buttons.collect();
    let area = Rect { height: editor.height.saturating_sub(areas.location.y + 1), ..areas.location };
    Some(ReplaceBar { summary, place, buttons, area })
}

/// How many places are in texts, and how many are cells.
fn counted(hits: &[SearchHit]) -> String {
    let text = hits.iter().filter(|hit| hit.is_text).count();
    let parts = [(text, "文字", "处"), (hits.len() - text, "表格", "格")];
    let parts = parts.into_iter().filter(|(count, ..)| *count > 0);
    parts.map(|(count, what, unit)| format!("{what} {count} {unit}")).collect::<Vec<_>>().join("，")
}

/// Where a place is, and the words around it.
fn excerpt(document: &Document, hit: &SearchHit) -> String {
    let text = document.draft.get(hit.field.as_str()).typed();
    let part = |range: std::ops::Range<usize>| text.get(range).unwrap_or_default();
    let before: Vec<char> = part(0..hit.bytes.start).chars().rev().take(8).collect();
    let before: String = before.into_iter().rev().collect();
    let after: String = part(hit.bytes.end..text.len()).chars().take(12).collect();
    let words = format!("{before}{}{after}", part(hit.bytes.clone())).replace('\n', " ");
    format!("{}：{words}", document.form.location(&hit.field))
}

/// Keys of the bar: left and right choose a button, up and down go on without it.
pub fn run_replace_command(editor: &mut Editor, command: Command) -> Vec<Action> {
    let Some(Layer::Replace { at, .. }) = editor.layers.last_mut() else { return Vec::new() };
    match command {
        Command::Left => *at = moved(*at, Command::Up, END + 1, 1),
        Command::Right => *at = moved(*at, Command::Down, END + 1, 1),
        Command::Up => return step(editor, false),
        Command::Down => return step(editor, true),
        Command::Cancel => return end(editor),
        Command::Enter => {
            let chosen = *at;
            return press_button(editor, chosen);
        }
        _ => {}
    }
    Vec::new()
}

/// Does what a button says.
pub fn press_button(editor: &mut Editor, button: usize) -> Vec<Action> {
    match button {
        ALL => replace_all(editor),
        ONE => replace_one(editor),
        NEXT => step(editor, true),
        PREVIOUS => step(editor, false),
        _ => end(editor),
    }
}

fn end(editor: &mut Editor) -> Vec<Action> {
    let Some(Layer::Replace { replaced, .. }) = editor.layers.pop() else { return Vec::new() };
    if let Some((_, view)) = editor.open_view_mut() {
        view.search = None;
    }
    if replaced > 0 { notify(format!("已替换 {replaced} 处")) } else { Vec::new() }
}

fn step(editor: &Editor, forward: bool) -> Vec<Action> {
    let (Some(Layer::Replace { from, .. }), Some((document, view))) =
        (editor.layers.last(), editor.open_report())
    else {
        return Vec::new();
    };
    let hits = search_hits(document, &document.draft, from, SearchScope::Replaceable);
    let next = next_hit(document, view, &hits, forward);
    next.map(|next| go_to(&hits[next])).into_iter().collect()
}

/// The change of one field: the text with these hits replaced, or the number as a whole.
fn replaced(document: &Document, draft: &Draft, hits: &[&SearchHit], to: &str) -> Edit {
    let Some(first) = hits.first() else { return Edit::new() };
    let mut text = draft.get(first.field.as_str()).typed().into_owned();
    for hit in hits.iter().rev() {
        text.replace_range(hit.bytes.clone(), to);
    }
    Edit::from_typed(&document.form, draft, &first.field, &text)
}

/// Replaces the place shown and goes to the next one behind it.
fn replace_one(editor: &mut Editor) -> Vec<Action> {
    let (Some(Layer::Replace { from, to, .. }), Some((document, view))) =
        (editor.layers.last(), editor.open_report())
    else {
        return Vec::new();
    };
    let hits = search_hits(document, &document.draft, from, SearchScope::Replaceable);
    let Some(at) = hit_at_cursor(document, view, &hits) else { return step(editor, true) };
    let edit = replaced(document, &document.draft, &[&hits[at]], to);
    let mut after = document.draft.clone();
    edit.apply(&mut after);
    let left = search_hits(document, &after, from, SearchScope::Replaceable);
    let behind = hits[at].bytes.start + to.len();
    let position = |hit: &SearchHit| document.form.position(hit.field.as_str());
    let is_behind = |hit: &&SearchHit| {
        let (there, here) = (position(hit), position(&hits[at]));
        there > here || there == here && hit.bytes.start >= behind
    };
    let next = left.iter().find(is_behind).or(left.first()).map(go_to);
    let mut actions = vec![Action::CloseGroup, Action::Edit(edit)];
    if let Some(Layer::Replace { replaced, .. }) = editor.layers.last_mut() {
        *replaced += 1;
    }
    match next {
        Some(next) => actions.push(next),
        None => actions.extend(end(editor)),
    }
    actions
}

/// Replaces every place, as one step.
fn replace_all(editor: &mut Editor) -> Vec<Action> {
    let Some(Layer::Replace { from, to, replaced: before, .. }) = editor.layers.last().cloned() else {
        return Vec::new();
    };
    end(editor);
    let Some((document, _)) = editor.open_report() else { return Vec::new() };
    let hits = search_hits(document, &document.draft, &from, SearchScope::Replaceable);
    let mut edit = Edit::new();
    for of_field in hits.chunk_by(|one, next| one.field == next.field) {
        let of_field: Vec<&SearchHit> = of_field.iter().collect();
        edit.changes.extend(replaced(document, &document.draft, &of_field, &to).changes);
    }
    let count = hits.len();
    let undo = editor.press_hint(Command::Undo, "可一次撤销");
    let more = if before > 0 { format!("（此前逐个替换 {before} 处）") } else { String::new() };
    let message = format!("已替换 {count} 处：{}{more}，{undo}", counted(&hits));
    vec![Action::CloseGroup, Action::Edit(edit), Action::Notify(message)]
}

#[cfg(test)]
mod tests {
    use crate::editor::event::Event;
    use crate::editor::layer::Layer;
    use crate::editor::tests::{press, with_text};
    use crate::editor::{Editor, Msg, update};

    fn paste(editor: &mut Editor, text: &str) {
        update(editor, Msg::Event(Event::Paste(text.into())));
    }

    fn begin(editor: &mut Editor, from: &str, to: &str) {
        press(editor, "Ctrl+R");
        paste(editor, from);
        press(editor, "Tab");
        paste(editor, to);
        press(editor, "Enter");
    }

    fn text<'e>(editor: &'e Editor, id: &str) -> &'e str {
        editor.draft().unwrap().text(id)
    }

    #[test]
    fn all_places_of_the_report_are_replaced_as_one_step() {
        let mut editor = with_text("示例市水务局收到申请3件。\n水务局办结3件。");
        press(&mut editor, "Alt+5");
        paste(&mut editor, "水务局人手不足。");
        press(&mut editor, "Alt+0 Ctrl+Home");
        begin(&mut editor, "水务局", "水利局");
        let before = editor.draft().unwrap().clone();
        press(&mut editor, "Enter");
        assert_eq!(text(&editor, "cover.unit"), "示例市水利局");
        assert_eq!(text(&editor, "overview"), "示例市水利局收到申请3件。\n水利局办结3件。");
        assert_eq!(text(&editor, "problems"), "水利局人手不足。");
        assert!(editor.notification.starts_with("已替换 6 处：文字 6 处"), "{}", editor.notification);
        press(&mut editor, "Ctrl+Z");
        assert_eq!(*editor.draft().unwrap(), before, "one undo");
    }

    #[test]
    fn a_number_is_replaced_as_a_whole_or_not_at_all() {
        let mut editor = with_text("收到申请3件，办结13件。");
        press(&mut editor, "Alt+3 Ctrl+Home Down 1 3 Enter Alt+0");
        begin(&mut editor, "3", "5");
        press(&mut editor, "Enter");
        assert_eq!(text(&editor, "overview"), "收到申请5件，办结15件。");
        let number = |id: &str| editor.draft().unwrap().get(id).typed().into_owned();
        assert_eq!(number("requests.new.natural"), "5");
        assert_eq!(number("requests.carried_in.natural"), "13", "a part of a number is another number");
        assert!(editor.draft().unwrap().get("requests.new.total").is_blank(), "computed, not stored");
    }

    #[test]
    fn places_are_replaced_one_by_one_and_others_left() {
        let mut editor = with_text("甲乙甲乙甲");
        press(&mut editor, "Ctrl+Home");
        begin(&mut editor, "甲", "甲甲");
        press(&mut editor, "Right Enter");
        assert_eq!(text(&editor, "overview"), "甲甲乙甲乙甲", "what was put in is no place again");
        press(&mut editor, "Down Enter");
        assert_eq!(text(&editor, "overview"), "甲甲乙甲乙甲甲");
        press(&mut editor, "Esc");
        assert!(editor.layers.is_empty());
        assert_eq!(editor.notification, "已替换 2 处");
        press(&mut editor, "Ctrl+Z Ctrl+Z");
        assert_eq!(text(&editor, "overview"), "甲乙甲乙甲");
    }

    #[test]
    fn a_text_that_is_nowhere_opens_no_bar() {
        let mut editor = with_text("甲");
        begin(&mut editor, "乙", "丙");
        assert!(!editor.layers.iter().any(|layer| matches!(layer, Layer::Replace { .. })));
        assert_eq!(editor.notification, "没有找到“乙”");
    }
}
