//! Windows over the screen. The stack of layers is the order in which they lie and in which keys
//! reach them: the top one takes every key.

use std::path::PathBuf;

use super::command::{Command, Scope};
use super::line::Line;
use super::paste::Plan;
use super::versions::Version;
use super::{Origin, RecoveryAnswer};
use crate::draft::{Draft, Waived};
use crate::export::Format;
use crate::form::FieldId;
use crate::merge::{self, Conflict};

/// A window over the screen.
#[derive(Clone, Debug)]
pub enum Layer {
    /// Text to read: help, why something is a finding.
    Text {
        /// What it is about.
        title: String,
        /// Its lines.
        lines: Vec<String>,
        /// The first line shown.
        top: usize,
    },
    /// A list to choose from, narrowed by typing.
    Picker {
        /// What is picked.
        picker: Picker,
        /// What was typed.
        line: Line,
        /// The item chosen.
        at: usize,
    },
    /// Lines to fill in.
    Fields {
        /// What they are for.
        purpose: Purpose,
        /// Label and line of each.
        fields: Vec<(&'static str, Line)>,
        /// The line that is being filled.
        at: usize,
        /// What is wrong with them, said after Enter.
        fault: String,
    },
    /// What both we and somebody else have changed, side by side.
    Conflicts {
        /// The draft that both began with, and theirs.
        sides: Box<(Draft, Draft)>,
        /// Where theirs comes from.
        origin: Origin,
        /// What both changed, each differently.
        conflicts: Vec<Conflict>,
        /// What is taken of each.
        choices: Vec<merge::Choice>,
        /// The one chosen.
        at: usize,
        /// Whether to save afterwards.
        then_save: bool,
    },
    /// The saved versions of the draft, and how the one chosen differs from what is on the desk.
    Versions {
        /// The versions, the last saved first.
        versions: Vec<Version>,
        /// The one chosen.
        at: usize,
        /// The first row of the differences shown.
        top: usize,
    },
    /// A question with a few answers.
    Ask {
        /// The question.
        words: String,
        /// The answers, each with what it does.
        answers: Vec<(&'static str, Answer)>,
        /// The answer chosen.
        at: usize,
    },
}

/// What a picker lists.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Picker {
    /// Every command, by Chinese words, English id or pinyin initials.
    Palette,
    /// Labels of the form and words of the narratives.
    Find,
    /// Filled figures of the tables, to put into a narrative.
    Figures,
    /// What an import left open.
    Open,
    /// The formats to hand the report in.
    Formats,
    /// What each unit gave to the cell under the cursor.
    Shares,
}

impl Picker {
    /// What stands over the list.
    pub fn title(self) -> &'static str {
        match self {
            Picker::Palette => "全部命令（可输入中文、英文或拼音首字母）",
            Picker::Find => "查找栏目或文字",
            Picker::Figures => "插入表中的数",
            Picker::Open => "导入时没读准的地方",
            Picker::Shares => "各单位各填多少",
            Picker::Formats => "导出成哪种格式",
        }
    }
}

/// What choosing an item does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Choice {
    /// Runs a command as if at that place.
    Run(Scope, Command),
    /// Goes to a field, and to a byte of its text.
    Go(FieldId, Option<usize>),
    /// Nothing: it is only there to be read.
    Stay,
    /// Puts a text into a field.
    Fill(FieldId, String),
    /// Exports in a format.
    Export(Format),
    /// Opens the draft of a unit of this compiled report.
    Unit(PathBuf),
    /// Asks for an adjustment of a cell of this compiled report.
    Adjust(FieldId),
    /// Asks whether the adjustment at that place of the list is to be taken out.
    DropAdjustment(usize),
    /// Puts words into the narrative at the caret.
    Insert(String),
}

/// One item of a picker.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Item {
    /// What is read first.
    pub words: String,
    /// What stands at the right: the key, the value.
    pub aside: String,
    /// What choosing it does.
    pub choice: Choice,
}

/// What filled-in lines are for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// A new report: unit and year; the path where it will be saved, if one was named.
    New(Option<PathBuf>),
    /// A file to open.
    Open,
    /// A folder to look over.
    Folder,
    /// A file to save to.
    SaveAs,
    /// A published report to read.
    Import,
    /// A file to hand in.
    Export(Format),
    /// Find and replace in the narrative.
    Replace,
    /// The reason for which a finding is set aside.
    Waive(Waived),
    /// By how much a cell of a compiled report is adjusted, and why.
    Adjust(FieldId),
}

impl Purpose {
    /// What stands over the lines.
    pub fn title(&self) -> &'static str {
        match self {
            Purpose::New(_) => "新建报告",
            Purpose::Open => "打开文件",
            Purpose::Folder => "看各单位的报告（放各单位草稿的文件夹）",
            Purpose::SaveAs => "另存为",
            Purpose::Import => "导入已公布的报告（Word、网页、Excel、文本）",
            Purpose::Export(_) => "导出",
            Purpose::Replace => "查找和替换（本部分）",
            Purpose::Waive(_) => "不再提示这个问题，请写明理由",
            Purpose::Adjust(_) => "调整这一格的汇总数",
        }
    }
}

/// What an answer does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Answer {
    /// Nothing: back to work.
    Back,
    /// Saves, then leaves as was asked.
    SaveThenLeave(Leave),
    /// Leaves what is not saved.
    Leave(Leave),
    /// Saves over the file that is there, or where the own one is gone.
    Overwrite(PathBuf),
    /// Asks for another name to save under.
    SaveAs,
    /// Exports over the file that is there.
    Export(Format, PathBuf),
    /// Deals with what an earlier session left in its journal.
    Recover(RecoveryAnswer),
    /// Looks at the draft without changing it.
    ReadOnly,
    /// Pastes what fits.
    Paste(Plan),
    /// Takes the units' numbers as they are now; those that cannot be read are missing from then on.
    TakeUnits,
    /// Takes out the adjustment at that place of the list.
    DropAdjustment(usize),
}

/// Where one leaves to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Leave {
    /// Out of the program.
    Quit,
    /// To the first screen.
    Home,
    /// To the draft of a unit of this compiled report.
    Unit(PathBuf),
    /// To where the report was opened from; out of the program where it was from nowhere.
    Back,
}

impl Layer {
    /// A picker with nothing typed yet.
    pub fn pick(picker: Picker) -> Self {
        Layer::Picker { picker, line: Line::default(), at: 0 }
    }

    /// Lines to fill in, with what stands in them at first.
    pub fn fields(purpose: Purpose, fields: &[(&'static str, &str)]) -> Self {
        let fields = fields.iter().map(|(label, text)| (*label, Line::new(text))).collect();
        Layer::Fields { purpose, fields, at: 0, fault: String::new() }
    }

    /// The line that is being typed into, where there is one.
    pub fn line_mut(&mut self) -> Option<&mut Line> {
        match self {
            Layer::Picker { line, .. } => Some(line),
            Layer::Fields { fields, at, .. } => fields.get_mut(*at).map(|(_, line)| line),
            Layer::Text { .. } | Layer::Ask { .. } => None,
            Layer::Conflicts { .. } | Layer::Versions { .. } => None,
        }
    }
}
