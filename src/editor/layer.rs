//! Layers (popups) over the screen. They are a stack: the top one takes every key.

use std::path::PathBuf;
use std::sync::Arc;

use super::command::{Command, Scope};
use super::file_list::FileList;
use super::line_input::LineInput;
use super::msg::{MergeOrigin, RecoveryAnswer, SavedVersion};
use super::paste::PastePlan;
use crate::draft::{Draft, IgnoredFinding, Unread};
use crate::edit::Edit;
use crate::export::Format;
use crate::form::{FieldId, Form};
use crate::import::Unplaced;
use crate::merge::{self, Conflict};

/// A popup over the screen.
#[derive(Clone, Debug)]
pub enum Layer {
    /// Text to read: help, why something is a finding.
    Message {
        /// What it is about.
        title: String,
        /// Its lines.
        lines: Vec<String>,
        /// The first line shown.
        top: usize,
    },
    /// The keys that work at a place, and the signs of the screen, narrowed by typing.
    Keys {
        /// Where.
        place: Scope,
        /// What was typed.
        line: LineInput,
        /// The first line shown.
        top: usize,
    },
    /// A list to choose from, narrowed by typing.
    Picker {
        /// What is picked.
        picker: PickerKind,
        /// What was typed.
        line: LineInput,
        /// The item chosen.
        at: usize,
    },
    /// Files to choose from, or among which a name is typed.
    Files(Box<FileList>),
    /// Lines to fill in.
    Prompt {
        /// What they are for.
        purpose: PromptKind,
        /// Label and line of each.
        fields: Vec<(&'static str, LineInput)>,
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
        origin: MergeOrigin,
        /// What both changed, each differently.
        conflicts: Vec<Conflict>,
        /// What is taken of each.
        choices: Vec<merge::Resolution>,
        /// The one chosen.
        at: usize,
        /// Whether to save afterwards.
        then_save: bool,
    },
    /// What an import could not tell, one question after the other.
    ImportReview(Box<ImportReview>),
    /// The saved versions of the draft, and how the one chosen differs from the open draft.
    Versions {
        /// The versions, the last saved first.
        versions: Vec<SavedVersion>,
        /// The one chosen.
        at: usize,
        /// The first row of the differences shown.
        top: usize,
    },
    /// Two texts that are nearly the same, side by side.
    SideBySide {
        /// The texts.
        texts: Box<SideBySide>,
        /// The first row shown.
        top: usize,
    },
    /// What would be changed, line by line, with the answers to it.
    Review {
        /// What it is about.
        title: &'static str,
        /// What is said, a change a line.
        lines: Vec<String>,
        /// The answers, each with what it does.
        answers: Vec<(&'static str, ConfirmAction)>,
        /// The answer chosen.
        at: usize,
        /// The first line shown.
        top: usize,
    },
    /// The bar under the page in which places of a text are replaced.
    Replace {
        /// What is replaced.
        from: String,
        /// By what.
        to: String,
        /// The button chosen.
        at: usize,
        /// How many places were replaced one by one.
        replaced: usize,
    },
    /// A question with a few answers.
    Confirm {
        /// What it is about.
        title: &'static str,
        /// The question.
        message: String,
        /// The answers, each with what it does.
        answers: Vec<(&'static str, ConfirmAction)>,
        /// The answer chosen.
        at: usize,
    },
}

/// The questions of an import, as they were when it was asked.
#[derive(Clone, Debug)]
pub struct ImportReview {
    /// All of them, in the order of the form.
    pub questions: Vec<Question>,
    /// The one that is asked.
    pub at: usize,
}

/// What an import could not tell.
#[derive(Clone, Debug)]
pub enum Question {
    /// A cell, with the ways to read it.
    Cell(FieldId, Unread),
    /// A row by its first cell, whose digits its sum told apart, and where it stands in the source.
    Decided(FieldId, String),
    /// A text of the source that has no place in the form.
    Unplaced(Unplaced),
}

/// Two texts and what is said over them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SideBySide {
    /// Whose texts they are.
    pub names: [String; 2],
    /// The texts.
    pub texts: [String; 2],
    /// What the finding says, and on what it rests.
    pub note: Vec<String>,
}

/// What a picker lists.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PickerKind {
    /// Every command, by what it is called, pinyin or English id.
    Palette,
    /// Labels of the form and words of the narratives.
    Find,
    /// Filled figures of the tables, to put into a narrative.
    Figures,
    /// The formats to export to.
    Formats,
    /// What each unit gave to the cell under the cursor.
    Breakdown,
}

impl PickerKind {
    /// What stands over the list.
    pub fn title(self) -> &'static str {
        match self {
            PickerKind::Palette => "全部命令",
            PickerKind::Find => "查找栏目或文字",
            PickerKind::Figures => "插入表中的数",
            PickerKind::Breakdown => "各单位填报数",
            PickerKind::Formats => "选择导出格式",
        }
    }

    /// What can be typed to narrow the list.
    pub fn placeholder(self) -> &'static str {
        match self {
            PickerKind::Palette => "中文、拼音、拼音首字母或英文",
            PickerKind::Find => "栏目名称、数字或正文中的文字",
            PickerKind::Figures => "栏目名称",
            PickerKind::Breakdown => "单位名称",
            PickerKind::Formats => "格式名称或扩展名",
        }
    }
}

/// What choosing an item does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PickerAction {
    /// Runs a command as if at that place.
    RunCommand(Scope, Command),
    /// Goes to a field, and to a byte of its text.
    GoToField(FieldId, Option<usize>),
    /// Nothing: it is only there to be read.
    Nothing,
    /// Exports in a format.
    Export(Format),
    /// Opens the draft of a unit of this compiled report.
    OpenUnit(PathBuf),
    /// Asks for an adjustment of a cell of this compiled report.
    PromptAdjustment(FieldId),
    /// Asks whether the adjustment at that place of the list is to be taken out.
    ConfirmRemoval(usize),
    /// Puts text into the narrative at the caret.
    InsertText(String),
}

/// The columns of a bar beside an item.
pub const BAR_WIDTH: usize = 8;

/// One item of a picker.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PickerItem {
    /// What is read first.
    pub label: String,
    /// The group it belongs to, where the list has any.
    pub group: &'static str,
    /// What stands at the right: the key, the value.
    pub detail: String,
    /// The length of the bar before that, of [`BAR_WIDTH`]; `None` where the list has none.
    pub bar: Option<usize>,
    /// What choosing it does.
    pub action: PickerAction,
}

/// What filled-in lines are for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PromptKind {
    /// A new report: unit and year; the path where it will be saved, if one was named.
    New(Option<PathBuf>),
    /// The name of the whole, and the file for it, to add the units of a folder up.
    Compile,
    /// Find and replace in the whole report.
    Replace,
    /// The reason for which the findings of a slip are set aside.
    Ignore(Vec<IgnoredFinding>),
    /// By how much a cell of a compiled report is adjusted, and why.
    Adjust(FieldId),
}

impl PromptKind {
    /// What stands over the lines.
    pub fn title(&self) -> &'static str {
        match self {
            PromptKind::New(_) => "新建报告",
            PromptKind::Compile => "汇总各单位的报告",
            PromptKind::Replace => "查找和替换（整份报告）",
            PromptKind::Ignore(_) => "标为已核实，请写明理由",
            PromptKind::Adjust(_) => "调整汇总数",
        }
    }
}

/// What an answer does.
#[derive(Clone, Debug)]
pub enum ConfirmAction {
    /// Nothing: back to work.
    Dismiss,
    /// Saves, then leaves as was asked.
    SaveThenLeave(LeaveTarget),
    /// Leaves what is not saved.
    Leave(LeaveTarget),
    /// Saves over the file that is there, or where the draft's own file is gone.
    Overwrite(PathBuf),
    /// Runs a command.
    Run(Command),
    /// Asks for the unit and the year of a report that will be saved there.
    NewReport(PathBuf),
    /// Reads a published report.
    Import(PathBuf),
    /// Takes this report of that name as last year's, although it is not this unit's of last year.
    UseLastYear(String, Box<(Arc<Form>, Draft)>),
    /// Opens a version that was saved earlier, to be saved under a name of its own.
    OpenVersion(SavedVersion),
    /// Opens the draft of a unit, or of a sum, from its folder.
    OpenUnit(PathBuf),
    /// Adds the units up again into a file that is there.
    CompileAgain {
        /// What the whole is called.
        unit: String,
        /// The file in the folder of the units.
        name: String,
    },
    /// Writes notes to the units of these drafts.
    WriteNotes {
        /// The folder of the notes.
        folder: PathBuf,
        /// The drafts.
        files: Vec<PathBuf>,
        /// A Word file or plain text.
        format: Format,
        /// Who signs them; empty if that is not known.
        sender: String,
    },
    /// Asks for a name to write the table of the units to in a format.
    NameTable(Format),
    /// Writes the table of the units over the file that is there.
    ExportTable(PathBuf),
    /// Exports over the file that is there.
    Export(Format, PathBuf),
    /// Deals with what an earlier session left in its journal.
    AnswerRecovery(RecoveryAnswer),
    /// Looks at the draft without changing it.
    ReadOnly,
    /// Makes a change that was spelled out in the question, if the draft is still as it was then, and says so.
    ApplyEdit {
        /// The change.
        edit: Edit,
        /// What is said after it.
        message: String,
    },
    /// Sets a final report back to being filled in, and makes the change that it was asked about.
    Reopen {
        /// The change.
        edit: Edit,
        /// What is said after it.
        message: String,
    },
    /// Pastes what fits.
    Paste(PastePlan),
    /// Takes the units' numbers as they are now; those that cannot be read are missing from then on.
    UpdateWithoutUnreadable,
    /// Takes out the adjustment at that place of the list.
    RemoveAdjustment(usize),
}

/// Where one leaves to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LeaveTarget {
    /// Out of the program.
    Quit,
    /// To the home screen.
    Home,
    /// To the draft of a unit of this compiled report.
    Unit(PathBuf),
    /// To where the report was opened from; out of the program where it was from nowhere.
    Back,
}

impl PickerItem {
    /// An item without a group and a bar.
    pub fn new(label: impl Into<String>, detail: impl Into<String>, action: PickerAction) -> Self {
        PickerItem { label: label.into(), group: "", detail: detail.into(), bar: None, action }
    }
}

impl Layer {
    /// Returns whether nothing is asked or filled in: what is shown can be left at any time.
    pub fn only_shows(&self) -> bool {
        use Layer::{Files, Keys, Message, Picker, SideBySide, Versions};
        matches!(
            self,
            Files(_) | Keys { .. } | Message { .. } | Picker { .. } | SideBySide { .. } | Versions { .. }
        )
    }

    /// A picker with nothing typed yet.
    pub fn picker(picker: PickerKind) -> Self {
        Layer::Picker { picker, line: LineInput::default(), at: 0 }
    }

    /// Lines to fill in, with what stands in them at first.
    pub fn prompt(purpose: PromptKind, fields: &[(&'static str, &str)]) -> Self {
        let fields = fields.iter().map(|(label, text)| (*label, LineInput::new(text))).collect();
        Layer::Prompt { purpose, fields, at: 0, fault: String::new() }
    }

    /// The line that is being typed into, where there is one.
    pub fn input_mut(&mut self) -> Option<&mut LineInput> {
        match self {
            Layer::Picker { line, .. } | Layer::Keys { line, .. } => Some(line),
            Layer::Files(list) => Some(&mut list.line),
            Layer::Prompt { fields, at, .. } => fields.get_mut(*at).map(|(_, line)| line),
            Layer::Message { .. } | Layer::Confirm { .. } | Layer::Review { .. } => None,
            Layer::Conflicts { .. } | Layer::Versions { .. } | Layer::Replace { .. } => None,
            Layer::ImportReview(_) => None,
            Layer::SideBySide { .. } => None,
        }
    }
}
