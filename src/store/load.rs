//! From a file's bytes to a draft, or to a sentence that says where and why not.

use std::fmt;
use std::path::Path;
use std::sync::Arc;

use super::comments::count_comments;
use super::contents::read_with_status;
use super::reader::DraftReader;
use super::visitor::unknown;
use super::{Fault, Fingerprint, LARGEST, StoreError, stored_path};
use crate::draft::{Draft, Totals, Value};
use crate::form::{FieldId, Form, Library, ron_message};
use crate::text::quoted;
use ron::error::Error;

/// A draft that was read.
#[derive(Clone, Debug)]
pub struct Loaded {
    /// The draft.
    pub draft: Draft,
    /// The form it is in.
    pub form: Arc<Form>,
    /// Totals in the file that were not used, for the clerk to know.
    pub ignored_totals: Vec<IgnoredTotal>,
    /// How many comments it holds; a draft has no place for them.
    pub comment_count: usize,
    /// What the file was when it was read, to notice when it changes.
    pub fingerprint: Fingerprint,
}

/// A total in the file of a draft whose totals are computed, put there by an editor or a merge in git. It
/// is not used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IgnoredTotal {
    /// Which total.
    pub field: FieldId,
    /// Where it is, in the terms of the form.
    pub location: String,
    /// What is in the file.
    pub found: String,
}

impl fmt::Display for IgnoredTotal {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        let IgnoredTotal { location: place, found, .. } = self;
        write!(f, "“{place}”由程序自动计算，文件里写的{}没有采用", quoted(found))
    }
}

/// Reads a draft from a file. The file is only read, whatever is found in it.
///
/// # Errors
/// Returns an error if there is no such file, if it is not a file or too large, or if [`parse`] refuses it.
pub fn load(path: &Path, library: &Library) -> Result<Loaded, StoreError> {
    let (bytes, status) = read_with_status(path, LARGEST)?;
    let mut loaded = parse(&path.display().to_string(), &bytes, library)?;
    loaded.fingerprint.modified = status.modified;
    Ok(loaded)
}

/// Reads a draft from the bytes of the file called `file`. A byte order mark and `\r\n` are read.
///
/// # Errors
/// Returns an error with line, column and a message that names the field if the form does not have a name,
/// a name is written twice, a value has the wrong type, the version is newer, the form is not available,
/// the bytes are not UTF-8, or git conflict markers are left.
pub fn parse(file: &str, bytes: &[u8], library: &Library) -> Result<Loaded, StoreError> {
    let fail = |at, fault, message: String| StoreError { file: file.into(), at, fault, message };
    if bytes.len() as u64 > LARGEST {
        let message = format!("内容超过 {} MB，不像是年报，没有打开", LARGEST / 1024 / 1024);
        return Err(fail(None, Fault::TooLarge, message));
    }
    let text = decode_utf8(bytes).map_err(|(at, message)| fail(at, Fault::Encoding, message))?;
    if text.trim().is_empty() {
        return Err(fail(None, Fault::Content, "文件是空的，里面没有年报".into()));
    }
    let mut reader = DraftReader::new(library);
    if let Err(error) = ron::Options::default().from_str_seed(text, &mut reader) {
        if let Some(line) = text.lines().position(|line| line.starts_with("<<<<<<< ")) {
            let message = "文件里有 git 合并没有解决的冲突（<<<<<<<），请先解决，再打开";
            return Err(fail(Some((line + 1, 1)), Fault::Conflicted, message.into()));
        }
        let at = error.span.start;
        let whole = text.trim_end();
        let cut = whole.starts_with('(') && !whole.ends_with(')') && at.line >= whole.lines().count();
        let code = if cut && reader.fault == Fault::Content { &Error::Eof } else { &error.code };
        return Err(fail(Some((at.line, at.col)), reader.fault, error_message(&reader, code)));
    }
    let (mut draft, form) = reader.finish().map_err(|message| fail(None, Fault::Content, message))?;
    stored_path::normalize(&mut draft);
    let remarks = take_stored_totals(&form, &mut draft);
    let comments = count_comments(text);
    Ok(Loaded {
        draft,
        form,
        ignored_totals: remarks,
        comment_count: comments,
        fingerprint: Fingerprint::of(bytes),
    })
}

/// Line and column, where there are any.
type LineColumn = Option<(usize, usize)>;

/// Decodes UTF-8 without its byte order mark, or returns where and why that fails.
fn decode_utf8(bytes: &[u8]) -> Result<&str, (LineColumn, String)> {
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
fn error_message(reader: &DraftReader, error: &Error) -> String {
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

/// Takes the totals out of a draft that computes them.
fn take_stored_totals(form: &Form, draft: &mut Draft) -> Vec<IgnoredTotal> {
    if draft.totals != Totals::Auto {
        return Vec::new();
    }
    let mut remarks = Vec::new();
    for field in form.fields().iter().filter(|field| field.sum.is_some()) {
        if !draft.get(field.id.as_str()).is_blank() {
            let found = draft.set(field.id.clone(), Value::Blank).typed().into_owned();
            remarks.push(IgnoredTotal { field: field.id.clone(), location: field.location.clone(), found });
        }
    }
    remarks
}
