//! Where results go, and why a command could not do its work.

use std::io;
use std::path::Path;
use std::sync::Arc;
use std::time::SystemTime;

use super::context::{CommandContext, eprint_line};
use crate::draft::Draft;
use crate::form::{Form, Library};
use crate::store::atomic::{self, Expected, Written};
use crate::store::{self, Fingerprint, Loaded, StoreError};
use crate::units::input::{STANDARD_INPUT, is_standard_stream, load_input};
use crate::units::keep_version;

/// Why a command stopped, as a message for the clerk.
#[derive(Debug)]
pub(super) struct CliError(String);

impl CliError {
    pub(super) fn new(message: impl Into<String>) -> Self {
        CliError(message.into())
    }

    pub(super) fn message(&self) -> &str {
        &self.0
    }
}

impl From<io::Error> for CliError {
    /// Converts a failure to write the output.
    fn from(error: io::Error) -> Self {
        CliError::new(format!("结果写不出去：{}", store::system_message(&error)))
    }
}

impl From<StoreError> for CliError {
    fn from(error: StoreError) -> Self {
        CliError::new(error.to_string())
    }
}

/// Reads a draft, and writes to the error stream which totals in it were ignored.
pub(super) fn load_draft(path: &Path, context: &mut CommandContext) -> Result<Loaded, CliError> {
    let loaded = load_input(path, context.library)?;
    for remark in &loaded.ignored_totals {
        eprint_line(context, &format!("{}：{remark}", path.display()));
    }
    Ok(loaded)
}

/// Returns the form of a draft.
pub(super) fn draft_form(draft: &Draft, library: &Library) -> Result<Arc<Form>, CliError> {
    draft.form(library).map_err(|name| CliError::new(format!("没有名为“{name}”的格式")))
}

/// Refuses a file that is there already. The standard output always takes what is written.
pub(super) fn ensure_free(path: &Path, force: bool) -> Result<(), CliError> {
    if !force && !is_standard_stream(path) && path.symlink_metadata().is_ok() {
        let message = format!("{} 已经存在，没有覆盖；要覆盖请加 --force，要另存请用 -o", path.display());
        return Err(CliError::new(message));
    }
    Ok(())
}

/// Returns the name of an input for the clerk: of a file its path.
pub(super) fn input_name(path: &Path) -> String {
    if is_standard_stream(path) { STANDARD_INPUT.into() } else { path.display().to_string() }
}

/// Returns the name of an output for the clerk: of a file its path.
pub(super) fn output_name(path: &Path) -> String {
    if is_standard_stream(path) { "标准输出".into() } else { path.display().to_string() }
}

/// Writes a draft's file, whole or not at all. One that is written over is kept as a saved version. For `-`
/// the draft goes to the standard output.
pub(super) fn write_draft(
    path: &Path,
    force: bool,
    form: &Form,
    draft: &Draft,
    context: &mut CommandContext,
) -> Result<(), CliError> {
    ensure_free(path, force)?;
    let keeps = force && !is_standard_stream(path);
    let kept = keeps.then(|| keep_version(path, context.dirs, SystemTime::now())).flatten();
    save_draft(path, form, draft, expected_content(force, kept.as_ref()), context)
}

/// Returns what has to be in a file that is written: what was kept of it, or nothing.
fn expected_content(force: bool, kept: Option<&Fingerprint>) -> Expected<'_> {
    match kept {
        _ if !force => Expected::Nothing,
        Some(kept) => Expected::Content(kept),
        None => Expected::Anything,
    }
}

/// Writes a draft's file where what is expected is in it, or to the standard output.
pub(super) fn save_draft(
    path: &Path,
    form: &Form,
    draft: &Draft,
    expected: Expected,
    context: &mut CommandContext,
) -> Result<(), CliError> {
    if is_standard_stream(path) {
        return Ok(context.out.write_all(store::to_ron(form, draft).as_bytes())?);
    }
    let saved = store::save_expected(path, form, draft, expected)?;
    warn_lost(path, &saved.written, context);
    Ok(())
}

/// Writes a file, whole or not at all, where what is known to be in it still is.
pub(super) fn write_file(
    path: &Path,
    force: bool,
    known: Option<&Fingerprint>,
    bytes: &[u8],
    context: &mut CommandContext,
) -> Result<(), CliError> {
    ensure_free(path, force)?;
    let written = atomic::replace_file(path, bytes, expected_content(force, known))?;
    warn_lost(path, &written, context);
    Ok(())
}

/// Says what could not be kept of the file that was written over.
pub(super) fn warn_lost(path: &Path, written: &Written, context: &mut CommandContext) {
    if let Some(message) = written.warning() {
        eprint_line(context, &format!("注意：{}：{message}", path.display()));
    }
}
