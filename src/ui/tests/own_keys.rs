//! With every key moved by one's own `keys.ron`, the screen names the new keys and none of the old.

use ratatui::buffer::{Buffer, CellWidth};
use ratatui::layout::Rect;

use super::driver::{StartState, TestScreen, UserInput};
use crate::editor::event::Event;
use crate::editor::key::Key;
use crate::editor::key_label::key_label;
use crate::editor::layer::{Layer, PickerKind};
use crate::editor::{Command, KeyBinding, Keymap, Msg, Scope};
use crate::ui;

/// Returns the shipped keys with every row that has keys on another one, each on one of its own.
fn moved() -> Keymap {
    let shipped = Keymap::shipped();
    let rows = shipped.rows().iter().filter(|row| !row.on.is_empty());
    let moved = rows.zip('ぁ'..).map(|(row, kana)| {
        let scope = format!("{:?}", row.scope).to_lowercase();
        format!("(scope: {scope}, command: {}, on: [\"Alt+{kana}\"]),", row.id())
    });
    shipped.clone().with_overrides(&format!("[{}]", moved.collect::<String>())).unwrap()
}

struct Moved(TestScreen);

impl Moved {
    fn new(start: StartState) -> Self {
        let mut stage = TestScreen::new(start);
        stage.editor.keys = moved();
        Moved(stage)
    }

    /// Presses the key that the command has where the cursor is.
    fn act(&mut self, commands: &[Command]) -> &mut Self {
        for command in commands {
            let scope = self.0.editor.scope();
            let row = |(row, key): (&KeyBinding, Option<Key>)| key.filter(|_| row.command == *command);
            let key = self.0.editor.keys.bindings_in(scope).find_map(row);
            let key = key.unwrap_or_else(|| panic!("{scope:?} {command:?}"));
            self.0.send(Msg::Event(Event::Key(key)));
        }
        self
    }

    fn type_in(&mut self, text: &str) -> &mut Self {
        self.0.send(Msg::Event(Event::Paste(text.into())));
        self
    }

    fn screen(&self) -> String {
        let (columns, rows) = (self.0.editor.width, self.0.editor.height);
        let mut drawn = Buffer::empty(Rect::new(0, 0, columns, rows));
        ui::draw(&self.0.editor, &ui::Themes::shipped(), &mut drawn);
        let mut text = String::new();
        for y in 0..rows {
            let mut x = 0;
            while x < columns {
                let cell = &drawn[(x, y)];
                text.push_str(cell.symbol());
                x += cell.cell_width().max(1);
            }
            text.push('\n');
        }
        text
    }

    /// Checks that the screen names the command's key before that text, and no key of the shipped file.
    fn says(&mut self, scope: Scope, command: Command, text: &str) -> &mut Self {
        let screen = self.screen();
        let label = self.0.editor.keys.label(scope, command).unwrap();
        assert!(screen.contains(&format!("{label}{text}")), "{label}{text} is not in\n{screen}");
        self.names_no_old_key();
        self
    }

    fn names_no_old_key(&self) {
        let screen = self.screen();
        let shipped = Keymap::shipped();
        let old = shipped.rows().iter().flat_map(|row| &row.on).map(|key| key_label(*key));
        let old = old.filter(|label| label.chars().count() > 1);
        let others = ["回车", "上下键", "左右键", "方向键", "空格换"].map(String::from);
        for label in old.chain(others) {
            assert!(!screen.contains(&label), "{label} is still in\n{screen}");
        }
    }
}

use Command as C;
use Scope::{Everywhere, Folder, Home, Table, Text, Typing, Window};

#[test]
fn messages_in_tables_name_the_keys_of_ones_own() {
    let mut stage = Moved::new(StartState::Home);
    stage.act(&[C::NewReport]).type_in("甲局").act(&[C::Down, C::Enter]);
    stage.says(Everywhere, C::Save, "保存");
    stage.act(&[C::Tab3, C::ZeroRow]).says(Everywhere, C::Undo, "可一次撤销");
    stage.act(&[C::SelectDown, C::Clear]).says(Everywhere, C::Undo, "可一次撤销");
    stage.act(&[C::Cancel]).type_in("1\t2\n3\t4").says(Everywhere, C::Undo, "可一次撤销");
    stage.act(&[C::RowEnd, C::RowEnd]).type_in("7").says(Everywhere, C::ToggleTotals, "");
    stage.act(&[C::ToggleTotals, C::ToggleTotals]).says(Everywhere, C::Undo, "可撤销");
    stage.act(&[C::ToggleEnterDirection]).says(Table, C::Enter, "改为向右");
    stage.act(&[C::TabCover]);
    while !stage.screen().contains("切换") {
        stage.act(&[C::Down]);
    }
    stage.says(Table, C::NextChoice, "切换").type_in("9").says(Table, C::NextChoice, "切换");
    stage.act(&[C::Tab1, C::Copy]).says(Text, C::SelectLeft, "、");
    stage.type_in("申请").act(&[C::Replace]).type_in("申").act(&[C::Down]).type_in("伸");
    stage.act(&[C::Enter, C::Enter]).says(Everywhere, C::Undo, "可一次撤销");
}

#[test]
fn the_sample_and_its_findings_name_the_keys_of_ones_own() {
    let mut stage = Moved::new(StartState::Sample);
    stage.0.editor.document_mut().unwrap().is_sample = true;
    stage.act(&[C::TabCover]).says(Everywhere, C::Tab3, "转到该页");
    stage.act(&[C::ExplainFinding]).says(Everywhere, C::NextFinding, "到下一个问题");
    stage.act(&[C::ApplyFix]).says(Everywhere, C::NextFinding, "到下一个问题");
    stage.act(&[C::Tab3]).says(Everywhere, C::NextFinding, "转到该处");
    stage.act(&[C::TabFindings]).says(Everywhere, C::ApplyFix, " 改为 2");
    stage.act(&[C::TabCover, C::NextFinding]);
    stage.type_in("1").says(Typing, C::Enter, "").says(Typing, C::Cancel, "");
}

#[test]
fn windows_name_the_keys_of_ones_own() {
    let mut stage = Moved::new(StartState::Sample);
    stage.act(&[C::Help]).says(Window, C::Cancel, " 返回");
    stage.act(&[C::Cancel]);
    stage.0.input(&UserInput::OtherUser(3));
    stage.says(Window, C::Left, "、").says(Window, C::Enter, " 确定");
    let mut stage = Moved::new(StartState::New(2025));
    stage.0.editor.keys = Keymap::shipped();
    stage.0.input(&UserInput::Command("versions"));
    stage.0.editor.keys = moved();
    stage.says(Window, C::Enter, " 恢复");
    stage.act(&[C::Down, C::Down, C::Enter]).says(Everywhere, C::Undo, "撤销");
    stage.0.editor.layers.push(Layer::picker(PickerKind::Find));
    stage.says(Window, C::Enter, " 转到该处");
}

#[test]
fn the_other_screens_name_the_keys_of_ones_own() {
    let mut stage = Moved::new(StartState::Folder);
    stage.type_in("没有这个").says(Folder, C::Cancel, "列出全部");
    Moved::new(StartState::Home).says(Home, C::NewReport, " 新建报告");
    let mut stage = Moved::new(StartState::Compiled);
    stage.act(&[C::RefreshUnits, C::Right, C::Enter]).names_no_old_key();
}
