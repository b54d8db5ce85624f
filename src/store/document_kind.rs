//! What a file holds that is no draft.

use ron::error::Error;
use std::path::Path;

use super::LARGEST;
use super::contents::read_with_status;
use super::reader::DraftReader;
use super::visitor::unknown;
use crate::form::ron_message;

/// Line and column, where there are any.
type LineColumn = Option<(usize, usize)>;

/// Decodes UTF-8 without its byte order mark, or returns where and why that fails.
pub(super) fn decode_utf8(bytes: &[u8]) -> Result<&str, (LineColumn, String)> {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    if bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff]) {
        return Err((None, "文件是 UTF-16 编码，请在编辑器里另存为 UTF-8".into()));
    }
    if let Some(kind) = kind_of_bytes(bytes) {
        return Err((None, format!("这是{kind}，不是草稿；请用 nianbao import 读成草稿")));
    }
    std::str::from_utf8(bytes).map_err(|error| {
        let good = bytes.get(..error.valid_up_to()).and_then(|good| std::str::from_utf8(good).ok());
        let good = good.unwrap_or_default();
        let line_start = good.rfind('\n').map_or(0, |end| end + 1);
        let at =
            (good.matches('\n').count() + 1, good.get(line_start..).unwrap_or_default().chars().count() + 1);
        let message = "这里的字节不是 UTF-8（文件可能是 GBK 编码，或已损坏），请另存为 UTF-8，或用备份";
        (Some(at), message.into())
    })
}

/// Returns what kind of document a file is, ` Word 文件`, if it is one that is no draft.
pub fn document_kind(path: &Path) -> Option<&'static str> {
    kind_of_bytes(&read_with_status(path, LARGEST).ok()?.0)
}

/// Returns what kind of document a file is that is no draft, from how it begins.
fn kind_of_bytes(bytes: &[u8]) -> Option<&'static str> {
    let holds = |name: &[u8]| bytes.windows(name.len()).any(|window| window == name);
    let start = bytes.trim_ascii_start().get(..9).unwrap_or_default().to_ascii_lowercase();
    match bytes {
        [b'P', b'K', 3, 4, ..] if holds(b"word/") => Some(" Word 文件"),
        [b'P', b'K', 3, 4, ..] if holds(b"xl/") => Some(" Excel 文件"),
        [b'P', b'K', 3, 4, ..] => Some("压缩文件"),
        [0xd0, 0xcf, 0x11, 0xe0, ..] => Some(" Word 或 Excel 文件"),
        [b'%', b'P', b'D', b'F', ..] => Some(" PDF 文件"),
        _ if start.starts_with(b"<html") || start.starts_with(b"<!doctype") => Some("网页"),
        _ => None,
    }
}

/// Returns the message for a mistake in the file, with its field.
pub(super) fn error_message(reader: &DraftReader, error: &Error) -> String {
    let what = match error {
        // What was found may be a megabyte of text: what is wanted says enough.
        Error::InvalidValueForType { expected, .. } => format!("这里应是{expected}"),
        // These hold a name of any length.
        Error::NoSuchStructField { expected, found, .. }
        | Error::NoSuchEnumVariant { expected, found, .. } => unknown(found, expected.iter().copied()),
        Error::SuggestRawIdentifier(_) | Error::InvalidIdentifier(_) => "这里应是一个名称".into(),
        other => ron_message(other),
    };
    match reader.place() {
        Some(place) => format!("{place}：{what}"),
        None => what,
    }
}
