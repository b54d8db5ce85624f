//! Every command by its English id; the words for it stand in `assets/keys.ron`.

use serde::{Deserialize, Serialize};

/// What the clerk can ask for. The variants' names in snake case are the ids in key files.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs, reason = "the words of each command stand in assets/keys.ron, once")]
pub enum Command {
    Save,
    SaveAs,
    Quit,
    Undo,
    Redo,
    NextFinding,
    PreviousFinding,
    /// Applies the fix of the finding.
    #[serde(rename = "cure")]
    ApplyFix,
    /// Applies the same fix to all findings of one kind, after a list of them.
    #[serde(rename = "cure_all")]
    ApplyFixToAll,
    /// Shows the basis of the finding.
    #[serde(rename = "why")]
    ExplainFinding,
    /// Goes from a number in the text to the cells that it quotes, or from a cell to the text.
    FollowFigure,
    /// Goes back to where [`FollowFigure`](Command::FollowFigure) began.
    JumpBack,
    Help,
    Manual,
    Palette,
    Find,
    /// Goes to the next place of what was searched for.
    FindNext,
    FindPrevious,
    TabCover,
    #[serde(rename = "tab_1")]
    Tab1,
    #[serde(rename = "tab_2")]
    Tab2,
    #[serde(rename = "tab_3")]
    Tab3,
    #[serde(rename = "tab_4")]
    Tab4,
    #[serde(rename = "tab_5")]
    Tab5,
    #[serde(rename = "tab_6")]
    Tab6,
    TabFindings,
    TabPreview,
    NextTab,
    PreviousTab,
    /// Switches totals between typed and computed.
    #[serde(rename = "switch_totals")]
    ToggleTotals,
    /// Switches whether Enter goes down or right.
    #[serde(rename = "switch_flow")]
    ToggleEnterDirection,
    /// Switches whether the program uses the mouse; without it the terminal selects and copies.
    #[serde(rename = "mouse")]
    ToggleMouse,
    GoHome,
    Suspend,
    Redraw,
    Up,
    Down,
    Left,
    Right,
    Enter,
    NextCell,
    PreviousCell,
    RowStart,
    RowEnd,
    Start,
    End,
    PageUp,
    PageDown,
    EditCell,
    Clear,
    ZeroRow,
    ZeroTable,
    ZeroAll,
    NextChoice,
    Cancel,
    /// Completes the name of a file.
    Complete,
    EraseLeft,
    EraseRight,
    /// Erases the whole line that is typed.
    ClearLine,
    ClauseLeft,
    ClauseRight,
    SelectLeft,
    SelectRight,
    SelectUp,
    SelectDown,
    SelectRowStart,
    SelectRowEnd,
    SelectAll,
    /// Starts or ends selecting with the movement keys.
    #[serde(rename = "mark")]
    ToggleSelecting,
    Copy,
    Cut,
    Paste,
    Replace,
    /// Inserts the usual headings of the section.
    #[serde(rename = "skeleton")]
    InsertHeadings,
    /// Inserts last year's text of the section.
    #[serde(rename = "last_text")]
    InsertLastYear,
    InsertFigure,
    /// Goes to the text behind the table.
    TableText,
    /// Ignores the finding with a reason, or stops ignoring it.
    #[serde(rename = "waive")]
    Ignore,
    NewReport,
    /// Starts the next year's report from a draft.
    #[serde(rename = "carry")]
    CarryReport,
    OpenFile,
    OpenFolder,
    OpenSample,
    /// Sets where the report is on its way to being published.
    ReportState,
    Export,
    ImportFile,
    /// Lists what an import could not tell.
    #[serde(rename = "open_cells")]
    ListOpenCells,
    /// Chooses the report of last year to compare with.
    ChooseLastYear,
    /// Switches between numbers and differences from last year's.
    #[serde(rename = "compare")]
    ToggleChanges,
    Versions,
    SortLeft,
    SortRight,
    /// Reverses the order of the folder.
    #[serde(rename = "sort_back")]
    ReverseSort,
    /// Shows another year of the folder.
    #[serde(rename = "other_year")]
    CycleYear,
    /// Reads the folder again.
    #[serde(rename = "reread")]
    Reload,
    /// Adds the units of the folder up.
    CompileUnits,
    /// Writes a note to each unit whose report has errors.
    ReturnNotes,
    /// Copies the units that have not filed.
    CopyReminder,
    /// Writes the table of the units.
    ExportUnits,
    /// Imports the documents of the folder that are not imported yet.
    ImportFolder,
    /// Lists what each unit gave to a compiled cell.
    #[serde(rename = "shares")]
    Breakdown,
    /// Reads the units of a compiled report again.
    #[serde(rename = "take_units")]
    RefreshUnits,
}

impl Command {
    /// The commands that lead to the tabs of the cover and the sections, in their order.
    pub const SECTION_TABS: [Command; 7] = [
        Command::TabCover,
        Command::Tab1,
        Command::Tab2,
        Command::Tab3,
        Command::Tab4,
        Command::Tab5,
        Command::Tab6,
    ];

    /// Whether a command of a whole report changes the draft or begins to: one opened read-only refuses it.
    /// Typing in a cell or a text refuses by itself.
    pub fn changes_draft(self) -> bool {
        use Command::*;
        matches!(
            self,
            Replace
                | InsertHeadings
                | InsertLastYear
                | InsertFigure
                | TableText
                | ZeroRow
                | ZeroTable
                | ZeroAll
                | ApplyFix
                | ApplyFixToAll
                | Ignore
                | ToggleTotals
        )
    }

    /// Whether a command is for the cell being typed, so that typing goes on; any other ends it first.
    /// Left and Right move in the text only if it is edited in place.
    pub fn keeps_cell_edit(self, in_place: bool) -> bool {
        use Command::*;
        match self {
            Cancel | RowStart | RowEnd | EraseLeft | EraseRight | EditCell => true,
            Left | Right => in_place,
            _ => false,
        }
    }
}

/// Where a key is pressed: it means what its row for that scope says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Scope {
    /// Anywhere in an open report, unless the place itself has the key.
    Everywhere,
    /// A table, or the lines of the cover.
    Table,
    /// A cell that is being typed.
    Typing,
    /// A narrative.
    Text,
    /// The tab of findings.
    Findings,
    /// The home screen.
    Home,
    /// The screen over a folder of units' drafts.
    Folder,
    /// A window over the screen.
    Window,
}

impl Scope {
    /// The rows that hold at a place, the nearest first. A cell that is being typed has the keys of
    /// its table too; the screens without a report and windows stand alone.
    pub fn lookup_order(self) -> &'static [Scope] {
        match self {
            Scope::Everywhere => &[Scope::Everywhere],
            Scope::Table => &[Scope::Table, Scope::Everywhere],
            Scope::Typing => &[Scope::Typing, Scope::Table, Scope::Everywhere],
            Scope::Text => &[Scope::Text, Scope::Everywhere],
            Scope::Findings => &[Scope::Findings, Scope::Everywhere],
            Scope::Home => &[Scope::Home],
            Scope::Folder => &[Scope::Folder],
            Scope::Window => &[Scope::Window],
        }
    }

    /// Whether characters are typed here, so that none of them can be a command.
    pub fn accepts_text(self) -> bool {
        matches!(self, Scope::Typing | Scope::Text | Scope::Folder | Scope::Window)
    }

    /// Its Chinese name.
    pub fn label(self) -> &'static str {
        match self {
            Scope::Everywhere => "随时可用",
            Scope::Table => "在表格和封面",
            Scope::Typing => "填写单元格时",
            Scope::Text => "在正文",
            Scope::Findings => "在检查页",
            Scope::Home => "在首页",
            Scope::Folder => "在单位一览",
            Scope::Window => "在弹出窗口",
        }
    }
}
