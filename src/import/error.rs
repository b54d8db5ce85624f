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
    /// JSON that is not a draft, with the place.
    #[error(transparent)]
    Json(#[from] JsonError),
    /// Nothing in it can be read as text.
    #[error("文件里没有可以读的文字。如果是扫描件或图片，请先转成文字。")]
    Empty,
}
