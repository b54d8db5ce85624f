//! What a layer has besides its lines: keys named in its lower edge, and lines to fill in. `draw` paints them
//! where the mouse finds them.

use ratatui::layout::Rect;

use super::command::{Command, Scope};
use super::file_list::{FileList, file_list_areas};
use super::layer::{Layer, PickerKind};
use super::line_input::LineInput;
use super::{Editor, layer_layout, layout, picker};
use crate::text::width::display_width;

/// Commands that belong together, and what they do in a layer.
pub type WindowHint = (&'static [Command], &'static str);

/// What is said under the conflicts.
pub const CONFLICT_HINTS: [WindowHint; 2] =
    [(&[Command::Left, Command::Right], "选择"), (&[Command::Enter], "确定")];
/// What is said under the saved versions.
pub const VERSION_HINTS: [WindowHint; 1] = [(&[Command::Enter], "恢复（可以撤销）")];

/// What is said under the review of an import.
pub const IMPORT_HINTS: [WindowHint; 3] = [
    (&[Command::Up, Command::Down], "前后"),
    (&[Command::Enter], "下一处"),
    (&[Command::Complete], "转到该格"),
];

/// What is said under lines to fill in, while something stands in the one that is typed.
const PROMPT_HINTS: [WindowHint; 1] = [CLEAR_HINT];
const CLEAR_HINT: WindowHint = (&[Command::ClearLine], "清空");

/// What is said under lines to fill in; `at` is the one that is typed.
pub fn prompt_hints(fields: &[(&'static str, LineInput)], at: usize) -> &'static [WindowHint] {
    let is_empty = fields.get(at).is_none_or(|(_, line)| line.text().is_empty());
    if is_empty { &[] } else { &PROMPT_HINTS }
}

/// What is said under a list of files.
pub fn file_hints(list: &FileList) -> [WindowHint; 3] {
    let is_empty = list.line.text().is_empty();
    [
        (&[Command::Complete], if is_empty { "进入" } else { "补全" }),
        if is_empty { (&[Command::Left], "上级文件夹") } else { CLEAR_HINT },
        (&[Command::Enter], if list.purpose.is_naming() { "确定" } else { "选定" }),
    ]
}

/// What is said under a list to choose from.
pub fn picker_hints(kind: PickerKind) -> [WindowHint; 1] {
    [(&[Command::Enter], picker::picker_purpose(kind))]
}

/// Keys as they are written in the lower edge of a layer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EdgeHint {
    /// Where they stand, with what they do.
    pub area: Rect,
    /// The keys.
    pub key: String,
    /// What they do.
    pub purpose: &'static str,
    /// The command; `None` if it is several.
    pub command: Option<Command>,
}

/// Places hints in the lower edge of a layer, from the right.
pub fn place_hints(editor: &Editor, inside: Rect, hints: &[WindowHint]) -> Vec<EdgeHint> {
    let mut end = inside.right();
    let place = |(commands, purpose): &WindowHint| {
        let (key, command) = match commands {
            [one] => (Some(editor.keys.key_label(Scope::Window, *one)), Some(*one)),
            all => (editor.keys.labels(Scope::Window, all), None),
        };
        let key = key.filter(|key| !key.is_empty())?;
        let width = u16::try_from(display_width(&key) + display_width(purpose) + 3).unwrap_or(u16::MAX);
        end = end.saturating_sub(width);
        Some(EdgeHint { area: Rect { x: end, y: inside.bottom(), width, height: 1 }, key, purpose, command })
    };
    hints.iter().rev().filter_map(place).collect()
}

/// The keys that are written in the lower edge of a layer.
pub fn edge_hints(editor: &Editor, layer: &Layer) -> Vec<EdgeHint> {
    let inside = layer_layout::tall_area(editor);
    match layer {
        Layer::Picker { picker, .. } => {
            let inside = layer_layout::picker_area(editor, *picker);
            place_hints(editor, inside, &picker_hints(*picker))
        }
        Layer::Conflicts { .. } => place_hints(editor, inside, &CONFLICT_HINTS),
        Layer::Versions { .. } => place_hints(editor, inside, &VERSION_HINTS),
        Layer::ImportReview(_) => place_hints(editor, inside, &IMPORT_HINTS),
        Layer::Prompt { fields, at, .. } => {
            place_hints(editor, prompt_area(editor, fields).0, prompt_hints(fields, *at))
        }
        Layer::Files(list) => {
            let inside = file_list_areas(editor, list, 0).inside;
            place_hints(editor, inside, &file_hints(list))
        }
        _ => Vec::new(),
    }
}

/// What stands before the line that narrows a list.
pub const FILTER_LABEL: &str = "查找：";

/// Where the lines of a layer are typed into; none if it has no such lines.
pub fn field_areas(editor: &Editor, layer: &Layer) -> Vec<Rect> {
    let behind = |area: Rect, columns: usize| {
        let columns = u16::try_from(columns).unwrap_or(u16::MAX).min(area.width);
        Rect { x: area.x + columns, width: area.width - columns, height: 1, ..area }
    };
    match layer {
        Layer::Prompt { fields, .. } => {
            let (inside, labels) = prompt_area(editor, fields);
            let row = |at: u16| behind(Rect { y: inside.y + at, ..inside }, labels + 2);
            (0..).take(fields.len()).map(row).collect()
        }
        Layer::Picker { picker, .. } => {
            vec![behind(layer_layout::picker_area(editor, *picker), display_width(FILTER_LABEL))]
        }
        Layer::Keys { .. } => {
            let list = layer_layout::help_list(editor, 0, 0).area;
            vec![behind(Rect { y: list.y - 1, ..list }, display_width(FILTER_LABEL))]
        }
        _ => Vec::new(),
    }
}

/// The inner area of a layer with lines to fill in, and the columns of the widest label.
pub fn prompt_area(editor: &Editor, fields: &[(&'static str, LineInput)]) -> (Rect, usize) {
    let rows = u16::try_from(fields.len()).unwrap_or(u16::MAX).saturating_add(2);
    let inside = layout::layer_area(editor.width, editor.height, layout::MAX_LAYER_WIDTH, rows);
    let labels = fields.iter().map(|(label, _)| display_width(label)).max().unwrap_or(0);
    (inside, labels)
}
