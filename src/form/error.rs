//! Errors in a form file, with their position and a message for the clerk.

use ron::error::{Error, SpannedError};

/// An error in a form file: where it is, and what is wrong.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{file}:{line}:{column}：{message}")]
pub struct FormError {
    /// The path as the user gave it.
    pub file: String,
    /// Line, from 1.
    pub line: usize,
    /// Column in characters, from 1.
    pub column: usize,
    /// What is wrong and what to do.
    pub message: String,
}

impl FormError {
    pub(super) fn from_ron(file: &str, error: SpannedError) -> Self {
        let at = error.span.start;
        FormError { file: file.into(), line: at.line, column: at.col, message: ron_message(&error.code) }
    }

    /// Returns an error about a name, at its first quoted occurrence in the source.
    pub(super) fn at_name(file: &str, source: &str, name: &str, message: String) -> Self {
        let quoted = format!("\"{name}\"");
        let at = source.find(&quoted).unwrap_or(0);
        let before = &source[..at];
        let line_start = before.rfind('\n').map_or(0, |end| end + 1);
        FormError {
            file: file.into(),
            line: before.matches('\n').count() + 1,
            column: before[line_start..].chars().count() + 1,
            message,
        }
    }
}

/// Returns a syntax or type error of a RON file in plain Chinese, without its position.
pub fn ron_message(error: &Error) -> String {
    match error {
        Error::Message(message) => message.clone(),
        Error::NoSuchStructField { found, expected: [], .. } => {
            format!("不认识的名称“{found}”")
        }
        Error::NoSuchStructField { found, expected, .. } => {
            format!("不认识的名称“{found}”，这里可以写：{}", expected.join("、"))
        }
        Error::NoSuchEnumVariant { found, expected, .. } => {
            format!("不认识的写法“{found}”，这里可以写：{}", expected.join("、"))
        }
        Error::DuplicateStructField { field, .. } => format!("“{field}”写了两次，请删去一个"),
        Error::MissingStructField { field, .. } => format!("缺少“{field}”"),
        Error::ExpectedComma => "缺少逗号".into(),
        Error::ExpectedMapColon => "名称后面缺少英文冒号".into(),
        Error::ExpectedString | Error::ExpectedStringEnd => "这里应是一段用英文引号括起的文字".into(),
        Error::ExpectedInteger => "这里应是一个整数".into(),
        Error::ExpectedIdentifier => "这里应是一个名称".into(),
        Error::ExpectedArray | Error::ExpectedArrayEnd => "这里应是方括号括起的一组".into(),
        Error::ExpectedStructLike | Error::ExpectedNamedStructLike(_) => "这里应是圆括号括起的一组".into(),
        Error::ExpectedStructLikeEnd => "缺少右边的圆括号".into(),
        Error::ExpectedMap | Error::ExpectedMapEnd => "这里应是花括号括起的一组".into(),
        Error::UnclosedBlockComment | Error::UnclosedLineComment => "注释没有结束".into(),
        Error::InvalidEscape(_) => "引号里反斜杠后面的写法不对".into(),
        Error::UnexpectedChar(c) => format!("这里不应有“{}”", c.escape_debug()),
        Error::IntegerOutOfBounds => "这个数太大".into(),
        Error::Utf8Error(_) => "文件里有不是 UTF-8 的字节".into(),
        Error::TrailingCharacters => "结尾之后还有多余的内容".into(),
        Error::Eof => "文件不完整，内容到此中断".into(),
        Error::ExceededRecursionLimit => "括号套得太深".into(),
        Error::InvalidValueForType { found, .. } => format!("这里的内容类型不对：{found}"),
        other => format!("写法不对（{other}）"),
    }
}
