//! What the list of files holds, and what a file is chosen for.

use std::path::{Path, PathBuf};

use crate::editor::line_input::LineInput;
use crate::editor::listed_file::{ListedFile, ListedKind};
use crate::export::Format;
use crate::import::FileKind;

/// What a file is chosen for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FilePurpose {
    /// To be opened: a draft, a report to import, or a folder of units.
    Open,
    /// A published report to read.
    Import,
    /// A name to save under.
    SaveAs,
    /// A name to export to.
    Export(Format),
    /// A folder of units' drafts.
    Folder,
    /// The draft from which the next year's report is started.
    Carry,
    /// Last year's draft, to compare with.
    LastYear,
    /// A name to write the table of the units to.
    UnitTable,
}

impl FilePurpose {
    /// What stands over the list.
    pub fn title(self) -> &'static str {
        match self {
            FilePurpose::Open => "打开草稿或文件夹",
            FilePurpose::Import => "导入已公布的报告（Word、网页、Excel、PDF、OFD）",
            FilePurpose::SaveAs => "另存为",
            FilePurpose::Export(_) => "导出",
            FilePurpose::Folder => "单位一览：选择存放各单位草稿的文件夹",
            FilePurpose::LastYear => "选择上年的草稿，与本年比较",
            FilePurpose::UnitTable => "导出单位一览表",
            FilePurpose::Carry => "接上年的报告：选择上年的草稿",
        }
    }

    /// Whether a name is typed, and the list only shows what is there.
    pub fn is_naming(self) -> bool {
        matches!(self, FilePurpose::SaveAs | FilePurpose::Export(_) | FilePurpose::UnitTable)
    }

    /// What stands before the line that is typed.
    pub fn label(self) -> &'static str {
        if self.is_naming() { "文件名：" } else { "查找：" }
    }

    /// What is said where a folder has nothing to choose.
    pub fn nothing_here(self) -> &'static str {
        match self {
            FilePurpose::LastYear | FilePurpose::Carry => {
                "这里没有草稿。上年的报告是 Word、PDF 等文件的，请先导入并保存"
            }
            _ => "这里没有可选的文件",
        }
    }

    /// What is said where nothing has the name that was typed: one that is written is new.
    pub fn no_match(self) -> &'static str {
        match self {
            FilePurpose::SaveAs | FilePurpose::Export(_) | FilePurpose::UnitTable => "没有同名的文件，将新建",
            _ => "没有相符的文件",
        }
    }

    /// Whether files of a kind are listed.
    pub(super) fn lists(self, kind: ListedKind) -> bool {
        match (self, kind) {
            (_, ListedKind::Folder) | (FilePurpose::Open, _) => true,
            (FilePurpose::Import, ListedKind::Report(_)) => true,
            (FilePurpose::Export(format), ListedKind::Report(_)) => kind == listed_format(format),
            (FilePurpose::UnitTable, ListedKind::Report(FileKind::Spreadsheet)) => true,
            (
                FilePurpose::SaveAs | FilePurpose::Folder | FilePurpose::Carry | FilePurpose::LastYear,
                ListedKind::Draft,
            ) => true,
            _ => false,
        }
    }
}

/// The kind of the files that an export writes.
fn listed_format(format: Format) -> ListedKind {
    let name = format!("x.{}", format.extension());
    FileKind::of_name(&name).map_or(ListedKind::Draft, ListedKind::Report)
}

/// The name of a file without its folder's.
pub(super) fn file_name(path: &Path) -> String {
    path.file_name().map_or_else(|| path.display().to_string(), |name| name.to_string_lossy().into_owned())
}

/// The first name like this one that none of the files has: `a.ron`, `a-2.ron`, `a-3.ron`.
pub(super) fn free_name(name: &str, files: &[ListedFile]) -> String {
    let (stem, ending) =
        name.rsplit_once('.').map_or((name, String::new()), |(stem, ending)| (stem, format!(".{ending}")));
    let numbered = (2..).map(|number| format!("{stem}-{number}{ending}"));
    let is_free = |name: &String| files.iter().all(|file| file.name() != *name);
    std::iter::once(name.to_string()).chain(numbered).find(is_free).unwrap_or_else(|| name.into())
}

/// The list of files over the screen.
#[derive(Clone, Debug)]
pub struct FileList {
    /// What a file is chosen for.
    pub purpose: FilePurpose,
    /// The folder shown.
    pub folder: PathBuf,
    /// What was typed: a part of a name, or the name to save under.
    pub line: LineInput,
    /// What is in the folder, or why it cannot be read; `None` until it was.
    pub files: Option<Result<Vec<ListedFile>, String>>,
    /// Folders in which drafts were opened lately, the last one first, and as they are shown.
    pub recent: Vec<(PathBuf, String)>,
    /// The row chosen; `None` while a name is typed.
    pub at: Option<usize>,
    /// What is wrong with the name, said after Enter.
    pub fault: String,
    /// The file to choose once the folder was read.
    pub(super) wanted: Option<PathBuf>,
    /// The unit and the year of the draft to choose once the drafts were read; none after the first key.
    pub(super) wanted_report: Option<(String, u16)>,
    /// The file of the open report where it is not to be chosen: it is not its own last year's.
    pub(super) left_out: Option<PathBuf>,
    /// The name that was proposed; in a folder that has it, a free one like it stands in the line.
    pub(super) proposed: String,
}

impl FileList {
    /// Whether the name that was proposed, or the free one like it, stands in the line as it was.
    pub(super) fn is_untouched(&self) -> bool {
        let typed = self.line.text();
        let free = |files: &Vec<ListedFile>| free_name(&self.proposed, files) == typed;
        typed == self.proposed || matches!(&self.files, Some(Ok(files)) if free(files))
    }
}
