//! Why a file could not be made.

/// Why a file could not be made.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ExportError {
    /// This program was built without the format.
    #[error("这个程序没有带{0}格式。请换一种格式，或安装完整版。")]
    NotBuilt(&'static str),
    /// The file could not be put together, with the reason for the clerk.
    #[error("文件没有生成：{0}。")]
    Broken(&'static str),
}
