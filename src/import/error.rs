//! Why a source could not be read.

use super::readers::json::JsonError;

/// Why a source could not be read at all.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ImportError {
    /// Larger, deeper or more packed than any report.
    #[error("{0}，不像一份年度报告，没有读入。请另存一份只有报告正文的文件，再导入。")]
    TooLarge(&'static str),
    /// Not the format of its name or first bytes, or damaged.
    #[error("{0}已损坏或不是这种格式，无法读取。请重新下载，或另存一次再试。")]
    Broken(&'static str),
    /// A format that is not read here; what to do instead.
    #[error("{0}")]
    Unsupported(&'static str),
    /// The program failed at it.
    #[error("读这个文件时程序出错，没有读入。请用原来的程序另存为 .docx 或网页，再导入。")]
    ReaderFailed,
    /// JSON that is not a draft, with the place.
    #[error(transparent)]
    Json(#[from] JsonError),
    /// Text that has neither the title of a report nor one of its sections or tables.
    #[error(
        "没有认出年度报告的标题、各部分或表格，没有读入。请确认文件是报告全文；如果是扫描件或图片，请先转成文字。"
    )]
    NoReport,
    /// More than one report, whose tables could not be told apart.
    #[error("文件里不止一份年度报告，分不清表格属于哪一份，没有读入。请每份报告另存一个文件，再分别导入。")]
    SeveralReports,
    /// Nothing in it can be read as text.
    #[error("文件里没有可以读的文字。如果是扫描件或图片，请先转成文字。")]
    Empty,
}
