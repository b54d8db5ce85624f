//! Two texts that are nearly the same, side by side: this report's and last year's, or another unit's.

use std::path::PathBuf;

use super::action::{Action, notify};
use super::layer::{Layer, SideBySide};
use super::layout::{self, MAX_LAYER_WIDTH};
use super::{Editor, Effect};
use crate::check::{Finding, common_passages};
use crate::text::line_break;

/// A row of one of the two columns: pieces of text, each with whether the other text has it too.
pub type SideRow = Vec<(String, bool)>;

/// Returns the window for a finding about two texts, or the effect that reads the other one; `None` for any
/// other finding.
pub fn compare_texts(editor: &Editor, finding: &Finding, note: Vec<String>) -> Option<Vec<Action>> {
    let (document, _) = editor.open_report()?;
    let section = finding.fields.first()?.as_str().to_string();
    match finding.rule.as_str() {
        "N4" => {
            let last = document.last_year.as_ref()?;
            let before = last.draft.text(&section).to_string();
            let now = document.draft.text(&section).to_string();
            let year = |year: Option<u16>| year.map_or(String::new(), |year| format!("{year}年"));
            let names = [
                format!("{}（本报告）", year(document.draft.year())),
                format!("{}（上年报告）", year(last.draft.year())),
            ];
            Some(vec![side_by_side(SideBySide { names, texts: [now, before], note })])
        }
        "N6" => {
            let twin = document.twins.iter().find(|twin| twin.section == section)?;
            let path = PathBuf::from(&twin.file);
            Some(vec![Effect::ReadTwin { path, section, note }.into()])
        }
        _ => None,
    }
}

/// The other unit's report was read: its text is shown beside this one's.
pub fn on_twin_read(
    editor: &Editor,
    section: &str,
    note: Vec<String>,
    other: Result<(String, String), String>,
) -> Vec<Action> {
    let Some((document, _)) = editor.open_report() else { return Vec::new() };
    match other {
        Ok((unit, text)) => {
            let names = [document.draft.unit().to_string(), unit];
            let texts = [document.draft.text(section).to_string(), text];
            vec![side_by_side(SideBySide { names, texts, note })]
        }
        Err(message) => notify(message),
    }
}

fn side_by_side(texts: SideBySide) -> Action {
    Layer::SideBySide { texts: Box::new(texts), top: 0 }.into()
}

/// The columns of each text in a window of this width.
pub fn side_width(width: u16) -> u16 {
    (MAX_LAYER_WIDTH.min(width.saturating_sub(4)).saturating_sub(GAP)) / 2
}

/// The columns between the two texts, and before each of them for its sign.
const GAP: u16 = 7;

/// The rows of the two texts, of which the shorter ends first.
pub fn side_rows(editor: &Editor, both: &SideBySide) -> Vec<[SideRow; 2]> {
    let [one, other] = &both.texts;
    let (of_one, of_other) = common_passages(one, other);
    let width = usize::from(side_width(editor.width));
    let rows = |text: &str, common: &[std::ops::Range<usize>]| -> Vec<SideRow> {
        let mut rows = Vec::new();
        let mut at = 0;
        for line in text.split('\n') {
            for row in line_break::wrap(line, width, editor.width_mode) {
                rows.push(pieces(text, at + row.start..at + row.end, common));
            }
            at += line.len() + 1;
        }
        rows
    };
    let (left, right) = (rows(one, &of_one), rows(other, &of_other));
    let count = left.len().max(right.len());
    let (mut left, mut right) = (left.into_iter(), right.into_iter());
    (0..count).map(|_| [left.next().unwrap_or_default(), right.next().unwrap_or_default()]).collect()
}

/// Cuts a row where it begins or ceases to be the same.
fn pieces(text: &str, row: std::ops::Range<usize>, common: &[std::ops::Range<usize>]) -> SideRow {
    let mut pieces: SideRow = Vec::new();
    for (offset, c) in text[row.clone()].char_indices() {
        let at = row.start + offset;
        let is_same = common.iter().any(|range| range.contains(&at));
        match pieces.last_mut() {
            Some((piece, same)) if *same == is_same => piece.push(c),
            _ => pieces.push((c.to_string(), is_same)),
        }
    }
    pieces
}

/// The sign of a row, so that nothing is shown by colour alone: all of it the same, some of it, nothing.
pub fn side_sign(row: &SideRow) -> &'static str {
    let has = |wanted: bool| row.iter().any(|(piece, same)| *same == wanted && !piece.trim().is_empty());
    match (has(true), has(false)) {
        (true, false) => "=",
        (true, true) => "~",
        _ => " ",
    }
}

/// The lines over the texts, wrapped.
pub fn note_rows(editor: &Editor, both: &SideBySide) -> Vec<String> {
    layout::wrap_lines(&both.note, editor.width, editor.width_mode)
}

#[cfg(test)]
mod tests {
    use super::super::{Keymap, Msg, Opened, update};
    use super::*;
    use crate::draft::{Draft, TwinText, Value};
    use crate::form::Library;

    const TEXT: &str = "一是政策解读形式单一，群众看不懂、不爱看；二是基层工作人员变动频繁，业务不够熟练。\
        下一步，我局将丰富解读形式，开展业务培训，提升公开质量，压实各科室责任。";

    fn editor_with(last: Option<&str>) -> Editor {
        let library = Library::new();
        let mut editor = Editor::new(library.clone(), Keymap::shipped(), 80, 24, None);
        let mut draft = Draft::new("示例市水务局", 2024, &library);
        draft.set("problems", Value::Text(TEXT.into()));
        let form = draft.form(&library).unwrap();
        let last_year = last.map(|text| {
            let mut before = Draft::new("示例市水务局", 2023, &library);
            before.set("problems", Value::Text(text.into()));
            (form.clone(), before)
        });
        let path = Some("草稿.ron".into());
        let opened = Opened { path, form, draft, last_year, message: String::new() };
        update(&mut editor, Msg::Opened(Ok(Box::new(opened))));
        editor
    }

    fn go_to(editor: &mut Editor, rule: &str) {
        let (document, view) = editor.open_view_mut().unwrap();
        let at = document.findings.iter().position(|finding| finding.rule == rule).unwrap();
        super::super::cursor::go_to_finding(document, view, at);
    }

    fn press(editor: &mut Editor, key: &str) -> Vec<Effect> {
        update(editor, Msg::Event(super::super::event::Event::Key(key.parse().unwrap())))
    }

    #[test]
    fn last_years_text_stands_beside_this_years() {
        let mut editor = editor_with(Some(&TEXT.replace("业务培训", "专题讲座")));
        go_to(&mut editor, "N4");
        press(&mut editor, "F10");
        let Some(Layer::SideBySide { texts, .. }) = editor.layers.last() else { panic!() };
        assert_eq!(texts.names, ["2024年（本报告）", "2023年（上年报告）"]);
        let rows = side_rows(&editor, texts);
        let different: String = rows
            .iter()
            .flat_map(|[left, _]| left)
            .filter(|(_, same)| !same)
            .map(|(piece, _)| &**piece)
            .collect();
        assert!(different.contains("业务培训") && different.chars().count() < 12, "{different}");
        assert!(rows.iter().any(|[left, _]| side_sign(left) == "="));
        assert!(rows.iter().any(|[left, _]| side_sign(left) == "~"));
        press(&mut editor, "Esc");
        assert!(editor.layers.is_empty());
    }

    #[test]
    fn another_units_text_is_read_and_shown() {
        let mut editor = editor_with(None);
        let (section, unit, file) =
            ("problems".to_string(), "示例市林业局".to_string(), "林业.ron".to_string());
        let twin = TwinText { section, unit: unit.clone(), file, share: 97 };
        {
            let document = editor.document_mut().unwrap();
            document.twins = vec![twin];
            document.recheck();
        }
        go_to(&mut editor, "N6");
        let effects = press(&mut editor, "F10");
        let Some(Effect::ReadTwin { path, section, note }) =
            effects.into_iter().find(|effect| matches!(effect, Effect::ReadTwin { .. }))
        else {
            panic!()
        };
        assert_eq!(path.to_str(), Some("林业.ron"));
        update(&mut editor, Msg::TwinRead { section, note, other: Ok((unit, TEXT.into())) });
        let Some(Layer::SideBySide { texts, .. }) = editor.layers.last() else { panic!() };
        assert_eq!(texts.names, ["示例市水务局", "示例市林业局"]);
        assert!(side_rows(&editor, texts).iter().all(|[left, right]| side_sign(left) == side_sign(right)));
        update(
            &mut editor,
            Msg::TwinRead { section: "problems".into(), note: Vec::new(), other: Err("读不出".into()) },
        );
        assert_eq!(editor.notification, "读不出");
    }
}
