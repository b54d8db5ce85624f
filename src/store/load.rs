//! From a file's bytes to a draft, or to a sentence that says where and why not.

use ron::error::Error;
use std::path::Path;
use std::sync::Arc;

use super::comments::count_comments;
use super::contents::read_with_status;
use super::document_kind::{decode_utf8, error_message};
use super::reader::DraftReader;
use super::stored_totals::{IgnoredTotal, take_stored_totals};
use super::{Fault, Fingerprint, LARGEST, StoreError, stored_path};
use crate::draft::Draft;
use crate::form::{Form, Library};

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
